/* The plan judged on worlds, beside plans made under other settings. docs/models/worlds.md */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow/result.h"

static const double EMPTY_DAYS = 7;

/* What another plan is made with: one setting times a factor, or one put in its place. */
typedef struct candidate {
    const char *setting;
    int column;
    double unit; /* of the setting, in SI */
    double factor, more;
} candidate;

/* More in a place at once, and less; quicker and slower to send again; and only what is surer to arrive. */
static const candidate CANDIDATES[] = {
    {"cover_days", AB_COL_settings_cover_s, 86400, 2, 0},
    {"cover_days", AB_COL_settings_cover_s, 86400, 0.5, 0},
    {"retry_days", AB_COL_settings_retry_s, 86400, 0.5, 0},
    {"retry_days", AB_COL_settings_retry_s, 86400, 2, 0},
    {"least_arrival_prob", AB_COL_settings_least_arrival_prob, 1, 1, 0.15},
};
enum { CANDIDATES_COUNT = sizeof CANDIDATES / sizeof *CANDIDATES };
_Static_assert((int)CANDIDATES_COUNT < (int)AB_MOST_VERDICTS, "this plan has a verdict too");

/* ---- Judging ----------------------------------------------------------------------------------------------------- */

static double mean_of(const double *value, int32_t from, int32_t until)
{
    double sum = 0;
    for (int32_t i = from; i < until; i++)
        sum += value[i];
    return until > from ? sum / (until - from) : NAN;
}

static ab_status judge(const ab_worlds *worlds, const ab_stages *stages, const ab_plan_options *options, ab_verdict *out, ab_error *err)
{
    ab_judge_options with = AB_JUDGE_OPTIONS_INIT;
    ab_judged *without = NULL;
    with.count = options->worlds;
    with.empty_days = EMPTY_DAYS;
    ab_status status = ab_worlds_judge(worlds, stages->op, stages->need, stages->access, stages->routes, stages->trips, stages->plan,
                                       options->previous, &with, &out->judged, err);
    with.rides_again = false;
    if (status == AB_OK)
        status = ab_worlds_judge(worlds, stages->op, stages->need, stages->access, stages->routes, stages->trips, stages->plan,
                                 options->previous, &with, &without, err);
    if (status == AB_OK) {
        out->hunger_no_riding = without->hunger.mean;
        out->choosing_mean = mean_of(out->judged->world_hunger, 0, with.count / 2);
        out->reporting_mean = mean_of(out->judged->world_hunger, with.count / 2, with.count);
    }
    ab_judged_free(without);
    return status;
}

static double *setting_of(ab_settings *settings, int column)
{
    return column == AB_COL_settings_cover_s   ? &settings->cover_s
           : column == AB_COL_settings_retry_s ? &settings->retry_s
                                               : &settings->least_arrival_prob;
}

/* Plans once more under another setting, and judges that under the operation's own: hunger is what it was. */
static ab_status judge_candidate(const ab_worlds *worlds, const ab_stages *stages, const ab_airdrops *drops,
                                 const ab_plan_options *options, const candidate *c, ab_verdict *out, ab_error *err)
{
    ab_settings settings = *stages->op->settings;
    ab_operation op = *stages->op;
    ab_trips *trips = NULL;
    ab_plan *plan = NULL;
    ab_plan_options quiet = *options;
    double *value = setting_of(&settings, c->column);
    *value = fmin(*value * c->factor + c->more, c->unit > 1 ? 366 * c->unit : 1);
    *value = fmax(*value, c->unit > 1 ? c->unit : 0);
    op.settings = &settings;
    quiet.model_text = NULL;
    snprintf(out->plan, sizeof out->plan, "%s %.4g", c->setting, *value / c->unit);
    out->column = c->column;
    out->value = *value;
    ab_status status = ab_trips_make(&op, stages->access, stages->routes, drops, &trips, err);
    if (status == AB_OK)
        status = ab_plan_make(&op, stages->need, stages->access, stages->routes, trips, &quiet, &plan, err);
    if (status == AB_OK && !plan->infeasible) {
        ab_stages other = *stages;
        other.trips = trips;
        other.plan = plan;
        status = judge(worlds, &other, options, out, err);
    }
    ab_plan_free(plan);
    ab_trips_free(trips);
    return status;
}

/* The same worlds for both, so that what they have in common falls out. */
static void compare(const ab_verdict *own, ab_verdict *other)
{
    int32_t from = own->judged->count / 2, count = own->judged->count - from;
    double square = 0;
    other->gain = own->reporting_mean - other->reporting_mean;
    for (int32_t w = from; w < from + count; w++) {
        double off = own->judged->world_hunger[w] - other->judged->world_hunger[w] - other->gain;
        square += off * off;
    }
    other->gain_error = count > 1 ? sqrt(square / (count - 1) / count) : 0;
}

static ab_status judge_candidates(const ab_worlds *worlds, const ab_stages *stages, const ab_airdrops *drops,
                                  const ab_plan_options *options, ab_verdicts *out, ab_error *err)
{
    ab_status status = AB_OK;
    for (int i = 0; i < CANDIDATES_COUNT && status == AB_OK; i++) {
        status = judge_candidate(worlds, stages, drops, options, &CANDIDATES[i], &out->of[out->count], err);
        out->count += status == AB_OK && out->of[out->count].judged;
    }
    out->best = 0;
    for (int32_t i = 0; i < out->count; i++)
        compare(&out->of[0], &out->of[i]);
    for (int32_t i = 1; i < out->count; i++)
        if (out->of[i].choosing_mean < out->of[out->best].choosing_mean)
            out->best = i;
    return status;
}

