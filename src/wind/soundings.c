/* Single ascents and descents, from a file. */
#include <math.h>

#include "geo/geodesic.h"
#include "wind/ask.h"
#include "wind/error.h"

/* Farther than this a sounding says no more than the season. */
static const double FAR_M = 300e3;

static void offer_sounding(ab__wind_ask *ask, const ab_sounding *s, const char *source)
{
    double gap_s = fabs((double)(ask->at - s->valid_at));
    double away_m = ab__geodesic_m(ask->lon_deg, ask->lat_deg, s->lon_deg, s->lat_deg);
    ab_wind_column column = {.kind = s->kind, .issued_at = s->valid_at, .age_s = gap_s, .away_m = away_m};
    column.rms_mps = ab__wind_rms_mps(s->kind, gap_s, gap_s, away_m);
    column.source = s->station[0] ? ab__arena_printf(ask->arena, "%s, station %.16s", source, s->station)
                                  : ab__arena_text(ask->arena, source);
    ab__wind_profile profile;
    if (!column.source) {
        ask->failed = true;
    } else if (!ab_known_at(ask->op, s->valid_at)) {
        ab__wind_refuse(ask, column.rms_mps, "%s was measured later than now (as_of), or at the end of the operation", column.source);
    } else if (gap_s > AB_WIND_NEAR_S) {
        ab__wind_refuse(ask, column.rms_mps, "%s has nothing within 12 h of that time", column.source);
    } else if (away_m > FAR_M) {
        ab__wind_refuse(ask, column.rms_mps, "%s was measured %.0f km away, and farther than %.0f km it says nothing", column.source,
                        away_m / 1000, FAR_M / 1000);
    } else if (ab__wind_room(ask, s->levels, &profile)) {
        for (int32_t i = 0; i < s->levels; i++)
            ab__wind_level(&profile, s->height_msl_m[i], s->wind_e_mps[i], s->wind_n_mps[i],
                           s->pressure_pa ? s->pressure_pa[i] : NAN, s->temp_k ? s->temp_k[i] : NAN);
        ab__wind_offer_profile(ask, &profile, column);
    }
}

void ab__wind_from_soundings(ab__wind_ask *ask, const ab_forecast *forecast)
{
    for (int32_t i = 0; i < forecast->sounding_count && !ask->failed; i++)
        offer_sounding(ask, &forecast->sounding[i], forecast->source ? forecast->source : "the soundings");
}
