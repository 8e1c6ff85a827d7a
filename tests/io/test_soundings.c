/* Radiosondes: what is read, against bufr_dump and by what their levels must obey. */
#include "io/support.h"

#include "base/number.h"
#include "io/bufr_support.h"
#include "io/weather.h"
#include "io/weather_support.h"

static const char TEMPS[] = "winds/temp_20081208_12z_turkey_gulf_iran.bufr";

static const ab_sounding *station(const ab_forecast *f, const char *name)
{
    for (int32_t i = 0; i < f->sounding_count; i++)
        if (strcmp(f->sounding[i].station, name) == 0)
            return &f->sounding[i];
    fail_msg("no station %s", name);
    return NULL;
}

static int32_t level_at(const ab_sounding *s, double pressure_pa)
{
    for (int32_t l = 0; l < s->levels; l++)
        if (s->pressure_pa[l] == pressure_pa)
            return l;
    fail_msg("%s: no level of %g Pa", s->station, pressure_pa);
    return -1;
}

/* Eighteen messages; of Heraklion's (16754) only the ground tells a wind, of 160 m/s. */
static void eighteen_ascents_are_told(void **state)
{
    (void)state;
    char *path = shared_file(TEMPS), time[AB_TIME_TEXT_CAP];
    if (path == NULL)
        skip();
    reading_of r = read_forecast(path, NULL);
    assert_int_equal(r.status, AB_OK);
    assert_null(r.forecast->grid);
    assert_int_equal(r.forecast->sounding_count, 17);
    assert_int_equal(ab_issues_of(r.issues, AB_WARNING), 1);
    assert_int_equal(ab_issues_at(r.issues, 0)->line, 3);
    assert_non_null(
        strstr(ab_issues_at(r.issues, 0)->found, "message 3: 16754: no two levels with wind"));
    const ab_sounding *athens = station(r.forecast, "16716");
    assert_string_equal(ab_time_format(athens->valid_at, time), "2008-12-08T12:00Z");
    assert_true(fabs(athens->lon_deg - 23.73) < 1e-9 && fabs(athens->lat_deg - 37.9) < 1e-9);
    assert_int_equal(athens->kind, AB_WIND_SOUNDING);
    for (int32_t i = 0; i < r.forecast->sounding_count; i++) {
        const ab_sounding *s = &r.forecast->sounding[i];
        for (int32_t l = 1; l < s->levels; l++) {
            assert_true(s->height_msl_m[l] > s->height_msl_m[l - 1]);
            assert_true(s->pressure_pa[l] < s->pressure_pa[l - 1]);
        }
    }
    end_reading(&r);
    free(path);
}

/* As bufr_dump has them: geopotential in m2/s2, wind FROM a direction. */
static void values_are_those_of_the_dump(void **state)
{
    (void)state;
    static const struct {
        const char *station;
        double pressure_pa, geopotential, temp_k, from_deg, speed_mps;
    } told[] = {
        {"16716", 101500, 150, 288, 350, 4},
        {"16716", 100000, 1320, 286.6, 5, 8},
        {"16716", 92500, 7670, 279.8, 345, 6},
    };
    char *path = shared_file(TEMPS);
    if (path == NULL)
        skip();
    reading_of r = read_forecast(path, NULL);

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        const ab_sounding *s = station(r.forecast, told[i].station);
        int32_t l = level_at(s, told[i].pressure_pa);
        double turn = told[i].from_deg * acos(-1) / 180;
        assert_true(fabs(s->height_msl_m[l] - told[i].geopotential / 9.80665) < 1e-9);
        assert_true(fabs(s->temp_k[l] - told[i].temp_k) < 1e-9);
        assert_true(fabs(s->wind_e_mps[l] + told[i].speed_mps * sin(turn)) < 1e-9);
        assert_true(fabs(s->wind_n_mps[l] + told[i].speed_mps * cos(turn)) < 1e-9);
    }
    end_reading(&r);
    free(path);
}

/* bufr_dump of one message, level by level: pressure, geopotential, temperature, direction, speed; NAN where MISSING. */
typedef struct dumped {
    double value[5];
} dumped;

