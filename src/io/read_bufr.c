/* Radiosondes in BUFR (WMO FM 94, templates 3 09 007 and 3 09 052 and their like) by ecCodes. */
#include <eccodes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/weather.h"

enum { LEVELS_MAX = 100000, JUNK_MAX = 256, HEADER = 8, END_SIZE = 4, ASCENTS_MAX = 10000 };

static ab_status cut_off(ab_weather *from, int64_t number, const char *found)
{
    return ab__weather_flaw(from, AB_ISSUE_WEATHER_CUT_OFF, number,
                            "whole messages, each ended by 7777", "download the file again", "%s",
                            found);
}

/* Every occurrence of `key`, in order; NAN: not told. `*count` 0: there is none. NULL: out of memory. */
static double *all_of(ab_weather *from, codes_handle *h, const char *key, size_t *count)
{
    *count = 0;
    if (codes_get_size(h, key, count) != CODES_SUCCESS || *count > LEVELS_MAX)
        *count = 0;
    double *values = AB_NEW(from->arena, double, *count + 1);
    if (values == NULL)
        return NULL;
    if (*count > 0 && codes_get_double_array(h, key, values, count) != CODES_SUCCESS)
        *count = 0;
    for (size_t i = 0; i < *count; i++)
        if (values[i] == CODES_MISSING_DOUBLE || values[i] == (double)CODES_MISSING_LONG)
            values[i] = NAN;
    return values;
}

/* The first occurrence. */
static double first_of(ab_weather *from, codes_handle *h, const char *key)
{
    size_t count;
    double *values = all_of(from, h, key, &count);

    return values != NULL && count > 0 ? values[0] : NAN;
}

static ab_time launched_at(ab_weather *from, codes_handle *h)
{
    double year = first_of(from, h, "year"), month = first_of(from, h, "month"),
           day = first_of(from, h, "day");
    double hour = first_of(from, h, "hour"), minute = first_of(from, h, "minute");
    char text[AB_TIME_TEXT_CAP];
    ab_time time = AB_TIME_NONE;

    if (!(year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
          hour >= 0 && hour < 24))
        return AB_TIME_NONE;
    (void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02dZ", (int)year, (int)month, (int)day,
                   (int)hour, minute >= 0 && minute < 60 ? (int)minute : 0);
    return ab_time_parse(text, &time, NULL) ? time : AB_TIME_NONE;
}

/* By the WMO's block and station number, or the sign of a ship. */
static void name_station(ab_weather *from, codes_handle *h, char out[16])
{
    double block = first_of(from, h, "blockNumber"), number = first_of(from, h, "stationNumber");
    size_t size = 16;
    char sign[64] = "";

    if (block >= 0 && block < 100 && number >= 0 && number < 1000) {
        (void)snprintf(out, 16, "%02d%03d", (int)block, (int)number);
        return;
    }
    size = sizeof sign;
    if (codes_get_string(h, "shipOrMobileLandStationIdentifier", sign, &size) != CODES_SUCCESS)
        sign[0] = '\0';
    for (size_t i = 0, n = 0; i < sizeof sign && sign[i] != '\0' && n < 15; i++)
        if (sign[i] > ' ' && sign[i] < 127)
            out[n++] = sign[i];
}

/* What is told at each level, and under which names. */
typedef struct told {
    double *pressure, *from_deg, *speed, *temp, *height, *geopotential, *kind;
    size_t pressures, directions, speeds, temps, heights, geopotentials, kinds;
    int surface; /* the bit of `kind` that marks the ground */
    double ground_msl_m;
} told;

