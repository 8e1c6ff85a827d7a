/* plan: which trips, carrying what, when. A linear programme over offered trips (its value is the
 * bound), then whole trips by rounding and repair. docs/models.md has the model. */
#ifndef AIRBRIDGE_PLAN_H
#define AIRBRIDGE_PLAN_H

#include "airbridge/model_text.h"
#include "airbridge/need.h"
#include "airbridge/trips.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Called now and then on the caller's thread; return false to stop with the best plan so far. */
typedef bool ab_progress_fn(void *context, const char *stage, double bound, double best, double gap_frac);

/* Vehicles of a trip of the plan before, in rows of this operation; what has no row here any more is left out. */
typedef struct ab_previous_trip {
    ab_means means;
    int32_t vehicle, hub, place;
    int32_t dropzone, dropsystem;   /* -1: none */
    int32_t depart;                 /* period of this operation */
    int32_t vehicles;
    int32_t first_load, load_count; /* in ab_previous.load */
    double distance_m;              /* tells ways of one class between the same ends apart */
} ab_previous_trip;

/* What a trip of the plan before carries. */
typedef struct ab_previous_load {
    int32_t commodity;
    double mass_kg;
} ab_previous_load;

/* What the plan before moves from hub to hub. `arrive` may be the number of periods: after the end. */
typedef struct ab_previous_move {
    int32_t link, commodity;
    int32_t depart, arrive;
    double mass_kg, expected_kg;
} ab_previous_move;

/* The plan before (flow.h makes it from a result): those of its trips that are still ahead, and all its transfers. A search
 * can begin from it. Departures before op->frozen_until are held by commitments as well. */
typedef struct ab_previous {
    int32_t own_commitments;        /* of the operation: those behind them hold what is frozen */
    int32_t trip_count, load_count, move_count;
    const ab_previous_trip *trip;   /* by departure */
    const ab_previous_load *load;
    const ab_previous_move *move;
} ab_previous;

typedef struct ab_plan_options {
    ab_progress_fn *progress; /* NULL: none */
    void *context;
    double time_limit_s;      /* 0: none */
    /* The programme over all offers, vehicles whole, with the hunger of a person as its objective: relaxed, its
     * optimum times the people in all places is ab_plan.bound. NULL: nobody wants it. */
    ab_model_text_fn *model_text;
    void *model_context;
    const ab_previous *previous; /* a plan from which each change costs change_person_days; NULL: none */
    /* For ab_flow_plan and ab_flow_replan, which read what the settings wind, terrain and density name. */
    const char *folder;          /* in which these files lie; NULL: there is none */
    bool allow_outside;          /* links may lead out of it */
    ab_issues *issues;           /* takes what is flawed in them and in drops; NULL: nobody wants it */
} ab_plan_options;
#define AB_PLAN_OPTIONS_INIT {NULL, NULL, 0, NULL, NULL, NULL, NULL, false, NULL}

/* `vehicles` vehicles of offer `offer`, or flow on transfer `transfer` (then offer is -1). */
typedef struct ab_chosen {
    int32_t offer, transfer;
    int32_t vehicles;
    int32_t first_load, load_count; /* in ab_plan.load */
} ab_chosen;

typedef struct ab_load {
    int32_t commodity;
    double mass_kg;
} ab_load;

/* One place in one period, expected. Arrays over groups are in the unit of the group. */
typedef struct ab_standing {
    double received_kg;       /* food */
    double eaten_frac;        /* of the ration's energy, at most 1 + catch_up_frac */
    double stock_s;           /* full rations left at the end, by the food group that ends first */
    double debt_ration_days;  /* at the end, a person */
    double debt_if_nothing;
} ab_standing;

typedef struct ab_gap {
    int32_t place;
    ab_category category;
    int32_t group;            /* of need, that misses most */
    int32_t from, until;      /* periods */
    double people;
    double eaten_frac;
    double missing;           /* kcal, litres or people-days */
    ab_reason reason;
    ab_ref because;           /* strongest row; {-1, -1}: none */
    int32_t evidence;         /* list in ab_access; -1: none */
    const char *detail;       /* one sentence */
    bool proved;              /* without the limit, and all else as the plan has it, the place would eat more */
    double gain_days;         /* so much more in the span, days of the need of a person; 0 unless proved */
    ab_reason also;           /* what must fall with it, or brings twice as much with it; NONE: nothing */
    ab_ref also_because;
    const char *change;       /* what would have to change; "" where that is not known */
    int32_t holder_count;     /* places that have most of the limit instead */
    int32_t holder[3];
} ab_gap;

typedef struct ab_plan {
    bool infeasible;          /* commitments or groups cannot be kept: no trips then, and `reason` says why */
    const char *reason;
    int32_t chosen_count, load_count;
    const ab_chosen *chosen;  /* by departure, then offer */
    const ab_load *load;
    int32_t place_count, period_count, group_count;
    const ab_standing *standing;  /* [place * period_count + t] */
    const double *met_frac;       /* share of need met [(place * group_count + group) * period_count + t] */
    int32_t gap_count;
    const ab_gap *gap;            /* worst first, by kcal-days per place */
    /* docs/models/plan.md: Z, hunger with what people miss under the floor, person-ration-days weighted. */
    double objective, bound, objective_if_nothing, gap_frac;
    double hunger_change;     /* hunger if nothing is sent less that of the relaxation: the divisor of gap_frac */
    double gap_all_frac;      /* the same with dollars at the weight at which they broke ties */
    double hunger;            /* H, of the objective */
    double floor_shortfall;   /* S: ration-days that people stay under the floor, all together */
    double floor_reached_frac; /* mean share of the ration that the worst-off place gets over the operation */
    int32_t places_under_floor;
    double debt_low, debt_high; /* ration-days owed to a person at the end, if people are as few, as many as said */
    double gini;              /* of ration-days owed at the end over people: 0 alike, 1 all on one */
    int32_t worst_place;      /* most rations owed at the end; -1: nobody is there */
    double nutrient_met_frac[AB_NUTRIENTS]; /* of the floors of protein and fat, over people and days; NAN: not asked for */
    double deficit_kcal_days_per_person, deficit_if_nothing_kcal_days_per_person;
    double trip_usd, cargo_usd, fixed_usd, canopy_usd, convoy_usd;
    double solve_s, build_s, relax_s, whole_s; /* for people to see; nothing depends on them */
    int32_t trips_kept;       /* offers that some plan may need */
    int32_t lp_rows, lp_cols;
    int64_t lp_nonzeros;
    bool interrupted;
    struct ab_arena *arena;
} ab_plan;

AB_API ab_status ab_plan_make(const ab_operation *op, const ab_need *need, const ab_access *access,
                              const ab_routes *routes, const ab_trips *trips, const ab_plan_options *options,
                              ab_plan **out, ab_error *err);
AB_API void ab_plan_free(ab_plan *plan);

#ifdef __cplusplus
}
#endif
#endif
