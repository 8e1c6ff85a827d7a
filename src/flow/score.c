/* From an operation to the tables that tell how good its foretold chances are. */
#include "airbridge/score.h"

#include <math.h>

#include "airbridge/version.h"
#include "flow/result.h"

/* Resampling decisions 2,000 times leaves the ends of a 90 % interval uncertain by about a hundredth of their distance. */
enum { SAMPLES = 2000 };

static const char *const foretold_words[AB_SCORES] = {"answer", "yes", "arrival", "arrival"};
static const char *const when_words[AB_SCORES] = {"asked", "asked", "asked", "approved"};
static const char *const gap_words[AB_SCORE_GAPS] = {
    "", "no due date", "due after the end of the record", "end of the leave not on record", "answer without a date"};

static ab_score_row row_of(const ab_score_sum *sum, int of)
{
    ab_score_row row = {.foretold = foretold_words[of],
                        .when = when_words[of],
                        .cases = sum->cases,
                        .decisions = sum->batches,
                        .happened = sum->happened,
                        .mean_prob = sum->foretold_mean_prob,
                        .brier = sum->brier.value,
                        .brier_low = sum->brier.low,
                        .brier_high = sum->brier.high,
                        .base_brier = sum->base_brier,
                        .base_skill = sum->base_skill.value,
                        .base_skill_low = sum->base_skill.low,
                        .base_skill_high = sum->base_skill.high,
                        .share_brier = sum->share_brier,
                        .share_skill = sum->share_skill.value,
                        .share_skill_low = sum->share_skill.low,
                        .share_skill_high = sum->share_skill.high};
    for (int g = AB_SCORE_COUNTED + 1; g < AB_SCORE_GAPS; g++) {
        row.left_out += sum->left_out[g];
    }
    return row;
}

static bool add_scores(ab_result *result, const ab_score *score)
{
    ab_score_row rows[AB_SCORES];
    ab_score_bin_row bins[AB_SCORES * AB_SCORE_BINS];
    for (int of = 0; of < AB_SCORES; of++) {
        rows[of] = row_of(&score->sum[of], of);
        for (int b = 0; b < AB_SCORE_BINS; b++) {
            const ab_score_bin *bin = &score->bin[of][b];
            bins[of * AB_SCORE_BINS + b] = (ab_score_bin_row){.foretold = foretold_words[of],
                                                              .when = when_words[of],
                                                              .from_prob = bin->from_prob,
                                                              .until_prob = bin->until_prob,
                                                              .cases = bin->cases,
                                                              .decisions = bin->batches,
                                                              .mean_prob = bin->foretold_mean_prob,
                                                              .share = bin->cases > 0 ? (double)bin->happened / bin->cases : NAN};
        }
    }
    return ab__table_keep(result, AB_TABLE_scores, rows, AB_SCORES, sizeof *rows, false) &&
           ab__table_keep(result, AB_TABLE_score_bins, bins, AB_SCORES * AB_SCORE_BINS, sizeof *bins, false);
}

static bool add_cases(ab_result *result, const ab_operation *op, const ab_score *score)
{
    ab_score_case_row *row = AB_NEW(result->arena, ab_score_case_row, score->count);
    for (int32_t i = 0; row != NULL && i < score->count; i++) {
        const ab_score_case *c = &score->at[i];
        row[i] = (ab_score_case_row){.foretold = foretold_words[c->of],
                                     .when = when_words[c->of],
                                     .request = op->requests.at[c->request].id,
                                     .at = c->at,
                                     .decision = c->batch + 1,
                                     .prob = c->foretold_prob,
                                     .base_prob = c->base_prob,
                                     .happened = c->gap == AB_SCORE_COUNTED ? c->happened : -1,
                                     .left_out = gap_words[c->gap]};
    }
    result->rows[AB_TABLE_score_cases] = (ab_rows){row, row != NULL ? score->count : 0};
    return row != NULL;
}

static bool add_provenance(ab_result *result, const ab_score *score)
{
    char until[AB_TIME_TEXT_CAP];
    const char *known = ab__arena_text(result->arena, ab_time_format(score->until, until));
    const ab_fact facts[] = {
        {.key = "program", .value = "airbridge", .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "version", .value = ab_version(), .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "known", .value = known, .origin = "given", .audience = AB_AUDIENCE_TEAM},
        {.key = "priors", .value = "of 2015, nothing later", .origin = "assumed", .audience = AB_AUDIENCE_TEAM},
    };
    return ab__table_keep(result, AB_TABLE_provenance, facts, sizeof facts / sizeof *facts, sizeof *facts, known == NULL);
}

ab_status ab_flow_score(const ab_operation *op, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena != NULL ? AB_NEW(arena, ab_result, 1) : NULL;
    ab_score *score = NULL;
    *out = NULL;
    if (result == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while requests were scored");
    }
    result->arena = arena;
    ab_status status = ab_score_make(op, SAMPLES, &score, err);
    if (status == AB_OK && !(add_scores(result, score) && add_cases(result, op, score) && add_provenance(result, score))) {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the score was laid out");
    }
    ab_score_free(score);
    if (status == AB_OK) {
        *out = result;
    } else {
        ab_result_free(result);
    }
    return status;
}
