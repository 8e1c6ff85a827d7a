#include "airbridge/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400, FIRST_YEAR = 1900, LAST_YEAR = 2199 };

static bool refuse(const char **why, const char *text)
{
    if (why != NULL)
        *why = text;
    return false;
}

/* Reads exactly `count` digits and moves past them. */
static bool take_digits(const char **text, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *text += count;
    *out = value;
    return true;
}

static bool take_char(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar. The year is counted from 1 March, so that
 * the leap day is its last; 400 years have 146,097 days (Hinnant, "chrono-compatible low-level date
 * algorithms", days_from_civil). */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

typedef struct civil {
    int64_t year;
    int month, day;
} civil;

/* The same source, civil_from_days. */
static civil civil_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    civil date;
    date.day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    date.month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

static bool take_day(const char **text, int64_t *out_days, const char **why, const char *form)
{
    int year, month, day;
    if (!take_digits(text, 4, &year) || !take_char(text, '-') || !take_digits(text, 2, &month) ||
        !take_char(text, '-') || !take_digits(text, 2, &day))
        return refuse(why, form);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return refuse(why, "expected a year from 1900 to 2199");
    if (month < 1 || month > 12)
        return refuse(why, "expected a month from 01 to 12: year, month, day in this order");
    if (day < 1 || day > days_in_month(year, month))
        return refuse(why, "that month has no such day");
    *out_days = days_from_civil(year, month, day);
    return true;
}

static bool take_time_of_day(const char **text, int *out_s, const char **why, const char *form)
{
    int hour, minute;
    int second = 0;
    if (!take_digits(text, 2, &hour) || !take_char(text, ':') || !take_digits(text, 2, &minute))
        return refuse(why, form);
    if (take_char(text, ':') && !take_digits(text, 2, &second))
        return refuse(why, form);
    if (**text == '.' || **text == ',')
        return refuse(why, "expected whole seconds");
    if (hour == 24)
        return refuse(why, "expected hours from 00 to 23: 24:00 is 00:00 of the next day");
    if (hour > 23 || minute > 59 || second > 59)
        return refuse(why, "expected hours from 00 to 23, minutes and seconds from 00 to 59");
    *out_s = hour * HOUR_S + minute * MINUTE_S + second;
    return true;
}

/* How far local time is ahead of UTC. */
static bool take_zone(const char **text, int *out_s, const char **why)
{
    *out_s = 0;
    if (take_char(text, 'Z'))
        return true;
    if (**text == '\0')
        return refuse(why, "a time needs a zone: add Z for UTC, or as +02:00");
    int sign = **text == '-' ? -1 : 1;
    int hour, minute;
    if ((!take_char(text, '+') && !take_char(text, '-')) || !take_digits(text, 2, &hour) ||
        !take_char(text, ':') || !take_digits(text, 2, &minute))
        return refuse(why, "expected a zone after the time: Z for UTC, or as +02:00");
    /* The zones in use reach from -12:00 to +14:00 (IANA time zone database). */
    if (minute > 59 || hour * 60 + minute > 14 * 60)
        return refuse(why, "expected a zone within 14 hours of UTC");
    *out_s = sign * (hour * HOUR_S + minute * MINUTE_S);
    return true;
}

bool ab_time_parse(const char *text, ab_time *out, const char **why)
{
    static const char form[] = "expected a time as 2016-02-12T06:00Z";
    int64_t days;
    int second_of_day, ahead_s;
    if (!take_day(&text, &days, why, form))
        return false;
    if (*text == '\0')
        return refuse(why, "expected a time after the day, as 2016-02-12T06:00Z");
    if (!take_char(&text, 'T'))
        return refuse(why, "expected a T between the day and the time, as 2016-02-12T06:00Z");
    if (!take_time_of_day(&text, &second_of_day, why, form) || !take_zone(&text, &ahead_s, why))
        return false;
    if (*text != '\0')
        return refuse(why, "expected nothing after the zone");
    *out = days * DAY_S + second_of_day - ahead_s;
    return true;
}

bool ab_day_parse(const char *text, ab_time *out, const char **why)
{
    int64_t days;
    if (!take_day(&text, &days, why, "expected a day as 2016-02-12"))
        return false;
    if (*text != '\0')
        return refuse(why, "expected a day alone, as 2016-02-12, with nothing after it");
    *out = days * DAY_S;
    return true;
}

bool ab_clock_parse(const char *text, int32_t *out_s, const char **why)
{
    int hour, minute;
    if (!take_digits(&text, 2, &hour) || !take_char(&text, ':') ||
        !take_digits(&text, 2, &minute) || *text != '\0')
        return refuse(why, "expected a time of day as 06:00");
    if (minute > 59 || hour * 60 + minute > 24 * 60)
        return refuse(why, "expected a time of day from 00:00 to 24:00");
    *out_s = hour * HOUR_S + minute * MINUTE_S;
    return true;
}

/* Day number of `t`, and the seconds into it. */
static int64_t split_days(ab_time t, int *second_of_day)
{
    int64_t days = t / DAY_S;
    int64_t rest = t % DAY_S;
    if (rest < 0) {
        rest += DAY_S;
        days--;
    }
    *second_of_day = (int)rest;
    return days;
}

const char *ab_day_format(ab_time t, char out[AB_TIME_TEXT_CAP])
{
    out[0] = '\0';
    if (t == AB_TIME_NONE)
        return out;
    int second_of_day;
    civil date = civil_from_days(split_days(t, &second_of_day));
    (void)snprintf(out, AB_TIME_TEXT_CAP, "%04" PRId64 "-%02d-%02d", date.year, date.month,
                   date.day);
    return out;
}

const char *ab_time_format(ab_time t, char out[AB_TIME_TEXT_CAP])
{
    if (*ab_day_format(t, out) == '\0')
        return out;
    int second_of_day;
    (void)split_days(t, &second_of_day);
    int hour = second_of_day / HOUR_S;
    int minute = second_of_day % HOUR_S / MINUTE_S;
    int second = second_of_day % MINUTE_S;
    size_t size = strlen(out);
    if (second == 0)
        (void)snprintf(out + size, AB_TIME_TEXT_CAP - size, "T%02d:%02dZ", hour, minute);
    else
        (void)snprintf(out + size, AB_TIME_TEXT_CAP - size, "T%02d:%02d:%02dZ", hour, minute,
                       second);
    return out;
}

const char *ab_clock_format(int32_t s, char out[AB_TIME_TEXT_CAP])
{
    out[0] = '\0';
    if (s >= 0)
        (void)snprintf(out, AB_TIME_TEXT_CAP, "%02d:%02d", s / HOUR_S, s % HOUR_S / MINUTE_S);
    return out;
}
