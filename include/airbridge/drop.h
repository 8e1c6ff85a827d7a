/* drop: where to let go over a zone, where loads will then land, and whether to fly. */
#ifndef AIRBRIDGE_DROP_H
#define AIRBRIDGE_DROP_H

#include <math.h>

#include "airbridge/access.h"
#include "airbridge/wind.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ab_gate_state { AB_GATE_MET, AB_GATE_NOT_MET, AB_GATE_NOT_KNOWN } ab_gate_state;

typedef enum ab_gate_kind {
    AB_GATE_WIND,        /* known over the zone then, fresh enough, and on the ground likely within the system's limit (value: exceeded with 10 %) */
    AB_GATE_ZONE,        /* the zone holds the loads: the least chance inside */
    AB_GATE_HARM,        /* expected people hurt a sortie within greatest_harm_per_sortie */
    AB_GATE_CLEARANCE,   /* an agreement or approved request lets aircraft drop there */
    AB_GATE_CONTROLLER,  /* somebody trained stands on the zone */
    AB_GATE_CANOPIES,    /* rigged canopies in stock for a full aircraft */
    AB_GATE_DAYLIGHT,    /* the sun is up at the zone */
    AB_GATE_HEIGHT,      /* release height within the system's range, and above the ground of the run-in */
    AB_GATES
} ab_gate_kind;

typedef struct ab_gate {
    ab_gate_state state;
    double value, limit;       /* NAN: none */
    const char *text;          /* what was found and what is asked, for people */
    ab_ref because;            /* the row that sets it; {-1, -1}: none */
} ab_gate;

/* Share with its 5 % and 95 % points. */
typedef struct ab_share {
    double mean, lo, hi;
} ab_share;

/* One ring of a region, closed, longitude before latitude. */
typedef struct ab_region {
    double holds_prob;         /* 0.5, 0.9, 0.95 of landings lie within */
    int32_t ring_count;
    const int32_t *ring_points;/* [rings] */
    const double *lon_lat_deg; /* all rings, one after another */
    double area_m2;
} ab_region;

typedef struct ab_drop_harm {
    double impact, failed, crowd; /* expected people hurt a sortie: hit by a load, by one whose canopy failed along the path, in the crowd */
    bool density_assumed;         /* no raster of people: built-up exclusions count, with an assumed density */
    double untold_frac;           /* of the landings, opened or failed, whichever is more: where the raster does not tell how many live */
} ab_drop_harm;

/* The loads of a pass, one after another. */
typedef struct ab_stick {
    double exit_interval_s;    /* from load to load */
    bool interval_assumed;     /* nobody says it */
    double last_exit_s;        /* after the green light */
    double ground_mps, track_deg; /* of the aircraft at release over the ground, true: heading and wind */
    double stick_m;            /* flown over the ground from first to last exit */
    double length_90_m, width_90_m; /* along and across the track, from the 5 % to the 95 % point of where loads land */
    double zone_length_m;      /* of the zone along the track, through the mean landing */
    double zone_area_m2;
    int32_t passes;            /* in which it is short enough for the zone; 0: in no number, a single load scatters wider */
} ab_stick;

/* A drop that was worked out: zone, vehicle, system, hour, height. Arrays are the result's. */
typedef struct ab_airdrop {
    int32_t zone, vehicle, system;
    ab_time at;
    double release_lon_deg, release_lat_deg;  /* green light */
    double release_msl_m, release_agl_m;      /* above the zone */
    double heading_deg;                       /* of the run-in, true */
    double airspeed_mps;
    int32_t loads;                            /* of one sortie */
    double load_kg;                           /* all that hangs under a canopy */
    double centre_e_m, centre_n_m;            /* mean landing, from the release point */
    double fall_s, impact_mps;                /* of a typical load */
    double impact_j;
    double descent_mps;                       /* the downward part of impact_mps, of a load of which all is certain */
    ab_share inside, failed, recovered;       /* of loads: land in the zone (those whose canopy failed too), canopy fails, are recovered */
    double inside_error_prob;                 /* standard error of inside.mean, as of independent passes; theirs are quasi-random, and it is less */
    ab_share burst;                           /* free drop: of loads that are not recovered because they burst on the ground; else 0 */
    bool burst_assumed;                       /* nobody says how many do */
    ab_stick stick;
    int32_t exclusion_count;
    const int32_t *exclusion;                 /* rows */
    const double *exclusion_prob;             /* a load lands there */
    double edge_prob;                         /* lands within 100 m of the zone's edge, in or out */
    ab_region region[3];
    ab_drop_harm harm;
    double value_loads;                       /* loads recovered less the cost of those in exclusions, a sortie: what was maximised */
    ab_gate gate[AB_GATES];
    int32_t decides;                          /* the gate that decides; -1: all met, a go */
    bool go;
    const ab_wind_column *wind;               /* as used; NULL: none was known, and nothing else is worked out */
    const char *passed_over;                  /* why the forecast that was given is not that wind; "": it is, or none was given */
    int32_t samples;
} ab_airdrop;

