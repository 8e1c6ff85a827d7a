#include "io/layer_sheet.h"

#include <math.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "io/sheet_maker.h"
#include "schema/book.h"
#include "schema/issues.h"

/* A point and its columns agree within about a centimetre. */
static const double SAME_DEG = 1e-7;

/* A layer on its way to a sheet. Fields come first; then `wkt`, or `lon` and `lat`, where only the geometry
 * has them. */
typedef struct layer_sheet {
    ab_layer_reader *reader;
    ab_sheet_maker maker;
    OGRFeatureDefnH fields;
    int32_t field_count; /* cells that are asked for; the key is the last if it is a column */
    const char *key;  /* the column that numbers the rows and is one of the table's; NULL: none */
    int *real;        /* per field: where its number is in what was asked for; 0: nowhere */
    int32_t lon, lat; /* columns of the position; -1: none */
    bool wkt;         /* the last column is the geometry's */
    bool placed;      /* the geometry is read */
} layer_sheet;

/* ---- Columns ---------------------------------------------------------------------------------- */

static const ab_table *declared(const layer_sheet *sheet)
{
    int32_t t = ab_schema_find(sheet->reader->schema, sheet->maker.sheet.name);
    return t >= 0 ? &sheet->reader->schema->tables[t] : NULL;
}

/* NULL: the table has none for shapes. */
static const char *shape_column(const ab_table *table)
{
    for (int32_t c = 0; table != NULL && c < table->column_count; c++)
        if (table->columns[c].type == AB_TYPE_WKT)
            return table->columns[c].name;
    return NULL;
}

static bool has_column(const ab_table *table, const char *name)
{
    return table != NULL && name[0] != '\0' && ab_table_find(table, name) >= 0;
}

static OGRFieldDefnH field_at(const layer_sheet *sheet, int32_t field)
{
    return field < OGR_FD_GetFieldCount(sheet->fields) ? OGR_FD_GetFieldDefn(sheet->fields, field)
                                                       : NULL;
}

/* The columns that only the geometry fills. */
static void add_geometry_columns(layer_sheet *sheet, const ab_table *table, const char **header)
{
    ab_sheet *made = &sheet->maker.sheet;
    const char *shape = shape_column(table);
    bool placed = has_column(table, "lon_deg") && has_column(table, "lat_deg");

    if (sheet->lon >= 0 && sheet->lat >= 0)
        return;
    if (shape == NULL && placed && sheet->lon < 0 && sheet->lat < 0) {
        sheet->lon = made->column_count++;
        sheet->lat = made->column_count++;
        header[sheet->lon] = "lon_deg";
        header[sheet->lat] = "lat_deg";
    } else {
        sheet->wkt = true;
        header[made->column_count++] = shape != NULL ? shape : "wkt";
    }
}

/* false: out of memory. */
static bool name_columns(layer_sheet *sheet, const char *key)
{
    const ab_table *table = declared(sheet);
    int32_t fields = OGR_FD_GetFieldCount(sheet->fields);
    const char **header = AB_NEW(sheet->maker.arena, const char *, fields + 3);

    if (header == NULL)
        return false;
    sheet->key = has_column(table, key) ? key : NULL;
    sheet->field_count = fields + (sheet->key != NULL ? 1 : 0);
    sheet->lon = sheet->lat = -1;
    for (int32_t f = 0; f < sheet->field_count; f++) {
        const char *name = f < fields ? OGR_Fld_GetNameRef(field_at(sheet, f)) : sheet->key;
        header[f] = ab__arena_text(sheet->maker.arena, name);
        if (header[f] == NULL)
            return false;
        sheet->lon = strcmp(name, "lon_deg") == 0 ? f : sheet->lon;
        sheet->lat = strcmp(name, "lat_deg") == 0 ? f : sheet->lat;
    }
    sheet->maker.sheet.header = header;
    sheet->maker.sheet.header_line = 1;
    sheet->maker.sheet.column_count = sheet->field_count;
    if (sheet->placed)
        add_geometry_columns(sheet, table, header);
    return true;
}

/* Finds the fields that are asked for a second time, as numbers. false: out of memory. */
static bool find_reals(layer_sheet *sheet)
{
    int asked = 1 + sheet->field_count; /* the line and the cells stand before */

    sheet->real = AB_NEW(sheet->reader->work, int, sheet->field_count);
    for (int32_t f = 0; sheet->real != NULL && f < sheet->field_count; f++) {
        OGRFieldDefnH defined = field_at(sheet, f);
        if (sheet->reader->dialect->add_real != NULL && defined != NULL &&
            OGR_Fld_GetType(defined) == OFTReal)
            sheet->real[f] = asked++;
    }
    return sheet->real != NULL;
}

/* Longitude and latitude on WGS84, or whatever was meant where nothing is said. Others are told, and the
 * geometry is left out. */
