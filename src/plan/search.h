/* The search for a plan of whole vehicles: relaxation, whole trips, improvement, cost. */
#ifndef PLAN_SEARCH_H
#define PLAN_SEARCH_H

#include "airbridge/plan.h"
#include "plan/model.h"

/* Nearer than this to a whole number is whole; CLP's tolerance is 1e-7. */
#define AB_WHOLE 1e-5

/* What a departure counts for while cost is cut, whatever goes: notice, escort, the talk at each gate.
 * Assumed; not reported as a cost. */
#define AB_PASSAGE_USD 500.0

typedef struct ab_search {
    ab_model *model;
    const ab_plan_options *options;
    double deadline_s;       /* of the monotonic clock; 0: none */
    double relax_s;          /* what the relaxation took; shown, never decided on */
    bool stopped;            /* by the caller or by time */
    int64_t solves;          /* so far */

    char *open;              /* [offers] 1: its columns may be used */
    double usd_weight;       /* hunger, per person, that a dollar counts for while trips are chosen */
    double bound;            /* hunger of the relaxation, per person; 0 until it is solved */
    double unopened;         /* most that closed offers could take off the last solution's hunger, per person */
    double bound_all;        /* the same with dollars at usd_weight; 0 until it is solved */
    double nothing;          /* hunger if nothing is sent, per person */
    double change;           /* most that a plan can take off hunger, what counts for the floor apart; per person */
    double *relaxed;         /* [cols] the relaxation's solution, where it is large; else NULL */
    bool large;              /* too many parts of vehicles to dive for: the greedy rounds, and cost is cut in part */
    bool nearly;             /* the relaxation was solved near its optimum only */
    bool priced;             /* the relaxation was solved */
    double *price;           /* [rows] what one unit more of a limit would save, per person: 0 or more */
    double *reduced;         /* [cols] reduced costs of the relaxation */

    bool hasty;              /* a dive that ends nowhere is not tried again, slowly */
    bool cutting;            /* hunger is held by a row: dollars decide which plan is better */
    bool found;              /* there is a whole plan: */
    double *x;               /* [cols] */
    double *kept_x;          /* [cols] the plan before as far as it can be kept; NULL: none */
    bool stays;              /* what is kept of the plan before is as good as a long search would be */
    double hunger;           /* its hunger, per person, as the programme eats */
    double usd;              /* cost of its trips */
} ab_search;

/* NO_MEMORY only. Memory is in the model's arena. */
ab_status ab__search_start(ab_search *search, ab_model *model, const ab_plan_options *options, ab_error *err);
/* Of a clock that only runs forward. */
double ab__search_seconds(void);
/* Tells the caller how it stands; false: stop here. */
bool ab__search_goes_on(ab_search *search, const char *stage);
/* Solves and, where that ends for want of time, sets `stopped`. */
ab_status ab__search_solve(ab_search *search, ab_lp_outcome *outcome, ab_error *err);
/* The objective: hunger times `hunger` and dollars times `usd`, and once the bound is known the price of changes. */
void ab__search_weigh(ab_search *search, double hunger, double usd);
/* (best - bound) / (hunger if nothing is sent - that of the relaxation); 0 if nothing can be changed. What people
 * miss under the floor counts in `best` and `bound`, but not in what can be changed: it weighs so much that any
 * plan would look good beside it. */
double ab__search_gap_frac(const ab_search *search, double hunger);
/* Hunger, per person, of the programme's solution x. */
double ab__search_hunger(const ab_search *search, const double *x);
/* That and the price of its changes to the plan before, once the bound is known: what plans are compared by. */
double ab__search_value(const ab_search *search, const double *x);
/* Dollars that a unit of the column counts as a change, while cost is cut. */
double ab__search_change_usd(const ab_search *search, int32_t col);
/* Keeps the last solution if it is whole and of less value than what there is; while cost is cut, if it
 * costs less. */
void ab__search_keep(ab_search *search);
/* Is the programme's solution one of whole vehicles? */
bool ab__search_is_whole(const ab_search *search);
/* Keeps it in any case. */
void ab__search_take(ab_search *search);