/* What one or two loads dropped first and watched would be worth. */
typedef struct ab_sighter {
    int32_t loads;
    double spread_before_m, spread_after_m;   /* rms distance of the loads' centre from where it is aimed */
    double inside_before_prob, inside_after_prob;
    double extra_s;                           /* of flight for the second pass */
} ab_sighter;

typedef struct ab_airdrops {
    int32_t count;
    const ab_airdrop *drop;      /* by zone, vehicle, system, time, height */
    struct ab_arena *arena;
} ab_airdrops;

typedef struct ab_drop_options {
    int32_t zone, vehicle, system; /* -1: all that fit */
    ab_time at;                    /* AB_TIME_NONE: each period of the operation, at its middle by local time */
    double release_agl_m;          /* NAN: the lowest that the system allows, and the highest up to its limit and 5,000 m */
    int32_t passes;                /* 0: as many as give the chance inside to 0.01; each of a full aircraft */
    uint64_t seed;                 /* 0: the operation's */
    bool no_scatter;               /* one load, no errors */
    int32_t threads;               /* 0: one */
    bool (*progress)(void *context, int32_t done, int32_t of); /* NULL: none; false: stop */
    void *context;
    const ab_terrain *people_per_km2; /* a raster of people, read as terrain is; NULL: built-up exclusions, with an assumed density */
    double heading_deg;            /* of the run-in, true; NAN: the best */
    bool on_the_day;               /* for plans: the wind will be known then to drop_day_wind_rms_mps, where it is known worse now */
    bool over_ranks;               /* all ranks (ranks.h) ask the same at the same time, each works out a part, and each gets all */
} ab_drop_options;
#define AB_DROP_OPTIONS_INIT {-1, -1, -1, AB_TIME_NONE, NAN, 0, 0, false, 0, NULL, NULL, NULL, NAN, false, false}

/* `forecast`, `terrain`: NULL: the wind table, the zone's height. NO_MEMORY, or FLAWED with issues: a canopy that cannot carry its load, terrain that
 * does not cover the run-in. */
AB_API ab_status ab_airdrops_make(const ab_operation *op, const ab_access *access, const ab_forecast *forecast, const ab_terrain *terrain,
                               const ab_drop_options *options, ab_airdrops **out, ab_issues *issues, ab_error *err);
AB_API void ab_airdrops_free(ab_airdrops *drops);
/* Of the drops with that zone, vehicle and system in [from, until) for which wind is known: first by the worst state among the gates of wind, height, harm and
 * zone (met; not known; only the wind not met; another not met; a wind that is not known counts as met, since it will be known on the day), then a go before
 * others, then the one of most value. NULL: none. */
AB_API const ab_airdrop *ab_airdrops_best(const ab_airdrops *drops, int32_t zone, int32_t vehicle, int32_t system, ab_time from,
                                          ab_time until);
/* The same over all zones of a place. */
AB_API const ab_airdrop *ab_airdrops_best_of_place(const ab_operation *op, const ab_airdrops *drops, int32_t place, int32_t vehicle, int32_t system,
                                                   ab_time from, ab_time until);
AB_API ab_status ab_airdrop_sighter(const ab_operation *op, const ab_airdrop *drop, int32_t loads, uint64_t seed, ab_sighter *out, ab_error *err);

/* ---- Could a place take a drop at all? ------------------------------------------------------------------------ */

typedef enum ab_drop_verdict { AB_DROP_POSSIBLE, AB_DROP_NOT_POSSIBLE, AB_DROP_NOT_KNOWN } ab_drop_verdict;

/* A place that is cut off or has a zone, an aircraft, a system that it may drop. */
typedef struct ab_drop_chance {
    int32_t place, vehicle, system;
    int32_t zone;                /* its best; -1: none is drawn, or none was worked out */
    double release_agl_m;        /* the highest that is allowed, up to 5,000 m, or the lowest where the ground is too small for the highest; of a zone, the best */
    double wind_rms_mps;         /* error that the wind will have on the day (drop_day_wind_rms_mps); of a zone 0: see the drop */
    double length_m, width_m, area_m2; /* of the ellipse in which nine landings of ten lie about their middle; of a zone 0 */
    double free_m;               /* radius of the largest circle within 6 km that no drawn exclusion touches and no held ground cuts off; NAN: a zone */
    double inside_prob;          /* of loads in the zone; NAN: none */
    ab_drop_verdict verdict;     /* not possible: no zone that is drawn takes it, and none that could be drawn on ground that is not held or excluded */
    const char *text;            /* why */
} ab_drop_chance;

typedef struct ab_drop_survey {
    int32_t count;
    const ab_drop_chance *row;   /* by place, vehicle, system */
    struct ab_arena *arena;
} ab_drop_survey;

/* `drops`: those of the zones, worked out with on_the_day; NULL: none. The wind is that of `at`; `terrain` tells the height of places that do not say it, NULL:
 * none. NO_MEMORY. */
AB_API ab_status ab_drop_survey_make(const ab_operation *op, const ab_forecast *forecast, const ab_terrain *terrain, const ab_airdrops *drops,
                                     ab_time at, ab_drop_survey **out, ab_error *err);
AB_API void ab_drop_survey_free(ab_drop_survey *survey);

#ifdef __cplusplus
}
#endif
#endif
