/* What QGIS and people learn of a result besides its rows: the meaning, unit and hashtag of each column
 * (GeoPackage extension "schema"), and the default style of each layer (the table that QGIS keeps). */
#include <string.h>

#include "io/gpkg.h"
#include "io/style.h"

/* OGC 12-128r17 (GeoPackage 1.2.1), annex F.9, tables 17, 18 and the rows of requirement 103; the table of
 * styles is the one that QGIS 3 makes itself. Times are not written: a result must not tell when it was made. */
static const char *const tables[] = {
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, "
    "title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, "
    "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
    "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, "
    "max_is_inclusive BOOLEAN, description TEXT, "
    "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, "
    "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
    "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_column_constraints', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
    "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
    "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)",
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES "
    "('layer_styles', 'attributes', 'layer_styles', '', '2000-01-01T00:00:00.000Z')",
};

bool ab__gpkg_start_notes(const ab_gpkg *to)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (!ab__gdal_sql(to->data, to->gdal, tables[i]))
            return false;
    }
    return true;
}

static bool run(const ab_gpkg *to, ab_buf *sql)
{
    bool done = !sql->failed && ab__gdal_sql(to->data, to->gdal, sql->text);

    ab__buf_free(sql);
    return done;
}

static bool write_column_note(const ab_gpkg *to, const ab_gpkg_table *table, const char *name,
                              const ab_column *column)
{
    ab_buf sql = AB_BUF_INIT, tags = AB_BUF_INIT;
    bool both = column->unit[0] != '\0' && column->hxl != NULL;

    ab__buf_printf(&tags, "%s%s%s", column->unit, both ? "; " : "",
                   column->hxl != NULL ? column->hxl : "");
    ab__buf_add(&sql, "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, "
                      "description) VALUES (");
    ab__sql_text(&sql, ab__buf_text(&table->name));
    const char *const values[] = {name, name, column->meaning, ab__buf_text(&tags)};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        ab__buf_char(&sql, ',');
        ab__sql_text(&sql, values[i]);
    }
    ab__buf_char(&sql, ')');
    sql.failed = sql.failed || tags.failed;
    ab__buf_free(&tags);
    return run(to, &sql);
}

static bool write_style(const ab_gpkg *to, const ab_gpkg_table *table)
{
    ab_buf sql = AB_BUF_INIT, qml = AB_BUF_INIT;
    const char *name = ab__buf_text(&table->name);

    if (!ab__gpkg_spatial(table) || !ab__style_qml(name, table->kind, &qml))
        return true;
    ab__buf_add(&sql,
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                "owner) VALUES ('','',");
    ab__sql_text(&sql, name);
    ab__buf_add(&sql, ",'" AB_GPKG_GEOMETRY "',");
    ab__sql_text(&sql, name);
    ab__buf_char(&sql, ',');
    ab__sql_text(&sql, ab__buf_text(&qml));
    ab__buf_add(&sql, ",'',1,'','')");
    sql.failed = sql.failed || qml.failed;
    ab__buf_free(&qml);
    return run(to, &sql);
}

bool ab__gpkg_write_notes(const ab_gpkg *to, const ab_gpkg_table *table)
{
    const ab_table *declared = ab__gpkg_declared(table);

    if (declared->form == AB_SETTINGS)
        return true;
    for (int32_t c = 0; c < declared->column_count; c++) {
        const ab_column *column = &declared->columns[c];
        const char *name = c == table->wkt ? AB_GPKG_GEOMETRY : column->name;
        if (!write_column_note(to, table, name, column))
            return false;
    }
    return write_style(to, table);
}
