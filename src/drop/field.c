#include "drop/field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A container 1.2 m wide, a person 0.6 m. */
const double ab__hit_area_m2 = (1.2 + 0.6) * (1.2 + 0.6);
/* Where people live and no raster says how many: ten thousand a square kilometre. Assumed. */
static const double BUILT_UP_PER_M2 = 0.01;
/* Whoever draws where people live about a zone draws what lies so near; houses farther off say nothing of those that are not drawn. Assumed. */
static const double DRAWN_NEAR_M = 3000;
enum { LINES = 5 }; /* a cell is measured along so many lines */

bool ab__site_of(const ab_operation *op, int32_t zone, double reach_m, ab_arena *arena, ab__site *out)
{
    const ab_dropzone *row = &op->dropzones.at[zone];
    double lon_deg, lat_deg;
    ab__shape_middle(&row->shape, &lon_deg, &lat_deg);
    *out = (ab__site){.plane = ab__plane_at(lon_deg, lat_deg),
                      .recovered_frac = isnan(row->recovered_frac) ? 1 : row->recovered_frac};
    ab__exclusion_ground *list = AB_NEW(arena, ab__exclusion_ground, op->exclusions.count);
    if (!list || !ab__ground_of(&out->plane, &row->shape, arena, &out->zone))
        return false;
    out->exclusion = list;
    for (int32_t e = 0; e < op->exclusions.count; e++) {
        const ab_exclusion *x = &op->exclusions.at[e];
        ab__exclusion_ground *into = &list[out->exclusion_count];
        if (x->shape.kind != AB_SHAPE_POLYGON)
            continue;
        if (!ab__ground_of(&out->plane, &x->shape, arena, &into->ground))
            return false;
        const ab__ground *g = &into->ground;
        if (g->west_m > reach_m || g->east_m < -reach_m || g->south_m > reach_m || g->north_m < -reach_m)
            continue;
        into->row = e;
        into->cost_loads = isnan(x->cost) ? 0 : x->cost;
        into->people = x->kind == AB_EXCLUSION_BUILT_UP;
        into->water = x->kind == AB_EXCLUSION_WATER;
        out->exclusion_count++;
    }
    return true;
}

/* By the raster that there is; NAN: it does not tell. */
static double raster_per_m2(const ab__site *site, double east_m, double north_m)
{
    double lon_deg, lat_deg;
    ab__plane_from(&site->plane, east_m, north_m, &lon_deg, &lat_deg);
    double per_km2 = ab_terrain_height_m(site->people_per_km2, lon_deg, lat_deg);
    return per_km2 >= 0 ? per_km2 / 1e6 : NAN;
}

bool ab__people_told(const ab__site *site, double east_m, double north_m)
{
    return !site->people_per_km2 || !isnan(raster_per_m2(site, east_m, north_m));
}

double ab__people_per_m2(const ab__site *site, double east_m, double north_m)
{
    double per_m2 = site->people_per_km2 ? raster_per_m2(site, east_m, north_m) : NAN;
    if (!isnan(per_m2))
        return per_m2;
    for (int32_t e = 0; e < site->exclusion_count; e++)
        if (site->exclusion[e].people && ab__ground_holds(&site->exclusion[e].ground, east_m, north_m))
            return BUILT_UP_PER_M2;
    return 0;
}

bool ab__people_known(const ab__site *site)
{
    bool known = site->people_per_km2 != NULL;
    for (int32_t e = 0; e < site->exclusion_count && !known; e++)
        known = site->exclusion[e].people && ab__ground_apart_m(&site->zone, &site->exclusion[e].ground) <= DRAWN_NEAR_M;
    return known;
}

/* ---- How much of each cell a polygon covers ---- */

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Where the rings cross a line from west to east, in order; how many. */
static int32_t crossings(const ab__ground *g, double north_m, double *out)
{
    int32_t count = 0;
    for (int32_t r = 0; r < g->rings; r++) {
        for (int32_t i = g->start[r]; i + 1 < g->start[r + 1]; i++) {
            const double *a = &g->east_north_m[2 * i], *b = a + 2;
            if ((a[1] > north_m) != (b[1] > north_m))
                out[count++] = a[0] + (b[0] - a[0]) * (north_m - a[1]) / (b[1] - a[1]);
        }
    }
    qsort(out, (size_t)count, sizeof *out, rising);
    return count;
}

/* Adds `weight` times the share of each cell of a row that lies between two points. */
static void add_span(const ab__field *f, float *row, double from_m, double until_m, double weight)
{
    double from = fmax(0, (from_m - f->west_m) / f->cell_m), until = fmin(f->cols, (until_m - f->west_m) / f->cell_m);
    for (int32_t c = (int32_t)from; c < until; c++)
        row[c] += (float)(weight * (fmin(until, c + 1) - fmax(from, c)));
}

