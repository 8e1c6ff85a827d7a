/* Times and days in other forms that can mean one moment only: 2016/02/10, 10 Feb 2016, 20160210, 25.2.2016,
 * 2016-02-10 06:00Z; never 10/02/2016, and no zone is ever guessed. */
#include <stdio.h>
#include <string.h>

#include "schema/repair.h"

typedef struct date {
    int year, month, day;
} date;

static int digits_at(const char **text, int most)
{
    int value = 0, count = 0;
    for (; count < most && **text >= '0' && **text <= '9'; count++, (*text)++)
        value = value * 10 + (**text - '0');
    return count == 0 ? -1 : value;
}

/* The month whose English name, or its first three letters, stands at *text; 0: none. */
static int month_at(const char **text)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    char word[12];
    size_t n = 0;
    for (; n < sizeof word - 1; n++) {
        char c = (*text)[n];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            break;
        word[n] = c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    word[n] = '\0';
    for (int m = 0; m < 12; m++)
        if (n >= 3 &&
            (strcmp(word, months[m]) == 0 || (n == 3 && strncmp(word, months[m], 3) == 0))) {
            *text += n;
            return m + 1;
        }
    return 0;
}

static bool take_one_of(const char **text, const char *any)
{
    if (**text == '\0' || strchr(any, **text) == NULL)
        return false;
    (*text)++;
    return true;
}

static bool take_gap(const char **text)
{
    bool gap = take_one_of(text, " -,.");
    while (take_one_of(text, " "))
        ;
    return gap;
}

/* 2016/02/10, 2016-2-9, 2016.02.10: the year first, so the month follows. */
static bool year_first(const char **text, date *out)
{
    const char *at = *text;
    out->year = digits_at(&at, 4);
    char between = *at;
    if (out->year < 1000 || !take_one_of(&at, "-/."))
        return false;
    out->month = digits_at(&at, 2);
    if (*at != between)
        return false;
    at++;
    out->day = digits_at(&at, 2);
    *text = at;
    return out->month > 0 && out->day > 0;
}

/* 20160210 */
static bool run_together(const char **text, date *out)
{
    if (strspn(*text, "0123456789") != 8)
        return false;
    out->year = digits_at(text, 4);
    out->month = digits_at(text, 2);
    out->day = digits_at(text, 2);
    return true;
}

/* 10 Feb 2016, 10-Feb-2016, 10 February 2016 */
static bool day_first(const char **text, date *out)
{
    const char *at = *text;
    out->day = digits_at(&at, 2);
    if (out->day < 0 || !take_gap(&at))
        return false;
    out->month = month_at(&at);
    if (out->month == 0 || !take_gap(&at))
        return false;
    out->year = digits_at(&at, 4);
    *text = at;
    return out->year >= 1000;
}

/* Feb 10, 2016 */
static bool month_first(const char **text, date *out)
{
    const char *at = *text;
    out->month = month_at(&at);
    if (out->month == 0 || !take_gap(&at))
        return false;
    out->day = digits_at(&at, 2);
    if (out->day < 0 || !take_gap(&at))
        return false;
    out->year = digits_at(&at, 4);
    *text = at;
    return out->year >= 1000;
}

/* 25/02/2016 and 02/25/2016: no month has the number 25. */
static bool year_last(const char **text, date *out)
{
    const char *at = *text;
    int first = digits_at(&at, 2);
    char between = *at;
    if (first < 0 || !take_one_of(&at, "-/."))
        return false;
    int second = digits_at(&at, 2);
    if (second < 0 || *at != between)
        return false;
    at++;
    out->year = digits_at(&at, 4);
    if (out->year < 1000 || (first > 12) == (second > 12))
        return false;
    out->day = first > 12 ? first : second;
    out->month = first > 12 ? second : first;
    *text = at;
    return true;
}