static int32_t dump_message(const char *path, int number, dumped *out, int32_t most)
{
    static const char *const keys[] = {"pressure", "nonCoordinateGeopotential", "airTemperature",
                                       "windDirection", "windSpeed"};
    char command[1024], line[4096], key[64], text[64];
    int32_t count = 0;
    int n;

    (void)snprintf(command, sizeof command, "bufr_dump -p -w count=%d '%s' 2>/dev/null", number,
                   path);
    FILE *pipe = popen(command, "r");
    while (pipe != NULL && fgets(line, sizeof line, pipe) != NULL) {
        if (sscanf(line, "#%d#%63[A-Za-z]=%63s", &n, key, text) != 3 || n < 1 || n > most)
            continue;
        for (int k = 0; k < 5; k++)
            if (strcmp(key, keys[k]) == 0) {
                for (; count < n; count++)
                    for (int v = 0; v < 5; v++)
                        out[count].value[v] = NAN;
                if (!ab__number_parse(text, &out[n - 1].value[k]))
                    out[n - 1].value[k] = NAN; /* MISSING */
            }
    }
    if (pipe != NULL)
        (void)pclose(pipe);
    return count;
}

/* Each wind that bufr_dump shows at a level with a height of its own is ours, in all messages. */
static void every_wind_of_the_dump_is_read(void **state)
{
    (void)state;
    static dumped levels[1000];
    char *path = shared_file(TEMPS);
    if (path == NULL || system("bufr_dump -V >/dev/null 2>&1") != 0)
        skip();
    reading_of r = read_forecast(path, NULL);
    int compared = 0;

    for (int number = 1, i = 0; number <= 18; number++) {
        if (number == 3)
            continue;
        int32_t count = dump_message(path, number, levels, 1000);
        const ab_sounding *s = &r.forecast->sounding[i++];
        assert_true(count > 10);
        double highest = -1e9;
        for (int32_t l = 0; l < count; l++) {
            const double *v = levels[l].value;
            if (isnan(v[1]) || isnan(v[3]) || isnan(v[4]) || !(v[1] > highest))
                continue;
            highest = v[1];
            int32_t at = level_at(s, v[0]);
            assert_true(fabs(s->height_msl_m[at] - v[1] / 9.80665) < 1e-6);
            assert_true(fabs(hypot(s->wind_e_mps[at], s->wind_n_mps[at]) - v[4]) < 1e-9);
            compared++;
        }
    }
    assert_true(compared > 150);
    end_reading(&r);
    free(path);
}

/* ---- Levels ------------------------------------------------------------------------------------- */

static ab_sounding make(ab_arena *arena, ab_ascent_level *levels, int32_t count)
{
    ab_error err = AB_ERROR_INIT;
    ab_weather from = {.name = "test", .arena = arena, .err = &err};
    ab_sounding out = {.levels = -1};

    assert_int_equal(ab__ascent_levels(&from, levels, count, &out), AB_OK);
    return out;
}

/* Heights of a dry isothermal atmosphere are z = (R T / g) ln(p0 / p): exact for the hypsometric equation. */
static void heights_that_lack_follow_the_hypsometric_equation(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    double scale_m = 287.05287 * 260 / 9.80665;
    ab_ascent_level levels[] = {
        {40000, NAN, 260, 270, 30}, /* out of order, no height */
        {100000, 0, 260, 180, 5},
        {70000, NAN, NAN, 225, 10},               /* no temperature either */
        {50000, scale_m * log(2), 260, NAN, NAN}, /* no wind: left out */
        {90000, NAN, 260, 190, NAN},              /* half a wind is none */
    };
    ab_sounding s = make(arena, levels, 5);

    assert_int_equal(s.levels, 3);
    assert_true(fabs(s.height_msl_m[1] - scale_m * log(100000.0 / 70000)) < 1e-6);
    assert_true(fabs(s.height_msl_m[2] - scale_m * log(100000.0 / 40000)) < 1e-6);
    assert_true(s.temp_k[1] == 260);
    assert_true(fabs(s.wind_e_mps[2] - 30) < 1e-9 &&
                fabs(s.wind_n_mps[2]) < 1e-9);     /* from the west */
    assert_true(fabs(s.wind_n_mps[0] - 5) < 1e-9); /* from the south */
    ab__arena_free(arena);
}

