/* The plan before as a first plan: its vehicles and no others, as far as they can still go and be loaded. What is found after
 * it must be worth its changes. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "plan/search.h"

/* Opens what the plan before had, with no more vehicles, and what is promised. */
static void allow_before(ab_search *search)
{
    const ab_model *model = search->model;
    ab__search_open_promised(search);
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        if (cols->vehicles < 0 || search->open[o] || !(model->before[o] > 0))
            continue;
        ab__search_open(search, o);
        ab__lp_col_bounds(model->lp, cols->vehicles, 0, fmin(cols->most, model->before[o]));
    }
}

/* What was open, and what the plan before had. */
static void reopen(ab_search *search, const char *open)
{
    const ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        if (open[o] || model->before[o] > 0)
            ab__search_open(search, o);
        else
            ab__search_close(search, o);
    }
}

ab_status ab__search_follow(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    size_t offers = (size_t)model->trips->offer_count;
    ab_lp_outcome outcome;
    if (!model->before)
        return AB_OK;
    char *open = AB_NEW(model->arena, char, offers);
    if (!open)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was looked at");
    memcpy(open, search->open, offers);
    allow_before(search);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_whole(search, err);
    reopen(search, open);
    if (status == AB_OK && !search->stopped)
        status = ab__search_solve(search, &outcome, err);
    return status;
}
