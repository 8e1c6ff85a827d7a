/* Why something is not sent: refusals, and limits that are full. */
#ifndef PLAN_WHY_H
#define PLAN_WHY_H

#include "plan/search.h"

/* A reason with its row and a sentence without full stop; text is in the plan's arena. */
typedef struct ab_why {
    ab_reason reason;
    ab_ref because;
    int32_t evidence;  /* list in ab_access; -1: none */
    const char *text;  /* NULL: out of memory */
} ab_why;

/* What deliveries are asked about. -1: any. */
typedef struct ab_question {
    int32_t place, vehicle, hub;
    int32_t from, until;  /* departures */
    uint64_t goods;       /* bit c: by what can carry some of these; 0: whatever it carries */
    uint32_t by;          /* bit m: by some of these means; 0: by any */
} ab_question;

/* The limit in words: `row` of the model tells hours from sorties; -1: the hours in which trips may leave. */
const char *ab__say_limit(const ab_model *model, const ab_limit *limit, int32_t row, struct ab_arena *arena);
/* A refusal in words, without its chance. */
const char *ab__say_refusal(const ab_model *model, const ab_refusal *refusal, struct ab_arena *arena);

/* The refusal that stands between the places and the best trip that was refused; NULL: none was. */
const ab_refusal *ab__why_refused(const ab_model *model, const ab_question *question);
/* The same of deliveries of a category to a place by some means (bits; 0: any); if none that was refused could
 * carry it, of any goods. */
const ab_refusal *ab__why_refused_category(const ab_model *model, int32_t place, ab_category category, int32_t from,
                                           int32_t until, uint32_t by);
ab_why ab__why_of_refusal(const ab_model *model, const ab_refusal *refusal, int32_t period,
                          struct ab_arena *arena);

/* Trips like this offer pass, and the group is taken off: because of which row. `goods`: what to call it. */
ab_why ab__why_stripped(const ab_model *model, int32_t offer, int32_t group, const char *goods,
                        struct ab_arena *arena);

/* The same of one row; {-1, -1}: none is known. */
const char *ab__say_stripped(const ab_model *model, ab_ref row, const char *goods, ab_means means,
                             struct ab_arena *arena);

/* Prices of limits, gathered over loads; see why_limits.c. */
typedef struct ab_tally {
    double *of_row;    /* [rows] */
    double of_bounds;  /* of vehicles that go as often as their window allows */
    int32_t vehicle;   /* of such */
} ab_tally;

/* Adds the shares of limits in what keeps more of this load from being sent, by search->price. */
void ab__why_add_load(const ab_search *search, const ab_load_col *load, ab_tally *tally);
/* Would more of the load relieve hunger? */
bool ab__why_wanted(const ab_search *search, const ab_load_col *load);
/* The same for an empty vehicle. */
void ab__why_add_vehicle(const ab_search *search, int32_t offer, ab_tally *tally);
/* The reason with the greatest share, and in it the row; reason NONE: nothing was priced. */
ab_why ab__why_of_tally(const ab_model *model, const ab_tally *tally, struct ab_arena *arena);

/* prove.c: a second plan for the worst gap of each place and category, without the limit that seems to cause it;
 * gaps worst first. NO_MEMORY only. */
ab_status ab__prove_gaps(const ab_search *search, ab_gap *gap, int32_t count, struct ab_arena *arena,
                         ab_error *err);

/* "by road" */
const char *ab__say_means(ab_means means);
/* The name for people, or the id. */
const char *ab__say_name(const char *name, const char *id);
/* The local day of a time. */
const char *ab__say_day(const ab_model *model, ab_time time, char out[AB_TIME_TEXT_CAP]);

#endif
