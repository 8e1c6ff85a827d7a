#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>

#include "num/convolve.h"

static uint32_t lcg = 1;

static float any(void)
{
    lcg = lcg * 1664525u + 1013904223u;
    return (float)(lcg >> 8) / (1 << 24) * 2 - 1;
}

/* What the transforms stand for, summed as it is written; *most: of absolute products. */
static double direct(const float *field, const float *cloud, int rows, int cols, int row, int col, double *most)
{
    double sum = 0, absolute = 0;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < cols; x++) {
            double product = (double)field[(y + row) % rows * cols + (x + col) % cols] * (double)cloud[y * cols + x];
            sum += product;
            absolute += fabs(product);
        }
    *most = fmax(*most, absolute);
    return sum;
}

static void compare_with_direct(int rows, int cols)
{
    size_t cells = (size_t)(rows * cols);
    float *at = calloc(cells * 5, sizeof *at), *out = at + 4 * cells;
    ab_arena *arena = ab__arena_new();
    ab_correlator *c = ab__correlator_new(rows, cols);
    ab_spectrum *spectrum[4];
    assert_true(at && arena && c);
    for (size_t i = 0; i < 4 * cells; i++)
        at[i] = any();
    for (size_t k = 0; k < 4; k++) {
        spectrum[k] = ab__spectrum_new(c, arena);
        assert_non_null(spectrum[k]);
        ab__spectrum_of(c, at + k * cells, spectrum[k]);
    }
    const ab_spectrum *field[2] = {spectrum[0], spectrum[1]}, *cloud[2] = {spectrum[2], spectrum[3]};
    for (int pairs = 1; pairs <= 2; pairs++) {
        double worst = 0, most = 0;
        ab__correlate(c, pairs, field, cloud, out);
        for (int i = 0; i < rows * cols; i++) {
            double expected = direct(at, at + 2 * cells, rows, cols, i / cols, i % cols, &most);
            if (pairs == 2)
                expected += direct(at + cells, at + 3 * cells, rows, cols, i / cols, i % cols, &most);
            worst = fmax(worst, fabs((double)out[i] - expected));
        }
        if (!(worst <= 1e-6 * most))
            fail_msg("%d x %d, %d pairs: off by %g of %g", rows, cols, pairs, worst, most);
    }
    ab__correlator_free(c);
    ab__arena_free(arena);
    free(at);
}

static void transforms_give_the_direct_sum(void **state)
{
    (void)state;
    static const int sizes[][2] = {{2, 2}, {2, 10}, {12, 8}, {30, 24}, {32, 32}, {36, 50}, {64, 60}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        compare_with_direct(sizes[i][0], sizes[i][1]);
}

static void a_cloud_of_one_point_moves_the_field(void **state)
{
    (void)state;
    enum { ROWS = 16, COLS = 20 };
    float field[ROWS * COLS], cloud[ROWS * COLS] = {0}, out[ROWS * COLS];
    ab_arena *arena = ab__arena_new();
    ab_correlator *c = ab__correlator_new(ROWS, COLS);
    ab_spectrum *f = ab__spectrum_new(c, arena), *k = ab__spectrum_new(c, arena);
    for (int i = 0; i < ROWS * COLS; i++)
        field[i] = any();
    cloud[3 * COLS + 5] = 2;
    ab__spectrum_of(c, field, f);
    ab__spectrum_of(c, cloud, k);
    ab__correlate(c, 1, (const ab_spectrum *const[]){f}, (const ab_spectrum *const[]){k}, out);
    for (int y = 0; y < ROWS; y++)
        for (int x = 0; x < COLS; x++)
            assert_true(fabsf(out[y * COLS + x] - 2 * field[(y + 3) % ROWS * COLS + (x + 5) % COLS]) < 1e-5F);
    ab__correlator_free(c);
    ab__arena_free(arena);
}

static void fast_sizes_are_even_and_smooth(void **state)
{
    (void)state;
    static const int32_t sizes[][2] = {{1, 2}, {7, 8}, {11, 12}, {13, 16}, {97, 100}, {101, 108}, {121, 128}, {128, 128}, {129, 144}, {250, 250}, {251, 256}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_int_equal(ab__fast_size(sizes[i][0]), sizes[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transforms_give_the_direct_sum),
        cmocka_unit_test(a_cloud_of_one_point_moves_the_field),
        cmocka_unit_test(fast_sizes_are_even_and_smooth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
