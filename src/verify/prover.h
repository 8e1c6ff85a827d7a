/* A result whose rows were looked up, and the account of what was proved of it. Every rule is a function over
 * the prover in a file of its own kind; none relies on another having held. */
#ifndef VERIFY_PROVER_H
#define VERIFY_PROVER_H

#include "airbridge/verify.h"
#include "base/arena.h"
#include "base/vec.h"

typedef enum ab_rule {
#define AB_RULE(enumerator, form, name, meaning) AB_PROVE_##enumerator,
#include "verify/rules.def"
#undef AB_RULE
    AB_RULES
} ab_rule;

typedef struct ab_told_load {
    const ab_load_row *row;
    int32_t trip;      /* in ab_prover.trip */
    int32_t commodity;
} ab_told_load;

/* A row of trips, with what it names: rows of the operation, -1 where it names none or one that is not there. */
typedef struct ab_told_trip {
    const ab_trip_row *row;
    int32_t means; /* an ab_means; -1: no such word */
    int32_t vehicle, hub, place, to_hub, link, dropzone, dropsystem;
    int32_t depart, arrive; /* periods; -1: no period begins then */
    int32_t first_load, load_count; /* in ab_prover.load */
    double mass_kg;    /* the sum of its loads, whatever the row says */
    bool whole;        /* names all that a trip of its means needs, and periods: other rules may speak of it */
    bool promised;     /* a commitment that names the place fixes or demands it: somebody has decided */
    double one_way_s;  /* under way, worked out anew; NaN: cannot be */
    double payload_kg; /* of one vehicle over this distance */
    double containers, container_kg; /* of one aircraft; 0: no drop */
    int32_t road_count;
    const int32_t *road; /* of its way, rows of roads */
} ab_told_trip;

/* What people need, and what a kilogram gives (docs/models/need.md). */
typedef struct ab_told_group {
    ab_category category;
    const char *name;
    const char *unit;
    double per_person_day;
    double share; /* of the ration's energy; 0: no food */
} ab_told_group;

enum { AB_NUTRIENTS = 2 }; /* protein, fat */

typedef struct ab_told_needs {
    int32_t group_count;
    ab_told_group *group;
    int32_t *group_of;    /* of a commodity; -1: none */
    double *per_kg;       /* of a commodity, in the unit of its group */
    double ration_kcal;   /* a person and day */
    double nutrient_per_day[AB_NUTRIENTS]; /* g a person; 0: not asked for */
    double *nutrient_per_kg[AB_NUTRIENTS]; /* of a commodity */
} ab_told_needs;

/* How one place lives through the operation. Arrays [group * periods + t], in days of need, and [t]. */
typedef struct ab_lived {
    double *arrived, *eaten, *left;
    double *met[AB_NUTRIENTS]; /* days of the need */
    double *debt;              /* ration-days a person, at the end of t */
    double hunger;             /* of a person, without the floor */
    double rations;            /* eaten over the operation */
} ab_lived;

typedef struct ab_prover {
    const ab_operation *op;
    const ab_data *result;
    ab_arena *arena;
    ab_proof *proof;
    ab_rule_account *account; /* [AB_RULES] */
    AB_VEC(ab_violation) violation;
    AB_VEC(const char *) unproved;
    int64_t told[AB_RULES]; /* violations kept */

    int32_t trip_count, load_count;
    ab_told_trip *trip;
    ab_told_load *load; /* in the order of trips; those whose trip or goods are not there come not at all */
    int32_t periods, blocks;
    double *days;        /* of a period */
    int32_t *block;      /* of a period: limits a day hold for a block (docs/models/plan.md) */
    double *block_days;  /* of the block of a period */
    double all_days;
    ab_told_needs needs;
    ab_lived *lived;         /* [places] with what the plan sends */
    ab_lived *lived_without; /* [places] if nothing is sent */
    struct ab__recount *record; /* of requests and convoys (record.h) */
    bool infeasible;         /* the result says that commitments cannot be kept */
    bool failed;             /* out of memory */
} ab_prover;