static bool read_told(ab_weather *from, codes_handle *h, told *t)
{
    t->pressure = all_of(from, h, "pressure", &t->pressures);
    t->from_deg = all_of(from, h, "windDirection", &t->directions);
    t->speed = all_of(from, h, "windSpeed", &t->speeds);
    t->temp = all_of(from, h, "airTemperature", &t->temps);
    t->height = all_of(from, h, "nonCoordinateGeopotentialHeight", &t->heights);
    if (t->heights == 0)
        t->height = all_of(from, h, "geopotentialHeight", &t->heights);
    t->geopotential = all_of(from, h, "nonCoordinateGeopotential", &t->geopotentials);
    if (t->geopotentials == 0)
        t->geopotential = all_of(from, h, "geopotential", &t->geopotentials);
    t->surface = 1 << 6; /* flag table 0 08 001: the first of 7 bits */
    t->kind = all_of(from, h, "verticalSoundingSignificance", &t->kinds);
    if (t->kinds == 0) {
        t->surface = 1 << 17; /* flag table 0 08 042: the first of 18 */
        t->kind = all_of(from, h, "extendedVerticalSoundingSignificance", &t->kinds);
    }
    double ground = first_of(from, h, "heightOfStationGroundAboveMeanSeaLevel");
    t->ground_msl_m = isnan(ground) ? first_of(from, h, "heightOfStation") : ground;
    return t->kind != NULL && t->pressure != NULL && t->from_deg != NULL && t->speed != NULL &&
           t->temp != NULL && t->height != NULL && t->geopotential != NULL;
}

/* The levels of a template come first, each with all its quantities; behind them may come a pressure or two of wind shear.
 * NULL: out of memory, or `*count` 0 where the quantities do not belong together. */
static ab_ascent_level *make_levels(ab_weather *from, const told *t, int32_t *count)
{
    size_t levels = t->speeds;
    bool together = levels > 0 && t->directions == levels && t->pressures >= levels &&
                    t->pressures <= levels + 8 && (t->temps == 0 || t->temps == levels) &&
                    (t->heights == 0 || t->heights == levels) &&
                    (t->geopotentials == 0 || t->geopotentials == levels);
    ab_ascent_level *level = AB_NEW(from->arena, ab_ascent_level, levels);

    *count = together ? (int32_t)levels : 0;
    for (int32_t i = 0; level != NULL && i < *count; i++) {
        double height = t->heights > 0 ? t->height[i] : NAN;
        if (isnan(height) && t->geopotentials > 0)
            height = t->geopotential[i] / AB_GRAVITY_MPS2;
        if (isnan(height) && t->kinds >= levels && t->kind[i] >= 0 &&
            ((int)t->kind[i] & t->surface) != 0)
            height = t->ground_msl_m;
        level[i] = (ab_ascent_level){t->pressure[i], height, t->temps > 0 ? t->temp[i] : NAN,
                                     t->from_deg[i], t->speed[i]};
    }
    return level;
}

static ab_status left_out(ab_weather *from, int64_t number, const char *station, const char *why)
{
    return ab__weather_flaw(from, AB_ISSUE_ASCENT_LEFT_OUT, number,
                            "a time, a place, and two levels with wind and a height at least", "",
                            "%s: %s", station, why);
}

typedef AB_VEC(ab_sounding) ascents;

static ab_status read_ascent(ab_weather *from, codes_handle *h, int64_t number, ascents *all)
{
    ab_sounding one = {.kind = AB_WIND_SOUNDING, .station = "no station"};
    told t;
    int32_t count = 0;

    memset(one.station, 0, sizeof one.station);
    name_station(from, h, one.station);
    long kind = 0;
    if (codes_get_long(h, "internationalDataSubCategory", &kind) == CODES_SUCCESS && kind == 7)
        one.kind = AB_WIND_DROPSONDE; /* common code table C-13 */
    one.valid_at = launched_at(from, h);
    one.lon_deg = first_of(from, h, "longitude");
    one.lat_deg = first_of(from, h, "latitude");
    if (one.valid_at == AB_TIME_NONE || !(fabs(one.lon_deg) <= 180) || !(fabs(one.lat_deg) <= 90))
        return left_out(from, number, one.station, "no time or place");
    if (!read_told(from, h, &t))
        return ab__weather_no_memory(from);
    ab_ascent_level *level = make_levels(from, &t, &count);
    if (level == NULL)
        return ab__weather_no_memory(from);
    if (count == 0)
        return left_out(from, number, one.station, "no levels, or such as do not belong together");
    ab_status status = ab__ascent_levels(from, level, count, &one);
    if (status != AB_OK || one.levels < 2)
        return status != AB_OK
                   ? status
                   : left_out(from, number, one.station, "no two levels with wind and a height");
    ab_sounding *added = AB_PUSH(all);
    if (added == NULL)
        return ab__weather_no_memory(from);
    *added = one;
    return AB_OK;
}

