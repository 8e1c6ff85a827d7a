/* How each place can be reached: for each means the best offer of each period, or the reason why there is
 * none, joined to spans that say the same. */
#include <math.h>

#include "flow/access.h"

/* Chances that differ by less are the same. */
static const double SAME_PROB = 1e-9;

/* One place and means in one period. */
typedef struct ab_reach {
    const ab_offer *offer;     /* the surest that departs; NULL: none */
    const ab_refusal *refusal; /* the surest of those refused; NULL: none */
} ab_reach;

/* The surer, and of two alike the one that is there sooner. */
static void better_offer(ab_reach *reach, const ab_stages *stages, const ab_offer *offer)
{
    const ab_offer *best = reach->offer;
    double more = best ? offer->arrival.mean - best->arrival.mean : 1;

    if (more > SAME_PROB || (more > -SAME_PROB && stages->trips->kind[offer->kind].out_s <
                                                      stages->trips->kind[best->kind].out_s))
        reach->offer = offer;
}

static void better_refusal(ab_reach *reach, const ab_refusal *refusal)
{
    if (!reach->refusal || refusal->arrival.mean > reach->refusal->arrival.mean)
        reach->refusal = refusal;
}

/* Fills [place][means][period]. */
static void gather(ab_reach *reach, const ab_stages *stages)
{
    const ab_trips *trips = stages->trips;
    int32_t periods = stages->op->period_count;

    for (int32_t i = 0; i < trips->offer_count; i++) {
        const ab_offer *offer = &trips->offer[i];
        const ab_trip_kind *kind = &trips->kind[offer->kind];
        better_offer(
            &reach[(kind->place * (int32_t)ab_means_count + (int32_t)kind->means) * periods +
                   offer->depart],
            stages, offer);
    }
    for (int32_t i = 0; i < trips->refusal_count; i++) {
        const ab_refusal *refusal = &trips->refusal[i];
        for (int32_t t = refusal->from; t < refusal->until && t < periods; t++)
            better_refusal(
                &reach[(refusal->place * (int32_t)ab_means_count + (int32_t)refusal->means) *
                           periods +
                       t],
                refusal);
    }
}

static bool says_the_same(const ab_reach *a, const ab_reach *b)
{
    if (!a->offer != !b->offer)
        return false;
    if (a->offer)
        return a->offer->kind == b->offer->kind && a->offer->evidence == b->offer->evidence;
    return a->refusal == b->refusal;
}

static int32_t nearest_hub(const ab_stages *stages, int32_t place)
{
    const ab_routes *routes = stages->routes;
    int32_t best = 0;

    for (int32_t h = 1; h < routes->hub_count; h++)
        if (routes->air_m[h * routes->place_count + place] <
            routes->air_m[best * routes->place_count + place])
            best = h;
    return best;
}

/* The way of an offer or a refused kind; where no kind exists, straight from the nearest hub. */
static void describe_way(ab_reach_row *row, ab_arena *arena, const ab_stages *stages, int32_t place,
                         int32_t kind)
{
    const ab_operation *op = stages->op;

    if (kind >= 0) {
        const ab_trip_kind *k = &stages->trips->kind[kind];
        row->hub = op->hubs.at[k->hub].id;
        row->distance_m = k->distance_m;
        row->vehicle = op->vehicles.at[k->vehicle].id;
        /* under way; before that half of the turn-round is loading (trips.md) */
        row->duration_s = k->out_s - op->vehicles.at[k->vehicle].turnround_s / 2;
        row->way = ab__way_word(stages, k);
        row->shape = ab__shape_way(arena, stages, k);
        return;
    }
    int32_t hub = nearest_hub(stages, place);
    const double ends[4] = {op->hubs.at[hub].lon_deg, op->hubs.at[hub].lat_deg,
                            op->places.at[place].lon_deg, op->places.at[place].lat_deg};
    row->hub = row->vehicle = row->way = "";
    row->distance_m = row->duration_s = NAN;
    row->shape = ab__shape_line(arena, ends, 2);
}

