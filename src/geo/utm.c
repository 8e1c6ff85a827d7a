#include "geo/utm.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>

static const double LEAST_LAT_DEG = -80, GREATEST_LAT_DEG = 84;

/* DMA TM 8358.2, 2-3.1: 32V is widened to 9 degrees over south-west Norway; over Svalbard 31X, 33X, 35X and 37X
 * take the place of seven zones. */
static int zone_of(double lon_deg, double lat_deg)
{
    int zone = (int)floor((lon_deg + 180) / 6) + 1;

    if (lat_deg >= 56 && lat_deg < 64 && lon_deg >= 3 && lon_deg < 12)
        return 32;
    if (lat_deg >= 72 && lon_deg >= 0 && lon_deg < 42)
        return lon_deg < 9 ? 31 : lon_deg < 21 ? 33 : lon_deg < 33 ? 35 : 37;
    return zone > 60 ? 1 : zone; /* 180 E is 180 W */
}

static bool project(PJ_CONTEXT *context, double lon_deg, double lat_deg, ab_utm *out)
{
    char words[96];

    (void)snprintf(words, sizeof words, "+proj=utm +zone=%d %s+ellps=WGS84", out->zone, out->south ? "+south " : "");
    PJ *utm = proj_create(context, words);
    if (!utm)
        return false;
    PJ_COORD at = proj_trans(utm, PJ_FWD, proj_coord(proj_torad(lon_deg), proj_torad(lat_deg), 0, 0));
    out->east_m = at.enu.e;
    out->north_m = at.enu.n;
    proj_destroy(utm);
    return isfinite(out->east_m) && isfinite(out->north_m);
}

bool ab__utm_from(double lon_deg, double lat_deg, ab_utm *out)
{
    if (!(lat_deg >= LEAST_LAT_DEG && lat_deg <= GREATEST_LAT_DEG && lon_deg >= -180 && lon_deg <= 180))
        return false;
    *out = (ab_utm){.zone = zone_of(lon_deg, lat_deg), .south = lat_deg < 0};
    PJ_CONTEXT *context = proj_context_create();
    if (!context)
        return false;
    bool found = project(context, lon_deg, lat_deg, out);
    proj_context_destroy(context);
    return found;
}

void ab__utm_add(ab_buf *out, const ab_utm *utm)
{
    ab__buf_printf(out, "%d%c %.0f E %.0f N", utm->zone, utm->south ? 'S' : 'N', utm->east_m, utm->north_m);
}

void ab__dms_add(ab_buf *out, double angle_deg, char positive, char negative)
{
    /* In tenths of a second, so that no part is ever rounded up to 60. */
    long long tenths = llround(fabs(angle_deg) * 36000);

    ab__buf_printf(out, "%lld\u00b0%02lld'%02lld.%lld\"%c", tenths / 36000, tenths / 600 % 60, tenths / 10 % 60, tenths % 10,
                   angle_deg < 0 ? negative : positive);
}