/* ---- Telling what was found ---------------------------------------------------------------------- */

/* What a comparison is about: rows as "vehicle:truck; hub:port", trips beside them, a moment. */
typedef struct ab_where {
    const char *word[3]; /* NULL: none */
    const char *id[3];
    ab_time at;          /* AB_TIME_NONE: none */
    const int32_t *trip; /* numbers in ab_prover.trip */
    int32_t trip_count;
} ab_where;

/* Nowhere in particular; the others with up to two rows and a moment. */
ab_where ab__where(ab_time at);
ab_where ab__where_row(const char *word, const char *id, ab_time at);
ab_where ab__where_rows(const char *word, const char *id, const char *word2, const char *id2, ab_time at);
/* A trip of the result; `trip` must live as long as the place is used. */
ab_where ab__where_trip(const ab_prover *prover, const int32_t *trip);

/* The rule holds or not; words for what was found and should be. */
void ab__prove_fact(ab_prover *prover, ab_rule rule, bool holds, const ab_where *where, const char *found,
                    const char *allowed);
/* found <= allowed, but for 1e-6 of (1 + |allowed|) and `spare`, both in `unit`. Infinite: no limit, no comparison. */
void ab__prove_most(ab_prover *prover, ab_rule rule, double found, double allowed, double spare, const char *unit,
                    const ab_where *where);
/* Equal to 1e-6 of (1 + |expected|). `what` is named in the message. Two that are not known are equal. */
void ab__prove_equal(ab_prover *prover, ab_rule rule, const char *what, double found, double expected,
                     const char *unit, const ab_where *where);
/* The same to `frac` of (1 + |expected|). */
void ab__prove_near(ab_prover *prover, ab_rule rule, const char *what, double found, double expected, double frac,
                    const char *unit, const ab_where *where);
/* A sentence: what could not be proved, and why. */
void ab__not_proved(ab_prover *prover, const char *sentence);

/* ---- Sums over trips ------------------------------------------------------------------------------ */

/* `amount` that a trip uses of the limit number `cell`. */
typedef struct ab_use {
    int64_t cell;
    int32_t trip;
    double amount;
} ab_use;

typedef AB_VEC(ab_use) ab_uses;

void ab__use(ab_prover *prover, ab_uses *uses, int64_t cell, int32_t trip, double amount);

/* What is allowed of a cell, and where that is: fills `where` but for its trips. */
typedef double ab_allowed_fn(const ab_prover *prover, int64_t cell, ab_where *where);

/* Sums each cell that is used and compares it with what is allowed. Frees the uses. */
void ab__prove_uses(ab_prover *prover, ab_rule rule, ab_uses *uses, const char *unit, ab_allowed_fn *allowed);

/* ---- What rules share ------------------------------------------------------------------------------ */

static inline bool ab__is_delivery(const ab_told_trip *trip)
{
    return trip->whole && trip->means != AB_MEANS_LINK;
}
static inline bool ab__is_transfer(const ab_told_trip *trip)
{
    return trip->whole && trip->means == AB_MEANS_LINK;
}
/* Does it land at the place or drop there? */
static inline bool ab__is_flight(const ab_told_trip *trip)
{
    return ab__is_delivery(trip) && trip->means != AB_MEANS_ROAD;
}
static inline double ab__known_or(double value, double otherwise)
{
    return value == value ? value : otherwise;
}

/* Row number `i` of a result table. */
#define AB_TOLD(prover, table, row, i) (&((const ab_##row *)(prover)->result->rows[AB_TABLE_##table].at)[i])
#define AB_TOLD_COUNT(prover, table) ((prover)->result->rows[AB_TABLE_##table].count)

/* The figure of the summary, or NaN. */
double ab__told_figure(const ab_prover *prover, const char *key);
bool ab__told_has(const ab_prover *prover, const char *key);
/* The period that begins at `time`; -1: none does. */
int32_t ab__period_begins(const ab_prover *prover, ab_time time);
/* The first period of a block. */
int32_t ab__block_begins(const ab_prover *prover, int32_t block);
/* The first moment that is still planned. */
ab_time ab__told_now(const ab_operation *op);

