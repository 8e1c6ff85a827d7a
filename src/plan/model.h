/* The plan's linear programme and what each of its rows and columns means. docs/models/plan.md has the
 * same in symbols. Masses are tonnes here, times hours, food in the place days of its need, so that the
 * numbers that CLP meets lie near one. */
#ifndef PLAN_MODEL_H
#define PLAN_MODEL_H

#include "airbridge/access.h"
#include "airbridge/need.h"
#include "airbridge/route.h"
#include "airbridge/trips.h"
#include "base/vec.h"
#include "num/lp.h"
#include "plan/moved.h"

struct ab_arena;

/* A row's meaning for the reader of a gap. */
typedef struct ab_limit {
    ab_reason reason;  /* AB_REASON_NONE: bookkeeping, no limit of its own */
    ab_ref because;    /* the row that sets it; {-1, -1}: none */
    int32_t period;    /* -1: all */
} ab_limit;

typedef struct ab_load_col {
    int32_t offer, commodity, col;
} ab_load_col;

/* Convoys of a class to a place in a block. */
typedef struct ab_convoy_col {
    int32_t vehicle, place, block, col;
} ab_convoy_col;

/* A running total, block by block: what goes into row `used` counts in this block and all after it. */
typedef struct ab_running {
    int32_t used, block, blocks_left; /* the next blocks_left entries are of the blocks after it */
    double most;
} ab_running;

typedef struct ab_move_col {
    int32_t transfer, commodity, col;
} ab_move_col;

/* An offer's columns; vehicles == -1: the offer is not in the model. */
typedef struct ab_offer_cols {
    int32_t vehicles;
    double most;         /* vehicles that may go */
    int32_t drops;       /* containers; -1: no drop */
    int32_t first_load, load_count; /* in ab_model.load */
    int32_t first_row, row_count;   /* rows of its own: what it can carry */
} ab_offer_cols;

/* A commitment as the model keeps it. Slack columns are fixed at zero until somebody asks who is to blame. */
typedef struct ab_promise {
    bool binds;          /* it has rows */
    bool asks;           /* fixed or at least: something must go */
    int32_t offer_count;
    const int32_t *offer;      /* the offers of the model that it matches */
    double trips, mass_t;      /* asked; -1: not bound */
    int32_t trips_short, trips_over, mass_short, mass_over; /* slack columns; -1: none */
} ab_promise;

typedef AB_VEC(int32_t) ab_cols;

typedef struct ab_model {
    const ab_operation *op;
    const ab_need *need;
    const ab_access *access;
    const ab_routes *routes;
    const ab_trips *trips;
    const ab_previous *previous; /* NULL: none */
    struct ab_arena *arena;
    ab_lp *lp;
    bool failed;               /* out of memory on the way */

    int32_t periods, places, hubs, commodities, groups;
    double people;             /* in all places */
    const double *days;        /* [periods] */
    /* Limits "a day" hold for a block: a period, or all periods that begin in one local day. */
    const int32_t *block;      /* number of the block of period t */
    const double *block_days;  /* of the block of period t; 1 at least */
    int32_t blocks;

    ab_offer_cols *offer;      /* [trips->offer_count] */
    AB_VEC(ab_load_col) load;  /* by offer, then commodity */
    AB_VEC(ab_move_col) move;  /* by transfer, then commodity */
    AB_VEC(ab_convoy_col) convoy;
    AB_VEC(ab_running) running;
    AB_VEC(ab_limit) limit;    /* [rows] */
    AB_VEC(double) hunger;     /* [cols] objective of the first step, per person */
    AB_VEC(double) usd;        /* [cols] of the second */
    AB_VEC(double) spent_usd;  /* [cols] what the bill says; usd has what trouble and risk weigh, too */
    AB_VEC(double) change;     /* [cols] price of changes to the plan before, in hunger per person; in no bound */
    double change_constant;    /* that of a plan that keeps nothing of it */
    double change_price;       /* of one, hunger per person */
    double *load_before_t;     /* [load.count] what the plan before had on it */
    double *move_before_t;     /* [move.count] */
    double *before;            /* [offers] vehicles that the plan before had by this way; NULL: there is none */
    double hunger_constant;    /* hunger that no column holds */
    ab_cols whole;             /* columns that must be whole numbers: vehicles, scarce containers */
    int32_t budget_row;        /* all dollars but those of vehicles by the day; -1: no budget */
    double fixed_usd;          /* vehicles by the day, used or not */
    int32_t hunger_row;        /* holds the hunger while costs are cut */

    ab_moved moved;            /* what is past */
    ab_arrivals moved_arrivals; /* what came by it */
    const double *moved_days;  /* days of need that came by it [as place_row] */
    const int32_t *stock_from; /* first period with stock [hub * commodities + commodity]; periods: never */
    int32_t *stock_row;        /* [(hub * commodities + commodity) * periods + t]; -1: none */
    int32_t *hub_left_col;     /* what is left at the hub [as stock_row]; -1: none */
    int32_t *left_col;         /* what is left in the place [as place_row]; -1: none */
    int32_t *floor_row;        /* [places] what is missing and eaten is at least the floor; -1: none */
    int32_t *floor_col;        /* [places] ration-days that people miss under the floor; -1: none */
    int32_t *nutrient_row;     /* [(place * AB_NUTRIENTS + nutrient) * periods + t]; -1: none */
    int32_t *cover_row;        /* what may arrive beyond expectation [as place_row]; -1: none */
    int32_t *place_row;        /* [(place * groups + group) * periods + t]; -1: none */
    ab_promise *promise;       /* [commitments] */
    const char *path_limited;  /* [paths] 1: a road of the path has a capacity */
} ab_model;

