/* Terrain: shared tiles against what is known of them, rasters that we write, holes, and what is refused. */
#include "io/support.h"

#include <gdal.h>

#include "io/weather_support.h"

static const char RAINIER[] = "terrain/srtm3_N46W122_mt_rainier_90m.tif",
                  FUJI[] = "terrain/srtm3_N35E138_mt_fuji_90m.tif";
static const char RAINIER_HGT[] = "terrain/N46W122.hgt",
                  LEVANT[] = "terrain/etopo5_levant_iraq_30-49E_28-42N.nc";

static double highest(const ab_terrain *t)
{
    double most = -1e9;

    for (size_t i = 0; i < (size_t)t->lons * (size_t)t->lats; i++)
        most = fmax(most, (double)t->height_msl_m[i]);
    return most;
}

static void tiles_have_their_summits_and_holes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double top_m;
        int64_t voids;
    } tiles[] = {{RAINIER, 4371, 9033}, {RAINIER_HGT, 4371, 9033}, {FUJI, 3742, 2437}};

    for (size_t i = 0; i < sizeof tiles / sizeof tiles[0]; i++) {
        char *path = shared_file(tiles[i].name);
        if (path == NULL)
            skip();
        reading_of r = read_terrain(path, NULL, 0);
        assert_int_equal(r.status, AB_OK);
        assert_int_equal(r.terrain->voids, tiles[i].voids);
        assert_int_equal(r.terrain->filled, 0);
        assert_int_equal(r.terrain->lons, 1201);
        assert_true(highest(r.terrain) == tiles[i].top_m);
        assert_int_equal(ab_issues_at(r.issues, 0)->code, AB_ISSUE_TERRAIN_VOIDS);
        end_reading(&r);
        free(path);
    }
}

/* Rows of an .hgt run as those of the GeoTIFF that it was made from, and lie where they lie. */
static void an_hgt_is_its_geotiff(void **state)
{
    (void)state;
    char *tif = shared_file(RAINIER), *hgt = shared_file(RAINIER_HGT);
    if (tif == NULL || hgt == NULL)
        skip();
    reading_of a = read_terrain(tif, NULL, 400), b = read_terrain(hgt, NULL, 400);

    assert_true(fabs(a.terrain->lon_deg - b.terrain->lon_deg) < 1e-9 &&
                fabs(a.terrain->lon_deg + 122) < 1e-9);
    assert_true(fabs(a.terrain->lat_deg - b.terrain->lat_deg) < 1e-9 &&
                fabs(a.terrain->lat_deg - 47) < 1e-9);
    assert_memory_equal(a.terrain->height_msl_m, b.terrain->height_msl_m,
                        (size_t)1201 * 1201 * sizeof(float));
    end_reading(&a);
    end_reading(&b);
    free(tif);
    free(hgt);
}

/* What is filled lies within the heights around it, none from farther than asked; more reach fills no less. */
static void holes_are_filled_from_what_is_near(void **state)
{
    (void)state;
    char *path = shared_file(RAINIER);
    if (path == NULL)
        skip();
    reading_of raw = read_terrain(path, NULL, 0);
    const ab_terrain *t = raw.terrain;
    int64_t filled_before = 0;

    for (double fill_m = 100; fill_m <= 3200; fill_m *= 2) {
        reading_of r = read_terrain(path, NULL, fill_m);
        assert_int_equal(r.terrain->voids, t->voids);
        assert_true(r.terrain->filled >= filled_before);
        filled_before = r.terrain->filled;
        int64_t left = 0;
        for (size_t i = 0; i < (size_t)1201 * 1201; i++) {
            left += isnan(r.terrain->height_msl_m[i]);
            if (!isnan(t->height_msl_m[i]))
                assert_true(r.terrain->height_msl_m[i] == t->height_msl_m[i]);
            else if (!isnan(r.terrain->height_msl_m[i]))
                assert_in_range((int)r.terrain->height_msl_m[i], 263, 4371);
        }
        assert_int_equal(left, r.terrain->voids - r.terrain->filled);
        end_reading(&r);
    }
    assert_int_equal(filled_before, t->voids);
    end_reading(&raw);
    free(path);
}

