/* Weather, ground and people from files, for drops. */
#define _GNU_SOURCE /* realpath */
#include "flow/drop_files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "io/path.h"

/* How far around the zones the air and the ground are read: loads drift 30 km at most. */
static const double MARGIN_DEG = 0.5;
/* Voids of the terrain that are filled from their neighbours. */
static const double FILL_M = 500;

/* ---- Where to read them: degrees west, south, east, north ---- */

static void add_point(double box[4], double lon_deg, double lat_deg)
{
    box[0] = fmin(box[0], lon_deg);
    box[1] = fmin(box[1], lat_deg);
    box[2] = fmax(box[2], lon_deg);
    box[3] = fmax(box[3], lat_deg);
}

static void add_zones(double box[4], const ab_operation *op, int32_t zone)
{
    for (int32_t z = 0; z < op->dropzones.count; z++) {
        const ab_shape *shape = &op->dropzones.at[z].shape;
        for (int32_t i = 0; (zone < 0 || z == zone) && i < shape->part_start[shape->part_count]; i++)
            add_point(box, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1]);
    }
}

/* Those that a survey asks about without zones. `unlevelled`: only those of which nobody says how high they lie. */
static void add_places(double box[4], const ab_operation *op, bool unlevelled)
{
    for (int32_t p = 0; p < op->places.count; p++) {
        const ab_place *place = &op->places.at[p];
        if (place->cut_off_since != AB_TIME_NONE && (!unlevelled || isnan(place->elev_msl_m)))
            add_point(box, place->lon_deg, place->lat_deg);
    }
}

static const double EMPTY[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};

static bool is_empty(const double box[4])
{
    return box[0] > box[2];
}

static void widen(double box[4])
{
    box[0] = fmax(box[0] - MARGIN_DEG, -180);
    box[1] = fmax(box[1] - MARGIN_DEG, -90);
    box[2] = fmin(box[2] + MARGIN_DEG, 180);
    box[3] = fmin(box[3] + MARGIN_DEG, 90);
}

/* ---- Reading ---- */

static bool lies_outside(const ab_file_place *place, const char *path)
{
    char *real = realpath(place->folder, NULL);
    bool outside = !real || !ab__path_lies_in(path, real);

    free(real);
    return outside;
}

/* The file that setting `key` names, added to `path`. */
static ab_status find_file(const ab_file_place *place, const char *key, const char *name, ab_buf *path, ab_error *err)
{
    char *real;

    if (!place->folder)
        return ab_fail(err, AB_USAGE,
                       "the setting %s names %s, but the operation was not read from a folder or a file beside which it could lie",
                       key, name);
    ab__buf_printf(path, "%s/%s", place->folder, name);
    if (path->failed)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    real = realpath(path->text, NULL);
    if (!real)
        return ab_fail(err, AB_IO, "the setting %s names %s, which is not there: put the file there, or leave the setting empty",
                       key, path->text);
    free(real);
    if (!place->allow_outside && lies_outside(place, path->text))
        return ab_fail(err, AB_IO, "the setting %s names %s, which leads out of the operation: --allow-outside lets it", key,
                       path->text);
    return AB_OK;
}

/* What is flawed stands in the issues; the failure says whose file it is. */
static ab_status blame(ab_status status, const char *key, const char *name, ab_error *err)
{
    return status == AB_FLAWED ? ab_fail(err, AB_FLAWED, "the setting %s names %s, which cannot be used as it is", key, name) : status;
}

static ab_status read_forecast(const char *name, const ab_file_place *place, const double box[4], ab_forecast **out,
                               ab_issues *issues, ab_error *err)
{
    ab_buf path = AB_BUF_INIT;

    if (!name[0] || is_empty(box))
        return AB_OK;
    ab_status status = find_file(place, "wind", name, &path, err);
    if (status == AB_OK)
        status = blame(ab_forecast_read(path.text, box, out, issues, err), "wind", name, err);
    ab__buf_free(&path);
    return status;
}

static bool is_short(ab_status status, ab_issues *issues)
{
    int32_t count = ab_issues_count(issues);
    return status == AB_FLAWED && count > 0 && ab_issues_at(issues, count - 1)->code == AB_ISSUE_WEATHER_AREA;
}

/* Of terrain that does not reach so far all of it: whether that is enough is seen where loads fall. */
static ab_status read_heights(const char *path, const double box[4], ab_terrain **out, ab_issues *issues, ab_error *err)
{
    ab_issues *first = ab_issues_new(0);

    if (!first)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    ab_status status = ab_terrain_read(path, box, FILL_M, out, first, err);
    if (is_short(status, first))
        status = ab_terrain_read(path, NULL, FILL_M, out, issues, err);
    else
        for (int32_t i = 0; i < ab_issues_count(first); i++)
            ab_issues_add(issues, ab_issues_at(first, i));
    ab_issues_free(first);
    return status;
}

/* A raster of heights, or of people, who must be known wherever loads could fall. */
static ab_status read_raster(const char *key, const char *name, const ab_file_place *place, const double box[4], bool heights,
                             ab_terrain **out, ab_issues *issues, ab_error *err)
{
    ab_buf path = AB_BUF_INIT;

    if (!name[0] || is_empty(box))
        return AB_OK;
    ab_status status = find_file(place, key, name, &path, err);
    if (status == AB_OK) {
        status = heights ? read_heights(path.text, box, out, issues, err) : ab_terrain_read(path.text, box, FILL_M, out, issues, err);
        status = blame(status, key, name, err);
    }
    ab__buf_free(&path);
    return status;
}

ab_status ab__drop_files_read(const ab_operation *op, int32_t zone, bool places, const ab_file_place *place, ab_drop_files *out,
                              ab_issues *issues, ab_error *err)
{
    const ab_settings *settings = op->settings;
    double air[4], ground[4], people[4];

    *out = (ab_drop_files){.forecast = NULL};
    memcpy(people, EMPTY, sizeof people);
    add_zones(people, op, zone);
    memcpy(air, people, sizeof air);
    memcpy(ground, people, sizeof ground);
    if (places) {
        add_places(air, op, false);
        add_places(ground, op, true);
    }
    widen(air);
    widen(ground);
    widen(people);
    ab_status status = read_forecast(settings->wind, place, air, &out->forecast, issues, err);
    if (status == AB_OK)
        status = read_raster("terrain", settings->terrain, place, ground, true, &out->terrain, issues, err);
    if (status == AB_OK)
        status = read_raster("density", settings->density, place, people, false, &out->people, issues, err);
    return status;
}

void ab__drop_files_free(ab_drop_files *files)
{
    ab_terrain_free(files->people);
    ab_terrain_free(files->terrain);
    ab_forecast_free(files->forecast);
    *files = (ab_drop_files){.forecast = NULL};
}
