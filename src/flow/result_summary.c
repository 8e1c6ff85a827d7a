/* The figures of the summary and the record of what the result was made from. */
#include <math.h>
#include <string.h>

#include "airbridge/version.h"
#include "base/buf.h"
#include "base/number.h"
#include "flow/result.h"
#include "schema/convert.h"

/* ---- Figures ---- */

typedef struct ab_figures {
    ab_arena *arena;
    AB_VEC(ab_figure) row;
    int32_t places; /* that the figures are totals of */
    bool failed;
} ab_figures;

/* `audience`: who may see it where it is a total of many places. */
static void figure(ab_figures *figures, ab_audience audience, const char *key, double value,
                   const char *unit, const char *meaning)
{
    ab_figure *row = AB_PUSH(&figures->row);

    if (!row) {
        figures->failed = true;
        return;
    }
    *row = (ab_figure){.key = key,
                       .value = value,
                       .unit = unit,
                       .meaning = meaning,
                       .audience = ab__total_audience(audience, figures->places)};
}

bool ab__table_keep(ab_result *result, ab_result_table table, const void *rows, int32_t count,
                    size_t size, bool failed)
{
    void *kept = failed ? NULL : ab__arena_array(result->arena, (size_t)count, size);

    if (!kept)
        return false;
    if (count)
        memcpy(kept, rows, (size_t)count * size);
    result->rows[table] = (ab_rows){kept, count};
    return true;
}

static void people_figures(ab_figures *figures, const ab_stages *stages)
{
    const ab_need *need = stages->need;
    double best = 0, low = 0, high = 0, ration = need->food_kcal_per_person_day;

    for (int32_t p = 0; p < need->place_count; p++) {
        best += need->people[p];
        low += need->people_low[p];
        high += need->people_high[p];
    }
    figure(figures, AB_AUDIENCE_PUBLIC, "places", need->place_count, "places", "places in need");
    figure(figures, AB_AUDIENCE_PUBLIC, "people", best, "people", "people there, best estimate");
    figure(figures, AB_AUDIENCE_PUBLIC, "people_low", low, "people",
           "people there, sum of the low estimates");
    figure(figures, AB_AUDIENCE_PUBLIC, "people_high", high, "people",
           "people there, sum of the high estimates");
    figure(figures, AB_AUDIENCE_PUBLIC, "ration_kcal", ration, "kcal/person/day",
           "energy of the full ration");
}

/* Share of all energy needed over the operation that is eaten, with and without the plan. Not for anybody:
 * what is eaten if nothing is sent is what lies in the places. */
static void hunger_figures(ab_figures *figures, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;
    double person_days = 0, eaten = 0, debt = 0, nothing = 0, people = 0, worst = 0;

    for (int32_t p = 0; p < plan->place_count; p++) {
        double here = stages->need->people[p];
        for (int32_t t = 0; t < plan->period_count; t++) {
            double days = here * ab_period_days(stages->op, t);
            person_days += days;
            eaten += days * plan->standing[p * plan->period_count + t].eaten_frac;
        }
        const ab_standing *last = &plan->standing[p * plan->period_count + plan->period_count - 1];
        people += here;
        debt += here * last->debt_ration_days;
        nothing += here * last->debt_if_nothing;
        if (here > 0)
            worst = fmax(worst, last->debt_ration_days);
    }
    figure(figures, AB_AUDIENCE_PARTNERS, "person_days", person_days, "person-days",
           "people times days of the operation");
    figure(figures, AB_AUDIENCE_PARTNERS, "person_days_fed", eaten, "person-days",
           "full rations expected to be eaten");
    figure(figures, AB_AUDIENCE_PARTNERS, "person_days_fed_if_nothing", person_days - nothing,
           "person-days", "full rations eaten if nothing is sent: what lies in the places");
    figure(figures, AB_AUDIENCE_PARTNERS, "debt_end_ration_days", people > 0 ? debt / people : 0,
           "ration-days", "energy missed and not made up for at the end, mean of people");
    figure(figures, AB_AUDIENCE_PARTNERS, "debt_end_if_nothing_ration_days",
           people > 0 ? nothing / people : 0, "ration-days", "the same if nothing is sent");
    figure(figures, AB_AUDIENCE_TEAM, "debt_end_worst_place_ration_days", worst, "ration-days",
           "the same in the place that is worst off");
    figure(figures, AB_AUDIENCE_PARTNERS, "debt_end_people_low_ration_days", plan->debt_low,
           "ration-days", "owed to a person at the end if people are as few as the low estimates");
    figure(figures, AB_AUDIENCE_PARTNERS, "debt_end_people_high_ration_days", plan->debt_high,
           "ration-days", "owed to a person at the end if people are as many as the high estimates");
    figure(figures, AB_AUDIENCE_PARTNERS, "debt_end_gini", plan->gini, "0 to 1",
           "Gini coefficient of rations owed at the end, over people: 0 all alike, 1 all on one");
    figure(figures, AB_AUDIENCE_PARTNERS, "deficit_kcal_days_per_person",
           plan->deficit_kcal_days_per_person, "kcal-days",
           "energy debt summed over the days, mean of people");
    figure(figures, AB_AUDIENCE_PARTNERS, "deficit_if_nothing_kcal_days_per_person",
           plan->deficit_if_nothing_kcal_days_per_person, "kcal-days",
           "the same if nothing is sent");
}

