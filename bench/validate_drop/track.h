/* Tracks of bodies that came down under a parachute, as data/tracks has them (SOURCES.md there). */
#ifndef VALIDATE_TRACK_H
#define VALIDATE_TRACK_H

#include <stdbool.h>
#include <stdint.h>

struct ab_arena;

/* Bodies of one kind are alike, so that one flight's drag tells of another's. */
typedef enum track_kind { KIND_SONDE, KIND_BALLOON, KIND_RADIOSONDE, KIND_ROCKET, KINDS } track_kind;

/* What a rocket's team published of it (SOURCES.md). */
typedef struct rocket {
    const char *name;         /* the track's begins with it */
    double pad_msl_m;         /* heights are told above it */
    double mass_kg, drag_area_m2;
} rocket;

typedef struct fix {
    double t_s;
    double lon_deg, lat_deg, height_msl_m;
    double speed_e_mps, speed_n_mps;  /* of the body over ground; NAN: not known */
    double density_kg_m3;             /* by pressure and temperature, as dry air; NAN: not measured */
} fix;

typedef struct track {
    char name[64];
    track_kind kind;
    const rocket *rocket;     /* of kind ROCKET alone */
    int32_t count;
    fix *fix;                 /* [count], times rising */
    int64_t bad_rows;         /* that could not be read, or are out of place; the first at: */
    int64_t bad_line;         /* 0: none */
    int64_t blank_rows;       /* without a position by satellite */
    int32_t rises;            /* the first fix that is 20 m above where it began */
    int32_t top;              /* the fix with which the way down begins */
    int32_t lands;            /* the first that is not 5 m above the last: it touches the ground, or is soon heard no longer. Later ones
                               * may be dragged by the wind */
    double began_s;           /* time of t_s = 0 after 1970 began, UTC; NAN: not told */
    double ground_msl_m;      /* height where it lands */
    bool released;            /* false: it never came down */
    const char *why_not;      /* then: what was seen; static text */
} track;

/* All that lies in dropsonde/, balloon/ and rocket/, by name. *tracks is the arena's. Prints what cannot be read. -1: no folder there. */
int32_t tracks_read(const char *folder, track **tracks, struct ab_arena *arena);

/* East and north of a fix from another, in metres: on the tangent plane of the WGS84 ellipsoid between them, good to 1 in 10,000 at 100 km. */
void fix_offset(const fix *from, const fix *to, double *east_m, double *north_m);
/* The first fix on the way down that is not above a height; -1: there is none, or it began below. */
int32_t track_at_height(const track *t, double height_msl_m);

#endif
