/* Philox beside the known answers of Random123, and the moments of what is made of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/random.h"

/* Random123 1.14, tests/kat_vectors, lines `philox4x32 10`. */
static void known_answers(void **state)
{
    (void)state;
    static const struct {
        ab_philox counter;
        uint64_t seed;
        ab_philox answer;
    } KNOWN[] = {
        {{{0, 0, 0, 0}}, 0, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}},
        {{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}}, 0xffffffffffffffff,
         {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}},
        {{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822,
         {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
        ab_philox got = ab__philox(KNOWN[i].counter, KNOWN[i].seed);
        assert_memory_equal(&got, &KNOWN[i].answer, sizeof got);
    }
}

static void moments(void **state)
{
    (void)state;
    enum { DRAWS = 400000 };
    double u1 = 0, u2 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, neighbours = 0, before = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        double u = ab__random_uniform(5, 1, i), n = ab__random_normal(5, 2, i);
        assert_true(u > 0 && u < 1);
        u1 += u - 0.5;
        u2 += (u - 0.5) * (u - 0.5);
        n1 += n;
        n2 += n * n;
        n3 += n * n * n;
        n4 += n * n * n * n;
        neighbours += n * before;
        before = n;
    }
    double five_sd = 5 / sqrt(DRAWS);
    assert_true(fabs(u1 / DRAWS) < five_sd * sqrt(1 / 12.0) && fabs(u2 / DRAWS - 1 / 12.0) < five_sd * sqrt(1 / 180.0));
    assert_true(fabs(n1 / DRAWS) < five_sd && fabs(n2 / DRAWS - 1) < five_sd * sqrt(2));
    assert_true(fabs(n3 / DRAWS) < five_sd * sqrt(15) && fabs(n4 / DRAWS - 3) < five_sd * sqrt(96));
    assert_true(fabs(neighbours / DRAWS) < five_sd);
}

static void streams_differ(void **state)
{
    (void)state;
    assert_true(ab__random_uniform(1, 0, 0) != ab__random_uniform(2, 0, 0));
    assert_true(ab__random_uniform(1, 0, 0) != ab__random_uniform(1, 1, 0));
    assert_true(ab__random_uniform(1, 0, 0) != ab__random_uniform(1, 0, 1));
    assert_true(ab__random_uniform(1, 1ull << 40, 3) != ab__random_uniform(1, 0, 3));
    assert_true(ab__random_normal(9, 4, 1ull << 35) == ab__random_normal(9, 4, 1ull << 35));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(moments),
        cmocka_unit_test(streams_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
