/* Drops, row by row. */
#include <math.h>

#include "flow/drops.h"
#include "geo/utm.h"
#include "model/airdrop.h"
#include "schema/convert.h"

/* The tables while they grow; all texts and shapes in the result's arena. */
typedef struct filling {
    ab_arena *arena;
    const ab_drop_sets *sets;
    AB_VEC(ab_drop_row) drop;
    AB_VEC(ab_gate_row) gate;
    AB_VEC(ab_footprint_row) footprint;
    AB_VEC(ab_drop_exclusion_row) exclusion;
    AB_VEC(ab_drop_wind_row) wind;
    AB_VEC(ab_stick_row) stick;
    AB_VEC(ab_sighter_row) sighter;
} filling;

static const char *const GATE_WORDS[AB_GATES] = {
    [AB_GATE_WIND] = "wind",             [AB_GATE_ZONE] = "zone",         [AB_GATE_HARM] = "harm",
    [AB_GATE_CLEARANCE] = "clearance",   [AB_GATE_CONTROLLER] = "controller", [AB_GATE_CANOPIES] = "canopies",
    [AB_GATE_DAYLIGHT] = "daylight",     [AB_GATE_HEIGHT] = "height",
};

static const char *state_word(const ab_airdrop *drop, ab_gate_kind gate)
{
    static const char *const words[] = {"met", "not met", "not known"};

    return words[drop->gate[gate].state];
}

/* ---- One drop ------------------------------------------------------------------------------------------- */

/* Where no wind is known there is no release point; the layer shows the zone's middle. */
static ab_shape shape_of(ab_arena *arena, const ab_operation *op, const ab_airdrop *drop)
{
    const ab_shape *zone = &op->dropzones.at[drop->zone].shape;
    double lon_deg = 0, lat_deg = 0;
    int32_t corners = zone->part_start[1] - 1; /* the last is the first again */

    if (drop->wind)
        return ab__shape_point(arena, drop->release_lon_deg, drop->release_lat_deg);
    for (int32_t i = 0; i < corners; i++) {
        lon_deg += zone->lon_lat_deg[2 * i] / corners;
        lat_deg += zone->lon_lat_deg[2 * i + 1] / corners;
    }
    return ab__shape_point(arena, lon_deg, lat_deg);
}

/* Of sacks in free fall there is none. */
static void set_record(ab_drop_row *row, const ab_operation *op, int32_t system)
{
    ab__drop_record record = ab__drop_record_of(op, &op->dropsystems.at[system]);
    bool free = op->dropsystems.at[system].kind == AB_DROP_FREE;

    row->record_loads = free ? -1 : (int64_t)record.dropped;
    row->record_failed = free ? -1 : (int64_t)record.failed;
    row->record_moved = free ? -1 : (int64_t)record.moved;
}

static void set_who(ab_drop_row *row, const ab_operation *op, const ab_airdrop *drop)
{
    const ab_dropzone *zone = &op->dropzones.at[drop->zone];

    row->zone = zone->id;
    row->place = op->places.at[zone->place].id;
    row->vehicle = op->vehicles.at[drop->vehicle].id;
    row->dropsystem = op->dropsystems.at[drop->system].id;
    set_record(row, op, drop->system);
    row->at = drop->at;
    row->release_msl_m = drop->release_msl_m;
    row->release_agl_m = drop->release_agl_m;
    row->airspeed_mps = drop->airspeed_mps;
    row->loads = drop->loads;
    row->load_kg = drop->load_kg;
}

static void set_gates(ab_drop_row *row, const ab_airdrop *drop)
{
    row->go = drop->go;
    row->decides = drop->decides >= 0 ? GATE_WORDS[drop->decides] : "";
    row->gate_wind = state_word(drop, AB_GATE_WIND);
    row->gate_zone = state_word(drop, AB_GATE_ZONE);
    row->gate_harm = state_word(drop, AB_GATE_HARM);
    row->gate_clearance = state_word(drop, AB_GATE_CLEARANCE);
    row->gate_controller = state_word(drop, AB_GATE_CONTROLLER);
    row->gate_canopies = state_word(drop, AB_GATE_CANOPIES);
    row->gate_daylight = state_word(drop, AB_GATE_DAYLIGHT);
    row->gate_height = state_word(drop, AB_GATE_HEIGHT);
}

