#include "validate_drop/tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "num/scores.h"

enum { BINS = 10, REDRAWN = 2000 };
static const uint64_t BOOTSTRAP_SEED = 20160224;
/* What somebody could know before the drop; the body's own way down only tests the equations. */
static const unsigned BEFOREHAND = 1u << WIND_OTHER | 1u << WIND_ASCENT;
static const unsigned JUDGED_SOURCES = 1u << WIND_OWN | 1u << WIND_OTHER | 1u << WIND_ASCENT;

static const char *const SOURCE_NAME[WIND_SOURCES] = {"own way down", "other drop", "same ascent", "ERA5", "none"};
static const char *const HEIGHT_NAME[HEIGHTS] = {"release", "8,000 m", "5,000 m", "3,000 m", "1,500 m"};
static const char *const KIND_NAME[KINDS] = {"sonde", "balloon", "radiosonde", "rocket"};

static bool chosen(const choice *c, const scored *s)
{
    return (c->sources >> s->source & 1u) && (c->height < 0 || c->height == s->height) && (s->judged || !c->judged);
}

/* ---- Numbers of a choice ------------------------------------------------------------------------------------------------ */

/* What is told of each scored prediction. */
typedef enum what { DRIFT, ERROR, NAIVE, ENERGY, AREA, TIME_OFF, GAP, AWAY, RMS } what;

