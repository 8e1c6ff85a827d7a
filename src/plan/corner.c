/* The corner of a place: its own loads, vehicles and books, and the flows between hubs that may feed it. It is
 * found by walking the programme's entries, so that a new family of rows needs no word here: from the place's
 * columns to the rows in which they stand, from those to the columns that keep books in them, and so on. */
#include "plan/corner.h"

#include <math.h>

#include "base/arena.h"

/* Rows give by this much, relative to their size, so that the plan itself stays possible as it was rounded. */
static const double GIVE = 1e-7;
/* Beyond so many offers to a place those that the relaxation had no use for stay out. */
enum { MANY_OFFERS = 128 };
/* Hunger, per person of the place, that a dollar counts for: of ways that feed alike, the cheaper. */
static const double TRIFLE = 1e-9;

/* ---- Shared ---------------------------------------------------------------------------------------------- */

static void index_rows(ab_corners *s)
{
    const ab_lp *lp = s->model->lp;
    int32_t rows = ab__lp_rows(lp), cols = ab__lp_cols(lp);
    for (int32_t c = 0; c < cols; c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++)
            s->start[e.row[i] + 1]++;
    }
    for (int32_t r = 0; r < rows; r++)
        s->start[r + 1] += s->start[r];
    for (int32_t c = 0; c < cols; c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++) {
            int32_t at = s->start[e.row[i]] + s->row_here[e.row[i]]++;
            s->col[at] = c;
            s->value[at] = e.value[i];
        }
    }
}

static void mark_columns(ab_corners *s)
{
    const ab_model *model = s->model;
    for (int32_t c = 0; c < ab__lp_cols(model->lp); c++) {
        s->serves[c] = AB_KEEPS_BOOKS;
        s->offer[c] = s->col_here[c] = -1;
    }
    for (int32_t i = 0; i < model->move.count; i++)
        s->serves[model->move.at[i].col] = AB_MOVES;
    for (int32_t i = 0; i < model->load.count; i++)
        s->serves[model->load.at[i].col] = ab__kind_of(model, model->load.at[i].offer)->place;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const int32_t cols[] = {model->offer[o].vehicles, model->offer[o].drops};
        for (int i = 0; cols[0] >= 0 && i < 2; i++) {
            if (cols[i] < 0)
                continue;
            s->serves[cols[i]] = ab__kind_of(model, o)->place;
            s->offer[cols[i]] = o;
        }
    }
    for (int32_t i = 0; i < model->whole.count; i++)
        s->whole[model->whole.at[i]] = 1;
    for (int32_t r = 0; r < ab__lp_rows(model->lp); r++)
        s->row_here[r] = -1;
}

bool ab__corners_start(ab_corners *s, const ab_model *model, const double *x, const char *open, ab_arena *arena)
{
    size_t rows = (size_t)ab__lp_rows(model->lp), cols = (size_t)ab__lp_cols(model->lp);
    size_t entries = (size_t)ab__lp_nonzeros(model->lp);
    *s = (ab_corners){.model = model, .x = x, .open = open};
    s->start = AB_NEW(arena, int32_t, rows + 1);
    s->col = AB_NEW(arena, int32_t, entries);
    s->value = AB_NEW(arena, double, entries);
    s->serves = AB_NEW(arena, int32_t, cols);
    s->offer = AB_NEW(arena, int32_t, cols);
    s->whole = AB_NEW(arena, char, cols);
    s->row_here = AB_NEW(arena, int32_t, rows);
    s->col_here = AB_NEW(arena, int32_t, cols);
    s->use = AB_NEW(arena, double, model->places);
    if (!s->use || !s->start || !s->col || !s->value || !s->serves || !s->offer || !s->whole || !s->row_here ||
        !s->col_here || !ab__by_place(model, arena, &s->offers))
        return false;
    index_rows(s);
    mark_columns(s);
    return true;
}

/* ---- What belongs to it ---------------------------------------------------------------------------------- */

