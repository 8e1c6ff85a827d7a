/* record: what became of what was asked, and what that teaches about each authority.
 *
 * Between a hub and a place stand gatekeepers. For each the record tells, stage by stage, how a request fared: was it
 * answered, was the answer yes, did the load set out on it, was it let through, was anything taken off, was anybody
 * hurt. Only what was known at a moment counts, so that a chance can be judged by what came afterwards. */
#ifndef AIRBRIDGE_RECORD_H
#define AIRBRIDGE_RECORD_H

#include "airbridge/access.h"
#include "airbridge/authority.h"
#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ab_stage {
    AB_STAGE_ANSWER, /* a request is answered, some day */
    AB_STAGE_YES,    /* an answer gives leave, with or without conditions */
    AB_STAGE_GO,     /* what has leave sets out before the leave ends: no last word against it before loading. A case
                        counts when the time of its leave is over, whichever way it went */
    AB_STAGE_PASS,   /* what set out is let through to the place */
    AB_STAGE_WHOLE,  /* what passes keeps its goods: nothing is taken off at inspection */
    AB_STAGE_FULL,   /* what passes is offloaded in full: nobody breaks off */
    AB_STAGE_KEPT,   /* of what set out nothing is lost or taken on the way */
    AB_STAGE_SAFE,   /* of those who set out nobody is hurt */
    AB_STAGES
} ab_stage;

/* On what a load sets out; AB_STAGE_GO is learnt apart for each. */
typedef enum ab_leave {
    AB_LEAVE_ANSWER,  /* by road, on an approved request, or a corridor that does not name the place */
    AB_LEAVE_PROMISE, /* by road, on a corridor that names the place */
    AB_LEAVE_AIR,     /* by air, with clearance */
    AB_LEAVES
} ab_leave;

/* What became of one request, as far as was known. */
typedef struct ab_ask {
    int32_t request;   /* row */
    int32_t authority; /* number in ab_record_authorities; -1: none named */
    int32_t place;
    ab_leave leave;    /* on what it would set out */
    ab_time asked_at;
    ab_time answered_at; /* AB_TIME_NONE: not by then */
    ab_time fate_at;     /* when it was known whether it set out; AB_TIME_NONE: not by then */
    int8_t yes, went, passed; /* 1, 0; -1: not known by then */
    int32_t movement;  /* the first by this request; -1: none by then */
} ab_ask;

/* What is believed before any case of the operation: a mean, and as how many cases it counts. */
typedef struct ab_prior {
    double mean, cases; /* cases over 0 */
} ab_prior;

/* The same of all stages; means are chances (0 < mean < 1), but for answer_days, which is in days. Sources: priors.c. */
typedef struct ab_priors {
    ab_prior answer, answer_days, yes, go[AB_LEAVES], pass, whole[ab_category_count], full, kept, safe;
} ab_priors;

/* What one would say today: of 2015 to 2018, with approved_arrival_prob and unanswered_arrival_prob of the settings. */
AB_API ab_priors ab_record_priors(const ab_operation *op);
/* What could be said at the end of 2015, without what later years taught: for judging chances by what came. */
AB_API ab_priors ab_record_priors_of_2015(void);

/* What is believed of one stage. */
typedef struct ab_learnt {
    ab_chance chance;
    double seen, good;         /* cases of this authority, those of one decision (a local day) counted as fewer */
    int32_t rows, good_rows;   /* the same, each request or convoy as one */
    double pooled_mean;        /* what the prior and all other authorities say, */
    double firm_cases;         /* and as how many cases that counts */
    double prior_mean, prior_cases; /* what stands behind the stage before any case */
    bool survivors;            /* most cases were never asked for: convoys that moved and were told of */
} ab_learnt;

typedef struct ab_record ab_record;

/* What was known at `now`; answers that came and convoys that moved later are not. A request that was not yet asked is
 * left out. `op` must outlive the record. NO_MEMORY only. */
AB_API ab_status ab_record_make(const ab_operation *op, ab_time now, ab_record **out, ab_error *err);
/* The same from other priors. */
AB_API ab_status ab_record_make_from(const ab_operation *op, ab_time now, const ab_priors *priors, ab_record **out, ab_error *err);
AB_API void ab_record_free(ab_record *record);

/* What ab_access_make learnt from. It lives as long as `access`. */
AB_API const ab_record *ab_access_record(const ab_access *access);

/* The moment up to which plans learn: `as_of`, else the start. */
AB_API ab_time ab_record_now(const ab_operation *op);

/* Who is asked, agrees, besieges or stops; numbers as in ab_ask. */
AB_API const ab_authorities *ab_record_authorities(const ab_record *record);