/* open.c: offers are closed until they are worth their columns. */
void ab__search_open(ab_search *search, int32_t offer);
void ab__search_close(ab_search *search, int32_t offer);
void ab__search_open_all(ab_search *search);
/* What commitments ask for and nothing else. */
void ab__search_open_promised(ab_search *search);
/* That and a first choice for each place and period. */
void ab__search_open_few(ab_search *search);
/* Opens offers that the prices of the last solve would use, the best of each place and period; false:
 * there is none, so that the solution is one of the whole programme. */
bool ab__search_open_more(ab_search *search);
/* unopened.c: most that vehicles of closed offers could gain, gain[offers] each, per person. false: out of memory. */
bool ab__search_unopened(const ab_model *model, const double *gain, struct ab_arena *scratch, double *out);
/* relax.c: vehicles of which the programme's solution has a part only. */
int32_t ab__search_parts(const ab_search *search);
/* Is the programme so large that the relaxation may stay a little short of its optimum? */
bool ab__search_is_vast(const ab_search *search);

/* fill.c: a whole plan without search: what `start` (NULL: nothing) has of whole vehicles, and what helps beside it. */
ab_status ab__search_fill(ab_search *search, const double *start, ab_error *err);
/* relax.c: the bound and the prices. `*outcome` says whether the commitments can be kept at all. */
ab_status ab__search_relax(ab_search *search, ab_lp_outcome *outcome, ab_error *err);
/* again.c: the plan before just as it was, if it can still go, before anything else is known: the relaxation begins from it. */
ab_status ab__search_begin_before(ab_search *search, ab_error *err);
/* again.c: the plan before, as far as it can still be kept, as a first plan. */
ab_status ab__search_follow(ab_search *search, ab_error *err);
/* Makes loads whole packages (ab__search_pack), and takes the plan before after all where what was found, as people live with it,
 * is not worth its changes. False: out of memory. */
bool ab__search_settle(ab_search *search);
/* Loads of departures that are kept stay as they were where a change of them does not save its price. */
ab_status ab__search_keep_loads(ab_search *search, ab_error *err);
/* Tonnes that the plan before had of this load, where its vehicles go as they did; else -1. */
double ab__search_load_before_t(const ab_search *search, int32_t load);
/* whole.c: whole vehicles from where the programme stands; keeps what it finds. */
ab_status ab__search_whole(ab_search *search, ab_error *err);
/* branch.c: looks for better whole plans below where the programme stands, in at most so many solves. */
ab_status ab__search_branch(ab_search *search, int solves, ab_error *err);
/* improve.c: frees part of the plan at a time and looks for a better one. */
ab_status ab__search_improve(ab_search *search, ab_error *err);
/* cost.c: the same hunger for fewer dollars; no vehicle goes that is not needed. */
ab_status ab__search_cut_cost(ab_search *search, ab_error *err);
/* With all vehicles held, of loads that feed as the plan's do the cheapest. */
ab_status ab__search_load_cheaply(ab_search *search, ab_error *err);
/* sacks.c: vehicles that would leave nearly empty stay. */
ab_status ab__search_drop_sacks(ab_search *search, ab_error *err);
/* again.c: hunger as people live it with these loads, per person; see hunger.h. NaN: out of memory. */
double ab__search_lived(const ab_search *search, const double *x);
/* packages.c: loads in whole packages, once the search has ended. False: out of memory. */
bool ab__search_pack(ab_search *search);
/* model_text.c: gives the programme to options->model_text, before any offer is closed. NO_MEMORY, or what that
 * returns. */
ab_status ab__model_tell(const ab_model *model, const ab_plan_options *options, ab_error *err);
/* packages_linked.c: takes packages off members of linked groups that have too much since; false: out of memory. */
bool ab__search_level_linked(ab_search *search);
/* check.c: FAULT if what was found breaks a row. */
ab_status ab__search_check(const ab_search *search, ab_error *err);

#endif
