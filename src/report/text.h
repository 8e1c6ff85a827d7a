/* Words and columns for a terminal. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <stdio.h>

#include "airbridge/error.h"
#include "airbridge/time.h"
#include "base/buf.h"

enum { AB_SCREEN_COLUMNS = 80 };

/* Control characters of names and remarks are shown as "?": none may steer a terminal.
 *
 * Adds `text` cut or padded to `width` columns; a cut ends in "…". Right: padded on the left. */
void ab__text_left(ab_buf *out, const char *text, int width);
void ab__text_right(ab_buf *out, const char *text, int width);
/* Adds all of `text`. */
void ab__text_plain(ab_buf *out, const char *text);
/* Adds `text`, broken at spaces into lines of at most `width` columns; those after the first begin with
 * `indent` spaces; at most `lines` lines, the last cut with "…". */
void ab__text_wrap(ab_buf *out, const char *text, int width, int indent, int lines);
/* A line that begins with `word` in ten columns and goes on with `text`, wrapped under itself. */
void ab__text_item(ab_buf *out, const char *word, const char *text, int lines);
/* "12 Feb" or "12 Feb 2016", UTC; "?" for AB_TIME_NONE. */
void ab__text_day(ab_buf *out, ab_time t, bool year);
/* The last day of a span that ends at `until`. */
void ab__text_last_day(ab_buf *out, ab_time until);

/* Writes the whole buffer; fails with NO_MEMORY if it is incomplete, with IO if the stream refuses. */
ab_status ab__text_flush(FILE *out, const ab_buf *text, ab_error *err);
/* The same, and frees the buffer. */
ab_status ab__text_end(FILE *out, ab_buf *text, ab_error *err);

#endif
