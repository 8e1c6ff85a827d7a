/* Days, times and spans of time as spreadsheets keep them: a number of days, and a format that tells what it
 * is (ECMA-376 part 1, 18.8.30 and 18.17.4). */
#ifndef IO_SERIAL_H
#define IO_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

typedef enum ab_shown {
    AB_SHOWN_NUMBER,
    AB_SHOWN_DAY,
    AB_SHOWN_TIME, /* a day and a time of day */
    AB_SHOWN_CLOCK /* a time of day, or hours that may be more than 24 */
} ab_shown;

/* What a format such as `yyyy\-mm\-dd` shows. */
ab_shown ab__format_shows(const char *format);
/* The same of a format that has a number but no text. */
ab_shown ab__format_number_shows(int32_t number);

/* Adds `days` as text: 2016-02-10, 2016-02-10T06:00:00 (without a zone: spreadsheets know none), 06:00, 24:00
 * or 06:00:30. A day with a time is shown with it, whatever the format says. Days are counted from
 * 1899-12-30, or from 1904-01-01 if `from_1904`. false: it is no such time; nothing is added. */
bool ab__serial_add(double days, ab_shown shown, bool from_1904, ab_buf *out);

/* Adds `seconds` as 06:00, 24:00 or 06:00:30. */
void ab__clock_add(int64_t milliseconds, ab_buf *out);

#endif
