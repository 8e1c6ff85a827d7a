#include "plan/model.h"

#include <math.h>

#include "base/arena.h"

int32_t ab__model_col(ab_model *model, double lo, double hi, double hunger, double usd)
{
    if (model->failed)
        return -1;
    int32_t col = ab__lp_col(model->lp, lo, hi, hunger);
    double *h = AB_PUSH(&model->hunger);
    double *u = AB_PUSH(&model->usd);
    double *spent = AB_PUSH(&model->spent_usd);
    double *change = AB_PUSH(&model->change);
    if (col < 0 || !h || !u || !spent || !change) {
        model->failed = true;
        return -1;
    }
    *h = hunger;
    *u = usd;
    *change = 0;
    return col;
}

void ab__model_spends(ab_model *model, int32_t col, double usd)
{
    if (!model->failed)
        model->spent_usd.at[col] = usd;
}

void ab__model_whole(ab_model *model, int32_t col)
{
    int32_t *whole = model->failed ? NULL : AB_PUSH(&model->whole);
    if (whole)
        *whole = col;
    else
        model->failed = true;
}

int32_t ab__model_row(ab_model *model, double lo, double hi, ab_reason reason, ab_ref because, int32_t period)
{
    if (model->failed)
        return -1;
    int32_t row = ab__lp_row(model->lp, lo, hi);
    ab_limit *limit = AB_PUSH(&model->limit);
    if (row < 0 || !limit) {
        model->failed = true;
        return -1;
    }
    *limit = (ab_limit){reason, because, period};
    return row;
}

void ab__model_at(ab_model *model, int32_t row, int32_t col, double value)
{
    if (!model->failed)
        ab__lp_at(model->lp, row, col, value);
}

void ab__model_defines(ab_model *model, int32_t row, int32_t col)
{
    if (!model->failed)
        ab__lp_defines(model->lp, row, col);
}

void ab__model_waits(ab_model *model, int32_t row)
{
    if (!model->failed)
        ab__lp_waits(model->lp, row);
}

int32_t *ab__model_slots(ab_model *model, int64_t count)
{
    int32_t *slot = AB_NEW(model->arena, int32_t, count);
    if (!slot)
        model->failed = true;
    for (int64_t i = 0; slot && i < count; i++)
        slot[i] = -1;
    return slot;
}

int32_t ab__model_limit(ab_model *model, int32_t *slot, double limit, ab_reason reason, ab_ref because,
                        int32_t period)
{
    if (*slot < 0)
        *slot = ab__model_row(model, -AB_LP_INFINITY, limit, reason, because, period);
    return *slot;
}

/* Periods shorter than a day that begin in the same local day form one block. */
static void make_blocks(ab_model *model, int32_t *block, double *block_days)
{
    int64_t offset_s = (int64_t)llround(model->op->settings->utc_offset_s);
    bool parts = model->op->settings->period_s < 86400;
    int64_t day_before = 0;
    for (int32_t t = 0; t < model->periods; t++) {
        int64_t local_s = ab_period_start(model->op, t) + offset_s;
        int64_t day = local_s >= 0 ? local_s / 86400 : -((86399 - local_s) / 86400);
        if (t == 0 || !parts || day != day_before)
            model->blocks++;
        block[t] = model->blocks - 1;
        day_before = day;
        block_days[t] = parts ? 1 : fmax(1, model->days[t]);
    }
    model->block = block;
    model->block_days = block_days;
}

static void measure(ab_model *model)
{
    model->periods = model->op->period_count;
    model->places = model->op->places.count;
    model->hubs = model->op->hubs.count;
    model->commodities = model->op->commodities.count;
    model->groups = model->need->group_count;
    for (int32_t p = 0; p < model->places; p++)
        model->people += model->need->people[p];
    double *days = AB_NEW(model->arena, double, model->periods);
    double *block_days = AB_NEW(model->arena, double, model->periods);
    int32_t *block = ab__model_slots(model, model->periods);
    if (!days || !block_days || !block) {
        model->failed = true;
        return;
    }
    for (int32_t t = 0; t < model->periods; t++)
        days[t] = ab_period_days(model->op, t);
    model->days = days;
    make_blocks(model, block, block_days);
}

