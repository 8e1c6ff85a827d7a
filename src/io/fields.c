/* Fields of a forecast: cut to a box, and laid out by time, member and level. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/weather.h"

enum { MARGIN = 2 };

static const char *const field_names[AB_FIELDS] = {"u", "v", "height", "temperature"};

/* ---- Cutting ----------------------------------------------------------------------------------- */

static ab_status not_covered(ab_weather *from, const ab_lattice *whole, int32_t code)
{
    const double *box = from->box_wsen_deg;

    return ab__weather_flaw(
        from, code, 0, "a grid that covers the area asked for",
        "ask the service for that area with half a degree around it",
        "%.4g to %.4g E, %.4g to %.4g N for %.4g to %.4g E, %.4g to %.4g N", whole->lon_deg,
        whole->lon_deg + (whole->lons - 1) * whole->step_lon_deg, whole->lat_deg,
        whole->lat_deg + (whole->lats - 1) * whole->step_lat_deg, box[0], box[2], box[1], box[3]);
}

/* The span [*first, *last] of points between low and high, with a margin; before it is held within the axis. */
static void span(double low, double high, double start, double step, double *first, double *last)
{
    *first = floor((low - start) / step + 1e-6) - MARGIN;
    *last = ceil((high - start) / step - 1e-6) + MARGIN;
}

/* Longitudes of a part of the globe, which may be told as 350 where the box says -10. false: none. */
static bool cut_lons(const ab_lattice *whole, const double *box, ab_cut *out, bool *partly)
{
    double end = (whole->lons - 1) * whole->step_lon_deg;
    double shift = 360 * ceil((box[0] - end - whole->lon_deg) / 360 - 1e-9);
    double start = whole->lon_deg + shift, first, last;

    if (start > box[2])
        return false;
    *partly = *partly || start > box[0] + 1e-6 || start + end < box[2] - 1e-6;
    span(box[0], box[2], start, whole->step_lon_deg, &first, &last);
    first = first > 0 ? first : 0;
    last = last < whole->lons - 1 ? last : whole->lons - 1;
    out->first_lon = (int32_t)first;
    out->lattice.lons = (int32_t)(last - first) + 1;
    out->lattice.lon_deg = start + first * whole->step_lon_deg;
    return true;
}

/* Longitudes of the whole globe. */
static void cut_globe(const ab_lattice *whole, const double *box, ab_cut *out)
{
    double first, last;

    span(box[0], box[2], whole->lon_deg, whole->step_lon_deg, &first, &last);
    if (last - first + 1 >= whole->lons)
        return;
    out->lattice.lons = (int32_t)(last - first) + 1;
    out->lattice.lon_deg = whole->lon_deg + first * whole->step_lon_deg;
    out->lattice.wraps = false;
    double turned = fmod(first, whole->lons);
    out->first_lon = (int32_t)(turned < 0 ? turned + whole->lons : turned);
}

ab_status ab__lattice_cut(ab_weather *from, const ab_lattice *whole, ab_cut *out)
{
    const double *box = from->box_wsen_deg;
    double first, last, end = whole->lat_deg + (whole->lats - 1) * whole->step_lat_deg;
    bool partly = false;

    *out = (ab_cut){.lattice = *whole};
    if (box == NULL)
        return AB_OK;
    if (box[1] > end + 1e-6 || box[3] < whole->lat_deg - 1e-6)
        return not_covered(from, whole, AB_ISSUE_WEATHER_AREA);
    if (whole->wraps)
        cut_globe(whole, box, out);
    else if (!cut_lons(whole, box, out, &partly))
        return not_covered(from, whole, AB_ISSUE_WEATHER_AREA);
    span(box[1], box[3], whole->lat_deg, whole->step_lat_deg, &first, &last);
    first = first > 0 ? first : 0;
    last = last < whole->lats - 1 ? last : whole->lats - 1;
    out->first_lat = (int32_t)first;
    out->lattice.lats = (int32_t)(last - first) + 1;
    out->lattice.lat_deg = whole->lat_deg + first * whole->step_lat_deg;
    partly = partly || whole->lat_deg > box[1] + 1e-6 || end < box[3] - 1e-6;
    return partly ? not_covered(from, whole, AB_ISSUE_WEATHER_PARTLY) : AB_OK;
}

