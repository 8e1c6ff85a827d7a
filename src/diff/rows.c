/* Input rows, paired by id; those of tables without ids by what they are of: their references, codes and times. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "diff/parts.h"
#include "schema/convert.h"
#include "schema/find.h"

/* A row and what it is known by. */
typedef struct keyed {
    const char *key;
    int32_t row;
    int32_t pair; /* in the other table; -1: none */
} keyed;

typedef struct rows {
    const ab_data *data;
    int32_t table;
    keyed *at; /* by key, then row */
    int32_t count;
} rows;

typedef struct comparison {
    ab_diff *diff;
    AB_VEC(ab_row_change) change;
    bool failed;
} comparison;

static bool is_key(const ab_column *column)
{
    switch (column->type) {
    case AB_TYPE_REF:
    case AB_TYPE_CODE:
    case AB_TYPE_TIME:
    case AB_TYPE_DAY:
    case AB_TYPE_SUBJECT:
        return true;
    default:
        return false;
    }
}

/* The cell as it was given; "" where a default stands in. */
static const char *cell(ab_arena *arena, const ab_data *data, const ab_column *column, const void *row, int32_t c)
{
    ab_buf text = AB_BUF_INIT;
    if (ab_given(row, c))
        ab__cell_write(data, column, row, &text);
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

/* Of a row without an id: its key cells. */
static const char *key_of(ab_arena *arena, const ab_data *data, int32_t t, int32_t r)
{
    const ab_table *table = &data->schema->tables[t];
    const void *row = ab__row_at(&data->rows[t], table, r);
    char spare[24];
    ab_buf text = AB_BUF_INIT;
    if (ab__table_id_column(table) >= 0)
        return ab__arena_text(arena, ab__row_id(data, t, r, spare));
    for (int32_t c = 0; c < table->column_count && table->form == AB_ROWS; c++) {
        if (!is_key(&table->columns[c]) || !ab_given(row, c))
            continue;
        if (text.size > 0)
            ab__buf_char(&text, ' ');
        ab__cell_write(data, &table->columns[c], row, &text);
    }
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

const char *ab__diff_name(ab_arena *arena, const ab_data *data, int32_t table, int32_t row)
{
    const char *key = key_of(arena, data, table, row);
    if (!key || data->schema->tables[table].form == AB_SETTINGS)
        return key ? "setting" : NULL;
    return ab__arena_printf(arena, "%s:%s", data->schema->tables[table].singular, key);
}

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static int by_row(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static bool gather(rows *r, const ab_data *data, int32_t table, ab_arena *arena)
{
    *r = (rows){data, table, AB_NEW(arena, keyed, data->rows[table].count), data->rows[table].count};
    for (int32_t i = 0; r->at && i < r->count; i++) {
        r->at[i] = (keyed){key_of(arena, data, table, i), i, -1};
        if (!r->at[i].key)
            return false;
    }
    if (r->at)
        qsort(r->at, (size_t)r->count, sizeof *r->at, by_key);
    return r->at != NULL;
}

/* Of rows with one key the first are paired, then the second, and so on. */
static void pair(rows *before, rows *after)
{
    for (int32_t i = 0, j = 0; i < before->count && j < after->count;) {
        int order = strcmp(before->at[i].key, after->at[j].key);
        if (order == 0) {
            before->at[i].pair = after->at[j].row;
            after->at[j].pair = before->at[i].row;
        }
        i += order <= 0;
        j += order >= 0;
    }
    qsort(before->at, (size_t)before->count, sizeof *before->at, by_row);
    qsort(after->at, (size_t)after->count, sizeof *after->at, by_row);
}

static void add(comparison *c, ab_row_change change)
{
    ab_row_change *row = AB_PUSH(&c->change);
    if (!row || !change.name || !change.before || !change.after)
        c->failed = true;
    else
        *row = change;
}

/* What a row that has no pair says: its cells but the id. */
static const char *say_row(ab_arena *arena, const rows *of, int32_t r)
{
    const ab_table *table = &of->data->schema->tables[of->table];
    const void *row = ab__row_at(&of->data->rows[of->table], table, r);
    ab_buf text = AB_BUF_INIT;
    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        if (!ab_given(row, c) || column->type == AB_TYPE_ID || column->type == AB_TYPE_WKT)
            continue;
        ab__buf_printf(&text, "%s%s ", text.size ? ", " : "", column->name);
        ab__cell_write(of->data, column, row, &text);
    }
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

static void add_whole(comparison *c, const rows *of, int32_t row, bool is_new)
{
    ab_arena *arena = c->diff->arena;
    const char *says = say_row(arena, of, row);
    add(c, (ab_row_change){.table = of->table,
                           .row_before = is_new ? -1 : row,
                           .row_after = is_new ? row : -1,
                           .name = ab__diff_name(arena, of->data, of->table, row),
                           .column = "",
                           .before = is_new ? "" : says,
                           .after = is_new ? says : ""});
}

static void compare_cells(comparison *c, const rows *before, const rows *after, int32_t i, int32_t j)
{
    ab_arena *arena = c->diff->arena;
    const ab_table *table = &before->data->schema->tables[before->table];
    const void *a = ab__row_at(&before->data->rows[before->table], table, i);
    const void *b = ab__row_at(&after->data->rows[after->table], table, j);
    for (int32_t k = 0; k < table->column_count && !c->failed; k++) {
        const char *was = cell(arena, before->data, &table->columns[k], a, k);
        const char *is = cell(arena, after->data, &table->columns[k], b, k);
        if (was && is && strcmp(was, is) == 0)
            continue;
        add(c, (ab_row_change){.table = before->table,
                               .row_before = i,
                               .row_after = j,
                               .name = ab__diff_name(arena, before->data, before->table, i),
                               .column = table->columns[k].name,
                               .before = was,
                               .after = is});
    }
}

/* What holds a frozen departure follows from the plan before: it is no row that somebody changed. */
static bool is_frozen(const rows *of, int32_t r)
{
    const ab_commitment *c = of->data->rows[of->table].at;
    return of->table == AB_TABLE_commitments && strcmp(c[r].decided_by, AB_PLAN_BEFORE) == 0;
}

static int32_t leave_out_frozen(rows *of)
{
    int32_t kept = 0, all = of->count;
    for (int32_t i = 0; i < all; i++)
        if (!is_frozen(of, of->at[i].row))
            of->at[kept++] = of->at[i];
    of->count = kept;
    return all - kept;
}

static void compare_table(comparison *c, const ab_data *before, const ab_data *after, int32_t table)
{
    rows a, b;
    if (!gather(&a, before, table, c->diff->arena) || !gather(&b, after, table, c->diff->arena)) {
        c->failed = true;
        return;
    }
    c->diff->frozen_before += leave_out_frozen(&a);
    c->diff->frozen_after += leave_out_frozen(&b);
    pair(&a, &b);
    for (int32_t i = 0; i < a.count && !c->failed; i++) {
        if (a.at[i].pair >= 0)
            compare_cells(c, &a, &b, a.at[i].row, a.at[i].pair);
        else
            add_whole(c, &a, a.at[i].row, false);
    }
    for (int32_t i = 0; i < b.count && !c->failed; i++)
        if (b.at[i].pair < 0)
            add_whole(c, &b, b.at[i].row, true);
}

bool ab__diff_rows(ab_diff *diff, const ab_planned *before, const ab_planned *after)
{
    comparison c = {.diff = diff};
    for (int32_t t = 0; t < AB_INPUT_TABLES && !c.failed; t++)
        compare_table(&c, &before->input, &after->input, t);
    ab_row_change *kept = c.failed ? NULL : AB_NEW(diff->arena, ab_row_change, c.change.count);
    if (kept && c.change.count > 0)
        memcpy(kept, c.change.at, (size_t)c.change.count * sizeof *kept);
    diff->row = kept;
    diff->row_count = c.change.count;
    AB_VEC_FREE(&c.change);
    return kept != NULL;
}
