/* What one vehicle carries of several goods. */
#include "plan/proof.h"
#include "plan/random_world.h"

#include "plan/evenly.h"

enum { GOODS = 4 };

static const double MOST_DAYS = 30, LEAST_DAY_T = 0.01;

static ab_good random_good(uint64_t *seed)
{
    static const double package_t[] = {0.02, 0.05, 0.1, 1};
    return (ab_good){.day_t = LEAST_DAY_T + 2 * draw(seed), .left_days = 10 * draw(seed), .spare_t = 20 * draw(seed),
                     .package_t = package_t[draw_below(seed, 4)],
                     .takes = {1, 5 * draw(seed), draw(seed)}};
}

static double used(const ab_good *good, int32_t count, int room)
{
    double total = 0;
    for (int32_t i = 0; i < count; i++)
        total += good[i].load_t * good[i].takes[room];
    return total;
}

static double lasts_days(const ab_good *good)
{
    return good->left_days + good->load_t / good->day_t;
}

static bool another_fits(const ab_good *good, int32_t count, int32_t i, const double *room)
{
    ab_good more = good[i];
    more.load_t += more.package_t;
    bool fits = more.load_t <= more.spare_t && lasts_days(&more) <= MOST_DAYS - 1e-6;
    for (int r = 0; r < AB_ROOMS; r++)
        fits = fits && used(good, count, r) + more.package_t * more.takes[r] <= room[r] * (1 - 1e-6);
    return fits;
}

static void it_is_full_and_not_too_full(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 2000; seed++) {
        uint64_t s = seed;
        int32_t count = 1 + draw_below(&s, GOODS);
        double room[AB_ROOMS] = {1 + 20 * draw(&s), seed % 3 ? 5 + 50 * draw(&s) : INFINITY, seed % 2 ? 10 * draw(&s) : INFINITY};
        ab_good good[GOODS];
        for (int32_t i = 0; i < count; i++)
            good[i] = random_good(&s);
        double total_t = ab__load_evenly(good, count, room, MOST_DAYS);
        assert_near(total_t, used(good, count, AB_ROOM_T));
        for (int r = 0; r < AB_ROOMS; r++)
            assert_true(used(good, count, r) <= room[r] * (1 + 1e-8));
        for (int32_t i = 0; i < count; i++) {
            double packages = good[i].load_t / good[i].package_t;
            assert_near(packages, round(packages));
            assert_at_most(good[i].load_t, good[i].spare_t);
            assert_true(good[i].load_t == 0 || lasts_days(&good[i]) <= MOST_DAYS + 1e-6);
            assert_false(another_fits(good, count, i, room));
        }
    }
}

/* Where a package is next to nothing, the goods that are not used up last equally long, or longer already. */
static void goods_last_equally_long(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 200; seed++) {
        uint64_t s = seed;
        const double room[AB_ROOMS] = {1 + 10 * draw(&s), INFINITY, INFINITY};
        ab_good good[GOODS];
        double level = INFINITY;
        for (int32_t i = 0; i < GOODS; i++) {
            good[i] = random_good(&s);
            good[i].package_t = 1e-4;
        }
        ab__load_evenly(good, GOODS, room, MOST_DAYS);
        for (int32_t i = 0; i < GOODS; i++)
            if (good[i].load_t < good[i].spare_t - 2e-4)
                level = fmin(level, lasts_days(&good[i]));
        for (int32_t i = 0; i < GOODS; i++)
            assert_true(good[i].load_t == 0 || lasts_days(&good[i]) <= level + 2e-4 / LEAST_DAY_T);
    }
}

static void what_is_left_is_for_what_still_fits(void **state)
{
    (void)state;
    const double room[AB_ROOMS] = {1.5, INFINITY, INFINITY};
    ab_good good[] = {{.day_t = 1, .spare_t = 10, .package_t = 1, .takes = {1, 0, 0}},
                      {.day_t = 1, .left_days = 20, .spare_t = 10, .package_t = 0.2, .takes = {1, 0, 0}}};
    assert_near(ab__load_evenly(good, 2, room, MOST_DAYS), 1.4);
    assert_near(good[0].load_t, 1);
    assert_near(good[1].load_t, 0.4);
}

static void nothing_is_loaded_of_nothing(void **state)
{
    (void)state;
    const double room[AB_ROOMS] = {10, INFINITY, INFINITY}, full[AB_ROOMS] = {0, INFINITY, INFINITY};
    ab_good good[] = {{.day_t = 1, .left_days = MOST_DAYS + 1, .spare_t = 10, .package_t = 0.05, .takes = {1, 0, 0}}};
    assert_true(ab__load_evenly(good, 0, room, MOST_DAYS) == 0);
    assert_true(ab__load_evenly(good, 1, room, MOST_DAYS) == 0);
    good[0].left_days = 0;
    assert_true(ab__load_evenly(good, 1, full, MOST_DAYS) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_full_and_not_too_full),
        cmocka_unit_test(goods_last_equally_long),
        cmocka_unit_test(what_is_left_is_for_what_still_fits),
        cmocka_unit_test(nothing_is_loaded_of_nothing),
    };
    return cmocka_run_group_tests_name("plan/evenly", tests, NULL, NULL);
}
