#include "io/gpkg_sheet.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "io/csv.h"
#include "io/gpkg.h"
#include "io/path.h"
#include "schema/book.h"
#include "schema/issues.h"

/* A point and its columns agree within about a centimetre. */
static const double SAME_DEG = 1e-7;
enum { DIGITS = 15 };

/* A sheet in the making. Fields of the file come first, then, if `wkt`, the column of the geometry. */
typedef struct sheet_maker {
    ab_gpkg_reader *reader;
    ab_arena *arena; /* of the book */
    OGRFeatureDefnH fields;
    int32_t field_count;
    int32_t lon, lat; /* columns of the position; -1: none */
    bool wkt;
    ab_sheet sheet;
    bool full;   /* no more rows are taken */
    size_t kept; /* bytes of the cells that were kept */
    AB_VEC(const char *) cell;
    AB_VEC(int32_t) line;
} sheet_maker;

/* ---- Columns ---------------------------------------------------------------------------------- */

static const char *geometry_column(const ab_gpkg_reader *reader, const char *table)
{
    int32_t t = ab_schema_find(reader->schema, table);

    for (int32_t c = 0; t >= 0 && c < reader->schema->tables[t].column_count; c++) {
        const ab_column *column = &reader->schema->tables[t].columns[c];
        if (column->type == AB_TYPE_WKT)
            return column->name;
    }
    return "wkt";
}

static OGRFieldType field_type(const sheet_maker *maker, int32_t field)
{
    return OGR_Fld_GetType(OGR_FD_GetFieldDefn(maker->fields, field));
}

/* false: out of memory. */
static bool name_columns(sheet_maker *maker, bool has_geometry)
{
    const char **header = AB_NEW(maker->arena, const char *, maker->field_count + 1);

    if (header == NULL)
        return false;
    maker->lon = maker->lat = -1;
    for (int32_t f = 0; f < maker->field_count; f++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(maker->fields, f));
        header[f] = ab__arena_text(maker->arena, name);
        if (header[f] == NULL)
            return false;
        maker->lon = strcmp(name, "lon_deg") == 0 ? f : maker->lon;
        maker->lat = strcmp(name, "lat_deg") == 0 ? f : maker->lat;
    }
    maker->wkt = has_geometry && (maker->lon < 0 || maker->lat < 0);
    if (maker->wkt)
        header[maker->field_count] = geometry_column(maker->reader, maker->sheet.name);
    maker->sheet.header = header;
    maker->sheet.column_count = maker->field_count + (maker->wkt ? 1 : 0);
    return true;
}

