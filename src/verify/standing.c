/* needs, stock_days and gaps: what the result tells of places, against what was worked out. */
#include <math.h>
#include <string.h>

#include "schema/convert.h"
#include "verify/lived.h"

/* Less than this share of the need is short. */
static const double SHORT_FRAC = 0.99;

static int32_t place_of(ab_prover *prover, const char *id)
{
    ab_data data = ab_operation_data(prover->op);
    ab_where where = ab__where_row("place", id, AB_TIME_NONE);
    int32_t row = ab__row_find(&data, AB_TABLE_places, id);

    ab__prove_fact(prover, AB_PROVE_NAMES, row >= 0, &where, id, "the id of a place");
    return row;
}

/* ---- needs ---- */

static int32_t group_of(const ab_prover *prover, const ab_need_row *row)
{
    for (int32_t g = 0; g < prover->needs.group_count; g++)
        if (strcmp(prover->needs.group[g].name, row->group) == 0 &&
            strcmp(ab_codes_category.codes[prover->needs.group[g].category].word, row->category) == 0)
            return g;
    return -1;
}

static void prove_need(ab_prover *prover, const ab_need_row *row, int32_t p, int32_t g)
{
    const ab_place *place = &prover->op->places.at[p];
    const ab_told_group *group = &prover->needs.group[g];
    double per_day = group->per_person_day, best = (double)place->population;
    double low = place->population_low >= 0 ? (double)place->population_low : best;
    double high = place->population_high >= 0 ? (double)place->population_high : best;
    double lay = group->category == AB_CATEGORY_FOOD ? ab__known_or(place->stock_s, 0) / 86400 * best * per_day : 0;
    ab_time cut_off = place->cut_off_since, start = prover->op->settings->start;
    double without_s = cut_off != AB_TIME_NONE && cut_off < start ? (double)(start - cut_off) : 0;
    ab_where where = ab__where_rows("place", row->place, "need", row->group[0] ? row->group : row->category, AB_TIME_NONE);

    ab__prove_equal(prover, AB_PROVE_NEEDS, "people", (double)row->people, best, "people", &where);
    ab__prove_equal(prover, AB_PROVE_NEEDS, "need", row->per_day, best * per_day, row->unit, &where);
    ab__prove_equal(prover, AB_PROVE_NEEDS, "low need", row->per_day_low, low * per_day, row->unit, &where);
    ab__prove_equal(prover, AB_PROVE_NEEDS, "high need", row->per_day_high, high * per_day, row->unit, &where);
    ab__prove_equal(prover, AB_PROVE_NEEDS, "in place", row->in_place, lay, row->unit, &where);
    ab__prove_equal(prover, AB_PROVE_NEEDS, "without", row->days_without_s / 86400, without_s / 86400, "days", &where);
}

static void prove_needs(ab_prover *prover)
{
    int32_t groups = prover->needs.group_count, cells = groups * prover->op->places.count;
    bool *seen = AB_NEW(prover->arena, bool, cells);
    ab_where nowhere = ab__where(AB_TIME_NONE);
    int32_t count = 0;

    for (int32_t i = 0; seen && i < AB_TOLD_COUNT(prover, needs); i++) {
        const ab_need_row *row = AB_TOLD(prover, needs, need_row, i);
        int32_t p = place_of(prover, row->place), g = group_of(prover, row);
        ab_where where = ab__where_rows("place", row->place, "need", row->group[0] ? row->group : row->category, AB_TIME_NONE);
        bool fits = p >= 0 && g >= 0 && !seen[p * groups + g];
        ab__prove_fact(prover, AB_PROVE_NAMES, fits, &where, "a need that is not there, or is there twice", "each need of each place once");
        if (!fits)
            continue;
        seen[p * groups + g] = true;
        count++;
        prove_need(prover, row, p, g);
    }
    ab__prove_fact(prover, AB_PROVE_NAMES, count == cells, &nowhere, "needs without some", "each need of each place");
    prover->failed = prover->failed || !seen;
}

/* ---- stock_days ---- */

static double received_kg(const ab_prover *prover, int32_t p, int32_t t)
{
    const ab_operation *op = prover->op;
    double kg = 0;

    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        const ab_told_trip *trip = &prover->trip[load->trip];
        if (ab__is_delivery(trip) && trip->place == p && trip->arrive == t &&
            op->commodities.at[load->commodity].category == AB_CATEGORY_FOOD)
            kg += load->row->mass_kg * trip->row->arrival_prob;
    }
    for (int32_t i = 0; i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        if (m->place == p && m->commodity >= 0 && m->offloaded_kg > 0 && ab__movement_period(prover, i) == t &&
            op->commodities.at[m->commodity].category == AB_CATEGORY_FOOD)
            kg += m->offloaded_kg;
    }
    return kg;
}

