/* What agreements let pass: quotas a day, and linked groups that are served together or not at all. */
#include "base/arena.h"
#include "plan/model.h"

#include <math.h>
#include <string.h>

/* How far the shares of a linked group may differ: parties count lorries, not calories. Assumed. */
static const double LINK_TOLERANCE_FRAC = 0.05;

static ab_refs agreements_of(const ab_model *model, int32_t offer)
{
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    return ab_access_agreements(model->access, kind->place, kind->means, model->trips->offer[offer].depart);
}

/* ---- Quotas ---------------------------------------------------------------------------------------- */

typedef struct quota_rows {
    int32_t *trips, *mass; /* [agreement * blocks + block] */
} quota_rows;

static void add_to_quota(ab_model *model, const quota_rows *rows, int32_t offer, int32_t agreement)
{
    const ab_agreement *a = &model->op->agreements.at[agreement];
    const ab_offer_cols *cols = &model->offer[offer];
    int32_t t = model->trips->offer[offer].depart;
    int64_t cell = (int64_t)agreement * model->blocks + model->block[t];
    ab_ref because = {AB_TABLE_agreements, agreement};
    if (a->quota_trips_per_day >= 0) {
        int32_t row = ab__model_limit(model, &rows->trips[cell],
                                      floor((double)a->quota_trips_per_day * model->block_days[t] + 1e-9),
                                      AB_REASON_QUOTA, because, t);
        ab__model_at(model, row, cols->vehicles, 1);
    }
    if (isnan(a->quota_kg_per_day))
        return;
    int32_t row = ab__model_limit(model, &rows->mass[cell], a->quota_kg_per_day / 1000 * model->block_days[t],
                                  AB_REASON_QUOTA, because, t);
    for (int32_t i = 0; i < cols->load_count; i++)
        ab__model_at(model, row, model->load.at[cols->first_load + i].col, 1);
}

static void add_quotas(ab_model *model)
{
    int64_t cells = (int64_t)model->op->agreements.count * model->blocks;
    quota_rows rows = {ab__model_slots(model, cells), ab__model_slots(model, cells)};
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
        ab_refs refs = agreements_of(model, o);
        for (int32_t i = 0; model->offer[o].vehicles >= 0 && i < refs.count; i++)
            if (refs.at[i].table == AB_TABLE_agreements)
                add_to_quota(model, &rows, o, refs.at[i].row);
    }
}

/* ---- Linked groups ----------------------------------------------------------------------------------
 * Of every two members, the food energy loaded for one in a period, over its ratio, is at most that of
 * the other and LINK_TOLERANCE_FRAC. What a commitment asks for is agreed already: it is excused. */

typedef struct link_rows {
    int32_t *member;      /* agreements of one group */
    int32_t count;
    int32_t *energy_row;  /* [member * periods + t]: energy column = sum over loads */
    int32_t *energy_col;
} link_rows;

static bool relies_on(const ab_model *model, int32_t offer, int32_t agreement)
{
    ab_refs refs = agreements_of(model, offer);
    for (int32_t i = 0; i < refs.count; i++)
        if (refs.at[i].table == AB_TABLE_agreements && refs.at[i].row == agreement)
            return true;
    return false;
}

/* Thousand person-rations in a tonne; 0 unless it is food. */
static double energy_per_t(const ab_model *model, int32_t commodity)
{
    int32_t group = model->need->commodity_group[commodity];
    if (group < 0 || model->need->group[group].category != AB_CATEGORY_FOOD ||
        !(model->need->food_kcal_per_person_day > 0))
        return 0;
    return model->need->commodity_per_kg[commodity] / model->need->food_kcal_per_person_day;
}

static void add_energy_of_offer(ab_model *model, const link_rows *rows, int32_t m, int32_t offer)
{
    const ab_offer_cols *cols = &model->offer[offer];
    int32_t t = model->trips->offer[offer].depart;
    int64_t cell = (int64_t)m * model->periods + t;
    for (int32_t i = 0; i < cols->load_count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        double per_t = energy_per_t(model, load->commodity);
        if (!(per_t > 0))
            continue;
        if (rows->energy_row[cell] < 0) {
            ab_ref other = {AB_TABLE_agreements, rows->member[(m + 1) % rows->count]};
            rows->energy_row[cell] = ab__model_row(model, 0, 0, AB_REASON_LINKED, other, t);
            rows->energy_col[cell] = ab__model_col(model, 0, AB_LP_INFINITY, 0, 0);
            ab__model_at(model, rows->energy_row[cell], rows->energy_col[cell], -1);
        }
        ab__model_at(model, rows->energy_row[cell], load->col, per_t);
    }
}

/* energy(i) / ratio(i) - excused(i) <= (1 + tolerance) energy(j) / ratio(j). A member that has no offer
 * in the period has no energy: the other gets nothing either. Fills row[j]. */