float *ab__fields_add(ab_weather *from, ab_fields *fields, ab_plane plane)
{
    size_t cells = (size_t)fields->cut.lattice.lons * (size_t)fields->cut.lattice.lats;

    if (((size_t)fields->planes.count + 1) * cells > (size_t)AB_FIELDS * AB_FIELD_VALUES_MAX) {
        (void)ab_fail(
            from->err, AB_IO,
            "%s holds more than %d values of a field for this area: ask for fewer hours, levels or members",
            from->name, AB_FIELD_VALUES_MAX);
        return NULL;
    }
    ab_plane *added = AB_PUSH(&fields->planes);
    float *values = added != NULL ? AB_NEW(from->arena, float, cells) : NULL;
    if (values == NULL) {
        (void)ab__weather_no_memory(from);
        return NULL;
    }
    *added = plane;
    added->values = values;
    return values;
}

/* ---- Laying out -------------------------------------------------------------------------------- */

/* What the planes speak of, each sorted and once. */
typedef struct axes {
    int32_t times, members, levels;
    ab_time *time;
    int32_t *member;
    double *pressure_pa;    /* falling */
    const ab_plane **plane; /* [AB_FIELDS][times][members][levels]; NULL: not there */
} axes;

static int by_time(const void *a, const void *b)
{
    ab_time x = *(const ab_time *)a, y = *(const ab_time *)b;
    return (x > y) - (x < y);
}

