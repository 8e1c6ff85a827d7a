#include "num/convolve.h"

#include <assert.h>
#include <stdlib.h>

#include <kiss_fftndr.h>

struct ab_correlator {
    int32_t rows, cols;
    kiss_fftndr_cfg forward, inverse;
    kiss_fft_cpx *sum; /* [rows * (cols / 2 + 1)] */
};

struct ab_spectrum {
    kiss_fft_cpx *at;
};

int32_t ab__fast_size(int32_t least)
{
    static const int32_t primes[] = {2, 3, 5};
    for (int32_t n = least + (least & 1);; n += 2) {
        int32_t rest = n;
        for (int32_t i = 0; i < 3; i++)
            while (rest % primes[i] == 0)
                rest /= primes[i];
        if (rest == 1)
            return n;
    }
}

static size_t spectrum_size(const ab_correlator *c)
{
    return (size_t)c->rows * ((size_t)c->cols / 2 + 1);
}

ab_correlator *ab__correlator_new(int32_t rows, int32_t cols)
{
    assert(rows > 0 && cols > 0 && rows % 2 == 0 && cols % 2 == 0);
    int dims[2] = {rows, cols};
    ab_correlator *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->rows = rows;
    c->cols = cols;
    c->forward = kiss_fftndr_alloc(dims, 2, 0, NULL, NULL);
    c->inverse = kiss_fftndr_alloc(dims, 2, 1, NULL, NULL);
    c->sum = calloc(spectrum_size(c), sizeof *c->sum);
    if (c->forward && c->inverse && c->sum)
        return c;
    ab__correlator_free(c);
    return NULL;
}

void ab__correlator_free(ab_correlator *c)
{
    if (!c)
        return;
    free(c->forward);
    free(c->inverse);
    free(c->sum);
    free(c);
}

ab_spectrum *ab__spectrum_new(const ab_correlator *c, ab_arena *arena)
{
    ab_spectrum *s = AB_NEW(arena, ab_spectrum, 1);
    kiss_fft_cpx *at = AB_NEW(arena, kiss_fft_cpx, spectrum_size(c));
    if (!s || !at)
        return NULL;
    s->at = at;
    return s;
}

void ab__spectrum_of(ab_correlator *c, const float *field, ab_spectrum *out)
{
    kiss_fftndr(c->forward, field, out->at);
}

/* sum += field * conjugate(cloud): a product of spectra is a convolution, of the conjugate a correlation. */
static void add_product(const kiss_fft_cpx *field, const kiss_fft_cpx *cloud, size_t count, kiss_fft_cpx *sum)
{
    for (size_t i = 0; i < count; i++) {
        sum[i].r += field[i].r * cloud[i].r + field[i].i * cloud[i].i;
        sum[i].i += field[i].i * cloud[i].r - field[i].r * cloud[i].i;
    }
}

void ab__correlate(ab_correlator *c, int32_t pairs, const ab_spectrum *const *field, const ab_spectrum *const *cloud, float *out)
{
    size_t count = spectrum_size(c), cells = (size_t)c->rows * (size_t)c->cols;
    for (size_t i = 0; i < count; i++)
        c->sum[i] = (kiss_fft_cpx){0, 0};
    for (int32_t k = 0; k < pairs; k++)
        add_product(field[k]->at, cloud[k]->at, count, c->sum);
    kiss_fftndri(c->inverse, c->sum, out);
    float scale = 1 / (float)cells; /* the library leaves it to its user */
    for (size_t i = 0; i < cells; i++)
        out[i] *= scale;
}
