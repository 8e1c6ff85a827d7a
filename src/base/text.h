/* UTF-8 text. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Number of the first byte that is not UTF-8 (no surrogates, no overlong forms), or `size`. */
size_t ab__utf8_bad(const char *text, size_t size);
/* The code of the character that `text` begins with, and its bytes; 0xFFFD and 1 where it is not UTF-8. */
uint32_t ab__utf8_next(const char *text, size_t size, size_t *bytes);
/* Columns that `text` takes on a terminal (combining marks 0, wide signs 2; close enough for tables). */
int ab__text_width(const char *text);
/* The largest n <= size so that text[0..n) does not end inside a character. */
size_t ab__utf8_cut(const char *text, size_t size);
/* How many letters must change (Damerau-Levenshtein, bytes, ASCII case folded); stops at `most` + 1. */
int ab__text_distance(const char *a, const char *b, int most);
/* Splits "a; b;c" at `;`, trims spaces; calls for each part that is not empty. Returns false if each did. */
bool ab__text_split(const char *text, bool (*each)(void *context, const char *part, size_t size), void *context);

#endif
