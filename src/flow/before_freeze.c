/* What is frozen becomes commitments, so that everything that keeps promises, and everything that proves that they were kept, holds
 * it. What a person has decided anew, has let go, or would not be offered today is not frozen. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "flow/before.h"
#include "flow/result.h"

typedef struct freezing {
    ab_before *before;
    const ab_operation *op;
    AB_VEC(ab_commitment) made;
    int32_t *first_offer;   /* [kinds + 1] offers of kind k: [first_offer[k], first_offer[k + 1]) */
    bool failed;
} freezing;

static const ab_trip_row *row(const freezing *f, int32_t i)
{
    return (const ab_trip_row *)f->before->results->rows[AB_TABLE_trips].at + i;
}

static int32_t row_count(const freezing *f)
{
    return f->before->results->rows[AB_TABLE_trips].count;
}

static const ab_previous_trip *trip_of(const freezing *f, int32_t i)
{
    return &f->before->previous.trip[f->before->held[i].previous];
}

/* ---- What is let go ---------------------------------------------------------------------------------------- */

static bool is_kind(const ab_trip_kind *kind, const ab_previous_trip *trip)
{
    return kind->means == trip->means && kind->vehicle == trip->vehicle && kind->hub == trip->hub &&
           kind->place == trip->place && kind->dropzone == trip->dropzone && kind->dropsystem == trip->dropsystem;
}

/* Goods on board as bits. */
static uint64_t goods(const freezing *f, const ab_previous_trip *trip)
{
    uint64_t bits = 0;
    for (int32_t i = trip->first_load; i < trip->first_load + trip->load_count; i++)
        bits |= UINT64_C(1) << f->before->previous.load[i].commodity;
    return bits;
}

/* Is it still offered, with the goods that it carries? */
static bool is_offered(const freezing *f, const ab_trips *trips, const ab_previous_trip *trip, bool *stripped)
{
    uint64_t carried = goods(f, trip);
    *stripped = false;
    for (int32_t k = 0; k < trips->kind_count; k++) {
        for (int32_t o = f->first_offer[k]; o < f->first_offer[k + 1] && is_kind(&trips->kind[k], trip); o++) {
            const ab_offer *offer = &trips->offer[o];
            if (offer->depart == trip->depart && (offer->commodities & carried) == carried)
                return true;
            *stripped = *stripped || offer->depart == trip->depart;
        }
    }
    return false;
}

/* Of the refusals of its kind and period the surest. */
static const ab_refusal *refusal_of(const ab_trips *trips, const ab_previous_trip *trip)
{
    const ab_refusal *best = NULL;
    for (int32_t i = 0; i < trips->refusal_count; i++) {
        const ab_refusal *r = &trips->refusal[i];
        if (r->from <= trip->depart && trip->depart < r->until && r->kind >= 0 && is_kind(&trips->kind[r->kind], trip) &&
            (!best || r->arrival.mean > best->arrival.mean))
            best = r;
    }
    return best;
}

