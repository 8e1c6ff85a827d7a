/* Commitments that cannot be kept: which, by how much, and why. Each commitment gets slack at a price and
 * hunger none, so that what remains broken is the least that must give way. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "plan/result.h"
#include "plan/why.h"

/* Slack below this is rounding. */
static const double BROKEN = 1e-6;
/* Tonnes that count as much as a vehicle. */
static const double T_PER_TRIP = 10;

/* What the plan before had gives way sooner than what a person promised. */
static const double FROZEN_WEIGHT = 0.1;

static void loosen(ab_search *search)
{
    ab_model *model = search->model;
    ab__search_weigh(search, 0, 0);
    for (int32_t k = 0; k < model->op->commitments.count; k++) {
        const ab_promise *promise = &model->promise[k];
        bool is_frozen = model->previous && k >= model->previous->own_commitments;
        double weight = is_frozen ? FROZEN_WEIGHT : 1;
        const int32_t slack[] = {promise->trips_short, promise->trips_over, promise->mass_short, promise->mass_over};
        for (int i = 0; promise->binds && i < 4; i++) {
            if (slack[i] < 0)
                continue;
            ab__lp_col_bounds(model->lp, slack[i], 0, AB_LP_INFINITY);
            ab__lp_cost(model->lp, slack[i], weight * (i < 2 ? 1 : 1 / T_PER_TRIP));
        }
    }
}

/* "c1 (fixed: 5 trips of Truck, 20 t from Port to Upper town on 2030-03-04)" */
static void say_commitment(const ab_model *model, int32_t k, ab_buf *out)
{
    const ab_operation *op = model->op;
    const ab_commitment *c = &op->commitments.at[k];
    char day[AB_TIME_TEXT_CAP];
    ab__buf_printf(out, "%s (%s:", c->id, ab_codes_lock.codes[c->lock].word);
    if (c->trips >= 0)
        ab__buf_printf(out, " %lld trips", (long long)c->trips);
    if (!isnan(c->mass_kg))
        ab__buf_printf(out, "%s%.6g t", c->trips >= 0 ? " with " : " ", c->mass_kg / 1000);
    if (c->commodity >= 0)
        ab__buf_printf(out, " of %s", ab__say_name(op->commodities.at[c->commodity].name, op->commodities.at[c->commodity].id));
    if (c->vehicle >= 0)
        ab__buf_printf(out, " by %s", ab__say_name(op->vehicles.at[c->vehicle].name, op->vehicles.at[c->vehicle].id));
    if (c->hub >= 0)
        ab__buf_printf(out, " from %s", ab__say_name(op->hubs.at[c->hub].name, op->hubs.at[c->hub].id));
    if (c->place >= 0)
        ab__buf_printf(out, " to %s", ab__say_name(op->places.at[c->place].name, op->places.at[c->place].id));
    if (c->date != AB_TIME_NONE)
        ab__buf_printf(out, " on %s", ab_day_format(c->date, day));
    ab__buf_add(out, ")");
}

/* ---- Why -------------------------------------------------------------------------------------------------- */

/* Does a matched offer have a column for the commodity? */
static bool can_load(const ab_model *model, const ab_promise *promise, int32_t commodity)
{
    for (int32_t i = 0; i < promise->offer_count; i++) {
        const ab_offer_cols *cols = &model->offer[promise->offer[i]];
        for (int32_t j = 0; j < cols->load_count; j++)
            if (commodity < 0 || model->load.at[cols->first_load + j].commodity == commodity)
                return true;
    }
    return false;
}

static bool is_let(const ab_model *model, const ab_promise *promise, int32_t commodity)
{
    for (int32_t i = 0; i < promise->offer_count; i++)
        if (commodity < 0 || (model->trips->offer[promise->offer[i]].commodities >> commodity & 1))
            return true;
    return false;
}

