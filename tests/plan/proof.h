/* Proves a plan against the world itself, in the trade's terms and apart from the planner's rows. */
#ifndef TESTS_PLAN_PROOF_H
#define TESTS_PLAN_PROOF_H

#include "plan/world.h"

static inline void assert_at_most(double value, double limit)
{
    if (!(value <= limit + 1e-6 * (1 + fabs(limit))))
        fail_msg("%.12g is more than %.12g", value, limit);
}

static inline void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-6 * (1 + fabs(expected))))
        fail_msg("%.12g is not %.12g", value, expected);
}

/* Each load is one that its vehicles can carry, and is counted once. */
static inline void prove_loads(const world *w, const ab_plan *plan)
{
    int32_t loads = 0;
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        const ab_chosen *chosen = &plan->chosen[i];
        double kg = 0, m3 = 0;
        assert_int_equal(chosen->first_load, loads);
        loads += chosen->load_count;
        for (int32_t j = 0; j < chosen->load_count; j++) {
            const ab_load *load = &plan->load[chosen->first_load + j];
            const ab_commodity *c = &w->commodity[load->commodity];
            assert_true(load->mass_kg > 0);
            kg += load->mass_kg;
            m3 += load->mass_kg * c->package_m3 / c->package_kg;
            if (chosen->offer >= 0)
                assert_true(w->offer[chosen->offer].commodities >> load->commodity & 1);
        }
        if (chosen->offer < 0)
            continue;
        const ab_trip_kind *kind = &w->kind[w->offer[chosen->offer].kind];
        assert_true(chosen->vehicles > 0);
        assert_at_most(kg, chosen->vehicles * kind->payload_kg);
        if (isfinite(kind->payload_m3))
            assert_at_most(m3, chosen->vehicles * kind->payload_m3);
    }
    assert_int_equal(plan->load_count, loads);
}

/* Nothing leaves a hub that has not come there before: mass is conserved at every moment. */
static inline void prove_stock(const world *w, const ab_plan *plan)
{
    for (int32_t h = 0; h < w->op.hubs.count; h++)
        for (int32_t c = 0; c < w->op.commodities.count; c++)
            for (int32_t t = 0; t < w->op.period_count; t++) {
                double kg = 0;
                for (int32_t i = 0; i < w->op.stocks.count; i++)
                    if (w->stock[i].hub == h && w->stock[i].commodity == c &&
                        (w->stock[i].available_from == AB_TIME_NONE ||
                         ab_period_of(&w->op, w->stock[i].available_from) <= t))
                        kg += w->stock[i].mass_kg * w->stock[i].certainty_prob;
                for (int32_t i = 0; i < plan->chosen_count; i++) {
                    const ab_chosen *chosen = &plan->chosen[i];
                    double moved = 0;
                    for (int32_t j = 0; j < chosen->load_count; j++)
                        if (plan->load[chosen->first_load + j].commodity == c)
                            moved += plan->load[chosen->first_load + j].mass_kg;
                    if (chosen->offer >= 0) {
                        const ab_offer *o = &w->offer[chosen->offer];
                        kg -= w->kind[o->kind].hub == h && o->depart <= t ? moved : 0;
                        continue;
                    }
                    const ab_transfer *move = &w->transfer[chosen->transfer];
                    kg -= w->link[move->link].from_hub == h && move->depart <= t ? moved : 0;
                    kg += w->link[move->link].to_hub == h && move->arrive <= t ? moved * move->pass : 0;
                }
                assert_true(kg >= -1e-2);
            }
}

/* Hours that the class works in period t: each trip takes its cycle from its period of departure on. */
static inline double hours_of(const world *w, const ab_plan *plan, int32_t vehicle, int32_t t)
{
    double work_h = w->vehicle[vehicle].duty_s_per_day / 3600 * ab_period_days(&w->op, t), hours = 0;
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        if (plan->chosen[i].offer < 0)
            continue;
        const ab_offer *o = &w->offer[plan->chosen[i].offer];
        const ab_trip_kind *kind = &w->kind[o->kind];
        if (kind->vehicle != vehicle || o->depart > t)
            continue;
        double left_h = kind->cycle_s / 3600 - (t - o->depart) * work_h; /* periods are equally long in the tests */
        hours += plan->chosen[i].vehicles * fmax(0, fmin(left_h, work_h));
    }
    return hours;
}

static inline void prove_vehicles(const world *w, const ab_plan *plan)
{
    for (int32_t v = 0; v < w->op.vehicles.count; v++)
        for (int32_t t = 0; t < w->op.period_count; t++) {
            const ab_vehicle *vehicle = &w->vehicle[v];
            double work_h = vehicle->duty_s_per_day / 3600 * ab_period_days(&w->op, t);
            assert_at_most(hours_of(w, plan, v, t), (double)vehicle->count * work_h);
            for (int32_t p = 0; vehicle->convoy_max >= 0 && p < w->op.places.count; p++)
                assert_at_most((double)world_vehicles(w, plan, v, p, t), (double)vehicle->convoy_max);
        }
}

static inline void prove_handling(const world *w, const ab_plan *plan)
{
    for (int32_t t = 0; t < w->op.period_count; t++) {
        for (int32_t p = 0; p < w->op.places.count; p++) {
            double kg = 0;
            for (int32_t i = 0; i < plan->chosen_count; i++)
                for (int32_t j = 0; plan->chosen[i].offer >= 0 && j < plan->chosen[i].load_count; j++)
                    if (w->offer[plan->chosen[i].offer].arrive == t &&
                        w->kind[w->offer[plan->chosen[i].offer].kind].place == p)
                        kg += plan->load[plan->chosen[i].first_load + j].mass_kg;
            if (!isnan(w->place[p].handling_kg_per_day))
                assert_at_most(kg, w->place[p].handling_kg_per_day * ab_period_days(&w->op, t));
        }
    }
}

static inline void prove_quotas(const world *w, const ab_plan *plan)
{
    for (int32_t b = 0; b < w->binding_count; b++) {
        const ab_agreement *a = &w->agreement[w->binding[b].agreement];
        for (int32_t t = w->binding[b].from; t < w->binding[b].until; t++) {
            double trips = 0, kg = 0;
            for (int32_t c = 0; c < w->binding_count; c++) {
                if (w->binding[c].agreement != w->binding[b].agreement || t < w->binding[c].from || t >= w->binding[c].until)
                    continue;
                trips += (double)world_vehicles(w, plan, -1, w->binding[c].place, t);
                kg += 1000 * world_sent_t(w, plan, w->binding[c].place, -1, t);
            }
            if (a->quota_trips_per_day >= 0)
                assert_at_most(trips, (double)a->quota_trips_per_day);
            if (!isnan(a->quota_kg_per_day))
                assert_at_most(kg, a->quota_kg_per_day);
        }
    }
}

static inline void prove(const world *w, const ab_plan *plan)
{
    assert_false(plan->infeasible);
    prove_loads(w, plan);
    prove_stock(w, plan);
    prove_vehicles(w, plan);
    prove_handling(w, plan);
    prove_quotas(w, plan);
    assert_at_most(plan->bound, plan->objective);
    assert_at_most(plan->objective, plan->objective_if_nothing);
    assert_true(plan->gap_frac >= 0);
}

#endif
