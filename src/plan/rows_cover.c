/* No more on the way than the need. Loads count in a place by their chance, so a programme on averages
 * would send three months of food to feed a place for one where a convoy in three gets through, and bury
 * it in food the day that all of them do. Everything sent, as if all of it arrived, may cover a place
 * for cover_days ahead and no more; what is expected to be lost stays missing. What is promised does not
 * count: it goes whatever this limit says, and full. */
#include "base/arena.h"
#include "plan/hunger.h"
#include "plan/model.h"

#include <math.h>

/* Days of the place's need in a tonne of the commodity; 0 if it is not of the group. */
static double days_per_t(const ab_model *model, int32_t place, int32_t group, int32_t commodity)
{
    if (model->need->commodity_group[commodity] != group)
        return 0;
    return 1000 * model->need->commodity_per_kg[commodity] / ab__hunger_per_day(model->need, place, group);
}

/* Days of the group that a commitment may put on a matched offer: the mass that it names or so many full
 * vehicles, of the richest of what it may carry. */
static double promised_days(const ab_model *model, int32_t commitment, int32_t offer, int32_t group)
{
    const ab_promise *promise = &model->promise[commitment];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    int32_t named = model->op->commitments.at[commitment].commodity;
    double richest = 0, mass_t = promise->mass_t >= 0 ? promise->mass_t : promise->trips * kind->payload_kg / 1000;
    for (int32_t c = 0; c < model->commodities; c++)
        if (named < 0 || named == c)
            richest = fmax(richest, days_per_t(model, kind->place, group, c));
    return mass_t * richest;
}

/* excused <= what the offer carries of the group; it is taken off what counts as sent. In `once` go the
 * shares of the promise that all its offers use. */
static void excuse_offer(ab_model *model, int32_t offer, int32_t group, double most, int32_t cover_row, int32_t once)
{
    const ab_offer_cols *cols = &model->offer[offer];
    int32_t place = ab__kind_of(model, offer)->place;
    int32_t row = ab__model_row(model, 0, AB_LP_INFINITY, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    int32_t excused = ab__model_col(model, 0, most, 0, 0);
    ab__model_at(model, row, excused, -1);
    ab__model_at(model, cover_row, excused, 1);
    ab__model_at(model, once, excused, 1 / most);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        double days = days_per_t(model, place, group, load->commodity);
        if (days > 0)
            ab__model_at(model, row, load->col, days);
    }
}

static void excuse_promise(ab_model *model, int32_t k, int32_t group, const int32_t *cover_row)
{
    const ab_promise *promise = &model->promise[k];
    int32_t once = -1;
    for (int32_t i = 0; promise->asks && i < promise->offer_count && !model->failed; i++) {
        int32_t offer = promise->offer[i], place = ab__kind_of(model, offer)->place;
        int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
        double most = ab__hunger_counts(model->need, place, group) ? promised_days(model, k, offer, group) : 0;
        if (!(most > 0))
            continue;
        ab__model_limit(model, &once, 1, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
        excuse_offer(model, offer, group, most, cover_row[cell + model->trips->offer[offer].arrive], once);
    }
}

static void excuse_promises(ab_model *model, const int32_t *cover_row)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        for (int32_t g = 0; g < model->groups && !model->failed; g++)
            excuse_promise(model, k, g, cover_row);
}

/* sent(t) - sent(t-1) - loads that would arrive in t = 0; sent(t) <= days until t + cover_days - stock. */
static void add_cover(ab_model *model, int32_t place, int32_t group, double horizon_days, int32_t *row)
{
    const ab_need *need = model->need;
    double stock =
        need->stock[(int64_t)place * model->groups + group] / ab__hunger_per_day(need, place, group);
    double cover = model->op->settings->cover_s / 86400, until = 0;
    int32_t before = -1;
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        until += model->days[t];
        double most = fmax(0, fmin(until + cover, horizon_days) - stock);
        int32_t sent = ab__model_col(model, 0, most, 0, 0);
        row[t] = ab__model_row(model, 0, 0, AB_REASON_LOSSES, (ab_ref){-1, -1}, t);
        ab__model_at(model, row[t], sent, 1);
        if (before >= 0)
            ab__model_at(model, row[t], before, -1);
        before = sent;
    }
}

static void add_loads(ab_model *model, const int32_t *cover_row)
{
    for (int32_t i = 0; i < model->load.count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[i];
        int32_t place = ab__kind_of(model, load->offer)->place;
        int32_t group = model->need->commodity_group[load->commodity];
        if (group < 0 || !ab__hunger_counts(model->need, place, group))
            continue;
        int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
        ab__model_at(model, cover_row[cell + model->trips->offer[load->offer].arrive], load->col,
                     -days_per_t(model, place, group, load->commodity));
    }
}

void ab__rows_cover(ab_model *model)
{
    double horizon_days = 0;
    int32_t *cover_row = ab__model_slots(model, (int64_t)model->places * model->groups * model->periods);
    for (int32_t t = 0; t < model->periods; t++)
        horizon_days += model->days[t];
    for (int32_t p = 0; p < model->places && !model->failed; p++)
        for (int32_t g = 0; g < model->groups && !model->failed; g++)
            if (ab__hunger_counts(model->need, p, g))
                add_cover(model, p, g, horizon_days,
                          &cover_row[((int64_t)p * model->groups + g) * model->periods]);
    if (!model->failed)
        add_loads(model, cover_row);
    if (!model->failed)
        excuse_promises(model, cover_row);
}