/* Full rations left, by the food that ends first. */
static double stock_days(const ab_prover *prover, int32_t p, int32_t t)
{
    double least = INFINITY;

    for (int32_t g = 0; g < prover->needs.group_count; g++)
        if (prover->needs.group[g].share > 0 && ab__counts(prover, p, g))
            least = fmin(least, prover->lived[p].left[(int64_t)g * prover->periods + t]);
    return isfinite(least) ? least : 0;
}

static double rations(const ab_prover *prover, const ab_lived *lived, int32_t t)
{
    double eaten = 0;

    for (int32_t g = 0; g < prover->needs.group_count; g++)
        eaten += prover->needs.group[g].share * lived->eaten[(int64_t)g * prover->periods + t];
    return eaten;
}

static void prove_stock_day(ab_prover *prover, const ab_stock_day *row, int32_t p, int32_t t)
{
    const ab_lived *lived = &prover->lived[p];
    ab_where where = ab__where_row("place", row->place, row->from);

    ab__prove_equal(prover, AB_PROVE_STANDING, "people", (double)row->people, (double)prover->op->places.at[p].population,
                    "people", &where);
    ab__prove_equal(prover, AB_PROVE_STANDING, "received", row->received_kg / 1000, received_kg(prover, p, t) / 1000, "t",
                    &where);
    ab__prove_equal(prover, AB_PROVE_STANDING, "eaten", row->eaten_frac, rations(prover, lived, t) / prover->days[t],
                    "of the ration", &where);
    ab__prove_equal(prover, AB_PROVE_STANDING, "stock", row->stock_s / 86400, stock_days(prover, p, t), "days", &where);
    ab__prove_equal(prover, AB_PROVE_STANDING, "debt", row->debt_ration_days, lived->debt[t], "ration-days", &where);
    ab__prove_equal(prover, AB_PROVE_STANDING, "debt if nothing is sent", row->debt_if_nothing,
                    prover->lived_without[p].debt[t], "ration-days", &where);
}

static void prove_stock_days(ab_prover *prover)
{
    int32_t cells = prover->op->places.count * prover->periods, count = 0;
    bool *seen = AB_NEW(prover->arena, bool, cells);
    ab_where nowhere = ab__where(AB_TIME_NONE);

    for (int32_t i = 0; seen && i < AB_TOLD_COUNT(prover, stock_days); i++) {
        const ab_stock_day *row = AB_TOLD(prover, stock_days, stock_day, i);
        int32_t p = place_of(prover, row->place), t = ab__period_begins(prover, row->from);
        ab_where where = ab__where_row("place", row->place, row->from);
        bool fits = p >= 0 && t >= 0 && row->until == ab_period_start(prover->op, t + 1) && !seen[p * prover->periods + t];
        ab__prove_fact(prover, AB_PROVE_NAMES, fits, &where, "a period that is not there, or is there twice",
                       "each period of each place once");
        if (!fits)
            continue;
        seen[p * prover->periods + t] = true;
        count++;
        prove_stock_day(prover, row, p, t);
    }
    ab__prove_fact(prover, AB_PROVE_NAMES, count == cells, &nowhere, "stock_days without some", "each period of each place");
    prover->failed = prover->failed || !seen;
}

/* ---- gaps ---- */

/* Days of need met in the period, at most all of it; -1: nothing of the category is needed. */
static double days_met(const ab_prover *prover, int32_t p, int32_t category, int32_t t)
{
    double met = 0, weight = 0;

    for (int32_t g = 0; g < prover->needs.group_count; g++) {
        const ab_told_group *group = &prover->needs.group[g];
        if ((int32_t)group->category != category || !ab__counts(prover, p, g))
            continue;
        double w = category == AB_CATEGORY_FOOD ? group->share : 1;
        weight += w;
        met += w * prover->lived[p].eaten[(int64_t)g * prover->periods + t];
    }
    return weight > 0 ? fmin(met, prover->days[t]) : -1;
}

