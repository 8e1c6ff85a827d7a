/* Whether a place could take a drop at all: how much ground one needs there, and what is known of the ground. */
#include <math.h>
#include <string.h>

#include "airbridge/drop.h"
#include "base/arena.h"
#include "base/vec.h"
#include "drop/best.h"
#include "drop/body.h"
#include "drop/cloud.h"
#include "drop/plane.h"
#include "drop/scatter.h"
#include "phys/air.h"

/* Nine landings of ten lie within so many standard deviations of their centre, if they are normal in both directions. */
static const double PI = 3.14159265358979323846;
static const double NINE_OF_TEN = 2.1460; /* sqrt(-2 ln 0.1) */
/* Passes for a covariance good to a few per cent. */
enum { PASSES = 400 };
/* How far from a place a zone would be looked for, and how finely. */
static const double REACH_M = 6000, STEP_M = 250;

typedef struct survey {
    const ab_operation *op;
    const ab_forecast *forecast;
    const ab_airdrops *drops; /* NULL: none */
    ab_time at;
    ab_arena *arena, *scratch;
    AB_VEC(ab_drop_chance) rows;
} survey;

/* ---- Ground that is needed ------------------------------------------------------------------------------------- */

typedef struct spread {
    double ee, en, nn; /* covariance, m2 */
} spread;

static spread spread_of(const ab_landings *l)
{
    double n = 0, e_m = 0, n_m = 0;
    spread s = {0, 0, 0};
    int64_t count = (int64_t)l->passes * l->loads;
    for (int64_t i = 0; i < count; i++) {
        double e, north;
        ab__landings_at(l, i, 0, &e, &north);
        n++;
        double de = e - e_m, dn = north - n_m;
        e_m += de / n;
        n_m += dn / n;
        s.ee += de * (e - e_m);
        s.en += de * (north - n_m);
        s.nn += dn * (north - n_m);
    }
    return (spread){s.ee / n, s.en / n, s.nn / n};
}

/* The ellipse that holds nine of ten. The run-in is drawn to the north: another turns the stick, which is the smaller part. */
static void set_ellipse(const spread *s, ab_drop_chance *row)
{
    double mean = (s->ee + s->nn) / 2, half = hypot((s->ee - s->nn) / 2, s->en);
    row->length_m = 2 * NINE_OF_TEN * sqrt(mean + half);
    row->width_m = 2 * NINE_OF_TEN * sqrt(fmax(0, mean - half));
    row->area_m2 = PI / 4 * row->length_m * row->width_m;
}

static ab_status find_need(survey *s, ab_wind_column *wind, double ground_msl_m, double load_kg, ab_drop_chance *row, ab_error *err)
{
    const ab_dropsystem *system = &s->op->dropsystems.at[row->system];
    const ab_vehicle *vehicle = &s->op->vehicles.at[row->vehicle];
    ab_air *air = AB_NEW(s->scratch, ab_air, wind->members);
    ab_landings landings;
    if (!air)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while places were surveyed");
    for (int32_t m = 0; m < wind->members; m++)
        air[m] = (ab_air){wind->levels, wind->height_msl_m, wind->wind_e_mps + m * wind->levels, wind->wind_n_mps + m * wind->levels,
                          wind->density_kg_m3 + m * wind->levels};
    ab_drop_case c = {.body = ab__drop_body(system, load_kg, vehicle->drop_speed_mps),
                      .release_msl_m = ground_msl_m + row->release_agl_m,
                      .ground_msl_m = ground_msl_m,
                      .airspeed_mps = vehicle->drop_speed_mps,
                      .gravity_mps2 = ab__air_gravity_mps2(wind->lat_deg, ground_msl_m),
                      .members = wind->members,
                      .air = air,
                      .scatter = ab__drop_scatter(system, vehicle, wind, AB_LOADS_DRAWN)};
    c.scatter.wind_rms_mps = row->wind_rms_mps;
    c = ab__case_intact(&c);
    ab__drawn drawn = ab__cloud_draw(&c, (uint64_t)s->op->settings->seed, 0, PASSES, AB_LOADS_DRAWN, s->scratch, &landings);
    if (drawn == AB__DRAWN_NO_MEMORY)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while places were surveyed");
    if (drawn == AB__DRAWN) {
        spread of = spread_of(&landings);
        set_ellipse(&of, row);
    }
    return AB_OK;
}

/* ---- Ground that there is -------------------------------------------------------------------------------------- */

/* Metres to the nearest ground that is drawn as excluded; 0: in it. */
static double free_at(const ab__ground *ground, int32_t count, double e, double n)
{
    double free_m = INFINITY;
    for (int32_t i = 0; i < count; i++)
        free_m = ab__ground_holds(&ground[i], e, n) ? 0 : fmin(free_m, ab__ground_edge_m(&ground[i], e, n));
    return free_m;
}

