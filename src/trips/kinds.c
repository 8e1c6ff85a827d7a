#include <math.h>

#include "base/arena.h"
#include "trips/build.h"

enum { PLACE_MEANS = AB_MEANS_LINK };

/* What stands between a place and some means, the least telling first. */
typedef enum obstacle {
    NO_SUCH_VEHICLE, /* nothing in the fleet goes by these means */
    NO_WAY,          /* no runway, drop zone or path for any that does */
    DOES_NOT_FIT,    /* range, duty, runway of the hub, load */
    FOUND
} obstacle;

typedef struct finding {
    obstacle obstacle;
    ab_ref because;
} finding;

typedef struct search {
    ab__trip_lists *lists;
    finding *finding; /* [place * PLACE_MEANS + means] */
    bool failed;      /* out of memory */
} search;

static void note(search *s, int32_t place, ab_means means, obstacle found, ab_ref because)
{
    finding *f = &s->finding[place * PLACE_MEANS + (int32_t)means];
    if (found > f->obstacle) {
        *f = (finding){found, because};
    }
}

/* ---- Parts of a kind ---- */

/* Commodities one package of which can be carried at all. */
static uint64_t carried(const ab_operation *op, double most_kg, double most_m3,
                        const ab_dropsystem *system)
{
    uint64_t bits = 0;
    for (int32_t c = 0; c < op->commodities.count && c < 64; c++) {
        const ab_commodity *commodity = &op->commodities.at[c];
        bool survives = system == NULL || (commodity->drop >> system->kind & 1) != 0;
        /* Comparisons that are false where the package's size is not known. */
        bool too_big = commodity->package_kg > most_kg || commodity->package_m3 > most_m3;
        bits |= survives && !too_big ? (uint64_t)1 << c : 0;
    }
    return bits;
}

static double volume_m3(const ab_vehicle *vehicle)
{
    return isnan(vehicle->payload_m3) ? INFINITY : vehicle->payload_m3;
}

/* Full load as far as payload_full_range, none at ferry_range, in proportion between. */
static double payload_over_kg(const ab_vehicle *vehicle, double distance_m)
{
    double full_m = vehicle->payload_full_range_m, ferry_m = vehicle->ferry_range_m;
    if (isnan(full_m)) {
        full_m = isnan(ferry_m) ? INFINITY : ferry_m;
    }
    if (isnan(ferry_m) || ferry_m < full_m) {
        ferry_m = full_m;
    }
    if (distance_m <= full_m) {
        return vehicle->payload_kg;
    }
    return distance_m < ferry_m ? vehicle->payload_kg * (ferry_m - distance_m) / (ferry_m - full_m)
                                : 0;
}

static void set_times(ab_trip_kind *kind, const ab_vehicle *vehicle, double one_way_s)
{
    /* Half of the turn-round is loading, before departure. */
    kind->out_s = vehicle->turnround_s / 2 + one_way_s;
    kind->cycle_s = vehicle->turnround_s + 2 * one_way_s;
    kind->usd = vehicle->usd_per_s * 2 * one_way_s;
}

static ab_trip_kind start_kind(int32_t vehicle, int32_t hub, int32_t place, ab_means means)
{
    return (ab_trip_kind){.means = means,
                          .vehicle = vehicle,
                          .hub = hub,
                          .place = place,
                          .path = -1,
                          .dropzone = -1,
                          .dropsystem = -1};
}

/* Adds the kind if it carries anything. */
static void add(search *s, const ab_trip_kind *kind)
{
    ab_ref vehicle = {AB_TABLE_vehicles, kind->vehicle};
    if (kind->commodities == 0) {
        note(s, kind->place, kind->means, DOES_NOT_FIT, vehicle);
        return;
    }
    note(s, kind->place, kind->means, FOUND, vehicle);
    ab_trip_kind *added = AB_PUSH(&s->lists->kinds);
    if (added == NULL) {
        s->failed = true;
        return;
    }
    *added = *kind;
}

/* ---- By road ---- */

