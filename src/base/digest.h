/* SHA-256 (FIPS 180-4). */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

typedef struct ab_digest {
    uint32_t state[8];
    uint64_t size;
    unsigned char block[64];
} ab_digest;

void ab__digest_start(ab_digest *digest);
void ab__digest_add(ab_digest *digest, const void *bytes, size_t size);
void ab__digest_hex(ab_digest *digest, char out[65]);

#endif