static int by_member(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Sorts `count` things and drops those that are there already; returns how many are left. */
static int32_t sort_once(void *at, int32_t count, size_t size,
                         int (*order)(const void *, const void *))
{
    char *bytes = at;
    int32_t kept = 0;

    qsort(at, (size_t)count, size, order);
    for (int32_t i = 0; i < count; i++)
        if (kept == 0 || order(bytes + (size_t)(kept - 1) * size, bytes + (size_t)i * size) != 0)
            memmove(bytes + (size_t)kept++ * size, bytes + (size_t)i * size, size);
    return kept;
}

static int32_t place_in(const void *key, const void *at, int32_t count, size_t size,
                        int (*order)(const void *, const void *))
{
    const char *found = bsearch(key, at, (size_t)count, size, order);
    return (int32_t)((size_t)(found - (const char *)at) / size);
}

static size_t slot(const axes *all, int field, int32_t time, int32_t member, int32_t level)
{
    return (((size_t)field * (size_t)all->times + (size_t)time) * (size_t)all->members +
            (size_t)member) *
               (size_t)all->levels +
           (size_t)level;
}

static bool find_axes(ab_weather *from, const ab_fields *fields, axes *all)
{
    int32_t count = fields->planes.count;

    all->time = AB_NEW(from->arena, ab_time, count);
    all->member = AB_NEW(from->arena, int32_t, count);
    all->pressure_pa = AB_NEW(from->arena, double, count);
    if (all->time == NULL || all->member == NULL || all->pressure_pa == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        all->time[i] = fields->planes.at[i].valid_at;
        all->member[i] = fields->planes.at[i].member;
        all->pressure_pa[i] = fields->planes.at[i].pressure_pa;
    }
    all->times = sort_once(all->time, count, sizeof *all->time, by_time);
    all->members = sort_once(all->member, count, sizeof *all->member, by_member);
    all->levels = sort_once(all->pressure_pa, count, sizeof *all->pressure_pa, falling);
    return true;
}

static bool same_values(const ab_plane *a, const ab_plane *b, size_t cells)
{
    for (size_t i = 0; i < cells; i++)
        if (a->values[i] != b->values[i] && !(isnan(a->values[i]) && isnan(b->values[i])))
            return false;
    return true;
}

static ab_status told_twice(ab_weather *from, const ab_plane *plane)
{
    char time[AB_TIME_TEXT_CAP];

    return ab__weather_flaw(from, AB_ISSUE_WEATHER_FIELDS, plane->message,
                            "each field once for a time, level and member",
                            "keep one run of the forecast in the file",
                            "%s at %g hPa for %s (member %d) a second time, with other values",
                            field_names[(int)plane->field], plane->pressure_pa / 100,
                            ab_time_format(plane->valid_at, time), (int)plane->member);
}

static ab_status find_places(ab_weather *from, const ab_fields *fields, axes *all)
{
    size_t cells = (size_t)fields->cut.lattice.lons * (size_t)fields->cut.lattice.lats;
    size_t slots = slot(all, AB_FIELDS, 0, 0, 0);

    /* One plane each would fill a fraction of them only where hours, levels and members hardly meet. */
    if (slots > 64 * (size_t)fields->planes.count)
        return ab__weather_flaw(
            from, AB_ISSUE_WEATHER_FIELDS, 0, "every field at every hour, level and member",
            "ask for the same levels at all hours and members",
            "%d fields for %d hours, %d members and %d levels", (int)fields->planes.count,
            (int)all->times, (int)all->members, (int)all->levels);
    all->plane = AB_NEW(from->arena, const ab_plane *, slots);
    if (all->plane == NULL)
        return ab__weather_no_memory(from);
    for (int32_t i = 0; i < fields->planes.count; i++) {
        const ab_plane *plane = &fields->planes.at[i];
        const ab_plane **place = &all->plane[slot(
            all, (int)plane->field,
            place_in(&plane->valid_at, all->time, all->times, sizeof *all->time, by_time),
            place_in(&plane->member, all->member, all->members, sizeof *all->member, by_member),
            place_in(&plane->pressure_pa, all->pressure_pa, all->levels, sizeof *all->pressure_pa,
                     falling))];
        if (*place != NULL && !same_values(*place, plane, cells))
            return told_twice(from, plane);
        *place = plane;
    }
    return AB_OK;
}

/* At how many hours and members the field is there at this level. */
static int32_t told(const axes *all, int field, int32_t level)
{
    int32_t count = 0;

    for (int32_t t = 0; t < all->times; t++)
        for (int32_t m = 0; m < all->members; m++)
            count += all->plane[slot(all, field, t, m, level)] != NULL;
    return count;
}

static int32_t told_anywhere(const axes *all, int field)
{
    int32_t count = 0;

    for (int32_t level = 0; level < all->levels; level++)
        count += told(all, field, level);
    return count;
}

/* No level has all: says what there is. */
static ab_status nothing_whole(ab_weather *from, const axes *all)
{
    ab_buf has = AB_BUF_INIT, lacks = AB_BUF_INIT;

    for (int f = 0; f < AB_FIELDS; f++) {
        ab_buf *to = told_anywhere(all, f) > 0 ? &has : &lacks;
        if (to == &has || f != AB_FIELD_TEMP)
            ab__buf_printf(to, "%s%s", to->size > 0 ? ", " : "", field_names[f]);
    }
    ab_status status = ab__weather_flaw(
        from, AB_ISSUE_WEATHER_FIELDS, 0,
        "u, v and geopotential (or its height) at the same pressure levels",
        "download u, v, geopotential and temperature for the same hours and levels",
        "%s at %d levels, %d hours, %d members; %s%s", ab__buf_text(&has), (int)all->levels,
        (int)all->times, (int)all->members, lacks.size > 0 ? "no " : "never together",
        ab__buf_text(&lacks));
    ab__buf_free(&has);
    ab__buf_free(&lacks);
    return status;
}

/* Drops levels that lack a field altogether. `kept` has all->levels places. */
static ab_status choose_levels(ab_weather *from, const axes *all, int32_t *kept, int32_t *count)
{
    ab_buf dropped = AB_BUF_INIT;
    ab_status status = AB_OK;

    *count = 0;
    for (int32_t level = 0; level < all->levels; level++) {
        if (told(all, AB_FIELD_U, level) > 0 && told(all, AB_FIELD_V, level) > 0 &&
            told(all, AB_FIELD_HEIGHT, level) > 0)
            kept[(*count)++] = level;
        else
            ab__buf_printf(&dropped, "%s%g", dropped.size > 0 ? ", " : "",
                           all->pressure_pa[level] / 100);
    }
    if (*count == 0)
        status = nothing_whole(from, all);
    else if (dropped.size > 0)
        status = ab__weather_flaw(from, AB_ISSUE_WEATHER_PARTLY, 0, "u, v and height at each level",
                                  "ask for the levels again if they are needed",
                                  "levels left out, in hPa: %s", ab__buf_text(&dropped));
    ab__buf_free(&dropped);
    return status;
}

static ab_status lacks(ab_weather *from, const axes *all, int field, int32_t t, int32_t m,
                       int32_t level)
{
    char time[AB_TIME_TEXT_CAP];

    return ab__weather_flaw(
        from, AB_ISSUE_WEATHER_FIELDS, 0, "every field at every hour, level and member",
        "download the file again, with the same levels for all hours and members",
        "no %s at %g hPa for %s, member %d", field_names[field], all->pressure_pa[level] / 100,
        ab_time_format(all->time[t], time), (int)all->member[m]);
}

/* Puts the planes of a field one behind the other; those of temperature that are not there become NAN. */
static ab_status lay_field(ab_weather *from, const axes *all, const int32_t *kept,
                           ab_forecast_grid *grid, int field, const float **out)
{
    size_t cells = (size_t)grid->lons * (size_t)grid->lats;
    size_t planes = (size_t)grid->times * (size_t)grid->members * (size_t)grid->levels;

    if (planes * cells > AB_FIELD_VALUES_MAX)
        return ab_fail(
            from->err, AB_IO,
            "%s holds more than %d values of a field for this area: ask for fewer hours, levels or members",
            from->name, AB_FIELD_VALUES_MAX);
    float *values = AB_NEW(from->arena, float, planes *cells), *next = values;
    if (values == NULL)
        return ab__weather_no_memory(from);
    for (int32_t t = 0; t < grid->times; t++)
        for (int32_t m = 0; m < grid->members; m++)
            for (int32_t l = 0; l < grid->levels; l++, next += cells) {
                const ab_plane *plane = all->plane[slot(all, field, t, m, kept[l])];
                if (plane != NULL)
                    memcpy(next, plane->values, cells * sizeof *next);
                else if (field != AB_FIELD_TEMP)
                    return lacks(from, all, field, t, m, kept[l]);
                for (size_t i = 0; plane == NULL && i < cells; i++)
                    next[i] = NAN;
            }
    *out = values;
    return AB_OK;
}

/* Heights rise as pressure falls, wherever both are told. */
static ab_status check_heights(ab_weather *from, const ab_forecast_grid *grid)
{
    size_t cells = (size_t)grid->lons * (size_t)grid->lats;
    size_t columns = (size_t)grid->times * (size_t)grid->members;

    for (size_t c = 0; c < columns; c++)
        for (int32_t l = 1; l < grid->levels; l++) {
            const float *upper =
                grid->height_msl_m + (c * (size_t)grid->levels + (size_t)l) * cells;
            for (size_t i = 0; i < cells; i++)
                if (upper[i] <= (upper - cells)[i])
                    return ab__weather_flaw(
                        from, AB_ISSUE_WEATHER_LEVELS, 0, "heights that rise as pressure falls",
                        "have the file made again: levels or heights are mixed up",
                        "%.0f m at %g hPa above %.0f m at %g hPa", (double)(upper - cells)[i],
                        grid->pressure_pa[l - 1] / 100, (double)upper[i],
                        grid->pressure_pa[l] / 100);
        }
    return AB_OK;
}

static ab_status lay_out(ab_weather *from, const axes *all, const int32_t *kept,
                         ab_forecast_grid *grid)
{
    const float **fields[AB_FIELDS] = {&grid->wind_e_mps, &grid->wind_n_mps, &grid->height_msl_m,
                                       &grid->temp_k};
    double *pressure_pa = AB_NEW(from->arena, double, grid->levels);

    if (pressure_pa == NULL)
        return ab__weather_no_memory(from);
    for (int32_t l = 0; l < grid->levels; l++)
        pressure_pa[l] = all->pressure_pa[kept[l]];
    grid->pressure_pa = pressure_pa;
    for (int f = 0; f < AB_FIELDS; f++) {
        if (f == AB_FIELD_TEMP && told_anywhere(all, f) == 0)
            continue;
        ab_status status = lay_field(from, all, kept, grid, f, fields[f]);
        if (status != AB_OK)
            return status;
    }
    return check_heights(from, grid);
}

ab_status ab__fields_grid(ab_weather *from, ab_fields *fields)
{
    const ab_lattice *cut = &fields->cut.lattice;
    ab_forecast_grid *grid = AB_NEW(from->arena, ab_forecast_grid, 1);
    axes all = {.times = 0};
    int32_t levels = 0;

    if (grid == NULL || !find_axes(from, fields, &all))
        return ab__weather_no_memory(from);
    ab_status status = find_places(from, fields, &all);
    int32_t *kept = AB_NEW(from->arena, int32_t, all.levels);
    if (status == AB_OK && kept == NULL)
        status = ab__weather_no_memory(from);
    if (status == AB_OK)
        status = choose_levels(from, &all, kept, &levels);
    if (status != AB_OK)
        return status;
    *grid = (ab_forecast_grid){.times = all.times,
                               .members = all.members,
                               .levels = levels,
                               .lats = cut->lats,
                               .lons = cut->lons,
                               .valid_at = all.time,
                               .issued_at = fields->issued_at,
                               .analysis = fields->analysis && fields->kind == AB_WIND_FORECAST,
                               .kind = fields->kind,
                               .lon_deg = cut->lon_deg,
                               .lat_deg = cut->lat_deg,
                               .step_lon_deg = cut->step_lon_deg,
                               .step_lat_deg = cut->step_lat_deg,
                               .wraps = cut->wraps};
    status = lay_out(from, &all, kept, grid);
    from->forecast->grid = status == AB_OK ? grid : NULL;
    return status;
}