static void take_column(ab_corner *corner, int32_t col)
{
    int32_t *slot = corner->of->col_here[col] < 0 ? AB_PUSH(&corner->col) : NULL;
    if (slot) {
        *slot = col;
        corner->of->col_here[col] = corner->col.count - 1;
    } else if (corner->of->col_here[col] < 0) {
        corner->failed = true;
    }
}

/* Rows that limit something. The one over the whole hunger is left out: the corner's own is what is minimised. */
static bool binds(const ab_model *model, int32_t row)
{
    return row != model->hunger_row &&
           (ab__lp_row_lo(model->lp, row) > -AB_LP_INFINITY || ab__lp_row_hi(model->lp, row) < AB_LP_INFINITY);
}

/* Does the column move with the corner once the row does? Loads and vehicles of others stay, and what is whole
 * (a convoy) unless it is reached from a vehicle of the place itself; hubs' flows join through stocks. */
static bool joins(const ab_corner *corner, int32_t from, int32_t row, int32_t col)
{
    const ab_corners *s = corner->of;
    if (s->serves[col] == AB_MOVES)
        return ab__lp_row_lo(s->model->lp, row) >= ab__lp_row_hi(s->model->lp, row);
    if (s->serves[col] != AB_KEEPS_BOOKS)
        return false; /* the place's own are there from the start */
    bool own = s->serves[from] == corner->place && s->model->limit.at[row].reason != AB_REASON_BUDGET;
    return isnan(s->x[col]) || !s->whole[col] || own;
}

static void take_row(ab_corner *corner, int32_t row)
{
    int32_t *slot = AB_PUSH(&corner->row);
    if (!slot) {
        corner->failed = true;
        return;
    }
    *slot = row;
    corner->of->row_here[row] = corner->row.count - 1;
}

/* The rows of column number `i` of the corner, and what joins through them. */
static void walk(ab_corner *corner, int32_t i)
{
    const ab_corners *s = corner->of;
    int32_t from = corner->col.at[i];
    ab_lp_entries e = ab__lp_entries(s->model->lp, from);
    for (int32_t k = 0; k < e.count && !corner->failed; k++) {
        int32_t row = e.row[k];
        if (!binds(s->model, row))
            continue;
        if (s->row_here[row] < 0)
            take_row(corner, row);
        for (int32_t j = s->start[row]; j < s->start[row + 1] && !corner->failed; j++)
            if (s->col_here[s->col[j]] < 0 && joins(corner, from, row, s->col[j]))
                take_column(corner, s->col[j]);
    }
}

static void take_own(ab_corner *corner)
{
    const ab_corners *s = corner->of;
    const ab_model *model = s->model;
    int32_t first = s->offers.start[corner->place], end = s->offers.start[corner->place + 1];
    for (int32_t i = first; i < end; i++) {
        const ab_offer_cols *cols = &model->offer[s->offers.offer[i]];
        bool held = s->open && end - first > MANY_OFFERS && !s->open[s->offers.offer[i]];
        if (cols->vehicles < 0 || held)
            continue;
        take_column(corner, cols->vehicles);
        if (cols->drops >= 0)
            take_column(corner, cols->drops);
        for (int32_t j = 0; j < cols->load_count; j++)
            take_column(corner, model->load.at[cols->first_load + j].col);
    }
    int64_t cells = (int64_t)model->groups * model->periods;
    for (int64_t cell = corner->place * cells; cell < (corner->place + 1) * cells; cell++)
        if (model->left_col[cell] >= 0 && !corner->failed)
            take_column(corner, model->left_col[cell]);
}

/* ---- Its programme --------------------------------------------------------------------------------------- */

/* The bounds that the model gives a column, whether the search has it open or not. */
static void column_bounds(const ab_corners *s, int32_t col, double *lo, double *hi)
{
    *lo = ab__lp_col_lo(s->model->lp, col);
    *hi = ab__lp_col_hi(s->model->lp, col);
    if (s->serves[col] >= 0) {
        int32_t offer = s->offer[col];
        *lo = 0;
        *hi = offer >= 0 && s->model->offer[offer].vehicles == col ? s->model->offer[offer].most : AB_LP_INFINITY;
    }
}

