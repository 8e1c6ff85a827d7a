/* The ids of one table, sorted, so that a name is found in log n. */
#ifndef SCHEMA_INDEX_H
#define SCHEMA_INDEX_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "schema/nearest.h"

typedef struct ab_index_entry {
    const char *id;
    int32_t row;
} ab_index_entry;

typedef struct ab_index {
    ab_index_entry *at; /* by id, then row */
    int32_t count;
    const int32_t *line; /* of each row, for messages */
    bool
        broken; /* the table or its ids are missing, which was said already: no name can be found in it */
} ab_index;

void ab__index_sort(ab_index *index);
/* The first row with this id, or -1. */
int32_t ab__index_find(const ab_index *index, const char *id);
/* Tries every id of the table, if `*budget` allows so many comparisons, and takes them from it. */
void ab__index_nearest(const ab_index *index, ab_nearest *nearest, int64_t *budget);

#endif
