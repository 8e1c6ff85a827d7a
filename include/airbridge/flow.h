/* flow: the order of the stages; the one place that knows the whole way. */
#ifndef AIRBRIDGE_FLOW_H
#define AIRBRIDGE_FLOW_H

#include "airbridge/drop.h"
#include "airbridge/events.h"
#include "airbridge/operation.h"
#include "airbridge/plan.h"
#include "airbridge/pseudonym.h"
#include "airbridge/ration.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A result in memory: what ab_result_write writes and the summary shows. */
typedef struct ab_result ab_result;

/* Runs need, access, route, trips and plan. Where something can be dropped, it reads the files that settings name: USAGE, IO or FLAWED
 * (with options->issues) where that fails. `op` must outlive the result. An infeasible plan is a
 * result (its status AB_INFEASIBLE is returned and *out is set, with the reason). */
AB_API ab_status ab_flow_plan(const ab_operation *op, const ab_plan_options *options, ab_result **out, ab_error *err);

/* `*result` is what ab_flow_plan made of `op` with options->improve. If a plan under another setting does better on worlds (by the half of them
 * on which it was not chosen, more than twice the standard error), `*better` becomes the operation with that setting, which must
 * outlive the result as `op` must outlive it, and `*result` its plan; else `*better` is NULL and nothing changes. Fails as ab_flow_plan. */
AB_API ab_status ab_flow_plan_better(const ab_operation *op, const ab_plan_options *options, ab_operation **better, ab_result **result,
                                     ab_error *err);
/* That setting, and by how much it is better; "" where none is. It lives as long as the result. */
AB_API const char *ab_result_better(const ab_result *result);

/* Chooses a ration. `*into` (NULL: not wanted) becomes the operation's tables with that ration: the needs and prices
 * of its food commodities, commodities for foods that have none, and what is bought as stock where it is bought; freed
 * with ab_book_free, and left NULL without a ration. Where no ration gives all that is asked, *out is set, with the
 * nearest one and the reason, and the status is AB_INFEASIBLE; else fails as ab_ration_make does. */
AB_API ab_status ab_flow_ration(const ab_operation *op, const ab_ration_options *options, ab_result **out,
                                ab_book **into, ab_error *err);

/* Weighs an export of events (ab_events_make) and lays the reports out as the one sheet `access` of `*out`, with all columns of that
 * table, no hashtags, and a row each; freed with ab_book_free. Fails as ab_events_make does. */
AB_API ab_status ab_flow_import_events(const ab_operation *op, const ab_sheet *events, ab_time now, ab_book **out,
                                       ab_events_tally *tally, ab_issues *issues, ab_error *err);

/* What is asked of drops. */
typedef struct ab_drop_request {
    ab_drop_options drop;     /* zone, aircraft, system, time, height: what is to be worked out */
    const char *folder;       /* in which the files lie that the settings `wind`, `terrain` and `density` name; NULL: there is none */
    bool allow_outside;       /* links may lead out of it */
    bool calendar;            /* each full hour of three days, from as_of or the start, instead of drop.at */
    bool places;              /* which places that are cut off could be served from the air at all; drops are then those of plans (on_the_day) */
    int32_t sighter;          /* loads dropped first and watched: what they would be worth; 0: not asked */
} ab_drop_request;
#define AB_DROP_REQUEST_INIT {AB_DROP_OPTIONS_INIT, NULL, false, false, false, 0}

/* Finds the rows that words of a user name, by id or name; NULL: all. USAGE where there is none, with the nearest. */
AB_API ab_status ab_drop_find(const ab_operation *op, const char *zone, const char *vehicle, const char *dropsystem,
                              ab_drop_options *out, ab_error *err);

/* Works drops out: reads forecast, terrain and people, runs access and drop, and lays them out as the tables drops, gates, footprints,
 * drop_exclusions, drop_winds, sticks and sighters. `results` (rows of ab_result_schema(), NULL: none): a result of this operation whose
 * other tables go with the new ones; they and `op` must outlive `*out`. USAGE where there is no zone, aircraft or
 * system to drop with, or a file has no folder; FLAWED with `issues`; IO; INTERRUPTED where progress said stop; NO_MEMORY. */
