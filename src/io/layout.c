#include "io/layout.h"

#include <string.h>
#include <strings.h>

#include "base/number.h"

static const char SPACES[] = " \t\r\n";

/* ---- Names ------------------------------------------------------------------------------------ */

/* NULL: out of memory. */
static const char *name_of(const ab_outgoing *out, const ab_out_column *column)
{
    if (column->declared != NULL)
        return column->declared->name;
    const char *name = column->name + strspn(column->name, SPACES);
    size_t size = strlen(name);
    while (size > 0 && strchr(SPACES, name[size - 1]) != NULL)
        size--;
    return ab__arena_text_n(out->arena, name, size);
}

/* One for each column of the sheet; NULL: out of memory. */
static const char **names_of(const ab_outgoing *out, const ab_out_sheet *sheet)
{
    const char **names = AB_NEW(out->arena, const char *, sheet->column_count);

    for (int32_t c = 0; names != NULL && c < sheet->column_count; c++) {
        names[c] = name_of(out, &sheet->columns[c]);
        if (names[c] == NULL)
            return NULL;
    }
    return names;
}

static bool is_blank(const ab_out_sheet *sheet, int32_t column)
{
    for (int64_t r = 0; r < sheet->row_count; r++) {
        if (ab__out_cell(sheet, r, column)[0] != '\0')
            return false;
    }
    return true;
}

static bool has_column(const ab_layout *layout, const char *name)
{
    for (int32_t c = 0; c < layout->count; c++) {
        if (strcasecmp(layout->columns[c].name, name) == 0)
            return true;
    }
    return false;
}

/* `wanted`, or `wanted`_2 and so on where a column has that name. NULL: out of memory. */
static const char *spare_name(const ab_outgoing *out, const ab_layout *layout, const char *wanted)
{
    const char *name = wanted;

    for (int n = 2; name != NULL && has_column(layout, name); n++)
        name = ab__arena_printf(out->arena, "%s_%d", wanted, n);
    return name;
}

/* ---- Types ------------------------------------------------------------------------------------ */

static ab_layout_kind declared_kind(const ab_column *declared)
{
    switch (declared != NULL ? declared->type : AB_TYPE_TEXT) {
    case AB_TYPE_NUMBER:
        return AB_LAYOUT_NUMBER;
    case AB_TYPE_COUNT:
        return AB_LAYOUT_COUNT;
    case AB_TYPE_TIME:
        return AB_LAYOUT_TIME;
    case AB_TYPE_DAY:
        return AB_LAYOUT_DAY;
    case AB_TYPE_WKT:
        return AB_LAYOUT_SHAPE;
    default:
        return AB_LAYOUT_TEXT;
    }
}

/* Does the cell hold a value of this kind, so that all of it is kept? */
static bool is_of_kind(const ab_column *declared, const char *text, ab_arena *work)
{
    const char *why;
    double number;
    ab_time time;
    ab_wkt wkt;
    int32_t at;

    switch (declared_kind(declared)) {
    case AB_LAYOUT_NUMBER:
        return ab__out_number(declared, text, &number);
    case AB_LAYOUT_COUNT:
        return ab__out_count(declared, text, &(int64_t){0});
    case AB_LAYOUT_TIME:
        return ab_time_parse(text, &time, NULL);
    case AB_LAYOUT_DAY:
        return ab_day_parse(text, &time, NULL);
    case AB_LAYOUT_SHAPE:
        return ab__wkt_parse(text, work, &wkt, &why, &at);
    default:
        return true;
    }
}

static ab_layout_kind kind_of(const ab_outgoing *out, const ab_out_sheet *sheet, int32_t column)
{
    const ab_column *declared = sheet->columns[column].declared;

    for (int64_t r = 0; r < sheet->row_count; r++) {
        const char *text = ab__out_cell(sheet, r, column);
        if (text[0] != '\0' && !is_of_kind(declared, text, out->arena))
            return AB_LAYOUT_TEXT;
    }
    return declared_kind(declared);
}

