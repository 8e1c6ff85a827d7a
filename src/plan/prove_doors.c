/* Doors: what keeps trips from being offered at all, or keeps from them what is missing. The place is looked at in
 * a programme that has the trips that would be offered with the doors open; all places before which the same
 * doors are shut share one. */
#include <string.h>

#include "base/arena.h"
#include "plan/prove.h"
#include "plan/span.h"

/* Trips that are judged anew for one such programme; places beyond are not proved. */
static const int64_t MOST_TRIPS = 100000;
enum { SECONDS = 2 };

/* ---- Which ----------------------------------------------------------------------------------------------- */

/* The first period of the gap in which the refusal holds. */
static int32_t first_period(const ab_refusal *refusal, const ab_gap *gap)
{
    return refusal->from > gap->from ? refusal->from : gap->from;
}

/* The doors before the best of the trips that are refused. */
static bool doors_of_trips(const ab_model *model, ab_trial *trial, uint32_t by)
{
    const ab_gap *gap = trial->gap;
    const ab_refusal *refusal =
        ab__why_refused_category(model, gap->place, gap->category, gap->from, gap->until, by);
    if (!refusal || refusal->kind < 0 ||
        !ab__doors_before(model, &model->trips->kind[refusal->kind], first_period(refusal, gap), &trial->doors)) {
        trial->doors.open = 0;
        return false;
    }
    trial->refusal = refusal;
    return true;
}

/* Trips arrive, and carry nothing of the kind: because of what is let through, what fits, or what is in stock. */
static void doors_of_goods(const ab_model *model, const ab_span *span, ab_trial *trial)
{
    const ab_gap *gap = trial->gap;
    ab_doors *doors = &trial->doors;
    doors->means = -1;
    switch (gap->reason) {
    case AB_REASON_STRIPPED:
        doors->open = AB_DOOR_GOODS;
        break;
    case AB_REASON_NO_VEHICLE:
        doors->open = AB_DOOR_FIT;
        break;
    case AB_REASON_STOCK:
        doors->open = ab__span_is_known(model, span) ? AB_DOOR_STOCK : 0;
        break;
    default: /* others could carry it, and are refused */
        (void)doors_of_trips(model, trial, 0);
        return;
    }
    doors->step_count = 1;
    doors->step[0] = (ab_refusal){.kind = -1, .place = gap->place, .reason = gap->reason, .because = gap->because,
                                  .from = gap->from, .until = gap->until};
}

bool ab__prove_find_doors(const ab_model *model, const ab_by_place *offers, ab_trial *trial)
{
    const ab_gap *gap = trial->gap;
    ab_span span = {gap->place, gap->from, gap->until, gap->category, gap->group};
    trial->doors = (ab_doors){0};
    if (ab__span_has_loads(model, offers, &span))
        return false;
    if (ab__span_offer(model, offers, &span) >= 0)
        doors_of_goods(model, &span, trial);
    else if (gap->reason != AB_REASON_TRAVEL)
        (void)doors_of_trips(model, trial, 0);
    return true;
}

bool ab__prove_find_others(const ab_model *model, const ab_trial *first, ab_means means, ab_trial *trial)
{
    if (!first->refusal || first->refusal->means == means)
        return false;
    *trial = *first;
    trial->refusal = NULL;
    return doors_of_trips(model, trial, (uint32_t)1 << means);
}

/* ---- What is written down -------------------------------------------------------------------------------- */

static void add_detail(ab_gap *gap, ab_reason reason, ab_ref because, const char *text, ab_arena *arena)
{
    if (gap->also == AB_REASON_NONE) {
        gap->also = reason;
        gap->also_because = because;
    }
    gap->detail = gap->detail && text ? ab__arena_printf(arena, "%s; and besides %s", gap->detail, text) : NULL;
}

static void add_change(ab_gap *gap, const char *change, ab_arena *arena)
{
    bool first = gap->change && gap->change[0] == '\0';
    if (gap->change && change)
        gap->change = first ? change : ab__arena_printf(arena, "%s, and %s", gap->change, change);
    else
        gap->change = NULL;
}

static const char *say_step(const ab_model *model, const ab_refusal *step, ab_arena *arena)
{
    if (step->reason == AB_REASON_STOCK)
        return "nothing of the kind lies at the hub in time";
    if (step->reason == AB_REASON_LOW_CHANCE)
        return ab__arena_printf(arena, "the chance would then be %.0f %%, least allowed %.0f %%",
                                100 * step->arrival.mean, 100 * model->op->settings->least_arrival_prob);
    return ab__say_refusal(model, step, arena);
}

/* The refusal, or where that turned out to be no matter what stands behind it; by other means it may be another one
 * than was indicated. */
