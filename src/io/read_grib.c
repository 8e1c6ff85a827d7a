/* GRIB 1 and 2 by ecCodes: winds, temperatures and geopotential on pressure levels of a regular grid. */
#include <eccodes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/weather.h"

enum { WORD_CAP = 64, GRID_POINTS_MAX = 1 << 26, JUNK_MAX = 256, MEMBERS_MAX = 10000 };
enum { GRIB1_HEADER = 8, GRIB2_HEADER = 16, END_SIZE = 4 };

/* ---- Messages ---------------------------------------------------------------------------------- */

typedef struct message {
    int64_t number; /* from 1 */
    const char *at;
    size_t size;
    int fields; /* GRIB 2 may hold several */
} message;

typedef struct grib {
    ab_weather *from;
    ab_fields fields;
    bool has_grid;
    bool is_forecast;
    ab_time issued_at;      /* the earliest */
    int64_t other_level_at; /* message: the first wind that is not on pressure levels; 0: none */
    char other_level[WORD_CAP];
    char first_seen[WORD_CAP]; /* a parameter that is none of ours */
} grib;

static size_t big_endian(const char *bytes, int count)
{
    size_t number = 0;

    for (int i = 0; i < count; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static ab_status cut_off(ab_weather *from, int64_t number, const char *found)
{
    return ab__weather_flaw(from, AB_ISSUE_WEATHER_CUT_OFF, number,
                            "whole messages, each ended by 7777", "download the file again", "%s",
                            found);
}

/* Bytes up to the next "GRIB", or the end. Headings of bulletins and padding may stand between messages. */
static ab_status pass_over(ab_weather *from, size_t *at, int64_t number)
{
    const ab_buf *bytes = from->bytes;
    size_t begin = *at, junk = 0;

    while (*at < bytes->size &&
           (bytes->size - *at < END_SIZE || memcmp(bytes->text + *at, "GRIB", END_SIZE) != 0)) {
        junk += bytes->text[*at] != '\0';
        (*at)++;
    }
    if (junk > JUNK_MAX || (*at == bytes->size && junk > 0 && begin > 0))
        return cut_off(from, number, "bytes that are no message");
    return AB_OK;
}

/* Sections of a GRIB 2 message lie one behind the other; counts those that hold data. 0: they do not. */
static int count_fields(const char *text, size_t size)
{
    size_t at = GRIB2_HEADER;
    int fields = 0;

    while (at + END_SIZE < size) {
        size_t length = size - at >= 5 ? big_endian(text + at, 4) : 0;
        if (length < 5 || length > size - END_SIZE - at)
            return 0;
        fields += text[at + 4] == 7;
        at += length;
    }
    return fields;
}

/* The message that begins at `at`. */
static ab_status take_message(ab_weather *from, size_t at, message *out)
{
    const char *text = from->bytes->text + at;
    size_t left = from->bytes->size - at;

    out->at = text;
    out->fields = 1;
    if (left < GRIB1_HEADER || (text[7] == 2 && left < GRIB2_HEADER))
        return cut_off(from, out->number, "the file ends in its first bytes");
    if (text[7] != 1 && text[7] != 2)
        return cut_off(from, out->number, "neither GRIB 1 nor GRIB 2");
    out->size = text[7] == 1 ? big_endian(text + 4, 3) : big_endian(text + 8, 8);
    if (text[7] == 1 && out->size >= 0x800000)
        return ab__weather_flaw(
            from, AB_ISSUE_WEATHER_GRID, out->number, "messages of at most 8 MiB in GRIB 1",
            "ask for a smaller area, or for GRIB 2", "a message of more than 8 MiB");
    if (out->size > left)
        return ab__weather_flaw(from, AB_ISSUE_WEATHER_CUT_OFF, out->number,
                                "whole messages, each ended by 7777", "download the file again",
                                "%zu of %zu bytes", left, out->size);
    if (out->size < GRIB1_HEADER + END_SIZE ||
        memcmp(text + out->size - END_SIZE, "7777", END_SIZE) != 0)
        return cut_off(from, out->number, "no 7777 at its end");
    if (text[7] == 2)
        out->fields = count_fields(text, out->size);
    return out->fields > 0 ? AB_OK : cut_off(from, out->number, "sections that do not fit into it");
}

/* ---- One field --------------------------------------------------------------------------------- */

static const char *word(codes_handle *h, const char *key, char out[WORD_CAP])
{
    size_t size = WORD_CAP;

    if (codes_get_string(h, key, out, &size) != CODES_SUCCESS)
        out[0] = '\0';
    out[WORD_CAP - 1] = '\0';
    return out;
}

static long whole_number(codes_handle *h, const char *key, long otherwise)
{
    long value = otherwise;

    return codes_get_long(h, key, &value) == CODES_SUCCESS ? value : otherwise;
}

static double real_number(codes_handle *h, const char *key)
{
    double value = NAN;

    return codes_get_double(h, key, &value) == CODES_SUCCESS ? value : NAN;
}

/* By ECMWF's parameter numbers, which ecCodes has for other centres' tables too. `geopotential`: still to be divided by g. */
static bool field_of(codes_handle *h, ab_field *out, bool *geopotential)
{
    long number = whole_number(h, "paramId", 0);

    *geopotential = number == 129;
    switch (number) {
    case 131:
        *out = AB_FIELD_U;
        return true;
    case 132:
        *out = AB_FIELD_V;
        return true;
    case 130:
        *out = AB_FIELD_TEMP;
        return true;
    case 129:
    case 156:
        *out = AB_FIELD_HEIGHT;
        return true;
    default:
        return false;
    }
}

static bool is_climatology(codes_handle *h)
{
    static const char *const streams[] = {"moda", "mnth", "edmo", "mofm", "sfmm", "mmsf"};
    char stream[WORD_CAP];

    (void)word(h, "stream", stream);
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++)
        if (strcmp(stream, streams[i]) == 0)
            return true;
    return false;
}

/* A date as 20110115 and a time of day as 1200. */
static bool time_of(codes_handle *h, const char *date_key, const char *clock_key, ab_time *out)
{
    long date = whole_number(h, date_key, 0), clock = whole_number(h, clock_key, -1);
    char text[AB_TIME_TEXT_CAP];

    if (date < 19000101 || date > 21991231 || clock < 0 || clock > 2359)
        return false;
    (void)snprintf(text, sizeof text, "%04ld-%02ld-%02ldT%02ld:%02ldZ", date / 10000,
                   date / 100 % 100, date % 100, clock / 100, clock % 100);
    return ab_time_parse(text, out, NULL);
}

/* How the values of a message lie (WMO flag table 3.4). */
typedef struct scan {
    int32_t lons, lats;
    bool west_ward, north_ward, columns_first, zigzag;
} scan;

static size_t place_of(const scan *s, int32_t i, int32_t j)
{
    int32_t along = s->west_ward ? s->lons - 1 - i : i, row = s->north_ward ? j : s->lats - 1 - j;

    if (s->columns_first) {
        if (s->zigzag && along % 2 == 1)
            row = s->lats - 1 - row;
        return (size_t)along * (size_t)s->lats + (size_t)row;
    }
    if (s->zigzag && row % 2 == 1)
        along = s->lons - 1 - along;
    return (size_t)row * (size_t)s->lons + (size_t)along;
}

static ab_status no_grid(ab_weather *from, const message *m, const char *found)
{
    return ab__weather_flaw(
        from, AB_ISSUE_WEATHER_GRID, m->number,
        "a regular grid of longitude and latitude (regular_ll)",
        "ask the service for such a grid, or make one: cdo remapbil,r360x180 IN OUT", "%s", found);
}

static double step_of(double span, long count, double told)
{
    return count > 1 ? span / (double)(count - 1) : told > 0 ? told : 1;
}

static ab_status read_lattice(ab_weather *from, codes_handle *h, const message *m, ab_lattice *out,
                              scan *lies)
{
    long lons = whole_number(h, "Ni", 0), lats = whole_number(h, "Nj", 0);
    double first_lat = real_number(h, "latitudeOfFirstGridPointInDegrees");
    double last_lat = real_number(h, "latitudeOfLastGridPointInDegrees");
    double first_lon = real_number(h, "longitudeOfFirstGridPointInDegrees");
    double last_lon = real_number(h, "longitudeOfLastGridPointInDegrees");

    if (lons < 1 || lats < 1 || lons > GRID_POINTS_MAX / lats)
        return no_grid(from, m, "a grid without its number of points, or with too many");
    if (!(fabs(first_lat) <= 90.001) || !(fabs(last_lat) <= 90.001) || !(fabs(first_lon) <= 720) ||
        !(fabs(last_lon) <= 720) || (lats > 1 && first_lat == last_lat))
        return no_grid(from, m, "a grid whose corners are nowhere");
    *lies = (scan){(int32_t)lons,
                   (int32_t)lats,
                   whole_number(h, "iScansNegatively", 0) == 1,
                   whole_number(h, "jScansPositively", 0) == 1,
                   whole_number(h, "jPointsAreConsecutive", 0) == 1,
                   whole_number(h, "alternativeRowScanning", 0) == 1};
    double west = lies->west_ward ? last_lon : first_lon,
           east = lies->west_ward ? first_lon : last_lon;
    double span = fmod(east - west + 720, 360);
    if (span < 1e-9 && lons > 1)
        span = 360;
    double south = lies->north_ward ? first_lat : last_lat,
           north = lies->north_ward ? last_lat : first_lat;
    if (lats > 1 && south >= north)
        return no_grid(from, m, "rows that run against their own scanning mode");
    double step = step_of(span, lons, real_number(h, "iDirectionIncrementInDegrees"));
    *out =
        (ab_lattice){(int32_t)lons,
                     (int32_t)lats,
                     west,
                     south,
                     step,
                     step_of(north - south, lats, real_number(h, "jDirectionIncrementInDegrees")),
                     fabs((double)lons * step - 360) < step / 100};
    if (lons > 1 && fabs(span - 360) < step / 100) { /* the last column repeats the first */
        out->lons--;
        out->wraps = true;
    }
    return AB_OK;
}

static bool same_lattice(const ab_lattice *a, const ab_lattice *b)
{
    return a->lons == b->lons && a->lats == b->lats && fabs(a->lon_deg - b->lon_deg) < 1e-6 &&
           fabs(a->lat_deg - b->lat_deg) < 1e-6 && fabs(a->step_lon_deg - b->step_lon_deg) < 1e-6 &&
           fabs(a->step_lat_deg - b->step_lat_deg) < 1e-6;
}

static ab_status heed_grid(grib *g, const message *m, const ab_lattice *here)
{
    if (g->has_grid && !same_lattice(here, &g->fields.whole))
        return no_grid(g->from, m, "another grid than the messages before it");
    if (g->has_grid)
        return AB_OK;
    g->has_grid = true;
    g->fields.whole = *here;
    return ab__lattice_cut(g->from, here, &g->fields.cut);
}

/* All values of the message, missing ones far out of range. The caller frees `values`. */
static ab_status read_values(grib *g, codes_handle *h, const message *m, size_t count,
                             double missing, double **values)
{
    size_t size = 0;

    (void)codes_set_double(h, "missingValue", missing);
    if (codes_get_size(h, "values", &size) != CODES_SUCCESS || size != count)
        return cut_off(g->from, m->number, "another number of values than its grid has points");
    *values = ab__realloc(NULL, size * sizeof **values);
    if (*values == NULL)
        return ab__weather_no_memory(g->from);
    int why = codes_get_double_array(h, "values", *values, &size);
    if (why != CODES_SUCCESS || size != count)
        return ab__weather_flaw(g->from, AB_ISSUE_WEATHER_CUT_OFF, m->number,
                                "values that can be unpacked", "download the file again", "%s",
                                codes_get_error_message(why));
    return AB_OK;
}

static ab_status take_values(grib *g, codes_handle *h, const message *m, const scan *lies,
                             ab_plane plane, double unit)
{
    static const double missing = 1e34;
    const ab_cut *cut = &g->fields.cut;
    double *values = NULL;
    ab_status status =
        read_values(g, h, m, (size_t)lies->lons * (size_t)lies->lats, missing, &values);
    float *out = status == AB_OK ? ab__fields_add(g->from, &g->fields, plane) : NULL;

    if (status == AB_OK && out == NULL)
        status = g->from->err->status;
    for (int32_t j = 0; out != NULL && j < cut->lattice.lats; j++)
        for (int32_t i = 0; i < cut->lattice.lons; i++) {
            double value = values[place_of(lies, (cut->first_lon + i) % g->fields.whole.lons,
                                           cut->first_lat + j)];
            *out++ = fabs(value) < missing / 2 ? (float)(value * unit) : NAN;
        }
    free(values);
    return status;
}

static ab_status no_time(ab_weather *from, const message *m)
{
    return ab__weather_flaw(from, AB_ISSUE_WEATHER_TIMES, m->number,
                            "a date from 1900 to 2199 and a time of day",
                            "have the file made again", "a time that is none");
}

/* When it holds, and when it was computed: of several runs the oldest, as the age of a forecast is its error. */
static ab_status heed_times(grib *g, codes_handle *h, const message *m, ab_time *valid_at)
{
    char type[WORD_CAP];
    ab_time issued_at;

    if (!time_of(h, "validityDate", "validityTime", valid_at) ||
        !time_of(h, "dataDate", "dataTime", &issued_at))
        return no_time(g->from, m);
    (void)word(h, "dataType", type);
    g->fields.analysis = g->fields.analysis && strcmp(type, "an") == 0;
    g->is_forecast = g->is_forecast || *valid_at != issued_at || strcmp(type, "fc") == 0 ||
                     strcmp(type, "pf") == 0 || strcmp(type, "cf") == 0;
    if (g->issued_at == AB_TIME_NONE || issued_at < g->issued_at)
        g->issued_at = issued_at;
    if (is_climatology(h))
        g->fields.kind = AB_WIND_CLIMATOLOGY;
    return AB_OK;
}

/* A field of ours on a pressure level of a regular grid. */
static ab_status read_plane(grib *g, codes_handle *h, const message *m, ab_plane plane,
                            bool geopotential, bool in_pa)
{
    ab_lattice lattice = {.lons = 0};
    scan lies = {.lons = 0};

    plane.message = m->number;
    plane.member = (int32_t)whole_number(h, "perturbationNumber", whole_number(h, "number", 0));
    plane.pressure_pa = (double)whole_number(h, "level", 0) * (in_pa ? 1 : 100);
    if (plane.member < 0 || plane.member > MEMBERS_MAX)
        plane.member = 0; /* as where none is told */
    if (!(plane.pressure_pa > 0 && plane.pressure_pa < 120000))
        return ab__weather_flaw(g->from, AB_ISSUE_WEATHER_LEVELS, m->number,
                                "a pressure up to 1200 hPa", "have the file made again", "%g hPa",
                                plane.pressure_pa / 100);
    ab_status status = heed_times(g, h, m, &plane.valid_at);
    if (status == AB_OK)
        status = read_lattice(g->from, h, m, &lattice, &lies);
    if (status == AB_OK)
        status = heed_grid(g, m, &lattice);
    if (status == AB_OK)
        status = take_values(g, h, m, &lies, plane, geopotential ? 1 / AB_GRAVITY_MPS2 : 1);
    return status;
}

static void remember_level(grib *g, const message *m, ab_field field, const char *level)
{
    if (g->other_level_at != 0 || (field != AB_FIELD_U && field != AB_FIELD_V))
        return;
    g->other_level_at = m->number;
    (void)snprintf(g->other_level, sizeof g->other_level, "%s", level);
}

/* Other parameters and levels are passed over; what is on pressure levels must be on a regular grid, whatever it is. */
static ab_status read_field(grib *g, codes_handle *h, const message *m)
{
    char level[WORD_CAP], grid[WORD_CAP], name[WORD_CAP], step[WORD_CAP];
    bool geopotential = false;
    ab_plane plane = {.message = m->number};
    bool ours = field_of(h, &plane.field, &geopotential);

    (void)word(h, "typeOfLevel", level);
    (void)word(h, "shortName", name);
    bool in_pa = strcmp(level, "isobaricInPa") == 0;
    if (!in_pa && strcmp(level, "isobaricInhPa") != 0) {
        if (ours)
            remember_level(g, m, plane.field, level);
        return AB_OK;
    }
    if (strcmp(word(h, "gridType", grid), "regular_ll") != 0) {
        char found[3 * WORD_CAP];
        (void)snprintf(found, sizeof found, "%s at %ld %s on a grid of type %s", name,
                       whole_number(h, "level", 0), in_pa ? "Pa" : "hPa", grid);
        return no_grid(g->from, m, found);
    }
    /* Means over some hours are not the wind of an hour, unless they are of a month. */
    bool instant = strcmp(word(h, "stepType", step), "instant") == 0 || is_climatology(h);
    if (ours && instant)
        return read_plane(g, h, m, plane, geopotential, in_pa);
    if (g->first_seen[0] == '\0')
        (void)snprintf(g->first_seen, sizeof g->first_seen, "%s", name);
    return AB_OK;
}

static ab_status unreadable(grib *g, const message *m, int why)
{
    return ab__weather_flaw(g->from, AB_ISSUE_WEATHER_CUT_OFF, m->number,
                            "a message that ecCodes can read", "download the file again", "%s",
                            codes_get_error_message(why));
}

/* Several fields in one message of GRIB 2. */
static ab_status read_several(grib *g, const message *m)
{
    void *at = (void *)(uintptr_t)m->at;
    size_t left = m->size;
    ab_status status = AB_OK;

    codes_grib_multi_support_on(NULL);
    for (int i = 0; i < m->fields && status == AB_OK; i++) {
        int why = CODES_SUCCESS;
        codes_handle *h = codes_grib_handle_new_from_multi_message(NULL, &at, &left, &why);
        status = h != NULL ? read_field(g, h, m) : unreadable(g, m, why);
        if (h != NULL)
            (void)codes_handle_delete(h);
    }
    codes_grib_multi_support_off(NULL);
    return status;
}

static ab_status read_message(grib *g, const message *m)
{
    if (m->fields > 1)
        return read_several(g, m);
    codes_handle *h = codes_handle_new_from_message(NULL, m->at, m->size);
    if (h == NULL)
        return unreadable(g, m, CODES_DECODING_ERROR);
    ab_status status = read_field(g, h, m);
    (void)codes_handle_delete(h);
    return status;
}

/* Walks the messages: each is whole before any is unpacked, which takes longer. */
static ab_status walk(grib *g, ab_status (*each)(grib *g, const message *m))
{
    message m = {.number = 0};
    size_t at = 0;
    ab_status status = pass_over(g->from, &at, 1);

    while (status == AB_OK && at < g->from->bytes->size) {
        m.number++;
        status = take_message(g->from, at, &m);
        if (status == AB_OK && each != NULL)
            status = each(g, &m);
        at += m.size;
        if (status == AB_OK)
            status = pass_over(g->from, &at, m.number + 1);
    }
    return status;
}

static ab_status nothing_read(grib *g)
{
    if (g->other_level_at > 0)
        return ab__weather_flaw(
            g->from, AB_ISSUE_WEATHER_LEVELS, g->other_level_at,
            "wind on pressure levels (isobaricInhPa)",
            "ask for pressure levels: 1000, 925, 850, 700, 500, 400, 300 hPa at least",
            "wind on a level of type %s, and none on pressure levels", g->other_level);
    return ab__weather_flaw(
        g->from, AB_ISSUE_WEATHER_FIELDS, 0, "u, v and geopotential on pressure levels",
        "download u, v, geopotential and temperature on pressure levels", "%s%s",
        g->first_seen[0] != '\0' ? "other parameters, such as " : "none of them", g->first_seen);
}

ab_status ab__grib_read(ab_weather *from)
{
    grib g = {.from = from, .issued_at = AB_TIME_NONE, .fields = {.analysis = true, .kind = AB_WIND_FORECAST}};
    ab_status status = walk(&g, NULL);

    if (status == AB_OK)
        status = walk(&g, read_message);
    if (status == AB_OK && g.fields.planes.count == 0)
        status = nothing_read(&g);
    g.fields.analysis = g.fields.analysis && !g.is_forecast;
    g.fields.issued_at =
        !g.fields.analysis && g.fields.kind == AB_WIND_FORECAST ? g.issued_at : AB_TIME_NONE;
    if (status == AB_OK)
        status = ab__fields_grid(from, &g.fields);
    AB_VEC_FREE(&g.fields.planes);
    return status;
}
