/* Loading lists for a terminal and a printer. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/load_view.h"
#include "report/text.h"

static const char ALL_COUNTED[] =
    "The plan counts all of the load as sent, also what is likely to be taken off.";

static const char *number(double value, int decimals, char out[AB_NUMBER_CAP])
{
    return ab__number_people(value, decimals, out);
}

static const char *name_or(const char *name, const char *id)
{
    return name[0] ? name : id;
}

/* ---- The head of a trip ---- */

static void where(ab_buf *line, const ab_load_trip *trip)
{
    ab__buf_printf(line, "%s · ", trip->trip->id);
    ab__text_day(line, trip->trip->depart, true);
    ab__buf_printf(
        line, " · %s to %s by %s", trip->hub ? name_or(trip->hub->name, trip->hub->id) : "?",
        trip->place ? name_or(trip->place->name, trip->place->id) : "?", trip->trip->means);
    if (trip->trip->dropzone[0])
        ab__buf_printf(line, ", zone %s, system %s", trip->trip->dropzone, trip->trip->dropsystem);
}

static void limit(ab_buf *line, const char *before, double value, int decimals, const char *unit)
{
    char text[AB_NUMBER_CAP];

    if (value > 0)
        ab__buf_printf(line, "%s%s %s", before, number(value, decimals, text), unit);
}

static const char *class_name(const ab_load_trip *trip)
{
    return trip->vehicle ? name_or(trip->vehicle->name, trip->vehicle->id) : trip->trip->vehicle;
}

static void with_what(ab_buf *line, const ab_load_trip *trip)
{
    const ab_vehicle *vehicle = trip->vehicle;

    ab__buf_printf(line, "%d × %s", (int)trip->trip->vehicles, class_name(trip));
    if (!vehicle)
        return;
    ab__buf_printf(line, " (%s)", vehicle->id);
    limit(line, ": at most ", vehicle->payload_kg / 1000, 1, "t");
    limit(line, ", ", vehicle->payload_m3, 0, "m3");
    limit(line, ", ", (double)vehicle->pallets, 0, trip->system ? "containers" : "pallets");
    ab__buf_add(line, " each");
}

static void wrapped(ab_buf *out, const ab_buf *line, int indent, int lines)
{
    ab__text_wrap(out, ab__buf_text(line), AB_SCREEN_COLUMNS - indent, indent, lines);
    ab__buf_char(out, '\n');
    if (line->failed)
        out->failed = true;
}

static void head(ab_buf *out, const ab_load_trip *trip)
{
    ab_buf line = AB_BUF_INIT;

    where(&line, trip);
    wrapped(out, &line, 0, 2);
    ab__buf_clear(&line);
    with_what(&line, trip);
    wrapped(out, &line, 0, 2);
    ab__buf_clear(&line);
    ab__buf_printf(&line, "Chance to arrive %.0f %% (%.0f to %.0f)", 100 * trip->trip->arrival_prob,
                   100 * trip->trip->arrival_prob_low, 100 * trip->trip->arrival_prob_high);
    if (trip->trip->permission[0])
        ab__buf_printf(&line, ", by leave of %s", trip->trip->permission);
    if (trip->trip->commitment[0])
        ab__buf_printf(&line, ", promised by %s", trip->trip->commitment);
    wrapped(out, &line, 0, 2);
    ab__buf_free(&line);
}

/* ---- Vehicles and containers ---- */

/* "VEHICLE 3", "VEHICLES 33 and 34, each" or "VEHICLES 1 to 20, each" */
static void numbers(ab_buf *line, const char *one, const char *many, int64_t first, int64_t count)
{
    if (count > 1)
        ab__buf_printf(line, "%s %d %s %d, each", many, (int)first, count == 2 ? "and" : "to",
                       (int)(first + count - 1));
    else
        ab__buf_printf(line, "%s %d", one, (int)first);
}

/* "7.55 t of 7.7, 9.5 m3 of 30, 12.0 pallets of 14, 193 packages"; `most` NULL: of nothing. */
static void filled(ab_buf *line, const ab_load_group *group, const ab_vehicle *most, bool heavy)
{
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];

    ab__buf_printf(line, "%s t", number(group->mass_kg / 1000, 3, a));
    if (most && heavy)
        ab__buf_printf(line, " of %s", number(most->payload_kg / 1000, 1, b));
    ab__buf_printf(line, ", %s m3", number(group->volume_m3, 1, a));
    if (most && most->payload_m3 > 0)
        ab__buf_printf(line, " of %s", number(most->payload_m3, 0, b));
    if (group->pallets > 0)
        ab__buf_printf(line, ", %s pallets of %d", number(group->pallets, 1, a),
                       most ? (int)most->pallets : 0);
    ab__buf_printf(line, ", %s packages", number(group->packages, 0, a));
}

