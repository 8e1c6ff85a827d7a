/* Where a trip goes, how far, how long, with how much: worked out anew from positions, roads and vehicles
 * (docs/models/route.md, trips.md). */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "geo/geodesic.h"
#include "schema/convert.h"
#include "verify/prover.h"

/* Where a hub or place joins a road its leg is measured about the point, to a thousandth (geo/geodesic.h). */
static const double ROAD_FRAC = 1e-3, AIR_FRAC = 1e-6;
static const double LEG_MPS = 15 / 3.6;
/* Roads whose vertices lie nearer than this meet; and a point that far from a road lies on it. */
static const double MEET_M = 30, ON_ROAD_M = 1;

/* ---- Roads ---- */

typedef struct road_names {
    ab_prover *prover;
    int32_t *road;
    int32_t count;
    ab_where where;
} road_names;

static bool add_road(void *context, const char *part, size_t size)
{
    road_names *names = context;
    ab_data data = ab_operation_data(names->prover->op);
    const char *id = ab__arena_text_n(names->prover->arena, part, size);
    int32_t row = id ? ab__row_find(&data, AB_TABLE_roads, id) : -1;

    names->prover->failed = names->prover->failed || !id;
    if (id)
        ab__prove_fact(names->prover, AB_PROVE_NAMES, row >= 0, &names->where, id, "the id of a road");
    if (row >= 0)
        names->road[names->count++] = row;
    return true;
}

static void read_roads(ab_prover *prover, ab_told_trip *trip)
{
    const char *text = trip->row->roads ? trip->row->roads : "";
    int32_t most = 1;

    for (const char *c = text; *c; c++)
        most += *c == ';';
    road_names names = {prover, AB_NEW(prover->arena, int32_t, most), 0,
                        ab__where_row("trip", trip->row->id, trip->row->depart)};
    if (!names.road) {
        prover->failed = true;
        return;
    }
    ab__text_split(text, add_road, &names);
    trip->road = names.road;
    trip->road_count = names.count;
}

static bool between(double value, double a, double b)
{
    static const double spare_deg = 1e-4;
    return value >= fmin(a, b) - spare_deg && value <= fmax(a, b) + spare_deg;
}

/* Does the step from `a` to `b` lie on the segment from `s`, and along it where the road is passed one way? */
static bool lies_on(const double *a, const double *b, const double *s, bool oneway)
{
    double along_a, along_b;

    if (!between(a[0], s[0], s[2]) || !between(a[1], s[1], s[3]) || !between(b[0], s[0], s[2]) ||
        !between(b[1], s[1], s[3]))
        return false;
    double most_m = ON_ROAD_M + ROAD_FRAC * ab__geodesic_m(s[0], s[1], s[2], s[3]);
    return ab__segment_m(a[0], a[1], s[0], s[1], s[2], s[3], &along_a) <= most_m &&
           ab__segment_m(b[0], b[1], s[0], s[1], s[2], s[3], &along_b) <= most_m && (!oneway || along_b > along_a);
}

static bool road_has(const ab_road *road, const double *a, const double *b)
{
    const ab_shape *shape = &road->shape;

    for (int32_t p = 0; p < shape->part_count; p++)
        for (int32_t v = shape->part_start[p]; v + 1 < shape->part_start[p + 1]; v++)
            if (lies_on(a, b, &shape->lon_lat_deg[2 * v], road->oneway == 1))
                return true;
    return false;
}

/* The greatest speed at which a road of the way bears the step; 0: none of them leads along it. */
static double speed_on_roads(const ab_prover *prover, const ab_told_trip *trip, const double *a, const double *b)
{
    const ab_operation *op = prover->op;
    double best = 0;

    for (int32_t r = 0; r < trip->road_count; r++) {
        const ab_road *road = &op->roads.at[trip->road[r]];
        if (road_has(road, a, b))
            best = fmax(best, ab__known_or(road->speed_mps, op->settings->road_speed_mps));
    }
    return best;
}

