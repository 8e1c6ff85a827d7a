#include "drop/sun.h"

#include <math.h>

static const double DEG = 3.14159265358979323846 / 180;

double ab__sun_elevation_deg(ab_time at, double lon_deg, double lat_deg)
{
    double days = ((double)at - 946728000.0) / 86400; /* since 2000-01-01T12:00Z; UT for TT makes 0.0008 degrees */
    double t = days / 36525;
    double mean_lon = 280.46646 + t * (36000.76983 + t * 0.0003032);            /* 25.2 */
    double anomaly = (357.52911 + t * (35999.05029 - t * 0.0001537)) * DEG;     /* 25.3 */
    double centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sin(anomaly) +
                    (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly);
    double node = (125.04 - 1934.136 * t) * DEG;
    double lon = (mean_lon + centre - 0.00569 - 0.00478 * sin(node)) * DEG;     /* apparent */
    double tilt = (23.439291 - 0.0130042 * t + 0.00256 * cos(node)) * DEG;      /* 22.2, 25.8 */
    double ascension = atan2(cos(tilt) * sin(lon), cos(lon)), declination = asin(sin(tilt) * sin(lon));
    double sidereal_deg = 280.46061837 + 360.98564736629 * days + 0.000387933 * t * t; /* 12.4 */
    double hour = (sidereal_deg + lon_deg) * DEG - ascension;
    return asin(sin(lat_deg * DEG) * sin(declination) + cos(lat_deg * DEG) * cos(declination) * cos(hour)) / DEG;
}
