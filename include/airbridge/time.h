/* Time points are whole UTC seconds since 1970-01-01T00:00Z (no leap seconds); spans are half-open. */
#ifndef AIRBRIDGE_TIME_H
#define AIRBRIDGE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "airbridge/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef int64_t ab_time;
#define AB_TIME_NONE INT64_MIN /* "not known"; as an end: open */

enum { AB_TIME_TEXT_CAP = 32 };

/* Parses `YYYY-MM-DDThh:mm[:ss](Z|+hh:mm|-hh:mm)`, years 1900 to 2199. A time without a zone is
 * refused. On refusal returns false and, if `why` is not NULL, sets it to a static text. */
AB_API bool ab_time_parse(const char *text, ab_time *out, const char **why);

/* Parses a day `YYYY-MM-DD` as its first second, UTC. */
AB_API bool ab_day_parse(const char *text, ab_time *out, const char **why);

/* Parses a time of day `hh:mm` (00:00 to 24:00) as seconds after midnight. */
AB_API bool ab_clock_parse(const char *text, int32_t *out_s, const char **why);

/* Writes `YYYY-MM-DDThh:mmZ` (with `:ss` only if seconds are not zero); "" for AB_TIME_NONE. */
AB_API const char *ab_time_format(ab_time t, char out[AB_TIME_TEXT_CAP]);

/* Writes `YYYY-MM-DD` of the day that holds `t`, UTC. */
AB_API const char *ab_day_format(ab_time t, char out[AB_TIME_TEXT_CAP]);

/* Writes `hh:mm`. */
AB_API const char *ab_clock_format(int32_t s, char out[AB_TIME_TEXT_CAP]);

#ifdef __cplusplus
}
#endif
#endif
