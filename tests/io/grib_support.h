/* Writes GRIB for the tests, by ecCodes' samples. Include support.h before it. */
#ifndef TESTS_IO_GRIB_SUPPORT_H
#define TESTS_IO_GRIB_SUPPORT_H

#include <eccodes.h>
#include <math.h>

/* One field of a small grid: 5 x 4 points from 35 to 39 E, 33 to 36 N. */
typedef struct grib_field {
    int edition;
    const char *name; /* u, v, t, gh, z */
    const char *level_type;
    long level;
    long date, clock, step_h;
    long member, members; /* members 0: no ensemble */
    bool west_ward, north_ward, columns_first, zigzag;
    double first_lon_deg; /* 35, or 395, or so */
    int32_t hole;         /* this point has no value; -1: none */
    const char *type;     /* an, fc, of edition 2; NULL: as the sample has it */
} grib_field;

enum { GRIB_LONS = 5, GRIB_LATS = 4 };

/* What the field has at a point: tells field, level, member, hour and place apart. */
static inline double grib_value(const grib_field *f, int32_t i, int32_t j)
{
    double base = f->name[0] == 'u'   ? 10
                  : f->name[0] == 'v' ? -5
                  : f->name[0] == 't' ? 250
                                      : 16000 * (1 - log10((double)f->level) / 3);
    double geopotential = f->name[0] == 'z' ? 9.80665 : 1;

    return (base + 0.25 * i - 0.5 * j + 0.125 * (double)f->member + 0.0625 * (double)f->step_h) *
           geopotential;
}

static inline void grib_set(codes_handle *h, const char *key, long value)
{
    if (codes_set_long(h, key, value) != CODES_SUCCESS)
        fail_msg("ecCodes does not take %s = %ld", key, value);
}

static inline void grib_set_word(codes_handle *h, const char *key, const char *word)
{
    size_t size = strlen(word);

    if (codes_set_string(h, key, word, &size) != CODES_SUCCESS)
        fail_msg("ecCodes does not take %s = %s", key, word);
}

static inline void grib_shape(codes_handle *h, const grib_field *f)
{
    double west = f->first_lon_deg, east = west + GRIB_LONS - 1;

    grib_set(h, "Ni", GRIB_LONS);
    grib_set(h, "Nj", GRIB_LATS);
    grib_set(h, "iScansNegatively", f->west_ward);
    grib_set(h, "jScansPositively", f->north_ward);
    grib_set(h, "jPointsAreConsecutive", f->columns_first);
    if (f->edition == 2)
        grib_set(h, "alternativeRowScanning", f->zigzag);
    assert_int_equal(
        codes_set_double(h, "longitudeOfFirstGridPointInDegrees", f->west_ward ? east : west), 0);
    assert_int_equal(
        codes_set_double(h, "longitudeOfLastGridPointInDegrees", f->west_ward ? west : east), 0);
    assert_int_equal(
        codes_set_double(h, "latitudeOfFirstGridPointInDegrees", f->north_ward ? 33 : 36), 0);
    assert_int_equal(
        codes_set_double(h, "latitudeOfLastGridPointInDegrees", f->north_ward ? 36 : 33), 0);
    assert_int_equal(codes_set_double(h, "iDirectionIncrementInDegrees", 1), 0);
    assert_int_equal(codes_set_double(h, "jDirectionIncrementInDegrees", 1), 0);
}

/* Walks the grid in the order of the scanning mode, point by point, as a pen would. */
static inline void grib_fill(codes_handle *h, const grib_field *f)
{
    double values[GRIB_LONS * GRIB_LATS];
    int32_t rows = f->columns_first ? GRIB_LONS : GRIB_LATS,
            length = f->columns_first ? GRIB_LATS : GRIB_LONS;

    for (int32_t row = 0; row < rows; row++)
        for (int32_t n = 0; n < length; n++) {
            int32_t along = f->zigzag && row % 2 == 1 ? length - 1 - n : n;
            int32_t i = f->columns_first ? row : along, j = f->columns_first ? along : row;
            i = f->west_ward ? GRIB_LONS - 1 - i : i;
            j = f->north_ward ? j : GRIB_LATS - 1 - j;
            values[row * length + n] = f->hole == j * GRIB_LONS + i ? 9999 : grib_value(f, i, j);
        }
    if (f->hole >= 0) {
        grib_set(h, "bitmapPresent", 1);
        assert_int_equal(codes_set_double(h, "missingValue", 9999), 0);
    }
    grib_set(h, "bitsPerValue", 24);
    assert_int_equal(codes_set_double_array(h, "values", values, GRIB_LONS * GRIB_LATS), 0);
}

static inline codes_handle *grib_make(const grib_field *f)
{
    codes_handle *h = codes_grib_handle_new_from_samples(
        NULL, f->edition == 1 ? "regular_ll_pl_grib1" : "regular_ll_pl_grib2");

    assert_non_null(h);
    if (f->members > 0 && f->edition == 2) {
        grib_set(h, "productDefinitionTemplateNumber", 1);
        grib_set(h, "typeOfEnsembleForecast", 3);
        grib_set(h, "numberOfForecastsInEnsemble", f->members);
        grib_set(h, "perturbationNumber", f->member);
    }
    grib_set(h, "dataDate", f->date);
    grib_set(h, "dataTime", f->clock);
    grib_set(h, "step", f->step_h);
    if (f->type && f->edition == 2)
        grib_set_word(h, "typeOfProcessedData", f->type);
    grib_set_word(h, "shortName", f->name);
    grib_set_word(h, "typeOfLevel", f->level_type);
    grib_set(h, "level", f->level);
    grib_shape(h, f);
    grib_fill(h, f);
    return h;
}

static inline void grib_add(ab_buf *out, const grib_field *f)
{
    codes_handle *h = grib_make(f);
    const void *message = NULL;
    size_t size = 0;

    assert_int_equal(codes_get_message(h, &message, &size), 0);
    ab__buf_add_n(out, message, size);
    (void)codes_handle_delete(h);
}

/* u, v, height (as `height` names it) and temperature, unless NULL, at a level. */
static inline void grib_add_level(ab_buf *out, grib_field f, const char *height, const char *temp)
{
    const char *names[] = {"u", "v", height, temp};

    for (int i = 0; i < 4; i++) {
        f.name = names[i];
        if (f.name != NULL)
            grib_add(out, &f);
    }
}

#define GRIB_FIELD_INIT                                                                            \
    {                                                                                              \
        .edition = 2, .level_type = "isobaricInhPa", .level = 850, .date = 20160224,               \
        .first_lon_deg = 35, .hole = -1                                                            \
    }

#endif
