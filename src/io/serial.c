#include "io/serial.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "airbridge/time.h"

enum { DAY_S = 86400, UNIX_DAY = 25569 /* 1970-01-01 */, DAYS_1904 = 1462 };
static const int64_t DAY_MS = (int64_t)DAY_S * 1000;
static const double DAYS_MAX = 2958466; /* 10000-01-01 */

/* ---- Formats ---------------------------------------------------------------------------------- */

typedef struct parts {
    bool day, month_or_minute, clock, elapsed;
} parts;

/* [h], [mm], [ss]: hours, minutes or seconds in all. Other brackets hold colours, conditions, languages. */
static bool is_elapsed(const char *at, size_t size)
{
    if (size == 0 || strchr("hHmMsS", at[0]) == NULL)
        return false;
    for (size_t i = 1; i < size; i++)
        if (at[i] != at[0])
            return false;
    return true;
}

static const char *behind(const char *at, char mark)
{
    const char *end = strchr(at, mark);
    return end != NULL ? end + 1 : at + strlen(at);
}

static const char *take_sign(const char *at, parts *found)
{
    switch (*at) {
    case '"':
        return behind(at + 1, '"');
    case '\\':
    case '_':
    case '*': /* the next sign stands for itself, or for its width */
        return at[1] != '\0' ? at + 2 : at + 1;
    case '[':
        found->elapsed |= is_elapsed(at + 1, strcspn(at + 1, "]"));
        return behind(at + 1, ']');
    case 'y':
    case 'Y':
    case 'd':
    case 'D':
        found->day = true;
        return at + 1;
    case 'h':
    case 'H':
    case 's':
    case 'S':
        found->clock = true;
        return at + 1;
    case 'm':
    case 'M':
        found->month_or_minute = true;
        return at + 1;
    default:
        return at + (strncasecmp(at, "AM/PM", 5) == 0 ? 5 : 1);
    }
}

ab_shown ab__format_shows(const char *format)
{
    parts found = {false, false, false, false};

    if (strcasecmp(format, "General") == 0 || strcasecmp(format, "Standard") == 0)
        return AB_SHOWN_NUMBER;
    /* What follows a semicolon is for negative numbers. */
    for (const char *at = format; *at != '\0' && *at != ';';)
        at = take_sign(at, &found);
    if (found.elapsed)
        return AB_SHOWN_CLOCK;
    if (found.day)
        return found.clock ? AB_SHOWN_TIME : AB_SHOWN_DAY;
    if (found.clock)
        return AB_SHOWN_CLOCK;
    return found.month_or_minute ? AB_SHOWN_DAY : AB_SHOWN_NUMBER;
}

ab_shown ab__format_number_shows(int32_t number)
{
    if (number == 22)
        return AB_SHOWN_TIME;
    if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) ||
        (number >= 45 && number <= 47) || number == 55 || number == 56)
        return AB_SHOWN_CLOCK;
    if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) || number == 36 ||
        (number >= 50 && number <= 58))
        return AB_SHOWN_DAY;
    return AB_SHOWN_NUMBER;
}

/* ---- Values ----------------------------------------------------------------------------------- */

static void add_seconds(int64_t ms, bool always, ab_buf *out)
{
    if (always || ms % 60000 != 0)
        ab__buf_printf(out, ":%02d", (int)(ms / 1000 % 60));
    if (ms % 1000 != 0)
        ab__buf_printf(out, ".%03d", (int)(ms % 1000));
}

void ab__clock_add(int64_t milliseconds, ab_buf *out)
{
    ab__buf_printf(out, "%02lld:%02d", (long long)(milliseconds / 3600000),
                   (int)(milliseconds / 60000 % 60));
    add_seconds(milliseconds, false, out);
}

static void add_day(int64_t days, ab_buf *out)
{
    char text[AB_TIME_TEXT_CAP];
    ab__buf_add(out, ab_day_format((days - UNIX_DAY) * DAY_S, text));
}

bool ab__serial_add(double days, ab_shown shown, bool from_1904, ab_buf *out)
{
    if (shown == AB_SHOWN_NUMBER || !(days >= 0) || days >= DAYS_MAX)
        return false;
    /* A double has the time of day to a microsecond: whole seconds come out whole. */
    int64_t ms = llround(days * (double)DAY_MS);
    if (shown == AB_SHOWN_CLOCK) {
        ab__clock_add(ms, out);
        return true;
    }
    int64_t day = ms / DAY_MS, rest = ms % DAY_MS;
    if (from_1904)
        day += DAYS_1904;
    else if (day < 60)
        day++; /* Lotus 1-2-3 knew a 29 February 1900, and all that came after it do */
    add_day(day, out);
    if (shown == AB_SHOWN_TIME || rest != 0) {
        ab__buf_printf(out, "T%02d:%02d", (int)(rest / 3600000), (int)(rest / 60000 % 60));
        add_seconds(rest, true, out);
    }
    return true;
}
