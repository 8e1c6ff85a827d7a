/* How places live through the operation if what is sent arrives as far as it is expected to, and people eat
 * what is there (docs/models/plan.md, Standing and gaps). */
#include "verify/lived.h"

#include <math.h>

bool ab__counts(const ab_prover *prover, int32_t place, int32_t group)
{
    const ab_told_group *g = &prover->needs.group[group];
    const ab_settings *settings = prover->op->settings;
    double weight = g->category == AB_CATEGORY_FOOD      ? 1
                    : g->category == AB_CATEGORY_WATER   ? settings->water_weight
                    : g->category == AB_CATEGORY_MEDICAL ? settings->medical_weight
                                                         : 0;
    return prover->op->places.at[place].population > 0 && g->per_person_day > 0 && weight > 0;
}

double ab__days_per_kg(const ab_prover *prover, int32_t place, int32_t commodity)
{
    const ab_told_needs *needs = &prover->needs;
    int32_t g = needs->group_of[commodity];

    if (g < 0 || !ab__counts(prover, place, g))
        return 0;
    return needs->per_kg[commodity] / ((double)prover->op->places.at[place].population * needs->group[g].per_person_day);
}

double ab__debt_cost(const ab_settings *s, double debt)
{
    double mild = s->debt_mild_days, severe = fmax(mild, s->debt_severe_days);

    return fmin(debt, mild) + s->debt_middle_weight * fmax(0, fmin(debt, severe) - mild) +
           s->debt_severe_weight * fmax(0, debt - severe);
}

/* ---- What arrives ---- */

/* The food in a place: what of each nutrient lies in each group, in days of its need. */
typedef struct larder {
    double *nutrient[AB_NUTRIENTS];      /* [group] */
    double *arriving[AB_NUTRIENTS];      /* [group * periods + t] */
    double eaten[AB_NUTRIENTS];          /* in this period */
} larder;

static void arrive(const ab_prover *prover, int32_t place, int32_t commodity, double kg, int32_t t, const ab_lived *lived,
                   const larder *food)
{
    const ab_told_needs *needs = &prover->needs;
    int32_t g = needs->group_of[commodity];

    if (g < 0 || !ab__counts(prover, place, g))
        return;
    int64_t cell = (int64_t)g * prover->periods + t;
    lived->arrived[cell] += kg * ab__days_per_kg(prover, place, commodity);
    for (int n = 0; n < AB_NUTRIENTS; n++)
        if (needs->nutrient_per_day[n] > 0)
            food->arriving[n][cell] += kg * needs->nutrient_per_kg[n][commodity] /
                                       ((double)prover->op->places.at[place].population * needs->nutrient_per_day[n]);
}

static void arrivals(const ab_prover *prover, int32_t place, bool with, const ab_lived *lived, const larder *food)
{
    const ab_operation *op = prover->op;

    for (int32_t i = 0; i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        int32_t t = ab__movement_period(prover, i);
        if (t >= 0 && m->place == place && m->commodity >= 0 && m->offloaded_kg > 0)
            arrive(prover, place, m->commodity, m->offloaded_kg, t, lived, food);
    }
    for (int32_t i = 0; with && i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        const ab_told_trip *trip = &prover->trip[load->trip];
        if (ab__is_delivery(trip) && trip->place == place)
            arrive(prover, place, load->commodity, load->row->mass_kg * trip->row->arrival_prob, trip->arrive, lived, food);
    }
}

/* ---- A day ---- */

typedef struct day {
    const ab_prover *prover;
    const ab_lived *lived;
    larder *food;
    int32_t place, t;
    double days;
} day;

static int64_t cell_of(const day *d, int32_t g)
{
    return (int64_t)g * d->prover->periods + d->t;
}

/* Of a group people eat the same share of its energy, its protein and its fat. */
static void eat(const day *d, int32_t g, double days)
{
    int64_t cell = cell_of(d, g);
    double share = d->lived->left[cell] > 0 ? fmin(1, days / d->lived->left[cell]) : 0;

    for (int n = 0; n < AB_NUTRIENTS; n++) {
        d->food->eaten[n] += share * d->food->nutrient[n][g];
        d->food->nutrient[n][g] -= share * d->food->nutrient[n][g];
    }
    d->lived->eaten[cell] += days;
    d->lived->left[cell] = fmax(0, d->lived->left[cell] - days);
}

/* The need of each group, as far as it is there. */
static void eat_needs(const day *d)
{
    for (int32_t g = 0; g < d->prover->needs.group_count; g++) {
        if (!ab__counts(d->prover, d->place, g))
            continue;
        int64_t cell = cell_of(d, g);
        bool food = d->prover->needs.group[g].category == AB_CATEGORY_FOOD;
        double lay = food ? ab__known_or(d->prover->op->places.at[d->place].stock_s, 0) / 86400 : 0;
        d->lived->left[cell] = (d->t > 0 ? d->lived->left[cell - 1] : lay) + d->lived->arrived[cell];
        for (int n = 0; n < AB_NUTRIENTS; n++)
            d->food->nutrient[n][g] += d->food->arriving[n][cell];
        eat(d, g, fmin(d->lived->left[cell], d->days));
    }
}

static double energy_eaten(const day *d)
{
    double energy = 0;

    for (int32_t g = 0; g < d->prover->needs.group_count; g++)
        energy += d->prover->needs.group[g].share * d->lived->eaten[cell_of(d, g)];
    return energy;
}

