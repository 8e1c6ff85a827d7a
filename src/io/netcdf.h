/* Variables of a NetCDF file (3 or 4) by GDAL's multidimensional interface: their axes, and values in their own units. */
#ifndef IO_NETCDF_H
#define IO_NETCDF_H

#include "io/gdal.h"

typedef enum ab_nc_role {
    AB_NC_TIME,
    AB_NC_MEMBER,
    AB_NC_LEVEL,
    AB_NC_LAT,
    AB_NC_LON,
    AB_NC_ROLES,
    AB_NC_OTHER = AB_NC_ROLES /* must have one place only */
} ab_nc_role;

typedef struct ab_nc {
    ab_gdal gdal;
    GDALDatasetH data;
    GDALGroupH root;
    GDALExtendedDataTypeH reals;
} ab_nc;

typedef struct ab_nc_axis {
    size_t size;
    double *value; /* in the arena; NULL: the file has no such axis, and size is 1 */
    const char *name, *unit, *calendar; /* "" not told */
} ab_nc_axis;

enum { AB_NC_DIMS_MAX = 8, AB_NC_AXIS_MAX = 1 << 20 };

typedef struct ab_nc_var {
    GDALMDArrayH array;
    int dims;
    ab_nc_role role[AB_NC_DIMS_MAX];
    size_t size[AB_NC_DIMS_MAX];
    double scale, offset;
    double absent[2]; /* raw values that stand for none; NAN: no such value */
    const char *unit, *standard_name, *step_type, *data_type; /* "" none */
} ab_nc_var;

/* Opens what the bytes are: false where they are no NetCDF, or damaged (nc->gdal.why may say how). Closed in any case. */
bool ab__nc_open(ab_nc *nc, const ab_buf *bytes);
void ab__nc_close(ab_nc *nc);

/* The names of all variables, to be freed with CSLDestroy; NULL: none. */
char **ab__nc_names(const ab_nc *nc);

/* Opens a variable of numbers; false: there is none of that name, or it has too many dimensions. */
bool ab__nc_var(const ab_nc *nc, const char *name, ab_arena *arena, ab_nc_var *out);
void ab__nc_var_close(ab_nc_var *var);

/* The axis of this role. false: it cannot be read, or has more than AB_NC_AXIS_MAX places. */
bool ab__nc_axis(const ab_nc *nc, const ab_nc_var *var, ab_nc_role role, ab_arena *arena,
                 ab_nc_axis *out);

/* Reads values from `first`, `count` of each role, laid out by role in the order of ab_nc_role; NAN: none. false: it cannot be read. */
bool ab__nc_read(const ab_nc *nc, const ab_nc_var *var, const size_t first[AB_NC_ROLES],
                 const size_t count[AB_NC_ROLES], double *out);

/* The end of the last variable of a classic file, as its header says; 0: it is none, or its header is damaged. The library takes
 * what lies behind the end of a file for zeros. */
uint64_t ab__nc_classic_end(const ab_buf *bytes);

#endif
