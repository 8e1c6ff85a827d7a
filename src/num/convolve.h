/* Correlation of fields with clouds on a grid, by fast Fourier transforms (kissfft, single precision). */
#ifndef NUM_CONVOLVE_H
#define NUM_CONVOLVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct ab_correlator ab_correlator; /* of one size; for one thread at a time */
typedef struct ab_spectrum ab_spectrum;     /* of one field on its grid */

/* The least even number from `least` on that has no prime factor but 2, 3 and 5. */
int32_t ab__fast_size(int32_t least);

/* For grids of rows x cols, both even. NULL: out of memory. */
ab_correlator *ab__correlator_new(int32_t rows, int32_t cols);
void ab__correlator_free(ab_correlator *c);

/* In `arena`; NULL: out of memory. */
ab_spectrum *ab__spectrum_new(const ab_correlator *c, ab_arena *arena);
/* `field` is [rows * cols]. */
void ab__spectrum_of(ab_correlator *c, const float *field, ab_spectrum *out);

/* out[r] = sum over k and x of field_k[x + r] cloud_k[x], where rows and columns count on round the ends: pad with zeros what
 * must not meet. Within 1e-6 of the greatest sum of absolute products. */
void ab__correlate(ab_correlator *c, int32_t pairs, const ab_spectrum *const *field, const ab_spectrum *const *cloud, float *out);

#endif