static void add_road_kinds(search *s, int32_t v)
{
    const ab_operation *op = s->lists->op;
    const ab_vehicle *vehicle = &op->vehicles.at[v];
    for (int32_t i = 0; i < s->lists->routes->path_count; i++) {
        const ab_path *path = &s->lists->routes->path[i];
        if (path->hub != vehicle->base) {
            continue;
        }
        ab_trip_kind kind = start_kind(v, path->hub, path->place, AB_MEANS_ROAD);
        kind.path = i;
        kind.payload_kg = vehicle->payload_kg;
        kind.payload_m3 = volume_m3(vehicle);
        kind.distance_m = path->distance_m;
        /* The path's time is by the roads' speeds; a slower vehicle needs its own. */
        set_times(&kind, vehicle, fmax(path->duration_s, path->distance_m / vehicle->speed_mps));
        bool works = vehicle->duty_s_per_day > 0;
        kind.commodities = works ? carried(op, kind.payload_kg, kind.payload_m3, NULL) : 0;
        add(s, &kind);
    }
}

/* ---- By air ---- */

/* Length, times and payload of a flight out and back without fuel at the place. false: out of range, or
 * more than a day's duty. */
static bool fly(search *s, ab_trip_kind *kind)
{
    const ab_operation *op = s->lists->op;
    const ab_vehicle *vehicle = &op->vehicles.at[kind->vehicle];
    size_t pair = (size_t)kind->hub * (size_t)op->places.count + (size_t)kind->place;
    kind->distance_m = s->lists->routes->air_m[pair];
    /* Without fuel at the place what is needed for the way back is carried there; a drop turns round in the air. */
    bool refuels = kind->means != AB_MEANS_AIRDROP && op->places.at[kind->place].fuel > 0;
    kind->payload_kg = payload_over_kg(vehicle, (refuels ? 1 : 2) * kind->distance_m);
    kind->payload_m3 = volume_m3(vehicle);
    set_times(kind, vehicle, kind->distance_m / vehicle->speed_mps);
    const ab_hub *hub = &op->hubs.at[kind->hub];
    bool takes_off = !(hub->runway_m < vehicle->runway_needed_m) ||
                     kind->means == AB_MEANS_HELICOPTER; /* unknown lengths are taken as enough */
    bool fuelled = op->hubs.at[kind->hub].fuel != 0; /* not known: taken as yes */
    return takes_off && fuelled && kind->payload_kg > 0 && kind->cycle_s <= vehicle->duty_s_per_day;
}

static void add_landing_kind(search *s, int32_t v, int32_t place, ab_means means)
{
    const ab_operation *op = s->lists->op;
    const ab_vehicle *vehicle = &op->vehicles.at[v];
    ab_trip_kind kind = start_kind(v, vehicle->base, place, means);
    bool lands =
        means == AB_MEANS_HELICOPTER || op->places.at[place].runway_m >= vehicle->runway_needed_m;
    if (!lands) {
        note(s, place, means, NO_WAY, (ab_ref){AB_TABLE_places, place});
    } else if (!fly(s, &kind)) {
        note(s, place, means, DOES_NOT_FIT, (ab_ref){AB_TABLE_vehicles, v});
    } else {
        kind.commodities = carried(op, kind.payload_kg, kind.payload_m3, NULL);
        add(s, &kind);
    }
}

static void add_drop_kind(search *s, ab_trip_kind kind)
{
    const ab_operation *op = s->lists->op;
    const ab_vehicle *vehicle = &op->vehicles.at[kind.vehicle];
    const ab_dropsystem *system = &op->dropsystems.at[kind.dropsystem];
    ab_ref because = {AB_TABLE_vehicles, kind.vehicle};
    if (!fly(s, &kind) ||
        !ab__drop_loads(vehicle, system, kind.payload_kg, &kind.loads, &kind.load_kg)) {
        note(s, kind.place, kind.means, DOES_NOT_FIT, because);
        return;
    }
    kind.payload_kg = kind.loads * kind.load_kg;
    kind.usd_per_load = system->usd_each;
    kind.commodities = carried(op, kind.load_kg, kind.payload_m3, system);
    add(s, &kind);
}

