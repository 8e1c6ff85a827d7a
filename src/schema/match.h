/* Which column a header cell means: by its name, by what people call it, or by the hashtag under it. */
#ifndef SCHEMA_MATCH_H
#define SCHEMA_MATCH_H

#include "schema/lexicon.h"

typedef enum ab_known {
    AB_KNOWN_NOT,
    AB_KNOWN_NAME,
    AB_KNOWN_LABEL,
    AB_KNOWN_TAG,
    AB_KNOWN_UNIT,   /* by a label, but its unit is not the column's */
    AB_KNOWN_SEVERAL /* `column` and `other` fit alike */
} ab_known;

typedef struct ab_match {
    ab_known how;
    int32_t column;   /* -1: none */
    int32_t other;    /* -1: none */
    const char *unit; /* of AB_KNOWN_UNIT: what the header says */
    double
        factor; /* of AB_KNOWN_UNIT: what its numbers are to be multiplied by; NaN: nobody can tell */
} ab_match;

/* A table, and what its columns are called. */
typedef struct ab_columns {
    const ab_table *table;
    ab_lexicon lexicon;
    ab_arena *arena;
} ab_columns;

/* In `arena`, which also keeps what matching makes. false: out of memory. */
bool ab__columns_make(ab_columns *out, ab_arena *arena, const ab_table *table);

/* The column that `header` (trimmed) with the hashtag `tag` under it ("": none) means. A header that is
 * itself a hashtag is taken as one. false: out of memory. */
bool ab__column_match(const ab_columns *columns, const char *header, const char *tag,
                      ab_match *out);

#endif
