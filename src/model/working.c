/* Spans that do not run at weekends. */
#include <math.h>

#include "airbridge/operation.h"

enum { DAY_S = 86400, WEEK_DAYS = 7 };

/* Local days since 1970-01-01, a Thursday. */
static int64_t day_of(ab_time local)
{
    int64_t day = local / DAY_S;
    return local % DAY_S < 0 ? day - 1 : day;
}

static bool works(uint32_t weekend, int64_t day)
{
    int64_t weekday = (day + AB_WEEKDAY_THU) % WEEK_DAYS;
    return ((weekend >> (weekday < 0 ? weekday + WEEK_DAYS : weekday)) & 1u) == 0;
}

static ab_time forward(uint32_t weekend, ab_time local, ab_time left_s)
{
    for (int64_t day = day_of(local); left_s > 0; day++) {
        ab_time end = (day + 1) * DAY_S, run = works(weekend, day) ? end - local : 0;
        if (run >= left_s)
            return local + left_s;
        left_s -= run;
        local = end;
    }
    return local;
}

static ab_time backward(uint32_t weekend, ab_time local, ab_time left_s)
{
    for (int64_t day = day_of(local - 1); left_s > 0; day--) {
        ab_time begin = day * DAY_S, run = works(weekend, day) ? local - begin : 0;
        if (run >= left_s)
            return local - left_s;
        left_s -= run;
        local = begin;
    }
    return local;
}

ab_time ab_working_from(const ab_operation *op, uint32_t weekend, ab_time from, double span_s)
{
    const uint32_t all = (1u << WEEK_DAYS) - 1;
    ab_time offset_s = (ab_time)llround(op->settings->utc_offset_s), whole_s = (ab_time)ceil(fabs(span_s));
    if ((weekend & all) == all && whole_s > 0)
        return span_s < 0 ? AB_TIME_NONE : INT64_MAX;
    ab_time local = from + offset_s;
    return (span_s < 0 ? backward(weekend, local, whole_s) : forward(weekend, local, whole_s)) - offset_s;
}
