/* Better whole plans: part of the plan is freed, the rest held, and whole vehicles are looked for in the
 * part, first by a dive, then by a little branch and bound. What is freed goes round: a span of periods,
 * then a class of vehicle, and so on (large neighbourhood search; Shaw 1998). */
#include <math.h>

#include "base/arena.h"
#include "plan/search.h"

/* A gap below this is not worth more work. */
static const double GOOD_ENOUGH_FRAC = 0.001;
/* The work is counted, not timed, so that the plan is the same on any machine: solves times columns. */
static const int64_t MOST_WORK = 4000000;
enum { SPANS = 8, BRANCHES = 20 };

/* Holds every open offer outside the part at what the best plan has. */
static void free_part(ab_search *search, int32_t from, int32_t until, int32_t vehicle)
{
    ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        int32_t t = model->trips->offer[o].depart;
        if (cols->vehicles < 0 || !search->open[o])
            continue;
        bool free = vehicle < 0 ? t >= from && t < until : ab__kind_of(model, o)->vehicle == vehicle;
        double go = round(search->x[cols->vehicles]);
        ab__lp_col_bounds(model->lp, cols->vehicles, free ? 0 : go, free ? cols->most : go);
    }
}

static ab_status try_part(ab_search *search, int32_t from, int32_t until, int32_t vehicle, ab_error *err)
{
    ab_lp_outcome outcome;
    free_part(search, from, until, vehicle);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_whole(search, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_branch(search, BRANCHES, err);
    return status;
}

static bool enough(const ab_search *search, int64_t solves_before)
{
    int64_t work = (search->solves - solves_before) * ab__lp_cols(search->model->lp);
    return search->stopped || work > MOST_WORK ||
           ab__search_gap_frac(search, search->hunger) <= GOOD_ENOUGH_FRAC;
}

ab_status ab__search_improve(ab_search *search, ab_error *err)
{
    ab_model *model = search->model;
    ab_status status = AB_OK;
    int32_t spans = model->periods < SPANS ? model->periods : SPANS;
    int64_t solves_before = search->solves;
    double before = INFINITY;
    while (status == AB_OK && ab__search_value(search, search->x) < before && !enough(search, solves_before)) {
        before = ab__search_value(search, search->x);
        for (int32_t i = 0; i < spans + model->op->vehicles.count && status == AB_OK; i++) {
            if (enough(search, solves_before) || !ab__search_goes_on(search, "improving"))
                break;
            /* Spans overlap by half, so that a border is the middle of another. */
            int32_t from = i * model->periods / spans, until = (i + 2) * model->periods / spans;
            status = try_part(search, from, until, i < spans ? -1 : i - spans, err);
        }
    }
    return status;
}
