/* A look at the plan found, by the rows as they were built, apart from the solver that found it. */
#include <math.h>
#include <stdio.h>

#include "base/arena.h"
#include "plan/search.h"

/* Relative to the size of the row's terms. */
static const double TOLERANCE = 1e-6;

/* "quota (agreements, line 3), period 12": what the row is, the row of the operation that sets it, and when. */
static void describe(const ab_model *model, int32_t row, char *out, size_t size)
{
    const ab_limit *limit = &model->limit.at[row];
    char where[80] = "", when[40] = "";
    if (limit->because.row >= 0)
        snprintf(where, sizeof where, " (%s, row %d)", ab_input_schema()->tables[limit->because.table].name, (int)limit->because.row + 1);
    if (limit->period >= 0)
        snprintf(when, sizeof when, ", period %d", (int)limit->period + 1);
    snprintf(out, size, "%s%s%s", limit->reason == AB_REASON_NONE ? "what is carried, eaten or owed" : ab_codes_reason.codes[limit->reason].word,
             where, when);
}

static ab_status check_columns(const ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    for (int32_t c = 0; c < ab__lp_cols(model->lp); c++)
        if (!(search->x[c] >= -TOLERANCE) || !isfinite(search->x[c]))
            return ab_fail(err, AB_FAULT, "a fault of the planner: a quantity of its plan is %g", search->x[c]);
    for (int32_t i = 0; i < model->whole.count; i++)
        if (fabs(search->x[model->whole.at[i]] - round(search->x[model->whole.at[i]])) > AB_WHOLE)
            return ab_fail(err, AB_FAULT, "a fault of the planner: %g vehicles would go on one trip",
                           search->x[model->whole.at[i]]);
    return AB_OK;
}

/* A plan that keeps all rows and has less hunger than the bound would prove the bound wrong. (Packages rounded up
 * afterwards may pass a place's cover, and so the bound; that is another thing.) */
static ab_status check_bound(const ab_search *search, ab_error *err)
{
    double hunger = ab__search_hunger(search, search->x);
    if (search->priced && hunger < search->bound - TOLERANCE * (1 + fabs(search->bound)))
        return ab_fail(err, AB_FAULT, "a fault of the planner: its plan has a hunger of %.9g a person, its bound %.9g",
                       hunger, search->bound);
    return AB_OK;
}

ab_status ab__search_check(const ab_search *search, ab_error *err)
{
    const ab_lp *lp = search->model->lp;
    double *activity = AB_NEW(search->model->arena, double, ab__lp_rows(lp));
    double *size = AB_NEW(search->model->arena, double, ab__lp_rows(lp));
    if (!activity || !size)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan was checked");
    ab_status status = check_columns(search, err);
    if (status == AB_OK)
        status = check_bound(search, err);
    for (int32_t c = 0; c < ab__lp_cols(lp); c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++) {
            activity[e.row[i]] += e.value[i] * search->x[c];
            size[e.row[i]] += fabs(e.value[i] * search->x[c]);
        }
    }
    for (int32_t r = 0; r < ab__lp_rows(lp) && status == AB_OK; r++) {
        double over = fmax(activity[r] - ab__lp_row_hi(lp, r), ab__lp_row_lo(lp, r) - activity[r]);
        if (over > TOLERANCE * (1 + size[r])) {
            char what[240];
            describe(search->model, r, what, sizeof what);
            status = ab_fail(err, AB_FAULT, "a fault of the planner: its plan breaks a limit by %g: %s", over, what);
        }
    }
    return status;
}