static void set_nothing(ab_drop_row *row)
{
    row->release_lon_deg = row->release_lat_deg = row->heading_deg = NAN;
    row->inside_prob = row->inside_prob_low = row->inside_prob_high = NAN;
    row->failed_prob = row->failed_prob_low = row->failed_prob_high = NAN;
    row->recovered_prob = row->recovered_prob_low = row->recovered_prob_high = NAN;
    row->edge_prob = row->excluded_prob = row->harm_impact = row->harm_failed = row->harm_crowd = NAN;
    row->value_loads = row->east_m = row->north_m = row->fall_time_s = row->impact_speed_mps = row->impact_all_mps = row->impact_j = NAN;
    row->release_utm = row->wind_kind = row->wind_source = row->wind_passed_over = "";
    row->wind_issued = AB_TIME_NONE;
    row->wind_age_s = row->wind_away_m = row->wind_rms_mps = row->wind_correlation_m = NAN;
    row->people_assumed = row->standard_air = -1;
    row->samples = row->seed = -1;
}

static void set_chances(ab_drop_row *row, const ab_airdrop *drop)
{
    row->inside_prob = drop->inside.mean;
    row->inside_prob_low = drop->inside.lo;
    row->inside_prob_high = drop->inside.hi;
    row->failed_prob = drop->failed.mean;
    row->failed_prob_low = drop->failed.lo;
    row->failed_prob_high = drop->failed.hi;
    row->recovered_prob = drop->recovered.mean;
    row->recovered_prob_low = drop->recovered.lo;
    row->recovered_prob_high = drop->recovered.hi;
    row->edge_prob = drop->edge_prob;
    row->excluded_prob = 0;
    for (int32_t i = 0; i < drop->exclusion_count; i++)
        row->excluded_prob += drop->exclusion_prob[i];
    row->harm_impact = drop->harm.impact;
    row->harm_failed = drop->harm.failed;
    row->harm_crowd = drop->harm.crowd;
    row->people_assumed = drop->harm.density_assumed;
    row->value_loads = drop->value_loads;
}

static bool set_wind(ab_drop_row *row, ab_arena *arena, const ab_airdrop *drop)
{
    const ab_wind_column *wind = drop->wind;

    row->wind_kind = ab_codes_wind_kind.codes[wind->kind].word;
    row->wind_source = ab__arena_text(arena, wind->source ? wind->source : "");
    row->wind_passed_over = ab__arena_text(arena, drop->passed_over);
    row->wind_issued = wind->issued_at;
    row->wind_age_s = wind->age_s;
    row->wind_away_m = wind->away_m;
    row->wind_rms_mps = wind->rms_mps;
    row->wind_correlation_m = wind->correlation_m;
    row->standard_air = wind->assumed_density;
    return row->wind_source && row->wind_passed_over;
}

static bool set_utm(ab_drop_row *row, ab_arena *arena)
{
    ab_utm utm;
    ab_buf text = AB_BUF_INIT;

    if (!ab__utm_from(row->release_lon_deg, row->release_lat_deg, &utm))
        return true;
    ab__utm_add(&text, &utm);
    row->release_utm = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return row->release_utm != NULL;
}

static bool set_outcome(ab_drop_row *row, const filling *in, const ab_airdrop *drop)
{
    row->release_lon_deg = drop->release_lon_deg;
    row->release_lat_deg = drop->release_lat_deg;
    row->heading_deg = drop->heading_deg;
    row->east_m = drop->centre_e_m;
    row->north_m = drop->centre_n_m;
    row->fall_time_s = drop->fall_s;
    row->impact_speed_mps = drop->descent_mps;
    row->impact_all_mps = drop->impact_mps;
    row->impact_j = drop->impact_j;
    row->samples = drop->samples;
    row->seed = (int64_t)in->sets->seed;
    set_chances(row, drop);
    return set_utm(row, in->arena) && set_wind(row, in->arena, drop);
}

