/* Now, and the movements before it. */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "model/check.h"

static double known_kg(double mass_kg)
{
    return isnan(mass_kg) ? 0 : mass_kg;
}

/* ---- Now --------------------------------------------------------------------------------------------------- */

static void check_moment(ab_check *check)
{
    const ab_settings *settings = check->op->settings;
    char from[AB_TIME_TEXT_CAP], until[AB_TIME_TEXT_CAP];
    if (settings->as_of < settings->start || settings->as_of >= settings->end) {
        ab__check_expect(check, (ab_finding){.code = AB_ISSUE_NOW_OUTSIDE, .table = AB_TABLE_operation, .column = AB_COL_settings_as_of},
                         "a time from %s until before %s", ab_time_format(settings->start, from),
                         ab_time_format(settings->end, until));
        return;
    }
    int32_t t = ab_period_of(check->op, settings->as_of);
    if (ab_period_start(check->op, t) == settings->as_of)
        return;
    ab_time_format(ab_period_start(check->op, t), from);
    ab_time_format(ab_period_start(check->op, t + 1), until);
    ab__check_expect(check, (ab_finding){.code = AB_ISSUE_NOW_IN_PERIOD, .table = AB_TABLE_operation, .column = AB_COL_settings_as_of,
                                         .hint = "the period that holds it is past as a whole: nothing is planned in it"},
                     "the beginning of a period: %s to plan its departures, %s if they have left", from, until);
}

/* ---- Movements against the clock --------------------------------------------------------------------------- */

static void check_date(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_movement *m = &op->movements.at[row];
    char now[AB_TIME_TEXT_CAP];
    int32_t t;
    if (m->date == AB_TIME_NONE || ab_movement_is_past(op, row, &t) ||
        m->date - (ab_time)llround(op->settings->utc_offset_s) + 86400 <= op->settings->start)
        return;
    ab__check_expect(check, (ab_finding){.code = AB_ISSUE_MOVED_LATER, .table = AB_TABLE_movements, .row = row,
                                         .column = AB_COL_movement_date,
                                         .hint = "it counts for nothing; what is still to go is a commitment"},
                     "a day before now, which is %s", ab_time_format(op->settings->as_of, now));
}

static void check_names(ab_check *check, int32_t row)
{
    const ab_movement *m = &check->op->movements.at[row];
    ab_finding finding = {.code = AB_ISSUE_MOVED_UNNAMED, .table = AB_TABLE_movements, .row = row};
    int32_t t;
    bool moved = known_kg(m->loaded_kg) + known_kg(m->offloaded_kg) > 0;
    if (!moved || !ab_movement_is_past(check->op, row, &t))
        return;
    if (m->commodity < 0) {
        finding.column = AB_COL_movement_commodity;
        finding.hint = "it feeds nobody in the plan, and its stock is still there";
        ab__check_expect(check, finding, "the good that moved");
    } else if (m->hub < 0) {
        finding.column = AB_COL_movement_hub;
        finding.hint = "its stock is still there in the plan";
        ab__check_expect(check, finding, "the hub that it left");
    }
}

/* ---- Movements against stocks ------------------------------------------------------------------------------ */

/* What a row took from its hub for good. */
static double taken_kg(const ab_movement *m)
{
    if (isnan(m->loaded_kg))
        return known_kg(m->offloaded_kg) + known_kg(m->removed_kg) + known_kg(m->lost_kg);
    return fmax(0, m->loaded_kg - known_kg(m->returned_kg));
}

/* What may have lain there by now: its stock that has come, and all of the good if links lead there. */
static double stock_kg(const ab_operation *op, int32_t hub, int32_t commodity)
{
    double sum_kg = 0;
    bool supplied = false;
    for (int32_t l = 0; l < op->links.count; l++)
        supplied = supplied || op->links.at[l].to_hub == hub || op->links.at[l].to_hub < 0;
    for (int32_t s = 0; s < op->stocks.count; s++) {
        const ab_stock *stock = &op->stocks.at[s];
        bool is_there = stock->available_from == AB_TIME_NONE || stock->available_from < op->settings->as_of;
        if ((supplied || stock->hub == hub || stock->hub < 0) && (stock->commodity == commodity || stock->commodity < 0) && is_there)
            sum_kg += isnan(stock->mass_kg) ? INFINITY : stock->mass_kg;
    }
    return sum_kg;
}

