/* diff: what changed from one plan to another, in trips, in places, and in the rows that they were made from. Works from tables
 * alone, those of a result and the input that it carries. */
#ifndef AIRBRIDGE_DIFF_H
#define AIRBRIDGE_DIFF_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Trips --------------------------------------------------------------------------------------------- */

/* A departure is a class by a means from a hub to a place (zone and system of a drop) in a period; or what goes by a link
 * in a period. Rows of `trips` that are one departure by two ways count together. */
typedef enum ab_trip_change_kind {
    AB_TRIP_KEPT,    /* as many vehicles with the same load */
    AB_TRIP_LOADED,  /* as many vehicles with another load */
    AB_TRIP_MORE,    /* more vehicles */
    AB_TRIP_FEWER,
    AB_TRIP_MOVED,   /* the same vehicles with a like load (within a tenth of its mass) in another period */
    AB_TRIP_ADDED,
    AB_TRIP_DROPPED,
    AB_TRIP_CHANGES
} ab_trip_change_kind;

typedef struct ab_trip_change {
    ab_trip_change_kind kind;
    const ab_trip_row *before, *after;  /* its first rows; NULL: it had none, has none */
    const char *ids_before, *ids_after; /* "t0003; t0004"; "" */
    int64_t vehicles_before, vehicles_after;
    double before_kg, after_kg;
} ab_trip_change;

/* "kept", "load changed", "more", … */
AB_API const char *ab_trip_change_word(ab_trip_change_kind kind);

typedef struct ab_trip_changes {
    int32_t count;
    const ab_trip_change *at;            /* by day, then as the trips stand */
    int32_t of_kind[AB_TRIP_CHANGES];
    int32_t past;                        /* rows of `before` that departed earlier than is compared */
    struct ab_arena *arena;
} ab_trip_changes;

/* Compares departures from `from` on. `before` and `after` are rows of ab_result_schema() and must outlive
 * the answer. NO_MEMORY only. Freed with ab_trip_changes_free. */
AB_API ab_status ab_trip_changes_make(const ab_data *before, const ab_data *after, ab_time from, ab_trip_changes **out,
                                      ab_error *err);
AB_API void ab_trip_changes_free(ab_trip_changes *changes);

/* ---- Rows ---------------------------------------------------------------------------------------------- */

/* A row of an input table that is only in one of two operations, or a cell of it that differs. */
typedef struct ab_row_change {
    int32_t table;                       /* of ab_input_schema() */
    int32_t row_before, row_after;       /* -1: none */
    const char *name;                    /* "road:r3"; of a table without ids what its row is of: "stock:port flour" */
    const char *column;                  /* ""; the row as a whole */
    const char *before, *after;          /* cells; of a whole row "" and what it says */
} ab_row_change;

/* ---- Places -------------------------------------------------------------------------------------------- */

/* How sure it is that a row that changed has to do with a place. None proves that it is the cause. */
typedef enum ab_tie {
    AB_TIE_NONE,
    AB_TIE_GOODS,     /* a hub, class or good of its trips */
    AB_TIE_LINKED,    /* of a place that goes only together with it, by linked agreements */
    AB_TIE_WAY,       /* a road of its ways */
    AB_TIE_PLACE,     /* the place itself */
    AB_TIE_NAMED      /* a row by which one of the plans explains this place: permission, evidence, reason of a gap */
} ab_tie;

typedef struct ab_tied_row {
    int32_t row;                         /* in ab_diff.row */
    ab_tie tie;
} ab_tied_row;

typedef struct ab_place_change {
    const char *id, *name;
    int64_t people;
    double days;                         /* that both plans cover, from `from` on */
    double fed_before, fed_after;        /* of these, days on which people eat their ration */
    double debt_before, debt_after;      /* at the end of them, ration-days a person */
    double received_before_kg, received_after_kg; /* food expected */
    double worse_ration_days;            /* people times the rise of debt: above 0 is worse */
    int32_t trips;                       /* departures to it that changed */
    int32_t tied_count;
    const ab_tied_row *tied;             /* strongest first */
} ab_place_change;

/* Sent by one means, from `from` on. */
typedef struct ab_means_change {
    double vehicles_before, vehicles_after;
    double sent_before_kg, sent_after_kg;
    double expected_before_kg, expected_after_kg;
    double usd_before, usd_after;        /* vehicle hours and canopies */
} ab_means_change;

typedef struct ab_diff {
    ab_time from;                        /* departures before it are past in one of the plans: not compared */
    bool same_input;                     /* by their digests */
    ab_trip_changes *trips;
    int32_t row_count;
    const ab_row_change *row;            /* by table, then as rows stand; without commitments that hold what is frozen */
    int32_t frozen_before, frozen_after; /* such commitments */
    int32_t place_count;
    const ab_place_change *place;        /* those that stand otherwise or whose trips changed: the worst, then the best */
    int32_t better, worse, only_before, only_after; /* places */
    ab_means_change means[ab_means_count];
    double hunger_before, hunger_after;  /* as the summaries have it */
    double cost_before_usd, cost_after_usd; /* trips and goods from `from` on */
    struct ab_arena *arena;
} ab_diff;

/* An operation and its result, as read back from one file. */
typedef struct ab_planned {
    ab_data input, results;
} ab_planned;

/* What changed from `before` to `after`, which must outlive the answer. Fails with USAGE where they have no place in
 * common, and NO_MEMORY. Freed with ab_diff_free. */
AB_API ab_status ab_diff_make(const ab_planned *before, const ab_planned *after, ab_diff **out, ab_error *err);
AB_API void ab_diff_free(ab_diff *diff);

#ifdef __cplusplus
}
#endif
#endif
