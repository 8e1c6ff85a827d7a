/* Whether a place could take a drop at all: into its zones, or into one that could be drawn on the ground about it. */
#include <math.h>
#include <string.h>

#include "airbridge/drop.h"
#include "base/arena.h"
#include "base/vec.h"
#include "drop/best.h"
#include "drop/body.h"
#include "drop/gates.h"
#include "drop/job.h"
#include "drop/need.h"
#include "drop/open_ground.h"

static const char NO_MEMORY[] = "out of memory while places were surveyed";
/* Members of an ensemble that are looked at, as when a release is searched for. */
enum { MEMBERS = 20 };
/* Small arms and light missiles reach so high above the ground. Assumed; the crew's own limit goes before it. */
static const double FIRE_AGL_M = 4000;

typedef struct survey {
    const ab_operation *op;
    const ab_forecast *forecast;
    const ab_terrain *terrain;
    const ab_airdrops *drops; /* NULL: none */
    ab_time at;
    ab_arena *arena;
    ab_arena *place_arena;    /* what follows, of one place; NULL: of none yet */
    ab__open_ground open;
    AB_VEC(ab_drop_chance) rows;
} survey;

static ab_status no_memory(ab_error *err)
{
    return ab_fail(err, AB_NO_MEMORY, "%s", NO_MEMORY);
}

/* As drops have it, for a place; false: nobody says how high it lies, 0. */
static bool ground_of(const survey *s, const ab_place *place, double *msl_m)
{
    *msl_m = place->elev_msl_m;
    if (isnan(*msl_m) && s->terrain)
        *msl_m = ab_terrain_height_m(s->terrain, place->lon_deg, place->lat_deg);
    if (!isnan(*msl_m))
        return true;
    *msl_m = 0;
    return false;
}

static int32_t zones_of(const ab_operation *op, int32_t place)
{
    int32_t zones = 0;
    for (int32_t z = 0; z < op->dropzones.count; z++)
        zones += op->dropzones.at[z].place == place;
    return zones;
}

static void set(ab_drop_chance *row, ab_drop_verdict verdict, const char *text)
{
    row->verdict = verdict;
    row->text = text;
}

/* ---- Ground on which a zone could be drawn --------------------------------------------------------------------- */

/* A drop without a zone, from one height. */
typedef struct trial {
    survey *s;
    ab_drop_chance *row;
    ab_airdrop drop;
    double lat_deg, ground_msl_m;
    bool ground_known;
    ab_arena *work;
} trial;

static bool case_of(const trial *t, const ab_airdrop *drop, ab_drop_case *out)
{
    return ab__drop_case_of(t->s->op, drop, t->lat_deg, t->ground_msl_m, false, t->work, out) && ab__case_thin(out, MEMBERS, t->work);
}

/* Of what is let go alone: no stick, and as heavy as may be, which falls fastest. */
static ab__drawn most_caught(const trial *t, double *most_prob)
{
    const ab_dropsystem *system = &t->s->op->dropsystems.at[t->row->system];
    ab_airdrop alone = t->drop;
    ab__drop_flaw flaw;
    ab_drop_case c;
    alone.loads = 1;
    alone.load_kg = fmin(system->load_max_kg, t->s->op->vehicles.at[t->row->vehicle].payload_kg);
    if (ab__drop_body_flaw(system, alone.load_kg, alone.airspeed_mps, &flaw))
        alone.load_kg = t->drop.load_kg;
    if (!case_of(t, &alone, &c))
        return AB__DRAWN_NO_MEMORY;
    return ab__need_most_caught(&c, (uint64_t)t->s->op->settings->seed, &t->s->open, t->work, most_prob);
}

static const char *what_is_needed(const trial *t)
{
    const ab_drop_chance *row = t->row;
    const char *circle = "";
    if (2 * row->free_m < row->length_m)
        circle = ab__arena_printf(t->work, ", and the widest circle found of it is %.1f km", 2 * row->free_m / 1000);
    return circle ? ab__arena_printf(t->s->arena, "nine loads of ten need %.1f x %.1f km of open ground that nobody else holds%s", row->length_m / 1000,
                                     row->width_m / 1000, circle)
                  : NULL;
}