ab_status ab__verdicts_make(const ab_stages *stages, const ab_airdrops *drops, const ab_plan_options *options, ab_verdicts *out,
                            ab_error *err)
{
    ab_worlds *worlds = NULL;
    *out = (ab_verdicts){.best = -1, .empty_days = EMPTY_DAYS};
    ab_status status = ab_worlds_make(stages->op, stages->access, (uint64_t)stages->op->settings->seed, &worlds, err);
    if (status == AB_OK) {
        snprintf(out->of[0].plan, sizeof out->of[0].plan, "this plan");
        out->of[0].column = -1;
        status = judge(worlds, stages, options, &out->of[0], err);
        out->count = 1;
    }
    if (status == AB_OK && options->improve && options->worlds > 1)
        status = judge_candidates(worlds, stages, drops, options, out, err);
    ab_worlds_free(worlds);
    return status;
}

/* That it does better is told only where the other half of the worlds says so by more than twice its error. */
void ab__verdicts_choose(const ab_verdicts *verdicts, double people, ab_result *result)
{
    const ab_verdict *best = verdicts->best > 0 ? &verdicts->of[verdicts->best] : NULL;
    bool better = best && people > 0 && best->gain > 2 * best->gain_error;
    result->better_column = better ? best->column : -1;
    result->better_value = better ? best->value : NAN;
    if (better)
        snprintf(result->better_words, sizeof result->better_words, "%s, by which plans leave %.2f less hunger a person on %d worlds (standard error %.2f)",
                 best->plan, best->gain / people, (int)(best->judged->count - best->judged->count / 2), best->gain_error / people);
}

void ab__verdicts_free(ab_verdicts *verdicts)
{
    for (int32_t i = 0; i < AB_MOST_VERDICTS; i++)
        ab_judged_free(verdicts->of[i].judged);
}

double ab__hidden_frac(const ab_stages *stages, const ab_verdict *verdict)
{
    double change = stages->plan->hunger_change;
    return change > 0 ? (verdict->judged->hunger.mean - verdict->judged->hunger_on_averages) / change : NAN;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static ab_world_total total_of(const ab_stages *stages, int32_t i)
{
    const ab_verdict *v = &stages->verdicts->of[i];
    const ab_judged *j = v->judged;
    bool choice = stages->verdicts->best >= 0;
    return (ab_world_total){.plan = v->plan,
                            .worlds = j->count,
                            .hunger_on_averages = j->hunger_on_averages,
                            .hunger_mean = j->hunger.mean,
                            .hunger_error = j->hunger_error,
                            .hunger_low = j->hunger.low,
                            .hunger_high = j->hunger.high,
                            .hunger_no_riding = v->hunger_no_riding,
                            .hidden_frac = ab__hidden_frac(stages, v),
                            .arrived_frac = j->arrived_frac,
                            .turned_back_frac = j->turned_back_frac,
                            .stayed_frac = j->stayed_frac,
                            .choosing_mean = choice ? v->choosing_mean : NAN,
                            .reporting_mean = choice ? v->reporting_mean : NAN,
                            .gain = choice ? v->gain : NAN,
                            .gain_error = choice ? v->gain_error : NAN,
                            .best = choice ? i == stages->verdicts->best : -1};
}

static bool fill_totals(ab_result *result, const ab_stages *stages)
{
    ab_world_total *row = AB_NEW(result->arena, ab_world_total, stages->verdicts->count);
    for (int32_t i = 0; row && i < stages->verdicts->count; i++) {
        row[i] = total_of(stages, i);
        row[i].plan = ab__arena_text(result->arena, row[i].plan);
        if (!row[i].plan)
            return false;
    }
    result->rows[AB_TABLE_world_totals] = (ab_rows){row, stages->verdicts->count};
    return row;
}

static bool fill_places(ab_result *result, const ab_stages *stages)
{
    const ab_judged *judged = stages->verdicts->of[0].judged;
    ab_world_place *row = AB_NEW(result->arena, ab_world_place, judged->place_count);
    int32_t count = 0;
    for (int32_t p = 0; row && p < judged->place_count; p++) {
        double people = stages->need->people[p];
        const ab_place_judged *place = &judged->place[p];
        if (!(people > 0))
            continue;
        row[count++] = (ab_world_place){.place = stages->op->places.at[p].id,
                                        .people = (int64_t)people,
                                        .hunger_on_averages = place->hunger_on_averages / people,
                                        .hunger_mean = place->hunger.mean / people,
                                        .hunger_low = place->hunger.low / people,
                                        .hunger_high = place->hunger.high / people,
                                        .empty_days = stages->verdicts->empty_days,
                                        .empty_prob = place->empty_prob,
                                        .longest_empty_days = place->longest_empty_days};
    }
    result->rows[AB_TABLE_world_places] = (ab_rows){row, count};
    return row;
}

bool ab__table_worlds(ab_result *result, const ab_stages *stages)
{
    return !stages->verdicts || (fill_totals(result, stages) && fill_places(result, stages));
}
