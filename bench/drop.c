/* How fast landings are drawn, and how far from the reference.
 *
 *   bench/drop [PART…] [--cases N] [--seconds S]      PART: speed, design, zones, quasi; all if none is said
 *
 * 10,000 cases and 1 s a measurement take some four minutes on two cores. Lines of JSON; a landing is one load's touchdown with its own
 * draws. `speed`: landings a second from 5,000 m above the ground, by the clock (the best of five rounds) and by processor
 * time, which other work on the machine disturbs less; `table_ms` is what comes before the first landing of a case. `design`: the
 * design (tests/phys/design.h) and one landing of each of its cases beside CVODE at 1e-10, draw by draw; by system, the ten worst,
 * and all. `integrated` are the cases that the fast path hands to the integrator. `zones`: chances inside a zone, 600 m by 400 m, from the
 * same draws by both, CVODE at 1e-8. `quasi`: the error of the chance inside at equal numbers of passes, by plain draws and by scrambled quasi-random
 * ones: rms over 48 zones and 32 seeds, beside the chance by 131,072 passes. The last line sums up. `loops_per_s` is a fixed loop of arithmetic, to tell machines apart by. */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "phys/design.h"

enum { THREADS_MOST = 2, LOADS = 20, PASSES = 2048, ROUNDS = 5, WORST = 10, ZONE_CASES = 18, ZONE_PASSES = 50 };

typedef struct outcome {
    double away_m, late_s;
    int32_t system;
    bool failed, integrated;
} outcome;

/* What the last line says. */
static struct {
    double landings_per_s[THREADS_MOST + 1], reference_per_s, err_m_p99, err_m_max, err_s_p99, zone_err;
    int32_t levels;
} found;