/* All cells as text: SQLite takes a text in a column of numbers, and we want to see it. */
static void select_all(const sheet_maker *maker, OGRLayerH layer, const char *table, ab_buf *sql)
{
    const char *geometry = OGR_L_GetGeometryColumn(layer);

    ab__buf_add(sql, "SELECT CAST(rowid AS TEXT) AS cell_line");
    for (int32_t f = 0; f < maker->field_count; f++) {
        ab_buf name = AB_BUF_INIT;
        ab__sql_name(&name, maker->sheet.header[f]);
        /* 17 digits give back any number; CAST would write 15. */
        ab__buf_printf(sql,
                       ", CASE typeof(%s) WHEN 'real' THEN printf('%%!.17g', %s) ELSE CAST(%s AS "
                       "TEXT) END AS cell_%d",
                       ab__buf_text(&name), ab__buf_text(&name), ab__buf_text(&name), (int)f);
        sql->failed = sql->failed || name.failed;
        ab__buf_free(&name);
    }
    if (geometry[0] != '\0') {
        ab__buf_add(sql, ", ");
        ab__sql_name(sql, geometry);
    }
    ab__buf_add(sql, " FROM ");
    ab__sql_name(sql, table);
    ab__buf_add(sql, " ORDER BY rowid");
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

static const char *plain_number(const char *text, char out[AB_NUMBER_CAP])
{
    double number;

    return ab__number_parse(text, &number) ? ab__number_format_n(number, DIGITS, out) : text;
}

static void raise_cell(sheet_maker *maker, int32_t column, ab_issue issue)
{
    issue.origin = maker->sheet.origin;
    issue.line = maker->line.at[maker->line.count - 1];
    issue.column = maker->sheet.header[column];
    ab__issue_raise(maker->reader->issues, issue);
}

/* What others wrote is held to limits; what we wrote is as long as it is. */
static bool is_input(const sheet_maker *maker)
{
    return maker->reader->prefix[0] != '\0';
}

/* NULL: out of memory. */
static const char *keep_text(sheet_maker *maker, int32_t column, const char *text)
{
    size_t size = strlen(text), good = ab__utf8_bad(text, size);

    if (good < size)
        raise_cell(maker, column, (ab_issue){.code = AB_ISSUE_NOT_UTF8, .found = text});
    if (good > AB_CSV_CELL_MAX && is_input(maker)) {
        raise_cell(maker, column,
                   (ab_issue){.code = AB_ISSUE_TOO_LONG,
                              .expected = "at most 65,536 bytes in a cell",
                              .found = text});
        good = ab__utf8_cut(text, AB_CSV_CELL_MAX);
    }
    maker->kept += good;
    return size == 0 ? "" : ab__arena_text_n(maker->arena, text, good);
}

static const char *keep_field(sheet_maker *maker, OGRFeatureH feature, int32_t field)
{
    char number[AB_NUMBER_CAP], time[AB_TIME_TEXT_CAP];
    const char *text = OGR_F_GetFieldAsString(feature, field + 1);

    if (field_type(maker, field) == OFTReal)
        text = plain_number(text, number);
    else if (field_type(maker, field) == OFTDateTime)
        text = plain_time(text, time);
    return keep_text(maker, field, text);
}

static const char *keep_geometry(sheet_maker *maker, OGRGeometryH geometry)
{
    ab_buf wkt = AB_BUF_INIT;

    if (geometry == NULL)
        return "";
    ab__geometry_wkt(geometry, maker->reader->work, &wkt);
    const char *kept = wkt.failed ? NULL : ab__arena_text(maker->arena, ab__buf_text(&wkt));
    maker->kept += wkt.size;
    ab__buf_free(&wkt);
    return kept;
}

/* A point that was drawn gives its place to empty columns; one that was moved must not be overlooked. */
static bool settle_position(sheet_maker *maker, OGRGeometryH point, const char **cells)
{
    char lon_text[AB_NUMBER_CAP], lat_text[AB_NUMBER_CAP];
    double lon_deg, lat_deg;

    if (point == NULL || wkbFlatten(OGR_G_GetGeometryType(point)) != wkbPoint ||
        OGR_G_IsEmpty(point))
        return true;
    ab__number_format_n(OGR_G_GetX(point, 0), DIGITS, lon_text);
    ab__number_format_n(OGR_G_GetY(point, 0), DIGITS, lat_text);
    if (cells[maker->lon][0] == '\0' && cells[maker->lat][0] == '\0') {
        cells[maker->lon] = ab__arena_text(maker->arena, lon_text);
        cells[maker->lat] = ab__arena_text(maker->arena, lat_text);
        return cells[maker->lon] != NULL && cells[maker->lat] != NULL;
    }
    if (!ab__number_parse(cells[maker->lon], &lon_deg) ||
        !ab__number_parse(cells[maker->lat], &lat_deg))
        return true;
    bool lon_same = fabs(lon_deg - OGR_G_GetX(point, 0)) <= SAME_DEG;
    bool lat_same = fabs(lat_deg - OGR_G_GetY(point, 0)) <= SAME_DEG;
    if (!lon_same || !lat_same)
        raise_cell(maker, lon_same ? maker->lat : maker->lon,
                   (ab_issue){.code = AB_ISSUE_TWO_POSITIONS,
                              .expected = lon_same ? lat_text : lon_text,
                              .found = cells[lon_same ? maker->lat : maker->lon],
                              .hint = "as its point on the map: correct one of the two, or empty "
                                      "lon_deg and lat_deg so that the point counts"});
    return true;
}

/* ---- Rows ------------------------------------------------------------------------------------- */

/* false: out of memory. */
static bool keep_row(sheet_maker *maker, OGRFeatureH feature)
{
    int32_t *line = AB_PUSH(&maker->line);
    int64_t number;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    int32_t first = maker->cell.count;

    if (line == NULL)
        return false;
    bool counted = ab__count_parse(OGR_F_GetFieldAsString(feature, 0), &number) && number > 0 &&
                   number <= INT32_MAX;
    *line = counted ? (int32_t)number : maker->line.count;
    for (int32_t c = 0; c < maker->sheet.column_count; c++) {
        const char **cell = AB_PUSH(&maker->cell);
        if (cell == NULL)
            return false;
        *cell =
            c < maker->field_count ? keep_field(maker, feature, c) : keep_geometry(maker, geometry);
        if (*cell == NULL)
            return false;
    }
    if (maker->lon < 0 || maker->lat < 0)
        return true;
    return settle_position(maker, geometry, &maker->cell.at[first]);
}

/* A table that is larger than any real one is told, and read no further. */
static void judge_size(sheet_maker *maker)
{
    size_t most = is_input(maker) ? AB_CSV_BYTES_MAX : (size_t)1 << 30;
    const char *expected = NULL;

    if (maker->line.count >= AB_CSV_ROWS_MAX)
        expected = "at most 2,000,000 rows";
    else if (maker->cell.count > AB_CSV_CELLS_MAX - maker->sheet.column_count)
        expected = "at most 50,000,000 cells";
    else if (maker->kept > most)
        expected = is_input(maker) ? "at most 256 MiB of text" : "at most 1 GiB of text";
    if (expected == NULL)
        return;
    maker->full = true;
    ab__issue_raise(maker->reader->issues,
                    (ab_issue){.code = AB_ISSUE_TOO_LONG,
                               .origin = maker->sheet.origin,
                               .expected = expected,
                               .hint = "the rest of the table was not read"});
}

static bool keep_rows(sheet_maker *maker, OGRLayerH rows)
{
    for (OGRFeatureH feature; !maker->full && (feature = OGR_L_GetNextFeature(rows)) != NULL;) {
        judge_size(maker);
        bool kept = maker->full || keep_row(maker, feature);
        OGR_F_Destroy(feature);
        if (!kept)
            return false;
    }
    return true;
}

static bool add_sheet(sheet_maker *maker)
{
    size_t cells = (size_t)maker->cell.count, rows = (size_t)maker->line.count;
    const char **cell = AB_NEW(maker->arena, const char *, cells);
    int32_t *line = AB_NEW(maker->arena, int32_t, rows);

    if (cell == NULL || line == NULL)
        return false;
    if (cells > 0)
        memcpy(cell, maker->cell.at, cells * sizeof *cell);
    if (rows > 0)
        memcpy(line, maker->line.at, rows * sizeof *line);
    maker->sheet.header_line = 1;
    maker->sheet.row_count = maker->line.count;
    maker->sheet.cells = cell;
    maker->sheet.line = line;
    return ab__book_add(maker->reader->book, &maker->sheet);
}

static ab_status fail(const ab_gpkg_reader *reader, ab_error *err)
{
    if (reader->gdal->why[0] == '\0')
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader->path);
    return ab_fail(err, AB_IO, "%s is damaged: %s", reader->path, reader->gdal->why);
}

