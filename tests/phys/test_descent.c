/* Descents beside CVODE's and RocketPy's, and what must hold of any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "phys/descent.h"
#include "phys/reference.h"

enum { LEVELS = 12 };

typedef struct column {
    ab_air air;
    double height[LEVELS], e[LEVELS], n[LEVELS], density[LEVELS];
} column;

static uint64_t drawn = 7;

static double draw(double from, double to)
{
    drawn = drawn * 6364136223846793005u + 1442695040888963407u;
    return from + (to - from) * (double)(drawn >> 11) / 9007199254740992.0;
}

/* Of equal steps up to top_m, with winds that change at random by up to `shear_mps` a step. */
static void column_make(column *c, double top_m, double wind_mps, double shear_mps)
{
    c->air = (ab_air){LEVELS, c->height, c->e, c->n, c->density};
    for (int i = 0; i < LEVELS; i++) {
        c->height[i] = 20 + top_m * i / (LEVELS - 1);
        c->e[i] = i ? c->e[i - 1] + draw(-shear_mps, shear_mps) : draw(-wind_mps, wind_mps);
        c->n[i] = i ? c->n[i - 1] + draw(-shear_mps, shear_mps) : draw(-wind_mps, wind_mps);
        c->density[i] = ab__air_standard_density_kg_m3(c->height[i]) * draw(0.97, 1.03);
    }
}

static ab_stage at_time(double begins_s, double area_m2, double fill_s, double exponent, double added_m3)
{
    return (ab_stage){begins_s, NAN, area_m2, fill_s, exponent, added_m3};
}

static ab_stage at_height(double begins_agl_m, double area_m2, double fill_s, double exponent, double added_m3)
{
    return (ab_stage){NAN, begins_agl_m, area_m2, fill_s, exponent, added_m3};
}

static ab_body container(double mass_kg)
{
    return (ab_body){mass_kg, 1.2, 1, {at_time(2, 220, 2.5, 6, 570)}};
}

static ab_touchdown fall(const ab_body *body, const ab_air *air, double height_m, double ground_m, double speed_e, double speed_n)
{
    ab_release release = {height_m, speed_e, speed_n, 0, 9.80665};
    ab_touchdown out;
    assert_true(ab__descent(body, air, &release, ground_m, &out));
    return out;
}

/* The check point that RocketPy 1.x gave (Weather and data of it are the case tests/cases/rocketpy-1t). */
static void rocketpy_check_point(void **state)
{
    (void)state;
    static const double height[] = {0, 1000, 3000, 6000, 12000}, e[] = {5, 8, 15, 25, 40}, n[] = {1, 1 + 1 / 3.0, 2, 3, 3};
    enum { FINE = 121 };
    static double z[FINE], we[FINE], wn[FINE], rho[FINE];
    for (int i = 0, k = 0; i < FINE; i++) {
        z[i] = 100 * i;
        while (z[i] > height[k + 1])
            k++;
        double t = (z[i] - height[k]) / (height[k + 1] - height[k]);
        we[i] = e[k] + t * (e[k + 1] - e[k]);
        wn[i] = n[k] + t * (n[k + 1] - n[k]);
        rho[i] = ab__air_standard_density_kg_m3(z[i]);
    }
    ab_air air = {FINE, z, we, wn, rho};
    ab_release release = {5000, 70, 0, 0, ab__air_gravity_mps2(35, 2500)};
    /* Its canopy: a hemisphere of the radius that a drag area of 150 m2 with a drag coefficient of 1.4 has. */
    double radius_m = sqrt(150 / 1.4 / 3.14159265358979), porosity = 0.0432;
    double k = 1.068 * (1 - 1.465 * porosity - 0.25975 * porosity * porosity + 1.2626 * porosity * porosity * porosity);
    double moved_m3 = k * 2 / 3.0 * 3.14159265358979 * radius_m * radius_m * radius_m;
    for (int added = 0; added < 2; added++) {
        ab_body body = {1000, 1.169, 1, {at_time(2, 150, 0, 1, added ? moved_m3 : 0)}};
        ab_touchdown t, by_cvode;
        assert_true(ab__descent(&body, &air, &release, 0, &t));
        assert_true(reference_descent(&body, &air, &release, 0, 1e-10, &by_cvode));
        printf("RocketPy 429.23 s 5706.8 m 766.4 m -10.33 m/s; %s added mass %.2f s %.1f m %.1f m %.2f m/s, CVODE %.2f s %.1f m\n",
               added ? "with" : "without", t.time_s, t.east_m, t.north_m, t.speed_up_mps, by_cvode.time_s, by_cvode.east_m);
        assert_true(fabs(t.time_s - 429.23) < 0.5);
        assert_true(hypot(t.east_m - 5706.8, t.north_m - 766.4) < (added ? 5 : 25));
        assert_true(fabs(t.speed_up_mps + 10.33) < 0.02);
    }
}