/* Share of the need of a category that is met, over people and days; NaN where there is none. */
static double met_frac(const ab_stages *stages, ab_category category)
{
    const ab_plan *plan = stages->plan;
    double met = 0, needed = 0;

    for (int32_t g = 0; g < plan->group_count; g++) {
        if (stages->need->group[g].category != category ||
            !(stages->need->group[g].per_person_day > 0))
            continue;
        for (int32_t p = 0; p < plan->place_count; p++)
            for (int32_t t = 0; t < plan->period_count; t++) {
                double days = stages->need->people[p] * ab_period_days(stages->op, t);
                needed += days;
                met += days * plan->met_frac[(p * plan->group_count + g) * plan->period_count + t];
            }
    }
    return needed > 0 ? met / needed : NAN;
}

static void category_figures(ab_figures *figures, const ab_stages *stages)
{
    double water = met_frac(stages, AB_CATEGORY_WATER),
           medical = met_frac(stages, AB_CATEGORY_MEDICAL);

    if (!isnan(water))
        figure(figures, AB_AUDIENCE_PARTNERS, "water_met_frac", water, "share",
               "of the litres needed, expected to be there");
    if (!isnan(medical))
        figure(figures, AB_AUDIENCE_PARTNERS, "medical_met_frac", medical, "share",
               "of people-days, served by a kit as expected");
    for (int n = 0; n < AB_NUTRIENTS; n++)
        if (!isnan(stages->plan->nutrient_met_frac[n]))
            figure(figures, AB_AUDIENCE_PARTNERS,
                   n == AB_NUTRIENT_PROTEIN ? "protein_met_frac" : "fat_met_frac",
                   stages->plan->nutrient_met_frac[n], "share", "of the least that people need, eaten");
}

/* Nobody knows whether a lorry can pass where no road is drawn. */
static void way_figures(ab_figures *figures, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;
    double undrawn_kg = 0;

    for (int32_t i = 0; i < plan->chosen_count; i++) {
        const ab_chosen *chosen = &plan->chosen[i];
        if (chosen->offer < 0)
            continue;
        int32_t path = stages->trips->kind[stages->trips->offer[chosen->offer].kind].path;
        for (int32_t l = 0; l < chosen->load_count; l++)
            if (path >= 0 && !stages->routes->path[path].drawn)
                undrawn_kg += plan->load[chosen->first_load + l].mass_kg;
    }
    figure(figures, AB_AUDIENCE_PARTNERS, "undrawn_t", undrawn_kg / 1000, "t",
           "loaded for ways by road that nobody drew: a straight line times road_factor");
}

