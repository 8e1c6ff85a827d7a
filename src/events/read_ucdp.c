/* Rows of UCDP GED exports, and of those that kept only the year. Codes: UCDP GED Codebook. */
#include "base/number.h"
#include "events/event.h"

/* Assumed, as for the like of ACLED: battles, and attacks on civilians. Without a type it is taken for a battle. */
static bool read_kind(ab__event_reader *reader, ab__event *event)
{
    static const struct {
        const char *word;
        double stop_prob;
    } kinds[] = {
        {"state-based violence", 0.3}, {"non-state violence", 0.3}, {"one-sided violence", 0.15}};
    int32_t code = 1;

    event->what = "violence";
    event->stop_prob = kinds[0].stop_prob;
    if (reader->column[AB_EVENT_VIOLENCE] < 0)
        return true;
    bool sound = ab__event_digit(reader, AB_EVENT_VIOLENCE, 3,
                                 "1 (state-based), 2 (non-state) or 3 (one-sided)", &code);
    event->what = kinds[code - 1].word;
    event->stop_prob = kinds[code - 1].stop_prob;
    return sound;
}

static bool read_year(ab__event_reader *reader, ab__event *event)
{
    static const char expected[] = "a year, as 2016";
    const char *text = ab__event_cell(reader, AB_EVENT_YEAR);
    int64_t year = 0;

    if (*text == '\0')
        return ab__event_flaw(reader, AB_EVENT_YEAR, AB_ISSUE_MISSING_VALUE, expected, "");
    if (!ab__count_parse(text, &year) || !ab__event_year(year, &event->first_day, &event->last_day))
        return ab__event_flaw(reader, AB_EVENT_YEAR, AB_ISSUE_NOT_A_TIME, expected, "");
    if (event->first_day > reader->today)
        return ab__event_flaw(reader, AB_EVENT_YEAR, AB_ISSUE_EVENT_LATER, "a year up to this one",
                              "");
    return true;
}

/* The days from date_start to date_end say how well the day is known; date_prec says the same once more. */
static bool read_days(ab__event_reader *reader, ab__event *event)
{
    int32_t code = 1;
    bool sound = ab__event_day(reader, AB_EVENT_DATE_START, &event->first_day);

    sound = ab__event_day(reader, AB_EVENT_DATE_END, &event->last_day) && sound;
    if (sound && event->last_day < event->first_day)
        sound = ab__event_flaw(reader, AB_EVENT_DATE_END, AB_ISSUE_ENDS_BEFORE_START,
                               "a day not before date_start", "");
    if (reader->column[AB_EVENT_DATE_PREC] >= 0)
        sound = ab__event_digit(reader, AB_EVENT_DATE_PREC, 5, "1 (a day) to 5 (more than a month)",
                                &code) &&
                sound;
    return sound;
}

/* Assumed from what the codes mean: 1 the very place; 2 within 25 km, which is taken for two standard deviations; 3 a
 * district, 4 a province, of which the middle is given. 5 is a part of a country or a line, 6 a country, 7 sea or air. */
static bool read_spread(ab__event_reader *reader, ab__event *event)
{
    static const double spread_m[] = {
        2000, 12500, 20000, 50000, AB_EVENT_NOWHERE, AB_EVENT_NOWHERE, AB_EVENT_NOWHERE};
    int32_t code = 1;
    bool sound = ab__event_digit(reader, AB_EVENT_WHERE_PREC, 7,
                                 "1 (the very place) to 7 (sea or air)", &code);

    event->spread_m = spread_m[code - 1];
    return sound;
}

static bool read_deaths(ab__event_reader *reader)
{
    int64_t best, low, high;
    bool sound = ab__event_deaths(reader, AB_EVENT_LOW, &low);

    sound = ab__event_deaths(reader, AB_EVENT_BEST, &best) && sound;
    sound = ab__event_deaths(reader, AB_EVENT_HIGH, &high) && sound;
    if (sound && best >= 0 && (low > best || (high >= 0 && best > high)))
        return ab__event_flaw(reader, AB_EVENT_BEST, AB_ISSUE_LOW_BEST_HIGH,
                              "a figure from low to high", "");
    return sound;
}

bool ab__event_ucdp(ab__event_reader *reader, ab__event *event)
{
    bool sound = (reader->layout == AB_EVENTS_UCDP ? read_days : read_year)(reader, event);

    sound = read_kind(reader, event) && sound;
    sound = read_spread(reader, event) && sound;
    return read_deaths(reader) && sound;
}