static double clock_s(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(bool done, const char *what, int32_t i)
{
    if (done)
        return;
    fprintf(stderr, "bench/drop: %s failed (%d)\n", what, i);
    exit(1);
}

/* ---- Beside the reference ----------------------------------------------------------------------------------------- */

typedef struct share {
    int32_t first, step, count;
    outcome *out;
} share;

static outcome compare(int32_t i)
{
    design_case c;
    design_landing fast, sure;
    ab_drawn drawn;
    int32_t load = (int32_t)(i / 7 % LOADS);
    design_make(i, &c);
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *table = arena ? ab__landings_table(&c.drop, arena) : NULL;
    must(table && design_fast(&c, table, i, load, LOADS, &fast), "the fast path", i);
    must(design_reference(&c, table, i, load, 1e-10, &sure), "CVODE", i);
    ab__landing_drawn(table, c.seed, i, load, &drawn);
    outcome o = {hypot(fast.east_m - sure.east_m, fast.north_m - sure.north_m), fabs(fast.time_s - sure.time_s), c.system,
                 drawn.failed, ab__landings_slow(table)};
    ab__arena_free(arena);
    return o;
}

static void *compare_share(void *context)
{
    const share *s = context;
    for (int32_t i = s->first; i < s->count; i += s->step)
        s->out[i] = compare(i);
    return NULL;
}

static void in_threads(void *(*run)(void *), void *contexts, size_t size, int threads)
{
    pthread_t id[THREADS_MOST];
    for (int t = 0; t < threads; t++)
        must(pthread_create(&id[t], NULL, run, (char *)contexts + (size_t)t * size) == 0, "a thread", t);
    for (int t = 0; t < threads; t++)
        pthread_join(id[t], NULL);
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of system, or of all (-1). */
static void print_errors(const outcome *all, int32_t count, int32_t system)
{
    double *away = calloc((size_t)count, sizeof *away), *late = calloc((size_t)count, sizeof *late);
    int32_t n = 0, integrated = 0, failed = 0;
    must(away && late, "memory", count);
    for (int32_t i = 0; i < count; i++) {
        if (system >= 0 && all[i].system != system)
            continue;
        integrated += all[i].integrated;
        failed += all[i].failed;
        away[n] = all[i].away_m;
        late[n++] = all[i].late_s;
    }
    if (n == 0)
        return;
    qsort(away, (size_t)n, sizeof *away, rising);
    qsort(late, (size_t)n, sizeof *late, rising);
    printf("{\"system\":\"%s\",\"cases\":%d,\"failed\":%d,\"integrated\":%d,\"err_m_p50\":%.3f,\"err_m_p99\":%.3f,\"err_m_max\":%.3f,"
           "\"err_s_p50\":%.4f,\"err_s_p99\":%.4f,\"err_s_max\":%.4f}\n",
           system < 0 ? "all" : DESIGN_SYSTEM[system], n, failed, integrated, away[n / 2], away[(int64_t)n * 99 / 100], away[n - 1],
           late[n / 2], late[(int64_t)n * 99 / 100], late[n - 1]);
    if (system < 0) {
        found.err_m_p99 = away[(int64_t)n * 99 / 100];
        found.err_m_max = away[n - 1];
        found.err_s_p99 = late[(int64_t)n * 99 / 100];
    }
    free(away);
    free(late);
}

static void print_worst(const outcome *all, int32_t count)
{
    bool *told = calloc((size_t)count, sizeof *told);
    must(told, "memory", count);
    for (int k = 0; k < WORST && k < count; k++) {
        int32_t worst = -1;
        for (int32_t i = 0; i < count; i++)
            if (!told[i] && (worst < 0 || all[i].away_m > all[worst].away_m))
                worst = i;
        told[worst] = true;
        design_case c;
        design_make(worst, &c);
        printf("{\"worst\":%d,\"case\":%d,\"system\":\"%s\",\"failed\":%s,\"mass_kg\":%.0f,\"release_agl_m\":%.0f,\"wind_band\":%d,"
               "\"wind_rms_mps\":%.1f,\"err_m\":%.2f,\"err_s\":%.3f}\n",
               k + 1, worst, DESIGN_SYSTEM[c.system], all[worst].failed ? "true" : "false", c.drop.body.mass_kg,
               c.drop.release_msl_m - c.drop.ground_msl_m, c.wind_band, c.drop.scatter.wind_rms_mps, all[worst].away_m,
               all[worst].late_s);
    }
    free(told);
}

static void beside_reference(int32_t cases)
{
    outcome *all = calloc((size_t)cases, sizeof *all);
    must(all, "memory", cases);
    share part[THREADS_MOST];
    for (int t = 0; t < THREADS_MOST; t++)
        part[t] = (share){t, THREADS_MOST, cases, all};
    in_threads(compare_share, part, sizeof part[0], THREADS_MOST);
    for (int32_t s = 0; s < DESIGN_SYSTEMS; s++)
        print_errors(all, cases, s);
    print_worst(all, cases);
    print_errors(all, cases, -1);
    free(all);
}

/* ---- Chances inside a zone ---------------------------------------------------------------------------------------- */

static bool inside(const design_landing *l, double centre_e, double centre_n)
{
    return fabs(l->east_m - centre_e) < 300 && fabs(l->north_m - centre_n) < 200;
}

/* Of one case, over the same draws; the zone lies about the mean of the landings. */
static double zone_error(int32_t i, double *inside_prob)
{
    static _Thread_local design_landing fast[ZONE_PASSES * LOADS];
    design_case c;
    design_make(i, &c);
    double e = 0, n = 0, by_fast = 0, by_reference = 0;
    enum { ALL = ZONE_PASSES * LOADS };
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *table = arena ? ab__landings_table(&c.drop, arena) : NULL;
    must(table, "a table", i);
    for (int k = 0; k < ALL; k++) {
        must(design_fast(&c, table, k / LOADS, k % LOADS, LOADS, &fast[k]), "the fast path", i);
        e += fast[k].east_m / ALL;
        n += fast[k].north_m / ALL;
    }
    for (int k = 0; k < ALL; k++) {
        design_landing sure;
        must(design_reference(&c, table, k / LOADS, k % LOADS, 1e-8, &sure), "CVODE", i);
        by_fast += inside(&fast[k], e, n) / (double)ALL;
        by_reference += inside(&sure, e, n) / (double)ALL;
    }
    ab__arena_free(arena);
    *inside_prob = by_reference;
    return fabs(by_fast - by_reference);
}

typedef struct zone_share {
    int32_t first;
    double worst, least_prob, most_prob;
} zone_share;

static void *zone_run(void *context)
{
    zone_share *s = context;
    /* Every system in the fourth band of height and second of wind, and in the highest and strongest. */
    for (int32_t k = s->first; k < ZONE_CASES; k += THREADS_MOST) {
        double prob;
        s->worst = fmax(s->worst, zone_error(k % DESIGN_SYSTEMS + DESIGN_SYSTEMS * (k < DESIGN_SYSTEMS ? 9 : 23), &prob));
        s->least_prob = fmin(s->least_prob, prob);
        s->most_prob = fmax(s->most_prob, prob);
    }
    return NULL;
}

static void zones(void)
{
    zone_share part[THREADS_MOST];
    double worst = 0, least = 1, most = 0;
    for (int t = 0; t < THREADS_MOST; t++)
        part[t] = (zone_share){t, 0, 1, 0};
    in_threads(zone_run, part, sizeof part[0], THREADS_MOST);
    for (int t = 0; t < THREADS_MOST; t++) {
        worst = fmax(worst, part[t].worst);
        least = fmin(least, part[t].least_prob);
        most = fmax(most, part[t].most_prob);
    }
    found.zone_err = worst;
    printf("{\"zone_cases\":%d,\"zone_landings\":%d,\"inside_prob\":[%.3f,%.3f],\"zone_prob_err_max\":%.4f}\n", ZONE_CASES,
           ZONE_PASSES * LOADS, least, most, worst);
}

/* ---- Quasi-random draws ------------------------------------------------------------------------------------------- */

enum { QUASI_ZONES = 48, QUASI_SEEDS = 32, QUASI_MOST = 2048, QUASI_TRUE = 1 << 17 };

/* A rectangle about the mean of landings, and the chance to lie in it. */
typedef struct quasi_zone {
    double e_m, n_m, half_e_m, half_n_m, plain_prob, quasi_prob;
} quasi_zone;

static ab_landings landings_for(int32_t passes)
{
    size_t n = (size_t)passes * LOADS;
    float *x = calloc(6 * n, sizeof *x);
    unsigned char *failed = calloc(n, 1);
    must(x && failed, "memory", passes);
    return (ab_landings){passes, LOADS, x, x + n, x + 2 * n, x + 3 * n, x + 4 * n, x + 5 * n, failed};
}

static double share_in(const ab_landings *l, const quasi_zone *z)
{
    int64_t in = 0, count = (int64_t)l->passes * l->loads;
    for (int64_t i = 0; i < count; i++) {
        double e, n;
        ab__landings_at(l, i, 0, &e, &n);
        in += fabs(e - z->e_m) < z->half_e_m && fabs(n - z->n_m) < z->half_n_m;
    }
    return (double)in / (double)count;
}

/* Of sizes from a fourth of the spread to twice it, their middles within one. */
static void make_zones(const ab_landings *l, quasi_zone zone[QUASI_ZONES])
{
    double e_m = 0, n_m = 0, squares = 0, count = (double)l->passes * l->loads, e, n;
    for (int64_t i = 0; i < (int64_t)count; i++) {
        ab__landings_at(l, i, 0, &e, &n);
        e_m += e / count;
        n_m += n / count;
    }
    for (int64_t i = 0; i < (int64_t)count; i++) {
        ab__landings_at(l, i, 0, &e, &n);
        squares += ((e - e_m) * (e - e_m) + (n - n_m) * (n - n_m)) / (2 * count);
    }
    for (int z = 0; z < QUASI_ZONES; z++) {
        double u[4];
        for (int k = 0; k < 4; k++)
            u[k] = sqrt(squares) * ab__random_uniform(20160412, (uint64_t)z, (uint64_t)k);
        zone[z] = (quasi_zone){.e_m = e_m + 2 * u[0] - sqrt(squares), .n_m = n_m + 2 * u[1] - sqrt(squares),
                               .half_e_m = sqrt(squares) / 4 + 1.75 * u[2], .half_n_m = sqrt(squares) / 4 + 1.75 * u[3]};
    }
}

static double rms_error(const ab_landing_table *table, int32_t passes, bool quasi, const quasi_zone zone[QUASI_ZONES])
{
    ab_landings l = landings_for(passes);
    double squares = 0;
    for (uint64_t seed = 1; seed <= QUASI_SEEDS; seed++) {
        must(ab__landings_from(table, 1000 + seed, quasi ? 0 : QUASI_MOST, &l), "drawing", passes);
        for (int z = 0; z < QUASI_ZONES; z++)
            squares += pow(share_in(&l, &zone[z]) - zone[z].quasi_prob, 2);
    }
    free(l.drift_e_m);
    free(l.failed);
    return sqrt(squares / QUASI_SEEDS / QUASI_ZONES);
}

static void quasi_case(int32_t system, double agl_m)
{
    static const int32_t passes[] = {100, 400, 1024, QUASI_MOST};
    design_case c;
    quasi_zone zone[QUASI_ZONES];
    design_make(system, &c);
    c.drop.release_msl_m = c.drop.ground_msl_m + agl_m;
    c.drop.scatter.wind_rms_mps = 3.5;
    c.drop.scatter.wind_correlation_m = 1500;
    ab_drop_case with = c.drop;
    with.quasi = true;
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *plain = arena ? ab__landings_table(&c.drop, arena) : NULL, *quasi = arena ? ab__landings_table(&with, arena) : NULL;
    must(plain && quasi && !plain->slow, "a table", system);
    ab_landings l = landings_for(QUASI_TRUE);
    must(ab__landings_from(quasi, 8, 0, &l), "drawing", system); /* so that the memory is there before the clock runs */
    double begun = clock_s(CLOCK_THREAD_CPUTIME_ID), apart = 0;
    must(ab__landings_from(plain, 7, 0, &l), "drawing", system);
    double plain_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - begun;
    make_zones(&l, zone);
    for (int z = 0; z < QUASI_ZONES; z++)
        zone[z].plain_prob = share_in(&l, &zone[z]);
    begun = clock_s(CLOCK_THREAD_CPUTIME_ID);
    must(ab__landings_from(quasi, 8, 0, &l), "drawing", system);
    double quasi_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - begun;
    for (int z = 0; z < QUASI_ZONES; z++) {
        zone[z].quasi_prob = share_in(&l, &zone[z]);
        apart = fmax(apart, fabs(zone[z].quasi_prob - zone[z].plain_prob));
    }
    for (size_t k = 0; k < sizeof passes / sizeof *passes; k++) {
        double by_plain = rms_error(plain, passes[k], false, zone), by_quasi = rms_error(quasi, passes[k], true, zone);
        printf("{\"system\":\"%s\",\"release_agl_m\":%.0f,\"passes\":%d,\"zones\":%d,\"plain_rms_err\":%.5f,\"quasi_rms_err\":%.5f,"
               "\"as_many_plain_passes\":%.0f,\"true_apart_max\":%.5f,\"time_ratio\":%.3f}\n", DESIGN_SYSTEM[system], agl_m, passes[k], QUASI_ZONES, by_plain,
               by_quasi, passes[k] * pow(by_plain / by_quasi, 2), apart, quasi_s / plain_s);
    }
    free(l.drift_e_m);
    free(l.failed);
    ab__arena_free(arena);
}

static void quasi(void)
{
    static const double agl_m[] = {300, 1000, 5000};
    for (int32_t system = 0; system < 2; system++)
        for (size_t k = 0; k < sizeof agl_m / sizeof *agl_m; k++)
            quasi_case(system, agl_m[k]);
}

/* ---- Speed -------------------------------------------------------------------------------------------------------- */

typedef struct runner {
    const ab_landing_table *table;
    bool plain;
    int64_t first_pass;
    double seconds;
    double landings, cpu_s;
} runner;

static void draw_plain(const runner *r, int64_t first_pass, const ab_landings *out)
{
    for (int32_t p = 0; p < PASSES; p += AB_LANES) {
        ab_lanes lanes = {r->table, r->table->member, 1, first_pass + p, 1, AB_LANES};
        ab__lanes_land_plain(&lanes, p, out);
    }
}

static void *run(void *context)
{
    runner *r = context;
    ab_landings out = landings_for(PASSES);
    double begun = clock_s(CLOCK_MONOTONIC), cpu = clock_s(CLOCK_THREAD_CPUTIME_ID);
    r->landings = 0;
    for (int64_t pass = r->first_pass; clock_s(CLOCK_MONOTONIC) - begun < r->seconds; pass += PASSES) {
        if (r->plain)
            draw_plain(r, pass, &out);
        else
            must(ab__landings_from(r->table, 1, pass, &out), "drawing", 0);
        r->landings += PASSES * LOADS;
    }
    r->cpu_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - cpu;
    free(out.drift_e_m);
    free(out.failed);
    return NULL;
}

static double by_clock(runner *one, int threads, double *by_cpu)
{
    double begun = clock_s(CLOCK_MONOTONIC), landings = 0, cpu_s = 0;
    in_threads(run, one, sizeof *one, threads);
    double s = clock_s(CLOCK_MONOTONIC) - begun;
    for (int t = 0; t < threads; t++) {
        landings += one[t].landings;
        cpu_s += one[t].cpu_s;
    }
    *by_cpu = fmax(*by_cpu, landings / cpu_s);
    return landings / s;
}

static double reference_rate(const design_case *c, const ab_landing_table *table, double seconds)
{
    design_landing sure;
    double begun = clock_s(CLOCK_MONOTONIC), done = 0;
    while (clock_s(CLOCK_MONOTONIC) - begun < seconds) {
        must(design_reference(c, table, (int64_t)done, 0, 1e-10, &sure), "CVODE", 0);
        done++;
    }
    return done / (clock_s(CLOCK_MONOTONIC) - begun);
}

/* Of several systems the slower one is what is summed up. */
static void note_speed(int threads, double landings_per_s)
{
    double *slot = &found.landings_per_s[threads];
    *slot = *slot > 0 ? fmin(*slot, landings_per_s) : landings_per_s;
}

static void print_speed(const char *system, const ab_landing_table *table, int threads, bool plain, double seconds)
{
    double best = 0, by_cpu = 0;
    for (int round = 0; round < ROUNDS; round++) {
        runner each[THREADS_MOST];
        for (int t = 0; t < threads; t++)
            each[t] = (runner){table, plain, (int64_t)t << 40, seconds, 0, 0};
        best = fmax(best, by_clock(each, threads, &by_cpu));
    }
    found.levels = table->error.count;
    if (!plain)
        note_speed(threads, best);
    printf("{\"system\":\"%s\",\"loops\":\"%s\",\"threads\":%d,\"landings_per_s\":%.0f,\"landings_per_cpu_s\":%.0f,"
           "\"loads_per_wind_draw\":%d,\"levels\":%d,\"precision\":\"float\"}\n",
           system, plain ? "portable" : "best", threads, best, by_cpu, LOADS, table->error.count);
}

static void speed(int32_t system, double seconds)
{
    design_case c;
    design_make(system, &c);
    c.drop.release_msl_m = c.drop.ground_msl_m + 5000;
    c.drop.scatter.wind_rms_mps = 4;
    c.drop.scatter.wind_correlation_m = 1500;
    c.drop.scatter.fail_alpha = 1.2;
    c.drop.scatter.fail_beta = 38.8;
    ab_arena *arena = ab__arena_new();
    double begun = clock_s(CLOCK_THREAD_CPUTIME_ID);
    const ab_landing_table *table = arena ? ab__landings_table(&c.drop, arena) : NULL;
    must(table && !table->slow, "a table", system);
    double table_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - begun;
    found.reference_per_s = reference_rate(&c, table, seconds);
    printf("{\"system\":\"%s\",\"release_agl_m\":5000,\"table_ms\":%.1f,\"reference_landings_per_s\":%.0f}\n", DESIGN_SYSTEM[system],
           1e3 * table_s, found.reference_per_s);
    for (int threads = 1; threads <= THREADS_MOST; threads++)
        print_speed(DESIGN_SYSTEM[system], table, threads, false, seconds);
    print_speed(DESIGN_SYSTEM[system], table, 1, true, seconds);
    ab__arena_free(arena);
}

static void calibrate(void)
{
    uint32_t x = 1;
    enum { LOOPS = 200000000 };
    double begun = clock_s(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < LOOPS; i++)
        x = x * 1664525u + 1013904223u;
    printf("{\"loops_per_s\":%.3g,\"last\":%u}\n", LOOPS / (clock_s(CLOCK_THREAD_CPUTIME_ID) - begun), x);
}

/* Whether a part was asked for: all are if none is named. */
static bool wanted(int argc, char **argv, const char *part)
{
    bool any = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], part) == 0)
            return true;
        any = any || strcmp(argv[i], "speed") == 0 || strcmp(argv[i], "design") == 0 || strcmp(argv[i], "zones") == 0 ||
              strcmp(argv[i], "quasi") == 0;
    }
    return !any;
}