static void solver_figures(ab_figures *figures, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;

    figure(figures, AB_AUDIENCE_PARTNERS, "objective", plan->objective,
           "person-ration-days weighted",
           "hunger of the plan, and what people miss under the floor; docs/models/plan.md");
    figure(figures, AB_AUDIENCE_PARTNERS, "hunger", plan->hunger, "person-ration-days weighted",
           "of the objective, hunger alone");
    figure(figures, AB_AUDIENCE_PARTNERS, "floor_frac", stages->op->settings->floor_frac, "share of the ration",
           "to which the worst-off are lifted first");
    if (isfinite(plan->floor_reached_frac))
        figure(figures, AB_AUDIENCE_TEAM, "floor_reached_frac", plan->floor_reached_frac, "share of the ration",
               "what the worst-off place eats, mean over the operation: the highest floor that is reached everywhere");
    figure(figures, AB_AUDIENCE_TEAM, "places_under_floor", plan->places_under_floor, "places",
           "whose people stay under the floor");
    figure(figures, AB_AUDIENCE_PARTNERS, "floor_shortfall", plan->floor_shortfall, "ration-days",
           "what people miss under floor_frac of the ration, all together");
    figure(figures, AB_AUDIENCE_PARTNERS, "bound", plan->bound, "person-ration-days weighted",
           "no plan under these limits has less");
    figure(figures, AB_AUDIENCE_PARTNERS, "objective_if_nothing", plan->objective_if_nothing,
           "person-ration-days weighted", "hunger if nothing is sent");
    figure(
        figures, AB_AUDIENCE_PARTNERS, "gap_frac", plan->gap_frac, "share",
        "(objective - bound) / (hunger if nothing is sent - that of the bound): how much of what a plan can change is left; what counts for the floor is not in what can be changed");
    figure(figures, AB_AUDIENCE_PARTNERS, "hunger_change", plan->hunger_change, "person-ration-days weighted",
           "most that a plan can take off hunger: the divisor of gap_frac");
    if (!isnan(plan->gap_all_frac))
        figure(figures, AB_AUDIENCE_PARTNERS, "gap_all_frac", plan->gap_all_frac, "share",
               "of hunger, floor and cost together, at the weight at which dollars broke ties");
    figure(figures, AB_AUDIENCE_PARTNERS, "trips_kept", plan->trips_kept, "offers",
           "of these, those that some plan may need");
    figure(figures, AB_AUDIENCE_PARTNERS, "trips_offered", stages->trips->offer_count, "offers",
           "kinds of trip times periods");
    figure(figures, AB_AUDIENCE_PARTNERS, "lp_rows", plan->lp_rows, "rows",
           "of the linear programme");
    figure(figures, AB_AUDIENCE_PARTNERS, "lp_cols", plan->lp_cols, "columns",
           "of the linear programme");
    figure(figures, AB_AUDIENCE_PARTNERS, "lp_nonzeros", (double)plan->lp_nonzeros, "entries",
           "of the linear programme");
    figure(figures, AB_AUDIENCE_TEAM, "left_for_want_of_room_t", stages->loading->left_kg / 1000, "t",
           "of the loads that no vehicle of their trip has room for in whole packages");
    figure(figures, AB_AUDIENCE_PUBLIC, "feasible", plan->infeasible ? 0 : 1, "",
           "1: all commitments are kept; 0: they cannot be");
    figure(figures, AB_AUDIENCE_PARTNERS, "interrupted", plan->interrupted ? 1 : 0, "",
           "1: the search was stopped early");
}

/* What was received before now, where some of the operation is past. */
static void past_figures(ab_figures *figures, const ab_operation *op)
{
    double received_t = 0, movements = 0;
    int32_t t;

    if (ab_first_departure(op) == 0)
        return;
    for (int32_t i = 0; i < op->movements.count; i++) {
        if (!ab_movement_is_past(op, i, &t))
            continue;
        movements++;
        if (op->movements.at[i].commodity >= 0 && op->movements.at[i].offloaded_kg > 0)
            received_t += op->movements.at[i].offloaded_kg / 1000;
    }
    figure(figures, AB_AUDIENCE_TEAM, "movements_before_now", movements, "movements",
           "that left before now, on days of the operation");
    figure(figures, AB_AUDIENCE_TEAM, "received_before_now_t", received_t, "t",
           "that they offloaded, of known goods");
}

/* What the plan is worth by chance, beside what it is on averages. */
static void world_figures(ab_figures *figures, const ab_stages *stages)
{
    const ab_verdict *own = stages->verdicts ? &stages->verdicts->of[0] : NULL;

    if (!own)
        return;
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds", own->judged->count, "worlds", "on which the plan was judged");
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds_hunger_mean", own->judged->hunger.mean, "person-ration-days weighted",
           "hunger, mean over worlds in which each load arrives or not");
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds_hunger_low", own->judged->hunger.low, "person-ration-days weighted",
           "in 5 % of worlds there is less");
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds_hunger_high", own->judged->hunger.high, "person-ration-days weighted",
           "in 5 % of worlds there is more");
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds_hunger_error", own->judged->hunger_error, "person-ration-days weighted",
           "standard error of the mean");
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds_hidden_frac", ab__hidden_frac(stages, own), "share",
           "(worlds_hunger_mean - hunger) / hunger_change: what planning on averages hides of what a plan can change");
    figure(figures, AB_AUDIENCE_PARTNERS, "worlds_hunger_no_riding", own->hunger_no_riding, "person-ration-days weighted",
           "mean over worlds if nothing that stayed or came back rides with a later vehicle");
}

