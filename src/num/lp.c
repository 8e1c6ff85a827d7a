#include "num/lp.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "num/lp_parts.h"

ab_lp *ab__lp_new(void)
{
    ab_lp *lp = ab__realloc(NULL, sizeof *lp);
    if (lp)
        memset(lp, 0, sizeof *lp);
    return lp;
}

static void drop_packed(ab_lp *lp)
{
    void *const parts[] = {lp->start, lp->row,      lp->value, lp->x,     lp->reduced_cost,
                           lp->activity, lp->dual, lp->col_at, lp->row_at};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        free(parts[i]);
    lp->start = lp->row = NULL;
    lp->value = lp->x = lp->reduced_cost = lp->activity = lp->dual = NULL;
    lp->col_at = lp->row_at = NULL;
    lp->packed = lp->solved = false;
}

void ab__lp_free(ab_lp *lp)
{
    if (!lp)
        return;
    AB_VEC_FREE(&lp->col_lo);
    AB_VEC_FREE(&lp->col_hi);
    AB_VEC_FREE(&lp->cost);
    AB_VEC_FREE(&lp->row_lo);
    AB_VEC_FREE(&lp->row_hi);
    AB_VEC_FREE(&lp->entries);
    AB_VEC_FREE(&lp->defined_by);
    AB_VEC_FREE(&lp->defines);
    AB_VEC_FREE(&lp->most);
    AB_VEC_FREE(&lp->standing);
    AB_VEC_FREE(&lp->stated);
    drop_packed(lp);
    free(lp);
}

static bool push(ab_lp_numbers *list, double value)
{
    double *last = AB_PUSH(list);
    if (last)
        *last = value;
    return last != NULL;
}

static bool push_place(ab_lp_places *list)
{
    int32_t *last = AB_PUSH(list);
    if (last)
        *last = -1;
    return last != NULL;
}

static bool push_mark(char **at, int32_t *count, int32_t *cap)
{
    return ab__vec_push((void **)at, count, cap, 1) != 0; /* zeroed: ALWAYS, or not stated */
}

int32_t ab__lp_col(ab_lp *lp, double lo, double hi, double cost)
{
    assert(lo <= hi && isfinite(cost));
    lp->packed = false;
    if (push(&lp->col_lo, lo) && push(&lp->col_hi, hi) && push(&lp->cost, cost) && push(&lp->most, hi) &&
        push_place(&lp->defined_by) && push_mark(&lp->stated.at, &lp->stated.count, &lp->stated.cap))
        return lp->cost.count - 1;
    lp->failed = true;
    return -1;
}

int32_t ab__lp_row(ab_lp *lp, double lo, double hi)
{
    assert(lo <= hi);
    lp->packed = false;
    if (push(&lp->row_lo, lo) && push(&lp->row_hi, hi) && push_place(&lp->defines) &&
        push_mark(&lp->standing.at, &lp->standing.count, &lp->standing.cap))
        return lp->row_hi.count - 1;
    lp->failed = true;
    return -1;
}

void ab__lp_at(ab_lp *lp, int32_t row, int32_t col, double value)
{
    assert(isfinite(value));
    if (lp->failed)
        return;
    assert(row >= 0 && row < lp->row_hi.count && col >= 0 && col < lp->cost.count);
    lp->packed = false;
    ab_lp_entry *e = AB_PUSH(&lp->entries);
    if (e)
        *e = (ab_lp_entry){row, col, value};
    else
        lp->failed = true;
}

void ab__lp_defines(ab_lp *lp, int32_t row, int32_t col)
{
    assert(lp->col_lo.at[col] <= 0 && lp->defines.at[row] < 0 && lp->defined_by.at[col] < 0);
    lp->defines.at[row] = col;
    lp->defined_by.at[col] = row;
    lp->most.at[col] = lp->col_hi.at[col];
}

void ab__lp_state(ab_lp *lp, int32_t col)
{
    lp->stated.at[col] = 1;
}

void ab__lp_waits(ab_lp *lp, int32_t row)
{
    lp->standing.at[row] = AB_LP_WAITING;
}

void ab__lp_col_bounds(ab_lp *lp, int32_t col, double lo, double hi)
{
    assert(lo <= hi);
    lp->col_lo.at[col] = lo;
    lp->col_hi.at[col] = hi;
}

void ab__lp_row_bounds(ab_lp *lp, int32_t row, double lo, double hi)
{
    assert(lo <= hi);
    lp->row_lo.at[row] = lo;
    lp->row_hi.at[row] = hi;
}

void ab__lp_cost(ab_lp *lp, int32_t col, double cost)
{
    assert(isfinite(cost));
    lp->cost.at[col] = cost;
}

int32_t ab__lp_cols(const ab_lp *lp)
{
    return lp->cost.count;
}

int32_t ab__lp_rows(const ab_lp *lp)
{
    return lp->row_hi.count;
}

int64_t ab__lp_nonzeros(const ab_lp *lp)
{
    return lp->packed ? lp->start[lp->cost.count] : lp->entries.count;
}

double ab__lp_col_lo(const ab_lp *lp, int32_t col)
{
    return lp->col_lo.at[col];
}

