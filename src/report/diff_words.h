/* Words that the text and the JSON of a comparison have in common. */
#ifndef REPORT_DIFF_WORDS_H
#define REPORT_DIFF_WORDS_H

#include "airbridge/diff.h"
#include "base/buf.h"

/* How a row is tied to a place. */
const char *ab__tie_words(ab_tie tie);
/* "vehicle:truck count: 30 -> 20" */
void ab__diff_row_words(ab_buf *out, const ab_row_change *row);
/* Is there nothing to tell? */
bool ab__diff_is_none(const ab_diff *diff);

#endif
