/* Names and labels, folded and sorted, so that what a person wrote is found in log n. */
#ifndef SCHEMA_LEXICON_H
#define SCHEMA_LEXICON_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/buf.h"

/* What a thing is called; `label` NULL: only its name. */
typedef struct ab_called {
    const char *name;
    const ab_label *label;
} ab_called;

typedef struct ab_lexicon_entry {
    const char *key; /* folded */
    int32_t of;      /* number of the thing */
} ab_lexicon_entry;

typedef struct ab_lexicon {
    ab_lexicon_entry *at;
    int32_t count;
} ab_lexicon;

/* The names and labels of things 0 to `count` - 1, in `arena`. false: out of memory. */
bool ab__lexicon_make(ab_lexicon *out, ab_arena *arena, int32_t count,
                      ab_called (*called)(const void *context, int32_t i), const void *context);

/* The thing that is called `text`, or -1. Where several are, `*other` is the next one, else -1. `spare` is
 * for the folded text; check its `failed`. */
int32_t ab__lexicon_find(const ab_lexicon *lexicon, const char *text, ab_buf *spare,
                         int32_t *other);

/* For a lexicon of a table's columns, a code list's words, or a schema's tables. */
ab_called ab__column_called(const void *table, int32_t i);
ab_called ab__code_called(const void *codes, int32_t i);
ab_called ab__table_called(const void *schema, int32_t i);

#endif
