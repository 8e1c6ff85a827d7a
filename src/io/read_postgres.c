#include "io/read_postgres.h"

#include <string.h>

#include "base/vec.h"
#include "io/layer_sheet.h"
#include "schema/issues.h"

/* A table of the database, or what is read like one. */
typedef struct relation {
    const char *name;
    bool ordered; /* its rows have a place on the disk */
    bool ours;    /* made by us */
} relation;

typedef AB_VEC(relation) relations;

static ab_status fail(const ab_layer_reader *reader, ab_error *err)
{
    if (reader->gdal->why[0] == '\0')
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader->path);
    for (char *c = reader->gdal->why; *c != '\0'; c++)
        *c = *c == '\n' ? ' ' : *c; /* the server's words are of several lines */
    return ab_fail(err, AB_IO, "%s cannot be read: %s", reader->path, reader->gdal->why);
}

/* ---- Cells ------------------------------------------------------------------------------------ */

/* What the type of a column is, the database says best itself. */
static void add_cell(ab_buf *sql, const char *column, OGRFieldDefnH field)
{
    ab_buf name = AB_BUF_INIT;

    (void)field;
    ab__sql_name(&name, column);
    const char *x = ab__buf_text(&name);
    ab__buf_printf(sql,
                   "CASE pg_typeof(%s)::text "
                   "WHEN 'boolean' THEN CASE %s::text WHEN 'true' THEN 'tyes' "
                   "WHEN 'false' THEN 'tno' END "
                   "WHEN 'double precision' THEN 'r' || %s::text "
                   "WHEN 'real' THEN 'r' || %s::text "
                   "WHEN 'timestamp with time zone' THEN "
                   "'t' || replace(to_jsonb(%s) #>> '{}', '+00:00', 'Z') "
                   "WHEN 'timestamp without time zone' THEN 't' || (to_jsonb(%s) #>> '{}') "
                   "ELSE 't' || %s::text END",
                   x, x, x, x, x, x, x);
    sql->failed = sql->failed || name.failed;
    ab__buf_free(&name);
}

/* ---- Tables ----------------------------------------------------------------------------------- */

/* Tables that extensions brought are none of the operation's. */
static bool list_relations(const ab_layer_reader *reader, const char *schema, relations *found)
{
    ab_buf sql = AB_BUF_INIT;

    ab__buf_add(&sql,
                "SELECT c.relname::text, (c.relkind IN ('r', 'm'))::text AS ordered, "
                "(coalesce(obj_description(c.oid, 'pg_class'), '') LIKE 'Airbridge: %')::text AS ours "
                "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition "
                "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid "
                "AND d.classid = 'pg_class'::regclass AND d.deptype = 'e') AND n.nspname = ");
    ab__sql_text(&sql, schema);
    ab__buf_add(&sql, " ORDER BY c.relname::text COLLATE \"C\"");
    OGRLayerH rows = sql.failed ? NULL : GDALDatasetExecuteSQL(reader->data, sql.text, NULL, NULL);
    bool kept = rows != NULL;
    for (OGRFeatureH row; kept && (row = OGR_L_GetNextFeature(rows)) != NULL;) {
        relation *one = AB_PUSH(found);
        kept = one != NULL;
        if (kept)
            *one = (relation){ab__arena_text(reader->work, OGR_F_GetFieldAsString(row, 0)),
                              OGR_F_GetFieldAsString(row, 1)[0] == 't',
                              OGR_F_GetFieldAsString(row, 2)[0] == 't'};
        kept = kept && one->name != NULL;
        OGR_F_Destroy(row);
    }
    if (rows != NULL)
        GDALDatasetReleaseResultSet(reader->data, rows);
    ab__buf_free(&sql);
    return kept && reader->gdal->why[0] == '\0';
}

static bool is_wanted(const ab_layer_reader *reader, const relation *table)
{
    bool known = ab_schema_find(reader->schema, table->name) >= 0;

    /* Where GDAL would take the name apart, no table of ours is meant. */
    return (known || table->ours) && strpbrk(table->name, ".(") == NULL;
}

static bool is_of_map_program(const char *name)
{
    return strcmp(name, "layer_styles") == 0 || strcmp(name, "qgis_projects") == 0;
}

static void tell_unknown(const ab_layer_reader *reader, const char *origin, const char *name)
{
    ab__issue_raise(reader->issues,
                    (ab_issue){.code = AB_ISSUE_UNKNOWN_TABLE,
                               .origin = origin,
                               .expected = "a table that is known, or none",
                               .found = name,
                               .hint = "it was not read; a schema of its own keeps an operation "
                                       "apart from other tables"});
}