static void what_cannot_be_known_is_left_out(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    ab_ascent_level nowhere[] = {{100000, NAN, 280, 90, 5}, {50000, NAN, 250, 90, 15}};
    assert_int_equal(make(arena, nowhere, 2).levels, 0); /* no height leads to any */
    ab_ascent_level cold[] = {{100000, 100, NAN, 90, 5},
                              {80000, NAN, NAN, 90, 9},
                              {50000, 5500, NAN, 90, 15},
                              {30000, NAN, NAN, 90, 20}};
    ab_sounding s = make(arena, cold, 4);
    assert_int_equal(s.levels,
                     3); /* between heights by the logarithm of pressure, never beyond them */
    assert_true(fabs(s.height_msl_m[1] - (100 + 5400 * log(100.0 / 80) / log(2))) < 1e-6);
    assert_true(isnan(s.temp_k[1]));
    ab_ascent_level wrong[] = {{100000, 100, 280, 90, 5},
                               {90000, 50, 270, 90, 6},
                               {-5, 7000, 250, 90, 7},
                               {50000, 5500, 9999, 400, 7},
                               {70000, 3000, 260, 90, 900}};
    assert_int_equal(make(arena, wrong, 5).levels,
                     2); /* a height that is made again; no pressure; no direction; no speed */
    assert_int_equal(make(arena, wrong, 0).levels, 0);
    ab_ascent_level digit[] = {
        {100000, 100, 280, 90, 5}, {85000, 14600, 275, 90, 7}, {70000, 3000, 265, 90, 9}};
    s = make(arena, digit, 3);
    assert_int_equal(s.levels,
                     3); /* 14,600 m for 1,460 m at 850 hPa is not believed, and made again */
    assert_true(fabs(s.height_msl_m[1] - 1460) < 40);
    ab__arena_free(arena);
}

/* The order of the report does not matter, nor whether one level is told in two parts. */
static void order_does_not_matter(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    ab_ascent_level once[] = {{100000, 120, 285, 90, 5},
                              {85000, 1480, 276, 120, 8},
                              {70000, 3030, 266, 150, 12},
                              {50000, 5580, 250, 200, 20}};
    ab_ascent_level parts[] = {{50000, NAN, NAN, 200, 20},   {70000, 3030, 266, 150, 12},
                               {85000, 1480, 276, NAN, NAN}, {50000, 5580, 250, NAN, NAN},
                               {85000, NAN, NAN, 120, 8},    {100000, 120, 285, 90, 5}};
    ab_sounding a = make(arena, once, 4), b = make(arena, parts, 6);

    assert_int_equal(a.levels, 4);
    assert_int_equal(b.levels, 4);
    assert_memory_equal(a.height_msl_m, b.height_msl_m, 4 * sizeof(double));
    assert_memory_equal(a.wind_e_mps, b.wind_e_mps, 4 * sizeof(double));
    assert_memory_equal(a.temp_k, b.temp_k, 4 * sizeof(double));
    ab__arena_free(arena);
}

/* Today's template comes back as it was written: twice, with a bulletin's heading between. */
static void what_was_written_comes_back(void **state)
{
    (void)state;
    static const bufr_level levels[] = {{93500, NAN, 281, 90, 3, true},
                                        {85000, 1470, 276.1, 180, 8, false},
                                        {70000, 3020, 266.4, 270, 15, false},
                                        {50000, 5590, 249.7, 360, 30, false}};
    ab_buf bytes = AB_BUF_INIT;

    bufr_add(&bytes, levels, 4);
    ab__buf_add(&bytes, "\r\r\nIUSD01 LTAA 241200\r\r\n");
    bufr_add(&bytes, levels, 4);
    reading_of r = read_bytes(&bytes, NULL);
    assert_int_equal(r.status, AB_OK);
    assert_int_equal(r.forecast->sounding_count, 2);
    const ab_sounding *s = &r.forecast->sounding[1];
    assert_string_equal(s->station, "17281");
    assert_int_equal(s->levels, 4);
    assert_true(s->height_msl_m[0] == 674); /* the ground's, as the level is marked as that */
    assert_true(s->height_msl_m[2] == 3020);
    assert_true(fabs(s->wind_e_mps[2] - 15) < 1e-9 && fabs(s->wind_n_mps[3] + 30) < 1e-9);
    assert_true(fabs(s->temp_k[1] - 276.1) < 1e-9);
    end_reading(&r);
    bytes.size -= 20;
    r = read_bytes(&bytes, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_CUT_OFF, "message 2: the file ends within it");
    ab__buf_free(&bytes);
}

static void cut_soundings_are_refused(void **state)
{
    (void)state;
    try_cut(TEMPS, 997);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eighteen_ascents_are_told),
        cmocka_unit_test(values_are_those_of_the_dump),
        cmocka_unit_test(every_wind_of_the_dump_is_read),
        cmocka_unit_test(heights_that_lack_follow_the_hypsometric_equation),
        cmocka_unit_test(what_cannot_be_known_is_left_out),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(what_was_written_comes_back),
        cmocka_unit_test(cut_soundings_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