/* -1: surely not short, 1: surely short, 0: within rounding of it. */
static int is_short(const ab_prover *prover, int32_t p, int32_t category, int32_t t)
{
    double met = days_met(prover, p, category, t), least = SHORT_FRAC * prover->days[t];

    if (met < 0 || met > least + 1e-6)
        return -1;
    return met < least - 1e-6;
}

static double need_per_person_day(const ab_prover *prover, int32_t category)
{
    double need = 0;

    for (int32_t g = 0; g < prover->needs.group_count; g++)
        need += (int32_t)prover->needs.group[g].category == category ? prover->needs.group[g].per_person_day : 0;
    return need;
}

static void prove_gap(ab_prover *prover, const ab_gap_row *row, int32_t p, int32_t category, int32_t from, int32_t until)
{
    double met = 0, days = 0, people = (double)prover->op->places.at[p].population;
    ab_where where = ab__where_rows("place", row->place, "gap", row->category, row->from);
    bool all_short = true;

    for (int32_t t = from; t < until; t++) {
        all_short = all_short && is_short(prover, p, category, t) >= 0;
        met += fmax(0, days_met(prover, p, category, t));
        days += prover->days[t];
    }
    ab__prove_fact(prover, AB_PROVE_GAPS, all_short, &where, "a gap over a period that is not short", "periods that are short");
    ab__prove_equal(prover, AB_PROVE_GAPS, "people", (double)row->people, people, "people", &where);
    ab__prove_equal(prover, AB_PROVE_GAPS, "met", row->eaten_frac, met / days, "of the need", &where);
    ab__prove_equal(prover, AB_PROVE_GAPS, "missing", row->missing,
                    people * (days - met) * need_per_person_day(prover, category), row->unit, &where);
}

static int32_t word_in(const ab_code_list *list, const char *word)
{
    for (int32_t i = 0; i < list->count; i++)
        if (strcmp(list->codes[i].word, word) == 0)
            return i;
    return -1;
}

/* Marks the periods of the gap in `told`; none twice. */
static void read_gap(ab_prover *prover, const ab_gap_row *row, bool *told)
{
    int32_t p = place_of(prover, row->place), category = word_in(&ab_codes_category, row->category);
    int32_t from = ab__period_begins(prover, row->from), until = from;
    ab_where where = ab__where_rows("place", row->place, "gap", row->category, row->from);

    while (until >= 0 && until < prover->periods && ab_period_start(prover->op, until) < row->until)
        until++;
    bool fits = p >= 0 && category >= 0 && from >= 0 && until > from && ab_period_start(prover->op, until) == row->until;
    ab__prove_fact(prover, AB_PROVE_NAMES, fits, &where, "a gap of no place, category or span", "whole periods of a place");
    ab__prove_fact(prover, AB_PROVE_GAPS, word_in(&ab_codes_reason, row->reason) > AB_REASON_NONE && row->detail[0], &where,
                   row->reason, "a reason, in words");
    if (!fits)
        return;
    for (int32_t t = from; t < until; t++) {
        bool *cell = &told[((int64_t)p * ab_category_count + category) * prover->periods + t];
        ab__prove_fact(prover, AB_PROVE_GAPS, !*cell, &where, "a period in two gaps", "each in one");
        *cell = true;
    }
    prove_gap(prover, row, p, category, from, until);
}

static void prove_gaps(ab_prover *prover)
{
    int32_t places = prover->op->places.count;
    bool *told = AB_NEW(prover->arena, bool, (int64_t)places * ab_category_count * prover->periods);

    if (!told) {
        prover->failed = true;
        return;
    }
    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, gaps); i++)
        read_gap(prover, AB_TOLD(prover, gaps, gap_row, i), told);
    for (int32_t p = 0; p < places; p++)
        for (int32_t c = 0; c < ab_category_count; c++)
            for (int32_t t = 0; t < prover->periods; t++) {
                bool here = told[((int64_t)p * ab_category_count + c) * prover->periods + t];
                ab_where where = ab__where_rows("place", prover->op->places.at[p].id, "category",
                                                ab_codes_category.codes[c].word, ab_period_start(prover->op, t));
                if (is_short(prover, p, c, t) > 0)
                    ab__prove_fact(prover, AB_PROVE_GAPS, here, &where, "a short period that no gap tells of", "a gap over it");
            }
}

void ab__prove_standing(ab_prover *prover)
{
    prove_needs(prover);
    prove_stock_days(prover);
    if (!prover->infeasible)
        prove_gaps(prover);
}