static void take_past(ab_model *model)
{
    if (!ab__arrivals_new(&model->moved_arrivals, model->arena, model->op, model->need) ||
        !ab__moved_make(&model->moved, model->op, model->trips, model->previous, model->arena)) {
        model->failed = true;
        return;
    }
    ab__moved_arrive(&model->moved, model->op, model->need, &model->moved_arrivals);
    model->moved_days = model->moved_arrivals.days;
}

static void mark_limited_paths(ab_model *model)
{
    char *limited = AB_NEW(model->arena, char, model->routes->path_count);
    if (!limited) {
        model->failed = true;
        return;
    }
    for (int32_t i = 0; i < model->routes->path_count; i++) {
        const ab_path *path = &model->routes->path[i];
        for (int32_t r = 0; r < path->road_count; r++)
            if (!isnan(model->op->roads.at[path->road[r]].capacity_kg_per_day))
                limited[i] = 1;
    }
    model->path_limited = limited;
}

/* A row over the whole hunger, without a limit until costs are cut. */
static void add_hunger_row(ab_model *model)
{
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, AB_LP_INFINITY, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    for (int32_t c = 0; !model->failed && c < model->hunger.count; c++)
        if (model->hunger.at[c] != 0)
            ab__model_at(model, row, c, model->hunger.at[c]);
    model->hunger_row = row;
}

static void build(ab_model *model)
{
    static void (*const families[])(ab_model *) = {
        measure,           take_past,          mark_limited_paths, ab__rows_stock,       ab__rows_hunger,
        ab__rows_loads,    ab__rows_vehicles,  ab__rows_convoys,   ab__rows_handling,    ab__rows_commitments,
        ab__rows_cover,    ab__rows_permission, ab__rows_budget,   ab__rows_change,      add_hunger_row,
    };
    for (size_t i = 0; i < sizeof families / sizeof *families && !model->failed; i++)
        families[i](model);
    if (!model->failed && ab__lp_pack(model->lp, NULL) != AB_OK)
        model->failed = true;
}

ab_model *ab__model_new(const ab_operation *op, const ab_need *need, const ab_access *access,
                        const ab_routes *routes, const ab_trips *trips)
{
    return ab__model_again(op, need, access, routes, trips, NULL);
}

ab_model *ab__model_again(const ab_operation *op, const ab_need *need, const ab_access *access,
                          const ab_routes *routes, const ab_trips *trips, const ab_previous *previous)
{
    ab_arena *arena = ab__arena_new();
    ab_model *model = arena ? AB_NEW(arena, ab_model, 1) : NULL;
    if (!model) {
        ab__arena_free(arena);
        return NULL;
    }
    model->arena = arena;
    model->op = op;
    model->need = need;
    model->access = access;
    model->routes = routes;
    model->trips = trips;
    model->budget_row = -1;
    model->previous = previous;
    model->lp = ab__lp_new();
    model->failed = !model->lp;
    if (!model->failed)
        build(model);
    if (model->failed) {
        ab__model_free(model);
        return NULL;
    }
    return model;
}

void ab__model_free(ab_model *model)
{
    if (!model)
        return;
    ab__lp_free(model->lp);
    AB_VEC_FREE(&model->load);
    AB_VEC_FREE(&model->move);
    AB_VEC_FREE(&model->limit);
    AB_VEC_FREE(&model->hunger);
    AB_VEC_FREE(&model->usd);
    AB_VEC_FREE(&model->spent_usd);
    AB_VEC_FREE(&model->convoy);
    AB_VEC_FREE(&model->running);
    AB_VEC_FREE(&model->change);
    AB_VEC_FREE(&model->whole);
    ab__arena_free(model->arena);
}