/* How much of the plan before is kept. Departures, not vehicles. */
static void change_figures(ab_figures *figures, const ab_stages *stages, const ab_trip_changes *changes)
{
    static const char *const key[AB_TRIP_CHANGES] = {"changes_kept",  "changes_load",  "changes_more",   "changes_fewer",
                                                     "changes_moved", "changes_added", "changes_dropped"};
    static const char *const meaning[AB_TRIP_CHANGES] = {
        "that go as in the plan before",   "that carry something else", "with more vehicles",        "with fewer vehicles",
        "that go to another time",         "that were not planned",     "that do not go any more"};
    double frozen = 0, let_go = 0;

    if (!stages->before)
        return;
    for (int32_t i = 0; i < stages->before->results->rows[AB_TABLE_trips].count; i++) {
        const ab_held *held = &stages->before->held[i];
        frozen += held->hold == AB_HOLD_FROZEN;
        let_go += held->was_frozen && held->why[0];
    }
    for (int k = 0; k < AB_TRIP_CHANGES; k++)
        figure(figures, AB_AUDIENCE_TEAM, key[k], changes->of_kind[k], "departures", meaning[k]);
    figure(figures, AB_AUDIENCE_TEAM, "trips_frozen", frozen, "trips", "of the plan before that go as they were");
    figure(figures, AB_AUDIENCE_TEAM, "trips_let_go", let_go, "trips",
           "of the plan before that would be frozen and are not: provenance has why");
}

static void cost_figures(ab_figures *figures, const ab_plan *plan)
{
    figure(figures, AB_AUDIENCE_PUBLIC, "trip_usd", plan->trip_usd, "USD", "hours under way");
    figure(figures, AB_AUDIENCE_PUBLIC, "canopy_usd", plan->canopy_usd, "USD",
           "canopies and rigging");
    figure(figures, AB_AUDIENCE_PUBLIC, "convoy_usd", plan->convoy_usd, "USD",
           "convoys: notice, escort, team");
    figure(figures, AB_AUDIENCE_PUBLIC, "fixed_usd", plan->fixed_usd, "USD",
           "vehicles by the day, used or not");
    figure(figures, AB_AUDIENCE_PUBLIC, "cargo_usd", plan->cargo_usd, "USD", "goods at the hub");
    figure(figures, AB_AUDIENCE_PUBLIC, "cost_usd",
           plan->trip_usd + plan->canopy_usd + plan->convoy_usd + plan->fixed_usd + plan->cargo_usd, "USD",
           "all of it");
}

/* ---- What it rests on ---- */

/* Rows of a table (settings: those given), how many of them are assumed, and cells left to a default. */
typedef struct ab_footing {
    double rows, assumed, defaults;
} ab_footing;

static const char *text_cell(const ab_table *table, const char *row, const char *column)
{
    int32_t c = ab_table_find(table, column);
    const char *text = "";

    if (c >= 0)
        memcpy(&text, row + table->columns[c].offset, sizeof text);
    return text;
}

static double defaults_in(const ab_table *table, const ab_row_head *head)
{
    double defaults = 0;

    for (int32_t c = 0; c < table->column_count; c++)
        defaults += table->columns[c].standard && !ab_given(head, c);
    return defaults;
}

static ab_footing footing_of(const ab_operation *op, int32_t t)
{
    ab_data data = ab_operation_data(op);
    const ab_table *table = &data.schema->tables[t];
    ab_footing footing = {data.rows[t].count, 0, 0};

    if (table->form == AB_SETTINGS) {
        footing = (ab_footing){0, ab_settings_assumed(op->settings),
                               defaults_in(table, &op->settings->head)};
        for (int32_t c = 0; c < table->column_count; c++)
            footing.rows += ab_given(&op->settings->head, c);
        return footing;
    }
    for (int32_t r = 0; r < data.rows[t].count; r++) {
        const char *row = (const char *)data.rows[t].at + (size_t)r * table->row_size;
        footing.assumed += strncmp(text_cell(table, row, "source"), "assumed", 7) == 0;
        footing.defaults += defaults_in(table, (const ab_row_head *)(const void *)row);
    }
    return footing;
}

