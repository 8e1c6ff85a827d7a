#include "base/random.h"

#include <math.h>

ab_philox ab__random_block(uint64_t seed, uint64_t stream, uint64_t block)
{
    ab_philox counter = {{(uint32_t)block, (uint32_t)(block >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)}};
    return ab__philox(counter, seed);
}

double ab__random_uniform(uint64_t seed, uint64_t stream, uint64_t i)
{
    ab_philox block = ab__random_block(seed, stream, i / 2);
    return i % 2 ? ab__random_of(block.word[2], block.word[3]) : ab__random_of(block.word[0], block.word[1]);
}

double ab__random_normal(uint64_t seed, uint64_t stream, uint64_t i)
{
    ab_philox block = ab__random_block(seed, stream, i);
    double u = ab__random_of(block.word[0], block.word[1]), turn = ab__random_of(block.word[2], block.word[3]);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * turn);
}