static ab_status read_message(ab_weather *from, const char *at, size_t size, int64_t number,
                              ascents *all)
{
    codes_handle *h = codes_handle_new_from_message(NULL, at, size);
    long subsets = 1, category = 2;
    ab_status status;

    if (h == NULL)
        return cut_off(from, number, "a message that ecCodes cannot read");
    (void)codes_get_long(h, "numberOfSubsets", &subsets);
    (void)codes_get_long(h, "dataCategory", &category);
    if (category != 2)
        status = left_out(from, number, "data category", "not of soundings (2)");
    else if (subsets != 1)
        status = ab__weather_flaw(from, AB_ISSUE_WEATHER_FIELDS, number, "one sounding a message",
                                  "take them apart: bufr_filter with extractSubset",
                                  "%ld soundings", subsets);
    else if (codes_set_long(h, "unpack", 1) != CODES_SUCCESS)
        status = cut_off(from, number, "data that cannot be unpacked");
    else
        status = read_ascent(from, h, number, all);
    (void)codes_handle_delete(h);
    return status;
}

static size_t message_size(const char *at)
{
    const unsigned char *b = (const unsigned char *)at + 4;

    return (size_t)b[0] << 16 | (size_t)b[1] << 8 | b[2];
}

/* Bytes up to the next "BUFR", or the end: headings of bulletins, padding. */
static ab_status pass_over(ab_weather *from, size_t *at, int64_t number)
{
    const ab_buf *bytes = from->bytes;
    size_t junk = 0, begin = *at;

    while (*at < bytes->size &&
           (bytes->size - *at < END_SIZE || memcmp(bytes->text + *at, "BUFR", END_SIZE) != 0)) {
        junk += bytes->text[*at] > ' ';
        (*at)++;
    }
    if (junk > JUNK_MAX || (*at == bytes->size && junk > 0 && begin > 0))
        return cut_off(from, number, "bytes that are no message");
    return AB_OK;
}

static ab_status read_messages(ab_weather *from, ascents *all)
{
    const ab_buf *bytes = from->bytes;
    size_t at = 0;
    ab_status status = pass_over(from, &at, 1);

    for (int64_t number = 1; status == AB_OK && at < bytes->size; number++) {
        size_t left = bytes->size - at,
               size = left >= HEADER ? message_size(bytes->text + at) : SIZE_MAX;
        if (size > left)
            status = cut_off(from, number, "the file ends within it");
        else if (size < HEADER + END_SIZE ||
                 memcmp(bytes->text + at + size - END_SIZE, "7777", END_SIZE) != 0)
            status = cut_off(from, number, "no 7777 at its end");
        else if (number > ASCENTS_MAX)
            status =
                ab_fail(from->err, AB_IO, "%s holds more than %d messages: keep those of the day",
                        from->name, ASCENTS_MAX);
        else
            status = read_message(from, bytes->text + at, size, number, all);
        at += size;
        if (status == AB_OK)
            status = pass_over(from, &at, number + 1);
    }
    return status;
}

ab_status ab__bufr_read(ab_weather *from)
{
    ascents all = {0};
    ab_status status = read_messages(from, &all);

    if (status == AB_OK && all.count == 0)
        status = ab__weather_flaw(from, AB_ISSUE_WEATHER_FIELDS, 0, "soundings with wind by height",
                                  "fetch soundings (BUFR TEMP, data category 2)", "none");
    ab_sounding *kept = status == AB_OK ? AB_NEW(from->arena, ab_sounding, all.count) : NULL;
    if (status == AB_OK && kept == NULL)
        status = ab__weather_no_memory(from);
    if (status == AB_OK) {
        memcpy(kept, all.at, (size_t)all.count * sizeof *kept);
        from->forecast->sounding = kept;
        from->forecast->sounding_count = all.count;
    }
    AB_VEC_FREE(&all);
    return status;
}
