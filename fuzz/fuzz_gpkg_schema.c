/* Any bytes as a database, of which we read the list of tables: where we find nothing that computes, SQLite
 * must find nothing either. */
#include <sqlite3.h>

#include "fuzz.h"
#include "io/gpkg_schema.h"

enum { HEADER_SIZE = 100 };

/* Opens the bytes as they are: no log, no journal. NULL: SQLite does not take them. */
static sqlite3 *open_bytes(const uint8_t *data, size_t size)
{
    sqlite3 *db = NULL;
    unsigned char *copy = sqlite3_malloc64(size);

    must(copy != NULL, "there is memory");
    memcpy(copy, data, size);
    must(sqlite3_open(":memory:", &db) == SQLITE_OK, "SQLite opens");
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (sqlite3_deserialize(db, "main", copy, (sqlite3_int64)size, (sqlite3_int64)size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) !=
        SQLITE_OK) {
        (void)sqlite3_close(db);
        return NULL;
    }
    return db;
}

static bool finds(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *rows = NULL;
    bool found = sqlite3_prepare_v2(db, sql, -1, &rows, NULL) == SQLITE_OK &&
                 sqlite3_step(rows) == SQLITE_ROW;

    (void)sqlite3_finalize(rows);
    return found;
}

static void check_with_sqlite(const uint8_t *data, size_t size)
{
    sqlite3 *db = open_bytes(data, size);

    if (db == NULL)
        return;
    must(!finds(db, "SELECT 1 FROM sqlite_schema WHERE type = 'view'"), "there is no view");
    must(!finds(db, "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND type = 'view'"),
         "there is no view by another name");
    must(!finds(db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND rootpage = 0"
                    " AND name NOT LIKE 'rtree~_%' ESCAPE '~'"),
         "there is no virtual table but the index of a map");
    must(!finds(db, "SELECT 1 FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) c"
                    " WHERE s.type = 'table' AND s.name NOT LIKE 'rtree~_%' ESCAPE '~'"
                    " AND c.hidden IN (2, 3)"),
         "there is no computed column");
    must(!finds(db, "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name NOT GLOB 'rtree_*'"
                    " AND name NOT GLOB 'gpkg_*' AND name NOT GLOB 'trigger_insert_feature_count_*'"
                    " AND name NOT GLOB 'trigger_delete_feature_count_*'"),
         "there is no foreign trigger");
    (void)sqlite3_close(db);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_error err = AB_ERROR_INIT;
    ab_buf bytes = AB_BUF_INIT;

    if (size < HEADER_SIZE)
        return 0; /* refused before */
    ab__buf_add_n(&bytes, (const char *)data, size);
    must(!bytes.failed, "there is memory");
    ab_status status = ab__gpkg_refuse_computed("a.gpkg", &bytes, &err);
    must(status == AB_OK || status == AB_IO, "it is fine, or refused");
    must((status == AB_OK) == (err.message[0] == '\0'), "a refusal has words");
    if (status == AB_OK)
        check_with_sqlite(data, size);
    ab__buf_free(&bytes);
    return 0;
}