/* Rows come in the order of their key if it is a whole number, or as they lie in the table, or as a view
 * gives them. */
static ab_layer_dialect dialect_of(const ab_layer_reader *reader, const relation *table,
                                   const char *key)
{
    ab_layer_dialect dialect = {add_cell, NULL, "(row_number() OVER ())::text",
                                "row_number() OVER ()"};
    ab_buf name = AB_BUF_INIT;

    if (key[0] != '\0') {
        ab__sql_name(&name, key);
        dialect.order = name.failed ? NULL : ab__arena_text(reader->work, name.text);
        dialect.line = name.failed ? NULL : ab__arena_printf(reader->work, "%s::text", name.text);
        ab__buf_free(&name);
    } else if (table->ordered) {
        dialect.line = "(row_number() OVER (ORDER BY ctid))::text";
        dialect.order = "ctid";
    }
    return dialect;
}

static ab_status read_relation(ab_layer_reader *reader, const char *schema, const relation *table,
                               const char *origin, ab_error *err)
{
    ab_buf name = AB_BUF_INIT, sql = AB_BUF_INIT;
    ab_layer_dialect dialect = {NULL, NULL, NULL, NULL};

    ab__buf_printf(&name, "%s.%s", schema, table->name);
    ab__sql_name(&sql, schema);
    ab__buf_char(&sql, '.');
    ab__sql_name(&sql, table->name);
    OGRLayerH layer =
        name.failed || sql.failed ? NULL : GDALDatasetGetLayerByName(reader->data, name.text);
    if (layer != NULL)
        dialect = dialect_of(reader, table, OGR_L_GetFIDColumn(layer));
    reader->dialect = &dialect;
    ab_status status = dialect.line == NULL || dialect.order == NULL
                           ? fail(reader, err)
                           : ab__layer_sheet(reader, layer, sql.text, table->name, origin, err);
    ab__buf_free(&name);
    ab__buf_free(&sql);
    return status;
}

static ab_status read_relations(ab_layer_reader *reader, const ab_pg_name *from, ab_error *err)
{
    relations found = {0};
    ab_status status = list_relations(reader, from->schema, &found) ? AB_OK : fail(reader, err);

    for (int32_t i = 0; status == AB_OK && i < found.count; i++) {
        const relation *table = &found.at[i];
        char *origin = ab__arena_printf(reader->work, "%s.%s", from->schema, table->name);
        if (origin == NULL)
            status = fail(reader, err);
        else if (is_wanted(reader, table))
            status = read_relation(reader, from->schema, table, origin, err);
        else if (!is_of_map_program(table->name))
            tell_unknown(reader, origin, table->name);
    }
    AB_VEC_FREE(&found);
    return status;
}

/* ---- The database ----------------------------------------------------------------------------- */

/* All that follows sees the database as it is now, and cannot change it. */
static bool begin(const ab_layer_reader *reader)
{
    static const char *const steps[] = {
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL TimeZone = 'UTC'",
        "SET LOCAL DateStyle = 'ISO'",
        "SET LOCAL extra_float_digits = 1",
        "SET LOCAL standard_conforming_strings = on",
    };

    if (GDALDatasetStartTransaction(reader->data, FALSE) != OGRERR_NONE)
        return false;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (!ab__gdal_sql(reader->data, reader->gdal, steps[i]))
            return false;
    return true;
}

static ab_status read_open(ab_layer_reader *reader, const ab_pg_name *from, ab_error *err)
{
    if (!begin(reader))
        return fail(reader, err);
    ab_status status = read_relations(reader, from, err);
    (void)GDALDatasetRollbackTransaction(reader->data);
    return status;
}

ab_status ab__postgres_read(const ab_pg_name *name, const ab_schema *schema, ab_book *book,
                            ab_issues *issues, ab_error *err)
{
    static const char *const drivers[] = {"PostgreSQL", NULL};
    ab_gdal gdal;
    ab_layer_reader reader = {.gdal = &gdal,
                              .path = name->shown,
                              .schema = schema,
                              .digits = 17,
                              .book = book,
                              .work = ab__arena_new(),
                              .issues = issues};

    if (reader.work == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", name->shown);
    ab__gdal_start(&gdal);
    reader.data =
        GDALOpenEx(name->connection, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                   drivers, NULL, NULL);
    ab_status status = reader.data != NULL ? read_open(&reader, name, err) : fail(&reader, err);
    if (reader.data != NULL)
        GDALClose(reader.data);
    ab__gdal_end(&gdal);
    ab__arena_free(reader.work);
    return status;
}
