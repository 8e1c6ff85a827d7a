/* Written from docs/models/drop.md, not from src/phys. One vector holds x, y, z, and the velocity over ground. */
#include "phys/reference.h"

#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

/* Where CVODE stands: which interval of the column (0: below all, levels: above all) and which stage (-1: none yet). */
typedef struct course {
    const ab_body *body;
    const ab_air *air;
    double g, ground;
    int interval, stage;
    double stage_start, area_before, volume_before;
    double watch[2]; /* heights at which to stop */
} course;

/* US Standard Atmosphere 1976 in its own terms: T0, L, g0 M / R; the same numbers as ISO 2533 to 32 km. */
static double standard_density(double z)
{
    const double h = 6356766.0 * z / (6356766.0 + z), gmr = 0.0341631947363104;
    if (h <= 11000) {
        double t = 288.15 - 0.0065 * h;
        return 1.225 * pow(t / 288.15, gmr / 0.0065 - 1);
    }
    double at_11 = 1.225 * pow(216.65 / 288.15, gmr / 0.0065 - 1);
    if (h <= 20000)
        return at_11 * exp(-gmr * (h - 11000) / 216.65);
    double at_20 = at_11 * exp(-gmr * 9000 / 216.65);
    return at_20 * pow(1 + 0.001 * (h - 20000) / 216.65, -gmr / 0.001 - 1);
}

static void weather(const course *c, double z, double *we, double *wn, double *rho)
{
    const ab_air *a = c->air;
    int hi = c->interval, lo = hi - 1;
    if (lo < 0 || hi == a->levels) {
        int end = lo < 0 ? 0 : a->levels - 1;
        *we = a->wind_e_mps[end];
        *wn = a->wind_n_mps[end];
        *rho = a->density_kg_m3[end] * standard_density(z) / standard_density(a->height_msl_m[end]);
        return;
    }
    double t = (z - a->height_msl_m[lo]) / (a->height_msl_m[hi] - a->height_msl_m[lo]);
    *we = (1 - t) * a->wind_e_mps[lo] + t * a->wind_e_mps[hi];
    *wn = (1 - t) * a->wind_n_mps[lo] + t * a->wind_n_mps[hi];
    *rho = pow(a->density_kg_m3[lo], 1 - t) * pow(a->density_kg_m3[hi], t);
}

static void canopy(const course *c, double t, double *area, double *volume)
{
    if (c->stage < 0) {
        *area = c->body->bare_drag_area_m2;
        *volume = 0;
        return;
    }
    const ab_stage *s = &c->body->stage[c->stage];
    double x = s->fill_time_s > 0 ? fmin(1, fmax(0, (t - c->stage_start) / s->fill_time_s)) : 1;
    *area = c->area_before + (s->drag_area_m2 - c->area_before) * pow(x, s->exponent);
    *volume = c->volume_before + (s->added_mass_m3 - c->volume_before) * pow(x, 1.5 * s->exponent);
}

static int right_hand_side(realtype t, N_Vector y, N_Vector dy, void *user)
{
    const course *c = user;
    const double *q = N_VGetArrayPointer(y);
    double *d = N_VGetArrayPointer(dy), we, wn, rho, area, volume;
    weather(c, q[2], &we, &wn, &rho);
    canopy(c, t, &area, &volume);
    double ue = q[3] - we, un = q[4] - wn, uz = q[5], m = c->body->mass_kg, all = m + rho * volume;
    double force = rho * area * hypot(hypot(ue, un), uz) / 2;
    d[0] = q[3];
    d[1] = q[4];
    d[2] = q[5];
    d[3] = -force * ue / all;
    d[4] = -force * un / all;
    d[5] = (-force * uz - m * c->g) / all;
    return 0;
}

static int heights(realtype t, N_Vector y, realtype *out, void *user)
{
    (void)t;
    const course *c = user;
    for (int i = 0; i < 2; i++)
        out[i] = NV_Ith_S(y, 2) - c->watch[i];
    return 0;
}

