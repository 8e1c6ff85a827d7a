/* Quasi-random points: the published sequence, and even filling whatever the scramble. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/quasi.h"

static double number(uint32_t word)
{
    return word * 0x1p-32;
}

/* As Joe and Kuo's program prints them, which goes through the points by Gray's code. */
static void the_first_points_are_those_published(void **state)
{
    (void)state;
    static const double known[][AB_QUASI_DIMENSIONS] = {{0, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}, {0.75, 0.25, 0.25, 0.25}, {0.25, 0.75, 0.75, 0.75},
                                                        {0.375, 0.375, 0.625, 0.875}};
    for (uint32_t i = 0; i < sizeof known / sizeof *known; i++)
        for (int d = 0; d < AB_QUASI_DIMENSIONS; d++)
            assert_true(number(ab__quasi_word(i ^ i >> 1, d, 32)) == known[i][d]);
}

/* By the recurrences of the primitive polynomials 1 + x, 1 + x + x^2 and 1 + x + x^3. */
static void direction_numbers_follow_their_polynomials(void **state)
{
    (void)state;
    for (int i = 0; i < 32; i++) {
        assert_true(ab__quasi_direction[0][i] == 1u << (31 - i));
        if (i >= 1)
            assert_true(ab__quasi_direction[1][i] == (ab__quasi_direction[1][i - 1] ^ ab__quasi_direction[1][i - 1] >> 1));
        if (i >= 2)
            assert_true(ab__quasi_direction[2][i] ==
                        (ab__quasi_direction[2][i - 1] ^ ab__quasi_direction[2][i - 2] ^ ab__quasi_direction[2][i - 2] >> 2));
        if (i >= 3)
            assert_true(ab__quasi_direction[3][i] ==
                        (ab__quasi_direction[3][i - 2] ^ ab__quasi_direction[3][i - 3] ^ ab__quasi_direction[3][i - 3] >> 3));
    }
}

static uint32_t scrambled(uint32_t i, int dimension, uint32_t scramble)
{
    return ab__quasi_scrambled(ab__quasi_word(i, dimension, 12), scramble);
}

/* Each run of 2^m points has one in each of 2^m equal intervals, in every dimension; and in each box of that volume in the first two. */
static void runs_fill_evenly(void **state)
{
    (void)state;
    enum { BITS = 8, RUN = 1 << BITS };
    for (uint32_t scramble = 0; scramble < 20; scramble++)
        for (uint32_t from = 0; from < 4 * RUN; from += RUN) {
            for (int d = 0; d < AB_QUASI_DIMENSIONS; d++) {
                unsigned char hit[RUN] = {0};
                for (uint32_t i = from; i < from + RUN; i++)
                    hit[scrambled(i, d, 77 * scramble + (uint32_t)d) >> (32 - BITS)]++;
                for (int k = 0; k < RUN; k++)
                    assert_int_equal(hit[k], 1);
            }
            for (int split = 1; split < BITS; split++) {
                unsigned char hit[RUN] = {0};
                for (uint32_t i = from; i < from + RUN; i++)
                    hit[(scrambled(i, 0, 9 * scramble) >> (32 - split)) << (BITS - split) | scrambled(i, 1, 11 * scramble + 5) >> (32 - BITS + split)]++;
                for (int k = 0; k < RUN; k++)
                    assert_int_equal(hit[k], 1);
            }
        }
}

/* A point alone is uniform over scrambles, and two points of one lie in different halves as often as they must. */
static void scrambles_are_uniform(void **state)
{
    (void)state;
    enum { SCRAMBLES = 20000, BINS = 16 };
    for (int d = 0; d < AB_QUASI_DIMENSIONS; d++) {
        int32_t bin[BINS] = {0};
        double mean = 0;
        for (uint32_t s = 0; s < SCRAMBLES; s++) {
            uint32_t word = scrambled(5, d, s * 2654435761u + 12345);
            bin[word >> 28]++;
            mean += number(word) / SCRAMBLES;
        }
        double chi2 = 0;
        for (int k = 0; k < BINS; k++)
            chi2 += pow(bin[k] - (double)SCRAMBLES / BINS, 2) / ((double)SCRAMBLES / BINS);
        assert_true(chi2 < 45 && fabs(mean - 0.5) < 0.01); /* 15 degrees of freedom: one in 10,000 */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_points_are_those_published),
        cmocka_unit_test(direction_numbers_follow_their_polynomials),
        cmocka_unit_test(runs_fill_evenly),
        cmocka_unit_test(scrambles_are_uniform),
    };
    return cmocka_run_group_tests_name("base/quasi", tests, NULL, NULL);
}
