#include "plan/ledger.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"

/* ---- What each row is ---------------------------------------------------------------------------------------- */

/* Marks the columns of which account is kept. */
static void mark_columns(const ab_model *model, char *known)
{
    for (int32_t i = 0; i < model->whole.count; i++)
        known[model->whole.at[i]] = 1;
    for (int32_t i = 0; i < model->convoy.count; i++)
        known[model->convoy.at[i].col] = 1;
    for (int32_t i = 0; i < model->load.count; i++)
        known[model->load.at[i].col] = 1;
    for (int32_t i = 0; i < model->move.count; i++)
        known[model->move.at[i].col] = 1;
}

/* A limit that other columns have a part in is not for us; columns that can only be 0 have none. */
static void sort_by_columns(ab_ledger *ledger, const char *known)
{
    const ab_lp *lp = ledger->model->lp;
    for (int32_t c = 0; c < ab__lp_cols(lp); c++) {
        if (known[c] || (ab__lp_col_lo(lp, c) == 0 && ab__lp_col_hi(lp, c) == 0))
            continue;
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++)
            if (ledger->row[e.row[i]].part == AB_LEDGER_SIMPLE)
                ledger->row[e.row[i]].part = AB_LEDGER_BEYOND;
    }
}

static void sort_by_bounds(ab_ledger *ledger)
{
    const ab_lp *lp = ledger->model->lp;
    for (int32_t r = 0; r < ab__lp_rows(lp); r++) {
        ledger->row[r].hi = ab__lp_row_hi(lp, r);
        ledger->row[r].part = ab__lp_row_lo(lp, r) > -AB_LP_INFINITY ? AB_LEDGER_BEYOND
                              : ledger->row[r].hi < AB_LP_INFINITY   ? AB_LEDGER_SIMPLE
                                                                     : AB_LEDGER_OPEN;
    }
}

/* The rows listed in `rows` that there are. */
static void set_part(ab_ledger *ledger, const int32_t *rows, int64_t count, ab_ledger_part part)
{
    for (int64_t i = 0; i < count; i++)
        if (rows[i] >= 0)
            ledger->row[rows[i]].part = (char)part;
}

static void set_convoys(ab_ledger *ledger)
{
    const ab_model *model = ledger->model;
    for (int32_t i = 0; i < model->convoy.count; i++) {
        ab_lp_entries e = ab__lp_entries(model->lp, model->convoy.at[i].col);
        for (int32_t k = 0; k < e.count; k++)
            if (e.value[k] < 0 && ledger->row[e.row[k]].part == AB_LEDGER_SIMPLE) {
                ledger->row[e.row[k]].part = AB_LEDGER_CONVOY;
                ledger->row[e.row[k]].index = i;
            }
    }
}

static void sort_rows(ab_ledger *ledger, const char *known)
{
    const ab_model *model = ledger->model;
    int64_t cells = (int64_t)model->places * model->groups * model->periods;
    sort_by_bounds(ledger);
    sort_by_columns(ledger, known);
    set_part(ledger, model->place_row, cells, AB_LEDGER_OPEN);
    set_part(ledger, model->cover_row, cells, AB_LEDGER_OPEN);
    set_part(ledger, model->nutrient_row, (int64_t)model->places * AB_NUTRIENTS * model->periods, AB_LEDGER_OPEN);
    set_part(ledger, model->stock_row, (int64_t)model->hubs * model->commodities * model->periods, AB_LEDGER_STOCK);
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        for (int32_t r = model->offer[o].first_row; r < model->offer[o].first_row + model->offer[o].row_count; r++)
            ledger->row[r].part = AB_LEDGER_OPEN;
    for (int32_t i = 0; i < model->running.count; i++) {
        ledger->row[model->running.at[i].used].part = AB_LEDGER_RUNNING;
        ledger->row[model->running.at[i].used].index = i;
    }
    set_convoys(ledger);
}

/* ---- Stock --------------------------------------------------------------------------------------------------- */

/* `at_hub` and `spare`: [periods] of one commodity at one hub. */
static void find_spare(const double *at_hub, double *spare, int32_t periods)
{
    double least = DBL_MAX;
    for (int32_t t = periods - 1; t >= 0; t--) {
        least = fmin(least, at_hub[t]);
        spare[t] = fmax(0, least);
    }
}

static void fill_stock(ab_ledger *ledger)
{
    const ab_model *model = ledger->model;
    for (int64_t s = 0; s < (int64_t)model->hubs * model->commodities; s++) {
        double there = 0;
        for (int32_t t = 0; t < model->periods; t++) {
            int32_t row = model->stock_row[s * model->periods + t];
            there += row < 0 ? 0 : ab__lp_row_lo(model->lp, row);
            ledger->at_hub_t[s * model->periods + t] = there;
        }
        find_spare(&ledger->at_hub_t[s * model->periods], &ledger->spare_t[s * model->periods], model->periods);
    }
}

void ab__ledger_take_stock(ab_ledger *ledger, int32_t hub, int32_t commodity, int32_t t, double mass_t)
{
    int32_t periods = ledger->model->periods;
    int64_t at = ((int64_t)hub * ledger->model->commodities + commodity) * periods;
    for (int32_t s = t; s < periods; s++)
        ledger->at_hub_t[at + s] -= mass_t;
    find_spare(&ledger->at_hub_t[at], &ledger->spare_t[at], periods);
}