static bool has_our_coordinates(const layer_sheet *sheet, OGRLayerH layer)
{
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(layer);
    const char *code = system != NULL ? OSRGetAuthorityCode(system, NULL) : NULL;

    if (OGR_L_GetGeometryColumn(layer)[0] == '\0')
        return false;
    if (system == NULL || (code != NULL && strcmp(code, "4326") == 0) ||
        (code == NULL && OSRIsLocal(system)) || (code == NULL && OSRIsGeographic(system)))
        return true;
    ab__issue_raise(sheet->maker.issues,
                    (ab_issue){.code = AB_ISSUE_OTHER_COORDINATES,
                               .origin = sheet->maker.sheet.origin,
                               .expected = "longitude and latitude on WGS84 (EPSG:4326)",
                               .found = OSRGetName(system),
                               .hint = "export the layer again in EPSG:4326"});
    return false;
}

static void select_all(const layer_sheet *sheet, OGRLayerH layer, const char *table, ab_buf *sql)
{
    const ab_layer_dialect *dialect = sheet->reader->dialect;
    const char *geometry = OGR_L_GetGeometryColumn(layer);

    ab__buf_printf(sql, "SELECT %s AS cell_line", dialect->line);
    for (int32_t f = 0; f < sheet->field_count; f++) {
        ab__buf_add(sql, ", ");
        dialect->add_cell(sql, sheet->maker.sheet.header[f], field_at(sheet, f));
        ab__buf_printf(sql, " AS cell_%d", (int)f);
    }
    for (int32_t f = 0; f < sheet->field_count; f++) {
        if (sheet->real[f] == 0)
            continue;
        ab__buf_add(sql, ", ");
        dialect->add_real(sql, sheet->maker.sheet.header[f]);
        ab__buf_printf(sql, " AS real_%d", (int)f);
    }
    if (sheet->placed) {
        ab__buf_add(sql, ", ");
        ab__sql_name(sql, geometry);
    }
    ab__buf_printf(sql, " FROM %s ORDER BY %s", table, dialect->order);
}

/* ---- Cells ------------------------------------------------------------------------------------ */

/* A time as GDAL and QGIS write it, 2030-03-01T06:00:00.000Z, in our form. */
static const char *plain_time(const char *text, char out[AB_TIME_TEXT_CAP])
{
    size_t size = strlen(text);
    const char *point = strchr(text, '.');
    ab_time time;

    if (size >= AB_TIME_TEXT_CAP)
        return text;
    memcpy(out, text, size + 1);
    if (point != NULL) {
        size_t zeros = strspn(point + 1, "0");
        memmove(out + (point - text), point + 1 + zeros, strlen(point + 1 + zeros) + 1);
    }
    return ab_time_parse(out, &time, NULL) ? ab_time_format(time, out) : out;
}

/* NULL: out of memory. */
static const char *keep_text(layer_sheet *sheet, int32_t column, const char *text)
{
    size_t size = strlen(text), good = ab__utf8_bad(text, size);

    if (good < size)
        ab__maker_raise(&sheet->maker, column,
                        (ab_issue){.code = AB_ISSUE_NOT_UTF8, .found = text});
    return size == 0 ? "" : ab__arena_text_n(sheet->maker.arena, text, good);
}

static const char *keep_field(layer_sheet *sheet, OGRFeatureH feature, int32_t field)
{
    char number[AB_NUMBER_CAP], time[AB_TIME_TEXT_CAP];
    const char *text = OGR_F_GetFieldAsString(feature, field + 1);
    OGRFieldDefnH defined = field_at(sheet, field);
    double value;

    if (text[0] == '\0')
        return "";
    bool real = text[0] == 'r';
    text++;
    if (real && sheet->real[field] > 0)
        text = ab__number_format_n(OGR_F_GetFieldAsDouble(feature, sheet->real[field]),
                                   sheet->reader->digits, number);
    else if (real && ab__number_parse(text, &value))
        text = ab__number_format_n(value, sheet->reader->digits, number);
    else if (defined != NULL && OGR_Fld_GetType(defined) == OFTDateTime)
        text = plain_time(text, time);
    return keep_text(sheet, field, text);
}

static const char *keep_geometry(layer_sheet *sheet, OGRGeometryH geometry)
{
    ab_buf wkt = AB_BUF_INIT;

    if (geometry == NULL)
        return "";
    ab__geometry_wkt(geometry, sheet->reader->work, &wkt);
    const char *kept = wkt.failed ? NULL : ab__arena_text(sheet->maker.arena, ab__buf_text(&wkt));
    ab__buf_free(&wkt);
    return kept;
}

static void tell_two_positions(layer_sheet *sheet, int32_t column, const char *drawn,
                               const char *written)
{
    ab__maker_raise(&sheet->maker, column,
                    (ab_issue){.code = AB_ISSUE_TWO_POSITIONS,
                               .expected = drawn,
                               .found = written,
                               .hint = "as its point on the map: correct one of the two, or empty "
                                       "lon_deg and lat_deg so that the point counts"});
}