/* "closed (access:a9): chance 12 %, least allowed 20 %" */
static const char *say_refusal(freezing *f, const ab_refusal *refusal, bool stripped)
{
    double least = f->op->settings->least_arrival_prob;
    if (stripped)
        return "stripped: not all that it carries is let through any more";
    if (!refusal)
        return "no such trip can be made any more";
    const char *because = ab__refs_text(f->before->arena, f->op, (ab_refs){1, &refusal->because}, UINT32_MAX);
    ab_buf text = AB_BUF_INIT;
    ab__buf_add(&text, ab_codes_reason.codes[refusal->reason].word);
    if (because && because[0])
        ab__buf_printf(&text, " (%s)", because);
    if (refusal->arrival.mean < least)
        ab__buf_printf(&text, ": chance %.0f %%, least allowed %.0f %%", 100 * refusal->arrival.mean, 100 * least);
    const char *kept = text.failed || !because ? NULL : ab__arena_text(f->before->arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

/* The first commitment that names the place and the day of the trip; -1: none. */
static int32_t decided_by(const freezing *f, const ab_previous_trip *trip)
{
    for (int32_t k = 0; k < f->op->commitments.count; k++) {
        const ab_commitment *c = &f->op->commitments.at[k];
        if (c->place >= 0 && c->date != AB_TIME_NONE &&
            ab_commitment_binds(f->op, k, trip->vehicle, trip->hub, trip->place, trip->depart))
            return k;
    }
    return -1;
}

static void judge(freezing *f, const ab_trips *trips, int32_t i)
{
    ab_held *held = &f->before->held[i];
    bool stripped;
    if (held->previous < 0)
        return;
    const ab_previous_trip *trip = trip_of(f, i);
    int32_t decided = decided_by(f, trip);
    if (decided >= 0) {
        held->hold = AB_HOLD_DECIDED;
    } else if (!is_offered(f, trips, trip, &stripped)) {
        held->hold = AB_HOLD_REFUSED;
        held->why = say_refusal(f, refusal_of(trips, trip), stripped);
        f->failed = f->failed || !held->why;
    } else if (held->was_frozen && held->hold != AB_HOLD_THAWED) {
        held->hold = AB_HOLD_FROZEN;
    }
}

static bool index_offers(freezing *f, const ab_trips *trips)
{
    f->first_offer = AB_NEW(f->before->arena, int32_t, trips->kind_count + 1);
    for (int32_t k = 0, o = 0; f->first_offer && k <= trips->kind_count; k++) {
        f->first_offer[k] = o;
        while (o < trips->offer_count && trips->offer[o].kind == k)
            o++;
    }
    return f->first_offer != NULL;
}

static ab_status judge_all(freezing *f, ab_error *err)
{
    ab_access *access = NULL;
    ab_routes *routes = NULL;
    ab_trips *trips = NULL;
    ab_status status = ab_access_make(f->op, &access, err);
    if (status == AB_OK)
        status = ab_routes_make(f->op, &routes, err);
    if (status == AB_OK)
        status = ab_trips_make(f->op, access, routes, NULL, &trips, err);
    if (status == AB_OK && !index_offers(f, trips))
        f->failed = true;
    for (int32_t i = 0; i < row_count(f) && status == AB_OK && !f->failed; i++)
        judge(f, trips, i);
    ab_trips_free(trips);
    ab_routes_free(routes);
    ab_access_free(access);
    return status;
}

/* ---- By hand ----------------------------------------------------------------------------------------------- */

static ab_status thaw_one(freezing *f, const char *id, size_t size, ab_error *err)
{
    for (int32_t i = 0; i < row_count(f); i++) {
        ab_held *held = &f->before->held[i];
        if (strlen(row(f, i)->id) != size || strncmp(row(f, i)->id, id, size) != 0)
            continue;
        if (!held->was_frozen)
            return ab_fail(err, AB_USAGE, "--thaw: trip %s of the plan before is not frozen", row(f, i)->id);
        if (held->previous >= 0) {
            held->hold = AB_HOLD_THAWED;
            held->why = "let go by hand";
        }
        return AB_OK;
    }
    return ab_fail(err, AB_USAGE, "--thaw: the plan before has no trip \"%.*s\"", (int)size, id);
}

static ab_status thaw_all(freezing *f, const char *list, ab_error *err)
{
    ab_status status = AB_OK;
    for (const char *word = list; word && *word && status == AB_OK;) {
        size_t size = strcspn(word, ", ");
        if (size > 0)
            status = thaw_one(f, word, size, err);
        word += size;
        word += strspn(word, ", ");
    }
    return status;
}

/* ---- Commitments ------------------------------------------------------------------------------------------- */

/* A day of departure as commitments name it. */
static ab_time day_of(const ab_operation *op, int32_t t)
{
    ab_time start = ab_period_start(op, t), middle = start + (ab_period_start(op, t + 1) - start) / 2;
    ab_time local = middle + (ab_time)llround(op->settings->utc_offset_s);
    return local - ((local % 86400) + 86400) % 86400;
}

static bool is_one_commitment(const freezing *f, int32_t i, int32_t j)
{
    const ab_held *a = &f->before->held[i], *b = &f->before->held[j];
    if (a->hold != b->hold || b->previous < 0)
        return false;
    const ab_previous_trip *x = trip_of(f, i), *y = trip_of(f, j);
    return x->vehicle == y->vehicle && x->hub == y->hub && x->place == y->place && day_of(f->op, x->depart) == day_of(f->op, y->depart);
}

static bool is_taken(const freezing *f, const char *id)
{
    for (int32_t i = 0; i < f->op->commitments.count; i++)
        if (strcmp(f->op->commitments.at[i].id, id) == 0)
            return true;
    for (int32_t i = 0; i < f->made.count; i++)
        if (f->made.at[i].id && strcmp(f->made.at[i].id, id) == 0)
            return true;
    return false;
}

/* `wanted`, or with a number behind it where a commitment has that id. */
static const char *free_id(freezing *f, const char *wanted)
{
    const char *id = wanted;
    for (int n = 2; id && is_taken(f, id); n++)
        id = ab__arena_printf(f->before->arena, "%s.%d", wanted, n);
    return id;
}

static void give(ab_commitment *c, int column)
{
    c->head.given |= UINT64_C(1) << column;
}

/* The row without figures. `suffix`: "" or what it is of. */
static ab_commitment *add_row(freezing *f, int32_t i, ab_lock lock, const char *suffix)
{
    ab_arena *arena = f->before->arena;
    const ab_previous_trip *trip = trip_of(f, i);
    const char *prefix = lock == AB_LOCK_FIXED ? AB_FROZEN_PREFIX : AB_THAWED_PREFIX;
    const char *id = free_id(f, ab__arena_printf(arena, "%s%s%s", prefix, row(f, i)->id, suffix));
    const char *reason = ab__arena_printf(arena, "trip %s of the plan before (input %.12s)", row(f, i)->id, f->before->digest);
    ab_commitment *c = AB_PUSH(&f->made);
    if (!id || !reason || !c) {
        f->failed = true;
        return NULL;
    }
    *c = (ab_commitment){.id = id,
                         .lock = (int32_t)lock,
                         .state = AB_PROGRESS_NOTIFIED,
                         .date = day_of(f->op, trip->depart),
                         .vehicle = trip->vehicle,
                         .hub = trip->hub,
                         .place = trip->place,
                         .commodity = -1,
                         .mass_kg = NAN,
                         .trips = -1,
                         .decided_by = AB_PLAN_BEFORE,
                         .reason = reason,
                         .source = "",
                         .note = ""};
    static const int given[] = {AB_COL_commitment_id,      AB_COL_commitment_lock,       AB_COL_commitment_state,
                                AB_COL_commitment_date,    AB_COL_commitment_vehicle,    AB_COL_commitment_hub,
                                AB_COL_commitment_place,   AB_COL_commitment_decided_by, AB_COL_commitment_reason};
    for (size_t k = 0; k < sizeof given / sizeof *given; k++)
        give(c, given[k]);
    return c;
}

static void set_trips(ab_commitment *c, int64_t trips)
{
    if (!c)
        return;
    c->trips = trips;
    give(c, AB_COL_commitment_trips);
}

/* Sums of the trips that are one commitment with trip i, i among them. */
static int64_t vehicles_of(const freezing *f, int32_t i)
{
    int64_t vehicles = 0;
    for (int32_t j = i; j < row_count(f); j++)
        if (is_one_commitment(f, i, j))
            vehicles += trip_of(f, j)->vehicles;
    return vehicles;
}

static double mass_of(const freezing *f, int32_t i, int32_t commodity)
{
    double kg = 0;
    for (int32_t j = i; j < row_count(f); j++) {
        for (int32_t k = 0; is_one_commitment(f, i, j) && k < trip_of(f, j)->load_count; k++) {
            const ab_previous_load *load = &f->before->previous.load[trip_of(f, j)->first_load + k];
            kg += load->commodity == commodity ? load->mass_kg : 0;
        }
    }
    return kg;
}

/* A row for each good; the first has the vehicles too. */
static void freeze(freezing *f, int32_t i)
{
    bool first = true;
    for (int32_t c = 0; c < f->op->commodities.count && !f->failed; c++) {
        double kg = mass_of(f, i, c);
        if (!(kg > 0))
            continue;
        const char *suffix = first ? "" : ab__arena_printf(f->before->arena, ".%s", f->op->commodities.at[c].id);
        ab_commitment *made = suffix ? add_row(f, i, AB_LOCK_FIXED, suffix) : NULL;
        if (!made) {
            f->failed = true;
            return;
        }
        if (first)
            set_trips(made, vehicles_of(f, i));
        made->commodity = c;
        made->mass_kg = kg;
        give(made, AB_COL_commitment_commodity);
        give(made, AB_COL_commitment_mass_kg);
        first = false;
    }
}

static bool is_first_of_its_commitment(const freezing *f, int32_t i)
{
    for (int32_t j = 0; j < i; j++)
        if (f->before->held[j].previous >= 0 && is_one_commitment(f, j, i))
            return false;
    return true;
}

static void commit(freezing *f, int32_t i)
{
    ab_hold hold = f->before->held[i].hold;
    bool counts = f->before->held[i].previous >= 0 && (hold == AB_HOLD_FROZEN || hold == AB_HOLD_THAWED);
    if (!counts || !is_first_of_its_commitment(f, i))
        return;
    if (hold == AB_HOLD_FROZEN)
        freeze(f, i);
    else
        set_trips(add_row(f, i, AB_LOCK_AT_MOST, ""), vehicles_of(f, i));
}

ab_status ab__before_freeze(ab_before *before, const ab_operation *op, const char *thaw, ab_error *err)
{
    freezing f = {.before = before, .op = op};
    ab_status status = thaw_all(&f, thaw, err);
    if (status == AB_OK)
        status = judge_all(&f, err);
    for (int32_t i = 0; i < row_count(&f) && status == AB_OK && !f.failed; i++)
        commit(&f, i);
    if (status == AB_OK && f.failed)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was frozen");
    if (status == AB_OK)
        status = ab_operation_freeze(op, f.made.at, f.made.count, ab__frozen_until(op), &before->op, err);
    AB_VEC_FREE(&f.made);
    return status;
}