typedef struct measured {
    double length_m, duration_s;
    bool on_roads; /* but for the legs at its ends and where roads meet */
} measured;

static measured measure_line(const ab_prover *prover, const ab_told_trip *trip)
{
    const ab_shape *line = &trip->row->shape;
    const ab_settings *settings = prover->op->settings;
    int32_t points = line->part_start[1];
    measured way = {0, 0, true};

    for (int32_t i = 0; i + 1 < points; i++) {
        const double *a = &line->lon_lat_deg[2 * i], *b = a + 2;
        double length_m = ab__geodesic_m(a[0], a[1], b[0], b[1]);
        double speed_mps = speed_on_roads(prover, trip, a, b);
        bool leg = (i == 0 || i + 2 == points) && length_m <= settings->snap_m * (1 + ROAD_FRAC);
        if (!(speed_mps > 0)) {
            way.on_roads = way.on_roads && (leg || length_m <= MEET_M * (1 + ROAD_FRAC));
            speed_mps = leg ? fmin(LEG_MPS, settings->road_speed_mps) : LEG_MPS;
        }
        way.length_m += length_m;
        way.duration_s += length_m / speed_mps;
    }
    return way;
}

static bool is_at(const double *point, double lon_deg, double lat_deg)
{
    return fabs(point[0] - lon_deg) <= 1e-9 && fabs(point[1] - lat_deg) <= 1e-9;
}

/* Does the line lead from the hub to the place? */
static bool joins(const ab_prover *prover, const ab_told_trip *trip)
{
    const ab_shape *line = &trip->row->shape;
    const ab_hub *hub = &prover->op->hubs.at[trip->hub];
    const ab_place *place = &prover->op->places.at[trip->place];

    return line->kind == AB_SHAPE_LINE && line->part_count == 1 && line->part_start[1] >= 2 &&
           is_at(line->lon_lat_deg, hub->lon_deg, hub->lat_deg) &&
           is_at(&line->lon_lat_deg[2 * (line->part_start[1] - 1)], place->lon_deg, place->lat_deg);
}

static double straight_m(const ab_prover *prover, const ab_told_trip *trip)
{
    const ab_hub *hub = &prover->op->hubs.at[trip->hub];
    const ab_place *place = &prover->op->places.at[trip->place];

    return ab__geodesic_m(hub->lon_deg, hub->lat_deg, place->lon_deg, place->lat_deg);
}

static measured measure_road(ab_prover *prover, const ab_told_trip *trip)
{
    const ab_settings *settings = prover->op->settings;
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);
    measured way = {NAN, NAN, true};

    bool leads = joins(prover, trip);
    ab__prove_fact(prover, AB_PROVE_MEANS, leads, &where, "a line that does not lead from the hub to the place", "one that does");
    if (!leads)
        return way;
    if (trip->road_count == 0 && trip->row->shape.part_start[1] == 2) {
        way.length_m = straight_m(prover, trip) * settings->road_factor;
        way.duration_s = way.length_m / settings->road_speed_mps;
        return way;
    }
    way = measure_line(prover, trip);
    ab__prove_fact(prover, AB_PROVE_MEANS, way.on_roads, &where, "a way beside the roads that it names", "a way along them");
    return way;
}

/* ---- Times ---- */

double ab__rests(double work_s, double duty_s)
{
    return fmax(0, ceil(work_s / duty_s) - 1);
}

static int32_t arrives_in(const ab_prover *prover, const ab_told_trip *trip, double work_s)
{
    double duty_s = prover->op->vehicles.at[trip->vehicle].duty_s_per_day;
    double nights = ab__rests(work_s, duty_s), elapsed_s = nights * 86400 + work_s - nights * duty_s;

    return ab_period_of(prover->op, trip->row->depart + (ab_time)ceil(elapsed_s));
}

