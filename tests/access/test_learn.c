#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "access/chance.h"
#include "access/learn.h"
#include "base/random.h"

static void near(double found, double expected, double most)
{
    if (!(fabs(found - expected) <= most)) {
        fail_msg("found %.12g, expected %.12g", found, expected);
    }
}

/* ---- By hand ---- */

static void cases_of_one_decision_count_together_as_one_and_a_little_more(void **state)
{
    (void)state;
    near(ab__decision_weight(1), 1, 0);
    near(ab__decision_weight(2), 1 / 1.3, 1e-15);
    near(19 * ab__decision_weight(19), 2.96875, 1e-12);
    for (int n = 1; n < 1000; n++) { /* more rows never count for less, and never for more than 1 / 0.3 decisions */
        assert_true((n + 1) * ab__decision_weight(n + 1) > n * ab__decision_weight(n));
        assert_true(n * ab__decision_weight(n) < 1 / 0.3);
    }
}

static void a_group_is_drawn_to_what_all_others_and_the_prior_say(void **state)
{
    (void)state;
    const ab__cases group[] = {{10, 4}, {6, 6}};
    ab__belief first = ab__learn(group, 2, 0, (ab_prior){0.5, 4}, 8);
    near(first.pooled_mean, 0.8, 1e-15); /* (0.5 4 + 6) / (4 + 6) */
    near(first.a, 8 * 0.8 + 4, 1e-12);
    near(first.b, 8 * 0.2 + 6, 1e-12);
    ab__belief unknown = ab__learn(group, 2, -1, (ab_prior){0.5, 4}, 8);
    near(unknown.pooled_mean, 0.6, 1e-15); /* (0.5 4 + 10) / (4 + 16) */
    near(unknown.a, 4.8, 1e-12);
    near(unknown.b, 3.2, 1e-12);
}

/* ---- By brute force ---- */

enum { STEPS = 200000 };

/* Integrates p^k density up to `most` by the middle of each step; density is p^(a - 1) (1 - p)^(b - 1). */
static double integral(double a, double b, int k, double most)
{
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
        double p = most * (i + 0.5) / STEPS;
        sum += exp((a - 1 + k) * log(p) + (b - 1) * log1p(-p));
    }
    return sum * most / STEPS;
}

static void mean_and_interval_are_those_of_the_integrated_posterior(void **state)
{
    (void)state;
    const ab__cases group[] = {{7.5, 3.25}, {2, 2}, {12, 1}};
    const double firm[] = {4, 8, 32};
    for (int f = 0; f < 3; f++) {
        for (int g = 0; g < 3; g++) {
            ab__belief belief = ab__learn(group, 3, g, (ab_prior){0.6, 10}, firm[f]);
            double a = firm[f] * belief.pooled_mean, b = firm[f] - a;
            double all = integral(a + group[g].good, b + group[g].seen - group[g].good, 0, 1);
            double mean = integral(a + group[g].good, b + group[g].seen - group[g].good, 1, 1) / all;
            ab_chance chance = ab__chance_seen(belief.a / (belief.a + belief.b), belief.a + belief.b);
            near(chance.mean, mean, 1e-6);
            near(integral(belief.a, belief.b, 0, chance.low) / all, 0.05, 1e-5);
            near(integral(belief.a, belief.b, 0, chance.high) / all, 0.95, 1e-5);
        }
    }
}

/* ln of the chance of the cases if the group's own chance is drawn from Beta(firm mean, firm (1 - mean)). */
static double marginal(ab__cases cases, double mean, double firm)
{
    double a = firm * mean, b = firm - a;
    return log(integral(a + cases.good, b + cases.seen - cases.good, 0, 1) / integral(a, b, 0, 1));
}

static double all_groups(const ab__cases *group, int count, ab_prior prior, double firm)
{
    double sum = 0;
    for (int g = 0; g < count; g++) {
        sum += marginal(group[g], ab__learn(group, count, g, prior, 1).pooled_mean, firm);
    }
    return sum;
}

static void how_firm_the_pool_is_makes_the_integrated_record_likeliest_or_is_the_usual(void **state)
{
    (void)state;
    static const double choice[] = {2, 4, 8, 16, 32};
    const ab_prior prior = {0.5, 6};
    int unusual = 0;
    for (uint64_t draw = 0; draw < 6; draw++) {
        ab__cases group[4];
        for (uint64_t g = 0; g < 4; g++) { /* alike in even draws, as different as can be in odd ones */
            double share = draw % 2 == 0 ? 0.5 : (double)(g % 2) * 0.9 + 0.05;
            double seen = 20 + floor(40 * ab__random_uniform(5, draw, g));
            group[g] = (ab__cases){seen, floor(share * seen)};
        }
        double found = ab__learn_firmness(group, 4, prior), usual = all_groups(group, 4, prior, 8), best = 8, most = usual + 1;
        for (int f = 0; f < 5; f++) {
            double sum = all_groups(group, 4, prior, choice[f]);
            best = sum > most ? choice[f] : best;
            most = fmax(most, sum);
        }
        near(found, best, 0);
        unusual += found != 8;
    }
    assert_true(unusual >= 3);
}

static void groups_that_differ_get_little_and_few_cases_tell_nothing(void **state)
{
    (void)state;
    const ab__cases differ[] = {{40, 1}, {40, 39}, {40, 2}, {40, 38}}, alike[] = {{60, 30}, {60, 30}, {60, 30}, {60, 30}};
    const ab__cases few[] = {{1, 0}, {1, 1}};
    assert_true(ab__learn_firmness(differ, 4, (ab_prior){0.5, 4}) == 2);
    assert_true(ab__learn_firmness(alike, 4, (ab_prior){0.5, 4}) == 32);
    assert_true(ab__learn_firmness(few, 2, (ab_prior){0.5, 4}) == 8);
    assert_true(ab__learn_firmness(NULL, 0, (ab_prior){0.5, 4}) == 8);
}

static void every_case_moves_the_chance_its_way(void **state)
{
    (void)state;
    ab__cases group[] = {{5, 3}, {9, 4}};
    for (int i = 0; i < 50; i++) {
        ab__belief before = ab__learn(group, 2, 0, (ab_prior){0.7, 12}, 8);
        bool good = ab__random_uniform(3, 1, (uint64_t)i) < 0.5;
        group[0].seen += 1;
        group[0].good += good;
        ab__belief after = ab__learn(group, 2, 0, (ab_prior){0.7, 12}, 8);
        double was = before.a / (before.a + before.b), is = after.a / (after.a + after.b);
        assert_true(good ? is > was : is < was);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_of_one_decision_count_together_as_one_and_a_little_more),
        cmocka_unit_test(a_group_is_drawn_to_what_all_others_and_the_prior_say),
        cmocka_unit_test(mean_and_interval_are_those_of_the_integrated_posterior),
        cmocka_unit_test(how_firm_the_pool_is_makes_the_integrated_record_likeliest_or_is_the_usual),
        cmocka_unit_test(groups_that_differ_get_little_and_few_cases_tell_nothing),
        cmocka_unit_test(every_case_moves_the_chance_its_way),
    };
    return cmocka_run_group_tests_name("access/learn", tests, NULL, NULL);
}
