#include "drop/outcome.h"

#include <math.h>
#include <stdlib.h>

#include "drop/region.h"
#include "num/beta.h"

static const double DEG = 3.14159265358979323846 / 180;
static const double EDGE_M = 100;
/* Of canopies that fail, those that do so on the way, torn or tangled, and fall from some point of the path; the rest never open. Assumed. */
enum { LATER_OF = 2 }; /* every second */
/* Where nobody keeps people away: so many stand on a square metre where loads come down at the zone's edge, and so many drown for a load that falls into
 * water. Assumed; five people were killed under pallets in Gaza on 8 March 2024. */
static const double CROWD_PER_M2 = 0.001, DROWNED_PER_LOAD = 0.1;

enum { CHORD_STEPS = 4000, PASSES_MOST = 1000 };

typedef struct landed {
    int64_t count;
    float *east_m, *north_m;
} landed;

/* Onto ground that is not level: a landing moves with the height of the ground under it, so twice. */
static void onto_ground(const ab__site *site, double lean_e, double lean_n, double *e, double *n, bool *off_terrain)
{
    double e0 = *e, n0 = *n;
    for (int32_t i = 0; i < 2 && site->terrain; i++) {
        double lon_deg, lat_deg;
        ab__plane_from(&site->plane, *e, *n, &lon_deg, &lat_deg);
        double rise_m = ab_terrain_height_m(site->terrain, lon_deg, lat_deg) - site->ground_msl_m;
        if (isnan(rise_m)) {
            *off_terrain = true;
            return;
        }
        *e = e0 + lean_e * rise_m;
        *n = n0 + lean_n * rise_m;
    }
}

/* The mean speed at impact of those that failed, or did not; NAN: there are none. */
static double mean_speed_mps(const ab_landings *l, bool failed)
{
    double sum = 0;
    int64_t count = 0;
    for (int64_t i = 0; i < (int64_t)l->passes * l->loads; i++) {
        if ((l->failed[i] != 0) != failed)
            continue;
        sum += (double)l->speed_mps[i];
        count++;
    }
    return count > 0 ? sum / (double)count : NAN;
}

