#include "plan/moved.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static double known_kg(double mass_kg)
{
    return isnan(mass_kg) ? 0 : mass_kg;
}

static double *stock_cell(const ab_moved *moved, int32_t hub, int32_t commodity, int32_t t)
{
    return &moved->left_t[((int64_t)hub * moved->commodities + commodity) * moved->periods + t];
}

/* ---- Goods ------------------------------------------------------------------------------------------------- */

/* What was taken off or lost is gone; what came back lies at its hub again. */
static void add_movement(ab_moved *moved, const ab_movement *m, int32_t t, ab_arrived *arrived)
{
    if (m->commodity < 0)
        return;
    if (known_kg(m->offloaded_kg) > 0)
        arrived[moved->arrived_count++] = (ab_arrived){m->place, m->commodity, t, m->offloaded_kg};
    double out_kg = known_kg(m->removed_kg) + known_kg(m->offloaded_kg) + known_kg(m->lost_kg);
    if (!isnan(m->loaded_kg))
        out_kg = m->loaded_kg - known_kg(m->returned_kg);
    if (m->hub >= 0)
        *stock_cell(moved, m->hub, m->commodity, t) += fmax(0, out_kg) / 1000;
}

/* Nobody records what moved from hub to hub: it is taken to have gone as the plan before had it. */
static void add_transfers(ab_moved *moved, const ab_operation *op, const ab_previous *previous)
{
    for (int32_t i = 0; previous && i < previous->move_count; i++) {
        const ab_previous_move *move = &previous->move[i];
        const ab_link *link = &op->links.at[move->link];
        if (move->depart >= ab_first_departure(op))
            continue;
        *stock_cell(moved, link->from_hub, move->commodity, move->depart) += move->mass_kg / 1000;
        if (move->arrive < moved->periods)
            *stock_cell(moved, link->to_hub, move->commodity, move->arrive) -= move->expected_kg / 1000;
    }
}

/* ---- Vehicles ---------------------------------------------------------------------------------------------- */

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_convoy(const void *a, const void *b)
{
    const ab_movement *x = *(const ab_movement *const *)a, *y = *(const ab_movement *const *)b;
    int order = compare(x->date, y->date);
    order = order ? order : compare(x->vehicle, y->vehicle);
    order = order ? order : compare(x->hub, y->hub);
    order = order ? order : compare(x->place, y->place);
    order = order ? order : compare(y->trips, x->trips);
    return order ? order : compare(x->head.line, y->head.line);
}

static bool is_same_convoy(const ab_movement *a, const ab_movement *b)
{
    return a->date == b->date && a->vehicle == b->vehicle && a->hub == b->hub && a->place == b->place;
}

/* The shortest cycle of the class to the place; 0: it has no way there today. */
static double cycle_s(const ab_trips *trips, const ab_movement *m)
{
    double least_s = INFINITY;
    for (int32_t k = 0; k < trips->kind_count; k++) {
        const ab_trip_kind *kind = &trips->kind[k];
        if (kind->vehicle == m->vehicle && kind->place == m->place && (m->hub < 0 || kind->hub == m->hub))
            least_s = fmin(least_s, kind->cycle_s);
    }
    return isfinite(least_s) ? least_s : 0;
}

/* As a trip of the plan takes its hours: from its own period first, and the rest from those after it. */
static void keep_busy(ab_moved *moved, const ab_operation *op, const ab_trips *trips, const ab_movement *m, int32_t depart)
{
    double rest_s = cycle_s(trips, m);
    for (int32_t t = depart; t < moved->periods && rest_s > 0; t++) {
        double share_s = fmin(rest_s, op->vehicles.at[m->vehicle].duty_s_per_day * ab_period_days(op, t));
        moved->busy_h[(int64_t)m->vehicle * moved->periods + t] += (double)m->trips * share_s / 3600;
        rest_s -= share_s;
    }
}

/* A convoy has a row for each commodity, and its vehicles in any of them: the row with most of them counts. */
static void add_convoys(ab_moved *moved, const ab_operation *op, const ab_trips *trips, const ab_movement **past, int32_t count)
{
    qsort(past, (size_t)count, sizeof *past, by_convoy);
    for (int32_t i = 0; i < count; i++) {
        const ab_movement *m = past[i];
        int32_t t;
        bool counts = m->vehicle >= 0 && m->trips > 0 && (i == 0 || !is_same_convoy(m, past[i - 1]));
        if (counts && ab_movement_is_past(op, (int32_t)(m - op->movements.at), &t))
            keep_busy(moved, op, trips, m, t);
    }
}

/* ---- All --------------------------------------------------------------------------------------------------- */

bool ab__moved_make(ab_moved *moved, const ab_operation *op, const ab_trips *trips, const ab_previous *previous,
                    ab_arena *arena)
{
    int32_t count = 0, t;
    *moved = (ab_moved){.commodities = op->commodities.count, .periods = op->period_count};
    ab_arrived *arrived = AB_NEW(arena, ab_arrived, op->movements.count);
    const ab_movement **past = AB_NEW(arena, const ab_movement *, op->movements.count);
    moved->left_t = AB_NEW(arena, double, (int64_t)op->hubs.count * moved->commodities * moved->periods);
    moved->busy_h = AB_NEW(arena, double, (int64_t)op->vehicles.count * moved->periods);
    if (!arrived || !past || !moved->left_t || !moved->busy_h)
        return false;
    moved->arrived = arrived;
    for (int32_t i = 0; i < op->movements.count; i++) {
        if (!ab_movement_is_past(op, i, &t))
            continue;
        past[count++] = &op->movements.at[i];
        add_movement(moved, &op->movements.at[i], t, arrived);
    }
    add_convoys(moved, op, trips, past, count);
    add_transfers(moved, op, previous);
    return true;
}

void ab__moved_take(const ab_moved *moved, int32_t hub, int32_t commodity, double *came_t)
{
    double there_t = 0;
    for (int32_t t = 0; t < moved->periods; t++) {
        double net_t = came_t[t] - *stock_cell(moved, hub, commodity, t);
        came_t[t] = fmax(net_t, -there_t);
        there_t += came_t[t];
    }
}

double ab__moved_out_t(const ab_moved *moved, int32_t hub, int32_t commodity)
{
    double out_t = 0;
    for (int32_t t = 0; t < moved->periods; t++)
        out_t += *stock_cell(moved, hub, commodity, t);
    return fmax(0, out_t);
}

int32_t ab__moved_first_in(const ab_moved *moved, int32_t hub, int32_t commodity)
{
    int32_t t = 0;
    while (t < moved->periods && !(*stock_cell(moved, hub, commodity, t) < 0))
        t++;
    return t;
}

void ab__moved_arrive(const ab_moved *moved, const ab_operation *op, const ab_need *need, ab_arrivals *arrivals)
{
    for (int32_t i = 0; i < moved->arrived_count; i++) {
        const ab_arrived *a = &moved->arrived[i];
        ab__arrivals_add(arrivals, op, need, a->place, a->t, a->commodity, a->mass_kg);
    }
}