/* A point that was drawn gives its place to empty columns; one that was moved must not be overlooked. */
static bool settle_position(layer_sheet *sheet, OGRGeometryH point, const char **cells)
{
    char lon_text[AB_NUMBER_CAP], lat_text[AB_NUMBER_CAP];
    double lon_deg, lat_deg;

    if (point == NULL || wkbFlatten(OGR_G_GetGeometryType(point)) != wkbPoint ||
        OGR_G_IsEmpty(point))
        return true;
    ab__number_format_n(OGR_G_GetX(point, 0), sheet->reader->digits, lon_text);
    ab__number_format_n(OGR_G_GetY(point, 0), sheet->reader->digits, lat_text);
    if (cells[sheet->lon][0] == '\0' && cells[sheet->lat][0] == '\0') {
        cells[sheet->lon] = ab__arena_text(sheet->maker.arena, lon_text);
        cells[sheet->lat] = ab__arena_text(sheet->maker.arena, lat_text);
        return cells[sheet->lon] != NULL && cells[sheet->lat] != NULL;
    }
    if (!ab__number_parse(cells[sheet->lon], &lon_deg) ||
        !ab__number_parse(cells[sheet->lat], &lat_deg))
        return true;
    bool lon_same = fabs(lon_deg - OGR_G_GetX(point, 0)) <= SAME_DEG;
    bool lat_same = fabs(lat_deg - OGR_G_GetY(point, 0)) <= SAME_DEG;
    if (!lon_same)
        tell_two_positions(sheet, sheet->lon, lon_text, cells[sheet->lon]);
    else if (!lat_same)
        tell_two_positions(sheet, sheet->lat, lat_text, cells[sheet->lat]);
    return true;
}

/* ---- Rows ------------------------------------------------------------------------------------- */

/* false: out of memory. */
static bool keep_row(layer_sheet *sheet, OGRFeatureH feature)
{
    ab_sheet_maker *maker = &sheet->maker;
    int64_t number;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    bool counted = ab__count_parse(OGR_F_GetFieldAsString(feature, 0), &number) && number > 0;

    if (!ab__maker_row(maker, counted ? number : maker->line.count + 1))
        return false;
    int32_t first = maker->cell.count, last = maker->sheet.column_count - 1;
    for (int32_t c = 0; !maker->full && c <= last; c++) {
        bool shape = sheet->wkt && c == last;
        const char *text = shape                    ? keep_geometry(sheet, geometry)
                           : c < sheet->field_count ? keep_field(sheet, feature, c)
                                                    : "";
        if (text == NULL || !ab__maker_cell(maker, text, shape))
            return false;
    }
    if (maker->full || sheet->lon < 0 || sheet->lat < 0)
        return true;
    return settle_position(sheet, geometry, &maker->cell.at[first]);
}

static bool keep_rows(layer_sheet *sheet, OGRLayerH rows)
{
    for (OGRFeatureH feature;
         !sheet->maker.full && (feature = OGR_L_GetNextFeature(rows)) != NULL;) {
        bool kept = keep_row(sheet, feature);
        OGR_F_Destroy(feature);
        if (!kept)
            return false;
    }
    return true;
}

static ab_status fail(const ab_layer_reader *reader, ab_error *err)
{
    if (reader->gdal->why[0] == '\0')
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader->path);
    return ab_fail(err, AB_IO, "%s is damaged: %s", reader->path, reader->gdal->why);
}

ab_status ab__layer_sheet(ab_layer_reader *reader, OGRLayerH layer, const char *table,
                          const char *name, const char *origin, ab_error *err)
{
    ab_arena *arena = ab__book_arena(reader->book);
    layer_sheet sheet = {.reader = reader,
                         .maker = {.book = reader->book,
                                   .arena = arena,
                                   .issues = reader->issues,
                                   .trusted = reader->result,
                                   .sheet = {.name = ab__arena_text(arena, name),
                                             .origin = ab__arena_text(arena, origin)}}};
    ab_buf sql = AB_BUF_INIT;
    OGRLayerH rows = NULL;
    bool kept = false;

    if (sheet.maker.sheet.name == NULL || sheet.maker.sheet.origin == NULL)
        return fail(reader, err);
    sheet.fields = OGR_L_GetLayerDefn(layer);
    sheet.placed = has_our_coordinates(&sheet, layer);
    if (name_columns(&sheet, OGR_L_GetFIDColumn(layer)) && find_reals(&sheet))
        select_all(&sheet, layer, table, &sql);
    else
        sql.failed = true;
    if (!sql.failed)
        rows = GDALDatasetExecuteSQL(reader->data, sql.text, NULL, NULL);
    if (rows != NULL) {
        kept = keep_rows(&sheet, rows) && ab__maker_end(&sheet.maker);
        GDALDatasetReleaseResultSet(reader->data, rows);
    }
    ab__buf_free(&sql);
    ab__maker_free(&sheet.maker);
    return kept && reader->gdal->why[0] == '\0' ? AB_OK : fail(reader, err);
}