/* Does the straight way from the place to the point keep off ground that others hold? */
static bool is_reached(const survey *s, const ab__ground *ground, double e, double n)
{
    int32_t steps = (int32_t)ceil(hypot(e, n) / STEP_M);
    for (int32_t k = 0; k <= steps; k++)
        for (int32_t i = 0; i < s->op->exclusions.count; i++)
            if (s->op->exclusions.at[i].kind == AB_EXCLUSION_HELD &&
                ab__ground_holds(&ground[i], steps > 0 ? e * k / steps : 0, steps > 0 ? n * k / steps : 0))
                return false;
    return true;
}

/* The radius of the largest circle about the place, within REACH_M of it and of what others hold, that is free of drawn exclusions. */
static bool find_free(const survey *s, const ab_place *place, double *free_m)
{
    int32_t count = s->op->exclusions.count;
    ab__plane plane = ab__plane_at(place->lon_deg, place->lat_deg);
    ab__ground *ground = AB_NEW(s->scratch, ab__ground, count);
    bool room = ground;
    for (int32_t i = 0; room && i < count; i++)
        room = ab__ground_of(&plane, &s->op->exclusions.at[i].shape, s->scratch, &ground[i]);
    *free_m = 0;
    for (double e = -REACH_M; room && e <= REACH_M; e += STEP_M)
        for (double n = -REACH_M; n <= REACH_M; n += STEP_M)
            if (hypot(e, n) <= REACH_M && is_reached(s, ground, e, n))
                *free_m = fmax(*free_m, fmin(REACH_M, free_at(ground, count, e, n)));
    return room;
}

/* ---- Verdicts -------------------------------------------------------------------------------------------------- */

static void judge_zone(survey *s, const ab_airdrop *drop, ab_drop_chance *row)
{
    int32_t worst = ab__drop_worst_gate(drop);
    row->zone = drop->zone;
    row->inside_prob = drop->inside.mean;
    row->verdict = worst < 0 ? AB_DROP_POSSIBLE : drop->gate[worst].state == AB_GATE_NOT_MET ? AB_DROP_NOT_POSSIBLE : AB_DROP_NOT_KNOWN;
    row->text = worst >= 0 ? drop->gate[worst].text
                           : ab__arena_printf(s->arena, "%s holds %.0f %% of loads", s->op->dropzones.at[drop->zone].id, 100 * drop->inside.mean);
}

static void judge_ground(survey *s, ab_drop_chance *row)
{
    if (!(row->area_m2 > 0)) {
        row->verdict = AB_DROP_NOT_POSSIBLE;
        row->text = "the system does not open from that height with such a load";
    } else if (2 * row->free_m < row->width_m) {
        row->verdict = AB_DROP_NOT_POSSIBLE;
        row->text = ab__arena_printf(s->arena, "nine loads of ten need %.1f x %.1f km, and no circle wider than %.1f km is free of held or built-up ground",
                                     row->length_m / 1000, row->width_m / 1000, 2 * row->free_m / 1000);
    } else {
        row->verdict = AB_DROP_NOT_KNOWN;
        row->text = ab__arena_printf(s->arena, "no zone is drawn; nine loads of ten need %.1f x %.1f km of open ground that nobody else holds",
                                     row->length_m / 1000, row->width_m / 1000);
    }
}

/* ---- Rows ------------------------------------------------------------------------------------------------------ */

static bool is_zoned(const ab_operation *op, int32_t place)
{
    for (int32_t z = 0; z < op->dropzones.count; z++)
        if (op->dropzones.at[z].place == place)
            return true;
    return false;
}

static double ground_of(const ab_place *place)
{
    return isnan(place->elev_msl_m) ? 0 : place->elev_msl_m;
}

static ab_status survey_ground(survey *s, ab_drop_chance *row, ab_error *err)
{
    const ab_place *place = &s->op->places.at[row->place];
    const ab_dropsystem *system = &s->op->dropsystems.at[row->system];
    double ground_m = ground_of(place), load_kg = system->load_max_kg;
    char why_not[256];
    ab_wind_column *wind;
    ab_status status = ab_wind_at(s->op, s->forecast, place->lon_deg, place->lat_deg, s->at, ground_m, ground_m + row->release_agl_m, &wind,
                                  why_not, err);
    if (status != AB_OK)
        return status;
    if (!wind) {
        row->verdict = AB_DROP_NOT_KNOWN;
        row->text = ab__arena_printf(s->arena, "the wind is not known: %s", why_not);
        return AB_OK;
    }
    row->wind_rms_mps = fmin(wind->rms_mps, s->op->settings->drop_day_wind_rms_mps);
    status = find_need(s, wind, ground_m, load_kg, row, err);
    ab_wind_free(wind);
    if (status == AB_OK && !find_free(s, place, &row->free_m))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while places were surveyed");
    if (status == AB_OK)
        judge_ground(s, row);
    return status;
}