/* Per person of the place, so that a hamlet's hunger is not lost in the solver's tolerance. */
static double cost_of(const ab_corner *corner, int32_t col)
{
    const ab_model *model = corner->of->model;
    double people = model->need->people[corner->place], scale = people > 0 ? model->people / people : 1;
    return scale * model->hunger.at[col] + TRIFLE * model->usd.at[col];
}

static void add_columns(ab_corner *corner)
{
    for (int32_t i = 0; i < corner->col.count && !corner->failed; i++) {
        double lo, hi;
        column_bounds(corner->of, corner->col.at[i], &lo, &hi);
        corner->failed = ab__lp_col(corner->lp, lo, hi, cost_of(corner, corner->col.at[i])) < 0;
    }
}

/* What a row's held columns take of it, and of that what serves others; the rest joins the programme. */
static void fill_row(ab_corner *corner, int32_t i, double *held, double *others)
{
    const ab_corners *s = corner->of;
    int32_t row = corner->row.at[i];
    *held = *others = 0;
    for (int32_t j = s->start[row]; j < s->start[row + 1]; j++) {
        int32_t col = s->col[j];
        if (s->col_here[col] >= 0) {
            ab__lp_at(corner->lp, i, s->col_here[col], s->value[j]);
            continue;
        }
        double use = s->value[j] * s->x[col];
        *held += use;
        *others += s->serves[col] >= 0 ? use : 0;
    }
}

static void add_rows(ab_corner *corner)
{
    for (int32_t i = 0; i < corner->row.count && !corner->failed; i++) {
        double *held = AB_PUSH(&corner->held), *others = AB_PUSH(&corner->others);
        int32_t row = ab__lp_row(corner->lp, -AB_LP_INFINITY, AB_LP_INFINITY);
        corner->failed = row < 0 || !held || !others;
        if (!corner->failed)
            fill_row(corner, i, held, others);
    }
}

void ab__corner_start(ab_corner *corner, ab_corners *corners, int32_t place)
{
    *corner = (ab_corner){.of = corners, .place = place, .lp = ab__lp_new()};
    corner->failed = !corner->lp;
    if (!corner->failed)
        take_own(corner);
    for (int32_t i = 0; i < corner->col.count && !corner->failed; i++)
        walk(corner, i);
    if (!corner->failed)
        add_columns(corner);
    if (!corner->failed)
        add_rows(corner);
    if (!corner->failed)
        ab__corner_restore(corner);
}

void ab__corner_free(ab_corner *corner)
{
    for (int32_t i = 0; i < corner->row.count; i++)
        corner->of->row_here[corner->row.at[i]] = -1;
    for (int32_t i = 0; i < corner->col.count; i++)
        corner->of->col_here[corner->col.at[i]] = -1;
    ab__lp_free(corner->lp);
    AB_VEC_FREE(&corner->row);
    AB_VEC_FREE(&corner->col);
    AB_VEC_FREE(&corner->held);
    AB_VEC_FREE(&corner->others);
}

/* ---- Limits ---------------------------------------------------------------------------------------------- */

/* The energy loaded for a member of a linked group, from the equation that sums it up; of other columns the
 * plan's figure, 0 where it is not known. */
static double energy_in(const ab_corners *s, int32_t col)
{
    const ab_model *model = s->model;
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    for (int32_t k = 0; k < e.count; k++) {
        int32_t row = e.row[k];
        if (ab__lp_row_lo(model->lp, row) < ab__lp_row_hi(model->lp, row))
            continue;
        double loaded = 0;
        for (int32_t j = s->start[row]; j < s->start[row + 1]; j++)
            loaded += s->col[j] != col && !isnan(s->x[s->col[j]]) ? s->value[j] * s->x[s->col[j]] : 0;
        return -loaded / e.value[k];
    }
    return isnan(s->x[col]) ? 0 : s->x[col];
}

