#include "geo/geodesic.h"

#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const double DEG = 3.14159265358979323846 / 180;

/* World Geodetic System 1984 (NGA.STND.0036, table 3.1). */
static const double WGS84_A_M = 6378137;
static const double WGS84_F = 1 / 298.257223563;

static struct geod_geodesic wgs84(void)
{
    struct geod_geodesic ellipsoid;
    geod_init(&ellipsoid, WGS84_A_M, WGS84_F);
    return ellipsoid;
}

double ab__geodesic_m(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg)
{
    struct geod_geodesic ellipsoid = wgs84();
    double distance_m;
    geod_inverse(&ellipsoid, lat1_deg, lon1_deg, lat2_deg, lon2_deg, &distance_m, NULL, NULL);
    return distance_m;
}

void ab__geodesic_between(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg,
                          double frac, double *lon_deg, double *lat_deg)
{
    /* The ends exactly: lines that are cut into pieces must still meet. */
    if (frac == 0 || frac == 1) {
        *lon_deg = frac == 0 ? lon1_deg : lon2_deg;
        *lat_deg = frac == 0 ? lat1_deg : lat2_deg;
        return;
    }
    struct geod_geodesic ellipsoid = wgs84();
    double distance_m, azimuth1_deg;
    geod_inverse(&ellipsoid, lat1_deg, lon1_deg, lat2_deg, lon2_deg, &distance_m, &azimuth1_deg,
                 NULL);
    geod_direct(&ellipsoid, lat1_deg, lon1_deg, azimuth1_deg, frac * distance_m, lat_deg, lon_deg,
                NULL);
}

typedef struct plane_point {
    double x_m, y_m; /* east, north */
} plane_point;

/* The gnomonic projection of a sphere about a point, in which shortest lines are straight and a
 * perpendicular from the centre stays one (on the ellipsoid nearly so: Karney 2013, section 8). */
static plane_point project(const struct geod_geodesic *ellipsoid, double lon_deg, double lat_deg,
                           double end_lon_deg, double end_lat_deg)
{
    double distance_m, azimuth_deg;
    geod_inverse(ellipsoid, lat_deg, lon_deg, end_lat_deg, end_lon_deg, &distance_m, &azimuth_deg,
                 NULL);
    /* Beyond a quarter of the globe there is no image; such an end is moved to just before it. */
    double radius_m = WGS84_A_M * tan(fmin(distance_m / WGS84_A_M, 1.5));
    return (plane_point){radius_m * sin(azimuth_deg * DEG), radius_m * cos(azimuth_deg * DEG)};
}

double ab__segment_m(double lon_deg, double lat_deg, double lon1_deg, double lat1_deg,
                     double lon2_deg, double lat2_deg, double *along_frac)
{
    struct geod_geodesic ellipsoid = wgs84();
    plane_point a = project(&ellipsoid, lon_deg, lat_deg, lon1_deg, lat1_deg);
    plane_point b = project(&ellipsoid, lon_deg, lat_deg, lon2_deg, lat2_deg);
    double dx_m = b.x_m - a.x_m;
    double dy_m = b.y_m - a.y_m;
    double length_m = hypot(dx_m, dy_m);
    if (length_m == 0) {
        *along_frac = 0;
        return ab__geodesic_m(lon_deg, lat_deg, lon1_deg, lat1_deg);
    }
    /* Along the line from the foot of the perpendicular; the centre is the origin. */
    double a_along_m = (a.x_m * dx_m + a.y_m * dy_m) / length_m;
    double foot_m = fabs(a.x_m * dy_m - a.y_m * dx_m) / length_m;
    if (a_along_m >= 0 || a_along_m + length_m <= 0) {
        bool first = a_along_m >= 0;
        *along_frac = first ? 0 : 1;
        return first ? ab__geodesic_m(lon_deg, lat_deg, lon1_deg, lat1_deg)
                     : ab__geodesic_m(lon_deg, lat_deg, lon2_deg, lat2_deg);
    }
    double scale_m = hypot(WGS84_A_M, foot_m);
    double before_rad = atan(-a_along_m / scale_m);
    double after_rad = atan((a_along_m + length_m) / scale_m);
    *along_frac = before_rad / (before_rad + after_rad);
    return WGS84_A_M * atan(foot_m / WGS84_A_M);
}
