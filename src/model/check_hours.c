/* Hours of the day: that they end after they start. */
#include "model/check.h"
#include "schema/find.h"

typedef struct hours {
    int32_t table, from, until;
    const char *hint;
} hours;

static const hours daily[] = {
    {AB_TABLE_hubs, AB_COL_hub_opens_s, AB_COL_hub_closes_s,
     "the end of the day is 24:00; leave both empty where work goes on over midnight"},
    {AB_TABLE_agreements, AB_COL_agreement_daily_from_s, AB_COL_agreement_daily_until_s,
     "the end of the day is 24:00; write hours over midnight as two agreements"},
};

static int32_t clock_at(const ab_check *check, int32_t table, int32_t row, int32_t column)
{
    return *(const ab_c_CLOCK *)ab__value_at(ab__check_column(table, column),
                                             ab__check_row(check, table, row));
}

static void check_row(ab_check *check, const hours *of, int32_t row)
{
    int32_t from_s = clock_at(check, of->table, row, of->from);
    int32_t until_s = clock_at(check, of->table, row, of->until);
    if (from_s < 0 || until_s < 0 || until_s > from_s)
        return;
    char text[AB_TIME_TEXT_CAP];
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "a time of day after %s, %s",
                   ab__check_column(of->table, of->from)->name, ab_clock_format(from_s, text));
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_ENDS_BEFORE_START,
                                        .table = of->table,
                                        .row = row,
                                        .column = of->until,
                                        .expected = ab__buf_text(&expected),
                                        .hint = of->hint});
    ab__buf_free(&expected);
}

void ab__check_hours(ab_check *check)
{
    for (size_t i = 0; i < sizeof daily / sizeof daily[0]; i++)
        for (int32_t r = 0; r < check->data.rows[daily[i].table].count; r++)
            check_row(check, &daily[i], r);
}