static double number_after(int argc, char **argv, const char *option, double otherwise)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], option) == 0)
            return (double)strtol(argv[i + 1], NULL, 10);
    return otherwise;
}

static void sum_up(void)
{
    for (int threads = 1; threads <= THREADS_MOST; threads++)
        printf("{\"threads\":%d,\"landings_per_s\":%.0f,\"err_m_p99\":%.3f,\"err_m_max\":%.3f,\"err_s_p99\":%.4f,"
               "\"zone_prob_err_max\":%.4f,\"loads_per_wind_draw\":%d,\"levels\":%d,\"precision\":\"float\","
               "\"reference_landings_per_s\":%.0f}\n",
               threads, found.landings_per_s[threads], found.err_m_p99, found.err_m_max, found.err_s_p99, found.zone_err, LOADS,
               found.levels, found.reference_per_s);
}

int main(int argc, char **argv)
{
    double cases = number_after(argc, argv, "--cases", 10000), seconds = number_after(argc, argv, "--seconds", 1);
    setvbuf(stdout, NULL, _IOLBF, 0);
    calibrate();
    if (wanted(argc, argv, "speed")) {
        speed(0, seconds);
        speed(1, seconds);
    }
    if (wanted(argc, argv, "design")) {
        design_print();
        must(cases >= 1, "a design of no cases", 0);
        beside_reference((int32_t)cases);
    }
    if (wanted(argc, argv, "zones"))
        zones();
    if (wanted(argc, argv, "quasi"))
        quasi();
    if (wanted(argc, argv, "speed") && wanted(argc, argv, "design") && wanted(argc, argv, "zones"))
        sum_up();
    return 0;
}