static void write_reason(ab_prover *prover, const ab_trial *trial)
{
    ab_gap *gap = trial->gap;
    const ab_refusal *first = &trial->doors.step[0];
    if (first->reason == trial->refusal->reason)
        first = trial->refusal;
    int32_t t = first_period(trial->refusal, gap);
    ab_why why = ab__why_of_refusal(prover->search->model, first, t, prover->arena);
    gap->reason = why.reason;
    gap->because = why.because;
    gap->evidence = why.evidence;
    gap->detail = why.text;
}

/* `limit` NULL: the doors are enough. */
static void write_proof(ab_prover *prover, const ab_trial *trial, const ab_corner *corner, const ab_cause *limit,
                        double gain_days)
{
    const ab_model *model = prover->search->model;
    ab_gap *gap = trial->gap;
    if (trial->refusal)
        write_reason(prover, trial);
    gap->also = AB_REASON_NONE;
    gap->also_because = (ab_ref){-1, -1};
    gap->change = "";
    gap->proved = true;
    gap->gain_days = gain_days;
    for (int32_t i = 0; i < trial->doors.step_count; i++) {
        const ab_refusal *step = &trial->doors.step[i];
        add_change(gap, ab__say_change_of_door(model, step, prover->arena), prover->arena);
        if (i > 0)
            add_detail(gap, step->reason, step->because, say_step(model, step, prover->arena), prover->arena);
    }
    if (!limit)
        return;
    ab_limit full = {limit->reason, limit->because, -1};
    add_detail(gap, limit->reason, limit->because,
               ab__say_limit(corner->of->model, &full, limit->row, prover->arena), prover->arena);
    add_change(gap, ab__say_change_of_limit(corner, limit, prover->arena), prover->arena);
}

/* Enough for a proof; where other means have been proved, clearly more than by these. */
static bool brings_more(const ab_trial *trial, double gain_days)
{
    return gain_days >= trial->gap->gain_days + trial->needed_days;
}

/* ---- The search for it ----------------------------------------------------------------------------------- */

/* Behind the door a limit: without it the prices tell which. */
static ab_status try_limits(ab_prover *prover, ab_corner *corner, ab_trial *trial, ab_error *err)
{
    ab_cause cause[AB_CAUSES];
    const ab_gap *gap = trial->gap;
    int32_t count = ab__corner_causes(corner, trial->group, gap->from, gap->until, cause);
    ab_status status = AB_OK;
    for (int32_t i = 0; i < count && i < SECONDS && status == AB_OK && !trial->proved; i++) {
        bool solved;
        ab__corner_restore(corner);
        ab__corner_relax(corner, &cause[i]);
        status = ab__prove_solve(prover, corner, &solved, err);
        double gain_days = status == AB_OK && solved ? ab__prove_gain_days(trial, corner) : 0;
        trial->proved = gain_days >= trial->needed_days;
        if (brings_more(trial, gain_days))
            write_proof(prover, trial, corner, &cause[i], gain_days);
    }
    return status;
}

/* The doors are open, and nothing of the kind lies where the trips begin: that is one more. */
static void look_for_stock(const ab_ajar *ajar, ab_trial *trial)
{
    const ab_gap *gap = trial->gap;
    ab_doors *doors = &trial->doors;
    ab_span span = {gap->place, gap->from, gap->until, gap->category, gap->group};
    if ((doors->open & AB_DOOR_STOCK) != 0 || doors->step_count == AB_STEPS || !ab__span_is_known(ajar->model, &span) ||
        ab__span_has_loads(ajar->model, &ajar->corners.offers, &span))
        return;
    doors->open |= AB_DOOR_STOCK;
    doors->step[doors->step_count++] = (ab_refusal){.kind = -1, .place = gap->place, .reason = AB_REASON_STOCK,
                                                    .because = {-1, -1}, .from = gap->from, .until = gap->until};
    trial->again = true;
}

/* Trials before which the same doors are shut. */
typedef struct batch {
    ab_trial *trial;
    int32_t count, number;
} batch;

static ab_trial *next_of(const batch *b, int32_t *i, int32_t place)
{
    for (; *i < b->count; (*i)++)
        if (b->trial[*i].batch == b->number && (place < 0 || b->trial[*i].gap->place == place))
            return &b->trial[(*i)++];
    return NULL;
}

/* One gap that open doors alone do not close. */
static ab_status look_behind(ab_prover *prover, ab_ajar *ajar, ab_corner *corner, ab_trial *trial, ab_error *err)
{
    bool solved;
    look_for_stock(ajar, trial);
    if (trial->again)
        return AB_OK;
    ab__corner_restore(corner);
    ab_status status = ab__prove_solve(prover, corner, &solved, err);
    return status == AB_OK && solved ? try_limits(prover, corner, trial, err) : status;
}

