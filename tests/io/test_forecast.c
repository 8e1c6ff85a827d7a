/* Forecasts: what is read, against other programs and against what was written; what is refused, by name. */
#include "io/support.h"

#include "base/number.h"
#include "io/grib_support.h"
#include "io/netcdf_support.h"
#include "io/weather_support.h"

static const char GFS[] = "winds/gfs.t12z.20110110.pgrbf120.2p5deg.grib2";

/* ---- The weather services' own files ------------------------------------------------------------ */

static double value_named(const ab_forecast_grid *g, const char *quantity, size_t at)
{
    const float *field = strcmp(quantity, "u") == 0   ? g->wind_e_mps
                         : strcmp(quantity, "v") == 0 ? g->wind_n_mps
                         : strcmp(quantity, "t") == 0 ? g->temp_k
                                                      : g->height_msl_m;
    return (double)field[at];
}

static void gfs_reads_as_the_check_values(void **state)
{
    (void)state;
    char *path = shared_file(GFS), *checks = shared_file("CHECKS.csv");
    if (path == NULL || checks == NULL)
        skip();
    reading_of r = read_forecast(path, NULL);
    FILE *file = fopen(checks, "r");
    char line[300], quantity[8];
    double lat, lon, level, value;
    int compared = 0;

    assert_int_equal(r.status, AB_OK);
    const ab_forecast_grid *g = r.forecast->grid;
    assert_true(g->wraps);
    assert_int_equal(g->lons, 144);
    assert_int_equal(g->lats, 73);
    assert_int_equal(g->levels, 26);
    assert_int_equal(g->kind, AB_WIND_FORECAST);
    assert_int_equal(g->valid_at[0] - g->issued_at, 120 * 3600);
    while (fgets(line, sizeof line, file) != NULL) {
        char number[4][32];
        if (sscanf(line, "%*[^,],%*[^,],%31[^,],%31[^,],%31[^,],%7[^,],%31[^\n]", number[0],
                   number[1], number[2], quantity, number[3]) != 5 ||
            !ab__number_parse(number[0], &lat) || !ab__number_parse(number[1], &lon) ||
            !ab__number_parse(number[2], &level) || !ab__number_parse(number[3], &value))
            continue;
        int32_t i = (int32_t)lround((lon - g->lon_deg) / g->step_lon_deg);
        int32_t j = (int32_t)lround((lat - g->lat_deg) / g->step_lat_deg);
        double found = value_named(g, quantity, grid_at(g, 0, 0, level_of(g, level), j, i));
        assert_true(fabs(found - value) <
                    1e-3 + 1e-6 * fabs(value)); /* four decimals; single precision */
        compared++;
    }
    assert_int_equal(compared, 28);
    (void)fclose(file);
    end_reading(&r);
    free(path);
    free(checks);
}

/* Another box of the same file has the same values at the same places, across the edge of the file too. */
static void boxes_cut_the_same_grid(void **state)
{
    (void)state;
    static const double boxes[][4] = {{38, 34, 42, 37},
                                      {-12, 33, 9, 41},
                                      {355, -10, 365, 10},
                                      {170, 80, 195, 90},
                                      {-180, -90, 180, 90}};
    char *path = shared_file(GFS);
    if (path == NULL)
        skip();
    reading_of all = read_forecast(path, NULL);
    const ab_forecast_grid *whole = all.forecast->grid;

    for (size_t b = 0; b < sizeof boxes / sizeof boxes[0]; b++) {
        reading_of r = read_forecast(path, boxes[b]);
        assert_int_equal(r.status, AB_OK);
        const ab_forecast_grid *g = r.forecast->grid;
        assert_true(g->wraps ||
                    (g->lon_deg <= boxes[b][0] - 2 * g->step_lon_deg + 2.5 && g->lons < 30));
        assert_true(g->lon_deg + (g->lons - 1) * g->step_lon_deg >= boxes[b][2] || g->wraps);
        assert_true(g->lat_deg <= fmax(boxes[b][1], -90) &&
                    g->lat_deg + (g->lats - 1) * g->step_lat_deg >= boxes[b][3] - 1e-9);
        for (int32_t level = 0; level < g->levels; level += 5)
            for (int32_t j = 0; j < g->lats; j++)
                for (int32_t i = 0; i < g->lons; i++) {
                    int32_t wi =
                        (int32_t)lround((g->lon_deg + i * g->step_lon_deg - whole->lon_deg) / 2.5 +
                                        288) %
                        144;
                    int32_t wj =
                        (int32_t)lround((g->lat_deg + j * g->step_lat_deg - whole->lat_deg) / 2.5);
                    size_t here = grid_at(g, 0, 0, level, j, i),
                           there = grid_at(whole, 0, 0, level, wj, wi);
                    assert_true(g->wind_e_mps[here] == whole->wind_e_mps[there]);
                    assert_true(g->height_msl_m[here] == whole->height_msl_m[there]);
                }
        end_reading(&r);
    }
    end_reading(&all);
    free(path);
}