static bool place(const ab__fallen *f, const ab_landings *l, ab_arena *work, landed *out, bool *off_terrain)
{
    double lean_e[2], lean_n[2], s = sin(f->heading_deg * DEG), c = cos(f->heading_deg * DEG);
    out->count = (int64_t)l->passes * l->loads;
    out->east_m = AB_NEW(work, float, out->count);
    out->north_m = AB_NEW(work, float, out->count);
    if (!out->east_m || !out->north_m)
        return false;
    for (int32_t k = 0; k < 2; k++)
        ab__case_lean(f->drop, mean_speed_mps(l, k != 0), &lean_e[k], &lean_n[k]);
    for (int64_t i = 0; i < out->count; i++) {
        double along = (double)l->along_m[i], across = (double)l->across_m[i];
        double e = f->release_e_m + (double)l->drift_e_m[i] + along * s + across * c;
        double n = f->release_n_m + (double)l->drift_n_m[i] + along * c - across * s;
        int32_t k = l->failed[i] != 0;
        onto_ground(f->site, lean_e[k], lean_n[k], &e, &n, off_terrain);
        out->east_m[i] = (float)e;
        out->north_m[i] = (float)n;
    }
    return true;
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The mean of the shares of passes, and their 5 % and 95 % points. Sorts them. */
static ab_share share_of(double *shares, int32_t passes)
{
    double sum = 0;
    for (int32_t p = 0; p < passes; p++)
        sum += shares[p];
    qsort(shares, (size_t)passes, sizeof *shares, rising);
    return (ab_share){sum / passes, shares[(int32_t)(0.05 * (passes - 1))], shares[(int32_t)ceil(0.95 * (passes - 1))]};
}

static double error_of_mean(const double *shares, int32_t passes, double mean)
{
    double squares = 0;
    for (int32_t p = 0; p < passes; p++)
        squares += (shares[p] - mean) * (shares[p] - mean);
    return passes > 1 ? sqrt(squares / (passes - 1) / passes) : 0;
}

/* The van der Corput sequence in base 2: evenly over (0, 1) from the first on. */
static double evenly(int64_t i)
{
    double sum = 0, bit = 0.5;
    for (int64_t k = i + 1; k > 0; k /= 2, bit /= 2)
        sum += (double)(k % 2) * bit;
    return sum;
}

/* Of bags that burst, in pass p. */
static double burst_frac(const ab__burst *burst, int32_t p)
{
    return burst->alpha > 0 ? ab__beta_quantile(burst->alpha, burst->beta, evenly(p)) : burst->frac;
}

static bool count_inside(const ab__fallen *f, const landed *at, ab_arena *work, ab_airdrop *out)
{
    int32_t passes = f->all->passes, loads = f->all->loads;
    double *inside = AB_NEW(work, double, 4 * (size_t)passes), edge = 0;
    if (!inside)
        return false;
    double *failed = inside + passes, *recovered = inside + 2 * (size_t)passes, *burst = inside + 3 * (size_t)passes;
    for (int64_t i = 0; i < at->count; i++) {
        double e = (double)at->east_m[i], n = (double)at->north_m[i];
        bool in = ab__ground_holds(&f->site->zone, e, n), lost = f->all->failed[i] != 0;
        inside[i / loads] += in ? 1.0 / loads : 0;
        failed[i / loads] += lost ? 1.0 / loads : 0;
        recovered[i / loads] += in && !lost ? f->site->recovered_frac / loads : 0;
        edge += ab__ground_edge_m(&f->site->zone, e, n) <= EDGE_M;
    }
    for (int32_t p = 0; p < passes; p++) {
        burst[p] = burst_frac(&f->burst, p);
        recovered[p] *= f->burst.alpha > 0 ? (1 - burst[p]) / (1 - f->burst.frac) : 1;
    }
    out->inside = share_of(inside, passes);
    out->inside_error_prob = error_of_mean(inside, passes, out->inside.mean);
    out->failed = share_of(failed, passes);
    out->recovered = share_of(recovered, passes);
    out->burst = share_of(burst, passes);
    out->burst_assumed = f->burst.assumed;
    out->edge_prob = edge / (double)at->count;
    return true;
}

/* ---- What the loads need of the zone ---- */

/* From the 5 % to the 95 % point of where loads first, first + step... lie in the direction (s, c). NAN: out of memory. */
static double span_90_m(const landed *at, int64_t step, double s, double c, ab_arena *work)
{
    int64_t count = (at->count + step - 1) / step;
    double *along = AB_NEW(work, double, count);
    if (!along)
        return NAN;
    for (int64_t i = 0; i < count; i++)
        along[i] = (double)at->east_m[i * step] * s + (double)at->north_m[i * step] * c;
    qsort(along, (size_t)count, sizeof *along, rising);
    return along[(int64_t)ceil(0.95 * (double)(count - 1))] - along[(int64_t)(0.05 * (double)(count - 1))];
}

/* Of the zone on a line through (e, n) in the direction (s, c). */
static double chord_m(const ab__ground *zone, double e, double n, double s, double c)
{
    double reach_m = hypot(zone->east_m - zone->west_m, zone->north_m - zone->south_m) +
                     hypot(e - (zone->east_m + zone->west_m) / 2, n - (zone->north_m + zone->south_m) / 2);
    double step_m = 2 * reach_m / CHORD_STEPS;
    int32_t held = 0;
    for (int32_t i = 0; i < CHORD_STEPS; i++) {
        double x = (i + 0.5) * step_m - reach_m;
        held += ab__ground_holds(zone, e + x * s, n + x * c);
    }
    return held * step_m;
}

/* Of the outer ring, less the holes. */
static double ground_m2(const ab__ground *ground)
{
    double all_m2 = 0;
    for (int32_t r = 0; r < ground->rings; r++) {
        double twice_m2 = 0;
        for (int32_t i = ground->start[r]; i + 1 < ground->start[r + 1]; i++) {
            const double *a = &ground->east_north_m[2 * i], *b = a + 2;
            twice_m2 += a[0] * b[1] - b[0] * a[1];
        }
        all_m2 += (r == 0 ? 0.5 : -0.5) * fabs(twice_m2);
    }
    return all_m2;
}

/* Shorter sticks scatter as a single load does, so the zone must have room for that beside them. */
static int32_t passes_for(const ab_stick *stick, double single_m)
{
    double room_m = stick->zone_length_m - single_m;
    if (stick->length_90_m <= stick->zone_length_m)
        return 1;
    return room_m > 0 ? (int32_t)fmin(PASSES_MOST, fmax(2, ceil(stick->stick_m / room_m))) : 0;
}

static bool measure_stick(const ab__fallen *f, const landed *at, ab_arena *work, ab_airdrop *out)
{
    double s = sin(f->track_deg * DEG), c = cos(f->track_deg * DEG);
    double single_m = span_90_m(at, f->all->loads, s, c, work);
    out->stick.stick_m = f->stick_m;
    out->stick.length_90_m = span_90_m(at, 1, s, c, work);
    out->stick.width_90_m = span_90_m(at, 1, c, -s, work);
    out->stick.zone_length_m = chord_m(&f->site->zone, f->release_e_m + out->centre_e_m, f->release_n_m + out->centre_n_m, s, c);
    out->stick.zone_area_m2 = ground_m2(&f->site->zone);
    out->stick.passes = passes_for(&out->stick, single_m);
    return !isnan(single_m) && !isnan(out->stick.length_90_m) && !isnan(out->stick.width_90_m);
}

/* Chances of the exclusions, and the loads that they cost; *water_prob: of those in water. */
static bool count_exclusions(const ab__fallen *f, const landed *at, ab_arena *keep, ab_airdrop *out, double *cost_loads, double *water_prob)
{
    const ab__site *site = f->site;
    int32_t *row = AB_NEW(keep, int32_t, site->exclusion_count);
    double *prob = AB_NEW(keep, double, site->exclusion_count);
    *cost_loads = *water_prob = 0;
    if (!row || !prob)
        return false;
    for (int32_t e = 0; e < site->exclusion_count; e++) {
        int64_t hits = 0;
        for (int64_t i = 0; i < at->count; i++)
            hits += ab__ground_holds(&site->exclusion[e].ground, (double)at->east_m[i], (double)at->north_m[i]);
        row[e] = site->exclusion[e].row;
        prob[e] = (double)hits / (double)at->count;
        *cost_loads += site->exclusion[e].cost_loads * prob[e];
        *water_prob += site->exclusion[e].water ? prob[e] : 0;
    }
    out->exclusion_count = site->exclusion_count;
    out->exclusion = row;
    out->exclusion_prob = prob;
    return true;
}

/* People hit by a load of those that did not fail. */
static double hit_by_intact(const ab__fallen *f, const landed *at)
{
    double sum = 0;
    for (int64_t i = 0; i < at->count; i++)
        if (!f->all->failed[i])
            sum += ab__people_per_m2(f->site, (double)at->east_m[i], (double)at->north_m[i]);
    return sum / (double)at->count * ab__hit_area_m2;
}

/* Share of the landings where the raster of people tells nothing. */
static double untold_frac(const ab__fallen *f, const landed *at)
{
    int64_t untold = 0;
    for (int64_t i = 0; i < at->count; i++)
        untold += !ab__people_told(f->site, (double)at->east_m[i], (double)at->north_m[i]);
    return at->count > 0 ? (double)untold / (double)at->count : 0;
}

/* People hit by a load whose canopy failed: from the ground under the run-in to where it would have landed. That is any load's landing, by steps of the golden
 * section: the numbers of passes are themselves quasi-random points, and may not go in step with `evenly`. */
static double hit_by_failed(const ab__fallen *f, const landed *failed, const landed *all)
{
    double sum = 0;
    for (int64_t i = 0; i < failed->count; i++) {
        int64_t j = (int64_t)(fmod(((double)i + 0.5) * 0.6180339887498949, 1) * (double)all->count);
        double later = i % LATER_OF == 1 ? evenly(i / LATER_OF) : 0, e = (double)failed->east_m[i], n = (double)failed->north_m[i];
        sum += ab__people_per_m2(f->site, e + later * ((double)all->east_m[j] - e), n + later * ((double)all->north_m[j] - n));
    }
    return failed->count > 0 ? sum / (double)failed->count * ab__hit_area_m2 : 0;
}

/* Means over those that did not fail. */
static void take_means(const ab__fallen *f, const landed *at, ab_airdrop *out)
{
    double e = 0, n = 0, fall_s = 0, speed = 0;
    int64_t count = 0;
    for (int64_t i = 0; i < at->count; i++) {
        if (f->all->failed[i])
            continue;
        e += (double)at->east_m[i];
        n += (double)at->north_m[i];
        fall_s += (double)f->all->time_s[i];
        speed += (double)f->all->speed_mps[i];
        count++;
    }
    double by = (double)(count > 0 ? count : 1);
    out->centre_e_m = e / by - f->release_e_m;
    out->centre_n_m = n / by - f->release_n_m;
    out->fall_s = fall_s / by;
    out->impact_mps = speed / by;
    out->impact_j = out->load_kg * out->impact_mps * out->impact_mps / 2;
}

bool ab__outcome_of(const ab__fallen *f, ab_arena *keep, ab_arena *work, ab_airdrop *out, bool *off_terrain)
{
    static const double holds[3] = {0.5, 0.9, 0.95};
    landed all, failed = {0};
    double cost_loads, water_prob;
    *off_terrain = false;
    if (!place(f, f->all, work, &all, off_terrain) || (f->failed->passes > 0 && !place(f, f->failed, work, &failed, off_terrain)) ||
        !count_inside(f, &all, work, out) || !count_exclusions(f, &all, keep, out, &cost_loads, &water_prob) ||
        !ab__regions_of(&f->site->plane, all.east_m, all.north_m, all.count, holds, 3, keep, work, out->region))
        return false;
    take_means(f, &all, out);
    if (!measure_stick(f, &all, work, out))
        return false;
    double crowd = out->edge_prob * CROWD_PER_M2 * ab__hit_area_m2 + water_prob * DROWNED_PER_LOAD;
    out->harm = (ab_drop_harm){.impact = out->loads * hit_by_intact(f, &all),
                               .failed = out->loads * f->fail_prob * hit_by_failed(f, &failed, &all),
                               .crowd = f->controlled ? 0 : out->loads * crowd,
                               .density_assumed = f->site->people_per_km2 == NULL,
                               .untold_frac = fmax(untold_frac(f, &all), untold_frac(f, &failed))};
    out->value_loads = out->loads * (out->recovered.mean - cost_loads);
    out->samples = (int32_t)all.count;
    return true;
}
