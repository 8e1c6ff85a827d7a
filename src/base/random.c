#include "base/random.h"

#include <math.h>

ab_philox ab__random_block(uint64_t seed, uint64_t stream, uint64_t block)
{
    ab_philox counter = {{(uint32_t)block, (uint32_t)(block >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)}};
    return ab__philox(counter, seed);
}

/* 53 bits and a half: the middle of its cell. */
static double uniform_of(uint32_t high, uint32_t low)
{
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12;
    return ((double)bits + 0.5) / 4503599627370496.0;
}

double ab__random_uniform(uint64_t seed, uint64_t stream, uint64_t i)
{
    ab_philox block = ab__random_block(seed, stream, i / 2);
    return i % 2 ? uniform_of(block.word[2], block.word[3]) : uniform_of(block.word[0], block.word[1]);
}

double ab__random_normal(uint64_t seed, uint64_t stream, uint64_t i)
{
    ab_philox block = ab__random_block(seed, stream, i);
    double u = uniform_of(block.word[0], block.word[1]), turn = uniform_of(block.word[2], block.word[3]);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * turn);
}