static void the_wrong_kind_is_refused_by_name(void **state)
{
    (void)state;
    char *polar = shared_file("winds/CMC_reg_WIND_ISBL_300_ps60km_2010052400_P012.grib");
    char *waves = shared_file("winds/spherical_pressure_level.grib1");
    char *members = shared_file("winds/era5-levels-members.grib");
    if (polar == NULL || waves == NULL || members == NULL)
        skip();
    reading_of r = read_forecast(polar, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_GRID,
                   "message 1: ws at 300 hPa on a grid of type polar_stereographic");
    r = read_forecast(waves, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_GRID, "message 1: t at 1000 hPa on a grid of type sh");
    r = read_forecast(members, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_FIELDS,
                   "height, temperature at 2 levels, 4 hours, 10 members; no u, v");
    free(polar);
    free(waves);
    free(members);
}

/* ---- What we wrote ourselves -------------------------------------------------------------------- */

static void assert_as_written(const ab_forecast_grid *g, const grib_field *f, const float *field,
                              size_t plane, double unit)
{
    assert_int_equal(g->lons, GRIB_LONS);
    assert_int_equal(g->lats, GRIB_LATS);
    assert_true(fabs(g->lon_deg - 35) < 1e-6 && fabs(g->lat_deg - 33) < 1e-6);
    assert_true(fabs(g->step_lon_deg - 1) < 1e-6 && fabs(g->step_lat_deg - 1) < 1e-6);
    for (int32_t j = 0; j < GRIB_LATS; j++)
        for (int32_t i = 0; i < GRIB_LONS; i++) {
            double found = (double)field[plane + (size_t)(j * GRIB_LONS + i)];
            if (f->hole == j * GRIB_LONS + i)
                assert_true(isnan(found));
            else
                assert_true(fabs(found * unit - grib_value(f, i, j)) <
                            1e-6 * fabs(grib_value(f, i, j)) + 1e-4);
        }
}

/* Only where each message is an analysis is the whole one; all else is as old as its earliest run. */
static void an_analysis_is_told_from_a_forecast(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        long step_h;
        bool analysis;
    } cases[] = {{"an", "an", 0, true}, {"fc", "fc", 0, false}, {"an", "fc", 0, false}, {"fc", "an", 0, false}, {"an", "an", 3, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_buf bytes = AB_BUF_INIT;
        grib_field f = GRIB_FIELD_INIT;
        f.type = cases[i].first;
        f.level = 850;
        grib_add_level(&bytes, f, "gh", "t");
        f.type = cases[i].second;
        f.level = 500;
        if (cases[i].step_h > 0)
            grib_add_level(&bytes, f, "gh", "t");
        f.step_h = cases[i].step_h;
        grib_add_level(&bytes, f, "gh", "t");
        f.level = 850;
        if (cases[i].step_h > 0)
            grib_add_level(&bytes, f, "gh", "t");
        reading_of r = read_bytes(&bytes, NULL);
        assert_int_equal(r.status, AB_OK);
        assert_true(r.forecast->grid->analysis == cases[i].analysis);
        assert_true((r.forecast->grid->issued_at == AB_TIME_NONE) == cases[i].analysis);
        end_reading(&r);
        ab__buf_free(&bytes);
    }
}

