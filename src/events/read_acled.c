/* Rows of ACLED exports. Codes: ACLED Codebook, event types of 2019 and later. */
#include <stdio.h>

#include "events/event.h"

typedef struct kind {
    const char *word;
    double stop_prob;
    bool sub; /* of the type above it */
} kind;

static const kind kinds[] = {
#define AB_EVENT_TYPE(word, chance) {word, chance, false},
#define AB_EVENT_SUB(word, chance)  {word, chance, true},
#include "events/kinds.def"
#undef AB_EVENT_TYPE
#undef AB_EVENT_SUB
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Whatever the case of letters and what stands between words. */
static bool same(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a != '\0' && !is_letter(*a))
            a++;
        while (*b != '\0' && !is_letter(*b))
            b++;
        if (*a == '\0' || *b == '\0')
            return *a == *b;
        if ((*a | 0x20) != (*b | 0x20))
            return false;
    }
}

static bool read_kind(ab__event_reader *reader, ab__event *event)
{
    const char *type = ab__event_cell(reader, AB_EVENT_TYPE),
               *sub = ab__event_cell(reader, AB_EVENT_SUB_TYPE);
    int32_t at = 0;

    while (at < KINDS && (kinds[at].sub || !same(kinds[at].word, type)))
        at++;
    if (at == KINDS)
        return ab__event_flaw(
            reader, AB_EVENT_TYPE, *type != '\0' ? AB_ISSUE_UNKNOWN_CODE : AB_ISSUE_MISSING_VALUE,
            "an event type of ACLED, as Battles or Explosions/Remote violence",
            *type != '\0' ? "ACLED named its types otherwise before 2019: download the events again"
                          : "");
    event->what = kinds[at].word;
    event->stop_prob = kinds[at].stop_prob;
    if (*sub == '\0')
        return true;
    for (at++; at < KINDS && kinds[at].sub; at++) {
        if (!same(kinds[at].word, sub))
            continue;
        event->what = kinds[at].word;
        event->stop_prob = kinds[at].stop_prob;
        return true;
    }
    char expected[96];
    (void)snprintf(expected, sizeof expected, "a sub-event type of %s", event->what);
    return ab__event_flaw(reader, AB_EVENT_SUB_TYPE, AB_ISSUE_UNKNOWN_CODE, expected, "");
}

/* A day; a week, whose middle is given; or a month, of which some day is. */
static bool read_days(ab__event_reader *reader, ab__event *event)
{
    enum { HALF_WEEK = 3 };
    int32_t day = 0, precision = 1;
    bool sound = ab__event_day(reader, AB_EVENT_ACLED_DATE, &day);

    sound = ab__event_digit(reader, AB_EVENT_TIME_PRECISION, 3,
                            "1 (a day), 2 (a week) or 3 (a month)", &precision) &&
            sound;
    event->first_day = event->last_day = day;
    if (precision == 2) {
        event->first_day = day - HALF_WEEK;
        event->last_day = day + HALF_WEEK;
    } else if (precision == 3 && sound) {
        ab__event_month(day, &event->first_day, &event->last_day);
    }
    return sound;
}

/* Assumed: half of a town; the distance that people call near; the size of a province. */
static bool read_spread(ab__event_reader *reader, ab__event *event)
{
    static const double spread_m[] = {2000, 10000, 50000};
    int32_t precision = 1;
    bool sound = ab__event_digit(reader, AB_EVENT_GEO_PRECISION, 3,
                                 "1 (a town), 2 (near it) or 3 (a region)", &precision);

    event->spread_m = spread_m[precision - 1];
    return sound;
}

bool ab__event_acled(ab__event_reader *reader, ab__event *event)
{
    int64_t deaths;
    bool sound = read_days(reader, event);

    sound = read_kind(reader, event) && sound;
    sound = read_spread(reader, event) && sound;
    return ab__event_deaths(reader, AB_EVENT_FATALITIES, &deaths) && sound;
}