/* The food that lasts longest and of which more may be eaten today; -1: none. */
static int32_t lasts_longest(const day *d, double most)
{
    int32_t best = -1;

    for (int32_t g = 0; g < d->prover->needs.group_count; g++) {
        int64_t cell = cell_of(d, g);
        if (!(d->prover->needs.group[g].share > 0) || !ab__counts(d->prover, d->place, g) ||
            !(d->lived->left[cell] > 0) || !(d->lived->eaten[cell] < most))
            continue;
        if (best < 0 || d->lived->left[cell] > d->lived->left[cell_of(d, best)])
            best = g;
    }
    return best;
}

/* Those in debt eat more of what lasts longest, until the debt is paid or no more may be eaten. */
static double catch_up(const day *d, double debt)
{
    double most = d->days * (1 + d->prover->op->settings->catch_up_frac);

    for (int32_t tries = 0; tries < d->prover->needs.group_count && debt > 0; tries++) {
        int32_t g = lasts_longest(d, most);
        if (g < 0)
            break;
        double share = d->prover->needs.group[g].share;
        double more = fmin(fmin(d->lived->left[cell_of(d, g)], most - d->lived->eaten[cell_of(d, g)]), debt / share);
        eat(d, g, more);
        if (most - d->lived->eaten[cell_of(d, g)] < 1e-12 * most) /* all but rounding */
            d->lived->eaten[cell_of(d, g)] = most;
        debt = fmax(0, debt - more * share);
        debt = debt < 1e-12 ? 0 : debt;
    }
    return debt;
}

/* A person's day: debt by its curve, and what is missed for good from now to the end. */
static double day_cost(const day *d, double debt, double to_come)
{
    const ab_settings *s = d->prover->op->settings;
    double cost = d->days * ab__debt_cost(s, debt);

    for (int32_t g = 0; g < d->prover->needs.group_count; g++) {
        ab_category category = d->prover->needs.group[g].category;
        double weight = category == AB_CATEGORY_WATER ? s->water_weight : category == AB_CATEGORY_MEDICAL ? s->medical_weight : 0;
        if (ab__counts(d->prover, d->place, g))
            cost += weight * to_come * (d->days - d->lived->eaten[cell_of(d, g)]);
    }
    for (int n = 0; n < AB_NUTRIENTS; n++)
        if (d->prover->needs.nutrient_per_day[n] > 0)
            cost += s->nutrient_weight * to_come * (d->days - d->lived->met[n][d->t]);
    return cost;
}

static void live(const ab_prover *prover, int32_t place, ab_lived *lived, larder *food)
{
    const ab_settings *settings = prover->op->settings;
    double debt = 0, to_come = prover->all_days;

    for (int32_t t = 0; t < prover->periods; t++) {
        day d = {prover, lived, food, place, t, prover->days[t]};
        food->eaten[0] = food->eaten[1] = 0;
        eat_needs(&d);
        if (prover->needs.ration_kcal > 0)
            debt = catch_up(&d, fmax(0, pow(settings->debt_kept_frac, d.days) * debt + d.days - energy_eaten(&d)));
        lived->debt[t] = debt;
        lived->rations += energy_eaten(&d);
        for (int n = 0; n < AB_NUTRIENTS; n++)
            lived->met[n][t] = fmin(d.days, food->eaten[n]);
        lived->hunger += day_cost(&d, debt, to_come);
        to_come -= d.days;
    }
}

/* ---- All places ---- */

/* A ration that lies in a place holds what a ration should, spread over its groups as its energy is. */
static void stock_larder(const ab_prover *prover, int32_t place, const larder *food)
{
    double days = ab__known_or(prover->op->places.at[place].stock_s, 0) / 86400;

    for (int n = 0; n < AB_NUTRIENTS; n++)
        for (int32_t g = 0; g < prover->needs.group_count; g++)
            food->nutrient[n][g] = days * prover->needs.group[g].share;
}

static bool make_one(ab_prover *prover, int32_t place, bool with, ab_lived *lived)
{
    size_t groups = (size_t)prover->needs.group_count, cells = groups * (size_t)prover->periods;
    larder food = {0};
    bool made = true;

    lived->arrived = AB_NEW(prover->arena, double, cells);
    lived->eaten = AB_NEW(prover->arena, double, cells);
    lived->left = AB_NEW(prover->arena, double, cells);
    lived->debt = AB_NEW(prover->arena, double, prover->periods);
    for (int n = 0; n < AB_NUTRIENTS; n++) {
        lived->met[n] = AB_NEW(prover->arena, double, prover->periods);
        food.nutrient[n] = AB_NEW(prover->arena, double, groups);
        food.arriving[n] = AB_NEW(prover->arena, double, cells);
        made = made && lived->met[n] && food.nutrient[n] && food.arriving[n];
    }
    if (!made || !lived->arrived || !lived->eaten || !lived->left || !lived->debt)
        return false;
    if (prover->op->places.at[place].population <= 0)
        return true;
    stock_larder(prover, place, &food);
    arrivals(prover, place, with, lived, &food);
    live(prover, place, lived, &food);
    return true;
}

bool ab__lived_make(ab_prover *prover)
{
    int32_t places = prover->op->places.count;
    bool made = true;

    prover->lived = AB_NEW(prover->arena, ab_lived, places);
    prover->lived_without = AB_NEW(prover->arena, ab_lived, places);
    for (int32_t p = 0; p < places && made && prover->lived && prover->lived_without; p++)
        made = make_one(prover, p, true, &prover->lived[p]) && make_one(prover, p, false, &prover->lived_without[p]);
    return made && prover->lived && prover->lived_without;
}