static bool add_drop(filling *in, const ab_airdrop *drop)
{
    ab_drop_row *row = AB_PUSH(&in->drop);

    if (!row)
        return false;
    set_nothing(row);
    set_who(row, in->sets->op, drop);
    set_gates(row, drop);
    row->id = ab__arena_printf(in->arena, "d%04d", in->drop.count);
    row->shape = shape_of(in->arena, in->sets->op, drop);
    return row->id && row->shape.kind != AB_SHAPE_NONE && (!drop->wind || set_outcome(row, in, drop));
}

/* ---- What hangs on it ------------------------------------------------------------------------------------ */

static bool add_gates(filling *in, const char *id, const ab_airdrop *drop)
{
    ab_data data = ab_operation_data(in->sets->op);

    for (int32_t g = 0; g < AB_GATES; g++) {
        const ab_gate *gate = &drop->gate[g];
        char spare[24];
        ab_gate_row *row = AB_PUSH(&in->gate);
        if (!row)
            return false;
        *row = (ab_gate_row){.drop = id, .gate = GATE_WORDS[g], .state = state_word(drop, (ab_gate_kind)g),
                             .value = gate->value, .limit = gate->limit, .because = ""};
        row->words = ab__arena_text(in->arena, gate->text ? gate->text : "");
        if (gate->because.table >= 0 && gate->because.row >= 0)
            row->because = ab__arena_printf(in->arena, "%s:%s", data.schema->tables[gate->because.table].singular,
                                            ab__row_id(&data, gate->because.table, gate->because.row, spare));
        if (!row->words || !row->because)
            return false;
    }
    return true;
}

static bool add_footprints(filling *in, const char *id, const ab_airdrop *drop)
{
    for (size_t r = 0; drop->wind && r < sizeof drop->region / sizeof *drop->region; r++) {
        const ab_region *region = &drop->region[r];
        int32_t count;
        const ab_shape *shape = ab__region_shapes(in->arena, region, &count);
        if (!shape)
            return false;
        for (int32_t i = 0; i < count; i++) {
            ab_footprint_row *row = AB_PUSH(&in->footprint);
            if (!row)
                return false;
            *row = (ab_footprint_row){.drop = id, .holds_prob = region->holds_prob, .part = i + 1,
                                      .area_m2 = region->area_m2, .shape = shape[i]};
        }
    }
    return true;
}

static bool add_exclusions(filling *in, const char *id, const ab_airdrop *drop)
{
    for (int32_t i = 0; drop->wind && i < drop->exclusion_count; i++) {
        const ab_exclusion *exclusion = &in->sets->op->exclusions.at[drop->exclusion[i]];
        ab_drop_exclusion_row *row = AB_PUSH(&in->exclusion);
        if (!row)
            return false;
        *row = (ab_drop_exclusion_row){.drop = id, .exclusion = exclusion->id,
                                       .kind = ab_codes_exclusion_kind.codes[exclusion->kind].word,
                                       .load_prob = drop->exclusion_prob[i]};
    }
    return true;
}

/* Mean and spread of the members at one level. */
static void level_of(const ab_wind_column *wind, int32_t level, ab_drop_wind_row *row)
{
    double e = 0, n = 0, density = 0, square = 0;

    for (int32_t m = 0; m < wind->members; m++) {
        e += wind->wind_e_mps[m * wind->levels + level] / wind->members;
        n += wind->wind_n_mps[m * wind->levels + level] / wind->members;
        density += wind->density_kg_m3[m * wind->levels + level] / wind->members;
    }
    for (int32_t m = 0; m < wind->members; m++) {
        double off_e = wind->wind_e_mps[m * wind->levels + level] - e, off_n = wind->wind_n_mps[m * wind->levels + level] - n;
        square += (off_e * off_e + off_n * off_n) / wind->members;
    }
    row->height_msl_m = wind->height_msl_m[level];
    row->wind_e_mps = e;
    row->wind_n_mps = n;
    row->density_kg_m3 = density;
    row->spread_mps = sqrt(square);
}