/* A no must hold for every zone that could be drawn: the ground is shut in by held ground on all sides, and its height is known. */
static ab__drawn judge_ground(trial *t)
{
    const ab__open_ground *open = &t->s->open;
    const ab_dropsystem *system = &t->s->op->dropsystems.at[t->row->system];
    double most_prob = 1, limit = t->s->op->settings->least_in_zone_prob;
    ab__drawn done = open->beyond || !open->reached ? AB__DRAWN : most_caught(t, &most_prob);
    const char *needed = what_is_needed(t);
    if (done != AB__DRAWN || !needed)
        return done == AB__DRAWN ? AB__DRAWN_NO_MEMORY : done;
    bool too_small = most_prob < limit, lowest_known = !isnan(system->release_min_agl_m);
    set(t->row, too_small && t->ground_known && lowest_known ? AB_DROP_NOT_POSSIBLE : AB_DROP_NOT_KNOWN, needed);
    if (!open->reached)
        t->row->text = ab__arena_printf(t->s->arena, "the place itself lies in ground that is drawn as held by others; %s", needed);
    else if (too_small)
        t->row->text = ab__arena_printf(t->s->arena, "ground that can be reached without crossing what others hold catches %.0f %% of loads at the most, and %.0f %% are asked "
                                        "for (least_in_zone_prob); %s%s", 100 * most_prob, 100 * limit, needed,
                                        lowest_known ? "" : "; from lower down it may do: nobody says from what height the system may be released (release_min_agl_m)");
    if (t->row->text && !t->ground_known)
        t->row->text = ab__arena_printf(t->s->arena, "%s; nobody says how high the place lies: sea level was taken", t->row->text);
    return t->row->text ? AB__DRAWN : AB__DRAWN_NO_MEMORY;
}

/* What the wind of that hour forbids, another may not. */
static bool tell_wind(const trial *t)
{
    ab__gate_facts facts = {.op = t->s->op, .ground_known = t->ground_known, .ground_msl_m = t->ground_msl_m, .highest_msl_m = NAN};
    ab_gate gate = ab__gate_of_wind(&facts, &t->drop, t->work);
    if (gate.text && gate.state == AB_GATE_NOT_MET)
        t->row->text = ab__arena_printf(t->s->arena, "%s; not in the wind of that hour: %s", t->row->text, gate.text);
    return gate.text && t->row->text;
}

static ab__drawn try_in_wind(trial *t)
{
    ab_drop_case c;
    ab__need need;
    int32_t loads = t->drop.loads < AB_LOADS_DRAWN ? t->drop.loads : AB_LOADS_DRAWN;
    if (!case_of(t, &t->drop, &c))
        return AB__DRAWN_NO_MEMORY;
    ab__drawn done = ab__need_of(&c, (uint64_t)t->s->op->settings->seed, loads, t->work, &need);
    if (done != AB__DRAWN)
        return done;
    t->row->length_m = need.length_m;
    t->row->width_m = need.width_m;
    t->row->area_m2 = need.area_m2;
    t->row->free_m = t->s->open.circle_m;
    done = judge_ground(t);
    return done == AB__DRAWN && !tell_wind(t) ? AB__DRAWN_NO_MEMORY : done;
}

static ab_status try_height(trial *t, double agl_m, ab_error *err)
{
    survey *s = t->s;
    const ab_place *place = &s->op->places.at[t->row->place];
    char why_not[256];
    ab_wind_column *wind;
    t->row->release_agl_m = t->drop.release_agl_m = agl_m;
    t->drop.release_msl_m = t->ground_msl_m + agl_m;
    ab_status status = ab_wind_at(s->op, s->forecast, place->lon_deg, place->lat_deg, s->at, t->ground_msl_m, t->drop.release_msl_m, &wind, why_not, err);
    if (status != AB_OK)
        return status;
    if (!wind) {
        set(t->row, AB_DROP_NOT_KNOWN, ab__arena_printf(s->arena, "the wind is not known: %s", why_not));
        return t->row->text ? AB_OK : no_memory(err);
    }
    t->row->wind_rms_mps = wind->rms_mps = fmin(wind->rms_mps, s->op->settings->drop_day_wind_rms_mps);
    t->drop.wind = wind;
    ab__drawn done = try_in_wind(t);
    ab_wind_free(wind);
    if (done == AB__DRAWN_FLAWED)
        set(t->row, AB_DROP_NOT_KNOWN, "the fall from that height cannot be worked out: see the stages of the system");
    return done == AB__DRAWN_NO_MEMORY ? no_memory(err) : AB_OK;
}

/* The highest release first; the ground that it finds too small may do for the lowest. */
static ab_status try_heights(trial *t, ab_error *err)
{
    double heights_m[2];
    int32_t count = ab__drop_heights(&t->s->op->dropsystems.at[t->row->system], NAN, heights_m);
    ab_status status = AB_OK;
    do
        status = try_height(t, heights_m[--count], err);
    while (status == AB_OK && t->row->verdict == AB_DROP_NOT_POSSIBLE && count > 0);
    return status;
}