static void a_box_cuts_and_must_be_covered(void **state)
{
    (void)state;
    static const double inside[4] = {-121.9, 46.3, -121.5, 46.9},
                        beyond[4] = {-121.9, 46.3, -120.5, 46.9}, region[4] = {38, 34, 41, 36};
    char *path = shared_file(RAINIER), *levant = shared_file(LEVANT);
    if (path == NULL || levant == NULL)
        skip();
    reading_of all = read_terrain(path, NULL, 0), r = read_terrain(path, inside, 0);

    assert_true(r.terrain->lons < 500 && r.terrain->lats < 740);
    for (double lon = -121.9; lon <= -121.5; lon += 0.0137)
        for (double lat = 46.3; lat <= 46.9; lat += 0.0173) {
            double a = ab_terrain_height_m(all.terrain, lon, lat),
                   b = ab_terrain_height_m(r.terrain, lon, lat);
            assert_true((isnan(a) && isnan(b)) || fabs(a - b) < 1e-3);
        }
    assert_true(isnan(ab_terrain_height_m(all.terrain, -120.5, 46.5)));
    assert_true(isnan(ab_terrain_height_m(all.terrain, -121.5, 45.5)));
    end_reading(&r);
    end_reading(&all);
    r = read_terrain(path, beyond, 0);
    assert_refused(&r, AB_ISSUE_WEATHER_AREA, "-122 to -121 E, 46 to 47 N for -121.9 to -120.5 E");
    r = read_terrain(levant, region, 0);
    assert_int_equal(r.status, AB_OK);
    assert_true(r.terrain->step_lat_deg < 0 && r.terrain->lat_deg > 36);
    end_reading(&r);
    free(path);
    free(levant);
}

/* ---- Rasters that we write ------------------------------------------------------------------------ */

enum { WIDE = 8, HIGH = 6 };

static const double corner[6] = {36, 0.25, 0, 35, 0, -0.25};

/* A plane of heights, with a hole in it. */
static double plane_m(int i, int j)
{
    return 100 + 8 * i + 16 * j;
}

static char *write_tiff(const char *folder, const char *name, const double to[6],
                        const char *projection)
{
    char *path = path_in(folder, name);
    float values[WIDE * HIGH];

    GDALAllRegister();
    GDALDatasetH data =
        GDALCreate(GDALGetDriverByName("GTiff"), path, WIDE, HIGH, 1, GDT_Float32, NULL);
    assert_non_null(data);
    for (int j = 0; j < HIGH; j++)
        for (int i = 0; i < WIDE; i++)
            values[j * WIDE + i] = i == 3 && j == 2 ? -32768 : (float)plane_m(i, j);
    (void)GDALSetGeoTransform(data, (double *)(uintptr_t)to);
    if (projection != NULL)
        (void)GDALSetProjection(data, projection);
    assert_int_equal(GDALRasterIO(GDALGetRasterBand(data, 1), GF_Write, 0, 0, WIDE, HIGH, values,
                                  WIDE, HIGH, GDT_Float32, 0, 0),
                     0);
    (void)GDALClose(data);
    return path;
}

static void heights_are_bilinear(void **state)
{
    (void)state;
    char *folder = make_folder(), *path = write_tiff(folder, "plane.tif", corner, NULL);
    reading_of r = read_terrain(path, NULL, 50000);

    assert_int_equal(r.status, AB_OK);
    assert_int_equal(r.terrain->voids, 1);
    assert_int_equal(r.terrain->filled, 1);
    assert_true(fabs((double)r.terrain->height_msl_m[2 * WIDE + 3] - plane_m(3, 2)) <
                0.6); /* neighbours on all sides */
    for (double x = 0; x <= WIDE - 1; x += 0.3)
        for (double y = 0; y <= HIGH - 1; y += 0.3) {
            double found = ab_terrain_height_m(r.terrain, 36.125 + 0.25 * x, 34.875 - 0.25 * y);
            bool by_the_hole = fabs(x - 3) < 1 && fabs(y - 2) < 1;
            assert_true(fabs(found - (100 + 8 * x + 16 * y)) < (by_the_hole ? 0.6 : 1e-3));
        }
    end_reading(&r);
    r = read_terrain(path, NULL, 0);
    assert_true(isnan(ab_terrain_height_m(r.terrain, 36.125 + 0.25 * 3.5, 34.875 - 0.25 * 2)));
    assert_true(!isnan(ab_terrain_height_m(r.terrain, 36.125 + 0.25 * 4, 34.875 - 0.25 * 2)));
    end_reading(&r);
    free(path);
    remove_folder(folder);
}