/* Ten members, three hours, three levels: all comes back where it was put, whatever the order of the messages. */
static void ten_members_come_back(void **state)
{
    (void)state;
    static const long levels[] = {500, 1000, 850}, steps[] = {6, 0, 3};
    ab_buf bytes = AB_BUF_INIT;
    grib_field f = GRIB_FIELD_INIT;

    f.members = 10;
    for (f.member = 9; f.member >= 0; f.member--)
        for (int s = 0; s < 3; s++)
            for (int l = 0; l < 3; l++) {
                f.step_h = steps[s];
                f.level = levels[l];
                grib_add_level(&bytes, f, "gh", "t");
            }
    reading_of r = read_bytes(&bytes, NULL);
    assert_int_equal(r.status, AB_OK);
    const ab_forecast_grid *g = r.forecast->grid;
    assert_int_equal(g->members, 10);
    assert_int_equal(g->times, 3);
    assert_int_equal(g->levels, 3);
    assert_int_equal(g->valid_at[2] - g->issued_at, 6 * 3600);
    for (f.member = 0; f.member < 10; f.member++)
        for (int32_t t = 0; t < 3; t++)
            for (int32_t l = 0; l < 3; l++) {
                const float *fields[] = {g->wind_e_mps, g->wind_n_mps, g->height_msl_m, g->temp_k};
                static const char *const names[] = {"u", "v", "gh", "t"};
                f.step_h = 3 * t;
                f.level = (long)(g->pressure_pa[l] / 100);
                for (int q = 0; q < 4; q++) {
                    f.name = names[q];
                    assert_as_written(g, &f, fields[q], grid_at(g, t, (int32_t)f.member, l, 0, 0),
                                      1);
                }
            }
    end_reading(&r);
    ab__buf_free(&bytes);
}

/* Some services put both components of the wind, or all of a level, into one message. */
static void several_fields_in_one_message_are_read(void **state)
{
    (void)state;
    static const char *const names[] = {"u", "v", "gh", "t"};
    char *folder = make_folder(), *path = path_in(folder, "several.grib2");
    codes_multi_handle *all = codes_grib_multi_handle_new(NULL);
    FILE *file = fopen(path, "wb");
    grib_field f = GRIB_FIELD_INIT;

    assert_non_null(file);
    for (int i = 0; i < 4; i++) {
        f.name = names[i];
        codes_handle *h = grib_make(&f);
        assert_int_equal(codes_grib_multi_handle_append(h, 4, all), 0);
        (void)codes_handle_delete(h);
    }
    assert_int_equal(codes_grib_multi_handle_write(all, file), 0);
    (void)codes_grib_multi_handle_delete(all);
    (void)fclose(file);
    reading_of r = read_forecast(path, NULL);
    if (r.status != AB_OK)
        fail_msg("%s", r.err.message);
    const ab_forecast_grid *g = r.forecast->grid;
    const float *fields[] = {g->wind_e_mps, g->wind_n_mps, g->height_msl_m, g->temp_k};
    for (int i = 0; i < 4; i++) {
        f.name = names[i];
        assert_as_written(g, &f, fields[i], 0, 1);
    }
    end_reading(&r);
    free(path);
    remove_folder(folder);
}

/* Both editions, every scanning mode, longitudes told in several ways, a hole: always the same grid. */
static void every_scanning_mode_is_the_same_grid(void **state)
{
    (void)state;
    for (int mode = 0; mode < 64; mode++) {
        ab_buf bytes = AB_BUF_INIT;
        grib_field f = GRIB_FIELD_INIT;
        f.west_ward = mode & 1;
        f.north_ward = mode & 2;
        f.columns_first = mode & 4;
        f.zigzag = (mode & 8) != 0;
        f.edition = mode & 16 ? 1 : 2;
        f.hole = mode & 32 ? 7 : -1;
        if (f.zigzag && f.edition == 1)
            continue; /* edition 1 knows no such mode */
        f.date = 20160224;
        grib_add_level(&bytes, f, "z", NULL);
        reading_of r = read_bytes(&bytes, NULL);
        if (r.status != AB_OK)
            fail_msg("mode %d: %s", mode, r.err.message);
        const ab_forecast_grid *g = r.forecast->grid;
        assert_null(g->temp_k);
        f.name = "u";
        assert_as_written(g, &f, g->wind_e_mps, 0, 1);
        f.name = "z";
        assert_as_written(g, &f, g->height_msl_m, 0, 9.80665);
        end_reading(&r);
        ab__buf_free(&bytes);
    }
}