/* A body of any kind: canopies at once or by and by, by time and by height, reefed, none. */
static ab_body any_body(int kind)
{
    double m = exp(draw(log(20), log(10000)));
    double full = 2 * m * 9.81 / (1.2 * pow(draw(4, 28), 2)), bare = m * draw(0.001, 0.003), moved = 0.7 * pow(full, 1.5) / 6;
    switch (kind % 6) {
    case 0: return (ab_body){.mass_kg = m, .bare_drag_area_m2 = bare};
    case 1: return (ab_body){m, bare, 1, {at_time(draw(0, 3), full, draw(0.5, 4), 6, moved)}};
    case 2: return (ab_body){m, bare, 1, {at_time(draw(0, 3), full, 0, 1, 0)}};
    case 3: return (ab_body){m, bare, 2, {at_time(1, full / 15, 1, 1, 0), at_height(draw(100, 700), full, draw(0, 4), 2, moved)}};
    case 4: return (ab_body){m, bare, 2, {at_time(1.5, full / 8, 1, 6, moved / 20), at_time(draw(3, 8), full, 2.5, 6, moved)}};
    default: return (ab_body){m, bare, 3, {at_time(1, full / 30, 1.5, 1, 0), at_time(2, full / 9, 1, 1, moved / 30),
                                           at_height(draw(100, 400), full, 2, 3, moved)}};
    }
}

static void as_cvode(void **state)
{
    (void)state;
    double worst_m = 0, worst_s = 0;
    for (int i = 0; i < 180; i++) {
        column c;
        column_make(&c, draw(2000, 13000), 20, 12);
        ab_body body = any_body(i);
        double ground = draw(-50, 1500), heading = draw(0, 6.28), speed = draw(0, 130);
        ab_release release = {ground + exp(draw(log(100), log(8000))), speed * sin(heading), speed * cos(heading),
                              draw(-2, 2), draw(9.77, 9.83)};
        ab_touchdown ours, theirs;
        assert_null(ab__body_flaw(&body));
        assert_true(ab__descent(&body, &c.air, &release, ground, &ours));
        assert_true(reference_descent(&body, &c.air, &release, ground, 1e-10, &theirs));
        double away = hypot(ours.east_m - theirs.east_m, ours.north_m - theirs.north_m), late = fabs(ours.time_s - theirs.time_s);
        if (away > 1e-3 || late > 1e-4 || fabs(ours.speed_up_mps - theirs.speed_up_mps) > 1e-4)
            printf("kind %d: %g m, %g s apart; %g s against %g s\n", i % 6, away, late, ours.time_s, theirs.time_s);
        worst_m = fmax(worst_m, away);
        worst_s = fmax(worst_s, late);
        assert_true(fabs(ours.speed_up_mps - theirs.speed_up_mps) < 1e-4);
        assert_true(fabs(ours.speed_e_mps - theirs.speed_e_mps) < 1e-4);
    }
    printf("at most %.2g m and %.2g s from CVODE\n", worst_m, worst_s);
    assert_true(worst_m < 1e-3 && worst_s < 1e-4);
}

static void wind_and_drift(void **state)
{
    (void)state;
    column still, windy;
    column_make(&still, 5000, 0, 0);
    column_make(&windy, 5000, 0, 0);
    ab_body body = container(1000);
    ab_touchdown calm = fall(&body, &still.air, 4000, 100, 0, 0);
    assert_true(calm.east_m == 0 && calm.north_m == 0);
    double before_m = 0;
    for (double mps = 5; mps <= 40; mps += 5) {
        for (int i = 0; i < LEVELS; i++)
            windy.e[i] = mps;
        ab_touchdown t = fall(&body, &windy.air, 4000, 100, 0, 0);
        assert_true(t.east_m > before_m && t.north_m == 0);
        before_m = t.east_m;
        /* Moving with the air from the first, it falls as in calm air. */
        t = fall(&body, &windy.air, 4000, 100, mps, 0);
        calm = fall(&body, &still.air, 4000, 100, 0, 0);
        for (int i = 0; i < LEVELS; i++)
            assert_true(windy.density[i] > 0);
        assert_true(fabs(t.east_m - mps * t.time_s) < 1e-4);
    }
}

static void heavier_is_faster(void **state)
{
    (void)state;
    column c;
    column_make(&c, 5000, 0, 0);
    double before_s = INFINITY, before_mps = 0;
    for (double kg = 300; kg < 2000; kg *= 1.2) {
        ab_body body = container(kg);
        ab_touchdown t = fall(&body, &c.air, 3000, 50, 70, 0);
        assert_true(t.time_s < before_s && -t.speed_up_mps > before_mps);
        before_s = t.time_s;
        before_mps = -t.speed_up_mps;
        /* It lands at V = sqrt(2 m g / (rho C_D S)), to what its lag behind the density leaves. */
        double v = sqrt(2 * kg * 9.80665 / (ab__air_at(&c.air, 50).density_kg_m3 * 220));
        assert_true(fabs(-t.speed_up_mps / v - 1) < 0.002);
    }
}

