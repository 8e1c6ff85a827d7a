#include "validate_drop/predict.h"

#include <math.h>

#include "phys/landings.h"
#include "validate_drop/scatter.h"

/* Bodies that hang under a canopy have it from the start; who leaves an aircraft opens it after a while. */
static ab_body body_of(const letting_go *g)
{
    ab_body body = {.mass_kg = 1, .bare_drag_area_m2 = BARE_DRAG_AREA_M2, .stage_count = 1};
    body.stage[0] = (ab_stage){.begins_s = g->from_aircraft ? g->drag.opens_s : 0, .begins_agl_m = NAN,
                               .drag_area_m2 = drag_area_m2(g->drag.fall_mps), .exponent = 1};
    return body;
}

static bool point(const letting_go *g, const ab_air *air, cloud *out)
{
    ab_body body = body_of(g);
    ab_air_point at = ab__air_at(air, g->start_msl_m);
    ab_release release = {.height_msl_m = g->start_msl_m, .gravity_mps2 = GRAVITY_MPS2};
    release.speed_e_mps = g->from_aircraft ? g->speed_e_mps : at.wind_e_mps;
    release.speed_n_mps = g->from_aircraft ? g->speed_n_mps : at.wind_n_mps;
    release.speed_up_mps = g->from_aircraft ? 0 : -g->drag.fall_mps * sqrt(SEA_DENSITY_KG_M3 / at.density_kg_m3);
    ab_touchdown down;
    if (!ab__descent(&body, air, &release, g->ground_msl_m, &down))
        return false;
    out->point_e_m = down.east_m;
    out->point_n_m = down.north_m;
    out->time_s = down.time_s;
    return true;
}