static void a_box_finds_longitudes_however_told(void **state)
{
    (void)state;
    static const double box[4] = {-4.9, 33.2, -1.2, 35.5}, far[4] = {50, 33, 52, 35},
                        partly[4] = {-4.9, 33.2, 3, 35.5};
    ab_buf bytes = AB_BUF_INIT;
    grib_field f = GRIB_FIELD_INIT;

    f.first_lon_deg = 355;
    grib_add_level(&bytes, f, "gh", "t");
    reading_of r = read_bytes(&bytes, box);
    assert_int_equal(r.status, AB_OK);
    assert_true(fabs(r.forecast->grid->lon_deg + 5) < 1e-6);
    end_reading(&r);
    r = read_bytes(&bytes, partly);
    assert_int_equal(r.status, AB_OK);
    assert_int_equal(ab_issues_of(r.issues, AB_WARNING), 1);
    end_reading(&r);
    r = read_bytes(&bytes, far);
    assert_refused(&r, AB_ISSUE_WEATHER_AREA, "for 50 to 52 E");
    ab__buf_free(&bytes);
}

/* A message that lacks, one that stands twice, mixed-up heights, other levels. */
static void what_does_not_fit_together_is_told(void **state)
{
    (void)state;
    ab_buf bytes = AB_BUF_INIT;
    grib_field f = GRIB_FIELD_INIT;

    grib_add_level(&bytes, f, "gh", "t");
    f.step_h = 6;
    grib_add_level(&bytes, f, "gh", NULL);
    f.level = 700;
    grib_add_level(&bytes, f, "gh", "t");
    reading_of r = read_bytes(&bytes, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_FIELDS, "no u at 700 hPa for 2016-02-24T00:00Z, member 0");
    ab__buf_clear(&bytes);

    f.step_h = 0;
    grib_add_level(&bytes, f, "gh", "t");
    f.name = "u";
    grib_add(&bytes, &f); /* the same once more is no harm */
    r = read_bytes(&bytes, NULL);
    assert_int_equal(r.status, AB_OK);
    end_reading(&r);
    f.name = "u";
    f.date = 20160223; /* an older run for the same hour, with other values */
    f.step_h = 24;
    grib_add(&bytes, &f);
    r = read_bytes(&bytes, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_FIELDS,
                   "message 6: u at 700 hPa for 2016-02-24T00:00Z (member 0) a second time");
    ab__buf_clear(&bytes);

    f = (grib_field)GRIB_FIELD_INIT;
    f.level_type = "hybrid";
    f.level = 100;
    f.name = "u";
    grib_add(&bytes, &f);
    r = read_bytes(&bytes, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_LEVELS, "message 1: wind on a level of type hybrid");
    ab__buf_free(&bytes);
}

static void heights_must_rise(void **state)
{
    (void)state;
    ab_buf bytes = AB_BUF_INIT;
    grib_field f = GRIB_FIELD_INIT;

    grib_add_level(&bytes, f, NULL, NULL);
    f.name = "gh";
    f.step_h = 0;
    f.level = 850;
    grib_add(&bytes, &f);
    f.level = 925; /* its height is told with a member's addition of 10 km */
    grib_add_level(&bytes, f, NULL, NULL);
    f.name = "gh";
    f.first_lon_deg = 35;
    codes_handle *h = NULL;
    ab_buf one = AB_BUF_INIT;
    grib_add(&one, &f);
    h = codes_handle_new_from_message_copy(NULL, one.text, one.size);
    double high[GRIB_LONS * GRIB_LATS];
    for (size_t i = 0; i < sizeof high / sizeof high[0]; i++)
        high[i] = 20000;
    assert_int_equal(codes_set_double_array(h, "values", high, GRIB_LONS * GRIB_LATS), 0);
    const void *message = NULL;
    size_t size = 0;
    assert_int_equal(codes_get_message(h, &message, &size), 0);
    ab__buf_add_n(&bytes, message, size);
    (void)codes_handle_delete(h);
    reading_of r = read_bytes(&bytes, NULL);
    assert_refused(&r, AB_ISSUE_WEATHER_LEVELS, "20000 m at 925 hPa above");
    ab__buf_free(&one);
    ab__buf_free(&bytes);
}