/* The told cycle, if it is right as far as lengths are known, else the one worked out. */
static void prove_times(ab_prover *prover, ab_told_trip *trip, double one_way_s, double frac)
{
    const ab_vehicle *vehicle = &prover->op->vehicles.at[trip->vehicle];
    double cycle_s = vehicle->turnround_s + 2 * one_way_s;
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);

    ab__prove_near(prover, AB_PROVE_WAY, "cycle", trip->row->cycle_s / 3600, cycle_s / 3600, frac, "h", &where);
    bool right = fabs(trip->row->cycle_s - cycle_s) <= frac * (3600 + cycle_s);
    trip->one_way_s = right ? (trip->row->cycle_s - vehicle->turnround_s) / 2 : one_way_s;
    double out_s = vehicle->turnround_s / 2 + trip->one_way_s;
    int32_t first = arrives_in(prover, trip, out_s * (1 - frac)), last = arrives_in(prover, trip, out_s * (1 + frac));
    ab__prove_fact(prover, AB_PROVE_TIMES, trip->arrive >= first && trip->arrive <= last, &where,
                   "an arrival in another period than the way takes", "the period in which it is received");
}

/* ---- What a flight lifts ---- */

/* Full as far as its range with a full load, none at its ferry range, in proportion between. */
static double payload_over_kg(const ab_vehicle *vehicle, double range_m)
{
    double ferry_m = ab__known_or(vehicle->ferry_range_m, vehicle->payload_full_range_m);
    double full_m = ab__known_or(vehicle->payload_full_range_m, vehicle->ferry_range_m);

    if (isnan(full_m) || range_m <= full_m)
        return vehicle->payload_kg;
    return range_m < ferry_m ? vehicle->payload_kg * (ferry_m - range_m) / (ferry_m - full_m) : 0;
}

/* As many containers as there are positions, fewer where they would be too light, each as heavy as may be. */
static void fill_containers(const ab_vehicle *vehicle, const ab_dropsystem *system, ab_told_trip *trip)
{
    bool positions = vehicle->pallets > 0 && system->kind != AB_DROP_FREE;
    double most = positions ? (double)vehicle->pallets : floor(trip->payload_kg / system->load_max_kg);

    if (system->load_min_kg > 0)
        most = fmin(most, floor(trip->payload_kg / system->load_min_kg));
    trip->containers = fmax(0, most);
    trip->container_kg = most >= 1 ? fmin(system->load_max_kg, trip->payload_kg / most) : 0;
}

static void prove_drop(ab_prover *prover, ab_told_trip *trip)
{
    const ab_operation *op = prover->op;
    const ab_vehicle *vehicle = &op->vehicles.at[trip->vehicle];
    const ab_dropsystem *system = &op->dropsystems.at[trip->dropsystem];
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);

    ab__prove_fact(prover, AB_PROVE_MEANS, op->dropzones.at[trip->dropzone].place == trip->place, &where,
                   op->dropzones.at[trip->dropzone].id, "a zone of the place");
    ab__prove_fact(prover, AB_PROVE_MEANS, !isnan(vehicle->drop_speed_mps), &where, vehicle->id, "an aircraft that drops");
    ab__prove_fact(prover, AB_PROVE_MEANS, !(vehicle->drop_speed_mps > system->airspeed_max_mps), &where, system->id,
                   "a system that bears the speed");
    fill_containers(vehicle, system, trip);
    trip->payload_kg = trip->containers * trip->container_kg;
}

static void prove_runways(ab_prover *prover, const ab_told_trip *trip)
{
    const ab_operation *op = prover->op;
    const ab_vehicle *vehicle = &op->vehicles.at[trip->vehicle];
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);
    bool lands = trip->means != AB_MEANS_AIRLIFT || op->places.at[trip->place].runway_m >= vehicle->runway_needed_m;
    bool leaves = trip->means == AB_MEANS_HELICOPTER || !(op->hubs.at[trip->hub].runway_m < vehicle->runway_needed_m);

    ab__prove_fact(prover, AB_PROVE_MEANS, lands, &where, "no runway there that is long enough", "one as long as it needs");
    ab__prove_fact(prover, AB_PROVE_MEANS, leaves, &where, "a runway at its base that is too short", "one as long as it needs");
}

