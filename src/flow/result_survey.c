/* Which places could be served from the air at all: what drops would need of the ground, and how helicopters reach them. */
#include <math.h>

#include "base/arena.h"
#include "base/vec.h"
#include "flow/drops.h"

typedef struct filling {
    const ab_operation *op;
    ab_arena *arena;
    AB_VEC(ab_air_place_row) row;
} filling;

/* `vehicle` -1: none. What a row says nothing of is empty text: a text of a result is never NULL. */
static ab_air_place_row *new_row(filling *in, int32_t place, ab_means means, int32_t vehicle)
{
    ab_air_place_row *row = AB_PUSH(&in->row);
    if (row)
        *row = (ab_air_place_row){.place = in->op->places.at[place].id,
                                  .means = ab_codes_means.codes[means].word,
                                  .vehicle = vehicle >= 0 ? in->op->vehicles.at[vehicle].id : "",
                                  .dropsystem = "", .dropzone = "", .verdict = "", .reason = "",
                                  .release_agl_m = NAN, .length_m = NAN, .width_m = NAN, .free_m = NAN, .wind_rms_mps = NAN,
                                  .inside_prob = NAN};
    return row;
}

static bool add_chance(filling *in, const ab_drop_chance *chance)
{
    static const char *const verdicts[] = {"possible", "not possible", "not known"};
    ab_air_place_row *row = new_row(in, chance->place, AB_MEANS_AIRDROP, chance->vehicle);
    if (!row)
        return false;
    row->dropsystem = in->op->dropsystems.at[chance->system].id;
    row->dropzone = chance->zone >= 0 ? in->op->dropzones.at[chance->zone].id : "";
    row->release_agl_m = chance->release_agl_m;
    row->length_m = chance->length_m > 0 ? chance->length_m : NAN;
    row->width_m = chance->width_m > 0 ? chance->width_m : NAN;
    row->wind_rms_mps = chance->wind_rms_mps > 0 ? chance->wind_rms_mps : NAN;
    row->free_m = chance->free_m;
    row->inside_prob = chance->inside_prob;
    row->verdict = verdicts[chance->verdict];
    row->reason = ab__arena_text(in->arena, chance->text);
    return row->reason != NULL;
}

static bool is_asked(const ab_operation *op, int32_t place)
{
    return op->places.at[place].cut_off_since != AB_TIME_NONE;
}

/* The surest departure by helicopter of the class to the place; -1: none is offered. */
static int32_t surest_offer(const ab_trips *trips, int32_t vehicle, int32_t place)
{
    int32_t best = -1;
    for (int32_t o = 0; o < trips->offer_count; o++) {
        const ab_trip_kind *kind = &trips->kind[trips->offer[o].kind];
        bool fits = kind->means == AB_MEANS_HELICOPTER && kind->vehicle == vehicle && kind->place == place;
        if (fits && (best < 0 || trips->offer[o].arrival.mean > trips->offer[best].arrival.mean))
            best = o;
    }
    return best;
}

static const ab_refusal *surest_refusal(const ab_trips *trips, int32_t vehicle, int32_t place)
{
    const ab_refusal *best = NULL;
    for (int32_t i = 0; i < trips->refusal_count; i++) {
        const ab_refusal *r = &trips->refusal[i];
        bool fits = r->means == AB_MEANS_HELICOPTER && r->place == place && (r->kind < 0 || trips->kind[r->kind].vehicle == vehicle);
        if (fits && (!best || r->arrival.mean > best->arrival.mean))
            best = r;
    }
    return best;
}