/* Does commitment k speak of the trip? */
bool ab__told_binds(const ab_prover *prover, int32_t commitment, const ab_told_trip *trip);
/* It fixes or demands. */
bool ab__told_asks(const ab_commitment *commitment);

/* Does a commitment that speaks of the trip name a mass? It goes as it is named, in parts of packages if need be. */
bool ab__mass_is_named(const ab_prover *prover, const ab_told_trip *trip);

/* A movement that lies in the past (dated before as_of) and within the operation: its period, or -1. */
int32_t ab__movement_period(const ab_prover *prover, int32_t movement);
/* What left the hub for good. */
double ab__movement_left_kg(const ab_movement *movement);

/* Whole convoys of the class that set out for the place in the block. */
int64_t ab__convoys(const ab_prover *prover, int32_t vehicle, int32_t place, int32_t block);

/* ---- Permission (leave.c, hours.c) ------------------------------------------------------------------ */

typedef enum ab__leave_state {
    AB__LEAVE_NOT_NEEDED,
    AB__LEAVE_GIVEN,
    AB__LEAVE_REFUSED,
    AB__LEAVE_ASKED,
    AB__LEAVE_NONE
} ab__leave_state;

/* Who gave leave for deliveries to a place by some means that depart in a period, for what. */
typedef struct ab__leave {
    ab__leave_state state;
    uint64_t commodities;
    double prob;          /* chance to be let in, by permission alone: the product of */
    double leave_prob, go_prob, gate_prob; /* leave that holds or comes in time; setting out on it; passing the gates */
    int32_t authority;    /* whose leave that is, or would be; -1: nobody is named */
    bool by_request;      /* some leave is an answer to a request */
    int32_t row_count;
    ab_ref *row;          /* the rows that give it */
} ab__leave;

ab__leave ab__leave_of(ab_prover *prover, int32_t place, int32_t means, int32_t t);
/* Does the agreement bind deliveries to the place by these means that depart in t? */
bool ab__agreement_binds(const ab_operation *op, int32_t agreement, int32_t place, int32_t means, int32_t t);
/* From when it can be used as leave. */
ab_time ab__agreement_usable(const ab_operation *op, int32_t agreement);
/* The share of the period of departure in which the trip may leave its hub. */
double ab__open_frac(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave);
/* The first moment of period t at which the hub is at work; AB_TIME_NONE: never in it. */
ab_time ab__hub_at_work(const ab_operation *op, int32_t hub, int32_t t);
/* Nights that a trip rests, and its time on the clock. */
double ab__rests(double work_s, double duty_s);

/* ---- The rules, in the order in which they run ---------------------------------------------------- */

bool ab__told_make(ab_prover *prover);      /* looks rows up: names, numbers, times */
bool ab__needs_make(ab_prover *prover);
bool ab__lived_make(ab_prover *prover);
void ab__prove_input(ab_prover *prover);
void ab__prove_sums(ab_prover *prover);
void ab__prove_ways(ab_prover *prover);     /* fills one_way_s, payload_kg, containers */
void ab__prove_lift(ab_prover *prover);
void ab__prove_lots(ab_prover *prover);
void ab__prove_hubs(ab_prover *prover);
void ab__prove_transfers(ab_prover *prover);
void ab__prove_fleet(ab_prover *prover);
void ab__prove_ground(ab_prover *prover);
void ab__prove_leave(ab_prover *prover);
void ab__prove_outcomes(ab_prover *prover);
void ab__prove_pacts(ab_prover *prover);
void ab__prove_commitments(ab_prover *prover);
void ab__prove_cover(ab_prover *prover);
void ab__prove_standing(ab_prover *prover); /* needs, stock_days, gaps */
void ab__prove_totals(ab_prover *prover);
void ab__prove_figures(ab_prover *prover);
void ab__prove_costs(ab_prover *prover);

#endif