static void add_pairs(ab_model *model, const link_rows *rows, int32_t i, int32_t t, int32_t *row)
{
    int32_t energy = rows->energy_col[(int64_t)i * model->periods + t];
    for (int32_t j = 0; j < rows->count && !model->failed; j++) {
        row[j] = -1;
        if (j == i || energy < 0)
            continue;
        const ab_agreement *at = model->op->agreements.at;
        row[j] = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_LINKED,
                               (ab_ref){AB_TABLE_agreements, rows->member[j]}, t);
        ab__model_at(model, row[j], energy, 1 / at[rows->member[i]].link_people_ratio);
        int32_t other = rows->energy_col[(int64_t)j * model->periods + t];
        if (other >= 0)
            ab__model_at(model, row[j], other,
                         -(1 + LINK_TOLERANCE_FRAC) / at[rows->member[j]].link_people_ratio);
    }
}

/* Energy that a commitment asks for under a member: the mass that it names, or so many full vehicles, of
 * the richest food that they may carry. */
static double committed_energy(const ab_model *model, int32_t k, int32_t agreement)
{
    const ab_commitment *commitment = &model->op->commitments.at[k];
    double richest = 0, payload_t = 0;
    if (commitment->lock != AB_LOCK_FIXED && commitment->lock != AB_LOCK_AT_LEAST)
        return 0;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        if (cols->vehicles < 0 || !ab__commitment_matches(model, k, o) || !relies_on(model, o, agreement))
            continue;
        payload_t = fmax(payload_t, ab__kind_of(model, o)->payload_kg / 1000);
        for (int32_t i = 0; i < cols->load_count; i++) {
            int32_t c = model->load.at[cols->first_load + i].commodity;
            if (commitment->commodity < 0 || commitment->commodity == c)
                richest = fmax(richest, energy_per_t(model, c));
        }
    }
    double trips = commitment->trips > 0 ? (double)commitment->trips : 1;
    return richest * (isnan(commitment->mass_kg) ? trips * payload_t : commitment->mass_kg / 1000);
}

/* row: [t * members + j] of member m. A commitment without a date is excused in any period, but once. */
static void excuse_commitments(ab_model *model, const link_rows *rows, int32_t m, const int32_t *row)
{
    for (int32_t k = 0; k < model->op->commitments.count && !model->failed; k++) {
        double energy = committed_energy(model, k, rows->member[m]);
        int32_t from, until, once = -1;
        ab__commitment_periods(model, k, &from, &until);
        for (int32_t t = from; t < until && energy > 0 && !model->failed; t++) {
            if (rows->energy_col[(int64_t)m * model->periods + t] < 0)
                continue;
            int32_t excused = ab__model_col(model, 0, energy, 0, 0);
            ab__model_limit(model, &once, energy, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
            ab__model_at(model, once, excused, 1);
            for (int32_t j = 0; j < rows->count; j++)
                if (row[t * rows->count + j] >= 0)
                    ab__model_at(model, row[t * rows->count + j], excused,
                                 -1 / model->op->agreements.at[rows->member[m]].link_people_ratio);
        }
    }
}

static void add_group(ab_model *model, const link_rows *rows)
{
    int32_t *row = ab__model_slots(model, (int64_t)model->periods * rows->count);
    for (int32_t m = 0; m < rows->count && !model->failed; m++)
        for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++)
            if (model->offer[o].vehicles >= 0 && relies_on(model, o, rows->member[m]))
                add_energy_of_offer(model, rows, m, o);
    for (int32_t m = 0; m < rows->count && !model->failed; m++) {
        for (int32_t t = 0; t < model->periods && !model->failed; t++)
            add_pairs(model, rows, m, t, &row[t * rows->count]);
        if (!model->failed)
            excuse_commitments(model, rows, m, row);
    }
}

static bool linked(const ab_agreement *a, const ab_agreement *b)
{
    return a->link_group[0] && strcmp(a->link_group, b->link_group) == 0;
}

static void add_linked_groups(ab_model *model)
{
    int32_t count = model->op->agreements.count;
    const ab_agreement *at = model->op->agreements.at;
    for (int32_t first = 0; first < count && !model->failed; first++) {
        bool seen = false;
        for (int32_t a = 0; a < first; a++)
            seen = seen || linked(&at[a], &at[first]);
        if (seen || !at[first].link_group[0])
            continue;
        link_rows rows = {ab__model_slots(model, count), 0, NULL, NULL};
        for (int32_t a = first; a < count && !model->failed; a++)
            if (linked(&at[first], &at[a]))
                rows.member[rows.count++] = a;
        rows.energy_row = ab__model_slots(model, (int64_t)rows.count * model->periods);
        rows.energy_col = ab__model_slots(model, (int64_t)rows.count * model->periods);
        if (!model->failed && rows.count > 1)
            add_group(model, &rows);
    }
}

void ab__rows_permission(ab_model *model)
{
    if (model->op->agreements.count == 0)
        return;
    add_quotas(model);
    if (!model->failed)
        add_linked_groups(model);
}
