/* Wind: that an ascent says one thing of a height. */
#include <math.h>
#include <stdlib.h>

#include "base/c_locale.h"
#include "base/number.h"
#include "model/check.h"

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

/* One ascent, or one forecast for a point and a time, at one height: everything by which rows are told apart. */
static int by_height_of_ascent(const ab_wind *a, const ab_wind *b)
{
    int order = compare(a->kind, b->kind);
    order = order ? order : compare(a->lon_deg, b->lon_deg);
    order = order ? order : compare(a->lat_deg, b->lat_deg);
    order = order ? order : (a->issued_at > b->issued_at) - (a->issued_at < b->issued_at);
    order = order ? order : (a->valid_at > b->valid_at) - (a->valid_at < b->valid_at);
    return order ? order : compare(a->height_msl_m, b->height_msl_m);
}

static int by_height_and_line(const void *left, const void *right)
{
    const ab_wind *a = *(const ab_wind *const *)left, *b = *(const ab_wind *const *)right;
    int order = by_height_of_ascent(a, b);
    return order ? order : compare(a->head.line, b->head.line);
}

/* Of what both rows say, the first that they do not say alike; one finding a row. */
static void compare_rows(ab_check *check, int32_t first, int32_t again)
{
    static const int32_t columns[] = {AB_COL_wind_wind_e_mps, AB_COL_wind_wind_n_mps, AB_COL_wind_temp_k, AB_COL_wind_pressure_pa};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        double before = ab__check_number(check, AB_TABLE_wind, first, columns[c]);
        char text[AB_NUMBER_CAP], hint[160];
        if (!(fabs(before - ab__check_number(check, AB_TABLE_wind, again, columns[c])) > 0)) /* false where one does not say it */
            continue;
        (void)ab__c_snprintf(hint, sizeof hint, "line %d has the same kind, times, point and height: remove the wrong one",
                             (int)check->op->wind.at[first].head.line);
        ab__check_expect(check,
                         (ab_finding){.code = AB_ISSUE_WIND_TWICE, .table = AB_TABLE_wind, .row = again, .column = columns[c], .hint = hint},
                         "%s, as line %d says, or a height or an ascent of its own", ab__number_format_n(before, 9, text),
                         (int)check->op->wind.at[first].head.line);
        return;
    }
}

static bool is_whole(const ab_wind *w)
{
    return w->valid_at != AB_TIME_NONE && !isnan(w->lon_deg) && !isnan(w->lat_deg) && !isnan(w->height_msl_m);
}

void ab__check_wind(ab_check *check)
{
    const ab_wind *all = check->op->wind.at;
    const ab_wind **row = AB_NEW(check->work, const ab_wind *, check->op->wind.count);
    int32_t count = 0;

    check->no_memory |= row == NULL;
    for (int32_t i = 0; row && i < check->op->wind.count; i++)
        if (is_whole(&all[i]))
            row[count++] = &all[i];
    if (count > 0)
        qsort((void *)row, (size_t)count, sizeof *row, by_height_and_line);
    for (int32_t i = 1, first = 0; i < count; i++) {
        if (by_height_of_ascent(row[first], row[i]) != 0)
            first = i;
        else
            compare_rows(check, (int32_t)(row[first] - all), (int32_t)(row[i] - all));
    }
}
