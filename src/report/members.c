#include "report/members.h"

#include <math.h>

#include "base/number.h"

void ab__member_text(ab_json *json, const char *key, const char *value)
{
    ab__json_key(json, key);
    ab__json_text(json, value);
}

void ab__member_number(ab_json *json, const char *key, double value)
{
    ab__json_key(json, key);
    ab__json_number(json, value);
}

void ab__member_rounded(ab_json *json, const char *key, double value)
{
    char digits[AB_NUMBER_CAP];
    double rounded;

    ab__member_number(json, key, ab__number_parse(ab__number_format_n(value, 12, digits), &rounded) ? rounded : NAN);
}

void ab__member_time(ab_json *json, const char *key, ab_time t)
{
    char text[AB_TIME_TEXT_CAP];

    ab__member_text(json, key, ab_time_format(t, text));
}
