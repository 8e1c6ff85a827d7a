/* A book as tables of a PostgreSQL database, in one transaction. */
#include <string.h>

#include "base/vec.h"
#include "io/pg.h"
#include "io/write.h"

static const char *const reserved[] = {NULL};
/* 63 bytes: PostgreSQL, "Lexical Structure", Identifiers; it cuts longer ones in silence. */
static const ab_layout_rules rules = {"PostgreSQL", 63, reserved};

/* ---- Times ------------------------------------------------------------------------------------ */

static bool wants_zone(const char *text)
{
    char with_zone[AB_TIME_TEXT_CAP];
    size_t size = strlen(text);
    ab_time time;

    if (size + 2 > sizeof with_zone || ab_time_parse(text, &time, NULL))
        return false;
    memcpy(with_zone, text, size);
    memcpy(with_zone + size, "Z", 2);
    return ab_time_parse(with_zone, &time, NULL);
}

static void refuse_zones(const ab_outgoing *out, const ab_out_sheet *sheet, int32_t column)
{
    const ab_column *declared = sheet->columns[column].declared;

    if (declared == NULL || declared->type != AB_TYPE_TIME)
        return;
    for (int64_t r = 0; r < sheet->row_count; r++) {
        const char *text = ab__out_cell(sheet, r, column);
        if (wants_zone(text))
            ab__out_refuse(out, sheet, r, column,
                           (ab_issue){.code = AB_ISSUE_ZONE_UNKNOWN,
                                      .expected = "a time with its zone, as the database keeps "
                                                  "the instant",
                                      .found = text,
                                      .hint = "add Z for UTC, or the zone as +03:00"});
    }
}

/* ---- What is there already -------------------------------------------------------------------- */

/* A table, or what takes its name, in the schema that is written to. */
typedef struct there {
    const char *name;
    bool ours;
} there;

typedef AB_VEC(there) all_there;

/* The first column of the first row, in `arena`; NULL: there is no row, or it failed. */
static const char *ask(const ab_pg *to, const char *sql, ab_arena *arena)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(to->data, sql, NULL, NULL);
    OGRFeatureH row = rows != NULL ? OGR_L_GetNextFeature(rows) : NULL;
    const char *answer = row != NULL ? ab__arena_text(arena, OGR_F_GetFieldAsString(row, 0)) : NULL;

    OGR_F_Destroy(row);
    if (rows != NULL)
        GDALDatasetReleaseResultSet(to->data, rows);
    return answer;
}

