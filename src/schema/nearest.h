/* The known name that a person most likely meant. */
#ifndef SCHEMA_NEAREST_H
#define SCHEMA_NEAREST_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/buf.h"

typedef struct ab_nearest {
    const char *wanted;
    const char *best; /* NULL: nothing near enough */
    int distance;     /* of the best; before that, one more than is near enough */
} ab_nearest;

ab_nearest ab__nearest_to(const char *wanted);
/* The first of equally near names stays. */
void ab__nearest_try(ab_nearest *nearest, const char *name);
/* Tries each name of a label, which may be NULL; `arena` keeps the best. */
void ab__nearest_try_label(ab_nearest *nearest, const ab_label *label, ab_arena *arena);
/* Adds `did you mean "population"?`, or nothing. */
void ab__nearest_hint(const ab_nearest *nearest, ab_buf *out);

#endif
