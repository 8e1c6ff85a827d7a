#include "airbridge/score.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "score/cases.h"

/* Sums over the cases of one batch, or of many. */
typedef struct sums {
    double cases, happened, brier, base_brier;
} sums;

static void add(sums *to, const sums *more)
{
    to->cases += more->cases;
    to->happened += more->happened;
    to->brier += more->brier;
    to->base_brier += more->base_brier;
}

static double brier(const sums *s)
{
    return s->brier / s->cases;
}

/* Who foretells the share s of what happens always, has s (1 - s). */
static double share_brier(const sums *s)
{
    double share = s->happened / s->cases;
    return share * (1 - share);
}

static double skill(double own, double rival)
{
    return rival > 0 ? 1 - own / rival : NAN;
}

/* ---- Resampling ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The 5 % and 95 % points of the numbers that there are; NaN stands at none. */
static void find_points(double *values, int32_t count, ab_score_span *span)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            values[kept++] = values[i];
        }
    }
    span->low = span->high = NAN;
    if (kept > 0) {
        qsort(values, (size_t)kept, sizeof *values, by_size);
        span->low = values[(int32_t)(0.05 * (kept - 1))];
        span->high = values[(int32_t)ceil(0.95 * (kept - 1))];
    }
}

/* `room` holds three numbers for each sample. Each kind of score has a stream of its own. */
static void resample(const sums *batch, int32_t batches, int32_t samples, uint64_t seed, ab_score_of of, double *room,
                     ab_score_sum *out)
{
    for (int32_t s = 0; s < samples; s++) {
        sums all = {0};
        for (int32_t b = 0; b < batches; b++) {
            double u = ab__random_uniform(seed, (uint64_t)of, (uint64_t)s * (uint64_t)batches + (uint64_t)b);
            add(&all, &batch[(int32_t)(u * batches)]);
        }
        room[s] = brier(&all);
        room[samples + s] = skill(brier(&all), all.base_brier / all.cases);
        room[2 * samples + s] = skill(brier(&all), share_brier(&all));
    }
    find_points(room, samples, &out->brier);
    find_points(room + samples, samples, &out->base_skill);
    find_points(room + 2 * samples, samples, &out->share_skill);
}

/* ---- Sums ---- */

/* Of fewer decisions no interval is told: drawing them again would make it too narrow. */
enum { LEAST_BATCHES = 3 };

static bool is_of(const ab_score_case *c, ab_score_of of)
{
    return c->of == of && c->gap == AB_SCORE_COUNTED;
}

/* Sums of each batch with a counted case; how many there are. `batch` has room for all cases. */
static int32_t sum_batches(const ab_score *score, ab_score_of of, sums *batch)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < score->count; i++) {
        batch[i] = (sums){0};
    }
    for (int32_t i = 0; i < score->count; i++) {
        const ab_score_case *c = &score->at[i];
        if (is_of(c, of)) {
            add(&batch[c->batch], &(sums){1, c->happened, pow(c->foretold_prob - c->happened, 2), pow(c->base_prob - c->happened, 2)});
        }
    }
    for (int32_t b = 0; b < score->count; b++) {
        if (batch[b].cases > 0) {
            batch[kept++] = batch[b];
        }
    }
    return kept;
}

static void sum_up(ab_score *score, ab_score_of of, int32_t samples, uint64_t seed, sums *batch, double *room)
{
    ab_score_sum *out = &score->sum[of];
    int32_t batches = sum_batches(score, of, batch);
    double foretold = 0;
    sums all = {0};
    for (int32_t i = 0; i < score->count; i++) {
        out->left_out[score->at[i].gap] += score->at[i].of == of;
        foretold += is_of(&score->at[i], of) ? score->at[i].foretold_prob : 0;
    }
    for (int32_t b = 0; b < batches; b++) {
        add(&all, &batch[b]);
    }
    bool any = all.cases > 0;
    out->left_out[AB_SCORE_COUNTED] = 0;
    out->cases = (int32_t)all.cases;
    out->batches = batches;
    out->happened = (int32_t)all.happened;
    out->foretold_mean_prob = any ? foretold / all.cases : NAN;
    out->base_brier = any ? all.base_brier / all.cases : NAN;
    out->share_brier = any ? share_brier(&all) : NAN;
    out->brier = (ab_score_span){any ? brier(&all) : NAN, NAN, NAN};
    out->base_skill = (ab_score_span){any ? skill(out->brier.value, out->base_brier) : NAN, NAN, NAN};
    out->share_skill = (ab_score_span){any ? skill(out->brier.value, out->share_brier) : NAN, NAN, NAN};
    if (batches >= LEAST_BATCHES && samples > 0) {
        resample(batch, batches, samples, seed, of, room, out);
    }
}

/* ---- Bins ---- */

static int32_t bin_of(double prob)
{
    int32_t bin = (int32_t)(prob * AB_SCORE_BINS);
    return bin < AB_SCORE_BINS ? bin : AB_SCORE_BINS - 1;
}

/* Has an earlier counted case of this bin the same batch? */
static bool is_counted(const ab_score *score, int32_t i)
{
    const ab_score_case *c = &score->at[i];
    for (int32_t k = 0; k < i; k++) {
        const ab_score_case *before = &score->at[k];
        if (is_of(before, c->of) && before->batch == c->batch && bin_of(before->foretold_prob) == bin_of(c->foretold_prob)) {
            return true;
        }
    }
    return false;
}

static void fill_bins(ab_score *score)
{
    double sum[AB_SCORES][AB_SCORE_BINS] = {{0}};
    for (int32_t i = 0; i < score->count; i++) {
        const ab_score_case *c = &score->at[i];
        if (c->gap == AB_SCORE_COUNTED) {
            ab_score_bin *bin = &score->bin[c->of][bin_of(c->foretold_prob)];
            bin->cases++;
            bin->happened += c->happened;
            bin->batches += !is_counted(score, i);
            sum[c->of][bin_of(c->foretold_prob)] += c->foretold_prob;
        }
    }
    for (int of = 0; of < AB_SCORES; of++) {
        for (int b = 0; b < AB_SCORE_BINS; b++) {
            ab_score_bin *bin = &score->bin[of][b];
            bin->from_prob = (double)b / AB_SCORE_BINS;
            bin->until_prob = (double)(b + 1) / AB_SCORE_BINS;
            bin->foretold_mean_prob = bin->cases > 0 ? sum[of][b] / bin->cases : NAN;
        }
    }
}

/* ---- Making ---- */

ab_status ab_score_make(const ab_operation *op, int32_t samples, ab_score **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_score *score = arena != NULL ? AB_NEW(arena, ab_score, 1) : NULL;
    *out = NULL;
    if (score == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while requests were scored");
    }
    *score = (ab_score){.until = op->settings->as_of != AB_TIME_NONE ? op->settings->as_of : op->settings->end, .arena = arena};
    score->at = ab__score_cases(op, score->until, arena, &score->count, err);
    sums *batch = score->at != NULL ? AB_NEW(arena, sums, score->count) : NULL;
    double *room = batch != NULL ? AB_NEW(arena, double, 3 * (size_t)samples) : NULL;
    if (room == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while requests were scored");
    }
    for (int of = 0; of < AB_SCORES; of++) {
        sum_up(score, (ab_score_of)of, samples, (uint64_t)op->settings->seed, batch, room);
    }
    fill_bins(score);
    *out = score;
    return AB_OK;
}

void ab_score_free(ab_score *score)
{
    if (score != NULL) {
        ab__arena_free(score->arena);
    }
}