static bool list_tables(const ab_pg *to, ab_arena *arena, all_there *found)
{
    ab_buf sql = AB_BUF_INIT;

    ab__buf_add(&sql, "SELECT c.relname::text, coalesce(obj_description(c.oid, 'pg_class'), '') "
                      "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                      "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = ");
    ab__sql_text(&sql, to->name->schema);
    ab__buf_add(&sql, " ORDER BY 1");
    OGRLayerH rows = sql.failed ? NULL : GDALDatasetExecuteSQL(to->data, sql.text, NULL, NULL);
    bool kept = rows != NULL;
    for (OGRFeatureH row; kept && (row = OGR_L_GetNextFeature(rows)) != NULL;) {
        const char *comment = OGR_F_GetFieldAsString(row, 1);
        there *one = AB_PUSH(found);
        kept = one != NULL;
        if (kept)
            *one = (there){ab__arena_text(arena, OGR_F_GetFieldAsString(row, 0)),
                           strncmp(comment, AB_PG_MARK, strlen(AB_PG_MARK)) == 0};
        kept = kept && one->name != NULL;
        OGR_F_Destroy(row);
    }
    if (rows != NULL)
        GDALDatasetReleaseResultSet(to->data, rows);
    ab__buf_free(&sql);
    return kept && to->gdal->why[0] == '\0';
}

static bool is_written(const ab_outgoing *out, const char *name)
{
    for (int32_t s = 0; s < out->count; s++) {
        if (strcmp(ab__out_table_name(&out->sheets[s]), name) == 0)
            return true;
    }
    return false;
}

static bool drop(const ab_pg *to, const char *table)
{
    ab_buf sql = AB_BUF_INIT;

    ab__buf_add(&sql, "DROP TABLE ");
    ab__pg_table_name(to, table, &sql);
    bool dropped = !sql.failed && ab__gdal_sql(to->data, to->gdal, sql.text);
    ab__buf_free(&sql);
    return dropped;
}

static ab_status fail(const ab_pg *to, ab_error *err)
{
    if (to->gdal->why[0] == '\0')
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", to->name->shown);
    for (char *c = to->gdal->why; *c != '\0'; c++)
        *c = *c == '\n' ? ' ' : *c; /* the server's words are of several lines */
    return ab_fail(err, AB_IO, "%s cannot be written, and is as it was: %s", to->name->shown,
                   to->gdal->why);
}

/* All tables that we made go, since the operation is replaced as a whole; a table that we did not make is
 * somebody's work, and is never touched. */
static ab_status make_room(const ab_pg *to, const ab_outgoing *out, ab_error *err)
{
    all_there found = {0};
    ab_status status = list_tables(to, out->arena, &found) ? AB_OK : fail(to, err);

    for (int32_t i = 0; status == AB_OK && i < found.count; i++) {
        const there *table = &found.at[i];
        if (!table->ours && is_written(out, table->name))
            status = ab_fail(err, AB_IO,
                             "%s has a table %s that airbridge did not make: rename it, or write "
                             "to another schema",
                             to->name->shown, table->name);
        else if (table->ours && !drop(to, table->name))
            status = fail(to, err);
    }
    AB_VEC_FREE(&found);
    return status;
}

/* ---- Writing ---------------------------------------------------------------------------------- */

/* Two writers to one schema come one after the other. */
static bool prepare(const ab_pg *to)
{
    ab_buf sql = AB_BUF_INIT;
    bool done = ab__gdal_sql(to->data, to->gdal, "SET LOCAL standard_conforming_strings = on");

    ab__buf_add(&sql, "SELECT pg_advisory_xact_lock(hashtextextended('airbridge ' || ");
    ab__sql_text(&sql, to->name->schema);
    ab__buf_add(&sql, ", 0))::text");
    done = done && !sql.failed && ab__gdal_sql(to->data, to->gdal, sql.text);
    ab__buf_clear(&sql);
    ab__buf_add(&sql, "CREATE SCHEMA IF NOT EXISTS ");
    ab__sql_name(&sql, to->name->schema);
    done = done && !sql.failed && ab__gdal_sql(to->data, to->gdal, sql.text);
    ab__buf_free(&sql);
    return done;
}

static ab_status write_tables(const ab_pg *to, const ab_outgoing *out, ab_error *err)
{
    for (int32_t s = 0; s < out->count; s++) {
        ab_layout layout;
        if (!ab__layout_make(out, &out->sheets[s], &layout))
            return fail(to, err);
        if (ab__layout_spatial(&layout) && to->postgis == NULL)
            return ab_fail(err, AB_IO,
                           "the database of %s has no PostGIS, which table %s needs for its "
                           "positions: let its owner run CREATE EXTENSION postgis in it",
                           to->name->shown, ab__out_table_name(layout.sheet));
        if (!ab__pg_make_table(to, &layout, out->arena))
            return fail(to, err);
    }
    return AB_OK;
}

static ab_status write_all(ab_pg *to, const ab_outgoing *out, ab_error *err)
{
    if (GDALDatasetStartTransaction(to->data, FALSE) != OGRERR_NONE || !prepare(to))
        return fail(to, err);
    to->postgis = ask(to,
                      "SELECT n.nspname::text FROM pg_extension e JOIN pg_namespace n "
                      "ON n.oid = e.extnamespace WHERE e.extname = 'postgis'",
                      out->arena);
    ab_status status = to->gdal->why[0] == '\0' ? make_room(to, out, err) : fail(to, err);
    if (status == AB_OK)
        status = write_tables(to, out, err);
    if (status == AB_OK && GDALDatasetCommitTransaction(to->data) != OGRERR_NONE)
        status = fail(to, err);
    if (status != AB_OK)
        (void)GDALDatasetRollbackTransaction(to->data);
    return status;
}

static ab_status write_to(const ab_pg_name *name, const ab_outgoing *out, ab_error *err)
{
    static const char *const drivers[] = {"PostgreSQL", NULL};
    ab_gdal gdal;
    ab_status status;

    ab__gdal_start(&gdal);
    ab_pg to = {.gdal = &gdal, .name = name};
    to.data = GDALOpenEx(name->connection, GDAL_OF_VECTOR | GDAL_OF_UPDATE | GDAL_OF_VERBOSE_ERROR,
                         drivers, NULL, NULL);
    status = to.data != NULL ? write_all(&to, out, err) : fail(&to, err);
    if (to.data != NULL)
        GDALClose(to.data);
    ab__gdal_end(&gdal);
    return status;
}

ab_status ab__write_postgres(const ab_outgoing *out, const char *path,
                             const ab_open_options *options, ab_error *err)
{
    int64_t before = ab_issues_of(out->issues, AB_ERROR_FLAW);
    ab_pg_name name;
    ab_status status = ab__pg_name(path, options, out->arena, &name, err);

    if (status == AB_OK && !ab__refuse_names(out, &rules))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", name.shown);
    for (int32_t s = 0; status == AB_OK && s < out->count; s++) {
        for (int32_t c = 0; c < out->sheets[s].column_count; c++)
            refuse_zones(out, &out->sheets[s], c);
    }
    if (status == AB_OK)
        status = ab__write_judge(out, before, name.shown, err);
    return status == AB_OK ? write_to(&name, out, err) : status;
}
