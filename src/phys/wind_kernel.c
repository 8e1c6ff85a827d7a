/* What a small error of the wind at a height does to where and when a load comes down: the adjoint of the equations of motion along
 * a path (Bryson and Ho 1975, chapter 2; docs/models/drop.md, section Error of the wind). */
#include <math.h>
#include <string.h>

#include "phys/landings_parts.h"

enum { EAST, NORTH, UP, SPACE };

/* By how much the outcome grows with a deviation now: a metre of height, a metre a second of each speed. */
typedef struct adjoint {
    double by_place[SPACE];   /* east and north stay what they are */
    double by_speed[SPACE];
    double by_time;           /* 1 if the outcome is the time */
} adjoint;

static double dot(const double a[SPACE], const double b[SPACE])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void share_out(const ab_error_levels *levels, double height_msl_m, double e, double n, int outcome,
                      double kernel[AB_ERROR_LEVELS][AB_KERNELS])
{
    int last = levels->count - 1;
    double step_m = levels->height_msl_m[1] - levels->height_msl_m[0];
    double at = fmin(fmax((height_msl_m - levels->height_msl_m[0]) / step_m, 0), last);
    int i = (int)fmin(floor(at), last - 1);
    kernel[i][2 * outcome] += e * (i + 1 - at);
    kernel[i][2 * outcome + 1] += n * (i + 1 - at);
    kernel[i + 1][2 * outcome] += e * (at - i);
    kernel[i + 1][2 * outcome + 1] += n * (at - i);
}

/* Where the future depends on when a height is passed and not on time: higher by a metre is later by 1 / speed. `before` tells how it
 * moves as it arrives there. */
static void pass_height(const ab_path_point *before, double gravity_mps2, adjoint *a)
{
    double gains = a->by_time + a->by_place[EAST] * before->speed_mps[EAST] + a->by_place[NORTH] * before->speed_mps[NORTH];
    for (int i = 0; i < SPACE; i++)
        gains -= a->by_speed[i] * before->rate_per_s * before->through_air_mps[i];
    gains -= a->by_speed[UP] * gravity_mps2 * before->load_share;
    a->by_place[UP] = -gains / before->speed_mps[UP];
}

/* Drag's derivative by the velocity u through the air is -r (1 + u u' / |u|^2), so what is along u dies away at 2 r and what is across
 * at r. Splits x, and weighs the parts. */
static void by_direction(const double unit[SPACE], double along_factor, double across_factor, const double x[SPACE], double out[SPACE])
{
    double along = dot(unit, x);
    for (int i = 0; i < SPACE; i++)
        out[i] = across_factor * x[i] + (along_factor - across_factor) * along * unit[i];
}

static double one_less_exp(double x)
{
    return x > 1e-5 ? 1 - exp(-x) : x - x * x / 2;
}

/* Back over a step with the coefficients of its middle: by_speed' = A by_speed - by_place with A = r (1 + u u' / |u|^2), solved
 * exactly. `push` is the integral of A by_speed: what a wind error of 1 m/s over the step does. */
static void step_back(const ab_path_point *from, const ab_path_point *to, double gravity_mps2, adjoint *a, double push[SPACE])
{
    double u[SPACE], unit[SPACE], decayed[SPACE], driven[SPACE], integral[SPACE], dt = to->time_s - from->time_s;
    double rate = (from->rate_per_s + to->rate_per_s) / 2, share = (from->load_share + to->load_share) / 2;
    for (int i = 0; i < SPACE; i++)
        u[i] = (from->through_air_mps[i] + to->through_air_mps[i]) / 2;
    double speed = sqrt(dot(u, u));
    for (int i = 0; i < SPACE; i++)
        unit[i] = speed > 0 ? u[i] / speed : 0;
    by_direction(unit, exp(-2 * rate * dt), exp(-rate * dt), a->by_speed, decayed);
    by_direction(unit, one_less_exp(2 * rate * dt) / (2 * rate), one_less_exp(rate * dt) / rate, a->by_place, driven);
    for (int i = 0; i < SPACE; i++) {
        double before = decayed[i] + driven[i];
        push[i] = a->by_speed[i] - before + a->by_place[i] * dt;
        a->by_speed[i] = before;
    }
    by_direction(unit, 1 / (2 * rate), 1 / rate, push, integral);
    double thicker = (from->log_density_per_m + to->log_density_per_m) / 2 * share;
    a->by_place[UP] += from->shear_per_s[EAST] * push[EAST] + from->shear_per_s[NORTH] * push[NORTH] -
                       rate * thicker * dot(u, integral) + gravity_mps2 * thicker * (1 - share) * integral[UP];
}

static void add_outcome(const ab_error_levels *levels, const ab_path *path, double gravity_mps2, double weight, int outcome,
                        double kernel[AB_ERROR_LEVELS][AB_KERNELS])
{
    const ab_path_point *p = path->point;
    adjoint a = {{outcome == EAST, outcome == NORTH, 0}, {0}, outcome == UP};
    pass_height(&p[path->count - 1], gravity_mps2, &a);
    for (int32_t i = path->count - 1; i > 0; i--) {
        if (p[i].by_height)
            pass_height(&p[i - 1], gravity_mps2, &a);
        if (!(p[i].time_s > p[i - 1].time_s))
            continue;
        double push[SPACE], e, n;
        step_back(&p[i - 1], &p[i], gravity_mps2, &a, push);
        e = push[EAST] * weight / 6;
        n = push[NORTH] * weight / 6;
        share_out(levels, p[i - 1].height_msl_m, e, n, outcome, kernel);
        share_out(levels, (p[i - 1].height_msl_m + p[i].height_msl_m) / 2, 4 * e, 4 * n, outcome, kernel);
        share_out(levels, p[i].height_msl_m, e, n, outcome, kernel);
    }
    /* At the exit it moves with the aircraft, and that with the air. */
    share_out(levels, p[0].height_msl_m, a.by_speed[EAST] * weight, a.by_speed[NORTH] * weight, outcome, kernel);
}

void ab__wind_kernel(const ab_error_levels *levels, const ab_path *path, double gravity_mps2, double weight,
                     double kernel[AB_ERROR_LEVELS][AB_KERNELS])
{
    for (int outcome = 0; outcome < SPACE; outcome++)
        add_outcome(levels, path, gravity_mps2, weight, outcome, kernel);
}