double ab__lp_col_hi(const ab_lp *lp, int32_t col)
{
    return lp->col_hi.at[col];
}

double ab__lp_row_lo(const ab_lp *lp, int32_t row)
{
    return lp->row_lo.at[row];
}

double ab__lp_row_hi(const ab_lp *lp, int32_t row)
{
    return lp->row_hi.at[row];
}

double ab__lp_col_cost(const ab_lp *lp, int32_t col)
{
    return lp->cost.at[col];
}

void ab__lp_calls(ab_lp *lp, int32_t most)
{
    lp->calls_most = most;
}

void ab__lp_forget(ab_lp *lp)
{
    lp->solved = false;
}

void ab__lp_limit_s(ab_lp *lp, double seconds)
{
    lp->limit_s = seconds;
}

/* One counting pass; entries with equal keys keep their order. */
static void sort_entries(const ab_lp *lp, const ab_lp_entry *from, ab_lp_entry *to, int32_t *count, bool by_row)
{
    int32_t keys = by_row ? lp->row_hi.count : lp->cost.count;
    memset(count, 0, ((size_t)keys + 1) * sizeof *count);
    for (int32_t i = 0; i < lp->entries.count; i++)
        count[(by_row ? from[i].row : from[i].col) + 1]++;
    for (int32_t k = 0; k < keys; k++)
        count[k + 1] += count[k];
    for (int32_t i = 0; i < lp->entries.count; i++)
        to[count[by_row ? from[i].row : from[i].col]++] = from[i];
}

/* Columns from entries sorted by column, then row; entries at one place are summed. */
static void pack_columns(ab_lp *lp, const ab_lp_entry *sorted)
{
    int32_t n = 0, i = 0;
    for (int32_t c = 0; c < lp->cost.count; c++) {
        lp->start[c] = n;
        for (; i < lp->entries.count && sorted[i].col == c; i++) {
            if (n > lp->start[c] && lp->row[n - 1] == sorted[i].row) {
                lp->value[n - 1] += sorted[i].value;
                continue;
            }
            lp->row[n] = sorted[i].row;
            lp->value[n++] = sorted[i].value;
        }
    }
    lp->start[lp->cost.count] = n;
}

static void *array_of(size_t count, size_t size)
{
    return ab__realloc(NULL, (count ? count : 1) * size);
}

static bool new_packed(ab_lp *lp)
{
    size_t cols = (size_t)lp->cost.count, rows = (size_t)lp->row_hi.count, entries = (size_t)lp->entries.count;
    drop_packed(lp);
    lp->start = array_of(cols + 1, sizeof *lp->start);
    lp->row = array_of(entries, sizeof *lp->row);
    lp->value = array_of(entries, sizeof *lp->value);
    lp->x = array_of(cols, sizeof *lp->x);
    lp->reduced_cost = array_of(cols, sizeof *lp->reduced_cost);
    lp->activity = array_of(rows, sizeof *lp->activity);
    lp->dual = array_of(rows, sizeof *lp->dual);
    lp->col_at = array_of(cols, sizeof *lp->col_at);
    lp->row_at = array_of(rows, sizeof *lp->row_at);
    return lp->start && lp->row && lp->value && lp->x && lp->reduced_cost && lp->activity && lp->dual &&
           lp->col_at && lp->row_at;
}

ab_status ab__lp_pack(ab_lp *lp, ab_error *err)
{
    if (lp->packed)
        return AB_OK;
    size_t n = (size_t)lp->entries.count;
    int32_t keys = lp->cost.count > lp->row_hi.count ? lp->cost.count : lp->row_hi.count;
    ab_lp_entry *by_row = array_of(n, sizeof *by_row), *by_col = array_of(n, sizeof *by_col);
    int32_t *count = array_of((size_t)keys + 2, sizeof *count);
    if (!lp->failed && by_row && by_col && count && new_packed(lp)) {
        sort_entries(lp, lp->entries.at, by_row, count, true);
        sort_entries(lp, by_row, by_col, count, false);
        pack_columns(lp, by_col);
        lp->packed = true;
    }
    free(by_row);
    free(by_col);
    free(count);
    return lp->packed ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory for a linear programme");
}

ab_lp_entries ab__lp_entries(const ab_lp *lp, int32_t col)
{
    assert(lp->packed);
    int32_t from = lp->start[col];
    return (ab_lp_entries){lp->start[col + 1] - from, lp->row + from, lp->value + from};
}

double ab__lp_objective(const ab_lp *lp)
{
    return lp->objective;
}

void ab__lp_stop_when(ab_lp *lp, ab_lp_stop *stop, void *context)
{
    lp->stop = stop;
    lp->stop_context = context;
}

double ab__lp_bound(const ab_lp *lp)
{
    return lp->bound;
}

const double *ab__lp_x(const ab_lp *lp)
{
    return lp->x;
}

const double *ab__lp_row_activity(const ab_lp *lp)
{
    return lp->activity;
}

const double *ab__lp_dual(const ab_lp *lp)
{
    return lp->dual;
}

const double *ab__lp_reduced_cost(const ab_lp *lp)
{
    return lp->reduced_cost;
}