/* ---- NetCDF ------------------------------------------------------------------------------------- */

/* One raw value by GDAL's own program: {"…","dimension":…} is not asked for, only the number. */
static bool gdal_value(const char *path, const char *var, int32_t t, int32_t level, int32_t row,
                       int32_t col, double *out)
{
    char command[1024], line[256];

    /* Of a stack of bands (time by level) band t * levels + level + 1; gdallocationinfo leaves packed values as they are. */
    (void)snprintf(command, sizeof command,
                   "gdallocationinfo -valonly -b %d 'NETCDF:\"%s\":%s' %d %d 2>/dev/null",
                   (int)(t * 37 + level + 1), path, var, (int)col, (int)row);
    if (!ask(command, line, sizeof line))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return ab__number_parse(line, out);
}

static void both_dialects_of_era5_give_the_same(void **state)
{
    (void)state;
    char *old_way = shared_file("winds/euroc_2023_all_windows.nc"),
         *new_way = shared_file("winds/euroc_2022_all_windows.nc");
    if (old_way == NULL || new_way == NULL)
        skip();
    reading_of a = read_forecast(old_way, NULL), b = read_forecast(new_way, NULL);
    assert_int_equal(a.status, AB_OK);
    assert_int_equal(b.status, AB_OK);
    const ab_forecast_grid *old_grid = a.forecast->grid, *new_grid = b.forecast->grid;
    assert_int_equal(old_grid->levels, 37);
    assert_int_equal(new_grid->levels, 37);
    assert_true(new_grid->analysis && !old_grid->analysis); /* the old dialect does not say what it is */
    assert_int_equal(old_grid->times, 44);
    assert_int_equal(new_grid->times, 40);
    assert_int_equal(old_grid->lats, new_grid->lats);
    assert_int_equal(old_grid->lons, 9);
    assert_int_equal(new_grid->lons, 5);
    assert_non_null(old_grid->temp_k);
    assert_non_null(new_grid->temp_k);
    assert_memory_equal(old_grid->pressure_pa, new_grid->pressure_pa, 37 * sizeof(double));
    double packed, raw;
    /* The old file: levels from 1 hPa down, rows from the north, packed by its scale and offset (gdalmdiminfo). */
    if (gdal_value(old_way, "u", 11, 30, 1, 6, &packed)) {
        double u = (double)old_grid->wind_e_mps[grid_at(old_grid, 11, 0, 36 - 30, 4 - 1, 6)];
        assert_true(fabs(packed * 0.000789627723192656795 + 21.4721393658259032 - u) < 1e-5);
        assert_true(gdal_value(old_way, "z", 11, 30, 1, 6, &packed));
        double height = (double)old_grid->height_msl_m[grid_at(old_grid, 11, 0, 36 - 30, 4 - 1, 6)];
        assert_true(fabs((packed * 7.10689581012619609 + 233978.032489594945) / 9.80665 - height) <
                    1e-2);
        /* The new one: levels from 1000 hPa up, plain floats. */
        assert_true(gdal_value(new_way, "v", 39, 12, 3, 2, &raw));
        assert_true(fabs((double)new_grid->wind_n_mps[grid_at(new_grid, 39, 0, 12, 4 - 3, 2)] -
                         raw) < 1e-5 + 1e-6 * fabs(raw));
    }
    end_reading(&a);
    end_reading(&b);
    free(old_way);
    free(new_way);
}