static void say_not_offered(const ab_model *model, int32_t k, ab_arena *arena, ab_buf *out)
{
    const ab_commitment *c = &model->op->commitments.at[k];
    ab_question question = {c->place, c->vehicle, c->hub, 0, 0, 0, 0};
    ab__commitment_periods(model, k, &question.from, &question.until);
    if (question.from >= question.until) {
        ab__buf_add(out, "its day lies outside the operation");
        return;
    }
    const ab_vehicle *vehicle = c->vehicle >= 0 ? &model->op->vehicles.at[c->vehicle] : NULL;
    if (vehicle && c->hub >= 0 && vehicle->base != c->hub) {
        const ab_hub *base = vehicle->base >= 0 ? &model->op->hubs.at[vehicle->base] : NULL;
        ab__buf_printf(out, "no such trip is offered: %s is based %s%s",
                       ab__say_name(vehicle->name, vehicle->id), base ? "at " : "nowhere",
                       base ? ab__say_name(base->name, base->id) : "");
        return;
    }
    const ab_refusal *refusal = ab__why_refused(model, &question);
    ab_why why = {0};
    if (refusal)
        why = ab__why_of_refusal(model, refusal, question.from, arena);
    if (refusal)
        ab__buf_printf(out, "no such trip is offered: %s (%s)", why.text ? why.text : "",
                       ab_codes_reason.codes[refusal->reason].word);
    else
        ab__buf_add(out, "no such trip is offered: no vehicle of that kind goes from there to there on that day");
}

static void add_offer(const ab_search *search, int32_t offer, int32_t commodity, ab_tally *tally)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    for (int32_t j = 0; j < cols->load_count; j++) {
        const ab_load_col *load = &search->model->load.at[cols->first_load + j];
        if (commodity < 0 || load->commodity == commodity)
            ab__why_add_load(search, load, tally);
    }
    if (cols->load_count == 0)
        ab__why_add_vehicle(search, offer, tally);
}

/* The limit that keeps more from going, by what one more unit of it would mend. */
static void say_limits(const ab_search *search, const ab_promise *promise, int32_t commodity, ab_arena *arena,
                       ab_buf *out)
{
    const ab_model *model = search->model;
    ab_tally tally = {AB_NEW(model->arena, double, model->limit.count), 0, 0};
    if (!tally.of_row) {
        out->failed = true;
        return;
    }
    for (int32_t i = 0; i < promise->offer_count; i++)
        add_offer(search, promise->offer[i], commodity, &tally);
    ab_why why = ab__why_of_tally(model, &tally, arena);
    if (why.reason == AB_REASON_NONE || !why.text)
        ab__buf_add(out, "other commitments and limits leave no more");
    else
        ab__buf_printf(out, "%s (%s)", why.text, ab_codes_reason.codes[why.reason].word);
}

static bool is_broken(const ab_search *search, int32_t slack)
{
    return slack >= 0 && search->x[slack] > BROKEN;
}

/* Tonnes that the promised vehicles carry at the most, of the class that carries most. */
static double most_carried_t(const ab_model *model, const ab_promise *promise)
{
    double payload_kg = 0;
    for (int32_t i = 0; i < promise->offer_count; i++)
        payload_kg = fmax(payload_kg, ab__kind_of(model, promise->offer[i])->payload_kg);
    return promise->trips * payload_kg / 1000;
}

static void say_why(const ab_search *search, int32_t k, bool whole, ab_arena *arena, ab_buf *out)
{
    const ab_model *model = search->model;
    const ab_promise *promise = &model->promise[k];
    const ab_commitment *c = &model->op->commitments.at[k];
    if (whole)
        ab__buf_add(out, "parts of vehicles could keep it, whole ones cannot");
    else if (promise->offer_count == 0)
        say_not_offered(model, k, arena, out);
    else if (c->lock == AB_LOCK_FIXED && promise->trips > 0 && promise->mass_t > most_carried_t(model, promise))
        ab__buf_printf(out, "%.0f of them carry %.6g t at the most", promise->trips, most_carried_t(model, promise));
    else if (is_broken(search, promise->trips_over) || is_broken(search, promise->mass_over))
        ab__buf_add(out, "other commitments ask for more");
    else if (promise->mass_t > 0 && !can_load(model, promise, c->commodity))
        ab__buf_add(out, is_let(model, promise, c->commodity) ? "nothing of it lies at the hub by then"
                                                               : "trips are let through, but not with this");
    else
        say_limits(search, promise, c->commodity, arena, out);
}