static ab_status survey_ground(survey *s, const ab__drop_job *job, ab_drop_chance *row, ab_error *err)
{
    const ab_dropsystem *system = &s->op->dropsystems.at[row->system];
    const ab_place *place = &s->op->places.at[row->place];
    double airspeed_mps = s->op->vehicles.at[row->vehicle].drop_speed_mps, heights_m[2];
    trial t = {.s = s, .row = row, .lat_deg = place->lat_deg, .work = ab__arena_new()};
    ab__drop_flaw flaw;
    t.ground_known = ground_of(s, place, &t.ground_msl_m);
    t.drop = (ab_airdrop){.zone = -1, .vehicle = row->vehicle, .system = row->system, .at = s->at, .airspeed_mps = airspeed_mps,
                          .loads = job->loads, .load_kg = job->load_kg};
    ab_status status = t.work ? AB_OK : no_memory(err);
    if (status == AB_OK && ab__drop_body_flaw(system, job->load_kg, airspeed_mps, &flaw)) {
        row->release_agl_m = heights_m[ab__drop_heights(system, NAN, heights_m) - 1];
        set(row, AB_DROP_NOT_KNOWN,
            ab__arena_printf(s->arena, "the system cannot carry loads of %.0f kg: %s is %s where %s is expected", job->load_kg,
                             ab_input_schema()->tables[AB_TABLE_dropsystems].columns[flaw.column].name, flaw.found[0] ? flaw.found : "empty", flaw.expected));
    } else if (status == AB_OK) {
        status = try_heights(&t, err);
    }
    ab__arena_free(t.work);
    return status == AB_OK && !row->text ? no_memory(err) : status;
}

/* ---- Its zones ------------------------------------------------------------------------------------------------- */

/* No zone takes the drop. Another could, unless the ground forbids it. */
static ab_status judge_other_zones(survey *s, const ab__drop_job *job, ab_drop_chance *row, ab_error *err)
{
    ab_drop_chance other = *row;
    ab_status status = survey_ground(s, job, &other, err);
    if (status != AB_OK)
        return status;
    row->verdict = other.verdict;
    row->text = other.verdict == AB_DROP_NOT_POSSIBLE
                    ? ab__arena_printf(s->arena, "%s; nor could another zone be drawn: %s", row->text, other.text)
                    : ab__arena_printf(s->arena, "%s; whether another zone could be drawn is not known", row->text);
    return row->text ? AB_OK : no_memory(err);
}

static ab_status judge_zones(survey *s, const ab_airdrop *drop, const ab__drop_job *job, ab_drop_chance *row, ab_error *err)
{
    const char *zone = s->op->dropzones.at[drop->zone].id;
    int32_t gate = ab__drop_worst_gate(drop), zones = zones_of(s->op, row->place);
    ab__drop_stand stands = ab__drop_stands(drop);
    row->zone = drop->zone;
    row->release_agl_m = drop->release_agl_m;
    row->inside_prob = drop->inside.mean;
    row->verdict = stands == AB__DROP_STANDS ? AB_DROP_POSSIBLE : AB_DROP_NOT_KNOWN;
    if (gate < 0)
        row->text = ab__arena_printf(s->arena, "zone %s holds %.0f %% of loads", zone, 100 * drop->inside.mean);
    else if (zones == 1)
        row->text = ab__arena_printf(s->arena, "zone %s: %s", zone, drop->gate[gate].text);
    else
        row->text = ab__arena_printf(s->arena, "zone %s, the best of %d: %s", zone, zones, drop->gate[gate].text);
    if (!row->text)
        return no_memory(err);
    return stands == AB__DROP_REFUSED ? judge_other_zones(s, job, row, err) : AB_OK;
}

/* Drops of a place that has zones, but none that was worked out: why. */
static const char *why_none(const survey *s, const ab_drop_chance *row)
{
    for (int32_t i = 0; s->drops && i < s->drops->count; i++) {
        const ab_airdrop *drop = &s->drops->drop[i];
        if (!drop->wind && s->op->dropzones.at[drop->zone].place == row->place && drop->vehicle == row->vehicle && drop->system == row->system)
            return drop->gate[AB_GATE_WIND].text;
    }
    return "its zones were not worked out";
}

/* ---- Rows ------------------------------------------------------------------------------------------------------ */

static bool warn_of_fire(survey *s, ab_drop_chance *row)
{
    if (row->verdict != AB_DROP_NOT_POSSIBLE && row->release_agl_m < FIRE_AGL_M)
        row->text = ab__arena_printf(s->arena, "%s; so low it is within reach of fire from the ground", row->text);
    return row->text != NULL;
}