static bool takes(const ab_operation *op, int32_t row, int32_t hub, int32_t commodity)
{
    const ab_movement *m = &op->movements.at[row];
    int32_t t;
    return m->hub == hub && m->commodity == commodity && taken_kg(m) > 0 && ab_movement_is_past(op, row, &t);
}

/* Told of the last movement of the hub and good, with the sum of all. A kilogram for what is rounded. */
static void check_stock(ab_check *check, int32_t hub, int32_t commodity)
{
    const ab_operation *op = check->op;
    double sum_kg = 0, there_kg = stock_kg(op, hub, commodity);
    int32_t last = -1;
    for (int32_t r = 0; r < op->movements.count; r++) {
        if (!takes(op, r, hub, commodity))
            continue;
        sum_kg += taken_kg(&op->movements.at[r]);
        last = r;
    }
    if (last < 0 || sum_kg <= there_kg + 1)
        return;
    char sum[AB_NUMBER_CAP], there[AB_NUMBER_CAP];
    ab_buf found = AB_BUF_INIT;
    ab__buf_printf(&found, "%s t that left for good in all", ab__number_format_n(sum_kg / 1000, 9, sum));
    ab__check_expect(check, (ab_finding){.code = AB_ISSUE_MOVED_STOCK, .table = AB_TABLE_movements, .row = last,
                                         .column = AB_COL_movement_loaded_kg, .found = ab__buf_text(&found),
                                         .hint = "see the table stocks"},
                     "at most %s t of %s from %s, which is all that came there", ab__number_format_n(there_kg / 1000, 9, there),
                     op->commodities.at[commodity].id, op->hubs.at[hub].id);
    ab__buf_free(&found);
}

static void check_stocks(ab_check *check)
{
    const ab_operation *op = check->op;
    int64_t pairs = (int64_t)op->hubs.count * op->commodities.count;
    enum { LOOKS_MOST = 20000000 }; /* larger operations go without */
    if (pairs * (op->movements.count + op->stocks.count + op->links.count) > LOOKS_MOST)
        return;
    for (int32_t h = 0; h < op->hubs.count; h++)
        for (int32_t c = 0; c < op->commodities.count; c++)
            check_stock(check, h, c);
}

/* ---- All --------------------------------------------------------------------------------------------------- */

/* Movements of the operation's days, where nobody says when now is. */
static void check_no_now(ab_check *check)
{
    const ab_operation *op = check->op;
    int32_t count = 0, first = -1, from, until;
    for (int32_t r = 0; r < op->movements.count; r++) {
        if (op->movements.at[r].date == AB_TIME_NONE)
            continue;
        ab_periods_of_day(op, op->movements.at[r].date, &from, &until);
        if (from >= until)
            continue;
        first = first < 0 ? r : first;
        count++;
    }
    if (count > 0)
        ab__check_expect(check, (ab_finding){.code = AB_ISSUE_MOVED_NO_NOW, .table = AB_TABLE_movements, .row = first,
                                             .column = AB_COL_movement_date, .hint = "see as_of in the table operation"},
                         "as_of to be set: %d of the movements are of days of the operation, and count for nothing", (int)count);
}

void ab__check_now(ab_check *check)
{
    const ab_operation *op = check->op;
    if (!ab__check_spans(check) || op->period_count == 0)
        return;
    if (op->settings->as_of == AB_TIME_NONE) {
        check_no_now(check);
        return;
    }
    check_moment(check);
    for (int32_t r = 0; r < op->movements.count; r++) {
        check_date(check, r);
        check_names(check, r);
    }
    check_stocks(check);
}