/* Adds `worth` times the share of each cell that the polygon covers. `room` is for crossings. */
static void add_ground(const ab__field *f, float *into, const ab__ground *g, double worth, double *room)
{
    double first = floor((g->south_m - f->south_m) / f->cell_m), last = floor((g->north_m - f->south_m) / f->cell_m);
    for (int32_t r = (int32_t)fmax(0, first); r <= fmin(f->rows - 1, last); r++) {
        for (int32_t line = 0; line < LINES; line++) {
            double north_m = f->south_m + (r + (line + 0.5) / LINES) * f->cell_m;
            int32_t count = crossings(g, north_m, room);
            for (int32_t i = 0; i + 1 < count; i += 2)
                add_span(f, into + (size_t)r * (size_t)f->cols, room[i], room[i + 1], worth / LINES);
        }
    }
}

static int32_t most_vertices(const ab__site *site)
{
    int32_t most = site->zone.start[site->zone.rings];
    for (int32_t e = 0; e < site->exclusion_count; e++) {
        const ab__ground *g = &site->exclusion[e].ground;
        most = g->start[g->rings] > most ? g->start[g->rings] : most;
    }
    return most;
}

/* People by raster count at the middle of a cell. */
static void add_people(const ab__site *site, const ab__field *f, double *room)
{
    for (int32_t e = 0; e < site->exclusion_count && !site->people_per_km2; e++)
        if (site->exclusion[e].people)
            add_ground(f, f->harm, &site->exclusion[e].ground, BUILT_UP_PER_M2 * ab__hit_area_m2, room);
    for (int32_t i = 0; i < f->rows * f->cols; i++) {
        double east_m = f->west_m + (i % f->cols + 0.5) * f->cell_m, north_m = f->south_m + (i / f->cols + 0.5) * f->cell_m;
        if (site->people_per_km2)
            f->harm[i] = (float)(ab__people_per_m2(site, east_m, north_m) * ab__hit_area_m2);
        else /* where built-up exclusions overlap, people still live there once */
            f->harm[i] = fminf(f->harm[i], (float)(BUILT_UP_PER_M2 * ab__hit_area_m2));
    }
}

static bool field_room(ab__field *f, ab_arena *arena)
{
    size_t cells = (size_t)f->rows * (size_t)f->cols;
    f->gain = AB_NEW(arena, float, cells * 3);
    if (!f->gain)
        return false;
    f->loss = f->gain + cells;
    f->harm = f->loss + cells;
    f->rise_m = NULL;
    return true;
}

static bool add_rise(const ab__site *site, ab__field *f, ab_arena *arena)
{
    if (!site->terrain)
        return true;
    f->rise_m = AB_NEW(arena, float, (size_t)f->rows * (size_t)f->cols);
    for (int32_t i = 0; f->rise_m && i < f->rows * f->cols; i++) {
        double east_m = f->west_m + (i % f->cols + 0.5) * f->cell_m, north_m = f->south_m + (i / f->cols + 0.5) * f->cell_m;
        double lon_deg, lat_deg;
        ab__plane_from(&site->plane, east_m, north_m, &lon_deg, &lat_deg);
        f->rise_m[i] = (float)(ab_terrain_height_m(site->terrain, lon_deg, lat_deg) - site->ground_msl_m);
    }
    return f->rise_m != NULL;
}

bool ab__field_of(const ab__site *site, double west_m, double south_m, double cell_m, int32_t rows, int32_t cols, ab_arena *arena,
                  ab__field *out)
{
    *out = (ab__field){.west_m = west_m, .south_m = south_m, .cell_m = cell_m, .rows = rows, .cols = cols};
    double *room = AB_NEW(arena, double, most_vertices(site));
    size_t cells = (size_t)rows * (size_t)cols;
    if (!room || !field_room(out, arena))
        return false;
    for (int32_t e = 0; e < site->exclusion_count; e++)
        add_ground(out, out->loss, &site->exclusion[e].ground, -site->exclusion[e].cost_loads, room);
    memcpy(out->gain, out->loss, cells * sizeof *out->gain);
    add_ground(out, out->gain, &site->zone, site->recovered_frac, room);
    add_people(site, out, room);
    return add_rise(site, out, arena);
}

static void mean_of_blocks(const float *from, int32_t cols, int32_t times, float *into, int32_t rows_into, int32_t cols_into)
{
    for (int32_t r = 0; r < rows_into; r++)
        for (int32_t c = 0; c < cols_into; c++) {
            float sum = 0;
            for (int32_t i = 0; i < times * times; i++)
                sum += from[(size_t)(r * times + i / times) * (size_t)cols + (size_t)(c * times + i % times)];
            into[(size_t)r * (size_t)cols_into + (size_t)c] = sum / (float)(times * times);
        }
}

bool ab__field_coarser(const ab__field *fine, int32_t times, ab_arena *arena, ab__field *out)
{
    *out = *fine;
    if (times == 1)
        return true;
    out->rows /= times;
    out->cols /= times;
    out->cell_m *= times;
    if (!field_room(out, arena))
        return false;
    mean_of_blocks(fine->gain, fine->cols, times, out->gain, out->rows, out->cols);
    mean_of_blocks(fine->loss, fine->cols, times, out->loss, out->rows, out->cols);
    mean_of_blocks(fine->harm, fine->cols, times, out->harm, out->rows, out->cols);
    return true;
}