static ab_status read_layer(sheet_maker *maker, OGRLayerH layer, const char *table, ab_error *err)
{
    ab_gpkg_reader *reader = maker->reader;
    ab_buf sql = AB_BUF_INIT;
    OGRLayerH rows = NULL;
    bool kept = false;

    maker->fields = OGR_L_GetLayerDefn(layer);
    maker->field_count = OGR_FD_GetFieldCount(maker->fields);
    if (name_columns(maker, OGR_L_GetGeometryColumn(layer)[0] != '\0'))
        select_all(maker, layer, table, &sql);
    else
        sql.failed = true;
    if (!sql.failed)
        rows = GDALDatasetExecuteSQL(reader->data, sql.text, NULL, NULL);
    if (rows != NULL) {
        kept = keep_rows(maker, rows) && add_sheet(maker);
        GDALDatasetReleaseResultSet(reader->data, rows);
    }
    ab__buf_free(&sql);
    return kept && reader->gdal->why[0] == '\0' ? AB_OK : fail(reader, err);
}

ab_status ab__gpkg_sheet(ab_gpkg_reader *reader, const char *name, ab_error *err)
{
    sheet_maker maker = {.reader = reader, .arena = ab__book_arena(reader->book)};
    OGRLayerH layer = GDALDatasetGetLayerByName(reader->data, name);

    maker.sheet.name = ab__arena_text(maker.arena, name + strlen(reader->prefix));
    maker.sheet.origin = ab__arena_printf(maker.arena, "%s/%s", ab__path_name(reader->path), name);
    if (maker.sheet.name == NULL || maker.sheet.origin == NULL || layer == NULL)
        return fail(reader, err);
    ab_status status = read_layer(&maker, layer, name, err);
    AB_VEC_FREE(&maker.cell);
    AB_VEC_FREE(&maker.line);
    return status;
}
