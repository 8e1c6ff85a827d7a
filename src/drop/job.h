/* One drop to work out, and what it takes. */
#ifndef DROP_JOB_H
#define DROP_JOB_H

#include "airbridge/drop.h"
#include "base/arena.h"
#include "drop/body.h"
#include "phys/landings.h"

typedef struct ab__drop_job {
    int32_t zone, vehicle, system;
    ab_time at;
    double agl_m;
    int32_t loads;
    double load_kg;
} ab__drop_job;

typedef struct ab__drop_jobs {
    int32_t count;
    const ab__drop_job *at; /* by zone, vehicle, system, time, height */
} ab__drop_jobs;

/* All that the options ask for and that fits: aircraft that drop, systems that bear their speed and that they lift. false: out of memory. */
bool ab__drop_jobs_of(const ab_operation *op, const ab_drop_options *options, ab_arena *arena, ab__drop_jobs *out);

/* How many loads of a system an aircraft takes, and how heavy: sets loads and load_kg. false: it does not drop it (too fast, none of it, not one load lifted). */
bool ab__drop_fit(const ab_vehicle *vehicle, const ab_dropsystem *system, ab__drop_job *job);
/* The heights to look at, lowest first: that which is asked for, else the lowest and the highest. NAN: none is asked for. How many. */
int32_t ab__drop_heights(const ab_dropsystem *system, double asked_agl_m, double heights_m[2]);

/* What all jobs share. */
typedef struct ab__drop_world {
    const ab_operation *op;
    const ab_access *access;
    const ab_forecast *forecast; /* NULL: none */
    const ab_terrain *terrain;   /* NULL: none */
    const ab_drop_options *options;
} ab__drop_world;

/* The height of a zone: its own, that of the terrain at its middle, that of its place; false: none is known, 0. */
bool ab__drop_ground(const ab_operation *op, const ab_terrain *terrain, int32_t zone, double *msl_m);

/* The case to draw at that latitude, of which the drop's vehicle, system, height, speed, loads and wind count: `wind`'s members become air in `arena`. false: out of
 * memory. */
bool ab__drop_case_of(const ab_operation *op, const ab_airdrop *drop, double lat_deg, double ground_msl_m, bool no_scatter, ab_arena *arena, ab_drop_case *out);

typedef enum ab__worked { AB__WORKED, AB__WORKED_NO_MEMORY, AB__WORKED_OFF_TERRAIN, AB__WORKED_FLAWED } ab__worked;

/* Works out one drop; what it refers to goes to `keep`, but for its wind, which has its own arena. */
ab__worked ab__drop_work(const ab__drop_world *world, const ab__drop_job *job, ab_arena *keep, ab_airdrop *out);

#endif
