/* Loading lists as sheets for the warehouse: every vehicle by itself, with room for seals and signatures. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/load_view.h"
#include "report/text.h"
#include "schema/book.h"

/* ---- What the sheets are ---- */

/* clang-format off */
typedef enum ab_load_cell {
    WAYBILL, DATE, HUB, PLACE, BLANK, CLASS, VEHICLE, CONTAINER, LOT, COMMODITY, NAME,
    PACKAGES, MASS, VOLUME, PALLETS, LIKELY, OFF
} ab_load_cell;

#define LOAD_SHEET(sheet, says) static const ab_column sheet##_columns[] = {
#define LOAD_COLUMN(kind, column, measure, what, says)                                             \
    {.name = #column,                                                                              \
     .type = AB_TYPE_##kind,                                                                       \
     .unit = measure,                                                                              \
     .sensitivity = AB_RESTRICTED,                                                                 \
     .meaning = says},
#define LOAD_SHEET_END(sheet) };
#include "report/load_sheets.def"
#undef LOAD_SHEET
#undef LOAD_COLUMN
#undef LOAD_SHEET_END

#define LOAD_SHEET(sheet, says) static const ab_load_cell sheet##_cells[] = {
#define LOAD_COLUMN(kind, column, measure, what, says) what,
#define LOAD_SHEET_END(sheet) };
#include "report/load_sheets.def"
#undef LOAD_SHEET
#undef LOAD_COLUMN
#undef LOAD_SHEET_END

enum { LOTS, WAYBILLS, SHEETS };

static const ab_table tables[SHEETS] = {
#define LOAD_SHEET(sheet, says)                                                                    \
    {.name = #sheet,                                                                               \
     .singular = #sheet,                                                                           \
     .form = AB_ROWS,                                                                              \
     .result = true,                                                                               \
     .columns = sheet##_columns,                                                                   \
     .column_count = sizeof sheet##_columns / sizeof *sheet##_columns,                             \
     .meaning = says},
#define LOAD_COLUMN(kind, column, measure, what, says)
#define LOAD_SHEET_END(sheet)
#include "report/load_sheets.def"
#undef LOAD_SHEET
#undef LOAD_COLUMN
#undef LOAD_SHEET_END
};

/* clang-format on */

static const ab_load_cell *const cells_of[SHEETS] = {lots_cells, waybills_cells};

const ab_schema *ab_load_schema(void)
{
    static const ab_schema schema = {tables, SHEETS, 1};

    return &schema;
}

/* ---- A row ---- */

/* What a row is about: a lot of a vehicle, or all of it. */
typedef struct row {
    const ab_load_view *view;
    const ab_load_trip *trip;
    const ab_lot_row *lot; /* of a vehicle as a whole: its first */
    double packages, mass_kg, volume_m3, pallets;
    int64_t vehicle, container; /* below 1: none */
} row;

static void number(ab_buf *out, double value)
{
    char text[AB_NUMBER_CAP];

    ab__buf_add(out, ab__number_format_n(value, 12, text));
}

static void count(ab_buf *out, int64_t value)
{
    if (value > 0)
        ab__buf_printf(out, "%d", (int)value);
}

static void day(ab_buf *out, const row *r)
{
    const ab_settings *settings = r->view->input->rows[AB_TABLE_operation].at;
    ab_time offset = (ab_time)(isnan(settings->utc_offset_s) ? 0 : settings->utc_offset_s);
    char text[AB_TIME_TEXT_CAP];

    ab__buf_add(out, ab_day_format(r->trip->trip->depart + offset, text));
}

static void waybill(ab_buf *out, const row *r)
{
    ab__buf_add(out, r->trip->trip->id);
    if (r->vehicle > 0)
        ab__buf_printf(out, "-%02d", (int)r->vehicle);
}

static void measure(ab_buf *out, const row *r, ab_load_cell cell)
{
    switch (cell) {
    case PACKAGES:
        number(out, r->packages);
        break;
    case MASS:
        number(out, r->mass_kg / 1000);
        break;
    case VOLUME:
        number(out, r->volume_m3);
        break;
    case PALLETS:
        number(out, r->pallets);
        break;
    default:
        number(out, r->lot->off_frac);
        break;
    }
}

static void words(ab_buf *out, const row *r, ab_load_cell cell)
{
    switch (cell) {
    case HUB:
        ab__buf_add(out, r->trip->trip->hub);
        break;
    case PLACE:
        ab__buf_add(out, r->trip->trip->place);
        break;
    case CLASS:
        ab__buf_add(out, r->trip->trip->vehicle);
        break;
    case COMMODITY:
        ab__buf_add(out, r->lot->commodity);
        break;
    case NAME:
        ab__buf_add(out, ab__load_name(r->view, r->lot));
        break;
    case LIKELY:
        ab__buf_add(out, r->lot->likely_off > 0 ? "yes" : "");
        break;
    default:
        break;
    }
}