/* Turned by a right angle and mirrored, it lands turned and mirrored. */
static void symmetric(void **state)
{
    (void)state;
    for (int i = 0; i < 12; i++) {
        column c, turned, mirrored;
        column_make(&c, 6000, 10, 6);
        turned = mirrored = c;
        turned.air = (ab_air){LEVELS, turned.height, turned.e, turned.n, turned.density};
        mirrored.air = (ab_air){LEVELS, mirrored.height, mirrored.e, mirrored.n, mirrored.density};
        for (int k = 0; k < LEVELS; k++) {
            turned.e[k] = c.n[k];
            turned.n[k] = -c.e[k];
            mirrored.e[k] = -c.e[k];
        }
        ab_body body = any_body(i);
        ab_touchdown a = fall(&body, &c.air, 3000, 100, 60, 20), b = fall(&body, &turned.air, 3000, 100, 20, -60);
        ab_touchdown m = fall(&body, &mirrored.air, 3000, 100, -60, 20);
        assert_true(fabs(b.east_m - a.north_m) < 1e-4 && fabs(b.north_m + a.east_m) < 1e-4);
        assert_true(fabs(m.east_m + a.east_m) < 1e-4 && fabs(m.north_m - a.north_m) < 1e-4);
    }
}

/* In calm air drag only takes: what arrives has less than it had, and all of it if there is next to no drag. */
static void energy(void **state)
{
    (void)state;
    column c;
    column_make(&c, 3000, 0, 0);
    for (int i = 0; i < 24; i++) {
        ab_body body = any_body(i);
        ab_touchdown t = fall(&body, &c.air, 2000, 0, 80, 0);
        double after = t.speed_e_mps * t.speed_e_mps + t.speed_n_mps * t.speed_n_mps + t.speed_up_mps * t.speed_up_mps;
        assert_true(after / 2 < 80 * 80 / 2.0 + 9.80665 * 2000);
    }
    ab_body stone = {.mass_kg = 1000, .bare_drag_area_m2 = 1e-9};
    ab_touchdown t = fall(&stone, &c.air, 2000, 0, 80, 0);
    assert_true(fabs(t.time_s - sqrt(2 * 2000 / 9.80665)) < 1e-6);
    assert_true(fabs(t.east_m - 80 * t.time_s) < 1e-5);
}

/* Bags let go from 250 m at 70 m/s: the range that airdrop tables give them. */
static void free_bags(void **state)
{
    (void)state;
    column c;
    column_make(&c, 3000, 0, 0);
    for (double area = 0.2; area <= 0.5; area += 0.05) {
        ab_body bag = {.mass_kg = 50, .bare_drag_area_m2 = area};
        ab_touchdown t = fall(&bag, &c.air, 300, 50, 70, 0);
        assert_true(t.east_m > 200 && t.east_m < 400);
        assert_true(-t.speed_up_mps > 35 && -t.speed_up_mps < 62);
    }
}

static void flaws(void **state)
{
    (void)state;
    column c;
    column_make(&c, 3000, 0, 0);
    ab_release release = {1000, 0, 0, 0, 9.8};
    ab_touchdown t;
    ab_body good = container(500), bad[8];
    for (int i = 0; i < 8; i++)
        bad[i] = good;
    bad[0].mass_kg = -1;
    bad[1].bare_drag_area_m2 = 0;
    bad[2].stage_count = 5;
    bad[3].stage[0].begins_agl_m = 100;
    bad[4].stage[0].begins_s = NAN;
    bad[5].stage[0].drag_area_m2 = NAN;
    bad[6].stage[0].fill_time_s = -1;
    bad[7].stage_count = 2;
    bad[7].stage[1] = at_time(1, 300, 1, 1, 0);
    assert_null(ab__body_flaw(&good));
    for (int i = 0; i < 8; i++) {
        assert_non_null(ab__body_flaw(&bad[i]));
        assert_false(ab__descent(&bad[i], &c.air, &release, 0, &t));
    }
    assert_false(ab__descent(&good, &c.air, &release, 1001, &t));
    ab_body feather = {.mass_kg = 0.01, .bare_drag_area_m2 = 100};
    assert_false(ab__descent(&feather, &c.air, &release, 0, &t));
    release = (ab_release){20 + 3000.0 / 11 * 2, 5, 5, 8, 9.8}; /* thrown up from a level */
    assert_true(ab__descent(&good, &c.air, &release, 0, &t) && t.time_s > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rocketpy_check_point), cmocka_unit_test(as_cvode),  cmocka_unit_test(wind_and_drift),
        cmocka_unit_test(heavier_is_faster),    cmocka_unit_test(symmetric), cmocka_unit_test(energy),
        cmocka_unit_test(free_bags),            cmocka_unit_test(flaws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
