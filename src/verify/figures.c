/* The summary, figure by figure, and the objective. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "verify/lived.h"

/* W of docs/models/plan.md: ten times the most that a ration-day saves anybody. */
static const double FLOOR_WEIGHT = 10;

/* Figures that were worked out; what else the summary has is not proved. */
typedef struct known_keys {
    ab_prover *prover;
    const char *at[48];
    int32_t count;
} known_keys;

static void figure(known_keys *known, ab_rule rule, const char *key, double expected, const char *unit)
{
    ab_where where = ab__where_row("summary", key, AB_TIME_NONE);

    known->at[known->count++] = key;
    if (isnan(expected) && isnan(ab__told_figure(known->prover, key)))
        return;
    ab__prove_equal(known->prover, rule, key, ab__told_figure(known->prover, key), expected, unit, &where);
}

/* A figure that says once more what others say: where it is not told, nothing is claimed. */
static void part(known_keys *known, ab_rule rule, const char *key, double expected, const char *unit)
{
    if (ab__told_has(known->prover, key))
        figure(known, rule, key, expected, unit);
}

/* ---- People and rations ---- */

static double population(const ab_place *place)
{
    return (double)place->population;
}

static double population_low(const ab_place *place)
{
    return place->population_low >= 0 ? (double)place->population_low : (double)place->population;
}

static double population_high(const ab_place *place)
{
    return place->population_high >= 0 ? (double)place->population_high : (double)place->population;
}

static double people(const ab_prover *prover, double (*of)(const ab_place *))
{
    double sum = 0;

    for (int32_t p = 0; p < prover->op->places.count; p++)
        sum += of(&prover->op->places.at[p]);
    return sum;
}

static void people_figures(known_keys *known)
{
    const ab_prover *prover = known->prover;

    figure(known, AB_PROVE_FIGURES, "places", prover->op->places.count, "places");
    figure(known, AB_PROVE_FIGURES, "people", people(prover, population), "people");
    figure(known, AB_PROVE_FIGURES, "people_low", people(prover, population_low), "people");
    figure(known, AB_PROVE_FIGURES, "people_high", people(prover, population_high), "people");
    figure(known, AB_PROVE_FIGURES, "ration_kcal", prover->needs.ration_kcal, "kcal/person/day");
}

/* Sums over people of the debt at the end, of its sum over days, and of rations eaten. */
typedef struct debts {
    double end, days, rations, worst;
} debts;

static debts debts_of(const ab_prover *prover, const ab_lived *lived)
{
    debts sum = {0, 0, 0, 0};

    for (int32_t p = 0; p < prover->op->places.count; p++) {
        double here = population(&prover->op->places.at[p]), last = prover->periods > 0 ? lived[p].debt[prover->periods - 1] : 0;
        sum.end += here * last;
        sum.rations += here * lived[p].rations;
        sum.worst = here > 0 ? fmax(sum.worst, last) : sum.worst;
        for (int32_t t = 0; t < prover->periods; t++)
            sum.days += here * lived[p].debt[t] * prover->days[t];
    }
    return sum;
}

/* Gini coefficient of what people are owed at the end: half the mean difference of two people, over the mean. */
static double gini(const ab_prover *prover)
{
    const ab_operation *op = prover->op;
    int32_t last = prover->periods - 1;
    double differences = 0, people_of_all = people(prover, population), owed = debts_of(prover, prover->lived).end;

    for (int32_t p = 0; last >= 0 && p < op->places.count; p++)
        for (int32_t q = 0; q < p; q++)
            differences += population(&op->places.at[p]) * population(&op->places.at[q]) *
                           fabs(prover->lived[p].debt[last] - prover->lived[q].debt[last]);
    return people_of_all > 0 && owed > 0 ? differences / (people_of_all * owed) : 0;
}

/* What no vehicle has room for. */
static double left_at_hubs_t(const ab_prover *prover)
{
    double kg = 0;

    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, lots); i++)
        kg += AB_TOLD(prover, lots, lot_row, i)->vehicle < 0 ? AB_TOLD(prover, lots, lot_row, i)->mass_kg : 0;
    return kg / 1000;
}

static void hunger_figures(known_keys *known)
{
    const ab_prover *prover = known->prover;
    double all = people(prover, population), each = all > 0 ? 1 / all : 0, kcal = prover->needs.ration_kcal;
    debts with = debts_of(prover, prover->lived), without = debts_of(prover, prover->lived_without);

    figure(known, AB_PROVE_FIGURES, "person_days", all * prover->all_days, "person-days");
    figure(known, AB_PROVE_FIGURES, "person_days_fed", with.rations, "person-days");
    figure(known, AB_PROVE_FIGURES, "debt_end_ration_days", with.end * each, "ration-days");
    figure(known, AB_PROVE_FIGURES, "debt_end_if_nothing_ration_days", without.end * each, "ration-days");
    figure(known, AB_PROVE_FIGURES, "debt_end_worst_place_ration_days", with.worst, "ration-days");
    figure(known, AB_PROVE_FIGURES, "deficit_kcal_days_per_person", with.days * each * kcal, "kcal-days");
    figure(known, AB_PROVE_FIGURES, "deficit_if_nothing_kcal_days_per_person", without.days * each * kcal, "kcal-days");
    part(known, AB_PROVE_FIGURES, "debt_end_gini", gini(prover), "");
    /* Without debt forgiven or repaid, what is not eaten is owed. */
    figure(known, AB_PROVE_FIGURES, "person_days_fed_if_nothing", without.rations, "person-days");
}

