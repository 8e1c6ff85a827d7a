/* What a solved corner tells: what is eaten, what stands in the way, who has it instead. */
#include <math.h>

#include "plan/corner.h"
#include "plan/hunger.h"

/* Shares of a price below this are rounding. */
static const double NOTHING = 1e-9;

/* ---- What is eaten --------------------------------------------------------------------------------------- */

/* In the row of a place's stock of a group in a period: the column of what is eaten, which keeps books, is
 * not what is left, and takes from the stock as a load adds to it. */
static double eaten_in(const ab_corner *corner, int64_t cell, int32_t t)
{
    const ab_corners *s = corner->of;
    const ab_model *model = s->model;
    int32_t row = model->place_row[cell + t];
    double eaten = 0;
    for (int32_t j = s->start[row]; j < s->start[row + 1]; j++) {
        int32_t col = s->col[j];
        bool left = col == model->left_col[cell + t] || (t > 0 && col == model->left_col[cell + t - 1]);
        if (s->serves[col] == AB_KEEPS_BOOKS && !left && s->value[j] > 0)
            eaten += s->value[j] * ab__lp_x(corner->lp)[s->col_here[col]];
    }
    return eaten;
}

double ab__corner_met(const ab_corner *corner, ab_category category, int32_t from, int32_t until)
{
    const ab_model *model = corner->of->model;
    double days = 0;
    for (int32_t g = 0; g < model->groups; g++) {
        int64_t cell = ((int64_t)corner->place * model->groups + g) * model->periods;
        if (model->need->group[g].category != category)
            continue;
        double weight = category == AB_CATEGORY_FOOD ? ab__hunger_share(model->need, g) : 1;
        for (int32_t t = from; t < until; t++)
            days += model->place_row[cell + t] >= 0 ? weight * fmin(model->days[t], eaten_in(corner, cell, t)) : 0;
    }
    return days;
}

/* ---- What stands in the way ------------------------------------------------------------------------------ */

static bool is_limit(const ab_corner *corner, int32_t i)
{
    return corner->of->model->limit.at[corner->row.at[i]].reason != AB_REASON_NONE;
}

/* What a limit is worth: one unit more of it would save so much. */
static double price_of(const ab_corner *corner, int32_t i)
{
    return -ab__lp_dual(corner->lp)[i];
}

typedef struct tally {
    const ab_corner *corner;
    ab_cause *cause;
    double most[AB_CAUSES]; /* share of the row that is named */
    int32_t count;
} tally;

static void add_cause(tally *to, ab_reason reason, ab_ref because, int32_t row, double share)
{
    int32_t i = 0;
    while (i < to->count && (to->cause[i].reason != reason || to->cause[i].because.table != because.table ||
                             to->cause[i].because.row != because.row))
        i++;
    if (i == AB_CAUSES)
        return;
    if (i == to->count) {
        to->cause[to->count++] = (ab_cause){reason, because, 0, row};
        to->most[i] = 0;
    }
    to->cause[i].share += share;
    if (share > to->most[i]) {
        to->most[i] = share;
        to->cause[i].row = row;
    }
}

/* Worth of the limits that the column uses; adds them to the causes, times `weight`, if that is not 0. */
static double add_column(tally *to, int32_t col, double weight)
{
    const ab_corners *s = to->corner->of;
    double total = 0;
    if (col < 0)
        return 0;
    ab_lp_entries e = ab__lp_entries(s->model->lp, col);
    for (int32_t k = 0; k < e.count; k++) {
        int32_t i = s->row_here[e.row[k]];
        double worth = i >= 0 && is_limit(to->corner, i) ? price_of(to->corner, i) * e.value[k] : 0;
        if (worth <= NOTHING)
            continue;
        total += worth;
        const ab_limit *limit = &s->model->limit.at[e.row[k]];
        if (weight > 0)
            add_cause(to, limit->reason, limit->because, e.row[k], weight * worth);
    }
    return total;
}

/* A tonne on an offer: the load, its part of a vehicle and of a container. */
static void add_load(tally *to, const ab_load_col *load)
{
    const ab_corners *s = to->corner->of;
    const ab_offer_cols *cols = &s->model->offer[load->offer];
    const ab_trip_kind *kind = ab__kind_of(s->model, load->offer);
    double vehicles = 1000 / kind->payload_kg, drops = cols->drops >= 0 ? 1000 / kind->load_kg : 0;
    double at_bound = fmax(0, -ab__lp_reduced_cost(to->corner->lp)[s->col_here[cols->vehicles]]);
    double total = add_column(to, load->col, 0) + vehicles * add_column(to, cols->vehicles, 0) +
                   drops * add_column(to, cols->drops, 0) + vehicles * at_bound;
    if (total <= NOTHING)
        return;
    add_column(to, load->col, 1 / total);
    add_column(to, cols->vehicles, vehicles / total);
    add_column(to, cols->drops, drops / total);
    if (vehicles * at_bound > NOTHING)
        add_cause(to, AB_REASON_VEHICLES_BUSY, (ab_ref){AB_TABLE_vehicles, kind->vehicle}, -1,
                  vehicles * at_bound / total);
}

static void sort(ab_cause *cause, int32_t count)
{
    for (int32_t i = 1; i < count; i++) {
        ab_cause moved = cause[i];
        int32_t j = i;
        for (; j > 0 && cause[j - 1].share < moved.share; j--)
            cause[j] = cause[j - 1];
        cause[j] = moved;
    }
}

