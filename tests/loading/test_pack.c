/* Whole packages into vehicles: nothing over its room, nothing lost, and of small cases the best there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/draw.h"
#include "loading/pack.h"

static const char *const IDS[] = {"a", "b", "c", "d", "e", "f", "g"};

/* `kg` each, `m3` each, loose. */
static ab__goods goods(int32_t c, int64_t count, double kg, double m3, bool at_risk)
{
    return (ab__goods){.commodity = c, .id = IDS[c], .share = 1, .count = count,
                       .size = {kg, m3, 0}, .at_risk = at_risk};
}

static int64_t below(uint64_t *seed, int64_t n)
{
    return (int64_t)(draw_bits(seed) % (uint64_t)n);
}

/* What every packing must be: all packages there once, no bin over its rooms, no number below 0. */
static void prove(const ab__packing *p)
{
    for (int32_t g = 0; g < p->kinds; g++) {
        int64_t packed = p->left[g];
        assert_true(p->left[g] >= 0);
        for (int32_t bin = 0; bin < p->bins; bin++) {
            assert_true(p->in[bin * p->kinds + g] >= 0);
            packed += p->in[bin * p->kinds + g];
        }
        assert_int_equal(packed, p->goods[g].count);
    }
    for (int32_t bin = 0; bin < p->bins; bin++)
        for (int s = 0; s < AB__SIZES; s++) {
            double used = 0;
            for (int32_t g = 0; g < p->kinds; g++)
                used += (double)p->in[bin * p->kinds + g] * p->goods[g].size[s];
            assert_true(used <= p->room[s] + 2e-6);
        }
}

static double left_kg(const ab__packing *p)
{
    double kg = 0;
    for (int32_t g = 0; g < p->kinds; g++)
        kg += (double)p->left[g] * p->goods[g].size[AB__MASS];
    return kg;
}

static int32_t bins_at_risk(const ab__packing *p)
{
    int32_t bins = 0;
    for (int32_t bin = 0; bin < p->bins; bin++) {
        bool any = false;
        for (int32_t g = 0; g < p->kinds; g++)
            any = any || (p->goods[g].at_risk && p->in[bin * p->kinds + g] > 0);
        bins += any;
    }
    return bins;
}

/* Packages of good `c`, least and most in a bin. */
static void spread(const ab__packing *p, int32_t c, int64_t *least, int64_t *most)
{
    *least = INT64_MAX;
    *most = 0;
    for (int32_t g = 0; g < p->kinds; g++)
        for (int32_t bin = 0; p->goods[g].commodity == c && bin < p->bins; bin++) {
            int64_t in = p->in[bin * p->kinds + g];
            *least = in < *least ? in : *least;
            *most = in > *most ? in : *most;
        }
}

/* ---- Against all packings of small cases ---- */

enum { MOST = 8 };

typedef struct brute {
    int32_t bins, count;
    double kg[MOST], m3[MOST], used_kg[MOST], used_m3[MOST], room_kg, room_m3, best;
} brute;

static void try_all(brute *b, int32_t n, double left)
{
    if (n == b->count) {
        b->best = fmin(b->best, left);
        return;
    }
    try_all(b, n + 1, left + b->kg[n]);
    for (int32_t bin = 0; bin < b->bins; bin++) {
        if (b->used_kg[bin] + b->kg[n] > b->room_kg || b->used_m3[bin] + b->m3[n] > b->room_m3)
            continue;
        b->used_kg[bin] += b->kg[n];
        b->used_m3[bin] += b->m3[n];
        try_all(b, n + 1, left);
        b->used_kg[bin] -= b->kg[n];
        b->used_m3[bin] -= b->m3[n];
    }
}

static double brute_left_kg(const ab__goods *list, int32_t kinds, int32_t bins,
                            const double room[AB__SIZES])
{
    brute b = {.bins = bins, .room_kg = room[AB__MASS], .room_m3 = room[AB__VOLUME], .best = 1e9};
    for (int32_t g = 0; g < kinds; g++)
        for (int64_t i = 0; i < list[g].count; i++) {
            b.kg[b.count] = list[g].size[AB__MASS];
            b.m3[b.count++] = list[g].size[AB__VOLUME];
        }
    try_all(&b, 0, 0);
    return b.best;
}

