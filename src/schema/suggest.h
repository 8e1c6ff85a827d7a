/* What a cell that cannot be read was meant to say, where that is plain. */
#ifndef SCHEMA_SUGGEST_H
#define SCHEMA_SUGGEST_H

#include <stdbool.h>

#include "base/buf.h"

/* Adds "write 3.5 with a point" for a number with a decimal comma or separators of thousands; where it
 * could be either, both. `whole`: the number must be whole. false: no such number. */
bool ab__suggest_number(const char *text, bool whole, ab_buf *out);

enum { AB_SUGGEST_CAP = 48 };

/* Is `text` a number of digits with one separator that may part thousands or decimals, as in 1,250? Then as both. */
bool ab__suggest_either(const char *text, char with_point[AB_SUGGEST_CAP],
                        char without[AB_SUGGEST_CAP]);

/* 12.000: a whole number of twelve to one who writes points, twelve thousand to one who writes commas. */
bool ab__number_is_grouped(const char *text);

/* Adds "if it is in kg, write 13" for 13000 t where 0.2 to 60 t were expected; what is beyond the range in
 * `unit` and within it in another one. false: nothing fits. */
bool ab__suggest_unit(const char *unit, double value, double least, double greatest, ab_buf *out);

typedef enum ab_time_flaw {
    AB_TIME_NOT_PLAIN, /* nothing to suggest */
    AB_TIME_NO_ZONE,
    AB_TIME_OTHER_FORM
} ab_time_flaw;

/* Adds what to write instead of `text`, which is not a time. */
ab_time_flaw ab__suggest_time(const char *text, ab_buf *out);
/* The same for a day. */
void ab__suggest_day(const char *text, ab_buf *out);

#endif
