/* Better whole plans: part of the plan is freed, the rest held, and the search for whole vehicles runs
 * over the part. What is freed goes round: a span of periods, then a class of vehicle, and so on. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "plan/search.h"

/* A gap below this is not worth more work. */
static const double GOOD_ENOUGH_FRAC = 0.001;
enum { SPANS = 8 };

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
    bool solved = status == AB_OK && outcome == AB_LP_OPTIMAL;
    if (solved && !getenv("NODIVE"))
        status = ab__search_whole(search, err);
    if (solved && status == AB_OK && getenv("PART"))
        status = ab__search_solve(search, &outcome, err);
    if (solved && status == AB_OK && outcome == AB_LP_OPTIMAL && getenv("PART"))
        status = ab__search_branch(search, atoi(getenv("PART")), err);
    return status;
}

static bool good_enough(const ab_search *search)
{
    return ab__search_gap_frac(search, search->hunger) <= GOOD_ENOUGH_FRAC;
}

ab_status ab__search_improve(ab_search *search, ab_error *err)
{
    ab_model *model = search->model;
    ab_status status = AB_OK;
    int32_t spans = model->periods < SPANS ? model->periods : SPANS;
    double before = INFINITY;
    while (status == AB_OK && !good_enough(search) && search->hunger < before && !search->stopped) {
        before = search->hunger;
        for (int32_t i = 0; i < spans + model->op->vehicles.count && status == AB_OK; i++) {
            if (good_enough(search) || !ab__search_goes_on(search, "improving"))
                break;
            /* Spans overlap by half, so that a border is the middle of another. */
            int32_t from = i * model->periods / spans, until = (i + 2) * model->periods / spans;
            status = try_part(search, from, until, i < spans ? -1 : i - spans, err);
        }
    }
    if (status == AB_OK && !good_enough(search) && getenv("ALL")) { ab_lp_outcome outcome;
        ab__search_open_all(search);
        status = ab__search_solve(search, &outcome, err);
        if (status == AB_OK && outcome == AB_LP_OPTIMAL) status = ab__search_branch(search, (int)(atof(getenv("ALL"))/ab__lp_cols(model->lp)), err);
    }
    return status;
}
