/* Random inputs for property tests: the same in every run (SplitMix64, Steele et al. 2014). */
#ifndef TESTS_BASE_DRAW_H
#define TESTS_BASE_DRAW_H

#include <stdint.h>
#include <string.h>

static inline uint64_t draw_bits(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* Uniform in [low, high). */
static inline double draw_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)(draw_bits(state) >> 11) * 0x1p-53);
}

/* Every bit pattern alike: subnormals, infinities and NaN among them. */
static inline double draw_double(uint64_t *state)
{
    uint64_t bits = draw_bits(state);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
