/* Universal Transverse Mercator on WGS84, by PROJ, and angles as crews write them. */
#ifndef GEO_UTM_H
#define GEO_UTM_H

#include <stdbool.h>

#include "base/buf.h"

typedef struct ab_utm {
    int zone;       /* 1 to 60, with the exceptions of Norway and Svalbard */
    bool south;     /* of the equator: metres north count from 10,000 km south of it */
    double east_m, north_m;
} ab_utm;

/* false: the latitude is beyond 80 S or 84 N, where there is no such zone, or PROJ is not to be had (out of memory). */
bool ab__utm_from(double lon_deg, double lat_deg, ab_utm *out);
/* Adds "37N 603521 E 3909876 N", whole metres: zone and hemisphere, N or S. No band of latitude, whose S is in the north. */
void ab__utm_add(ab_buf *out, const ab_utm *utm);

/* Adds 35°20'24.0"N, the seconds to a tenth (3 m); `positive` and `negative` are N and S, or E and W. */
void ab__dms_add(ab_buf *out, double angle_deg, char positive, char negative);

#endif
