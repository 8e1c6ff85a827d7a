/* What is promised already: fixed, at least, at most, forbidden. */
#include "base/arena.h"
#include "plan/model.h"

#include <math.h>

bool ab__commitment_names(const ab_model *model, int32_t commodity)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++) {
        const ab_commitment *c = &model->op->commitments.at[k];
        if (c->commodity == commodity && (c->lock == AB_LOCK_FIXED || c->lock == AB_LOCK_AT_LEAST) &&
            !ab_commitment_is_over(model->op, k))
            return true;
    }
    return false;
}

/* A period belongs to the local day that holds its middle; where periods are longer than a day, the one
 * that holds the day's noon is meant. */
void ab__commitment_periods(const ab_model *model, int32_t commitment, int32_t *from, int32_t *until)
{
    ab_time day = model->op->commitments.at[commitment].date;
    *from = 0;
    *until = model->periods;
    if (day == AB_TIME_NONE)
        return;
    ab_periods_of_day(model->op, day, from, until);
}

bool ab__commitment_matches(const ab_model *model, int32_t commitment, int32_t offer)
{
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    return ab_commitment_binds(model->op, commitment, kind->vehicle, kind->hub, kind->place,
                               model->trips->offer[offer].depart);
}

/* The offers of the model that commitment k speaks of, in `promise`. */
static void find_offers(ab_model *model, int32_t k, ab_promise *promise)
{
    int32_t *offer = ab__model_slots(model, model->trips->offer_count);
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++)
        if (model->offer[o].vehicles >= 0 && ab__commitment_matches(model, k, o))
            offer[promise->offer_count++] = o;
    promise->offer = offer;
}

/* A row `asked` with slack on the sides on which it binds. */
static int32_t add_row(ab_model *model, int32_t k, double asked, int32_t *shorter, int32_t *over)
{
    ab_lock lock = (ab_lock)model->op->commitments.at[k].lock;
    bool below = lock == AB_LOCK_FIXED || lock == AB_LOCK_AT_LEAST, above = lock != AB_LOCK_AT_LEAST;
    int32_t row = ab__model_row(model, below ? asked : -AB_LP_INFINITY, above ? asked : AB_LP_INFINITY,
                                AB_REASON_COMMITMENT, (ab_ref){AB_TABLE_commitments, k}, -1);
    if (below) {
        *shorter = ab__model_col(model, 0, 0, 0, 0);
        ab__model_at(model, row, *shorter, 1);
    }
    if (above) {
        *over = ab__model_col(model, 0, 0, 0, 0);
        ab__model_at(model, row, *over, -1);
    }
    return row;
}

static void add_trips_row(ab_model *model, int32_t k, ab_promise *promise)
{
    int32_t row = add_row(model, k, promise->trips, &promise->trips_short, &promise->trips_over);
    for (int32_t i = 0; i < promise->offer_count && !model->failed; i++) {
        ab__model_at(model, row, model->offer[promise->offer[i]].vehicles, 1);
        /* So many must go, be they ever so empty. */
        if (promise->asks)
            ab__lp_state(model->lp, model->offer[promise->offer[i]].vehicles);
    }
}

static void add_mass_row(ab_model *model, int32_t k, ab_promise *promise)
{
    int32_t commodity = model->op->commitments.at[k].commodity;
    int32_t row = add_row(model, k, promise->mass_t, &promise->mass_short, &promise->mass_over);
    for (int32_t i = 0; i < promise->offer_count && !model->failed; i++) {
        const ab_offer_cols *cols = &model->offer[promise->offer[i]];
        for (int32_t j = 0; j < cols->load_count; j++) {
            const ab_load_col *load = &model->load.at[cols->first_load + j];
            if (commodity < 0 || load->commodity == commodity)
                ab__model_at(model, row, load->col, 1);
        }
    }
}

/* Where some of the offers can carry something, one that cannot is no way to keep the promise. */
static void leave_those_that_carry_nothing(ab_model *model, const ab_promise *promise)
{
    bool any = false;
    for (int32_t i = 0; i < promise->offer_count; i++)
        any = any || model->offer[promise->offer[i]].load_count > 0;
    for (int32_t i = 0; any && !model->failed && i < promise->offer_count; i++) {
        ab_offer_cols *cols = &model->offer[promise->offer[i]];
        if (cols->load_count > 0)
            continue;
        cols->most = 0;
        ab__lp_col_bounds(model->lp, cols->vehicles, 0, 0);
    }
}

/* Vehicles that are promised and nothing said of what they carry go with something on them, so that an
 * empty one, by whatever way, keeps no promise. */
static void add_fill_rows(ab_model *model, const ab_promise *promise)
{
    leave_those_that_carry_nothing(model, promise);
    for (int32_t i = 0; i < promise->offer_count && !model->failed; i++) {
        int32_t offer = promise->offer[i];
        const ab_offer_cols *cols = &model->offer[offer];
        if (cols->load_count == 0)
            continue;
        int32_t row = ab__model_row(model, 0, AB_LP_INFINITY, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
        ab__model_at(model, row, cols->vehicles, -ab__worth_a_trip_t(model, offer));
        for (int32_t j = 0; j < cols->load_count; j++) {
            const ab_load_col *load = &model->load.at[cols->first_load + j];
            ab__model_at(model, row, load->col, ab__worth_of_t(model, load->commodity));
        }
    }
}

/* What a row asks. Forbidden: none, of the commodity if it names one, else no vehicle. Fixed or at least
 * without a figure: one vehicle. At most without a figure binds nothing. */
static void read_commitment(const ab_commitment *c, ab_promise *promise)
{
    promise->asks = c->lock == AB_LOCK_FIXED || c->lock == AB_LOCK_AT_LEAST;
    promise->trips = c->trips >= 0 ? (double)c->trips : -1;
    promise->mass_t = isnan(c->mass_kg) ? -1 : c->mass_kg / 1000;
    if (c->lock == AB_LOCK_FORBIDDEN) {
        promise->trips = c->commodity >= 0 ? -1 : 0;
        promise->mass_t = c->commodity >= 0 ? 0 : -1;
    } else if (promise->asks && promise->trips < 0 && promise->mass_t < 0) {
        promise->trips = 1;
    }
}

void ab__rows_commitments(ab_model *model)
{
    int32_t count = model->op->commitments.count;
    model->promise = AB_NEW(model->arena, ab_promise, count);
    if (!model->promise) {
        model->failed = true;
        return;
    }
    for (int32_t k = 0; k < count && !model->failed; k++) {
        const ab_commitment *commitment = &model->op->commitments.at[k];
        ab_promise *promise = &model->promise[k];
        *promise = (ab_promise){.trips_short = -1, .trips_over = -1, .mass_short = -1, .mass_over = -1};
        if (ab_commitment_is_over(model->op, k))
            continue;
        read_commitment(commitment, promise);
        promise->binds = promise->trips >= 0 || promise->mass_t >= 0;
        find_offers(model, k, promise);
        if (promise->trips >= 0)
            add_trips_row(model, k, promise);
        if (promise->mass_t >= 0)
            add_mass_row(model, k, promise);
        else if (promise->asks && commitment->commodity < 0)
            add_fill_rows(model, promise);
    }
}
