#include "validate_drop/montecarlo.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "phys/descent.h"
#include "validate_drop/csv.h"

/* The notebook (docs/notebooks/monte_carlo_analysis/parachute_drop_from_helicopter.ipynb): from 800 m over 668 m, with 10 m/s east, 10 m/s
 * north and 1 m/s up; the canopy's signal when it begins to sink, looked for 105 times a second, which is after 0.105 s in every row. */
static const double GROUND_MSL_M = 668, START_AGL_M = 800, SPEED_MPS = 10, SPEED_UP_MPS = 1, SINKS_S = 0.10476;
/* Radius 0.04045 m, drag coefficient about 0.45: the rocket before its canopy opens. */
static const double BARE_M2 = 0.0023;
/* Under a canopy it falls with 9.8 m/s2, whatever the place. */
static const double THEIR_GRAVITY_MPS2 = 9.8;

/* The columns that count, by name. */
typedef struct layout {
    int32_t mass, area, signal, inflate, time, up;
} layout;

static bool find_layout(const csv *c, layout *l)
{
    *l = (layout){csv_column(c, "mass_kg"),       csv_column(c, "cds_m2"),      csv_column(c, "lag_signal_s"),
                  csv_column(c, "lag_inflate_s"), csv_column(c, "impact_t_s"), csv_column(c, "impact_vz_mps")};
    return l->mass >= 0 && l->area >= 0 && l->signal >= 0 && l->inflate >= 0 && l->time >= 0 && l->up >= 0;
}

static void read_rows(const char *path, montecarlo_row *rows, int32_t cap, int32_t *count, int64_t *bad)
{
    csv c;
    layout l;
    bool fine = csv_open(&c, path) && find_layout(&c, &l);
    if (!fine)
        fprintf(stderr, "%s: not a table of mass_kg, cds_m2, lag_signal_s, lag_inflate_s, impact_t_s, impact_vz_mps\n", path);
    for (csv_row row; fine && *count < cap && (row = csv_next(&c)) != CSV_END;) {
        const double *v = c.value;
        montecarlo_row r = {v[l.mass], v[l.area], v[l.signal] + v[l.inflate], v[l.time], v[l.up]};
        if (row == CSV_GOOD && r.mass_kg > 0 && r.drag_area_m2 > 0 && r.lag_s >= 0 && r.impact_s > 0 && r.impact_mps < 0)
            rows[(*count)++] = r;
        else
            (*bad)++;
    }
    csv_close(&c);
}

int32_t montecarlo_read(const char *folder, montecarlo_row **rows, int64_t *bad, ab_arena *arena)
{
    enum { CAP = 100000 };
    char path[4096];
    int32_t count = 0;
    snprintf(path, sizeof path, "%s/montecarlo", folder);
    DIR *dir = opendir(path);
    *bad = 0;
    *rows = AB_NEW(arena, montecarlo_row, CAP);
    for (struct dirent *e; dir && *rows && (e = readdir(dir)) != NULL;) {
        const char *end = strrchr(e->d_name, '.');
        if (!end || strcmp(end, ".csv") != 0)
            continue;
        snprintf(path, sizeof path, "%s/montecarlo/%s", folder, e->d_name);
        read_rows(path, *rows, CAP, &count, bad);
    }
    if (dir)
        closedir(dir);
    return dir && *rows ? count : -1;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double share_point(double *value, int32_t n, double share)
{
    qsort(value, (size_t)n, sizeof *value, rising);
    return value[(int32_t)(share * (n - 1) + 0.5)];
}

double montecarlo_density_ratio(const montecarlo_row *rows, int32_t count)
{
    double *ratio = malloc((size_t)count * sizeof *ratio);
    if (!ratio)
        return NAN;
    for (int32_t i = 0; i < count; i++)
        ratio[i] = 2 * rows[i].mass_kg * THEIR_GRAVITY_MPS2 / (rows[i].drag_area_m2 * rows[i].impact_mps * rows[i].impact_mps) /
                   ab__air_standard_density_kg_m3(GROUND_MSL_M);
    double median = share_point(ratio, count, 0.5);
    free(ratio);
    return median;
}

static bool run_row(const montecarlo_row *r, const ab_air *air, double added_mass_m3, ab_touchdown *down)
{
    ab_body body = {.mass_kg = r->mass_kg, .bare_drag_area_m2 = BARE_M2, .stage_count = 1};
    body.stage[0] = (ab_stage){.begins_s = SINKS_S + r->lag_s, .begins_agl_m = NAN, .drag_area_m2 = r->drag_area_m2,
                               .exponent = 1, .added_mass_m3 = added_mass_m3};
    ab_release release = {GROUND_MSL_M + START_AGL_M, SPEED_MPS, SPEED_MPS, SPEED_UP_MPS, THEIR_GRAVITY_MPS2};
    return ab__descent(&body, air, &release, GROUND_MSL_M, down);
}

montecarlo_score montecarlo_run(const montecarlo_row *rows, int32_t count, double ratio, double added_mass_m3, ab_arena *arena)
{
    enum { LEVELS = 21 };
    double height[LEVELS], calm[LEVELS] = {0}, density[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
        height[i] = GROUND_MSL_M - 100 + 50 * i;
        density[i] = ratio * ab__air_standard_density_kg_m3(height[i]);
    }
    ab_air air = {LEVELS, height, calm, calm, density};
    double *off_s = AB_NEW(arena, double, count), *off_mps = AB_NEW(arena, double, count);
    montecarlo_score s = {0};
    for (int32_t i = 0; off_s && off_mps && i < count; i++) {
        ab_touchdown down;
        if (!run_row(&rows[i], &air, added_mass_m3, &down))
            down = (ab_touchdown){.time_s = INFINITY, .speed_up_mps = -INFINITY};
        off_s[i] = fabs(down.time_s - rows[i].impact_s);
        off_mps[i] = fabs(down.speed_up_mps - rows[i].impact_mps);
        s.mean_off_s += (down.time_s - rows[i].impact_s) / count;
        s.within_half_s += off_s[i] <= 0.5 ? 1.0 / count : 0;
        s.rows++;
    }
    if (s.rows == 0)
        return s;
    s.median_off_s = share_point(off_s, count, 0.5);
    s.p90_off_s = share_point(off_s, count, 0.9);
    s.worst_off_s = off_s[count - 1];
    s.median_off_mps = share_point(off_mps, count, 0.5);
    s.p90_off_mps = share_point(off_mps, count, 0.9);
    return s;
}
