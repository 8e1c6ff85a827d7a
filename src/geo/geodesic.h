/* Distances on the WGS84 ellipsoid (Karney 2013, as in PROJ). Degrees, longitude first. */
#ifndef GEO_GEODESIC_H
#define GEO_GEODESIC_H

/* Metres along the shortest line; 0 <= result <= 2.01e7. */
double ab__geodesic_m(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg);

/* The point `frac` of the way from 1 to 2. */
void ab__geodesic_between(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg, double frac,
                          double *lon_deg, double *lat_deg);

/* Metres from a point to the nearest point of a segment (a shortest line), and how far along it that lies
 * (0 to 1). Spherical about the point: good to 0.1 % if the ends lie within 1,000 km of it. */
double ab__segment_m(double lon_deg, double lat_deg, double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg,
                     double *along_frac);

#endif