static void add_drop_kinds(search *s, int32_t v, int32_t place)
{
    const ab_operation *op = s->lists->op;
    note(s, place, AB_MEANS_AIRDROP, NO_WAY, (ab_ref){AB_TABLE_places, place});
    for (int32_t z = 0; z < op->dropzones.count; z++) {
        if (op->dropzones.at[z].place != place) {
            continue;
        }
        note(s, place, AB_MEANS_AIRDROP, DOES_NOT_FIT, (ab_ref){AB_TABLE_vehicles, v});
        for (int32_t d = 0; d < op->dropsystems.count; d++) {
            ab_trip_kind kind = start_kind(v, op->vehicles.at[v].base, place, AB_MEANS_AIRDROP);
            kind.dropzone = z;
            kind.dropsystem = d;
            add_drop_kind(s, kind);
        }
    }
}

static void add_air_kinds(search *s, int32_t v)
{
    const ab_operation *op = s->lists->op;
    const ab_vehicle *vehicle = &op->vehicles.at[v];
    bool lands = vehicle->mode == AB_MODE_AIR && !isnan(vehicle->runway_needed_m);
    bool drops = vehicle->mode == AB_MODE_AIR && !isnan(vehicle->drop_speed_mps);
    for (int32_t p = 0; p < op->places.count; p++) {
        if (lands) {
            add_landing_kind(s, v, p, AB_MEANS_AIRLIFT);
        }
        if (drops) {
            add_drop_kinds(s, v, p);
        }
        if (vehicle->mode == AB_MODE_HELICOPTER) {
            add_landing_kind(s, v, p, AB_MEANS_HELICOPTER);
        }
    }
}

/* ---- Places that no kind reaches ---- */

static bool has_path(const ab_routes *routes, int32_t place)
{
    for (int32_t i = 0; i < routes->path_count; i++) {
        if (routes->path[i].place == place) {
            return true;
        }
    }
    return false;
}

/* By road the answer is always wanted; by air only from those who have aircraft. */
static void refuse(search *s, int32_t place, ab_means means)
{
    const finding *f = &s->finding[place * PLACE_MEANS + (int32_t)means];
    bool by_road = means == AB_MEANS_ROAD;
    if (f->obstacle == FOUND || (f->obstacle == NO_SUCH_VEHICLE && !by_road)) {
        return;
    }
    bool no_way = by_road ? !has_path(s->lists->routes, place) : f->obstacle == NO_WAY;
    ab_ref here = {AB_TABLE_places, place}, none = {-1, -1};
    ab_refusal *refusal = AB_PUSH(&s->lists->refusals);
    if (refusal == NULL) {
        s->failed = true;
        return;
    }
    *refusal = (ab_refusal){.kind = -1,
                            .place = place,
                            .means = means,
                            .from = 0,
                            .until = s->lists->op->period_count,
                            .reason = no_way ? AB_REASON_NO_PATH : AB_REASON_NO_VEHICLE,
                            .because = no_way                        ? here
                                       : f->obstacle == DOES_NOT_FIT ? f->because
                                                                     : none,
                            .denied_by = none};
}

bool ab__trips_add_kinds(ab__trip_lists *lists)
{
    const ab_operation *op = lists->op;
    ab_arena *scratch = ab__arena_new();
    search s = {.lists = lists};
    s.finding =
        scratch != NULL ? AB_NEW(scratch, finding, (size_t)op->places.count * PLACE_MEANS) : NULL;
    s.failed = s.finding == NULL;
    for (int32_t v = 0; v < op->vehicles.count && !s.failed; v++) {
        const ab_vehicle *vehicle = &op->vehicles.at[v];
        if (vehicle->count < 1 || vehicle->base < 0) {
            continue;
        }
        if (vehicle->mode == AB_MODE_ROAD) {
            add_road_kinds(&s, v);
        } else {
            add_air_kinds(&s, v);
        }
    }
    for (int32_t p = 0; p < op->places.count && !s.failed; p++) {
        for (int32_t means = 0; means < PLACE_MEANS && !s.failed; means++) {
            refuse(&s, p, (ab_means)means);
        }
    }
    ab__arena_free(scratch);
    return !s.failed;
}