/* A _FillValue of NAN on short integers is none: where GDAL makes 0 of it, 0 stays a value. */
static void monthly_means_are_a_climatology(void **state)
{
    (void)state;
    char *path = shared_file("winds/eraint_uvz.nc"), time[AB_TIME_TEXT_CAP];
    if (path == NULL)
        skip();
    reading_of r = read_forecast(path, NULL);
    assert_int_equal(r.status, AB_OK);
    const ab_forecast_grid *g = r.forecast->grid;
    assert_int_equal(g->kind, AB_WIND_CLIMATOLOGY);
    assert_true(g->issued_at == AB_TIME_NONE);
    assert_int_equal(g->times, 2);
    assert_string_equal(ab_time_format(g->valid_at[1], time), "2000-07-15T00:00Z");
    assert_true(g->wraps);
    assert_null(g->temp_k);
    for (size_t i = 0; i < (size_t)2 * 3 * 241 * 480; i++)
        assert_true(isfinite(g->wind_e_mps[i]) && isfinite(g->wind_n_mps[i]) &&
                    isfinite(g->height_msl_m[i]));
    end_reading(&r);
    free(path);
}

static reading_of read_plan(const nc_plan *plan)
{
    char *folder = make_folder(), *path = path_in(folder, "made.nc");

    nc_write(path, plan);
    reading_of r = read_forecast(path, NULL);
    free(path);
    remove_folder(folder);
    return r;
}

static void assert_nc_as_written(const ab_forecast_grid *g, const nc_plan *p)
{
    double step = p->packed ? 4 / 9.80665 : 1e-3;

    assert_int_equal(g->times, 2);
    assert_int_equal(g->valid_at[1] - g->valid_at[0], 6 * 3600);
    assert_int_equal(g->members, p->members ? 3 : 1);
    assert_int_equal(g->levels, 3);
    assert_true(g->pressure_pa[0] == 100000 && g->pressure_pa[2] == 50000);
    assert_true(g->lat_deg == 33 && g->lon_deg == 35 && g->step_lat_deg == 1 &&
                g->step_lon_deg == 1);
    for (int32_t t = 0; t < 2; t++)
        for (int32_t m = 0; m < g->members; m++)
            for (int32_t l = 0; l < 3; l++)
                for (int32_t j = 0; j < NC_SIDE; j++)
                    for (int32_t i = 0; i < NC_SIDE; i++) {
                        size_t at = grid_at(g, t, m, l, j, i);
                        double hpa = g->pressure_pa[l] / 100;
                        assert_true((double)g->wind_e_mps[at] ==
                                    nc_value('u', (size_t)t, (size_t)m, hpa, 33 + j, 35 + i));
                        assert_true((double)g->wind_n_mps[at] ==
                                    nc_value('v', (size_t)t, (size_t)m, hpa, 33 + j, 35 + i));
                        assert_true((double)g->temp_k[at] ==
                                    nc_value('t', (size_t)t, (size_t)m, hpa, 33 + j, 35 + i));
                        double z =
                            nc_value('z', (size_t)t, (size_t)m, hpa, 33 + j, 35 + i) / 9.80665;
                        assert_true(fabs((double)g->height_msl_m[at] - z) <= step);
                    }
}

/* Old names and new, version 3 and 4, packed or not, from either pole, with members or without: one grid. */
static void every_dialect_is_the_same_grid(void **state)
{
    (void)state;
    for (int way = 0; way < 32; way++) {
        nc_plan plan = NC_PLAN_INIT;
        plan.version_4 = way & 1;
        plan.new_names = way & 2;
        plan.south_first = way & 4;
        plan.packed = way & 8;
        plan.members = way & 16;
        plan.levels[0] = way & 2 ? 1000 : 500; /* from the ground up, or down */
        plan.levels[2] = way & 2 ? 500 : 1000;
        reading_of r = read_plan(&plan);
        if (r.status != AB_OK)
            fail_msg("way %d: %s", way, r.err.message);
        assert_nc_as_written(r.forecast->grid, &plan);
        end_reading(&r);
    }
}