/* `title` on the left, what it holds on the right, or below where there is no room. */
static void title_line(ab_buf *out, const ab_buf *title, const ab_buf *holds)
{
    ab__text_left(out, ab__buf_text(title), 26);
    ab__buf_char(out, ' ');
    ab__text_right(out, ab__buf_text(holds), AB_SCREEN_COLUMNS - 27);
    ab__buf_char(out, '\n');
    if (title->failed || holds->failed)
        out->failed = true;
}

/* The payload of a flight falls with its way, which the tables do not tell. */
static void vehicle_title(ab_buf *out, const ab_load_trip *trip, const ab_load_group *one,
                          int64_t first, int64_t count)
{
    ab_buf title = AB_BUF_INIT, holds = AB_BUF_INIT;

    numbers(&title, "VEHICLE", "VEHICLES", first, count);
    filled(&holds, one, trip->vehicle, strcmp(trip->trip->means, "road") == 0);
    title_line(out, &title, &holds);
    ab__buf_free(&title);
    ab__buf_free(&holds);
}

static void container_title(ab_buf *out, const ab_load_trip *trip, const ab_load_group *group)
{
    ab_buf title = AB_BUF_INIT, holds = AB_BUF_INIT;
    char least[AB_NUMBER_CAP];

    numbers(&title, " container", " containers", group->lot->container, group->lot->containers);
    filled(&holds, group, NULL, false);
    title_line(out, &title, &holds);
    if (trip->system && group->mass_kg < trip->system->load_min_kg)
        ab__buf_printf(out, "  under the lightest load of %s, %s kg: add ballast\n",
                       trip->system->id, number(trip->system->load_min_kg, 0, least));
    ab__buf_free(&title);
    ab__buf_free(&holds);
}

/* ---- Lots ---- */

static void lots_title(ab_buf *out, bool blanks)
{
    ab__buf_add(
        out,
        blanks
            ? "  lot  what                  packages       t      m3  pallets   seal      off\n"
            : "  lot  what                      packages        t      m3  pallets  taken off\n");
}

static void taken_off(const ab_lot_row *lot, char out[AB_NUMBER_CAP])
{
    char percent[AB_NUMBER_CAP];

    snprintf(out, AB_NUMBER_CAP, "%s", "-");
    if (!isnan(lot->off_frac))
        snprintf(out, AB_NUMBER_CAP, "%s %%", number(100 * lot->off_frac, 0, percent));
}

static void lot_line(ab_buf *out, const ab_load_view *view, const ab_lot_row *lot, bool blanks)
{
    char text[AB_NUMBER_CAP];
    bool whole = fabs(lot->packages - round(lot->packages)) < 1e-6;

    ab__buf_printf(out, "%4d%s  ", (int)lot->lot, lot->likely_off > 0 && !blanks ? "*" : " ");
    ab__text_left(out, ab__load_name(view, lot), blanks ? 20 : 24);
    ab__text_right(out, number(lot->packages, whole ? 0 : 2, text), 10);
    ab__text_right(out, number(lot->mass_kg / 1000, 3, text), blanks ? 8 : 9);
    ab__text_right(out, number(lot->volume_m3, 1, text), 8);
    ab__text_right(out, lot->pallets > 0 ? number(lot->pallets, 1, text) : "-", 9);
    taken_off(lot, text);
    ab__text_right(out, blanks ? "______  ______" : text, blanks ? 16 : 11);
    ab__buf_char(out, '\n');
}

