/* How alike two names are. */
#ifndef SCHEMA_SIMILAR_H
#define SCHEMA_SIMILAR_H

#include "airbridge/schema.h"
#include "base/buf.h"

/* 0 (nothing alike) to 1 (the same folded): the greater of the share of letters that need no change
 * (Damerau-Levenshtein) and of words that both have (Dice). `a` and `b` are folded. */
double ab__similarity(const char *a, const char *b);

/* The most alike of a column's name and labels to `folded`; `spare` is worked in. */
double ab__column_similarity(const ab_column *column, const char *folded, ab_buf *spare);

#endif
