/* Voids of a terrain, filled from what is known around them. */
#include <math.h>
#include <string.h>

#include "io/terrain.h"

enum { DIRECTIONS = 8 };

/* Metres of a degree along a meridian (mean Earth radius, IUGG 1980: 6,371,008.8 m). */
static const double DEGREE_M = 111195.08;

static const signed char ways[DIRECTIONS][2] = {{1, 0},  {1, 1},   {0, 1},  {-1, 1},
                                                {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};

/* The nearest known height from a cell on in one direction; NAN: none within reach. */
static double look(const ab_terrain *t, const float *known, int32_t lon, int32_t lat, int way,
                   double step_m, double reach_m, double *away_m)
{
    for (int32_t n = 1;; n++) {
        int32_t i = lon + n * ways[way][0], j = lat + n * ways[way][1];
        *away_m = n * step_m;
        if (*away_m > reach_m || i < 0 || j < 0 || i >= t->lons || j >= t->lats)
            return NAN;
        float height = known[(size_t)j * (size_t)t->lons + (size_t)i];
        if (!isnan(height))
            return (double)height;
    }
}

static float guess(const ab_terrain *t, const float *known, int32_t lon, int32_t lat, double fill_m)
{
    double north_m = fabs(t->step_lat_deg) * DEGREE_M, sum = 0, weights = 0;
    double east_m =
        t->step_lon_deg * DEGREE_M * cos((t->lat_deg + lat * t->step_lat_deg) * acos(-1) / 180);

    for (int way = 0; way < DIRECTIONS; way++) {
        double step_m = hypot(ways[way][0] * east_m, ways[way][1] * north_m), away_m;
        double height = look(t, known, lon, lat, way, step_m, fill_m, &away_m);
        if (isnan(height))
            continue;
        sum += height / (away_m * away_m);
        weights += 1 / (away_m * away_m);
    }
    return weights > 0 ? (float)(sum / weights) : NAN;
}

bool ab__terrain_fill(ab_terrain *terrain, float *height_msl_m, double fill_m, ab_arena *arena)
{
    size_t cells = (size_t)terrain->lons * (size_t)terrain->lats;
    float *known = AB_NEW(arena, float, cells);

    if (known == NULL)
        return false;
    memcpy(known, height_msl_m, cells * sizeof *known);
    terrain->voids = terrain->filled = 0;
    for (int32_t j = 0; j < terrain->lats; j++)
        for (int32_t i = 0; i < terrain->lons; i++) {
            size_t cell = (size_t)j * (size_t)terrain->lons + (size_t)i;
            if (!isnan(known[cell]))
                continue;
            terrain->voids++;
            height_msl_m[cell] = fill_m > 0 ? guess(terrain, known, i, j, fill_m) : NAN;
            terrain->filled += !isnan(height_msl_m[cell]);
        }
    return true;
}