/* How far the plan, once its loads are whole packages, is over the tie between two members of a linked group. */
static double untied(const ab_corners *s, int32_t row)
{
    double over = -ab__lp_row_hi(s->model->lp, row);
    for (int32_t j = s->start[row]; j < s->start[row + 1]; j++)
        over += s->value[j] * energy_in(s, s->col[j]);
    return fmax(0, over);
}

/* A row's bounds as the model has them, less what is taken of it. Bounds that books must keep exactly give
 * nothing, those of limits a little, so that the plan as it was rounded keeps them. */
static void set_row(ab_corner *corner, int32_t i, double taken)
{
    const ab_lp *lp = corner->of->model->lp;
    int32_t row = corner->row.at[i];
    double lo = ab__lp_row_lo(lp, row), hi = ab__lp_row_hi(lp, row);
    double give = lo < hi ? GIVE * (1 + fabs(taken)) : 0;
    if (lo < hi && corner->of->model->limit.at[row].reason == AB_REASON_LINKED)
        give += untied(corner->of, row);
    ab__lp_row_bounds(corner->lp, i, lo > -AB_LP_INFINITY ? lo - taken - give : -AB_LP_INFINITY,
                      hi < AB_LP_INFINITY ? hi - taken + give : AB_LP_INFINITY);
}

void ab__corner_restore(ab_corner *corner)
{
    for (int32_t i = 0; i < corner->row.count; i++)
        set_row(corner, i, corner->held.at[i]);
    for (int32_t i = 0; i < corner->col.count; i++) {
        double lo, hi;
        column_bounds(corner->of, corner->col.at[i], &lo, &hi);
        ab__lp_col_bounds(corner->lp, i, lo, hi);
    }
}

static bool is_of(const ab_limit *limit, const ab_cause *cause)
{
    return limit->reason == cause->reason && limit->because.table == cause->because.table &&
           limit->because.row == cause->because.row;
}

/* Is it a vehicle of the class, whose window the cause would widen? */
static bool is_busy(const ab_corner *corner, int32_t i, const ab_cause *cause)
{
    const ab_corners *s = corner->of;
    int32_t col = corner->col.at[i], offer = s->offer[col];
    return cause->reason == AB_REASON_VEHICLES_BUSY && offer >= 0 && s->model->offer[offer].vehicles == col &&
           ab__kind_of(s->model, offer)->vehicle == cause->because.row;
}

void ab__corner_relax(ab_corner *corner, const ab_cause *cause)
{
    const ab_model *model = corner->of->model;
    for (int32_t i = 0; i < corner->row.count; i++)
        if (is_of(&model->limit.at[corner->row.at[i]], cause))
            ab__lp_row_bounds(corner->lp, i, -AB_LP_INFINITY, AB_LP_INFINITY);
    for (int32_t i = 0; i < corner->col.count; i++)
        if (is_busy(corner, i, cause))
            ab__lp_col_bounds(corner->lp, i, 0, AB_LP_INFINITY);
}

/* Equations of linked groups tie the others' loads to this one's; they stay. */
void ab__corner_yield(ab_corner *corner)
{
    const ab_model *model = corner->of->model;
    for (int32_t i = 0; i < corner->row.count; i++) {
        ab_reason reason = model->limit.at[corner->row.at[i]].reason;
        if (reason != AB_REASON_NONE && reason != AB_REASON_LINKED && reason != AB_REASON_COMMITMENT)
            set_row(corner, i, corner->held.at[i] - corner->others.at[i]);
    }
}

ab_status ab__corner_solve(ab_corner *corner, bool *solved, ab_error *err)
{
    ab_lp_outcome outcome = AB_LP_STOPPED;
    ab_status status = ab__lp_solve(corner->lp, &outcome, err);
    *solved = status == AB_OK && outcome == AB_LP_OPTIMAL;
    return status;
}
