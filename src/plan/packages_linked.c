/* Whole packages and linked groups: when loads are cut to whole packages (packages.c) one member of a group may
 * gain a sack on another, and the parties agreed to a ratio, not to a sack more. So packages are taken off the one
 * that has too much, until the group holds again. What is taken off stays at the hub. */
#include <math.h>

#include "base/arena.h"
#include "plan/search.h"

static const double ENOUGH = 1e-9;

typedef struct levelling {
    ab_search *search;
    double *activity; /* [rows] with the loads as they are */
} levelling;

static void add(const levelling *l, int32_t col, double more)
{
    ab_lp_entries e = ab__lp_entries(l->search->model->lp, col);
    l->search->x[col] += more;
    for (int32_t i = 0; i < e.count; i++)
        l->activity[e.row[i]] += more * e.value[i];
}

static bool is_linked(const ab_model *model, int32_t row, bool book)
{
    return model->limit.at[row].reason == AB_REASON_LINKED && (ab__lp_row_lo(model->lp, row) >= 0) == book;
}

/* The row that keeps the book of an energy column; -1: it is no such column. */
static int32_t book_of(const ab_model *model, int32_t col)
{
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.value[i] < 0 && is_linked(model, e.row[i], true))
            return e.row[i];
    return -1;
}

/* The energy of a member is that of its loads. */
static void keep_book(const levelling *l, int32_t col, int32_t book)
{
    add(l, col, l->activity[book]);
}

/* Does the column raise a row of the pairs that is broken? By how much energy. */
static double too_much(const levelling *l, int32_t col)
{
    const ab_model *model = l->search->model;
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    double most = 0;
    for (int32_t i = 0; i < e.count; i++)
        if (e.value[i] > 0 && is_linked(model, e.row[i], false) && l->activity[e.row[i]] > ENOUGH)
            most = fmax(most, l->activity[e.row[i]] / e.value[i]);
    return most;
}

static double energy_per_t(const ab_model *model, int32_t col, int32_t book)
{
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.row[i] == book)
            return e.value[i];
    return 0;
}

/* The package that comes nearest to `energy` from above, else the richest; -1: none is left. */
static int32_t package_to_take(const levelling *l, int32_t book, double energy)
{
    const ab_model *model = l->search->model;
    int32_t best = -1;
    double of_best = 0;
    for (int32_t i = 0; i < model->load.count; i++) {
        const ab_load_col *load = &model->load.at[i];
        double package_t = model->op->commodities.at[load->commodity].package_kg / 1000;
        double in_it = package_t * energy_per_t(model, load->col, book);
        if (!(in_it > 0) || l->search->x[load->col] < package_t - ENOUGH || ab__mass_is_promised(model, load->offer))
            continue;
        bool better = of_best < energy ? in_it > of_best : in_it >= energy && in_it < of_best;
        if (best < 0 || better) {
            best = i;
            of_best = in_it;
        }
    }
    return best;
}

static void level(const levelling *l, int32_t col, int32_t book)
{
    const ab_model *model = l->search->model;
    for (double energy = too_much(l, col); energy > 0; energy = too_much(l, col)) {
        int32_t i = package_to_take(l, book, energy);
        if (i < 0)
            return;
        const ab_load_col *load = &model->load.at[i];
        add(l, load->col, -fmin(l->search->x[load->col], model->op->commodities.at[load->commodity].package_kg / 1000));
        keep_book(l, col, book);
    }
}

bool ab__search_level_linked(ab_search *search)
{
    ab_model *model = search->model;
    int32_t cols = ab__lp_cols(model->lp);
    levelling l = {search, AB_NEW(model->arena, double, ab__lp_rows(model->lp))};
    if (!l.activity)
        return false;
    for (int32_t c = 0; c < cols; c++) {
        ab_lp_entries e = ab__lp_entries(model->lp, c);
        for (int32_t i = 0; i < e.count; i++)
            l.activity[e.row[i]] += search->x[c] * e.value[i];
    }
    for (int32_t c = 0; c < cols; c++)
        if (book_of(model, c) >= 0)
            keep_book(&l, c, book_of(model, c));
    /* What is taken off one member may leave it behind another of three. */
    for (int32_t again = 0; again < model->op->agreements.count; again++)
        for (int32_t c = 0; c < cols; c++)
            if (book_of(model, c) >= 0)
                level(&l, c, book_of(model, c));
    return true;
}
