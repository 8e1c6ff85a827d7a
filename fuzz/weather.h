/* What the fuzzers of weather files share. The readers run in a child, as they always do: their libraries are not ours, and not
 * instrumented. The child's coverage is made visible to the fuzzer by letting both share the pages of the counters. */
#ifndef FUZZ_WEATHER_H
#define FUZZ_WEATHER_H

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

#include "airbridge/forecast.h"
#include "io/weather.h"
#include "sheets.h"

enum { FUZZ_SECONDS = 4 };

/* Where clang puts the counters of what is instrumented (SanitizerCoverage, inline-8bit-counters); 0 in other builds. By the assembler:
 * clang takes a declaration in C for its own, and then counts nothing. */
__asm__(".pushsection .data\n"
        ".p2align 3\n"
        ".weak __start___sancov_cntrs\n"
        ".weak __stop___sancov_cntrs\n"
        "fuzz_counters: .quad __start___sancov_cntrs, __stop___sancov_cntrs\n"
        ".popsection\n");
extern const uintptr_t fuzz_counters[2] __attribute__((visibility("hidden")));

/* Whole pages of counters only: what else lies on the outer ones is not the child's to change. */
static inline void share_counters(void)
{
    static bool shared;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t begin = (fuzz_counters[0] + page - 1) / page * page;
    uintptr_t end = fuzz_counters[1] / page * page;

    if (shared || begin == 0 || begin >= end)
        return;
    shared = true;
    void *copy = malloc(end - begin);
    must(copy != NULL, "there is memory");
    memcpy(copy, (const void *)begin, end - begin);
    void *at = mmap((void *)begin, end - begin, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    must(at != MAP_FAILED, "counters can be shared");
    memcpy(at, copy, end - begin);
    free(copy);
}

static inline void check_sounding(const ab_sounding *s)
{
    must(s->levels >= 2, "a sounding has levels");
    for (int32_t l = 0; l < s->levels; l++) {
        must(isfinite(s->wind_e_mps[l]) && isfinite(s->wind_n_mps[l]), "a level has a wind");
        must(l == 0 || s->height_msl_m[l] > s->height_msl_m[l - 1], "heights rise");
    }
}

static inline void check_grid(const ab_forecast_grid *g)
{
    size_t cells = (size_t)g->lats * (size_t)g->lons,
           columns = (size_t)g->times * (size_t)g->members;

    must(g->times > 0 && g->members > 0 && g->levels > 0 && cells > 0, "a grid has values");
    must(g->step_lon_deg > 0 && g->step_lat_deg > 0, "a grid has steps");
    for (int32_t t = 1; t < g->times; t++)
        must(g->valid_at[t] > g->valid_at[t - 1], "times rise");
    for (int32_t l = 1; l < g->levels; l++)
        must(g->pressure_pa[l] < g->pressure_pa[l - 1], "pressure falls");
    for (size_t i = 0; i < columns * (size_t)g->levels * cells; i++)
        must(!isinf(g->wind_e_mps[i]) && !isinf(g->wind_n_mps[i]) && !isinf(g->height_msl_m[i]),
             "no value is infinite");
    for (size_t c = 0; c < columns; c++)
        for (size_t i = cells; i < (size_t)g->levels * cells; i++) {
            const float *at = g->height_msl_m + c * (size_t)g->levels * cells + i;
            must(!(*at <= *(at - cells)), "heights rise");
        }
}

static inline void check_told(ab_status status, const ab_error *err, ab_issues *issues)
{
    char line[2000];

    must((status == AB_OK) == (err->message[0] == '\0'), "a refusal has words");
    must(is_utf8(err->message), "words are UTF-8");
    must((status == AB_FLAWED) == (ab_issues_of(issues, AB_ERROR_FLAW) > 0) || status == AB_IO,
         "a flaw is told");
    for (int32_t i = 0; i < ab_issues_count(issues); i++)
        (void)ab_issue_format(ab_issues_at(issues, i), line, sizeof line);
}

/* Reads the bytes whole and in a box: both are sound, or refused with words. */
static inline void read_weather(const uint8_t *data, size_t size)
{
    static const double box[4] = {35.5, 33.5, 37, 35};
    ab_buf bytes = AB_BUF_INIT;

    share_counters();
    ab__buf_add_n(&bytes, (const char *)data, size);
    for (int boxed = 0; boxed < 2; boxed++) {
        ab_error err = AB_ERROR_INIT;
        ab_issues *issues = ab_issues_new(100);
        ab_forecast *forecast = NULL;
        must(issues != NULL && !bytes.failed, "there is memory");
        ab_status status = ab__forecast_read_bytes("a.grib", &bytes, boxed ? box : NULL,
                                                   FUZZ_SECONDS, &forecast, issues, &err);
        must((status == AB_OK) == (forecast != NULL), "it is read, or refused");
        check_told(status, &err, issues);
        if (forecast != NULL && forecast->grid != NULL)
            check_grid(forecast->grid);
        for (int32_t i = 0; forecast != NULL && i < forecast->sounding_count; i++)
            check_sounding(&forecast->sounding[i]);
        ab_forecast_free(forecast);
        ab_issues_free(issues);
        if (status != AB_OK)
            break;
    }
    ab__buf_free(&bytes);
}

#endif
