/* The equations are in docs/models/drop.md, section Descent. */
#include "phys/descent.h"

#include <math.h>
#include <string.h>

#include "phys/air_segment.h"
#include "phys/descent_path.h"

enum { EAST, NORTH, UP, SPEED_E, SPEED_N, SPEED_UP, QUANTITIES, PARTS = 7 };
static const double LONGEST_S = 3 * 3600, TOLERANCE = 1e-9;

/* What hangs over the load: the stage that has begun last, and what there was when it began. */
typedef struct canopy {
    int32_t stages_begun;
    double begun_s, fill_time_s, exponent;
    double from_m2, to_m2, from_m3, to_m3; /* drag area; volume of the air that moves with it */
} canopy;

typedef struct fall {
    const ab_body *body;
    const ab_air *air;
    double gravity_mps2, ground_msl_m, tolerance;
    canopy canopy;
    ab_air_segment segment;
    double time_s, step_s;
    double now[QUANTITIES], slope[QUANTITIES]; /* height above mean sea level */
    ab_path *path;
} fall;

/* ---- The body ----------------------------------------------------------------------------------------------------- */

static bool positive(double x)
{
    return x > 0 && isfinite(x);
}

static const char *stage_flaw(const ab_stage *s)
{
    if (isnan(s->begins_s) == isnan(s->begins_agl_m))
        return "a stage begins at a time or at a height: give one of the two";
    if (s->begins_s < 0 || s->begins_agl_m < 0 || isinf(s->begins_s) || isinf(s->begins_agl_m))
        return "a stage must begin at or after exit, and not under the ground";
    if (!positive(s->drag_area_m2))
        return "a stage must have a positive drag area";
    if (!(s->fill_time_s >= 0) || isinf(s->fill_time_s) || !positive(s->exponent))
        return "a canopy's filling time must not be negative, and its exponent positive";
    if (!(s->added_mass_m3 >= 0) || isinf(s->added_mass_m3))
        return "the volume of air that moves with a canopy must not be negative";
    return NULL;
}

const char *ab__body_flaw(const ab_body *body)
{
    if (!positive(body->mass_kg))
        return "the mass must be positive";
    if (!positive(body->bare_drag_area_m2))
        return "the drag area of the bare load must be positive";
    if (body->stage_count < 0 || body->stage_count > AB_STAGES)
        return "there may be four stages at most";
    double before_s = 0;
    for (int32_t i = 0; i < body->stage_count; i++) {
        const char *flaw = stage_flaw(&body->stage[i]);
        if (flaw)
            return flaw;
        if (body->stage[i].begins_s < before_s)
            return "stages must be in the order in which they begin";
        if (body->stage[i].begins_s > before_s)
            before_s = body->stage[i].begins_s;
    }
    return NULL;
}

/* ---- The canopy --------------------------------------------------------------------------------------------------- */

static double filled_share(const canopy *c, double time_s)
{
    double since_s = time_s - c->begun_s;
    if (since_s >= c->fill_time_s)
        return 1;
    return since_s <= 0 ? 0 : pow(since_s / c->fill_time_s, c->exponent);
}

static double drag_area_m2(const canopy *c, double time_s)
{
    return c->from_m2 + (c->to_m2 - c->from_m2) * filled_share(c, time_s);
}

/* A canopy's volume grows with the 3/2 power of its area. */
static double moved_air_m3(const canopy *c, double time_s)
{
    double share = filled_share(c, time_s);
    return c->from_m3 + (c->to_m3 - c->from_m3) * share * sqrt(share);
}

static void begin_stage(fall *f)
{
    const ab_stage *s = &f->body->stage[f->canopy.stages_begun];
    f->canopy = (canopy){
        .stages_begun = f->canopy.stages_begun + 1,
        .begun_s = f->time_s,
        .fill_time_s = s->fill_time_s,
        .exponent = s->exponent,
        .from_m2 = drag_area_m2(&f->canopy, f->time_s),
        .to_m2 = s->drag_area_m2,
        .from_m3 = moved_air_m3(&f->canopy, f->time_s),
        .to_m3 = s->added_mass_m3,
    };
}

static const ab_stage *next_stage(const fall *f)
{
    return f->canopy.stages_begun < f->body->stage_count ? &f->body->stage[f->canopy.stages_begun] : NULL;
}

/* ---- The equations of motion -------------------------------------------------------------------------------------- */

/* Drag is against the velocity through the air; the air that moves with the canopy is inert but has no weight. Gives the
 * rate at which the slip dies away. */
