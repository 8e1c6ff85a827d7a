/* verify: proves a result, from its tables alone. Shares no code with what made it: a mistake of the planner
 * is not made twice. docs/models/verify.md has every rule with its tolerance, and what is not proved. */
#ifndef AIRBRIDGE_VERIFY_H
#define AIRBRIDGE_VERIFY_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a rule compares: an amount with the most of it that is allowed, a figure with the same one worked out
 * anew, or a fact that holds or does not. */
typedef enum ab_rule_form { AB_RULE_LIMIT, AB_RULE_EQUAL, AB_RULE_FACT } ab_rule_form;

/* What became of one rule. Texts are static. */
typedef struct ab_rule_account {
    const char *name;    /* "vehicle hours" */
    const char *meaning; /* one line */
    ab_rule_form form;
    int64_t checked, broken; /* comparisons */
    /* LIMIT: the most that was used of what is allowed; EQUAL: the greatest difference, relative to the figure
     * or to one; NaN: nothing to compare */
    double tightest_frac;
} ab_rule_account;

/* A rule that is broken at one point. Texts belong to the proof. */
typedef struct ab_violation {
    int32_t rule;          /* in ab_proof.rule */
    const char *rows;      /* "vehicle:truck; trip:t0003, t0007": the rows that it is about */
    ab_time at;            /* AB_TIME_NONE: no one moment */
    const char *found, *allowed; /* amounts with their unit, or words */
} ab_violation;

typedef struct ab_proof {
    int32_t rule_count, violation_count, unproved_count;
    const ab_rule_account *rule;      /* in the order of src/verify/rules.def */
    const ab_violation *violation;    /* by rule, then as found; 1,000 of a rule at most */
    const char *const *unproved;      /* sentences: what was taken as the result has it, and why */
    int64_t broken;                   /* of all rules; 0: the result is proved */
    struct ab_arena *arena;
} ab_proof;

/* `op` is the operation that lies in the result, `result` its tables, rows of ab_result_schema(). Every rule is
 * tried, whatever another found. NO_MEMORY only; freed with ab_proof_free. */
AB_API ab_status ab_verify(const ab_operation *op, const ab_data *result, ab_proof **out, ab_error *err);
AB_API void ab_proof_free(ab_proof *proof);

#ifdef __cplusplus
}
#endif
#endif
