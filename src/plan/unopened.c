/* What offers that are closed could gain at the prices of the last solve. Vehicles of a class that depart in a period
 * share its hours, so together they gain no more than the best use of these: a knapsack, filled to the last hour
 * (Dantzig 1957). */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "plan/search.h"

typedef struct use {
    int32_t row;  /* of the hours; -1: of no class that has any */
    double gain, hours, most; /* of a vehicle; vehicles */
} use;

static int dearest_first(const void *a, const void *b)
{
    const use *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    double first = x->gain * y->hours, second = y->gain * x->hours;
    return first > second ? -1 : first < second;
}

/* The row of its class in the period of its departure that leaves least of it. */
static use use_of(const ab_model *model, int32_t offer, double gain)
{
    const ab_offer_cols *cols = &model->offer[offer];
    ab_lp_entries e = ab__lp_entries(model->lp, cols->vehicles);
    use u = {.row = -1, .gain = gain, .most = cols->most};
    for (int32_t i = 0; i < e.count; i++) {
        const ab_limit *limit = &model->limit.at[e.row[i]];
        bool hours = limit->reason == AB_REASON_VEHICLES_BUSY && limit->period == model->trips->offer[offer].depart;
        if (hours && e.value[i] > u.hours && ab__lp_row_hi(model->lp, e.row[i]) < AB_LP_INFINITY) {
            u.row = e.row[i];
            u.hours = e.value[i];
        }
    }
    return u;
}

bool ab__search_unopened(const ab_model *model, const double *gain, struct ab_arena *scratch, double *out)
{
    use *uses = AB_NEW(scratch, use, model->trips->offer_count);
    int32_t count = 0;
    double total = 0, left = 0;
    if (!uses)
        return false;
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        if (gain[o] > 0)
            uses[count++] = use_of(model, o, gain[o]);
    qsort(uses, (size_t)count, sizeof *uses, dearest_first);
    for (int32_t i = 0; i < count; i++) {
        if (uses[i].row >= 0 && (i == 0 || uses[i].row != uses[i - 1].row))
            left = ab__lp_row_hi(model->lp, uses[i].row);
        double go = uses[i].row < 0 ? uses[i].most : fmin(uses[i].most, left / uses[i].hours);
        total += go * uses[i].gain;
        left -= go * uses[i].hours;
    }
    *out = total;
    return true;
}
