/* worlds: what may come of access, drawn by chance. In a world every road, gate, hub and link is open or closed in each
 * period, every request is answered on a day or never, every agreement holds or has broken down: all at once, as one
 * who waits would see it. docs/models/worlds.md.
 *
 * World `w` of a seed is the same whatever else is drawn, in any order and on any number of threads: each number follows from
 * the seed, what it is for (ids and names, not rows) and the world. Frequencies over worlds are the chances of access.h and record.h. */
#ifndef AIRBRIDGE_WORLDS_H
#define AIRBRIDGE_WORLDS_H

#include "airbridge/plan.h"
#include "airbridge/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Worlds are numbered below 2^44. */
typedef struct ab_worlds ab_worlds;

/* `op` and `access` must outlive the worlds; threads may share them. NO_MEMORY only. */
AB_API ab_status ab_worlds_make(const ab_operation *op, const ab_access *access, uint64_t seed, ab_worlds **out, ab_error *err);
AB_API void ab_worlds_free(ab_worlds *worlds);

/* Is a row of places, hubs, roads or links open for deliveries by `means`, as reports have it? For a hub with AB_MEANS_LINK:
 * whatever the means. Two-state chains; what one authority holds opens and closes together, the less sure first. */
AB_API bool ab_worlds_open(const ab_worlds *worlds, uint64_t world, ab_input_table table, int32_t row, ab_means means, int32_t t);

/* Has an agreement not yet broken down when its chance to hold has sunk to `hold_prob`? It breaks down at one moment for all
 * that rests on it, so that this is true of all greater chances too. */
AB_API bool ab_worlds_holds(const ab_worlds *worlds, uint64_t world, int32_t agreement, double hold_prob);

/* Is leave to set out for `place` there in period t: not needed, or given and kept, or answered by then and with yes? */
AB_API bool ab_worlds_leave(const ab_worlds *worlds, uint64_t world, int32_t place, ab_means means, int32_t t);

typedef enum ab_fate {
    AB_FATE_STAYS,       /* it never leaves: no leave, a last word against it, or its hub is closed */
    AB_FATE_TURNED_BACK, /* it comes back with its load: a road or the place is closed, or a gatekeeper closes it */
    AB_FATE_ARRIVES
} ab_fate;

/* What becomes of a trip. Those who are hurt, and loads that are lost, taken off or broken off (ab_access_outcomes), are no part of it,
 * as they are none of a plan's chances. */
AB_API ab_fate ab_worlds_fate(const ab_worlds *worlds, uint64_t world, const ab_passage *passage);
AB_API bool ab_worlds_passes(const ab_worlds *worlds, uint64_t world, const ab_passage *passage);

/* The share of all worlds in which it passes, exactly. permit x ab_access_open, but where a row is held by several authorities of
 * whom another than the first is met before it: no joint world has that figure on all ways at once (docs/models/worlds.md). */
AB_API double ab_worlds_prob(const ab_worlds *worlds, const ab_passage *passage);

/* Does a transfer over a link get through that leaves in period t: link and both hubs are open? */
AB_API bool ab_worlds_moves(const ab_worlds *worlds, uint64_t world, int32_t link, int32_t t);

/* ---- A plan judged ---- */

typedef struct ab_judge_options {
    uint64_t first_world; /* and `count` from there */
    int32_t count;        /* 1 or more */
    bool rides_again;     /* what did not leave or came back rides with later vehicles of the plan that have room */
    double empty_days;    /* for ab_place_judged.empty_prob */
} ab_judge_options;
#define AB_JUDGE_OPTIONS_INIT {0, 1000, true, 7}

/* A mean over worlds with the 5 % and 95 % points of the worlds. */
typedef struct ab_spread {
    double mean, low, high;
} ab_spread;

/* Hunger is H of docs/models/plan.md, person-ration-days weighted, of all people of the place. */
typedef struct ab_place_judged {
    double hunger_on_averages; /* what the plan foretells */
    ab_spread hunger;
    double empty_prob;         /* share of worlds in which nothing at all is eaten of food on empty_days on end or more */
    double longest_empty_days; /* the longest such spell, mean over worlds */
} ab_place_judged;

typedef struct ab_judged {
    int32_t count;
    double hunger_on_averages; /* what the plan foretells */
    double hunger_if_nothing;
    ab_spread hunger;
    double hunger_error;       /* standard error of the mean */
    double objective_mean;     /* hunger and what is missed under the floor: Z */
    double arrived_frac, turned_back_frac, stayed_frac; /* of planned departures times worlds; they sum to 1, or are 0 without departures */
    int32_t worst_place;       /* greatest mean hunger of a person over worlds; -1: nobody is there */
    int32_t place_count;
    const ab_place_judged *place;
    const double *world_hunger;/* [count] */
    struct ab_arena *arena;
} ab_judged;

/* Lives through worlds with a plan: what arrives is received, what is turned back is at its hub again at the end of the trip's cycle,
 * what did not leave stays there. All else than access is as the plan has it: drops receive the share that was worked out
 * beforehand. `previous` as in ab_plan_options. NO_MEMORY only. */
AB_API ab_status ab_worlds_judge(const ab_worlds *worlds, const ab_operation *op, const ab_need *need, const ab_access *access,
                                 const ab_routes *routes, const ab_trips *trips, const ab_plan *plan, const ab_previous *previous,
                                 const ab_judge_options *options, ab_judged **out, ab_error *err);
AB_API void ab_judged_free(ab_judged *judged);

#ifdef __cplusplus
}
#endif
#endif
