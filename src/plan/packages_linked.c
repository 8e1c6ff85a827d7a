/* Whole packages and linked groups: when loads are cut to whole packages (packages.c) one member of a group may
 * gain a sack on another, and the parties agreed to a ratio, not to a sack more. So packages are taken off the one
 * that has too much, until the group holds again. What is taken off stays at the hub. */
#include <math.h>

#include "base/arena.h"
#include "plan/search.h"

static const double ENOUGH = 1e-9;

/* The energy of a member in a period, and the row that keeps its book. */
typedef struct energy_col {
    int32_t col, book;
} energy_col;

typedef struct levelling {
    ab_search *search;
    double *activity; /* [rows] with the loads as they are */
    energy_col *energy;
    int32_t energies;
} levelling;

static double value_at(const ab_lp *lp, int32_t col, int32_t row)
{
    ab_lp_entries e = ab__lp_entries(lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.row[i] == row)
            return e.value[i];
    return 0;
}

static void add(const levelling *l, int32_t col, double more)
{
    ab_lp_entries e = ab__lp_entries(l->search->model->lp, col);
    l->search->x[col] += more;
    for (int32_t i = 0; i < e.count; i++)
        l->activity[e.row[i]] += more * e.value[i];
}

/* A row of a pair of members, or (book) one that keeps the energy of a member. */
static bool is_linked(const ab_model *model, int32_t row, bool book)
{
    return model->limit.at[row].reason == AB_REASON_LINKED && (ab__lp_row_lo(model->lp, row) >= 0) == book;
}

/* -1: it is no column of energy. */
static int32_t book_of(const ab_model *model, int32_t col)
{
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.value[i] < 0 && is_linked(model, e.row[i], true))
            return e.row[i];
    return -1;
}

/* The energy of each member is that of its loads. */
static void keep_books(const levelling *l)
{
    for (int32_t i = 0; i < l->energies; i++)
        if (fabs(l->activity[l->energy[i].book]) > 0)
            add(l, l->energy[i].col, l->activity[l->energy[i].book]);
}

/* Would what commitments ask for still be there without so much of the load? */
static bool is_spare(const levelling *l, int32_t col, double less)
{
    const ab_model *model = l->search->model;
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (model->limit.at[e.row[i]].reason == AB_REASON_COMMITMENT &&
            l->activity[e.row[i]] - less * e.value[i] < ab__lp_row_lo(model->lp, e.row[i]) - ENOUGH)
            return false;
    return true;
}

/* What a tonne of the load adds to the row of a pair, by way of the energy of either. */
static double adds_per_t(const levelling *l, int32_t col, int32_t row)
{
    const ab_lp *lp = l->search->model->lp;
    double adds = 0;
    for (int32_t i = 0; i < l->energies; i++) {
        double in_row = value_at(lp, l->energy[i].col, row);
        if (in_row > 0 || in_row < 0)
            adds += in_row * value_at(lp, col, l->energy[i].book);
    }
    return adds;
}

/* The load a package of which comes nearest to what the row has too much from above, else the one that takes most;
 * -1: none is left. */
static int32_t package_to_take(const levelling *l, int32_t row)
{
    const ab_model *model = l->search->model;
    int32_t best = -1;
    double most = l->activity[row], of_best = 0;
    for (int32_t i = 0; i < model->load.count; i++) {
        const ab_load_col *load = &model->load.at[i];
        double package_t = model->op->commodities.at[load->commodity].package_kg / 1000;
        if (l->search->x[load->col] < package_t - ENOUGH || !is_spare(l, load->col, package_t))
            continue;
        double takes = package_t * adds_per_t(l, load->col, row);
        if (takes > 0 && (of_best < most ? takes > of_best : takes >= most && takes < of_best)) {
            best = i;
            of_best = takes;
        }
    }
    return best;
}

static void level(const levelling *l, int32_t row)
{
    const ab_model *model = l->search->model;
    while (l->activity[row] > ENOUGH) {
        int32_t i = package_to_take(l, row);
        if (i < 0)
            return;
        const ab_load_col *load = &model->load.at[i];
        add(l, load->col, -fmin(l->search->x[load->col], model->op->commodities.at[load->commodity].package_kg / 1000));
        keep_books(l);
    }
}

static bool start(levelling *l, ab_search *search)
{
    ab_model *model = search->model;
    int32_t cols = ab__lp_cols(model->lp);
    *l = (levelling){search, AB_NEW(model->arena, double, ab__lp_rows(model->lp)), AB_NEW(model->arena, energy_col, cols), 0};
    for (int32_t c = 0; l->activity && l->energy && c < cols; c++) {
        double value = search->x[c];
        search->x[c] = 0;
        add(l, c, value);
        if (book_of(model, c) >= 0)
            l->energy[l->energies++] = (energy_col){c, book_of(model, c)};
    }
    return l->activity && l->energy;
}

bool ab__search_level_linked(ab_search *search)
{
    levelling l;
    if (!start(&l, search))
        return false;
    keep_books(&l);
    /* What is taken off one member may leave another of three with too much. */
    for (int32_t again = 0; l.energies > 0 && again < search->model->op->agreements.count; again++)
        for (int32_t r = 0; r < ab__lp_rows(search->model->lp); r++)
            if (is_linked(search->model, r, false))
                level(&l, r);
    return true;
}