/* ---- One step more ------------------------------------------------------------------------------------------- */

bool ab__ledger_open(ab_ledger *ledger, ab_model *model, double *x)
{
    size_t rows = (size_t)ab__lp_rows(model->lp), cols = (size_t)ab__lp_cols(model->lp);
    int64_t stocks = (int64_t)model->hubs * model->commodities * model->periods;
    *ledger = (ab_ledger){.model = model, .x = x};
    memset(x, 0, cols * sizeof *x);
    char *known = AB_NEW(model->arena, char, cols);
    ledger->row = AB_NEW(model->arena, ab_ledger_row, rows);
    ledger->touched = AB_NEW(model->arena, int32_t, rows);
    ledger->total = AB_NEW(model->arena, double, model->running.count);
    ledger->at_hub_t = AB_NEW(model->arena, double, stocks);
    ledger->spare_t = AB_NEW(model->arena, double, stocks);
    if (!known || !ledger->row || !ledger->touched || !ledger->total || !ledger->at_hub_t || !ledger->spare_t)
        return false;
    mark_columns(model, known);
    sort_rows(ledger, known);
    fill_stock(ledger);
    return true;
}

static bool total_allows(const ab_ledger *ledger, int32_t running, double change)
{
    const ab_running *first = &ledger->model->running.at[running];
    for (int32_t i = 0; i <= first->blocks_left; i++)
        if (ledger->total[running + i] - change > first[i].most + AB_KEPT)
            return false;
    return true;
}

static bool row_allows(const ab_ledger *ledger, int32_t at, double change)
{
    const ab_ledger_row *row = &ledger->row[at];
    if (row->part == AB_LEDGER_OPEN || row->part == AB_LEDGER_STOCK)
        return true;
    if (row->part == AB_LEDGER_RUNNING)
        return total_allows(ledger, row->index, change);
    if (row->part == AB_LEDGER_BEYOND)
        return change <= 0;
    if (row->activity + change <= row->hi + AB_KEPT * (1 + fabs(row->hi)))
        return true;
    if (row->part != AB_LEDGER_CONVOY)
        return false;
    ab_lp_entries e = ab__lp_entries(ledger->model->lp, ledger->model->convoy.at[row->index].col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.row[i] == at ? row->activity + change + e.value[i] > row->hi + AB_KEPT : !row_allows(ledger, e.row[i], e.value[i]))
            return false;
    return true;
}

bool ab__ledger_allows_one(const ab_ledger *ledger, int32_t col)
{
    ab_lp_entries e = ab__lp_entries(ledger->model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.value[i] != 0 && !row_allows(ledger, e.row[i], e.value[i]))
            return false;
    return true;
}

void ab__ledger_bring(ab_ledger *ledger, int32_t col, double more)
{
    ab_lp_entries e = ab__lp_entries(ledger->model->lp, col);
    for (int32_t i = 0; i < e.count; i++) {
        ab_ledger_row *row = &ledger->row[e.row[i]];
        if (e.value[i] == 0 || row->part == AB_LEDGER_OPEN || row->part == AB_LEDGER_STOCK)
            continue;
        if (!row->touched)
            ledger->touched[ledger->touched_count++] = e.row[i];
        row->touched = 1;
        row->brought += more * e.value[i];
    }
}

bool ab__ledger_allows(ab_ledger *ledger)
{
    bool allow = true;
    for (int32_t i = 0; i < ledger->touched_count; i++) {
        ab_ledger_row *row = &ledger->row[ledger->touched[i]];
        allow = allow && (row->brought == 0 || row_allows(ledger, ledger->touched[i], row->brought));
        row->brought = 0;
        row->touched = 0;
    }
    ledger->touched_count = 0;
    return allow;
}

double ab__ledger_leaves(const ab_ledger *ledger, int32_t col, double most)
{
    ab_lp_entries e = ab__lp_entries(ledger->model->lp, col);
    for (int32_t i = 0; i < e.count; i++) {
        const ab_ledger_row *row = &ledger->row[e.row[i]];
        if (row->part == AB_LEDGER_SIMPLE && e.row[i] != ledger->model->budget_row && e.value[i] > 0)
            most = fmin(most, (row->hi - row->activity) / e.value[i]);
    }
    return fmax(0, most);
}

void ab__ledger_add(ab_ledger *ledger, int32_t col, double more)
{
    const ab_model *model = ledger->model;
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    ledger->x[col] += more;
    for (int32_t i = 0; i < e.count; i++) {
        ab_ledger_row *row = &ledger->row[e.row[i]];
        row->activity += more * e.value[i];
        if (row->part == AB_LEDGER_RUNNING)
            for (int32_t k = 0; k <= model->running.at[row->index].blocks_left; k++)
                ledger->total[row->index + k] -= more * e.value[i];
        if (row->part == AB_LEDGER_CONVOY && more > 0 && row->activity > row->hi + AB_KEPT)
            ab__ledger_add(ledger, model->convoy.at[row->index].col, 1);
    }
}
