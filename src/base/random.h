/* Random numbers by counter: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
 * A number follows from the key and its place alone, so draws do not depend on threads, ranks or order. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

enum { AB_PHILOX_ROUNDS = 10 };
#define AB_PHILOX_MUL_0 0xD2511F53u
#define AB_PHILOX_MUL_1 0xCD9E8D57u
#define AB_PHILOX_KEY_0 0x9E3779B9u
#define AB_PHILOX_KEY_1 0xBB67AE85u

typedef struct ab_philox {
    uint32_t word[4];
} ab_philox;

/* Four words of 32 random bits. */
static inline ab_philox ab__philox(ab_philox counter, uint64_t seed)
{
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    uint32_t a = counter.word[0], b = counter.word[1], c = counter.word[2], d = counter.word[3];
    for (int round = 0; round < AB_PHILOX_ROUNDS; round++) {
        uint64_t p = (uint64_t)AB_PHILOX_MUL_0 * a, q = (uint64_t)AB_PHILOX_MUL_1 * c;
        uint32_t next_a = (uint32_t)(q >> 32) ^ b ^ k0, next_c = (uint32_t)(p >> 32) ^ d ^ k1;
        b = (uint32_t)q;
        d = (uint32_t)p;
        a = next_a;
        c = next_c;
        k0 += AB_PHILOX_KEY_0;
        k1 += AB_PHILOX_KEY_1;
    }
    return (ab_philox){{a, b, c, d}};
}

/* In (0, 1): never 0, never 1. Of two words the 52 bits and a half: the middle of its cell. */
static inline double ab__random_of(uint32_t high, uint32_t low)
{
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12;
    return ((double)bits + 0.5) / 4503599627370496.0;
}

/* The i-th block of a stream: streams and blocks are numbered as one likes. */
ab_philox ab__random_block(uint64_t seed, uint64_t stream, uint64_t block);
/* In (0, 1): never 0, never 1. The i-th number of a stream. */
double ab__random_uniform(uint64_t seed, uint64_t stream, uint64_t i);
/* Standard normal, by Box and Muller 1958: numbers 2 i and 2 i + 1 of a stream. */
double ab__random_normal(uint64_t seed, uint64_t stream, uint64_t i);

#endif
