#include "report/drop_view.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "report/figures.h"
#include "report/text.h"

static const double FOOT_M = 0.3048, KNOT_MPS = 1852 / 3600.0, PI = 3.14159265358979323846;

double ab__feet(double height_m)
{
    return height_m / FOOT_M;
}

double ab__knots(double speed_mps)
{
    return speed_mps / KNOT_MPS;
}

double ab__wind_from_deg(double wind_e_mps, double wind_n_mps)
{
    double from_deg = atan2(-wind_e_mps, -wind_n_mps) * 180 / PI;

    return from_deg < 0 ? from_deg + 360 : from_deg;
}

/* ---- Words ---------------------------------------------------------------------------------------------- */

const char *ab__drop_name(const char *name, const char *id)
{
    return name && name[0] ? name : id;
}

static void add_pair(ab_buf *out, double first, int decimals, const char *unit, double second, const char *other)
{
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];

    if (isnan(first))
        ab__buf_add(out, "?");
    else
        ab__buf_printf(out, "%s %s (%s %s)", ab__number_people(first, decimals, a), unit, ab__number_people(second, 0, b), other);
}

void ab__add_height(ab_buf *out, double height_m)
{
    add_pair(out, height_m, 0, "m", ab__feet(height_m), "ft");
}

void ab__add_speed(ab_buf *out, double speed_mps)
{
    add_pair(out, speed_mps, 1, "m/s", ab__knots(speed_mps), "kt");
}

/* Per cent, with a decimal where the whole would hide it. */
static void add_percent(ab_buf *out, double prob)
{
    char text[AB_NUMBER_CAP];
    bool fine = prob < 0.1 && prob > 0;

    ab__buf_add(out, ab__number_people(100 * prob, fine ? 1 : 0, text));
}

void ab__add_share(ab_buf *out, double mean, double low, double high)
{
    if (isnan(mean)) {
        ab__buf_add(out, "?");
        return;
    }
    add_percent(out, mean);
    ab__buf_add(out, " %");
    if (isnan(low) || isnan(high))
        return;
    ab__buf_add(out, " (");
    add_percent(out, low);
    ab__buf_add(out, " to ");
    add_percent(out, high);
    ab__buf_add(out, ")");
}

void ab__add_harm(ab_buf *out, double people)
{
    if (people > 0 && people < 0.0001)
        ab__buf_add(out, "under 0.0001");
    else
        ab__buf_printf(out, people > 0 ? "%.4f" : "%.0f", people);
}

void ab__add_moment(ab_buf *out, ab_time t, double offset_s)
{
    char clock[AB_TIME_TEXT_CAP];
    ab_time local = t + (ab_time)offset_s;

    ab__text_day(out, local, true);
    ab__buf_printf(out, " %s", ab_clock_format((int32_t)((local % 86400 + 86400) % 86400), clock));
}

void ab__add_clock(ab_buf *out, double offset_s)
{
    int minutes = (int)lround(fabs(offset_s) / 60);

    ab__buf_add(out, "UTC");
    if (minutes == 0)
        return;
    ab__buf_printf(out, "%c%d", offset_s < 0 ? '-' : '+', minutes / 60);
    if (minutes % 60)
        ab__buf_printf(out, ":%02d", minutes % 60);
}

/* ---- Rows ----------------------------------------------------------------------------------------------- */

bool ab__drop_is_known(const ab_drop_row *drop)
{
    return !isnan(drop->release_lon_deg);
}

bool ab__drop_is_free(const ab_drop_view *view)
{
    return view->system && view->system->kind == AB_DROP_FREE;
}

const char *ab__drop_load_word(const ab_drop_view *view, int64_t count)
{
    if (ab__drop_is_free(view))
        return count == 1 ? "bag" : "bags";
    return count == 1 ? "load" : "loads";
}

bool ab__drop_gate_is_told(const ab_drop_view *view, const ab_gate_row *gate)
{
    return !ab__drop_is_free(view) || strcmp(gate->gate, "canopies") != 0;
}

void ab__add_stick(ab_buf *out, const ab_drop_view *view)
{
    const ab_stick_row *stick = view->stick;
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP], c[AB_NUMBER_CAP];

    if (!stick)
        return;
    if (view->drop->loads > 1)
        ab__buf_printf(out, "a stick of %s m over the ground, %s s from first to last exit%s; ", ab__number_people(stick->stick_m, 0, a),
                       ab__number_people(stick->last_exit_s, 1, b), stick->interval_assumed == 1 ? " (assumed)" : "");
    ab__buf_printf(out, "nine %s of ten need %s m along the track and %s m across it, and the zone has %s m along it", ab__drop_load_word(view, 10),
                   ab__number_people(stick->length_90_m, 0, a), ab__number_people(stick->width_90_m, 0, b),
                   ab__number_people(stick->zone_length_m, 0, c));
    if (stick->passes == 0)
        ab__buf_printf(out, ": a single %s scatters wider, and more passes do not help", ab__drop_load_word(view, 1));
    else if (stick->passes > 1)
        ab__buf_printf(out, ": fly it in %lld passes", (long long)stick->passes);
}

#define FIND(table, type, wanted) ((const type *)find(input, AB_TABLE_##table, sizeof(type), offsetof(type, id), wanted))

static const void *find(const ab_data *input, int32_t table, size_t size, size_t id_at, const char *wanted)
{
    const char *row = input->rows[table].at;

    for (int32_t i = 0; i < input->rows[table].count; i++, row += size) {
        const char *id;
        memcpy(&id, row + id_at, sizeof id);
        if (strcmp(id, wanted) == 0)
            return row;
    }
    return NULL;
}

const ab_place *ab__place_called(const ab_data *input, const char *id)
{
    return FIND(places, ab_place, id);
}

/* Sets `member` to the first of the rows of `table` that belong to the drop, and counts them. All these tables begin with
 * the head and the drop's id. */
#define TAKE(table, type, member)                                                                                     \
    do {                                                                                                              \
        const type *row = AB_RESULT_ROWS(results, table, type);                                                       \
        for (int32_t i = 0; i < AB_RESULT_COUNT(results, table); i++)                                                 \
            if (strcmp(row[i].drop, drop->id) == 0) {                                                                 \
                out->member = out->member ? out->member : &row[i];                                                    \
                out->member##_count++;                                                                                \
            }                                                                                                         \
    } while (0)

void ab__drop_view(const ab_data *input, const ab_data *results, const ab_drop_row *drop, ab_drop_view *out)
{
    const ab_sighter_row *sighter = AB_RESULT_ROWS(results, sighters, ab_sighter_row);

    *out = (ab_drop_view){.input = input, .results = results, .drop = drop};
    out->settings = input->rows[AB_TABLE_operation].at;
    out->zone = FIND(dropzones, ab_dropzone, drop->zone);
    out->place = FIND(places, ab_place, drop->place);
    out->vehicle = FIND(vehicles, ab_vehicle, drop->vehicle);
    out->system = FIND(dropsystems, ab_dropsystem, drop->dropsystem);
    TAKE(gates, ab_gate_row, gate);
    TAKE(footprints, ab_footprint_row, footprint);
    TAKE(drop_exclusions, ab_drop_exclusion_row, exclusion);
    TAKE(drop_winds, ab_drop_wind_row, wind);
    const ab_stick_row *stick = AB_RESULT_ROWS(results, sticks, ab_stick_row);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, sticks); i++)
        if (strcmp(stick[i].drop, drop->id) == 0)
            out->stick = &stick[i];
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, sighters); i++)
        if (strcmp(sighter[i].drop, drop->id) == 0)
            out->sighter = &sighter[i];
}