/* ---- Geometry --------------------------------------------------------------------------------- */

static int32_t column_called(const ab_out_sheet *sheet, const char *name)
{
    for (int32_t c = 0; c < sheet->column_count; c++) {
        const ab_column *declared = sheet->columns[c].declared;
        if (declared != NULL && strcmp(declared->name, name) == 0)
            return c;
    }
    return -1;
}

/* A position in columns that everybody can read goes before a shape, which then stays a text. */
static void find_geometry(ab_layout *layout)
{
    int32_t lon = column_called(layout->sheet, "lon_deg");
    int32_t lat = column_called(layout->sheet, "lat_deg");

    layout->shape = layout->lon = layout->lat = -1;
    if (lon >= 0 && lat >= 0) {
        layout->lon = lon;
        layout->lat = lat;
    }
    for (int32_t c = 0; c < layout->count; c++) {
        ab_layout_column *column = &layout->columns[c];
        if (column->kind != AB_LAYOUT_SHAPE)
            continue;
        if (layout->lon < 0 && layout->shape < 0)
            layout->shape = column->number;
        else
            column->kind = AB_LAYOUT_TEXT;
    }
}

static bool read_point(const ab_layout *layout, int64_t row, ab_arena *arena, ab_shape *shape)
{
    const ab_out_sheet *sheet = layout->sheet;
    double *lon_lat_deg = AB_NEW(arena, double, 2);
    int32_t *starts = AB_NEW(arena, int32_t, 2);

    if (lon_lat_deg == NULL || starts == NULL)
        return false;
    starts[1] = 1;
    if (ab__out_number(sheet->columns[layout->lon].declared, ab__out_cell(sheet, row, layout->lon),
                       &lon_lat_deg[0]) &&
        ab__out_number(sheet->columns[layout->lat].declared, ab__out_cell(sheet, row, layout->lat),
                       &lon_lat_deg[1]))
        *shape = (ab_shape){AB_SHAPE_POINT, 1, starts, lon_lat_deg};
    return true;
}

bool ab__layout_shape(const ab_layout *layout, int64_t row, ab_arena *arena, ab_shape *shape)
{
    static const ab_shape_kind kinds[] = {[AB_WKT_POINT] = AB_SHAPE_POINT,
                                          [AB_WKT_LINE] = AB_SHAPE_LINE,
                                          [AB_WKT_POLYGON] = AB_SHAPE_POLYGON};
    const char *why = NULL;
    int32_t at;
    ab_wkt wkt;

    *shape = (ab_shape){.kind = AB_SHAPE_NONE};
    if (layout->shape < 0)
        return layout->lon < 0 || read_point(layout, row, arena, shape);
    const char *text = ab__out_cell(layout->sheet, row, layout->shape);
    if (text[0] == '\0')
        return true;
    if (!ab__wkt_parse(text, arena, &wkt, &why, &at))
        return false; /* only for want of memory: it was read before */
    *shape = (ab_shape){kinds[wkt.kind], wkt.part_count, wkt.part_start, wkt.lon_lat_deg};
    return true;
}

/* false: out of memory. */
static bool find_kind_of_shapes(const ab_outgoing *out, ab_layout *layout)
{
    ab_shape shape;

    layout->shapes = layout->lon >= 0 ? AB_SHAPE_POINT : AB_SHAPE_NONE;
    for (int64_t r = 0; layout->shape >= 0 && r < layout->sheet->row_count; r++) {
        if (!ab__layout_shape(layout, r, out->arena, &shape))
            return false;
        if (shape.kind == AB_SHAPE_NONE)
            continue;
        if (layout->shapes != AB_SHAPE_NONE && layout->shapes != shape.kind) {
            layout->shapes = AB_SHAPE_NONE;
            return true;
        }
        layout->shapes = shape.kind;
    }
    return true;
}