static double known_range_m(const ab_vehicle *vehicle)
{
    double range_m = ab__known_or(vehicle->ferry_range_m, vehicle->payload_full_range_m);
    return ab__known_or(fmax(range_m, vehicle->payload_full_range_m), INFINITY);
}

/* Out and back on its own fuel, unless it lands where there is some. */
static void prove_flight(ab_prover *prover, ab_told_trip *trip)
{
    const ab_vehicle *vehicle = &prover->op->vehicles.at[trip->vehicle];
    double length_m = straight_m(prover, trip), one_way_s = length_m / vehicle->speed_mps;
    bool fuel = trip->means != AB_MEANS_AIRDROP && prover->op->places.at[trip->place].fuel == 1;
    double range_m = fuel ? length_m : 2 * length_m;
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);

    ab__prove_equal(prover, AB_PROVE_WAY, "distance", trip->row->distance_m / 1000, length_m / 1000, "km", &where);
    prove_times(prover, trip, one_way_s, AIR_FRAC);
    ab__prove_most(prover, AB_PROVE_RANGE, range_m / 1000, known_range_m(vehicle) / 1000, 0, "km", &where);
    ab__prove_most(prover, AB_PROVE_RANGE, (vehicle->turnround_s + 2 * one_way_s) / 3600,
                   vehicle->duty_s_per_day / 3600, 0, "h", &where);
    trip->payload_kg = payload_over_kg(vehicle, range_m);
    prove_runways(prover, trip);
    if (trip->means == AB_MEANS_AIRDROP)
        prove_drop(prover, trip);
}

static void prove_drive(ab_prover *prover, ab_told_trip *trip)
{
    const ab_vehicle *vehicle = &prover->op->vehicles.at[trip->vehicle];
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);

    trip->payload_kg = vehicle->payload_kg;
    read_roads(prover, trip);
    measured way = measure_road(prover, trip);
    ab__prove_near(prover, AB_PROVE_WAY, "distance", trip->row->distance_m / 1000, way.length_m / 1000, ROAD_FRAC, "km",
                   &where);
    double one_way_s = fmax(way.duration_s, way.length_m / vehicle->speed_mps);
    if (isnan(one_way_s)) /* no way is drawn, which was told: no faster than the vehicle goes straight there */
        one_way_s = straight_m(prover, trip) / vehicle->speed_mps;
    prove_times(prover, trip, one_way_s, ROAD_FRAC);
}

/* ---- Means ---- */

static int32_t mode_of(int32_t means)
{
    return means == AB_MEANS_ROAD         ? AB_MODE_ROAD
           : means == AB_MEANS_HELICOPTER ? AB_MODE_HELICOPTER
                                          : AB_MODE_AIR;
}

void ab__prove_ways(ab_prover *prover)
{
    for (int32_t i = 0; i < prover->trip_count && !prover->failed; i++) {
        ab_told_trip *trip = &prover->trip[i];
        if (!ab__is_delivery(trip))
            continue;
        const ab_vehicle *vehicle = &prover->op->vehicles.at[trip->vehicle];
        ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);
        ab__prove_fact(prover, AB_PROVE_MEANS, vehicle->base == trip->hub, &where, trip->row->hub, "the vehicle's base");
        ab__prove_fact(prover, AB_PROVE_MEANS, vehicle->mode == mode_of(trip->means), &where, trip->row->means,
                       "means that the vehicle is made for");
        if (trip->means == AB_MEANS_ROAD)
            prove_drive(prover, trip);
        else
            prove_flight(prover, trip);
    }
}
