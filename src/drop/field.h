/* What a landing is worth, by where it is, on a grid about a zone. */
#ifndef DROP_FIELD_H
#define DROP_FIELD_H

#include "airbridge/forecast.h"
#include "drop/plane.h"

typedef struct ab__exclusion_ground {
    ab__ground ground;
    int32_t row;        /* of exclusions */
    double cost_loads;
    bool people, water; /* houses and people; drowned in */
} ab__exclusion_ground;

/* A zone and what lies around it. */
typedef struct ab__site {
    ab__plane plane;
    ab__ground zone;
    double recovered_frac;
    int32_t exclusion_count;
    const ab__exclusion_ground *exclusion; /* those with ground within the reach that was asked for */
    const ab_terrain *people_per_km2;      /* NULL: none */
    const ab_terrain *terrain;             /* NULL: level ground */
    double ground_msl_m;                   /* of the zone: what landings were drawn for */
} ab__site;

/* What lies within reach_m of the zone's middle east, west, north and south. `people_per_km2`, `terrain`, `ground_msl_m`: the caller sets them. false: out of
 * memory. */
bool ab__site_of(const ab_operation *op, int32_t zone, double reach_m, ab_arena *arena, ab__site *out);

/* People per square metre at a point: by raster, else in built-up exclusions an assumed density, elsewhere none. */
double ab__people_per_m2(const ab__site *site, double east_m, double north_m);
/* Does a raster, or a built-up exclusion within 3 km of the zone, say where people live? */
bool ab__people_known(const ab__site *site);
/* Does the raster tell how many live at a point? Without one true: then exclusions do, everywhere or nowhere. */
bool ab__people_told(const ab__site *site, double east_m, double north_m);
/* Ground on which a load kills who stands there: (side of the box + a person's width)^2. */
extern const double ab__hit_area_m2;

/* Means over square cells; cell (row, col) has its south-west corner at west_m + col * cell_m, south_m + row * cell_m. */
typedef struct ab__field {
    double west_m, south_m, cell_m;
    int32_t rows, cols;
    float *gain;   /* loads: recovered less the cost in exclusions */
    float *loss;   /* loads: less the cost alone, of a load whose canopy failed */
    float *harm;   /* people hurt by a load that falls there */
    float *rise_m; /* of the ground above that of the zone; NULL: level; NAN: the terrain does not tell */
} ab__field;

bool ab__field_of(const ab__site *site, double west_m, double south_m, double cell_m, int32_t rows, int32_t cols, ab_arena *arena,
                  ab__field *out);
/* The same ground in cells `times` as wide; rows and cols of `fine` are multiples of it. */
bool ab__field_coarser(const ab__field *fine, int32_t times, ab_arena *arena, ab__field *out);

#endif