/* The highest release that the system allows, up to 5,000 m, as ab_airdrops_make has it. */
static double release_agl_m(const ab_dropsystem *system)
{
    double highest = isnan(system->release_max_agl_m) ? 5000 : fmin(5000, system->release_max_agl_m);
    return fmax(highest, isnan(system->release_min_agl_m) ? 0 : system->release_min_agl_m);
}

/* Small arms and light missiles reach so high above the ground. Assumed; the crew's own limit goes before it. */
static const double FIRE_AGL_M = 4000;

static bool warn_of_fire(survey *s, ab_drop_chance *row)
{
    if (row->verdict != AB_DROP_NOT_POSSIBLE && row->release_agl_m < FIRE_AGL_M)
        row->text = ab__arena_printf(s->arena, "%s; so low it is within reach of fire from the ground", row->text);
    return row->text != NULL;
}

static ab_status survey_one(survey *s, int32_t place, int32_t vehicle, int32_t system, ab_error *err)
{
    ab_drop_chance row = {.place = place, .vehicle = vehicle, .system = system, .zone = -1, .inside_prob = NAN, .free_m = NAN,
                          .release_agl_m = release_agl_m(&s->op->dropsystems.at[system])};
    const ab_airdrop *drop =
        s->drops ? ab_airdrops_best_of_place(s->op, s->drops, place, vehicle, system, INT64_MIN + 1, INT64_MAX) : NULL;
    ab_status status = AB_OK;
    if (drop) {
        row.release_agl_m = drop->release_agl_m;
        judge_zone(s, drop, &row);
    } else {
        status = survey_ground(s, &row, err);
    }
    bool told = status == AB_OK && row.text && warn_of_fire(s, &row);
    ab_drop_chance *added = told ? AB_PUSH(&s->rows) : NULL;
    if (status == AB_OK && !added)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while places were surveyed");
    if (added)
        *added = row;
    return status;
}

static bool drops(const ab_vehicle *vehicle, const ab_dropsystem *system)
{
    return vehicle->mode == AB_MODE_AIR && vehicle->drop_speed_mps > 0 &&
           !(vehicle->drop_speed_mps > system->airspeed_max_mps);
}

static ab_status survey_all(survey *s, ab_error *err)
{
    ab_status status = AB_OK;
    for (int32_t p = 0; p < s->op->places.count && status == AB_OK; p++) {
        bool asked = s->op->places.at[p].cut_off_since != AB_TIME_NONE || is_zoned(s->op, p);
        for (int32_t v = 0; asked && v < s->op->vehicles.count && status == AB_OK; v++)
            for (int32_t d = 0; d < s->op->dropsystems.count && status == AB_OK; d++)
                if (drops(&s->op->vehicles.at[v], &s->op->dropsystems.at[d]))
                    status = survey_one(s, p, v, d, err);
    }
    return status;
}

ab_status ab_drop_survey_make(const ab_operation *op, const ab_forecast *forecast, const ab_airdrops *drops, ab_time at,
                              ab_drop_survey **out, ab_error *err)
{
    survey s = {.op = op, .forecast = forecast, .drops = drops, .at = at, .arena = ab__arena_new(), .scratch = ab__arena_new()};
    ab_drop_survey *made = s.arena && s.scratch ? AB_NEW(s.arena, ab_drop_survey, 1) : NULL;
    ab_status status = made ? survey_all(&s, err) : ab_fail(err, AB_NO_MEMORY, "out of memory while places were surveyed");
    ab_drop_chance *rows = status == AB_OK ? AB_NEW(s.arena, ab_drop_chance, s.rows.count) : NULL;
    *out = NULL;
    if (status == AB_OK && !rows)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while places were surveyed");
    if (status == AB_OK) {
        if (s.rows.count > 0)
            memcpy(rows, s.rows.at, (size_t)s.rows.count * sizeof *rows);
        *made = (ab_drop_survey){.count = s.rows.count, .row = rows, .arena = s.arena};
        *out = made;
    } else {
        ab__arena_free(s.arena);
    }
    ab__arena_free(s.scratch);
    AB_VEC_FREE(&s.rows);
    return status;
}

void ab_drop_survey_free(ab_drop_survey *made)
{
    if (made)
        ab__arena_free(made->arena);
}