/* The same as an ASCII grid, which people type. */
static void an_ascii_grid_is_read(void **state)
{
    (void)state;
    static const char grid[] =
        "ncols 3\nnrows 2\nxllcorner 36\nyllcorner 34\ncellsize 0.5\nNODATA_value -9999\n"
        "10 20 30\n40 -9999 60\n";
    char *folder = make_folder(), *path = path_in(folder, "hills.asc");

    write_text(folder, "hills.asc", grid);
    reading_of r = read_terrain(path, NULL, 0);
    assert_int_equal(r.status, AB_OK);
    assert_int_equal(r.terrain->voids, 1);
    assert_true(ab_terrain_height_m(r.terrain, 36.25, 34.75) == 10);
    assert_true(ab_terrain_height_m(r.terrain, 37.25, 34.25) == 60);
    end_reading(&r);
    free(path);
    remove_folder(folder);
}

static void other_coordinates_and_files_are_refused(void **state)
{
    (void)state;
    static const double metres[6] = {500000, 30, 0, 4000000, 0, -30},
                        turned[6] = {36, 0.2, 0.1, 35, 0.1, -0.2};
    static const char utm[] =
        "PROJCS[\"UTM 37N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
        "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",39],PARAMETER[\"scale_factor\",0.9996],"
        "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";
    char *folder = make_folder(), *path = write_tiff(folder, "utm.tif", metres, utm);
    reading_of r = read_terrain(path, NULL, 0);
    assert_refused(&r, AB_ISSUE_OTHER_COORDINATES, "UTM zone 37N");
    free(path);
    path = write_tiff(folder, "turned.tif", turned, NULL);
    r = read_terrain(path, NULL, 0);
    assert_refused(&r, AB_ISSUE_OTHER_COORDINATES, "others");
    free(path);
    /* A VRT may name any file or server: it is never opened. */
    write_text(folder, "a.vrt", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>");
    path = path_in(folder, "a.vrt");
    r = read_terrain(path, NULL, 0);
    assert_int_equal(r.status, AB_IO);
    assert_non_null(strstr(r.err.message, "no terrain"));
    end_reading(&r);
    free(path);
    r = read_terrain("/vsicurl/http://localhost/a.tif", NULL, 0);
    assert_int_equal(r.status, AB_IO);
    end_reading(&r);
    remove_folder(folder);
}

/* Cut anywhere, a tile is refused, or an .hgt no tile any more. */
static void cut_terrain_is_refused(void **state)
{
    (void)state;
    static const char *const names[] = {RAINIER, RAINIER_HGT, LEVANT};
    static const char *const as[] = {"a.tif", "N46W122.hgt", "a.nc"};
    char *folder = make_folder();

    for (size_t n = 0; n < 3; n++) {
        char *source = shared_file(names[n]), *path = path_in(folder, as[n]);
        if (source == NULL)
            skip();
        ab_buf bytes = read_file(source);
        size_t step = bytes.size / (997 * 40) * 997 + 997;
        for (size_t size = 0; size < bytes.size; size += step) {
            write_file(folder, as[n], bytes.text, size);
            reading_of r = read_terrain(path, NULL, 0);
            if (r.status == AB_OK)
                fail_msg("%s is taken for whole when cut to %zu bytes", names[n], size);
            assert_true(r.err.message[0] != '\0');
            end_reading(&r);
        }
        ab__buf_free(&bytes);
        free(source);
        free(path);
    }
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_have_their_summits_and_holes),
        cmocka_unit_test(an_hgt_is_its_geotiff),
        cmocka_unit_test(holes_are_filled_from_what_is_near),
        cmocka_unit_test(a_box_cuts_and_must_be_covered),
        cmocka_unit_test(heights_are_bilinear),
        cmocka_unit_test(an_ascii_grid_is_read),
        cmocka_unit_test(other_coordinates_and_files_are_refused),
        cmocka_unit_test(cut_terrain_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