/* All gaps of a place: open doors may be enough for one and not for another. */
static ab_status prove_place(ab_prover *prover, ab_ajar *ajar, const batch *b, int32_t place, ab_error *err)
{
    ab_corner corner;
    bool solved = false;
    ab__corner_start(&corner, &ajar->corners, place);
    ab_status status = corner.failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved")
                                     : ab__prove_solve(prover, &corner, &solved, err);
    ab_trial *trial;
    for (int32_t i = 0; solved && (trial = next_of(b, &i, place));) {
        double gain_days = ab__prove_gain_days(trial, &corner);
        trial->proved = gain_days >= trial->needed_days;
        if (brings_more(trial, gain_days))
            write_proof(prover, trial, &corner, NULL, gain_days);
    }
    for (int32_t i = 0; solved && status == AB_OK && (trial = next_of(b, &i, place));)
        if (!trial->proved && trial->is_worst)
            status = look_behind(prover, ajar, &corner, trial, err);
    ab__corner_free(&corner);
    return status;
}

/* Marks the places of the batch, as many as may be asked about. */
static void ask(const ab_prover *prover, const batch *b, char *asked)
{
    const ab_model *model = prover->search->model;
    int64_t trips = 0;
    const ab_trial *trial;
    for (int32_t i = 0; (trial = next_of(b, &i, -1));) {
        int32_t place = trial->gap->place;
        for (int32_t k = 0; k < model->trips->kind_count && !asked[place]; k++)
            trips += model->trips->kind[k].place == place ? model->periods : 0;
        asked[place] = trips <= MOST_TRIPS;
    }
}

static ab_status prove_batch(ab_prover *prover, const batch *b, ab_error *err)
{
    ab_ajar ajar;
    ab_arena *arena = ab__arena_new();
    char *asked = arena ? AB_NEW(arena, char, prover->search->model->places) : NULL;
    if (!asked) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved");
    }
    int32_t i = 0;
    const ab_trial *trial = next_of(b, &i, -1);
    ask(prover, b, asked);
    ab_status status = ab__ajar_start(&ajar, prover->search, &trial->doors, trial->group, asked, arena, err);
    for (; trial && status == AB_OK; trial = next_of(b, &i, -1)) {
        int32_t place = trial->gap->place;
        if (asked[place])
            status = prove_place(prover, &ajar, b, place, err);
        asked[place] = 0;
    }
    ab__ajar_free(&ajar);
    ab__arena_free(arena);
    return status;
}

/* Of stock, the goods of one group only are put at hubs. */
static bool same_doors(const ab_trial *a, const ab_trial *b)
{
    return a->doors.open == b->doors.open && a->doors.means == b->doors.means &&
           ((a->doors.open & AB_DOOR_STOCK) == 0 || a->group == b->group);
}

/* The batch of an earlier trial with the same doors; of a gap that is not the worst, only one in which its place is
 * looked at anyway. -1: none. */
static int32_t batch_before(const ab_trial *trial, int32_t i, int32_t count)
{
    for (int32_t k = 0; k < (trial[i].is_worst ? i : count); k++)
        if (k != i && trial[k].is_worst && trial[k].batch >= 0 && same_doors(&trial[k], &trial[i]) &&
            (trial[i].is_worst || trial[k].gap->place == trial[i].gap->place))
            return trial[k].batch;
    return -1;
}

/* Numbers the batches of the first round, or those `again` with what was found behind the doors of the first;
 * returns how many. */
static int32_t make_batches(ab_trial *trial, int32_t count, bool again)
{
    int32_t batches = 0;
    for (int32_t i = 0; i < count; i++)
        trial[i].batch = -1;
    for (int worst = 1; worst >= 0; worst--)
        for (int32_t i = 0; i < count; i++) {
            ab_trial *t = &trial[i];
            if (!t->by_doors || t->doors.open == 0 || t->again != again || t->is_worst != (worst == 1))
                continue;
            t->batch = batch_before(trial, i, count);
            if (t->batch < 0 && t->is_worst)
                t->batch = batches++;
        }
    return batches;
}

ab_status ab__prove_by_doors(ab_prover *prover, ab_trial *trial, int32_t count, ab_error *err)
{
    ab_status status = AB_OK;
    for (int round = 0; round < 2; round++) {
        int32_t batches = make_batches(trial, count, round > 0);
        for (int32_t b = 0; b < batches && status == AB_OK; b++)
            status = prove_batch(prover, &(batch){trial, count, b}, err);
    }
    return status;
}