static double motion(const fall *f, double time_s, const double y[QUANTITIES], double slope[QUANTITIES])
{
    ab_air_point air = ab__air_in(&f->segment, y[UP]);
    double through_e = y[SPEED_E] - air.wind_e_mps, through_n = y[SPEED_N] - air.wind_n_mps, through_up = y[SPEED_UP];
    double airspeed = sqrt(through_e * through_e + through_n * through_n + through_up * through_up);
    double inert_kg = f->body->mass_kg + air.density_kg_m3 * moved_air_m3(&f->canopy, time_s);
    double rate = 0.5 * air.density_kg_m3 * drag_area_m2(&f->canopy, time_s) * airspeed / inert_kg;
    memcpy(slope, y + SPEED_E, 3 * sizeof *slope);
    slope[SPEED_E] = -rate * through_e;
    slope[SPEED_N] = -rate * through_n;
    slope[SPEED_UP] = -rate * through_up - f->gravity_mps2 * f->body->mass_kg / inert_kg;
    return rate;
}

/* Dormand and Prince 1980, RK5(4)7M; the last row is that of the fifth order, so the next step begins with its slope. */
static const double NODE[PARTS] = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
static const double WEIGHT[PARTS][PARTS - 1] = {
    {0},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
};
static const double ERROR_WEIGHT[PARTS] = {71.0 / 57600,      0,           -71.0 / 16695, 71.0 / 1920,
                                           -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

/* What a step of this length leads to, and its error by the tolerance (1: just as large). */
static double attempt(const fall *f, double step_s, double after[QUANTITIES], double slope_after[QUANTITIES])
{
    double part[PARTS][QUANTITIES];
    memcpy(part[0], f->slope, sizeof part[0]);
    for (int i = 1; i < PARTS; i++) {
        for (int q = 0; q < QUANTITIES; q++) {
            double sum = 0;
            for (int j = 0; j < i; j++)
                sum += WEIGHT[i][j] * part[j][q];
            after[q] = f->now[q] + step_s * sum;
        }
        motion(f, f->time_s + NODE[i] * step_s, after, part[i]);
    }
    memcpy(slope_after, part[PARTS - 1], sizeof part[0]);
    double squares = 0;
    for (int q = 0; q < QUANTITIES; q++) {
        double error = 0;
        for (int i = 0; i < PARTS; i++)
            error += ERROR_WEIGHT[i] * part[i][q];
        double by = step_s * error / (f->tolerance * (1 + fmax(fabs(f->now[q]), fabs(after[q]))));
        squares += by * by;
    }
    return sqrt(squares / QUANTITIES);
}

/* ---- Steps and stops ---------------------------------------------------------------------------------------------- */

/* Of the segment at hand; of the standard atmosphere by a difference. */
static double log_density_per_m(const ab_air_segment *s, double height_msl_m)
{
    if (!s->standard)
        return s->log_slope_per_m;
    return log(ab__air_standard_density_kg_m3(height_msl_m + 1) / ab__air_standard_density_kg_m3(height_msl_m - 1)) / 2;
}

static void record(const fall *f)
{
    if (!f->path || f->path->count++ >= f->path->room)
        return;
    const double *y = f->now;
    double slope[QUANTITIES], rate_per_s = motion(f, f->time_s, y, slope);
    ab_air_point air = ab__air_in(&f->segment, y[UP]);
    double moved_kg = air.density_kg_m3 * moved_air_m3(&f->canopy, f->time_s);
    f->path->point[f->path->count - 1] = (ab_path_point){
        .time_s = f->time_s,
        .height_msl_m = y[UP],
        .speed_mps = {y[SPEED_E], y[SPEED_N], y[SPEED_UP]},
        .through_air_mps = {y[SPEED_E] - air.wind_e_mps, y[SPEED_N] - air.wind_n_mps, y[SPEED_UP]},
        .rate_per_s = rate_per_s,
        .load_share = f->body->mass_kg / (f->body->mass_kg + moved_kg),
        .log_density_per_m = log_density_per_m(&f->segment, y[UP]),
        .shear_per_s = {f->segment.shear_e_per_s, f->segment.shear_n_per_s},
    };
}

/* The equations change here: by another segment or stage. What rises does not turn and fall in one step, so that it
 * leaves the height at which it is. */
static void begin_anew(fall *f)
{
    double rises_mps = f->now[SPEED_UP];
    f->segment = ab__air_segment(f->air, f->now[UP], !(rises_mps > 1e-6));
    if (rises_mps > 1e-6)
        f->step_s = fmin(f->step_s, rises_mps / f->gravity_mps2);
    motion(f, f->time_s, f->now, f->slope);
    record(f);
}

/* The next moment at which the equations change. */
static double next_time_s(const fall *f)
{
    double filled_s = f->canopy.begun_s + f->canopy.fill_time_s, until_s = LONGEST_S;
    if (filled_s > f->time_s)
        until_s = fmin(until_s, filled_s);
    const ab_stage *s = next_stage(f);
    if (s && s->begins_s > f->time_s)
        until_s = fmin(until_s, s->begins_s);
    return until_s;
}

static double floor_m(const fall *f)
{
    double floor = fmax(f->ground_msl_m, f->segment.bottom_m);
    const ab_stage *s = next_stage(f);
    if (s && !isnan(s->begins_agl_m))
        floor = fmax(floor, fmin(f->now[UP], f->ground_msl_m + s->begins_agl_m));
    return floor;
}

/* The step of which the end is at a height that this one crosses: regula falsi after Illinois. */
static double step_to(const fall *f, double step_s, double height_m, double after[QUANTITIES], double slope[QUANTITIES])
{
    double lo_s = 0, hi_s = step_s, lo_m = f->now[UP] - height_m, hi_m = after[UP] - height_m;
    int side = 0;
    for (int i = 0; i < 60 && fabs(hi_s - lo_s) > 1e-13 * (1 + f->time_s); i++) {
        step_s = (lo_s * hi_m - hi_s * lo_m) / (hi_m - lo_m);
        attempt(f, step_s, after, slope);
        double at_m = after[UP] - height_m;
        if (fabs(at_m) < 1e-10 * (1 + fabs(height_m)))
            break;
        bool with_hi = (at_m < 0) == (hi_m < 0);
        *(with_hi ? &hi_s : &lo_s) = step_s;
        *(with_hi ? &hi_m : &lo_m) = at_m;
        if (side == (with_hi ? 1 : -1))
            *(with_hi ? &lo_m : &hi_m) /= 2;
        side = with_hi ? 1 : -1;
    }
    after[UP] = height_m;
    return step_s;
}

/* One step that is good enough, up to the next change at most. Returns whether the equations change at its end. */
static bool advance(fall *f)
{
    double after[QUANTITIES], slope[QUANTITIES], left_s = next_time_s(f) - f->time_s, step_s, error;
    for (;;) {
        step_s = fmin(f->step_s, left_s);
        error = attempt(f, step_s, after, slope);
        if (error <= 1 || step_s < 1e-9)
            break;
        f->step_s = step_s * fmax(0.2, 0.9 * pow(error, -0.2));
    }
    if (step_s == f->step_s)
        f->step_s = step_s * fmin(4, 0.9 * pow(fmax(error, 1e-6), -0.2));
    double floor = floor_m(f), ceiling = f->segment.top_m;
    bool crosses = after[UP] <= floor || (after[UP] >= ceiling && after[SPEED_UP] > 0);
    if (crosses)
        step_s = step_to(f, step_s, after[UP] <= floor ? floor : ceiling, after, slope);
    f->time_s += step_s;
    memcpy(f->now, after, sizeof after);
    memcpy(f->slope, slope, sizeof slope);
    return crosses || step_s == left_s;
}

static bool stage_is_due(const fall *f)
{
    const ab_stage *s = next_stage(f);
    if (!s)
        return false;
    if (isnan(s->begins_agl_m))
        return f->time_s >= s->begins_s;
    return f->now[UP] <= f->ground_msl_m + s->begins_agl_m;
}

static void settle(fall *f)
{
    bool by_height = false;
    record(f);
    while (stage_is_due(f)) {
        by_height = by_height || isnan(next_stage(f)->begins_s);
        begin_stage(f);
    }
    begin_anew(f);
    if (by_height && f->path && f->path->count <= f->path->room)
        f->path->point[f->path->count - 1].by_height = true;
}

bool ab__descent_along(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m,
                       double tolerance, ab_path *path, ab_touchdown *out)
{
    if (ab__body_flaw(body) || !(release->height_msl_m >= ground_msl_m))
        return false;
    fall f = {
        .body = body,
        .air = air,
        .gravity_mps2 = release->gravity_mps2,
        .ground_msl_m = ground_msl_m,
        .tolerance = tolerance,
        .canopy = {.from_m2 = body->bare_drag_area_m2, .to_m2 = body->bare_drag_area_m2, .exponent = 1},
        .step_s = 0.01,
        .now = {0, 0, release->height_msl_m, release->speed_e_mps, release->speed_n_mps, release->speed_up_mps},
        .path = path,
    };
    f.segment = ab__air_segment(air, release->height_msl_m, true);
    if (path)
        path->count = 0;
    settle(&f);
    while (f.now[UP] > ground_msl_m) {
        if (f.time_s >= LONGEST_S)
            return false;
        if (advance(&f))
            settle(&f);
        else
            record(&f);
    }
    *out = (ab_touchdown){f.now[EAST],    f.now[NORTH],   f.time_s,
                          f.now[SPEED_E], f.now[SPEED_N], f.now[SPEED_UP]};
    return true;
}

bool ab__descent(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m, ab_touchdown *out)
{
    return ab__descent_along(body, air, release, ground_msl_m, TOLERANCE, NULL, out);
}