static void footing_figures(ab_figures *figures, const ab_operation *op)
{
    ab_footing all = {0, 0, 0};

    for (int32_t t = 0; t < AB_INPUT_TABLES; t++) {
        ab_footing footing = footing_of(op, t);
        all.rows += footing.rows;
        all.assumed += footing.assumed;
        all.defaults += footing.defaults;
    }
    figure(figures, AB_AUDIENCE_PARTNERS, "rows", all.rows, "rows",
           "of all input tables, settings that are given among them");
    figure(figures, AB_AUDIENCE_PARTNERS, "rows_assumed", all.assumed, "rows",
           "of these, whose source begins with `assumed`");
    figure(figures, AB_AUDIENCE_PARTNERS, "cells_at_default", all.defaults, "cells",
           "left empty where a default stands in");
}

bool ab__table_summary(ab_result *result, const ab_stages *stages)
{
    ab_figures figures = {result->arena, {NULL, 0, 0}, ab__places_in_need(stages->need), false};

    people_figures(&figures, stages);
    hunger_figures(&figures, stages);
    category_figures(&figures, stages);
    cost_figures(&figures, stages->plan);
    way_figures(&figures, stages);
    solver_figures(&figures, stages);
    world_figures(&figures, stages);
    past_figures(&figures, stages->op);
    change_figures(&figures, stages, result->changes);
    footing_figures(&figures, stages->op);
    bool kept = ab__table_keep(result, AB_TABLE_summary, figures.row.at, figures.row.count, sizeof(ab_figure),
                     figures.failed);
    AB_VEC_FREE(&figures.row);
    return kept;
}

/* ---- Provenance ---- */

typedef struct ab_facts {
    ab_arena *arena;
    AB_VEC(ab_fact) row;
    bool failed;
} ab_facts;

static void fact(ab_facts *facts, ab_audience audience, const char *key, const char *value,
                 const char *origin)
{
    ab_fact *row = AB_PUSH(&facts->row);
    const char *kept_key = ab__arena_text(facts->arena, key),
               *kept_value = ab__arena_text(facts->arena, value);

    if (!row || !kept_key || !kept_value) {
        facts->failed = true;
        return;
    }
    *row = (ab_fact){
        .key = kept_key, .value = kept_value, .origin = origin, .audience = (int32_t)audience};
}

static ab_audience audience_of(ab_sensitivity sensitivity)
{
    switch (sensitivity) {
    case AB_OPEN:
        return AB_AUDIENCE_PUBLIC;
    case AB_INTERNAL:
        return AB_AUDIENCE_PARTNERS;
    case AB_RESTRICTED:
        break;
    }
    return AB_AUDIENCE_TEAM;
}

/* Every setting in use, given or not. */
static void settings_facts(ab_facts *facts, const ab_operation *op)
{
    ab_data data = ab_operation_data(op);
    const ab_table *table = &data.schema->tables[AB_TABLE_operation];

    for (int32_t c = 0; c < table->column_count; c++) {
        ab_buf key = AB_BUF_INIT, value = AB_BUF_INIT;
        ab__buf_printf(&key, "setting %s", table->columns[c].name);
        ab__cell_write(&data, &table->columns[c], op->settings, &value);
        fact(facts, audience_of(table->columns[c].sensitivity), ab__buf_text(&key),
             ab__buf_text(&value), ab_given(&op->settings->head, c) ? "given" : "default");
        if (key.failed || value.failed)
            facts->failed = true;
        ab__buf_free(&key);
        ab__buf_free(&value);
    }
}

/* For each input table what it rests on. */
static void table_facts(ab_facts *facts, const ab_operation *op)
{
    ab_data data = ab_operation_data(op);

    for (int32_t t = 0; t < data.schema->count; t++) {
        ab_footing footing = footing_of(op, t);
        ab_buf key = AB_BUF_INIT, value = AB_BUF_INIT;
        if (footing.rows == 0)
            continue;
        ab__buf_printf(&key, "table %s", data.schema->tables[t].name);
        ab__buf_printf(&value, "%.0f rows, %.0f assumed, %.0f cells at their default", footing.rows,
                       footing.assumed, footing.defaults);
        fact(facts, AB_AUDIENCE_PARTNERS, ab__buf_text(&key), ab__buf_text(&value), "computed");
        if (key.failed || value.failed)
            facts->failed = true;
        ab__buf_free(&key);
        ab__buf_free(&value);
    }
}

