/* What QGIS and people learn of a result besides its rows: the meaning, unit and hashtag of each column, and
 * the default style of each layer. */
#include <string.h>

#include "io/gpkg.h"
#include "io/style.h"

/* The table is the one that QGIS 3 makes itself. Times are not written: a result must not tell when it was made. */
static const char *const tables[] = {
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
    "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
    "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)",
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES "
    "('layer_styles', 'attributes', 'layer_styles', '', '2000-01-01T00:00:00.000Z')",
};

bool ab__gpkg_start_styles(const ab_gpkg *to)
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
        if (!ab__gpkg_note(to, ab__buf_text(&table->name), name, column,
                           column->hxl != NULL ? column->hxl : ""))
            return false;
    }
    return write_style(to, table);
}