/* Begins all stages that are due, finds the interval, and tells until when CVODE may go. */
static double prepare(course *c, double t, double z, double vz)
{
    for (int next = c->stage + 1; next < c->body->stage_count; next++) {
        const ab_stage *s = &c->body->stage[next];
        bool due = isnan(s->begins_s) ? z - c->ground <= s->begins_agl_m + 1e-7 : t >= s->begins_s - 1e-12;
        if (!due)
            break;
        double area, volume;
        canopy(c, t, &area, &volume);
        c->stage = next;
        c->stage_start = t;
        c->area_before = area;
        c->volume_before = volume;
    }
    const ab_air *a = c->air;
    c->interval = 0;
    while (c->interval < a->levels && a->height_msl_m[c->interval] + (vz > 0 ? -1e-7 : 1e-7) < z)
        c->interval++;
    double below = c->interval > 0 ? a->height_msl_m[c->interval - 1] : -1e9, until = 10800;
    c->watch[0] = fmax(below, c->ground);
    c->watch[1] = vz > 0 && c->interval < a->levels ? a->height_msl_m[c->interval] : 1e9;
    if (c->stage >= 0 && t < c->stage_start + c->body->stage[c->stage].fill_time_s - 1e-12)
        until = c->stage_start + c->body->stage[c->stage].fill_time_s;
    if (c->stage + 1 < c->body->stage_count) {
        const ab_stage *s = &c->body->stage[c->stage + 1];
        if (isnan(s->begins_s))
            c->watch[0] = fmax(c->watch[0], c->ground + s->begins_agl_m);
        else
            until = fmin(until, s->begins_s);
    }
    return until;
}

static bool integrate(void *cvode, course *c, N_Vector y, ab_touchdown *out)
{
    double *q = N_VGetArrayPointer(y);
    realtype t = 0;
    while (q[2] > c->ground + 1e-7) {
        double until = prepare(c, t, q[2], q[5]);
        if (CVodeReInit(cvode, t, y))
            return false;
        CVodeSetStopTime(cvode, until);
        int rc = CVode(cvode, until, y, &t, CV_NORMAL);
        if (rc < 0 || t >= 10800)
            return false;
    }
    *out = (ab_touchdown){q[0], q[1], t, q[3], q[4], q[5]};
    return true;
}

bool reference_descent(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m, double tolerance,
                       ab_touchdown *out)
{
    course c = {.body = body, .air = air, .g = release->gravity_mps2, .ground = ground_msl_m, .stage = -1};
    SUNContext context;
    if (SUNContext_Create(NULL, &context))
        return false;
    N_Vector y = N_VNew_Serial(6, context);
    double *q = N_VGetArrayPointer(y);
    q[0] = q[1] = 0;
    q[2] = release->height_msl_m;
    q[3] = release->speed_e_mps;
    q[4] = release->speed_n_mps;
    q[5] = release->speed_up_mps;
    void *cvode = CVodeCreate(CV_BDF, context);
    SUNMatrix jacobian = SUNDenseMatrix(6, 6, context);
    SUNLinearSolver solver = SUNLinSol_Dense(y, jacobian, context);
    bool down = false;
    prepare(&c, 0, q[2], q[5]);
    if (cvode && jacobian && solver) {
        down = !CVodeInit(cvode, right_hand_side, 0, y) && !CVodeSStolerances(cvode, tolerance, tolerance) &&
               !CVodeSetUserData(cvode, &c) && !CVodeSetLinearSolver(cvode, solver, jacobian) &&
               !CVodeRootInit(cvode, 2, heights) && !CVodeSetMaxNumSteps(cvode, 2000000) &&
               !CVodeSetNoInactiveRootWarn(cvode) && integrate(cvode, &c, y, out);
    }
    CVodeFree(&cvode);
    SUNLinSolFree(solver);
    SUNMatDestroy(jacobian);
    N_VDestroy(y);
    SUNContext_Free(&context);
    return down;
}