/* What was taken over from the plan before, and what was not, by name. */
static void before_facts(ab_facts *facts, const ab_before *before)
{
    char until[AB_TIME_TEXT_CAP];

    if (!before)
        return;
    fact(facts, AB_AUDIENCE_TEAM, "plan before, input digest sha256", before->digest, "given");
    fact(facts, AB_AUDIENCE_TEAM, "frozen until", ab_time_format(before->op->frozen_until, until), "computed");
    for (int32_t i = 0; i < before->results->rows[AB_TABLE_trips].count; i++) {
        const ab_trip_row *trip = (const ab_trip_row *)before->results->rows[AB_TABLE_trips].at + i;
        ab_buf key = AB_BUF_INIT;
        if (!before->held[i].was_frozen || !before->held[i].why[0])
            continue;
        ab__buf_printf(&key, "let go %s", trip->id);
        fact(facts, AB_AUDIENCE_TEAM, ab__buf_text(&key), before->held[i].why, "computed");
        facts->failed = facts->failed || key.failed;
        ab__buf_free(&key);
    }
}

/* Movements on days of the operation that count for nothing, as nobody said when now is. */
static bool has_uncounted_movements(const ab_operation *op)
{
    int32_t from, until;

    for (int32_t i = 0; i < op->movements.count && ab_first_departure(op) == 0; i++) {
        ab_periods_of_day(op, op->movements.at[i].date, &from, &until);
        if (from < until)
            return true;
    }
    return false;
}

bool ab__table_origin(ab_result *result, const ab_operation *op, const ab_before *before, const char *answer,
                      const char *not_checked)
{
    ab_facts facts = {result->arena, {NULL, 0, 0}, false};
    char digest[65];

    fact(&facts, AB_AUDIENCE_PUBLIC, "program", "airbridge", "computed");
    fact(&facts, AB_AUDIENCE_PUBLIC, "version", ab_version(), "computed");
    /* For the team: who guesses an input can prove it by the digest. */
    if (ab_operation_digest(op, digest, NULL) != AB_OK)
        facts.failed = true;
    else
        fact(&facts, AB_AUDIENCE_TEAM, "input digest sha256", digest, "computed");
    settings_facts(&facts, op);
    table_facts(&facts, op);
    fact(&facts, AB_AUDIENCE_TEAM, "answer", answer, "computed");
    before_facts(&facts, before);
    fact(&facts, AB_AUDIENCE_PUBLIC, "not checked", not_checked, "computed");
    fact(&facts, AB_AUDIENCE_PUBLIC, "authority", "none: a named person decides", "computed");
    bool kept = ab__table_keep(result, AB_TABLE_provenance, facts.row.at, facts.row.count, sizeof(ab_fact),
                     facts.failed);
    AB_VEC_FREE(&facts.row);
    return kept;
}

/* What nobody looked at, in the arena; NULL when out of memory. Drops of which a wind is known were worked out (plan_drops.c). */
static const char *not_checked(ab_arena *arena, const ab_stages *stages)
{
    int32_t unjudged = stages->drops_unjudged, periods = stages->op->period_count;
    bool judged = stages->trips->drops && stages->trips->drops->count > 0 && unjudged < periods;
    ab_buf text = AB_BUF_INIT;

    ab__buf_add(&text, judged ? "attacks but by what convoys met; drops are judged by the wind as it will be known on the day"
                              : "attacks but by what convoys met, harm, exclusions, wind, release heights, controllers");
    if (judged && unjudged > 0)
        ab__buf_printf(&text, "; in %d of %d periods some drops were not judged, for want of wind", unjudged, periods);
    else if (unjudged > 0)
        ab__buf_add(&text, "; drops were not judged, for want of wind");
    if (has_uncounted_movements(stages->op))
        ab__buf_add(&text, "; what movements brought does not count until as_of is set");
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

bool ab__table_provenance(ab_result *result, const ab_stages *stages)
{
    const char *unseen = not_checked(result->arena, stages);

    return unseen && ab__table_origin(result, stages->op, stages->before,
                                      stages->plan->infeasible ? stages->plan->reason : "feasible", unseen);
}
