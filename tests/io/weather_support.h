/* Shared by the tests of forecasts, soundings and terrain. Include support.h before it. */
#ifndef TESTS_IO_WEATHER_SUPPORT_H
#define TESTS_IO_WEATHER_SUPPORT_H

#include <math.h>

#include "airbridge/forecast.h"

/* A file of ../shared/data/geo; NULL: it is not here (the test is skipped). Freed by the caller. */
static inline char *shared_file(const char *name)
{
    const char *shared = getenv("SHARED_DIR");
    ab_buf path = AB_BUF_INIT;

    ab__buf_printf(&path, "%s/data/geo/%s", shared != NULL ? shared : "", name);
    if (access(ab__buf_text(&path), R_OK) == 0)
        return path.text;
    print_message("%s is not there: skipped\n", ab__buf_text(&path));
    ab__buf_free(&path);
    return NULL;
}

/* What a reading gave. */
typedef struct reading_of {
    ab_status status;
    ab_forecast *forecast;
    ab_terrain *terrain;
    ab_issues *issues;
    ab_error err;
} reading_of;

static inline reading_of read_forecast(const char *path, const double *box)
{
    reading_of r = {.issues = ab_issues_new(0)};

    assert_non_null(r.issues);
    r.status = ab_forecast_read(path, box, &r.forecast, r.issues, &r.err);
    assert_int_equal(r.status == AB_OK, r.forecast != NULL);
    assert_int_equal(r.status == AB_OK,
                     ab_issues_of(r.issues, AB_ERROR_FLAW) == 0 && r.err.message[0] == '\0');
    return r;
}

static inline reading_of read_terrain(const char *path, const double *box, double fill_m)
{
    reading_of r = {.issues = ab_issues_new(0)};

    assert_non_null(r.issues);
    r.status = ab_terrain_read(path, box, fill_m, &r.terrain, r.issues, &r.err);
    assert_int_equal(r.status == AB_OK, r.terrain != NULL);
    return r;
}

/* Writes the bytes as a file, reads it, and forgets both. */
static inline reading_of read_bytes(const ab_buf *bytes, const double *box)
{
    char *folder = make_folder(), *path = path_in(folder, "wind");

    write_file(folder, "wind", bytes->text, bytes->size);
    reading_of r = read_forecast(path, box);
    (void)unlink(path);
    (void)rmdir(folder);
    free(path);
    free(folder);
    return r;
}

static inline void end_reading(reading_of *r)
{
    ab_forecast_free(r->forecast);
    ab_terrain_free(r->terrain);
    ab_issues_free(r->issues);
}

/* The only flaw has this code, and its words hold `words`. */
static inline void assert_refused(reading_of *r, int32_t code, const char *words)
{
    if (r->status != AB_FLAWED || strstr(r->err.message, words) == NULL)
        fail_msg("status %d, %s: no \"%s\"", (int)r->status, r->err.message, words);
    assert_int_equal(ab_issues_of(r->issues, AB_ERROR_FLAW), 1);
    assert_int_equal(ab_issues_at(r->issues, 0)->code, code);
    assert_true(ab_issues_at(r->issues, 0)->hint[0] != '\0');
    end_reading(r);
}

/* A file of ../shared/data/geo cut to each multiple of `step` bytes: an error with words, never a part of it. */
static inline void try_cut(const char *name, size_t step)
{
    char *path = shared_file(name);
    if (path == NULL)
        skip();
    ab_buf bytes = read_file(path);

    for (size_t size = 0; size < bytes.size; size += step) {
        ab_buf part = {bytes.text, size, size, false};
        reading_of r = read_bytes(&part, NULL);
        if (r.status == AB_OK)
            fail_msg("%s is taken for whole when cut to %zu bytes", name, size);
        assert_true(r.err.message[0] != '\0');
        end_reading(&r);
    }
    ab__buf_free(&bytes);
    free(path);
}

/* The first line that a command prints: another program's reading, to compare with. false: it cannot be run. */
static inline bool ask(const char *command, char *out, size_t cap)
{
    FILE *pipe = popen(command, "r");
    bool told = pipe != NULL && fgets(out, (int)cap, pipe) != NULL;

    return (pipe == NULL || pclose(pipe) == 0) && told;
}

static inline size_t grid_at(const ab_forecast_grid *g, int32_t t, int32_t m, int32_t level,
                             int32_t lat, int32_t lon)
{
    return ((((size_t)t * (size_t)g->members + (size_t)m) * (size_t)g->levels + (size_t)level) *
                (size_t)g->lats +
            (size_t)lat) *
               (size_t)g->lons +
           (size_t)lon;
}

/* The index of a level; fails where there is none. */
static inline int32_t level_of(const ab_forecast_grid *g, double hpa)
{
    for (int32_t l = 0; l < g->levels; l++)
        if (g->pressure_pa[l] == hpa * 100)
            return l;
    fail_msg("no level of %g hPa", hpa);
    return -1;
}

#endif