AB_API ab_status ab_flow_drop(const ab_operation *op, const ab_data *results, const ab_drop_request *request, ab_result **out,
                              ab_issues *issues, ab_error *err);

/* What is asked of a ledger. */
typedef struct ab_ledger_request {
    ab_time at;             /* what was known then; AB_TIME_NONE: at as_of, else at the end */
    const char *authority;  /* this one alone, however it is spelt; NULL: all */
    ab_pseudonyms *key;     /* authorities are written as their pseudonyms, new ones are given; NULL: by their names */
} ab_ledger_request;

/* Each authority's record from asked to offloaded, as the tables ledger and ledger_stages: those of whom most was asked
 * first. `op` must outlive `*out`. USAGE where there is no such authority; NO_MEMORY. */
AB_API ab_status ab_flow_ledger(const ab_operation *op, const ab_ledger_request *request, ab_result **out, ab_error *err);

/* Judges what the record foretells by what came (score.h), as the tables scores, score_bins and score_cases. `op` must outlive
 * `*out`. NO_MEMORY. */
AB_API ab_status ab_flow_score(const ab_operation *op, ab_result **out, ab_error *err);

/* What of access is shown. */
typedef struct ab_access_request {
    ab_time at;          /* as it was known then; AB_TIME_NONE: at as_of, or, where nobody says when now is, from the start on by
                          * all that the tables say, as plans take it */
    const char *subject; /* "place:duma", an id or a name; NULL: all places, and hubs, roads and links of which something is said */
    const char *means;   /* road, airlift, airdrop, helicopter; NULL: all of which something is said, and of places the road */
} ab_access_request;

/* Shows access as the tables access_days, access_gates and access_words. `op` must outlive `*out`. USAGE where there is no such
 * subject or means, or the operation is over by then; NO_MEMORY. */
AB_API ab_status ab_flow_access(const ab_operation *op, const ab_access_request *request, ab_result **out, ab_error *err);

/* Of which list of whose yes to push for. */
typedef struct ab_chase_request {
    ab_time at;          /* now, and as it was known then; AB_TIME_NONE: as_of, else the start */
    const ab_data *plan; /* rows of ab_result_schema() of a plan of this operation, by whose hunger the list is ordered; NULL: by
                          * the hunger if nothing more is sent */
} ab_chase_request;

/* Lists whose yes is missing, and the last hour at which it still saves which date, as the tables chase (most hunger at stake
 * first) and chase_dates. `op` and `plan` must outlive `*out`. USAGE where the operation is over by then; NO_MEMORY. */
AB_API ab_status ab_flow_chase(const ab_operation *op, const ab_chase_request *request, ab_result **out, ab_error *err);

AB_API void ab_result_free(ab_result *result);

/* Seconds that making the plan took: for people to see; no table of the result holds it. */
AB_API double ab_result_solve_s(const ab_result *result);
/* What a plan that is made again owes to the one before: what of it is frozen, what is let go, what a change costs. */
typedef struct ab_before ab_before;

/* `results`: rows of ab_result_schema(), of a plan of this operation as it was; they and `op` must outlive `*out`. Of its
 * trips those that depart in [as_of, as_of + freeze_h) are frozen, but for those (ab_let_go) that a commitment has
 * decided anew, that are named in `thaw` (ids with commas between them; NULL: none), or that would not be offered today.
 * Fails with USAGE where `thaw` names what is no frozen trip or the plan before is of another operation, with FLAWED
 * where its file was changed, and NO_MEMORY. Freed with ab_before_free. */
AB_API ab_status ab_before_make(const ab_operation *op, const ab_data *results, const char *thaw, ab_before **out,
                                ab_error *err);
AB_API void ab_before_free(ab_before *before);

/* The operation with a commitment more for each departure that is frozen: what is planned, and what goes with the
 * result as its input. */
AB_API const ab_operation *ab_before_operation(const ab_before *before);

/* ab_flow_plan for ab_before_operation(before): what is frozen goes as it was, and the rest of the plan before is kept where
 * change_person_days a vehicle are not saved by a change. */
AB_API ab_status ab_flow_replan(const ab_before *before, const ab_plan_options *options, ab_result **out, ab_error *err);

/* The result's tables, rows of ab_result_schema(). */
AB_API ab_data ab_result_data(const ab_result *result);

#ifdef __cplusplus
}
#endif
#endif