static ab_status judge(survey *s, ab_drop_chance *row, ab_error *err)
{
    const ab_vehicle *vehicle = &s->op->vehicles.at[row->vehicle];
    const ab_dropsystem *system = &s->op->dropsystems.at[row->system];
    double heights_m[2];
    ab__drop_job job = {.zone = -1, .vehicle = row->vehicle, .system = row->system};
    const ab_airdrop *drop =
        s->drops ? ab_airdrops_best_of_place(s->op, s->drops, row->place, row->vehicle, row->system, INT64_MIN + 1, INT64_MAX) : NULL;
    row->release_agl_m = heights_m[ab__drop_heights(system, NAN, heights_m) - 1];
    if (!ab__drop_fit(vehicle, system, &job)) {
        set(row, AB_DROP_NOT_POSSIBLE,
            vehicle->count == 0 ? ab__arena_printf(s->arena, "there is no %s", vehicle->id)
                                : ab__arena_printf(s->arena, "%s lifts %.0f kg, and a load weighs %.0f kg at the least", vehicle->id, vehicle->payload_kg,
                                                   system->load_min_kg > 0 ? system->load_min_kg : system->load_max_kg));
        return row->text ? AB_OK : no_memory(err);
    }
    if (drop)
        return judge_zones(s, drop, &job, row, err);
    if (zones_of(s->op, row->place) > 0) {
        set(row, AB_DROP_NOT_KNOWN, why_none(s, row));
        return AB_OK;
    }
    ab_status status = survey_ground(s, &job, row, err);
    if (status == AB_OK && row->area_m2 > 0)
        row->text = ab__arena_printf(s->arena, "no zone is drawn; %s", row->text);
    return status == AB_OK && !row->text ? no_memory(err) : status;
}

static ab_status survey_one(survey *s, int32_t place, int32_t vehicle, int32_t system, ab_error *err)
{
    ab_drop_chance row = {.place = place, .vehicle = vehicle, .system = system, .zone = -1, .inside_prob = NAN, .free_m = NAN};
    ab_status status = judge(s, &row, err);
    if (status != AB_OK)
        return status;
    ab_drop_chance *added = warn_of_fire(s, &row) ? AB_PUSH(&s->rows) : NULL;
    if (!added)
        return no_memory(err);
    *added = row;
    return AB_OK;
}

static bool drops(const ab_vehicle *vehicle, const ab_dropsystem *system)
{
    return vehicle->mode == AB_MODE_AIR && vehicle->drop_speed_mps > 0 && !(vehicle->drop_speed_mps > system->airspeed_max_mps);
}

static ab_status survey_place(survey *s, int32_t place, ab_error *err)
{
    ab_status status = AB_OK;
    ab__arena_free(s->place_arena);
    s->place_arena = ab__arena_new();
    if (!s->place_arena || !ab__open_ground_of(s->op, &s->op->places.at[place], s->place_arena, &s->open))
        return no_memory(err);
    for (int32_t v = 0; v < s->op->vehicles.count && status == AB_OK; v++)
        for (int32_t d = 0; d < s->op->dropsystems.count && status == AB_OK; d++)
            if (drops(&s->op->vehicles.at[v], &s->op->dropsystems.at[d]))
                status = survey_one(s, place, v, d, err);
    return status;
}

static ab_status survey_all(survey *s, ab_error *err)
{
    ab_status status = AB_OK;
    for (int32_t p = 0; p < s->op->places.count && status == AB_OK; p++)
        if (s->op->places.at[p].cut_off_since != AB_TIME_NONE || zones_of(s->op, p) > 0)
            status = survey_place(s, p, err);
    return status;
}

ab_status ab_drop_survey_make(const ab_operation *op, const ab_forecast *forecast, const ab_terrain *terrain, const ab_airdrops *drops, ab_time at,
                              ab_drop_survey **out, ab_error *err)
{
    survey s = {.op = op, .forecast = forecast, .terrain = terrain, .drops = drops, .at = at, .arena = ab__arena_new()};
    ab_drop_survey *made = s.arena ? AB_NEW(s.arena, ab_drop_survey, 1) : NULL;
    ab_status status = made ? survey_all(&s, err) : no_memory(err);
    ab_drop_chance *rows = status == AB_OK ? AB_NEW(s.arena, ab_drop_chance, s.rows.count) : NULL;
    *out = NULL;
    if (status == AB_OK && !rows)
        status = no_memory(err);
    if (status == AB_OK) {
        if (s.rows.count > 0)
            memcpy(rows, s.rows.at, (size_t)s.rows.count * sizeof *rows);
        *made = (ab_drop_survey){.count = s.rows.count, .row = rows, .arena = s.arena};
        *out = made;
    } else {
        ab__arena_free(s.arena);
    }
    ab__arena_free(s.place_arena);
    AB_VEC_FREE(&s.rows);
    return status;
}

void ab_drop_survey_free(ab_drop_survey *made)
{
    if (made)
        ab__arena_free(made->arena);
}