static void what_is_no_wind_in_netcdf_is_told(void **state)
{
    (void)state;
    nc_plan plan = NC_PLAN_INIT;
    plan.wind_unit = "knots";
    reading_of r = read_plan(&plan);
    assert_refused(&r, AB_ISSUE_WEATHER_UNITS, "u in \"knots\"");
    plan = (nc_plan)NC_PLAN_INIT;
    plan.levels[0] = 925; /* 925, 850, 1000 */
    r = read_plan(&plan);
    assert_refused(&r, AB_ISSUE_WEATHER_LEVELS, "1000 hPa after 850");
    plan = (nc_plan)NC_PLAN_INIT;
    plan.level_unit = "m";
    r = read_plan(&plan);
    assert_refused(&r, AB_ISSUE_WEATHER_LEVELS, "in \"m\"");
    plan = (nc_plan)NC_PLAN_INIT;
    plan.time_unit = "fortnights since 1900-01-01";
    r = read_plan(&plan);
    assert_refused(&r, AB_ISSUE_WEATHER_TIMES, "fortnights");
    plan = (nc_plan)NC_PLAN_INIT;
    plan.calendar = "360_day";
    r = read_plan(&plan);
    assert_refused(&r, AB_ISSUE_WEATHER_TIMES, "360_day");
    plan.calendar = "proleptic_gregorian";
    r = read_plan(&plan);
    assert_int_equal(r.status, AB_OK);
    end_reading(&r);
    plan = (nc_plan)NC_PLAN_INIT;
    plan.lon_step_deg = 1.5;
    r = read_plan(&plan);
    assert_refused(&r, AB_ISSUE_WEATHER_GRID, "uneven steps");
}

/* ---- Files that end too soon -------------------------------------------------------------------- */

/* long_weather.c cuts at every 997th byte. */
static void cut_files_are_refused(void **state)
{
    (void)state;
    try_cut("winds/CMC_reg_WIND_ISBL_300_ps60km_2010052400_P012.grib", 997);
    try_cut("winds/euroc_2022_all_windows.nc", 997 * 11);
    try_cut("winds/euroc_2023_all_windows.nc", 997 * 17);
    try_cut(GFS, 997 * 97);
    try_cut("winds/eraint_uvz.nc", 997 * 97);
}

static void our_own_grib_cut_anywhere_is_refused(void **state)
{
    (void)state;
    ab_buf bytes = AB_BUF_INIT;
    grib_field f = GRIB_FIELD_INIT;

    grib_add_level(&bytes, f, "gh", NULL);
    for (size_t size = 0; size < bytes.size; size += 7) {
        ab_buf part = {bytes.text, size, size, false};
        reading_of r = read_bytes(&part, NULL);
        assert_true(r.status != AB_OK && r.err.message[0] != '\0');
        end_reading(&r);
    }
    ab__buf_free(&bytes);
}

static void other_files_are_told_apart(void **state)
{
    (void)state;
    static const ab_buf text = {(char *)"place,people\nupper,12\n", 22, 22, false};
    static const ab_buf empty = {(char *)"", 0, 0, false};
    reading_of r = read_bytes(&text, NULL);

    assert_int_equal(r.status, AB_IO);
    assert_non_null(strstr(r.err.message, "no weather file"));
    end_reading(&r);
    r = read_bytes(&empty, NULL);
    assert_non_null(strstr(r.err.message, "empty"));
    end_reading(&r);
    r = read_forecast("/nowhere/at/all.grib", NULL);
    assert_int_equal(r.status, AB_IO);
    end_reading(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gfs_reads_as_the_check_values),
        cmocka_unit_test(boxes_cut_the_same_grid),
        cmocka_unit_test(the_wrong_kind_is_refused_by_name),
        cmocka_unit_test(ten_members_come_back),
        cmocka_unit_test(an_analysis_is_told_from_a_forecast),
        cmocka_unit_test(several_fields_in_one_message_are_read),
        cmocka_unit_test(every_scanning_mode_is_the_same_grid),
        cmocka_unit_test(a_box_finds_longitudes_however_told),
        cmocka_unit_test(what_does_not_fit_together_is_told),
        cmocka_unit_test(heights_must_rise),
        cmocka_unit_test(both_dialects_of_era5_give_the_same),
        cmocka_unit_test(monthly_means_are_a_climatology),
        cmocka_unit_test(every_dialect_is_the_same_grid),
        cmocka_unit_test(what_is_no_wind_in_netcdf_is_told),
        cmocka_unit_test(cut_files_are_refused),
        cmocka_unit_test(our_own_grib_cut_anywhere_is_refused),
        cmocka_unit_test(other_files_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