static void small_cases_leave_the_least_that_any_packing_leaves(void **state)
{
    (void)state;
    int left_something = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        uint64_t s = seed;
        int32_t bins = 1 + (int32_t)below(&s, 3), kinds = 1 + (int32_t)below(&s, 3), packages = 0;
        ab__goods list[3];
        for (int32_t g = 0; g < kinds; g++) {
            int64_t count = 1 + below(&s, g == 0 ? 4 : 2);
            list[g] = goods(g, count, (double)(2 + below(&s, 9)), (double)below(&s, 6), below(&s, 3) == 0);
            packages += (int32_t)count;
        }
        assert_true(packages <= MOST);
        const double room[AB__SIZES] = {(double)(8 + below(&s, 10)), (double)(5 + below(&s, 8)), INFINITY};
        double least = brute_left_kg(list, kinds, bins, room);
        ab_arena *arena = ab__arena_new();
        ab__packing p;
        assert_true(ab__pack(arena, list, kinds, bins, room, &p));
        prove(&p);
        assert_true(fabs(left_kg(&p) - least) < 1e-9);
        left_something += least > 0;
        ab__arena_free(arena);
    }
    assert_in_range(left_something, 100, 500); /* both kinds of case were there */
}

/* ---- Large ones ---- */

/* Lorries full to the kilogram: sacks of 50 and 15 kg and tins of 20 go into 7,700 kg in many ways. */
static void full_convoys_leave_nothing(void **state)
{
    (void)state;
    static const double kg[] = {50, 15, 20};
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t s = seed;
        int32_t bins = 2 + (int32_t)below(&s, 60);
        ab__goods list[3] = {goods(0, 0, kg[0], 0.065, false), goods(1, 0, kg[1], 0.025, false),
                             goods(2, 0, kg[2], 0.025, false)};
        /* Made by filling each lorry exactly, so that a packing exists. */
        for (int32_t bin = 0; bin < bins; bin++) {
            int64_t rest = 7700, flour = 20 * below(&s, 20), rice = below(&s, 100);
            rest -= 15 * flour + 50 * rice;
            while (rest < 0 || rest % 20 != 0) {
                rest += 50;
                rice--;
            }
            list[0].count += rice;
            list[1].count += flour;
            list[2].count += rest / 20;
        }
        const double room[AB__SIZES] = {7700, 30, INFINITY};
        ab_arena *arena = ab__arena_new();
        ab__packing p;
        assert_true(ab__pack(arena, list, 3, bins, room, &p));
        prove(&p);
        assert_true(ab__pack_is_complete(&p));
        ab__arena_free(arena);
    }
}

static void random_convoys_are_never_overloaded(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t s = seed;
        int32_t bins = 1 + (int32_t)below(&s, 30), kinds = 1 + (int32_t)below(&s, 7);
        ab__goods list[7];
        const double room[AB__SIZES] = {draw_between(&s, 2000, 20000), draw_between(&s, 10, 60),
                                        below(&s, 2) ? (double)(1 + below(&s, 20)) : INFINITY};
        for (int32_t g = 0; g < kinds; g++) {
            list[g] = goods(g, below(&s, 150) * bins / kinds, draw_between(&s, 5, 400),
                            draw_between(&s, 0.01, 0.8), below(&s, 4) == 0);
            list[g].size[AB__PALLETS] = below(&s, 2) ? 1.0 / (double)(1 + below(&s, 40)) : 0;
        }
        ab_arena *arena = ab__arena_new();
        ab__packing p;
        assert_true(ab__pack(arena, list, kinds, bins, room, &p));
        prove(&p);
        /* What is left fits nowhere as it lies. */
        for (int32_t g = 0; g < kinds; g++)
            for (int32_t bin = 0; p.left[g] > 0 && bin < bins; bin++)
                assert_int_equal(ab__pack_most(&p, bin, g), 0);
        ab__arena_free(arena);
    }
}