/* "1.4 t by lot 3 …": what goes on without a lot that is likely to be taken off. */
static void without_lot(ab_buf *out, const ab_load_view *view, const ab_load_group *group,
                        int32_t i)
{
    const ab_lot_row *lot = &group->lot[i];
    ab_load_days days[AB_LOAD_MOST_GROUPS];
    int32_t count = ab__load_days(view, group, i, days);
    char text[AB_NUMBER_CAP];
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(&line,
                   "* lot %d, share taken off %.0f %% (%.0f to %.0f), %s%s%s: ", (int)lot->lot,
                   100 * lot->off_frac, 100 * lot->off_frac_low, 100 * lot->off_frac_high,
                   strcmp(lot->off_basis, "default") == 0 ? "a default" : lot->off_basis,
                   lot->because[0] ? ", " : "", lot->because);
    ab__buf_printf(&line, "without it %s t go on",
                   number(ab__load_rest_kg(group, i) / 1000, 3, text));
    for (int32_t d = 0; d < count; d++)
        ab__buf_printf(&line, "%s%s %s", d == 0 ? ", person-days: " : ", ", days[d].group,
                       number(days[d].person_days, 0, text));
    if (count == 0)
        ab__buf_add(&line, ", and nothing that anybody there needs");
    ab__buf_add(out, "    ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 6, 6, 4);
    ab__buf_char(out, '\n');
    if (line.failed)
        out->failed = true;
    ab__buf_free(&line);
}

static void lots(ab_buf *out, const ab_load_view *view, const ab_load_group *group, bool blanks)
{
    lots_title(out, blanks);
    for (int32_t i = 0; i < group->count; i++)
        lot_line(out, view, &group->lot[i], blanks);
    for (int32_t i = 0; i < group->count; i++)
        if (group->lot[i].likely_off > 0 && !blanks)
            without_lot(out, view, group, i);
}

static void stays(ab_buf *out, const ab_load_view *view, const ab_load_trip *trip)
{
    ab_buf line = AB_BUF_INIT;
    char packages[AB_NUMBER_CAP], mass[AB_NUMBER_CAP];

    if (trip->stays.count == 0)
        return;
    ab__buf_printf(
        &line, "STAYS at %s, as no vehicle has room for another whole package:", trip->trip->hub);
    for (int32_t i = 0; i < trip->stays.count; i++)
        ab__buf_printf(&line, "%s %s %s (%s t)", i ? "," : "",
                       number(trip->stays.lot[i].packages, 0, packages),
                       ab__load_name(view, &trip->stays.lot[i]),
                       number(trip->stays.lot[i].mass_kg / 1000, 3, mass));
    wrapped(out, &line, 2, 4);
    ab__buf_free(&line);
}

/* Numbers that no list has: nothing is loaded on them. */
static void empty_ones(ab_buf *out, const ab_load_trip *trip)
{
    int64_t loaded = 0, empty;

    for (int32_t g = 0; g < trip->group_count; g++)
        loaded = trip->group[g].lot->vehicle + trip->group[g].lot->vehicles - 1;
    empty = trip->trip->vehicles - loaded;
    if (empty > 0)
        ab__buf_printf(out, "\n%d of the %d vehicles %s empty.\n", (int)empty,
                       (int)trip->trip->vehicles, empty == 1 ? "goes" : "go");
}

/* ---- Lists of vehicles that are loaded alike ---- */

static void vehicle(ab_buf *out, const ab_load_view *view, const ab_load_trip *trip, int32_t first,
                    int32_t groups, bool blanks)
{
    for (int32_t g = first; g < first + groups; g++) {
        if (trip->group[g].lot->container > 0)
            container_title(out, trip, &trip->group[g]);
        lots(out, view, &trip->group[g], blanks);
    }
}

static void trip_list(ab_buf *out, const ab_load_view *view, const ab_load_trip *trip)
{
    head(out, trip);
    for (int32_t g = 0, size; g < trip->group_count; g += size) {
        ab_load_group one;
        size = ab__load_vehicle(trip, g, &one);
        ab__buf_char(out, '\n');
        vehicle_title(out, trip, &one, one.lot->vehicle, one.lot->vehicles);
        vehicle(out, view, trip, g, size, false);
    }
    empty_ones(out, trip);
    stays(out, view, trip);
}

/* ---- A page for each vehicle, to be signed ----
 *
 * It is read at every checkpoint, so it says nothing of chances, of what may be taken off, or of who said so. */

static void page_head(ab_buf *out, const ab_load_trip *trip, int64_t vehicle_number)
{
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(out, "WAYBILL %s-%02d\n", trip->trip->id, (int)vehicle_number);
    where(&line, trip);
    wrapped(out, &line, 0, 2);
    ab__buf_clear(&line);
    ab__buf_add(&line, class_name(trip));
    wrapped(out, &line, 0, 1);
    ab__buf_free(&line);
}

static void blanks_to_fill(ab_buf *out)
{
    ab__buf_add(
        out, "\nConsignee ______________________________   Plate ____________________________\n"
             "Driver _________________________________   Telephone ________________________\n"
             "Seals of the vehicle _________________________________________________________\n\n");
}

static void signatures(ab_buf *out)
{
    static const char *const WHO[] = {"Loaded by", "Driver", "Inspected by", "Received by"};

    ab__buf_char(out, '\n');
    for (size_t i = 0; i < sizeof WHO / sizeof *WHO; i++) {
        ab__text_left(out, WHO[i], 13);
        ab__buf_add(out, "____________________________   date, hour ________________________\n");
    }
}

static void pages(ab_buf *out, const ab_load_view *view, const ab_load_trip *trip)
{
    for (int32_t g = 0, size; g < trip->group_count; g += size) {
        ab_load_group one;
        size = ab__load_vehicle(trip, g, &one);
        for (int64_t v = one.lot->vehicle; v < one.lot->vehicle + one.lot->vehicles; v++) {
            page_head(out, trip, v);
            blanks_to_fill(out);
            vehicle_title(out, trip, &one, v, 1);
            vehicle(out, view, trip, g, size, true);
            signatures(out);
            ab__buf_add(out, "\f");
        }
    }
}

/* ---- All trips, a line each ---- */

/* What of a trip is likely to be taken off, and on how many vehicles it lies. */
static void likely_on(const ab_load_trip *trip, double *mass_kg, int64_t *vehicles)
{
    *mass_kg = 0;
    *vehicles = 0;
    for (int32_t g = 0; g < trip->group_count; g++) {
        double kg = 0;
        for (int32_t i = 0; i < trip->group[g].count; i++)
            kg += trip->group[g].lot[i].likely_off > 0 ? trip->group[g].lot[i].mass_kg : 0;
        *mass_kg += kg * (double)trip->group[g].lot->vehicles;
        *vehicles += kg > 0 ? trip->group[g].lot->vehicles : 0;
    }
}

static void overview_line(ab_buf *out, const ab_load_trip *trip)
{
    char text[AB_NUMBER_CAP];
    double likely_kg;
    int64_t on;
    ab_buf day = AB_BUF_INIT;

    likely_on(trip, &likely_kg, &on);
    ab__text_day(&day, trip->trip->depart, false);
    ab__text_left(out, trip->trip->id, 7);
    ab__text_left(out, ab__buf_text(&day), 7);
    ab__text_left(out, trip->trip->place, 17);
    ab__text_left(out, trip->trip->vehicle, 20);
    ab__text_right(out, number((double)trip->trip->vehicles, 0, text), 5);
    ab__text_right(out, number(trip->trip->mass_kg / 1000, 1, text), 8);
    ab__text_right(out, on ? number(likely_kg / 1000, 1, text) : "-", 6);
    ab__text_right(out, on ? number((double)on, 0, text) : "-", 4);
    ab__text_right(out, trip->stays.count ? number(trip->stays.mass_kg / 1000, 2, text) : "-", 6);
    ab__buf_char(out, '\n');
    if (day.failed)
        out->failed = true;
    ab__buf_free(&day);
}

static void overview(ab_buf *out, const ab_load_view *view)
{
    if (view->count == 0) {
        ab__buf_add(out, "This plan sends no vehicle.\n");
        return;
    }
    ab__buf_add(
        out, "trip   leaves to               vehicle              no.       t   off  on stays\n");
    for (int32_t i = 0; i < view->count; i++)
        overview_line(out, &view->trip[i]);
    ab__buf_printf(
        out,
        "\nt: loaded. off, on: tonnes likely to be taken off at inspection, and on how many\n"
        "vehicles. stays: tonnes that no vehicle has room for in whole packages.\n%s\n"
        "Name a trip or a day for its lists.\n",
        ALL_COUNTED);
}

ab_status ab_load_print(FILE *out, const ab_data *input, const ab_data *results, const char *what,
                        bool each, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_buf text = AB_BUF_INIT;
    ab_load_view view;
    ab_status status = arena ? ab__load_view(input, results, what, arena, &view, err)
                             : ab_fail(err, AB_NO_MEMORY, "out of memory");

    if (status == AB_OK && !what && !each)
        overview(&text, &view);
    for (int32_t i = 0; status == AB_OK && (what || each) && i < view.count; i++) {
        ab__buf_add(&text, i > 0 && !each ? "\n\n" : "");
        (each ? pages : trip_list)(&text, &view, &view.trip[i]);
    }
    if (status == AB_OK && what && !each)
        ab__buf_printf(&text, "\n%s\n", ALL_COUNTED);
    if (status == AB_OK)
        status = ab__text_flush(out, &text, err);
    ab__buf_free(&text);
    ab__arena_free(arena);
    return status;
}