static bool wants_leave(ab_reason reason)
{
    return reason == AB_REASON_NO_PERMISSION || reason == AB_REASON_NO_ANSWER;
}

/* Whose signature is missing for what is refused; NULL: out of memory. */
static const char *missing_of(ab_arena *arena, const ab_stages *stages, const ab_refusal *refusal, int32_t t)
{
    const ab__shown shown = {stages->op, stages->access, arena, ab_record_now(stages->op), t};
    return wants_leave(refusal->reason) ? ab__missing_leave(&shown, ab_access_place(stages->access, refusal->place, refusal->means, t))
                                        : "";
}

static bool fill_row(ab_reach_row *row, ab_arena *arena, const ab_stages *stages,
                     const ab_reach *reach, int32_t from, int32_t until)
{
    const ab_operation *op = stages->op;
    const ab_reach *first = &reach[from];
    int32_t place =
        first->offer ? stages->trips->kind[first->offer->kind].place : first->refusal->place;
    ab_chance sum = {0, 0, 0};

    row->place = op->places.at[place].id;
    row->from = ab_period_start(op, from);
    row->until = ab_period_start(op, until);
    row->offered = first->offer != NULL;
    row->reason = row->because = row->missing = "";
    for (int32_t t = from; t < until; t++) {
        const ab_chance *chance =
            reach[t].offer ? &reach[t].offer->arrival : &reach[t].refusal->arrival;
        sum.mean += chance->mean;
        sum.low += chance->low;
        sum.high += chance->high;
    }
    row->arrival_prob = sum.mean / (until - from);
    row->arrival_prob_low = sum.low / (until - from);
    row->arrival_prob_high = sum.high / (until - from);
    if (first->offer) {
        row->means = ab_codes_means.codes[stages->trips->kind[first->offer->kind].means].word;
        describe_way(row, arena, stages, place, first->offer->kind);
        row->because = ab__refs_text(
            arena, op, ab_access_evidence(stages->access, first->offer->evidence), UINT32_MAX);
    } else {
        row->means = ab_codes_means.codes[first->refusal->means].word;
        describe_way(row, arena, stages, place, first->refusal->kind);
        row->reason = ab_codes_reason.codes[first->refusal->reason].word;
        row->because = ab__refs_text(arena, op, (ab_refs){1, &first->refusal->because}, UINT32_MAX);
        row->missing = missing_of(arena, stages, first->refusal, from);
    }
    return row->because && row->missing && row->shape.kind != AB_SHAPE_NONE;
}

/* Rows of one place and means into `rows`. */
static bool add_spans(ab_result *result, const ab_stages *stages, const ab_reach *reach,
                      ab_reach_row *rows, int32_t *count)
{
    int32_t periods = stages->op->period_count;

    for (int32_t from = 0; from < periods;) {
        int32_t until = from + 1;
        while (until < periods && says_the_same(&reach[from], &reach[until]))
            until++;
        if (reach[from].offer || reach[from].refusal) {
            if (!fill_row(&rows[*count], result->arena, stages, reach, from, until))
                return false;
            (*count)++;
        }
        from = until;
    }
    return true;
}

bool ab__table_reach(ab_result *result, const ab_stages *stages)
{
    int32_t periods = stages->op->period_count;
    int32_t series = stages->op->places.count * (int32_t)ab_means_count;
    ab_reach *reach = AB_NEW(result->arena, ab_reach, (int64_t)series * periods);
    ab_reach_row *rows = AB_NEW(result->arena, ab_reach_row, (int64_t)series * periods);
    int32_t count = 0;

    if (!reach || !rows)
        return false;
    gather(reach, stages);
    for (int32_t s = 0; s < series; s++)
        if (!add_spans(result, stages, &reach[(int64_t)s * periods], rows, &count))
            return false;
    result->rows[AB_TABLE_reach] = (ab_rows){rows, count};
    return true;
}
