/* No more on the way than the need. Loads count in a place by their chance, so a programme on averages
 * would send three months of food at once to feed a place for one where a convoy in three gets through,
 * and bury it in food the day that all of them do. So what is expected to lie in a place, and what was
 * sent in the last retry_days and may still arrive beyond what is expected of it, cover the place for
 * cover_days and no more. After retry_days it is known what became of a load, and another may go for it.
 * What is promised does not count: it goes whatever this limit says, and full. */
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

/* Days of the group that a commitment may put on an offer: the mass that it names or so many full
 * vehicles, of the richest of what it may carry. */
static double promised_days(const ab_model *model, int32_t k, int32_t offer, int32_t group)
{
    const ab_promise *promise = &model->promise[k];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    int32_t named = model->op->commitments.at[k].commodity;
    double richest = 0, mass_t = promise->mass_t >= 0 ? promise->mass_t : promise->trips * kind->payload_kg / 1000;
    for (int32_t c = 0; c < model->commodities; c++)
        if (named < 0 || named == c)
            richest = fmax(richest, days_per_t(model, kind->place, group, c));
    return mass_t * richest;
}

/* The most that commitments may bring to the place up to period t, of the group. */
static double promised_until(const ab_model *model, int32_t place, int32_t group, int32_t t)
{
    double days = 0;
    for (int32_t k = 0; k < model->op->commitments.count; k++) {
        const ab_promise *promise = &model->promise[k];
        double most = 0;
        for (int32_t i = 0; promise->asks && i < promise->offer_count; i++) {
            int32_t offer = promise->offer[i];
            if (ab__kind_of(model, offer)->place == place && model->trips->offer[offer].arrive <= t)
                most = fmax(most, promised_days(model, k, offer, group));
        }
        days += most;
    }
    return days;
}

/* Days left at the end of t of what lay there and of what past movements brought, if people eat their need of it: a place may
 * keep what it has. */
static double had_days(const ab_model *model, int64_t cell, double stock_days, int32_t t)
{
    double days = stock_days;
    for (int32_t s = 0; s <= t; s++)
        days = fmax(0, days + model->moved_days[cell + s] - model->days[s]);
    return days;
}

/* left(t) + what may arrive beyond expectation of what was sent in the last retry_days <= cover_days. A
 * place that has more at the start may keep it. */
static void limit_cover(ab_model *model, int32_t place, int32_t group, int32_t t, const int32_t *beyond)
{
    const ab_settings *settings = model->op->settings;
    int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
    double stock = model->need->stock[(int64_t)place * model->groups + group] /
                   ab__hunger_per_day(model->need, place, group);
    double had = fmax(stock, had_days(model, cell, stock, t));
    double most = fmax(settings->cover_s / 86400, had) + promised_until(model, place, group, t);
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, most, AB_REASON_LOSSES, (ab_ref){-1, -1}, t);
    double back_days = 0;
    ab__model_waits(model, row);
    ab__model_at(model, row, model->left_col[cell + t], 1);
    for (int32_t s = t; s >= 0 && back_days < settings->retry_s / 86400 - 1e-9 && !model->failed; s--) {
        ab__model_at(model, row, beyond[s], 1);
        back_days += model->days[s];
    }
}

/* beyond(t) - (1 - chance) x loads that would arrive in t = 0; the loads join in add_loads. */
static void add_cover(ab_model *model, int32_t place, int32_t group, int32_t *row, int32_t *beyond)
{
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        beyond[t] = ab__model_col(model, 0, AB_LP_INFINITY, 0, 0);
        row[t] = ab__model_row(model, 0, 0, AB_REASON_LOSSES, (ab_ref){-1, -1}, t);
        ab__model_at(model, row[t], beyond[t], 1);
        ab__model_defines(model, row[t], beyond[t]);
    }
    for (int32_t t = 0; t < model->periods && !model->failed; t++)
        limit_cover(model, place, group, t, beyond);
}

static void add_loads(ab_model *model, const int32_t *cover_row)
{
    for (int32_t i = 0; i < model->load.count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[i];
        const ab_offer *offer = &model->trips->offer[load->offer];
        int32_t place = ab__kind_of(model, load->offer)->place;
        int32_t group = model->need->commodity_group[load->commodity];
        if (group < 0 || !ab__hunger_counts(model->op, model->need, place, group))
            continue;
        int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
        ab__model_at(model, cover_row[cell + offer->arrive], load->col,
                     -(1 - offer->arrival.mean) * days_per_t(model, place, group, load->commodity));
    }
}

void ab__rows_cover(ab_model *model)
{
    int32_t *cover_row = ab__model_slots(model, (int64_t)model->places * model->groups * model->periods);
    int32_t *beyond = ab__model_slots(model, model->periods);
    for (int32_t p = 0; p < model->places && !model->failed; p++)
        for (int32_t g = 0; g < model->groups && !model->failed; g++)
            if (ab__hunger_counts(model->op, model->need, p, g))
                add_cover(model, p, g, &cover_row[((int64_t)p * model->groups + g) * model->periods], beyond);
    model->cover_row = cover_row;
    if (!model->failed)
        add_loads(model, cover_row);
}