static double value_of(const scored *s, what w)
{
    switch (w) {
    case DRIFT: return s->drift_m;
    case ERROR: return s->error_m;
    case NAIVE: return s->naive_m;
    case ENERGY: return s->energy_m;
    case AREA: return s->region_m2;
    case GAP: return s->gap_s;
    case AWAY: return s->away_m;
    case RMS: return s->wind_rms_mps;
    default: return 100 * fabs(s->time_s / s->seen_s - 1);
    }
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int32_t values(const scored *s, int32_t count, const choice *c, what w, double *out)
{
    int32_t n = 0;
    for (int32_t i = 0; i < count; i++) {
        if (chosen(c, &s[i]))
            out[n++] = value_of(&s[i], w);
    }
    return n;
}

static double median(const scored *s, int32_t count, const choice *c, what w)
{
    static double found[SCORED_MOST];
    int32_t n = values(s, count, c, w, found);
    qsort(found, (size_t)n, sizeof *found, rising);
    return n == 0 ? NAN : n % 2 ? found[n / 2] : (found[n / 2 - 1] + found[n / 2]) / 2;
}

static double root_mean_square(const scored *s, int32_t count, const choice *c, what w)
{
    static double found[SCORED_MOST];
    double squares = 0;
    int32_t n = values(s, count, c, w, found);
    for (int32_t i = 0; i < n; i++)
        squares += found[i] * found[i];
    return sqrt(squares / n);
}

static int32_t count_of(const scored *s, int32_t count, const choice *c)
{
    static double found[SCORED_MOST];
    return values(s, count, c, DRIFT, found);
}

static int32_t flights_of(const scored *s, int32_t count, const choice *c)
{
    int32_t flights = 0, last = -1;
    for (int32_t i = 0; i < count; i++) {
        if (chosen(c, &s[i]) && s[i].flight != last) {
            flights++;
            last = s[i].flight;
        }
    }
    return flights;
}

/* ---- Tracks and their drag -------------------------------------------------------------------------------------------------- */

void print_tracks(const tracks_all *all)
{
    printf("TRACKS\n%-29s %-10s %6s %5s %6s %9s %8s %8s\n", "name", "kind", "fixes", "bad", "blank", "from m", "to m", "in s");
    for (int32_t i = 0; i < all->count; i++) {
        const track *t = &all->tracks[i];
        printf("%-29.29s %-10s %6d %5lld %6lld ", t->name, KIND_NAME[t->kind], (int)t->count, (long long)t->bad_rows,
               (long long)t->blank_rows);
        if (t->released)
            printf("%9.0f %8.0f %8.0f\n", t->fix[t->top].height_msl_m, t->ground_msl_m, t->fix[t->lands].t_s - t->fix[t->top].t_s);
        else
            printf("\n    %s\n", t->why_not);
        if (t->bad_rows > 0)
            printf("    %lld rows could not be used, the first in line %lld\n", (long long)t->bad_rows, (long long)t->bad_line);
    }
    printf("blank: rows without a position by satellite\n\n");
}

static void print_throw(const tracks_all *all)
{
    printf("HOW FAR SONDES FLY ON with the speed of their aircraft\n%-29s %10s %10s %12s\n", "name", "speed m/s", "seen m", "at least m");
    for (int32_t i = 0; i < all->count; i++) {
        const track *t = &all->tracks[i];
        double seen = t->released ? flight_throw_m(t) : NAN;
        if (!isnan(seen))
            printf("%-29.29s %10.0f %10.0f %12.0f\n", t->name, hypot(t->fix[t->top].speed_e_mps, t->fix[t->top].speed_n_mps), seen,
                   flight_least_throw_m(t, flight_whole_fall_mps(t, &all->own[i])));
    }
    printf("at least: by the equations, of a canopy open at once. Predictions start %s\n\n", "10 s after release");
}

void print_drag(const tracks_all *all)
{
    printf("SPEED OF FALL AT SEA LEVEL, each flight left out of what foretells it\n%-29s %8s %9s %7s %8s\n", "name", "its own",
           "foretold", "off", "others");
    for (int32_t i = 0; i < all->count; i++) {
        const track *t = &all->tracks[i];
        if (!t->released)
            continue;
        double own = flight_whole_fall_mps(t, &all->own[i]);
        drag d = drag_without(all->tracks, all->own, all->count, i, t->ground_msl_m + 5000);
        printf("%-29.29s %8.2f %9.2f %+6.1f%% %8d%s\n", t->name, own, d.fall_mps, 100 * (d.fall_mps / own - 1), (int)d.flights,
               d.flights ? "" : t->rocket ? " by its team" : " by its fall above 5,000 m");
    }
    ab_scatter assumed = predict_scatter(0, 1);
    printf("m/s; drag area is taken to scatter by %.0f %%, of one body in %.0f by %.0f %%\n\n", 100 * assumed.drag_frac,
           1 / assumed.drag_tail_prob, 100 * assumed.drag_tail_frac);
    print_throw(all);
}

/* ---- Winds ----------------------------------------------------------------------------------------------------------------------- */

static void print_wind(const tracks_all *all, int32_t flight, wind_source source)
{
    wind_error w;
    if (!wind_error_of(all, flight, source, &w))
        return;
    printf("%-24.24s %-12s %7.1f %5.1f  ", all->tracks[flight].name, SOURCE_NAME[source], w.assumed_mps, w.seen_mps);
    for (int k = 0; k < WIND_LAYERS; k++)
        isnan(w.layer_mps[k]) ? printf("   - ") : printf(" %4.1f", w.layer_mps[k]);
    for (int32_t lag = 5; lag <= 20; lag += lag == 5 ? 5 : 10)
        isnan(w.along[lag]) ? printf("     - ") : printf("  %5.2f", w.along[lag]);
    printf("\n");
}

void print_winds(const tracks_all *all)
{
    printf("HOW WRONG WINDS WERE, m/s rms of the vector, up to 8,000 m above ground\n%-24s %-12s %7s %5s   %19s  %17s\n", "name", "wind", "assumed",
           "seen", "to 1.5  3   5   8 km", "500 1,000 2,000 m");
    for (int32_t i = 0; i < all->count; i++) {
        for (int source = WIND_OTHER; source <= WIND_NONE; source++)
            print_wind(all, i, (wind_source)source);
    }
    wind_fit fit = wind_fit_without(all, -1);
    printf("columns: layers; correlation with the error so much higher. All %d other drops and ascents: %.2f of what\n"
           "is assumed, correlated over %.0f m. Without one day at a time:\n", (int)fit.flights, fit.factor, fit.correlation_m);
    for (int32_t g = 0; g < all->groups; g++) {
        wind_fit without = wind_fit_without(all, g);
        if (without.flights < fit.flights)
            printf(" %.2f/%.0f", without.factor, without.correlation_m);
    }
    printf("\n\n");
}

/* ---- Errors -------------------------------------------------------------------------------------------------------------------- */

static void print_error_row(const char *name, const char *more, const scored *s, int32_t count, const choice *c)
{
    int32_t n = count_of(s, count, c);
    if (n == 0)
        return;
    printf("%-13s %-8s %3d %3d %7.0f %6.0f %6.0f %6.0f %6.0f %6.0f %5.1f\n", name, more, (int)n, (int)flights_of(s, count, c),
           median(s, count, c, DRIFT), median(s, count, c, ERROR), root_mean_square(s, count, c, ERROR),
           median(s, count, c, NAIVE), root_mean_square(s, count, c, NAIVE), median(s, count, c, ENERGY),
           median(s, count, c, TIME_OFF));
}

static void print_error_head(const char *title)
{
    printf("%s\n%-13s %-8s %3s %3s %7s %6s %6s %6s %6s %6s %5s\n", title, "wind", "from", "n", "fl", "drift", "ours", "rms", "naive", "rms",
           "energy", "time");
}

void print_errors(const scored *s, int32_t count)
{
    print_error_head("MISSES BY WIND, m (medians; drift of the body; time: off in percent)");
    for (int w = 0; w < WIND_SOURCES; w++)
        print_error_row(SOURCE_NAME[w], "all", s, count, &(choice){1u << w, -1, true});
    print_error_row("other, ascent", "all", s, count, &(choice){BEFOREHAND, -1, true});
    printf("n: predictions; fl: flights; ours, naive: the point foretold; energy: score of the cloud\n\n");
}

void print_heights(const scored *s, int32_t count)
{
    print_error_head("MISSES BY WIND AND HEIGHT ABOVE GROUND");
    for (int w = 0; w < WIND_SOURCES; w++) {
        for (int32_t h = 0; h < HEIGHTS; h++)
            print_error_row(SOURCE_NAME[w], HEIGHT_NAME[h], s, count, &(choice){1u << w, h, true});
    }
    printf("\n");
}

void print_few(const tracks_all *all, const scored *s, int32_t count)
{
    printf("TOO FEW OF THEIR KIND TO JUDGE, shown only, m\n%-24s %-13s %-8s %6s %6s %6s %7s %8s\n", "name", "wind", "from", "drift",
           "ours", "naive", "area", "radius");
    for (int32_t i = 0; i < count; i++) {
        if (s[i].judged || s[i].source == WIND_OWN)
            continue;
        printf("%-24.24s %-13s %-8s %6.0f %6.0f %6.0f %7.2f %8.3f\n", all->tracks[s[i].flight].name, SOURCE_NAME[s[i].source],
               HEIGHT_NAME[s[i].height], s[i].drift_m, s[i].error_m, s[i].naive_m, s[i].region_m2 / 1e6, s[i].pit_radius);
    }
    printf("area: km2 of the 90 %% region; radius: rank of the landing in it, above 0.9 is outside\n\n");
}

void print_outside(const tracks_all *all, const scored *s, int32_t count)
{
    const choice c = {JUDGED_SOURCES, -1, true};
    printf("LANDINGS OUTSIDE THEIR 90 %% REGIONS, m\n%-24s %-13s %-8s %6s %6s %9s %7s\n", "name", "wind", "from", "drift", "ours", "area km2",
           "radius");
    for (int32_t i = 0; i < count; i++) {
        if (chosen(&c, &s[i]) && s[i].pit_radius > 0.9)
            printf("%-24.24s %-13s %-8s %6.0f %6.0f %9.2f %7.3f\n", all->tracks[s[i].flight].name, SOURCE_NAME[s[i].source],
                   HEIGHT_NAME[s[i].height], s[i].drift_m, s[i].error_m, s[i].region_m2 / 1e6, s[i].pit_radius);
    }
    printf("\n");
}

/* ---- Calibration ---------------------------------------------------------------------------------------------------------------- */

typedef struct subset {
    const scored *s;
    int32_t count;
    const choice *c;
} subset;

static double coverage(const void *context, const double *weight)
{
    const subset *u = context;
    double inside = 0, all = 0;
    for (int32_t i = 0; i < u->count; i++) {
        if (!chosen(u->c, &u->s[i]))
            continue;
        all += weight[i];
        inside += u->s[i].pit_radius <= 0.9 ? weight[i] : 0;
    }
    return all > 0 ? inside / all : NAN;
}

static double mean_energy(const void *context, const double *weight)
{
    const subset *u = context;
    double sum = 0, all = 0;
    for (int32_t i = 0; i < u->count; i++) {
        if (!chosen(u->c, &u->s[i]))
            continue;
        all += weight[i];
        sum += weight[i] * u->s[i].energy_m;
    }
    return all > 0 ? sum / all : NAN;
}

static double skill(const subset *u, const double *weight, what w)
{
    double ours = 0, naive = 0;
    for (int32_t i = 0; i < u->count; i++) {
        if (!chosen(u->c, &u->s[i]))
            continue;
        ours += weight[i] * value_of(&u->s[i], w);
        naive += weight[i] * u->s[i].naive_m;
    }
    return naive > 0 ? 1 - ours / naive : NAN;
}

static double skill_of_cloud(const void *context, const double *weight)
{
    return skill(context, weight, ENERGY);
}

static double skill_of_point(const void *context, const double *weight)
{
    return skill(context, weight, ERROR);
}

/* A statistic with its 90 % interval, whole groups drawn anew. */
typedef struct told {
    double value, lo, hi;
} told;

static told statistic(const scored *s, int32_t count, const choice *c, ab_weighted f)
{
    static double once[SCORED_MOST];
    static int32_t group[SCORED_MOST];
    int32_t groups = 0;
    for (int32_t i = 0; i < count; i++) {
        once[i] = 1;
        group[i] = -1;
    }
    /* Only the groups that are chosen, numbered anew. */
    for (int32_t i = 0; i < count; i++) {
        if (group[i] >= 0 || !chosen(c, &s[i]))
            continue;
        for (int32_t k = i; k < count; k++)
            group[k] = s[k].group == s[i].group ? groups : group[k];
        groups++;
    }
    for (int32_t i = 0; i < count; i++)
        group[i] = group[i] < 0 ? 0 : group[i];
    subset u = {s, count, c};
    told t = {f(&u, once), NAN, NAN};
    (void)ab__scores_bootstrap(group, count, groups, REDRAWN, BOOTSTRAP_SEED, f, &u, &t.lo, &t.hi);
    return t;
}

typedef double (*pit_of)(const scored *s);
static double along(const scored *s) { return s->pit_along; }
static double across(const scored *s) { return s->pit_across; }
static double radius(const scored *s) { return s->pit_radius; }

static void print_histogram(const char *name, const scored *s, int32_t count, const choice *c, pit_of pit)
{
    static double found[SCORED_MOST];
    int32_t bin[BINS] = {0}, n = 0;
    for (int32_t i = 0; i < count; i++) {
        if (!chosen(c, &s[i]) || isnan(pit(&s[i])))
            continue;
        found[n++] = pit(&s[i]);
        bin[(int32_t)fmin(BINS - 1, floor(pit(&s[i]) * BINS))]++;
    }
    printf("  %-8s", name);
    for (int32_t b = 0; b < BINS; b++)
        printf(" %4d", (int)bin[b]);
    printf("   far %.2f\n", ab__scores_from_uniform(found, n));
}

static void print_calibration_row(const char *name, const scored *s, int32_t count, const choice *c)
{
    int32_t n = count_of(s, count, c);
    if (n == 0)
        return;
    told held = statistic(s, count, c, coverage), energy = statistic(s, count, c, mean_energy);
    printf("%-13s %3d %3d %5.1f %6.2f %8.2f %5.0f%% [%3.0f,%3.0f] %6.0f [%5.0f,%5.0f]\n", name, (int)n, (int)flights_of(s, count, c),
           median(s, count, c, RMS), median(s, count, c, GAP) / 3600, median(s, count, c, AREA) / 1e6, 100 * held.value,
           100 * held.lo, 100 * held.hi, energy.value, energy.lo, energy.hi);
}

/* Groups with something that is judged. */
static int32_t judged_groups(const scored *s, int32_t count)
{
    int32_t groups = 0;
    for (int32_t i = 0; i < count; i++) {
        bool new = s[i].judged;
        for (int32_t k = 0; k < i && new; k++)
            new = !s[k].judged || s[k].group != s[i].group;
        groups += new;
    }
    return groups;
}

void print_calibration(const char *title, const scored *s, int32_t count)
{
    printf("%s\n%-13s %3s %3s %5s %6s %8s %15s %21s\n", title, "wind", "n", "fl", "rms", "gap h", "area km2", "90 % region holds",
           "energy score m");
    for (int w = 0; w < WIND_SOURCES; w++)
        print_calibration_row(SOURCE_NAME[w], s, count, &(choice){1u << w, -1, true});
    const choice pooled = {JUDGED_SOURCES, -1, true}, beforehand = {BEFOREHAND, -1, true}, all = {~0u, -1, true};
    print_calibration_row("other, ascent", s, count, &beforehand);
    print_calibration_row("with own", s, count, &pooled);
    print_calibration_row("with none", s, count, &all);
    printf("rms: m/s of the wind's error as assumed; medians of rms, gap and area; means of energy scores; brackets:\n"
           "90 %% intervals by %d bootstraps of whole groups (%d: sondes of one day are one group)\n\n", REDRAWN, (int)judged_groups(s, count));
}

void print_ranks(const char *title, const scored *s, int32_t count)
{
    const choice pooled = {JUDGED_SOURCES, -1, true}, beforehand = {BEFOREHAND, -1, true}, all = {~0u, -1, true};
    printf("%s\n", title);
    const choice *const shown[] = {&beforehand, &pooled, &all};
    static const char *const name[] = {"other drop and same ascent", "with own way down", "with no wind"};
    for (int k = 0; k < 3; k++) {
        printf("%s (%d)\n", name[k], (int)count_of(s, count, shown[k]));
        print_histogram("along", s, count, shown[k], along);
        print_histogram("across", s, count, shown[k], across);
        print_histogram("radius", s, count, shown[k], radius);
    }
    printf("counts in tenths, even if calibrated; far: Kolmogorov's distance from even;\n1.36 / sqrt n would be its 95 %% point were all independent\n\n");
}

/* ---- Skill ------------------------------------------------------------------------------------------------------------------------ */

static void print_skill_row(const char *name, const scored *s, int32_t count, const choice *c)
{
    if (count_of(s, count, c) == 0)
        return;
    told clouds = statistic(s, count, c, skill_of_cloud), point = statistic(s, count, c, skill_of_point);
    printf("%-15s %3d %8.0f%% [%4.0f,%4.0f] %12.0f%% [%4.0f,%4.0f]\n", name, (int)count_of(s, count, c), 100 * clouds.value, 100 * clouds.lo,
           100 * clouds.hi, 100 * point.value, 100 * point.lo, 100 * point.hi);
}

void print_skill(const char *title, const scored *s, int32_t count)
{
    printf("%s\n%-15s %3s %23s %27s\n", title, "wind", "n", "cloud (energy score)",
           "point alone (mean miss)");
    for (int w = 0; w < WIND_SOURCES; w++)
        print_skill_row(SOURCE_NAME[w], s, count, &(choice){1u << w, -1, true});
    print_skill_row("other, ascent", s, count, &(choice){BEFOREHAND, -1, true});
    print_skill_row("with own", s, count, &(choice){JUDGED_SOURCES, -1, true});
    print_skill_row("with none", s, count, &(choice){~0u, -1, true});
    printf("1 - ours / naive of sums; a point's energy score is its miss, so a cloud gains by saying how unsure it is\n\n");
}

/* ---- Verdicts ---------------------------------------------------------------------------------------------------------------------- */

static const char *met(bool yes)
{
    return yes ? "MET" : "NOT MET";
}

static void print_hung(const tracks_all *all)
{
    for (int32_t i = 0; i < all->count; i++) {
        if (!all->tracks[i].released)
            printf("VERDICT hung load: %s was never released, and is not scored\n", all->tracks[i].name);
    }
}

/* Too narrow, too wide, or neither as far as so few flights tell. */
static const char *judged_width(told held)
{
    return held.hi < 0.9 ? "TOO SURE" : held.lo > 0.9 ? "TOO VAGUE" : "HOLDS";
}

static void print_pool(const char *name, const scored *s, int32_t count, const choice *c)
{
    told held = statistic(s, count, c, coverage), clouds = statistic(s, count, c, skill_of_cloud);
    told points = statistic(s, count, c, skill_of_point);
    printf("VERDICT calibration, %s: %s: 90 %% regions hold %.0f %% [%.0f, %.0f] of %d landings\n", name, judged_width(held),
           100 * held.value, 100 * held.lo, 100 * held.hi, (int)count_of(s, count, c));
    printf("VERDICT skill of clouds, %s: %s: %.1f %% [%.0f, %.0f], 20 %% asked\n", name, met(clouds.value >= 0.2), 100 * clouds.value,
           100 * clouds.lo, 100 * clouds.hi);
    printf("VERDICT skill of points, %s: %s: %.1f %% [%.0f, %.0f], 20 %% asked\n", name, met(points.value >= 0.2), 100 * points.value,
           100 * points.lo, 100 * points.hi);
}

void print_verdicts(const tracks_all *all, const scored *s, int32_t count)
{
    print_hung(all);
    print_pool("other drop and same ascent", s, count, &(choice){BEFOREHAND, -1, true});
    print_pool("these and own way down", s, count, &(choice){JUDGED_SOURCES, -1, true});
    print_pool("these and no wind", s, count, &(choice){~0u, -1, true});
}
