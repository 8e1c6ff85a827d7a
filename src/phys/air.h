/* Air over one point: wind and density by height. */
#ifndef PHYS_AIR_H
#define PHYS_AIR_H

#include <stdint.h>

/* Levels rise, two at least. Between them wind is linear, and so is the logarithm of density. Below the first and above
 * the last level wind is that of the level, and density follows the standard atmosphere from there: whoever makes the column
 * says whether that is allowed (wind.h). Arrays are the caller's and do not change. */
typedef struct ab_air {
    int32_t levels;
    const double *height_msl_m;            /* [levels] */
    const double *wind_e_mps, *wind_n_mps; /* [levels] blowing toward east, north */
    const double *density_kg_m3;           /* [levels] */
} ab_air;

typedef struct ab_air_point {
    double wind_e_mps, wind_n_mps, density_kg_m3;
} ab_air_point;

ab_air_point ab__air_at(const ab_air *air, double height_msl_m);

/* The standard atmosphere (ISO 2533:1975; ICAO Doc 7488), geometric height -500 to 32,000 m. */
double ab__air_standard_density_kg_m3(double height_msl_m);
double ab__air_standard_pressure_pa(double height_msl_m);
double ab__air_standard_temp_k(double height_msl_m);
/* Of dry air, by the gas law; R = 287.05287 J/kg/K. */
double ab__air_density_kg_m3(double pressure_pa, double temp_k);
/* WGS84 normal gravity at a latitude and height (Somigliana, free-air term); 9.80665 is the standard value. */
double ab__air_gravity_mps2(double lat_deg, double height_msl_m);

#endif