/* Share of the need of a category that is met, over people and days; NaN where there is none. */
static double met_frac(const ab_prover *prover, ab_category category)
{
    double met = 0, needed = 0;

    for (int32_t g = 0; g < prover->needs.group_count; g++) {
        if (prover->needs.group[g].category != category || !(prover->needs.group[g].per_person_day > 0))
            continue;
        for (int32_t p = 0; p < prover->op->places.count; p++) {
            double here = population(&prover->op->places.at[p]);
            needed += here * prover->all_days;
            for (int32_t t = 0; t < prover->periods; t++)
                met += here * (ab__counts(prover, p, g)
                                   ? fmin(prover->days[t], prover->lived[p].eaten[(int64_t)g * prover->periods + t])
                                   : prover->days[t]);
        }
    }
    return needed > 0 ? met / needed : NAN;
}

static double nutrient_met_frac(const ab_prover *prover, int n)
{
    double met = 0, needed = 0;

    for (int32_t p = 0; p < prover->op->places.count && prover->needs.nutrient_per_day[n] > 0; p++) {
        double here = population(&prover->op->places.at[p]);
        needed += here * prover->all_days;
        for (int32_t t = 0; t < prover->periods; t++)
            met += here * prover->lived[p].met[n][t];
    }
    return needed > 0 ? met / needed : NAN;
}

/* ---- Objective ---- */

/* H, and S: the ration-days by which people stay under the floor. */
static double hunger(const ab_prover *prover, const ab_lived *lived, double *shortfall)
{
    const ab_settings *s = prover->op->settings;
    double h = 0;

    *shortfall = 0;
    for (int32_t p = 0; p < prover->op->places.count; p++) {
        double here = population(&prover->op->places.at[p]);
        h += here * lived[p].hunger;
        if (prover->needs.ration_kcal > 0)
            *shortfall += here * fmax(0, s->floor_frac * prover->all_days - lived[p].rations);
    }
    return h;
}

static void objective_figures(known_keys *known)
{
    ab_prover *prover = known->prover;
    double weight = FLOOR_WEIGHT * prover->op->settings->debt_severe_weight * prover->all_days, floor, floor_without;
    double with = hunger(prover, prover->lived, &floor), without = hunger(prover, prover->lived_without, &floor_without);

    figure(known, AB_PROVE_OBJECTIVE, "objective", with + weight * floor, "person-ration-days");
    figure(known, AB_PROVE_OBJECTIVE, "objective_if_nothing", without + weight * floor_without, "person-ration-days");
    part(known, AB_PROVE_OBJECTIVE, "hunger", with, "person-ration-days");
    part(known, AB_PROVE_OBJECTIVE, "floor_shortfall", floor, "ration-days");
}

static void bound_figures(known_keys *known)
{
    ab_prover *prover = known->prover;
    double objective = ab__told_figure(prover, "objective"), bound = ab__told_figure(prover, "bound");
    double nothing = ab__told_figure(prover, "objective_if_nothing"), change = nothing - bound, floor;
    ab_where where = ab__where_row("summary", "bound", AB_TIME_NONE);

    ab__prove_most(prover, AB_PROVE_BOUND, bound, objective, 0, "person-ration-days", &where);
    known->at[known->count++] = "bound";
    /* How much hunger can change rests on the bound's own, which is the planner's; no more than there is. */
    if (ab__told_has(prover, "hunger_change")) {
        change = ab__told_figure(prover, "hunger_change");
        nothing = hunger(prover, prover->lived_without, &floor);
        where = ab__where_row("summary", "hunger_change", AB_TIME_NONE);
        ab__prove_most(prover, AB_PROVE_BOUND, change, nothing, 0, "person-ration-days", &where);
    }
    figure(known, AB_PROVE_BOUND, "gap_frac", change > 1e-9 * (1 + nothing) ? fmax(0, objective - bound) / change : 0, "");
}

/* ---- The rest ---- */

static bool is_known(const known_keys *known, const char *key)
{
    static const char *const parts_of_cost[] = {"trip_usd", "canopy_usd", "cargo_usd", "fixed_usd", "convoy_usd", "cost_usd"};

    for (int32_t i = 0; i < known->count; i++)
        if (strcmp(known->at[i], key) == 0)
            return true;
    for (size_t i = 0; i < sizeof parts_of_cost / sizeof *parts_of_cost; i++)
        if (strcmp(parts_of_cost[i], key) == 0)
            return true;
    return strcmp(key, "feasible") == 0;
}

static void say_unknown(const known_keys *known)
{
    ab_buf text = AB_BUF_INIT;

    for (int32_t i = 0; i < AB_TOLD_COUNT(known->prover, summary); i++) {
        const char *key = AB_TOLD(known->prover, summary, figure, i)->key;
        if (!is_known(known, key))
            ab__buf_printf(&text, "%s%s", text.size ? ", " : "figures of the summary: ", key);
    }
    known->prover->failed = known->prover->failed || text.failed;
    if (text.size)
        ab__not_proved(known->prover, ab__buf_text(&text));
    ab__buf_free(&text);
}

void ab__prove_figures(ab_prover *prover)
{
    known_keys known = {.prover = prover};

    people_figures(&known);
    hunger_figures(&known);
    figure(&known, AB_PROVE_FIGURES, "water_met_frac", met_frac(prover, AB_CATEGORY_WATER), "of the need");
    figure(&known, AB_PROVE_FIGURES, "medical_met_frac", met_frac(prover, AB_CATEGORY_MEDICAL), "of the need");
    part(&known, AB_PROVE_FIGURES, "protein_met_frac", nutrient_met_frac(prover, 0), "of the need");
    part(&known, AB_PROVE_FIGURES, "fat_met_frac", nutrient_met_frac(prover, 1), "of the need");
    part(&known, AB_PROVE_FIGURES, "left_for_want_of_room_t", left_at_hubs_t(prover), "t");
    objective_figures(&known);
    bound_figures(&known);
    say_unknown(&known);
}