static bool add_helicopter(filling *in, const ab_trips *trips, int32_t vehicle, int32_t place)
{
    int32_t offer = surest_offer(trips, vehicle, place);
    const ab_refusal *refusal = offer < 0 ? surest_refusal(trips, vehicle, place) : NULL;
    ab_air_place_row *row = new_row(in, place, AB_MEANS_HELICOPTER, vehicle);
    if (!row)
        return false;
    if (offer >= 0) {
        const ab_trip_kind *kind = &trips->kind[trips->offer[offer].kind];
        row->verdict = "possible";
        row->reason = ab__arena_printf(in->arena, "%.1f t a flight from %s, %.0f km; chance to arrive %.0f %%", kind->payload_kg / 1000,
                                       in->op->hubs.at[kind->hub].id, kind->distance_m / 1000, 100 * trips->offer[offer].arrival.mean);
    } else {
        row->verdict = "not possible";
        row->reason = refusal ? ab__arena_printf(in->arena, "%s: %s", ab_codes_reason.codes[refusal->reason].word,
                                                 ab_codes_reason.codes[refusal->reason].meaning)
                              : "it does not reach there, or there is nothing to bring";
    }
    return row->reason != NULL;
}

static bool flies_helicopters(const ab_operation *op)
{
    for (int32_t v = 0; v < op->vehicles.count; v++)
        if (op->vehicles.at[v].mode == AB_MODE_HELICOPTER)
            return true;
    return false;
}

/* Whoever is asked "why not low, why not by helicopter?" should not have to look for the answer. */
static bool add_none(filling *in, int32_t place, ab_means means, const char *reason)
{
    ab_air_place_row *row = new_row(in, place, means, -1);
    if (row) {
        row->verdict = "not possible";
        row->reason = reason;
    }
    return row != NULL;
}

/* Can anything that flies be let go over the place's ground in that range of heights? */
static bool drops_between(const ab_operation *op, double from_agl_m, double until_agl_m)
{
    for (int32_t d = 0; d < op->dropsystems.count; d++) {
        const ab_dropsystem *system = &op->dropsystems.at[d];
        bool fits = !(system->release_min_agl_m > until_agl_m) && !(system->release_max_agl_m < from_agl_m);
        for (int32_t v = 0; fits && v < op->vehicles.count; v++)
            if (op->vehicles.at[v].drop_speed_mps > 0 && !(op->vehicles.at[v].drop_speed_mps > system->airspeed_max_mps))
                return true;
    }
    return false;
}

/* What the operation cannot do at any place, and why. */
static bool add_lacks(filling *in, int32_t place)
{
    const ab_operation *op = in->op;
    return (drops_between(op, 3000, INFINITY) ||
            add_none(in, place, AB_MEANS_AIRDROP, "from high up (3,000 m or more): no system in dropsystems may be let go there by any aircraft")) &&
           (drops_between(op, 0, 1000) ||
            add_none(in, place, AB_MEANS_AIRDROP, "from low down (1,000 m or less): no system in dropsystems may be let go there by any aircraft")) &&
           (flies_helicopters(op) || add_none(in, place, AB_MEANS_HELICOPTER, "no helicopter stands in the table vehicles"));
}

static bool add_all(filling *in, const ab_drop_survey *survey, const ab_trips *trips)
{
    bool room = true;
    for (int32_t p = 0; p < in->op->places.count && room; p++)
        room = !is_asked(in->op, p) || add_lacks(in, p);
    for (int32_t i = 0; i < survey->count && room; i++)
        room = add_chance(in, &survey->row[i]);
    for (int32_t p = 0; p < in->op->places.count; p++)
        for (int32_t v = 0; is_asked(in->op, p) && v < in->op->vehicles.count && room; v++)
            if (in->op->vehicles.at[v].mode == AB_MODE_HELICOPTER)
                room = add_helicopter(in, trips, v, p);
    return room;
}

bool ab__table_survey(ab_result *result, const ab_operation *op, const ab_drop_survey *survey, const ab_trips *trips)
{
    filling in = {.op = op, .arena = result->arena};
    bool failed = !add_all(&in, survey, trips);
    bool kept = ab__table_keep(result, AB_TABLE_air_places, in.row.at, in.row.count, sizeof *in.row.at, failed);
    AB_VEC_FREE(&in.row);
    return kept;
}