/* Builds all of it. NULL: out of memory. Free with ab__model_free. */
ab_model *ab__model_new(const ab_operation *op, const ab_need *need, const ab_access *access,
                        const ab_routes *routes, const ab_trips *trips);
/* The same with the price of changes to a plan before; `previous` NULL: there is none. */
ab_model *ab__model_again(const ab_operation *op, const ab_need *need, const ab_access *access,
                          const ab_routes *routes, const ab_trips *trips, const ab_previous *previous);
void ab__model_free(ab_model *model);

/* Building blocks. After a failure `model->failed` is set, the rest does nothing and -1 is returned. */
int32_t ab__model_col(ab_model *model, double lo, double hi, double hunger, double usd);
/* What the bill says of one unit of the column. */
void ab__model_spends(ab_model *model, int32_t col, double usd);
/* The column must be a whole number. */
void ab__model_whole(ab_model *model, int32_t col);
int32_t ab__model_row(ab_model *model, double lo, double hi, ab_reason reason, ab_ref because, int32_t period);
void ab__model_at(ab_model *model, int32_t row, int32_t col, double value);
/* lp.h: the row defines the column; the row is looked at only once it is broken. */
void ab__model_defines(ab_model *model, int32_t row, int32_t col);
void ab__model_waits(ab_model *model, int32_t row);
/* `count` times -1; NULL when out of memory. */
int32_t *ab__model_slots(ab_model *model, int64_t count);
/* The row "at most `limit`" in `*slot`, made when first asked for. */
int32_t ab__model_limit(ab_model *model, int32_t *slot, double limit, ab_reason reason, ab_ref because,
                        int32_t period);

static inline const ab_trip_kind *ab__kind_of(const ab_model *model, int32_t offer)
{
    return &model->trips->kind[model->trips->offer[offer].kind];
}

/* The families of rows, in the order in which they are built. */
void ab__rows_stock(ab_model *model);        /* rows_stock.c: what lies at hubs, transfers */
void ab__rows_hunger(ab_model *model);       /* rows_hunger.c: what is eaten, energy debt */
void ab__rows_loads(ab_model *model);        /* rows_loads.c: vehicles, what they carry */
void ab__rows_vehicles(ab_model *model);     /* rows_vehicles.c: hours, sorties, convoys, canopies */
void ab__rows_convoys(ab_model *model);      /* rows_convoys.c: convoys as units */
void ab__rows_budget(ab_model *model);       /* rows_budget.c: what may be spent */
void ab__rows_handling(ab_model *model);     /* rows_handling.c: hubs, places, roads */
void ab__rows_commitments(ab_model *model);  /* rows_commitments.c: what is promised */
void ab__rows_cover(ab_model *model);        /* rows_cover.c: not more on the way than the need */
void ab__rows_permission(ab_model *model);   /* rows_permission.c: quotas, linked groups */
void ab__rows_change(ab_model *model);       /* rows_change.c: the price of changes to the plan before */

/* rows_loads.c: room that a tonne takes in a vehicle, and positions for pallets; 0: it is loaded loose. */
double ab__m3_per_t(const ab_model *model, int32_t commodity);
double ab__pallets_per_t(const ab_model *model, int32_t commodity);

/* offers.c: which offers the model needs. worth[o] = 1: some other offer does not serve at least as well
 * in every respect. */
const char *ab__offers_worth(ab_model *model);

/* rows_commitments.c: the offers that commitment k speaks of. */
bool ab__commitment_matches(const ab_model *model, int32_t commitment, int32_t offer);
/* The periods of a day of departure; [*from, *until). All, if it names no day. */
void ab__commitment_periods(const ab_model *model, int32_t commitment, int32_t *from, int32_t *until);
/* sacks.c: tonnes that make one vehicle of the offer worth sending, and what a tonne of a commodity counts
 * for that. */
double ab__worth_a_trip_t(const ab_model *model, int32_t offer);
double ab__worth_of_t(const ab_model *model, int32_t commodity);
/* May commodity c be carried only because a commitment names it? */
bool ab__commitment_names(const ab_model *model, int32_t commodity);

#endif