static void each_vehicle_brings_some_of_each(void **state)
{
    (void)state;
    ab__goods list[] = {goods(0, 1003, 50, 0.065, false), goods(1, 399, 15, 0.025, false)};
    const double room[AB__SIZES] = {7700, 30, INFINITY};
    ab_arena *arena = ab__arena_new();
    ab__packing p;
    assert_true(ab__pack(arena, list, 2, 10, room, &p));
    prove(&p);
    for (int32_t c = 0; c < 2; c++) {
        int64_t least, most;
        spread(&p, c, &least, &most);
        assert_true(most - least <= 1);
    }
    ab__arena_free(arena);
}

/* ---- At risk ---- */

/* 28 kits of 100 kg and 0.48 m3: two lorries hold them with less than half of their 30 m3. */
static void goods_at_risk_are_on_few_vehicles_and_fill_none(void **state)
{
    (void)state;
    ab__goods list[] = {goods(0, 3000, 50, 0.065, false), goods(1, 28, 100, 0.48, true)};
    const double room[AB__SIZES] = {7700, 30, INFINITY};
    ab_arena *arena = ab__arena_new();
    ab__packing p;
    int64_t least, most;
    assert_true(ab__pack(arena, list, 2, 20, room, &p));
    prove(&p);
    assert_true(ab__pack_is_complete(&p));
    assert_int_equal(bins_at_risk(&p), 2);
    spread(&p, 1, &least, &most);
    assert_int_equal(most, 14);
    ab__arena_free(arena);
}

/* Nothing else is on the road: then they are on all, evenly, and no lorry is left out. */
static void where_all_is_at_risk_all_carry_it(void **state)
{
    (void)state;
    ab__goods list[] = {goods(0, 90, 100, 0.48, true)};
    const double room[AB__SIZES] = {7700, 30, INFINITY};
    ab_arena *arena = ab__arena_new();
    ab__packing p;
    int64_t least, most;
    assert_true(ab__pack(arena, list, 1, 2, room, &p));
    spread(&p, 0, &least, &most);
    assert_int_equal(least, 45);
    assert_int_equal(most, 45);
    ab__arena_free(arena);
}

/* One kit is on one lorry; of two, no lorry has both. */
static void the_loss_of_one_vehicle_is_not_all_of_it(void **state)
{
    (void)state;
    for (int64_t kits = 1; kits <= 2; kits++) {
        ab__goods list[] = {goods(0, 300, 50, 0.065, false), goods(1, kits, 100, 0.48, true)};
        const double room[AB__SIZES] = {7700, 30, INFINITY};
        ab_arena *arena = ab__arena_new();
        ab__packing p;
        assert_true(ab__pack(arena, list, 2, 5, room, &p));
        assert_int_equal(bins_at_risk(&p), kits);
        ab__arena_free(arena);
    }
}

/* ---- Want ---- */

static void want_of_memory_is_told(void **state)
{
    (void)state;
    const double room[AB__SIZES] = {8, INFINITY, INFINITY};
    bool packed = false;
    for (int64_t n = 1; !packed; n++) {
        ab__goods list[] = {goods(0, 3, 5, 0, false), goods(1, 2, 4, 0, false)};
        ab_arena *arena = ab__arena_new();
        ab__packing p;
        ab__fail_allocation(n);
        packed = ab__pack(arena, list, 2, 2, room, &p);
        ab__fail_allocation(0);
        ab__arena_free(arena);
        assert_true(n < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_cases_leave_the_least_that_any_packing_leaves),
        cmocka_unit_test(full_convoys_leave_nothing),
        cmocka_unit_test(random_convoys_are_never_overloaded),
        cmocka_unit_test(each_vehicle_brings_some_of_each),
        cmocka_unit_test(goods_at_risk_are_on_few_vehicles_and_fill_none),
        cmocka_unit_test(where_all_is_at_risk_all_carry_it),
        cmocka_unit_test(the_loss_of_one_vehicle_is_not_all_of_it),
        cmocka_unit_test(want_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
