/* Days as exports write them. */
#include <stdio.h>
#include <string.h>

#include "events/event.h"

enum { DAY_S = 86400 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* At most 99, and where it ends; NULL: no digit, or a third. */
static const char *two_digits(const char *text, int *out)
{
    if (!is_digit(*text))
        return NULL;
    *out = 0;
    for (int i = 0; i < 2 && is_digit(*text); i++, text++)
        *out = *out * 10 + (*text - '0');
    return is_digit(*text) ? NULL : text;
}

static bool parse_iso(const char *text, int32_t *out_day)
{
    ab_time at;

    if (!ab_day_parse(text, &at, NULL))
        return false;
    *out_day = (int32_t)(at / DAY_S);
    return true;
}

static bool of_parts(int year, int month, int day, int32_t *out_day)
{
    char text[40];

    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return parse_iso(text, out_day);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The month, 1 to 12, that the text begins with, in full or by three letters, and where it ends. */
static const char *month_name(const char *text, int *out)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};

    for (int m = 0; m < 12; m++) {
        size_t same = 0;
        while (names[m][same] != '\0' && lower(text[same]) == names[m][same])
            same++;
        if (same != 3 && names[m][same] != '\0')
            continue;
        *out = m + 1;
        return text + same;
    }
    return NULL;
}

/* "6 June 2023", "06-Jun-2023" */
static bool parse_words(const char *text, int32_t *out_day)
{
    int day = 0, month = 0, year = 0;
    const char *at = two_digits(text, &day);

    if (at == NULL || (*at != ' ' && *at != '-'))
        return false;
    char between = *at++;
    at = month_name(at, &month);
    if (at == NULL || *at++ != between || strlen(at) != 4)
        return false;
    for (int i = 0; i < 4; i++) {
        if (!is_digit(at[i]))
            return false;
        year = year * 10 + (at[i] - '0');
    }
    return of_parts(year, month, day, out_day);
}

/* What stands behind a date: nothing, or a time of day, which no kernel is as fine as. */
static bool is_clock(const char *text)
{
    return *text == '\0' || ((*text == ' ' || *text == 'T') &&
                             strspn(text + 1, "0123456789:.Z") == strlen(text + 1));
}

bool ab__event_day_parse(const char *text, int32_t *out_day)
{
    enum { ISO = 10 };
    char date[ISO + 1];

    if (strlen(text) < ISO || !is_digit(text[3]) || !is_clock(text + ISO))
        return parse_words(text, out_day);
    memcpy(date, text, ISO);
    date[ISO] = '\0';
    return parse_iso(date, out_day);
}

bool ab__event_year(int64_t year, int32_t *first, int32_t *last)
{
    if (year < 1900 || year > 2198)
        return false;
    (void)of_parts((int)year, 1, 1, first);
    (void)of_parts((int)year, 12, 31, last);
    return true;
}

void ab__event_month(int32_t day, int32_t *first, int32_t *last)
{
    char text[AB_TIME_TEXT_CAP];
    int32_t next = day;

    (void)ab_day_format((ab_time)day * DAY_S, text);
    *first = day - ((text[8] - '0') * 10 + (text[9] - '0') - 1);
    do
        *last = next++;
    while (ab_day_format((ab_time)next * DAY_S, text)[8] != '0' || text[9] != '1');
}