static bool add_winds(filling *in, const char *id, const ab_airdrop *drop)
{
    for (int32_t l = 0; drop->wind && l < drop->wind->levels; l++) {
        ab_drop_wind_row *row = AB_PUSH(&in->wind);
        if (!row)
            return false;
        row->drop = id;
        level_of(drop->wind, l, row);
    }
    return true;
}

static bool add_stick(filling *in, const char *id, const ab_airdrop *drop)
{
    const ab_stick *stick = &drop->stick;
    bool free = in->sets->op->dropsystems.at[drop->system].kind == AB_DROP_FREE;
    ab_stick_row *row = drop->wind ? AB_PUSH(&in->stick) : NULL;

    if (!row)
        return drop->wind == NULL;
    *row = (ab_stick_row){.drop = id, .exit_interval_s = stick->exit_interval_s, .interval_assumed = stick->interval_assumed,
                          .last_exit_s = stick->last_exit_s, .ground_speed_mps = stick->ground_mps, .track_deg = stick->track_deg, .stick_m = stick->stick_m,
                          .length_90_m = stick->length_90_m, .width_90_m = stick->width_90_m, .zone_length_m = stick->zone_length_m, .zone_area_m2 = stick->zone_area_m2,
                          .passes = stick->passes,
                          .burst_prob = free ? drop->burst.mean : NAN, .burst_prob_low = free ? drop->burst.lo : NAN,
                          .burst_prob_high = free ? drop->burst.hi : NAN, .burst_assumed = free ? drop->burst_assumed : -1};
    return true;
}

static bool add_sighter(filling *in, const char *id, const ab_sighter *sighter)
{
    ab_sighter_row *row = AB_PUSH(&in->sighter);

    if (!row)
        return false;
    *row = (ab_sighter_row){.drop = id, .loads = sighter->loads,
                            .spread_before_m = sighter->spread_before_m, .spread_after_m = sighter->spread_after_m,
                            .inside_before_prob = sighter->inside_before_prob, .inside_after_prob = sighter->inside_after_prob,
                            .extra_s = sighter->extra_s};
    return true;
}

static bool add_all(filling *in)
{
    const ab_drop_sets *sets = in->sets;

    for (int32_t s = 0; s < sets->count; s++)
        for (int32_t i = 0; i < sets->set[s]->count; i++) {
            const ab_airdrop *drop = &sets->set[s]->drop[i];
            if (!add_drop(in, drop))
                return false;
            const char *id = in->drop.at[in->drop.count - 1].id;
            if (!add_gates(in, id, drop) || !add_footprints(in, id, drop) || !add_exclusions(in, id, drop) ||
                !add_winds(in, id, drop) || !add_stick(in, id, drop))
                return false;
            if (sets->sighter && drop->wind && !add_sighter(in, id, &sets->sighter[s][i]))
                return false;
        }
    return true;
}

#define KEEP(table, member) \
    ab__table_keep(result, AB_TABLE_##table, in.member.at, in.member.count, sizeof *in.member.at, failed)

bool ab__table_drops(ab_result *result, const ab_drop_sets *sets)
{
    filling in = {.arena = result->arena, .sets = sets};
    bool failed = !add_all(&in);
    bool kept = KEEP(drops, drop) && KEEP(gates, gate) && KEEP(footprints, footprint) && KEEP(drop_exclusions, exclusion) &&
                KEEP(drop_winds, wind) && KEEP(sticks, stick) && KEEP(sighters, sighter);

    AB_VEC_FREE(&in.drop);
    AB_VEC_FREE(&in.gate);
    AB_VEC_FREE(&in.footprint);
    AB_VEC_FREE(&in.exclusion);
    AB_VEC_FREE(&in.wind);
    AB_VEC_FREE(&in.stick);
    AB_VEC_FREE(&in.sighter);
    return kept;
}
