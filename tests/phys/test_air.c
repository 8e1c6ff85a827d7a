/* The standard atmosphere beside the tables of ISO 2533, gravity beside WGS84, and what lies between levels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "phys/air.h"

/* ISO 2533:1975, table 5 (geometric height); -500 m too. All its digits. */
static void standard_table(void **state)
{
    (void)state;
    static const struct {
        double height_m, temp_k, pressure_pa, density_kg_m3;
    } ROWS[] = {
        {-500, 291.400, 107478, 1.28489}, {0, 288.150, 101325, 1.22500},      {1000, 281.651, 89876.3, 1.11166},
        {5000, 255.676, 54048.3, 0.736429}, {10000, 223.252, 26499.9, 0.413510}, {11000, 216.774, 22699.9, 0.364801},
        {15000, 216.650, 12111.8, 0.194755}, {20000, 216.650, 5529.29, 0.0889097}, {25000, 221.552, 2549.21, 0.0400837},
        {30000, 226.509, 1197.03, 0.0184101},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        double z = ROWS[i].height_m;
        assert_true(fabs(ab__air_standard_temp_k(z) - ROWS[i].temp_k) < 0.0006);
        assert_true(fabs(ab__air_standard_pressure_pa(z) / ROWS[i].pressure_pa - 1) < 6e-6);
        assert_true(fabs(ab__air_standard_density_kg_m3(z) / ROWS[i].density_kg_m3 - 1) < 8e-6);
    }
}

static void thinner_with_height(void **state)
{
    (void)state;
    for (double z = -500; z < 32000; z += 10) {
        assert_true(ab__air_standard_density_kg_m3(z + 10) < ab__air_standard_density_kg_m3(z));
        assert_true(ab__air_standard_pressure_pa(z + 10) < ab__air_standard_pressure_pa(z));
        /* Hydrostatic to the step: dp/dz = -rho g, g falling with height. */
        double g = 9.80665 * pow(6356766 / (6356766 + z + 5), 2);
        double slope = (ab__air_standard_pressure_pa(z + 10) - ab__air_standard_pressure_pa(z)) / 10;
        assert_true(fabs(slope / (-g * ab__air_standard_density_kg_m3(z + 5)) - 1) < 1e-4);
    }
}

/* WGS84: 9.7803253359 at the equator, 9.8321849378 at the poles; 9.80620 at 45 degrees; by 3.086e-6 a metre less above. */
static void gravity(void **state)
{
    (void)state;
    assert_true(fabs(ab__air_gravity_mps2(0, 0) - 9.7803253359) < 1e-9);
    assert_true(fabs(ab__air_gravity_mps2(90, 0) - 9.8321849378) < 1e-8);
    assert_true(fabs(ab__air_gravity_mps2(-45, 0) - 9.80620) < 1e-5);
    assert_true(fabs((ab__air_gravity_mps2(45, 1000) - ab__air_gravity_mps2(45, 0)) / -1000 - 3.086e-6) < 2e-9);
}

static void between_levels(void **state)
{
    (void)state;
    static const double height[] = {100, 300, 1300}, e[] = {1, 5, -5}, n[] = {0, -2, 8}, density[] = {1.2, 1.1, 0.9};
    ab_air air = {3, height, e, n, density};
    for (int i = 0; i < 3; i++) {
        ab_air_point at = ab__air_at(&air, height[i]);
        assert_true(at.wind_e_mps == e[i] && at.wind_n_mps == n[i]);
        assert_true(fabs(at.density_kg_m3 - density[i]) < 1e-12);
    }
    ab_air_point half = ab__air_at(&air, 800);
    assert_true(fabs(half.wind_e_mps) < 1e-12 && fabs(half.wind_n_mps - 3) < 1e-12);
    assert_true(fabs(half.density_kg_m3 - sqrt(1.1 * 0.9)) < 1e-12);
    ab_air_point below = ab__air_at(&air, 0), above = ab__air_at(&air, 2300);
    assert_true(below.wind_e_mps == 1 && above.wind_n_mps == 8);
    double thicker = ab__air_standard_density_kg_m3(0) / ab__air_standard_density_kg_m3(100);
    double thinner = ab__air_standard_density_kg_m3(2300) / ab__air_standard_density_kg_m3(1300);
    assert_true(fabs(below.density_kg_m3 / 1.2 - thicker) < 1e-12);
    assert_true(fabs(above.density_kg_m3 / 0.9 - thinner) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standard_table),
        cmocka_unit_test(thinner_with_height),
        cmocka_unit_test(gravity),
        cmocka_unit_test(between_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
