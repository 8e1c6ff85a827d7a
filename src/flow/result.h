/* The rows of a result, filled table by table. */
#ifndef FLOW_RESULT_H
#define FLOW_RESULT_H

#include "airbridge/diff.h"
#include "airbridge/flow.h"
#include "airbridge/loading.h"
#include "airbridge/worlds.h"
#include "base/arena.h"
#include "base/vec.h"
#include "flow/before.h"

struct ab_result {
    ab_arena *arena;
    double solve_s;
    ab_trip_changes *changes; /* from the plan before; NULL: there was none */
    int better_column;        /* AB_COL_settings_… by which another plan does better on worlds; -1: none was found that does */
    double better_value;      /* in SI */
    char better_words[160];   /* what it is, and by how much it is better */
    ab_rows rows[AB_RESULT_TABLES];
};

/* A plan judged on worlds. */
typedef struct ab_verdict {
    char plan[48];        /* "this plan", or a setting with its value, under which another was made */
    int column;           /* AB_COL_settings_… of that setting; -1: this plan */
    double value;         /* and its value, in SI */
    ab_judged *judged;
    double hunger_no_riding; /* mean over worlds if nothing rides again */
    double choosing_mean, reporting_mean; /* over either half of the worlds */
    double gain, gain_error; /* hunger less than with this plan on the second half, world by world, and its standard error */
} ab_verdict;

/* This plan is the first. */
enum { AB_MOST_VERDICTS = 8 };
typedef struct ab_verdicts {
    int32_t count, best;  /* `best`: over the first half of the worlds; -1: there was no choice */
    double empty_days;
    ab_verdict of[AB_MOST_VERDICTS];
} ab_verdicts;

/* Everything that the stages made, as the tables are written from it. */
typedef struct ab_stages {
    const ab_operation *op;
    const ab_need *need;
    const ab_access *access;
    const ab_routes *routes;
    const ab_trips *trips;
    const ab_plan *plan;
    const ab_loading *loading;
    const ab_before *before; /* NULL: the plan was made from nothing */
    int32_t drops_unjudged;  /* periods in which no wind is known for some drop */
    const ab_verdicts *verdicts; /* NULL: it was not judged on worlds */
} ab_stages;

/* Judges a plan on options->worlds worlds of the operation's seed; with options->improve also plans that are made under other settings.
 * `drops` as the trips were made with. `out` is freed by ab__verdicts_free, also after a failure. */
ab_status ab__verdicts_make(const ab_stages *stages, const ab_airdrops *drops, const ab_plan_options *options, ab_verdicts *out,
                            ab_error *err);
void ab__verdicts_free(ab_verdicts *verdicts);
/* Keeps in `result` by which setting another plan does better. */
void ab__verdicts_choose(const ab_verdicts *verdicts, double people, struct ab_result *result);
/* What planning on averages hides, of what a plan can change; NAN: a plan changes nothing. */
double ab__hidden_frac(const ab_stages *stages, const ab_verdict *verdict);

/* Each fills its tables of `result`; false when out of memory. */
bool ab__table_needs(ab_result *result, const ab_stages *stages);
bool ab__table_reach(ab_result *result, const ab_stages *stages);
bool ab__table_trips(ab_result *result, const ab_stages *stages);    /* trips and loads */
bool ab__table_lots(ab_result *result, const ab_stages *stages);     /* after trips: it names them */
bool ab__table_outcomes(ab_result *result, const ab_stages *stages); /* after trips */
bool ab__table_worlds(ab_result *result, const ab_stages *stages);   /* world_totals and world_places */
bool ab__table_changes(ab_result *result, const ab_stages *stages);  /* after trips */
bool ab__table_standing(ab_result *result, const ab_stages *stages); /* stock_days and gaps */
bool ab__table_totals(ab_result *result, const ab_stages *stages);
bool ab__table_summary(ab_result *result, const ab_stages *stages);
bool ab__table_provenance(ab_result *result, const ab_stages *stages);

/* The same of what needs no stages: from what it was made, what came out, and what it says nothing of. */
/* `before`: NULL: made from nothing. */
bool ab__table_origin(ab_result *result, const ab_operation *op, const ab_before *before, const char *answer,
                      const char *not_checked);

/* Copies `count` rows of `size` bytes as a table of the result; false when out of memory, or `failed`. */
bool ab__table_keep(ab_result *result, ab_result_table table, const void *rows, int32_t count, size_t size, bool failed);

/* Who may see a total of so many places, if of many places `audience` may. */
int32_t ab__total_audience(ab_audience audience, int64_t places);
/* How many places somebody lives in. */
int32_t ab__places_in_need(const ab_need *need);

/* "agreement:g1; request:q1": the refs of `list` that lie in the tables of the set (bit per
 * ab_input_table; ~0: all), as text in the arena; NULL when out of memory. */
const char *ab__refs_text(ab_arena *arena, const ab_operation *op, ab_refs list, uint32_t tables);

/* Shapes in the arena; `kind` is AB_SHAPE_NONE when out of memory. */
ab_shape ab__shape_point(ab_arena *arena, double lon_deg, double lat_deg);
ab_shape ab__shape_line(ab_arena *arena, const double *lon_lat_deg, int32_t point_count);

/* What the way of a kind of trip is: drawn, straight line, air. */
const char *ab__way_word(const ab_stages *stages, const ab_trip_kind *kind);
/* The way of a kind of trip: the road's line, or straight from hub to place. */
ab_shape ab__shape_way(ab_arena *arena, const ab_stages *stages, const ab_trip_kind *kind);

#endif