/* ---- The answer -------------------------------------------------------------------------------------------- */

/* "at most 40 trips" for what falls short, "at least 45 trips" for what goes over. */
static bool say_change(const ab_search *search, double asked, int32_t shorter, int32_t over, const char *unit,
                       ab_buf *out)
{
    const double *x = search->x;
    bool too_few = is_broken(search, shorter), whole = unit[1] != '\0';
    if (asked < 0 || (!too_few && !is_broken(search, over)))
        return false;
    double can = fmax(0, too_few ? asked - x[shorter] : asked + x[over]);
    if (whole)
        can = too_few ? floor(can + BROKEN) : ceil(can - BROKEN);
    if (out->size > 0)
        ab__buf_add(out, " and ");
    ab__buf_printf(out, "%s %.6g %s", too_few ? "at most" : "at least", can, unit);
    return true;
}

/* What holds a departure of the plan before can be let go: "frozen.t0012" and the like, behind what people promised. */
static void say_thaw(const ab_model *model, int32_t k, ab_buf *out)
{
    const char *id = model->op->commitments.at[k].id, *trip = strchr(id, '.');
    if (model->previous && k >= model->previous->own_commitments && trip)
        ab__buf_printf(out, ", or let it go with --thaw %.*s", (int)strcspn(trip + 1, "."), trip + 1);
}

static int32_t say_broken(const ab_search *search, int32_t k, bool whole, int32_t said, ab_arena *arena,
                          ab_buf *out)
{
    const ab_promise *promise = &search->model->promise[k];
    ab_buf change = AB_BUF_INIT;
    bool broken = false;
    if (promise->binds) {
        broken = say_change(search, promise->trips, promise->trips_short, promise->trips_over, "trips", &change);
        broken = say_change(search, promise->mass_t, promise->mass_short, promise->mass_over, "t", &change) || broken;
    }
    if (broken) {
        ab__buf_add(out, said == 0 ? "commitments cannot be kept: " : ". ");
        say_commitment(search->model, k, out);
        ab__buf_add(out, ": ");
        say_why(search, k, whole, arena, out);
        ab__buf_printf(out, "; smallest change: %s", ab__buf_text(&change));
        say_thaw(search->model, k, out);
        out->failed = out->failed || change.failed;
    }
    ab__buf_free(&change);
    return broken ? 1 : 0;
}

static void keep_prices(ab_search *search)
{
    for (int32_t r = 0; r < ab__lp_rows(search->model->lp); r++)
        search->price[r] = -ab__lp_dual(search->model->lp)[r];
    for (int32_t c = 0; c < ab__lp_cols(search->model->lp); c++)
        search->reduced[c] = ab__lp_reduced_cost(search->model->lp)[c];
}

static int32_t say_all_broken(const ab_search *search, bool whole, ab_arena *arena, ab_buf *out)
{
    int32_t said = 0;
    for (int32_t k = 0; k < search->model->op->commitments.count; k++)
        said += say_broken(search, k, whole, said, arena, out);
    return said;
}

ab_status ab__result_infeasible(ab_search *search, ab_plan *plan, ab_error *err)
{
    ab_lp_outcome outcome;
    ab_buf text = AB_BUF_INIT;
    plan->infeasible = true;
    ab__search_open_all(search);
    loosen(search);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status != AB_OK)
        return status;
    keep_prices(search);
    ab__search_take(search);
    if (say_all_broken(search, false, plan->arena, &text) == 0) {
        search->found = false;
        status = ab__search_whole(search, err);
        if (status == AB_OK && say_all_broken(search, true, plan->arena, &text) == 0)
            ab__buf_add(&text, "commitments cannot be kept by whole vehicles");
    }
    search->priced = false;
    plan->reason = text.failed ? NULL : ab__arena_text(plan->arena, ab__buf_text(&text));
    ab__buf_free(&text);
    if (status != AB_OK || plan->reason)
        return status;
    return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan was made");
}