/* ---- The layout ------------------------------------------------------------------------------- */

bool ab__layout_make(const ab_outgoing *out, const ab_out_sheet *sheet, ab_layout *layout)
{
    const char **names = names_of(out, sheet);

    *layout = (ab_layout){.sheet = sheet};
    layout->columns = AB_NEW(out->arena, ab_layout_column, sheet->column_count);
    if (names == NULL || layout->columns == NULL)
        return false;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        if (names[c][0] != '\0')
            layout->columns[layout->count++] =
                (ab_layout_column){names[c], kind_of(out, sheet, c), c};
    }
    find_geometry(layout);
    layout->key = spare_name(out, layout, "fid");
    layout->geometry = spare_name(out, layout, "geom");
    return layout->key != NULL && layout->geometry != NULL && find_kind_of_shapes(out, layout);
}

/* ---- What is refused -------------------------------------------------------------------------- */

static bool table_is_taken(const ab_outgoing *out, const ab_out_sheet *sheet)
{
    const char *name = ab__out_table_name(sheet);

    for (const ab_out_sheet *other = out->sheets; other < sheet; other++) {
        if (strcasecmp(ab__out_table_name(other), name) == 0)
            return true;
    }
    return false;
}

static void refuse_table(const ab_outgoing *out, const ab_out_sheet *sheet,
                         const ab_layout_rules *rules)
{
    const char *expected = "a name that no other table has", *reserved = NULL;
    const char *name = ab__out_table_name(sheet);
    bool fits = name[0] != '\0' && strlen(name) <= rules->name_most;

    for (int i = 0; rules->not_begin[i] != NULL; i++) {
        size_t size = strlen(rules->not_begin[i]);
        if (strncasecmp(name, rules->not_begin[i], size) == 0)
            reserved = rules->not_begin[i];
    }
    if (fits && reserved == NULL && !table_is_taken(out, sheet))
        return;
    if (reserved != NULL)
        expected = ab__arena_printf(out->arena, "a name that does not begin with %s", reserved);
    else if (!fits)
        expected = ab__arena_printf(out->arena, "a name of 1 to %zu bytes, as %s takes",
                                    rules->name_most, rules->program);
    ab__out_refuse(
        out, sheet, -1, -1,
        (ab_issue){.code = AB_ISSUE_TABLE_NAME, .expected = expected, .found = sheet->name});
}

static bool is_taken(const char *const *names, int32_t count, const char *name)
{
    for (int32_t c = 0; c < count; c++) {
        if (strcasecmp(names[c], name) == 0)
            return true;
    }
    return false;
}

static void refuse_column(const ab_outgoing *out, const ab_out_sheet *sheet, int32_t column,
                          const char *const *names, const ab_layout_rules *rules)
{
    const char *name = names[column], *expected = NULL;

    if (name[0] == '\0' && is_blank(sheet, column))
        return;
    if (name[0] == '\0' || strlen(name) > rules->name_most)
        expected = ab__arena_printf(out->arena, "a name of 1 to %zu bytes, as %s takes",
                                    rules->name_most, rules->program);
    else if (is_taken(names, column, name))
        expected = "a name that no other column of the table has";
    if (expected != NULL)
        ab__out_refuse(
            out, sheet, -1, column,
            (ab_issue){.code = AB_ISSUE_COLUMN_NAME, .expected = expected, .found = name});
}

bool ab__refuse_names(const ab_outgoing *out, const ab_layout_rules *rules)
{
    for (const ab_out_sheet *sheet = out->sheets; sheet < out->sheets + out->count; sheet++) {
        const char **names = names_of(out, sheet);
        if (names == NULL)
            return false;
        refuse_table(out, sheet, rules);
        for (int32_t c = 0; c < sheet->column_count; c++)
            refuse_column(out, sheet, c, names, rules);
    }
    return true;
}
