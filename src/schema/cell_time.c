/* Times, days and times of day. */
#include "schema/cell.h"
#include "schema/suggest.h"

bool ab__read_time(ab_cell *cell, const char *text, void *out)
{
    const char *why = "";
    if (ab_time_parse(text, out, &why))
        return true;
    ab_buf hint = AB_BUF_INIT;
    bool no_zone = ab__suggest_time(text, &hint) == AB_TIME_NO_ZONE;
    (void)ab__cell_refused(cell, no_zone ? AB_ISSUE_TIME_WITHOUT_ZONE : AB_ISSUE_NOT_A_TIME, text,
                           why, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

bool ab__read_day(ab_cell *cell, const char *text, void *out)
{
    const char *why = "";
    if (ab_day_parse(text, out, &why))
        return true;
    ab_buf hint = AB_BUF_INIT;
    ab__suggest_day(text, &hint);
    (void)ab__cell_refused(cell, AB_ISSUE_NOT_A_TIME, text, why, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

bool ab__read_clock(ab_cell *cell, const char *text, void *out)
{
    const char *why = "";
    if (ab_clock_parse(text, out, &why))
        return true;
    return ab__cell_refused(cell, AB_ISSUE_NOT_A_TIME, text, why, "");
}
