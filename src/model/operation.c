/* An operation: its rows, read and checked. */
#include "airbridge/operation.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/check.h"
#include "model/whole.h"
#include "schema/convert.h"
#include "schema/named.h"

/* 0 where start, end or period have flaws. */
static int32_t count_periods(const ab_settings *settings)
{
    ab_time start = settings->start, end = settings->end;
    if (start == AB_TIME_NONE || end == AB_TIME_NONE || end <= start || isnan(settings->period_s))
        return 0;
    ab_time period_s = llround(settings->period_s);
    /* Years 1900 to 2199 in hours are less than 2^31. */
    return (int32_t)((end - start + period_s - 1) / period_s);
}

static void name_rows(ab__whole *made)
{
    ab_operation *op = &made->op;
    op->settings = made->rows[AB_TABLE_operation].at;
#define AB_TABLE(table, row, ...)                                                                  \
    op->table.at = made->rows[AB_TABLE_##table].at;                                                \
    op->table.count = made->rows[AB_TABLE_##table].count;
#define AB_COLUMN(...)
#define AB_TABLE_END(table, row)
#include "airbridge/tables.def"
    op->period_count = count_periods(op->settings);
}

/* Reads and checks `book`, of which all tables and columns have their names. */
static ab_status read_named(const ab_book *book, ab__whole *made, ab_issues *issues, ab_error *err)
{
    ab_status status =
        ab__data_read(ab_input_schema(), book, made->op.arena, made->rows, issues, err);
    if (status != AB_OK)
        return status;
    name_rows(made);
    return ab__check_all(&made->op, book, issues, err);
}

ab_status ab_operation_read(const ab_book *book, ab_operation **out, ab_issues *issues,
                            ab_error *err)
{
    *out = NULL;
    ab_book *named = NULL;
    ab_arena *arena = ab__arena_new();
    ab__whole *made = arena == NULL ? NULL : AB_NEW(arena, ab__whole, 1);
    ab_status status = AB_OK;
    if (made == NULL)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the operation was read");
    else
        made->op.arena = arena;
    if (status == AB_OK)
        status = ab__book_named(ab_input_schema(), book, &named, issues, err);
    if (status == AB_OK)
        status = read_named(named, made, issues, err);
    int64_t errors = ab_issues_of(issues, AB_ERROR_FLAW);
    if (status == AB_OK && errors > 0)
        status = ab_fail(err, AB_FLAWED, "the tables have %" PRId64 " %s", errors,
                         errors == 1 ? "error" : "errors");
    if (status == AB_OK)
        *out = &made->op;
    else
        ab__arena_free(arena);
    ab_book_free(named);
    return status;
}

ab_status ab_table_check(const ab_book *book, ab_issues *issues, ab_error *err)
{
    ab_book *named = NULL;
    ab_arena *arena = ab__arena_new();
    ab_rows rows[AB_INPUT_TABLES];
    if (arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while a table was checked");
    ab_status status = ab__book_named(ab_input_schema(), book, &named, issues, err);
    if (status == AB_OK)
        status = ab__data_read_alone(ab_input_schema(), named, arena, rows, issues, err);
    ab_book_free(named);
    ab__arena_free(arena);
    return status;
}

void ab_operation_free(ab_operation *op)
{
    if (op != NULL)
        ab__arena_free(op->arena);
}

ab_status ab_operation_freeze(const ab_operation *op, const ab_commitment *more, int32_t count,
                              ab_time until, ab_operation **out, ab_error *err)
{
    int32_t own = op->commitments.count;
    ab_arena *arena = ab__arena_new();
    ab__whole *made = arena == NULL ? NULL : AB_NEW(arena, ab__whole, 1);
    ab_commitment *all = made == NULL ? NULL : AB_NEW(arena, ab_commitment, own + count);
    *out = NULL;
    if (all == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was taken over");
    }
    *made = *(const ab__whole *)op;
    for (int32_t i = 0; i < own + count; i++)
        all[i] = i < own ? op->commitments.at[i] : more[i - own];
    made->rows[AB_TABLE_commitments] = (ab_rows){all, own + count};
    made->op.commitments.at = all;
    made->op.commitments.count = own + count;
    made->op.frozen_until = until;
    made->op.arena = arena;
    *out = &made->op;
    return AB_OK;
}

ab_data ab_operation_data(const ab_operation *op)
{
    const ab__whole *made = (const ab__whole *)op;
    return (ab_data){ab_input_schema(), made->rows};
}

int32_t ab_settings_assumed(const ab_settings *settings)
{
    static const char assumed[] = "assumed";
    const ab_remark *remarks = settings->head.remarks;
    int32_t count = 0;
    for (int32_t c = 0; remarks != NULL && c < AB_COLS_settings; c++)
        count += strncmp(remarks[c].source, assumed, sizeof assumed - 1) == 0;
    return count;
}
