#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "access/answer.h"
#include "base/random.h"

static const ab__answering before = {.ever = 0.25, .mean_days = 14};
enum { EVER_CASES = 20, DAYS_CASES = 4, MOST = 40 };

static void near(double found, double expected, double most)
{
    if (!(fabs(found - expected) <= most)) {
        fail_msg("found %.12g, expected %.12g", found, expected);
    }
}

/* ln of prior and likelihood, as answer.h tells them. */
static double log_posterior(const ab__wait *wait, int count, double ever, double mean_days)
{
    double sum = EVER_CASES * (before.ever * log(ever) + (1 - before.ever) * log1p(-ever)) -
                 DAYS_CASES * (log(mean_days) + before.mean_days / mean_days);
    for (int i = 0; i < count; i++) {
        double still = exp(-wait[i].days / mean_days);
        sum += wait[i].weight *
               (wait[i].answered ? log(ever) - log(mean_days) - wait[i].days / mean_days : log(1 - ever + ever * still));
    }
    return sum;
}

/* Requests of a made-up authority: a share is answered, some are still young. */
static int draw(uint64_t seed, ab__wait wait[MOST])
{
    int count = 3 + (int)(37 * ab__random_uniform(seed, 0, 0));
    double ever = ab__random_uniform(seed, 0, 1), mean_days = 1 + 40 * ab__random_uniform(seed, 0, 2);
    for (int i = 0; i < count; i++) {
        double comes = -mean_days * log(ab__random_uniform(seed, 1, (uint64_t)i));
        double age = 90 * ab__random_uniform(seed, 2, (uint64_t)i);
        bool answered = ab__random_uniform(seed, 3, (uint64_t)i) < ever && comes < age;
        wait[i] = (ab__wait){answered ? comes : age, 0.3 + ab__random_uniform(seed, 4, (uint64_t)i), answered};
    }
    return count;
}

static void no_point_of_a_fine_grid_is_likelier_than_what_is_learnt(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        ab__wait wait[MOST];
        int count = draw(seed, wait);
        ab__answering found = ab__answering_learn(wait, count, before, EVER_CASES, DAYS_CASES);
        double most = log_posterior(wait, count, found.ever, found.mean_days), at_ever = 0, at_days = 0, greatest = -INFINITY;
        for (int e = 1; e < 400; e++) {
            for (int d = 1; d < 400; d++) {
                double ever = e / 400.0, days = 0.5 * pow(1.015, d), sum = log_posterior(wait, count, ever, days);
                if (sum > greatest) {
                    greatest = sum;
                    at_ever = ever;
                    at_days = days;
                }
            }
        }
        assert_true(most >= greatest);
        near(found.ever, at_ever, 0.02);
        near(found.mean_days / at_days, 1, 0.03);
    }
}

static void a_record_of_many_gives_back_what_made_it(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static ab__wait wait[MANY];
    for (int i = 0; i < MANY; i++) { /* 40 % are answered after 10 days on average, seen for 5 to 25 days */
        double comes = -10 * log(ab__random_uniform(9, 1, (uint64_t)i)), age = 5 + 20 * ab__random_uniform(9, 2, (uint64_t)i);
        bool answered = ab__random_uniform(9, 3, (uint64_t)i) < 0.4 && comes < age;
        wait[i] = (ab__wait){answered ? comes : age, 1, answered};
    }
    ab__answering found = ab__answering_learn(wait, MANY, before, EVER_CASES, DAYS_CASES);
    near(found.ever, 0.4, 0.03);
    near(found.mean_days, 10, 1);
}

static void where_nobody_ever_answers_the_share_falls_and_the_time_stays_as_believed(void **state)
{
    (void)state;
    ab__wait wait[30];
    for (int i = 0; i < 30; i++) {
        wait[i] = (ab__wait){100000, 1, false};
    }
    ab__answering found = ab__answering_learn(wait, 30, before, EVER_CASES, DAYS_CASES);
    near(found.ever, EVER_CASES * 0.25 / (EVER_CASES + 30), 1e-9); /* 5 / 50 */
    near(found.mean_days, 14, 1e-9);
    near(found.told, 30, 1e-9);
    near(found.answered, 0, 0);
}

static void where_all_answer_at_once_share_and_time_are_plain_means(void **state)
{
    (void)state;
    ab__wait wait[16];
    for (int i = 0; i < 16; i++) {
        wait[i] = (ab__wait){0, 1, true};
    }
    ab__answering found = ab__answering_learn(wait, 16, before, EVER_CASES, DAYS_CASES);
    near(found.ever, (EVER_CASES * 0.25 + 16) / (EVER_CASES + 16), 1e-12); /* 21 / 36 */
    near(found.mean_days, 4 * 14 / 20.0, 1e-12);
    near(found.told, 16, 1e-12);
}

static void requests_just_asked_tell_nothing(void **state)
{
    (void)state;
    ab__wait wait[5] = {{0, 1, false}, {0, 1, false}, {0, 0.5, false}, {0, 1, false}, {3, 0, true}};
    ab__answering found = ab__answering_learn(wait, 5, before, EVER_CASES, DAYS_CASES);
    near(found.ever, 0.25, 1e-9);
    near(found.mean_days, 14, 1e-7);
    near(found.told, 0, 1e-12);
    near(found.seen, 3.5, 1e-12);
    ab__answering none = ab__answering_learn(NULL, 0, before, EVER_CASES, DAYS_CASES);
    near(none.ever, 0.25, 1e-15);
}

static void chances_to_be_answered_fit_together_over_time(void **state)
{
    (void)state;
    ab__answering a = {.ever = 0.6, .mean_days = 9};
    near(ab__answer_prob(a, 0, 0), 0, 0);
    near(ab__answer_prob(a, 0, 1e6), 0.6, 1e-12);
    near(ab__answer_prob(a, 0, 9), 0.6 * (1 - exp(-1)), 1e-12);
    for (double wait = 0; wait < 40; wait += 7) {
        double one = ab__answer_prob(a, wait, 5), two = ab__answer_prob(a, wait + 5, 11);
        near(ab__answer_prob(a, wait, 16), one + (1 - one) * two, 1e-12);
        assert_true(ab__answer_prob(a, wait + 1, 5) < one); /* who has waited longer has less to hope for */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_point_of_a_fine_grid_is_likelier_than_what_is_learnt),
        cmocka_unit_test(a_record_of_many_gives_back_what_made_it),
        cmocka_unit_test(where_nobody_ever_answers_the_share_falls_and_the_time_stays_as_believed),
        cmocka_unit_test(where_all_answer_at_once_share_and_time_are_plain_means),
        cmocka_unit_test(requests_just_asked_tell_nothing),
        cmocka_unit_test(chances_to_be_answered_fit_together_over_time),
    };
    return cmocka_run_group_tests_name("access/answer", tests, NULL, NULL);
}