int32_t ab__corner_causes(const ab_corner *corner, int32_t group, int32_t from, int32_t until,
                          ab_cause causes[AB_CAUSES])
{
    const ab_model *model = corner->of->model;
    tally to = {.corner = corner, .cause = causes};
    const ab_by_place *offers = &corner->of->offers;
    for (int32_t i = offers->start[corner->place]; i < offers->start[corner->place + 1]; i++) {
        const ab_offer_cols *cols = &model->offer[offers->offer[i]];
        int32_t arrive = model->trips->offer[offers->offer[i]].arrive;
        bool in_corner = cols->vehicles >= 0 && corner->of->col_here[cols->vehicles] >= 0;
        for (int32_t j = 0; in_corner && arrive >= from && arrive < until && j < cols->load_count; j++) {
            const ab_load_col *load = &model->load.at[cols->first_load + j];
            if (model->need->commodity_group[load->commodity] == group)
                add_load(&to, load);
        }
    }
    sort(causes, to.count);
    return to.count;
}

/* ---- How much, and who has it ---------------------------------------------------------------------------- */

static bool is_of(const ab_corner *corner, int32_t i, const ab_cause *cause)
{
    const ab_limit *limit = &corner->of->model->limit.at[corner->row.at[i]];
    return limit->reason == cause->reason && limit->because.table == cause->because.table &&
           limit->because.row == cause->because.row;
}

/* What is sent and moved by the books of a hub's stock, less what came. */
static double beyond_stock(const ab_corner *corner, int32_t i)
{
    const ab_corners *s = corner->of;
    int32_t row = corner->row.at[i];
    double sent = -ab__lp_row_hi(s->model->lp, row);
    for (int32_t j = s->start[row]; j < s->start[row + 1]; j++) {
        int32_t col = s->col[j], here = s->col_here[col];
        if (s->serves[col] != AB_KEEPS_BOOKS)
            sent += s->value[j] * (here >= 0 ? ab__lp_x(corner->lp)[here] : s->x[col]);
    }
    return sent;
}

static bool keeps_exactly(const ab_corner *corner, int32_t i)
{
    const ab_lp *lp = corner->of->model->lp;
    return ab__lp_row_lo(lp, corner->row.at[i]) >= ab__lp_row_hi(lp, corner->row.at[i]);
}

void ab__corner_excess(const ab_corner *corner, const ab_cause *cause, double *over, double *times)
{
    const ab_corners *s = corner->of;
    const double *activity = ab__lp_row_activity(corner->lp);
    *over = *times = 0;
    for (int32_t i = 0; i < corner->row.count; i++) {
        double hi = ab__lp_row_hi(s->model->lp, corner->row.at[i]);
        if (!is_of(corner, i, cause) || hi >= AB_LP_INFINITY)
            continue;
        double more = keeps_exactly(corner, i) ? 0 : activity[i] + corner->held.at[i] - hi;
        if (cause->reason == AB_REASON_STOCK)
            *over += beyond_stock(corner, i);
        if (more <= 0)
            continue;
        *over += more;
        *times = hi > 0 ? fmax(*times, more / hi) : *times;
    }
    *over = fmax(0, *over);
    for (int32_t i = 0; i < corner->col.count && cause->reason == AB_REASON_VEHICLES_BUSY; i++) {
        int32_t col = corner->col.at[i], offer = s->offer[col];
        if (offer < 0 || s->model->offer[offer].vehicles != col || !(s->model->offer[offer].most > 0) ||
            ab__kind_of(s->model, offer)->vehicle != cause->because.row)
            continue;
        *times = fmax(*times, ab__lp_x(corner->lp)[i] / s->model->offer[offer].most - 1);
    }
}

/* Is the row full, so that who takes of it takes from this place? */
static bool is_full(const ab_corner *corner, int32_t i)
{
    double hi = ab__lp_row_hi(corner->lp, i);
    return is_limit(corner, i) && hi < AB_LP_INFINITY &&
           ab__lp_row_activity(corner->lp)[i] > hi - 1e-6 * (1 + fabs(hi));
}

/* The place that has most of the rows and is not among those found; -1: none. `use` has room for all places. */
static int32_t most_of(const double *use, int32_t places, const int32_t *found, int32_t count)
{
    int32_t best = -1;
    for (int32_t p = 0; p < places; p++) {
        bool named = false;
        for (int32_t i = 0; i < count; i++)
            named = named || found[i] == p;
        if (!named && use[p] > NOTHING && (best < 0 || use[p] > use[best]))
            best = p;
    }
    return best;
}

int32_t ab__corner_holders(const ab_corner *corner, const ab_cause *cause, int32_t most, int32_t *place)
{
    const ab_corners *s = corner->of;
    double *use = s->use;
    for (int32_t p = 0; p < s->model->places; p++)
        use[p] = 0;
    for (int32_t i = 0; i < corner->row.count; i++) {
        int32_t row = corner->row.at[i];
        bool any = cause->reason == AB_REASON_NONE;
        double weight = any ? (is_full(corner, i) ? 1 / (1 + fabs(ab__lp_row_hi(s->model->lp, row))) : 0)
                            : is_of(corner, i, cause) ? fmax(0, price_of(corner, i)) : 0;
        for (int32_t j = s->start[row]; weight > 0 && j < s->start[row + 1]; j++) {
            int32_t col = s->col[j], p = s->serves[col];
            if (s->col_here[col] < 0 && p >= 0 && s->value[j] > 0)
                use[p] += weight * s->value[j] * s->x[col];
        }
    }
    int32_t count = 0;
    for (; count < most; count++) {
        place[count] = most_of(use, s->model->places, place, count);
        if (place[count] < 0)
            break;
    }
    return count;
}
