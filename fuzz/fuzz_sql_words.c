/* Any text as what a table says of itself, judged by us and by SQLite: where SQLite takes it, both must
 * agree on whether it is plain, computes, or is virtual. */
#include <sqlite3.h>

#include "fuzz.h"
#include "io/sql_words.h"

/* Nothing but definitions is run. */
static int only_definitions(void *context, int action, const char *a, const char *b, const char *c,
                            const char *d)
{
    static const int allowed[] = {SQLITE_CREATE_TABLE,
                                  SQLITE_CREATE_TEMP_TABLE,
                                  SQLITE_CREATE_VTABLE,
                                  SQLITE_CREATE_VIEW,
                                  SQLITE_CREATE_TEMP_VIEW,
                                  SQLITE_CREATE_INDEX,
                                  SQLITE_CREATE_TEMP_INDEX,
                                  SQLITE_INSERT,
                                  SQLITE_UPDATE,
                                  SQLITE_READ,
                                  SQLITE_FUNCTION};
    (void)context, (void)a, (void)b, (void)c, (void)d;
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (allowed[i] == action)
            return SQLITE_OK;
    return SQLITE_DENY;
}

/* Each table that there is: what it says (as SQLite keeps it), what SQLite takes it for (a virtual table has no
 * page of its own), and whether a column of it is computed. */
static const char TABLES[] =
    "SELECT s.sql, s.type = 'view', s.type = 'table' AND s.rootpage = 0,"
    " CASE s.type WHEN 'table' THEN"
    " EXISTS (SELECT 1 FROM pragma_table_xinfo(s.name) WHERE hidden IN (2, 3)) END,"
    " EXISTS (SELECT 1 FROM sqlite_schema n WHERE n.name = s.name || '_parent')"
    " FROM sqlite_schema s WHERE s.type IN ('table', 'view') AND s.sql IS NOT NULL";
enum { SQL, IS_VIEW, IS_VIRTUAL, COMPUTED, HAS_PARENT };

static void compare(sqlite3 *db)
{
    sqlite3_stmt *row = NULL;

    must(sqlite3_prepare_v2(db, TABLES, -1, &row, NULL) == SQLITE_OK, "SQLite lists its tables");
    while (sqlite3_step(row) == SQLITE_ROW) {
        ab_sql_kind kind = ab__sql_table_kind((const char *)sqlite3_column_text(row, SQL));
        if (sqlite3_column_int(row, IS_VIEW) != 0)
            must(kind == AB_SQL_OTHER, "a view is no table");
        else if (sqlite3_column_int(row, IS_VIRTUAL) != 0)
            must(kind == AB_SQL_VIRTUAL ||
                     (kind == AB_SQL_MAP_INDEX && sqlite3_column_int(row, HAS_PARENT) != 0),
                 "a virtual table is seen, and only one with an r-tree is the index of a map");
        else if (sqlite3_column_int(row, COMPUTED) > 0)
            must(kind == AB_SQL_COMPUTED, "a computed column is seen");
        else
            must(kind == AB_SQL_PLAIN, "a plain table is told as one");
    }
    must(sqlite3_finalize(row) == SQLITE_OK, "SQLite lists them to the end");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *sql = text_of(data, size);
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;

    must(ab__sql_table_kind(sql) <= AB_SQL_OTHER, "the kind is a known one");
    must(sqlite3_open(":memory:", &db) == SQLITE_OK, "SQLite opens");
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 100000);
    (void)sqlite3_set_authorizer(db, only_definitions, NULL);
    bool made = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
                statement != NULL && sqlite3_step(statement) == SQLITE_DONE;
    (void)sqlite3_finalize(statement);
    (void)sqlite3_set_authorizer(db, NULL, NULL);
    if (made)
        compare(db);
    (void)sqlite3_close(db);
    free(sql);
    return 0;
}