static void write_cell(ab_buf *out, const row *r, ab_load_cell cell)
{
    if (cell == WAYBILL)
        waybill(out, r);
    else if (cell == DATE)
        day(out, r);
    else if (cell == VEHICLE)
        count(out, r->vehicle);
    else if (cell == CONTAINER)
        count(out, r->container);
    else if (cell == LOT)
        count(out, r->lot->lot);
    else if ((cell >= PACKAGES && cell <= PALLETS) || cell == OFF)
        measure(out, r, cell);
    else
        words(out, r, cell);
}

/* ---- All rows, counted and then written ---- */

typedef struct writer {
    ab_arena *arena;
    int number; /* of the sheet */
    int64_t rows;
    const char **cells; /* NULL while rows are counted */
    int32_t *line;
    bool failed;
} writer;

static void put(writer *to, const row *r)
{
    int32_t columns = tables[to->number].column_count;
    ab_buf text = AB_BUF_INIT;

    for (int32_t c = 0; to->cells && !to->failed && c < columns; c++) {
        ab__buf_clear(&text);
        write_cell(&text, r, cells_of[to->number][c]);
        const char *kept = ab__arena_text(to->arena, ab__buf_text(&text));
        to->cells[to->rows * columns + c] = kept;
        to->failed = !kept || text.failed;
    }
    if (to->line)
        to->line[to->rows] = (int32_t)to->rows + 2;
    to->rows++;
    ab__buf_free(&text);
}

/* The lots of one vehicle or container, or what stays. */
static void put_lots(writer *to, row r, const ab_load_group *group)
{
    for (int32_t i = 0; i < group->count; i++) {
        r.lot = &group->lot[i];
        r.packages = r.lot->packages;
        r.mass_kg = r.lot->mass_kg;
        r.volume_m3 = r.lot->volume_m3;
        r.pallets = r.lot->pallets;
        put(to, &r);
    }
}

static void put_containers(writer *to, row r, const ab_load_group *group)
{
    int64_t first = group->lot->container, containers = first > 0 ? group->lot->containers : 1;

    for (int64_t c = 0; c < containers; c++) {
        r.container = first > 0 ? first + c : 0;
        put_lots(to, r, group);
    }
}

static void put_vehicle(writer *to, row r, const ab_load_group *groups, int32_t group_count,
                        const ab_load_group *one)
{
    if (to->number == LOTS) {
        for (int32_t g = 0; g < group_count; g++)
            put_containers(to, r, &groups[g]);
        return;
    }
    r.lot = one->lot;
    r.packages = one->packages;
    r.mass_kg = one->mass_kg;
    r.volume_m3 = one->volume_m3;
    r.pallets = one->pallets;
    put(to, &r);
}

static void put_trip(writer *to, const ab_load_view *view, const ab_load_trip *trip)
{
    row r = {.view = view, .trip = trip};

    for (int32_t g = 0, size; g < trip->group_count; g += size) {
        ab_load_group one;
        size = ab__load_vehicle(trip, g, &one);
        for (int64_t v = 0; v < one.lot->vehicles; v++) {
            r.vehicle = one.lot->vehicle + v;
            put_vehicle(to, r, &trip->group[g], size, &one);
        }
    }
    r.vehicle = r.container = 0;
    if (to->number == LOTS)
        put_lots(to, r, &trip->stays);
}

static void put_all(writer *to, const ab_load_view *view)
{
    to->rows = 0;
    for (int32_t i = 0; i < view->count; i++)
        put_trip(to, view, &view->trip[i]);
}

static bool add_sheet(ab_book *book, const ab_load_view *view, int sheet)
{
    const ab_table *table = &tables[sheet];
    writer to = {.arena = ab__book_arena(book), .number = sheet};
    const char **header = AB_NEW(to.arena, const char *, table->column_count);

    put_all(&to, view);
    to.cells = AB_NEW(to.arena, const char *, to.rows * table->column_count);
    to.line = AB_NEW(to.arena, int32_t, to.rows);
    if (!header || !to.cells || !to.line)
        return false;
    for (int32_t c = 0; c < table->column_count; c++)
        header[c] = table->columns[c].name;
    put_all(&to, view);
    return !to.failed && ab__book_add(book, &(ab_sheet){.name = table->name,
                                                        .origin = table->name,
                                                        .column_count = table->column_count,
                                                        .header = header,
                                                        .header_line = 1,
                                                        .row_count = to.rows,
                                                        .cells = to.cells,
                                                        .line = to.line});
}

ab_status ab_load_book(const ab_data *input, const ab_data *results, const char *what,
                       ab_book **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_book *book = ab__book_new();
    ab_load_view view;
    ab_status status = arena && book ? ab__load_view(input, results, what, arena, &view, err)
                                     : ab_fail(err, AB_NO_MEMORY, "out of memory");

    if (status == AB_OK && (!add_sheet(book, &view, WAYBILLS) || !add_sheet(book, &view, LOTS)))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while loading lists were laid out");
    ab__arena_free(arena);
    *out = status == AB_OK ? book : NULL;
    if (status != AB_OK)
        ab_book_free(book);
    return status;
}