static bool take_date(const char **text, date *out)
{
    static bool (*const forms[])(const char **text, date *out) = {
        year_first, run_together, day_first, month_first, year_last};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *at = *text;
        if (forms[i](&at, out) && (*at < '0' || *at > '9')) {
            *text = at;
            return true;
        }
    }
    return false;
}

static void add_day(const date *day, ab_buf *out)
{
    ab__buf_printf(out, "%04d-%02d-%02d", day->year, day->month, day->day);
}

/* Midnight, with or without a zone: what spreadsheets put behind a day. */
static bool is_midnight(const char *text)
{
    static const char *const ways[] = {"00:00",     "00:00:00", "00:00Z",
                                       "00:00:00Z", "0:00",     "0:00:00"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strcmp(text, ways[i]) == 0)
            return true;
    return false;
}

bool ab__repair_day(const char *text, ab_buf *out)
{
    date day;
    if (!take_date(&text, &day) ||
        (*text != '\0' && (!take_one_of(&text, " T") || !is_midnight(text))))
        return false;
    add_day(&day, out);
    return true;
}

/* hh:mm[:ss], one digit allowed for the hour. */
static bool take_clock(const char **text, int *hour, int *minute, int *second)
{
    const char *at = *text;
    *hour = digits_at(&at, 2);
    *second = 0;
    if (*hour < 0 || !take_one_of(&at, ":"))
        return false;
    *minute = digits_at(&at, 2);
    if (*minute < 0 || (take_one_of(&at, ":") && (*second = digits_at(&at, 2)) < 0))
        return false;
    *text = at;
    return true;
}

/* Z, z, UTC, GMT, +2:00, +0200: as the program writes it; false: no zone. */
static bool take_zone(const char *text, char out[16])
{
    while (*text == ' ')
        text++;
    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0 || strcmp(text, "UTC") == 0 ||
        strcmp(text, "GMT") == 0) {
        (void)strcpy(out, "Z");
        return true;
    }
    char sign = *text;
    if (!take_one_of(&text, "+-"))
        return false;
    bool packed = strspn(text, "0123456789") == 4;
    int hour = digits_at(&text, 2);
    if (hour < 0 || (!packed && !take_one_of(&text, ":")))
        return false;
    int minute = digits_at(&text, 2);
    if (minute < 0 || *text != '\0')
        return false;
    (void)snprintf(out, 16, "%c%02d:%02d", sign, hour, minute);
    return true;
}

bool ab__repair_time(const char *text, ab_buf *out)
{
    date day;
    int hour, minute, second;
    char zone[16];
    if (!take_date(&text, &day) || !take_one_of(&text, " Tt,"))
        return false;
    while (*text == ' ')
        text++;
    if (!take_clock(&text, &hour, &minute, &second) || !take_zone(text, zone))
        return false;
    add_day(&day, out);
    ab__buf_printf(out, "T%02d:%02d", hour, minute);
    if (second > 0)
        ab__buf_printf(out, ":%02d", second);
    ab__buf_add(out, zone);
    return true;
}

/* 6:00, 06:00:00, 6h30, 4 am, 4:30 pm */
bool ab__repair_clock(const char *text, ab_buf *out)
{
    const char *at = text;
    int hour = digits_at(&at, 2), minute = 0;
    bool parted = false;
    if (hour < 0)
        return false;
    if (take_one_of(&at, ":h")) {
        parted = true;
        minute = digits_at(&at, 2);
        if (strcmp(at, ":00") == 0)
            at += 3;
    }
    while (*at == ' ')
        at++;
    bool pm = strcmp(at, "pm") == 0 || strcmp(at, "PM") == 0;
    bool am = strcmp(at, "am") == 0 || strcmp(at, "AM") == 0;
    if (minute < 0 || ((am || pm) ? hour < 1 || hour > 12 : *at != '\0' || !parted))
        return false;
    if (am || pm)
        hour = hour % 12 + (pm ? 12 : 0);
    ab__buf_printf(out, "%02d:%02d", hour, minute);
    return true;
}
