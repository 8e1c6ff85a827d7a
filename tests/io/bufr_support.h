/* Writes soundings in BUFR for the tests (template 3 09 052, that of today's TEMP), by ecCodes. Include io/support.h before it. */
#ifndef TESTS_IO_BUFR_SUPPORT_H
#define TESTS_IO_BUFR_SUPPORT_H

#include <eccodes.h>
#include <math.h>

typedef struct bufr_level {
    double pressure_pa, height_m, temp_k, from_deg, speed_mps; /* NAN: missing */
    bool surface;
} bufr_level;

static inline void bufr_real(codes_handle *h, int rank, const char *key, double value)
{
    char name[100];

    (void)snprintf(name, sizeof name, "#%d#%s", rank, key);
    if (!isnan(value) && codes_set_double(h, name, value) != CODES_SUCCESS)
        fail_msg("ecCodes does not take %s = %g", name, value);
}

static inline void bufr_whole(codes_handle *h, const char *key, long value)
{
    if (codes_set_long(h, key, value) != CODES_SUCCESS)
        fail_msg("ecCodes does not take %s = %ld", key, value);
}

/* One ascent from Diyarbakir (17281), on 24 February 2016 at 12 o'clock. */
static inline void bufr_add(ab_buf *out, const bufr_level *levels, int count)
{
    codes_handle *h = codes_bufr_handle_new_from_samples(NULL, "BUFR4");
    const long many[1] = {count}, shears[1] = {1};
    const void *message = NULL;
    size_t size = 0;

    assert_non_null(h);
    assert_int_equal(codes_set_long_array(h, "inputDelayedDescriptorReplicationFactor", shears, 1),
                     0);
    assert_int_equal(
        codes_set_long_array(h, "inputExtendedDelayedDescriptorReplicationFactor", many, 1), 0);
    bufr_whole(h, "edition", 4);
    bufr_whole(h, "masterTablesVersionNumber", 24);
    bufr_whole(h, "dataCategory", 2);
    bufr_whole(h, "numberOfSubsets", 1);
    bufr_whole(h, "unexpandedDescriptors", 309052);
    bufr_whole(h, "blockNumber", 17);
    bufr_whole(h, "stationNumber", 281);
    bufr_whole(h, "year", 2016);
    bufr_whole(h, "month", 2);
    bufr_whole(h, "day", 24);
    bufr_whole(h, "hour", 12);
    bufr_whole(h, "minute", 0);
    bufr_real(h, 1, "latitude", 37.9);
    bufr_real(h, 1, "longitude", 40.2);
    bufr_real(h, 1, "heightOfStationGroundAboveMeanSeaLevel", 674);
    for (int l = 0; l < count; l++) {
        bufr_real(h, l + 1, "pressure", levels[l].pressure_pa);
        bufr_real(h, l + 1, "extendedVerticalSoundingSignificance",
                  levels[l].surface ? 1 << 17 : 1 << 16);
        bufr_real(h, l + 1, "nonCoordinateGeopotentialHeight", levels[l].height_m);
        bufr_real(h, l + 1, "airTemperature", levels[l].temp_k);
        bufr_real(h, l + 1, "windDirection", levels[l].from_deg);
        bufr_real(h, l + 1, "windSpeed", levels[l].speed_mps);
    }
    bufr_whole(h, "pack", 1);
    assert_int_equal(codes_get_message(h, &message, &size), 0);
    ab__buf_add_n(out, message, size);
    (void)codes_handle_delete(h);
}

#endif