/* All requests asked by then, by `asked_at`, then row. */
AB_API const ab_ask *ab_record_asks(const ab_record *record, int32_t *count);

/* A stage of an authority; -1: of one of which nothing is on record. `kind` is an ab_leave for AB_STAGE_GO, an
 * ab_category for AB_STAGE_WHOLE, else 0. For AB_STAGE_ANSWER the chance that it answers some day. */
AB_API ab_learnt ab_record_stage(const ab_record *record, int32_t authority, ab_stage stage, int32_t kind);

/* The mean time to its answers, days, of those that come. */
AB_API double ab_record_answer_days(const ab_record *record, int32_t authority);

/* The chance that a request which has waited `waited_s` without an answer has one within `more_s`; both 0 or more. The
 * interval is that of AB_STAGE_ANSWER's, in proportion. */
AB_API ab_chance ab_record_answered(const ab_record *record, int32_t authority, double waited_s, double more_s);

/* Did this movement go by this request: does it name it, and go by the way that was asked for, road or not? Drops do not use
 * leave for a convoy. */
AB_API bool ab_record_is_by_request(const ab_operation *op, int32_t movement, int32_t request);
/* Was it let through: something was received, or nothing is told of a stop, a return or a loss; and it set out. */
AB_API bool ab_record_is_let_through(const ab_operation *op, int32_t movement);

/* On what a load to `place` by `mode` would set out at `t` with leave, as far as agreements were known. */
AB_API ab_leave ab_record_leave(const ab_record *record, int32_t place, ab_mode mode, ab_time t);

/* Who answers for the ring round a place: who besieges it, or, of "Government of Syria and allied forces", the Government
 * of Syria where that is who is asked; -1: nobody is named. */
AB_API int32_t ab_record_besieger(const ab_record *record, int32_t place);

/* What was seen last at an authority's gate to a place, for AB_STAGE_GO whether it set out, for AB_STAGE_PASS whether it
 * was let through: 1, 0, or -1 where nothing was seen. `*since`: when. */
AB_API int ab_record_last(const ab_record *record, ab_stage stage, int32_t authority, int32_t place, ab_time *since);

/* Days after which what was seen last counts 1/e: 14 (assumed), or of 3, 7, 30 and 60 the one that, with its trust, makes
 * the record likeliest, if by it the record is e times as likely and five convoys or more followed another, on a later day,
 * to the same place. `*told`: the record told. */
AB_API double ab_record_memory_days(const ab_record *record, bool *told);

/* How much of what was seen last is the state of the gate and no accident: 0.5 (assumed), or 0.25, 0.75 or 1 as the record
 * tells, together with the days. Leave that lapsed unused does not prove that the next one will. */
AB_API double ab_record_memory_trust(const ab_record *record);

/* A stage's chance at `t`, moved towards what was seen last: chance + trust (seen - chance) e^(-days / memory). */
AB_API ab_chance ab_record_remembered(const ab_record *record, ab_chance chance, ab_stage stage, int32_t authority,
                                      int32_t place, ab_time t);

/* The way of a trip: a place, by some means, from a hub, over roads. */
typedef struct ab_passage {
    int32_t place;
    ab_means means;
    int32_t hub;
    int32_t road_count;
    const int32_t *road; /* rows, in the order in which they are met */
    int32_t depart;      /* period */
} ab_passage;

/* The chance that the way is open, as reports have it: place, hub and every road. What one authority holds is one
 * decision: of its subjects only the least sure counts, and the others with it; what different ones hold, and what nobody
 * is named for, counts each by itself. */
AB_API ab_chance ab_access_open(const ab_access *access, const ab_passage *passage);

/* What becomes of a load that a plan would send: means of what is believed, which sum to 1. `refused`: before loading, for
 * want of an answer or against it. Of those who set out some are hurt; of the others some lose the load, are turned back
 * with it, or break off with a part of it unloaded; of what is unloaded in full some had goods taken off before.
 * What plans count on is the chance to arrive among those who are not hurt and lose nothing: attack is a limit, and loss a
 * share of its own (loss_frac). */
typedef struct ab_outcomes {
    double refused, hurt, lost, turned_back, part, stripped, delivered;
} ab_outcomes;

/* `categories`: bit c for what of ab_category is carried; one inspection decides on all of it, so the least sure counts. */
AB_API ab_outcomes ab_access_outcomes(const ab_access *access, const ab_passage *passage,
                                      uint32_t categories);

/* The chance that people are hurt, of those who set out. Only by road is anything learnt of it: by air it is 0, and drops
 * tell their own harm. */
AB_API ab_chance ab_access_hurt(const ab_access *access, const ab_passage *passage);

#ifdef __cplusplus
}
#endif
#endif
