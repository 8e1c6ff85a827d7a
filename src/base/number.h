/* Numbers as text, whatever the locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { AB_NUMBER_CAP = 40 };

/* The whole of `text` (spaces around it allowed) as a finite number with a point: [+-]digits[.digits][e[+-]digits].
 * No hex, no "inf", no "nan", no commas. */
bool ab__number_parse(const char *text, double *out);
/* The number that `text` begins with: a pointer past it, or NULL if there is none or it is not finite. */
const char *ab__number_scan(const char *text, double *out);
/* The whole of `text` as a whole number; "42000.0" and "4.2e4" are whole. */
bool ab__count_parse(const char *text, int64_t *out);
/* Does it look like a number written with a decimal comma or separators of thousands? */
bool ab__number_has_comma(const char *text);

/* The shortest text that reads back as the same double ("0.1", "1e-07", "42000"); "" for NaN and infinities. */
const char *ab__number_format(double value, char out[AB_NUMBER_CAP]);
/* The same with at most `digits` significant digits: 15 hides the last bit that a change of unit adds. */
const char *ab__number_format_n(double value, int digits, char out[AB_NUMBER_CAP]);
/* For people: fixed decimals (0 to 9), thousands apart by commas, halves away from zero: 42,000.5. From
 * 1e15 on as ab__number_format does; "" for NaN and infinities. */
const char *ab__number_people(double value, int decimals, char out[AB_NUMBER_CAP]);

/* Is `value` 10 to the power of `*places`, from -15 to 15? */
bool ab__number_power_of_ten(double value, int *places);
/* Adds the number that `text` is, times 10 to the power of `places`, with the same digits: "12.50" by -3 is
 * "0.0125". false: no number, or one of more than 60 digits then, and nothing is added. */
bool ab__number_shift(const char *text, int places, ab_buf *out);

#endif
