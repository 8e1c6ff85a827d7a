#include "num/convolve.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <kiss_fftr.h>

/* kissfft's own transform of real fields in two dimensions cannot be had for grids above 52 x 52 (131.1.0: it asks for less memory
 * than it then wants), so rows and columns are transformed one after another here. */
struct ab_correlator {
    int32_t rows, cols, half; /* half: cols / 2 + 1 */
    kiss_fftr_cfg row_forward, row_inverse;
    kiss_fft_cfg col_forward, col_inverse;
    kiss_fft_cpx *sum, *half_way; /* [half * rows] columns one after another; [rows * half] */
};

/* Columns one after another. */
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
    return (size_t)c->rows * (size_t)c->half;
}

ab_correlator *ab__correlator_new(int32_t rows, int32_t cols)
{
    assert(rows > 0 && cols > 0 && rows % 2 == 0 && cols % 2 == 0);
    ab_correlator *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->rows = rows;
    c->cols = cols;
    c->half = cols / 2 + 1;
    c->row_forward = kiss_fftr_alloc(cols, 0, NULL, NULL);
    c->row_inverse = kiss_fftr_alloc(cols, 1, NULL, NULL);
    c->col_forward = kiss_fft_alloc(rows, 0, NULL, NULL);
    c->col_inverse = kiss_fft_alloc(rows, 1, NULL, NULL);
    c->sum = calloc(spectrum_size(c), sizeof *c->sum);
    c->half_way = calloc(spectrum_size(c), sizeof *c->half_way);
    if (c->row_forward && c->row_inverse && c->col_forward && c->col_inverse && c->sum && c->half_way)
        return c;
    ab__correlator_free(c);
    return NULL;
}

void ab__correlator_free(ab_correlator *c)
{
    if (!c)
        return;
    free(c->row_forward);
    free(c->row_inverse);
    free(c->col_forward);
    free(c->col_inverse);
    free(c->sum);
    free(c->half_way);
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

/* A row of zeros is its own transform, and clouds have many. */
static bool all_zero(const float *row, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        if (row[i] != 0)
            return false;
    return true;
}

void ab__spectrum_of(ab_correlator *c, const float *field, ab_spectrum *out)
{
    size_t half = (size_t)c->half, rows = (size_t)c->rows;
    for (size_t r = 0; r < rows; r++) {
        const float *row = field + r * (size_t)c->cols;
        if (all_zero(row, c->cols))
            memset(c->half_way + r * half, 0, half * sizeof *c->half_way);
        else
            kiss_fftr(c->row_forward, row, c->half_way + r * half);
    }
    for (size_t k = 0; k < half; k++)
        kiss_fft_stride(c->col_forward, c->half_way + k, out->at + k * rows, c->half);
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
    size_t count = spectrum_size(c), half = (size_t)c->half, rows = (size_t)c->rows, cells = rows * (size_t)c->cols;
    memset(c->sum, 0, count * sizeof *c->sum);
    for (int32_t k = 0; k < pairs; k++)
        add_product(field[k]->at, cloud[k]->at, count, c->sum);
    for (size_t k = 0; k < half; k++)
        kiss_fft(c->col_inverse, c->sum + k * rows, c->half_way + k * rows);
    for (size_t r = 0; r < rows; r++) /* into rows again, in the room of the sum */
        for (size_t k = 0; k < half; k++)
            c->sum[r * half + k] = c->half_way[k * rows + r];
    for (size_t r = 0; r < rows; r++)
        kiss_fftri(c->row_inverse, c->sum + r * half, out + r * (size_t)c->cols);
    float scale = 1 / (float)cells; /* the library leaves it to its user */
    for (size_t i = 0; i < cells; i++)
        out[i] *= scale;
}
