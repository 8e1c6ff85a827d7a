/* What a declaration of a table says to one who reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/sql_words.h"

static void a_column_that_computes_is_seen_however_it_is_written(void **state)
{
    static const char *const computed[] = {
        "CREATE TABLE t (a, b AS (a))",
        "create table \"t\" (a, b int generated always as (a) stored)",
        "CREATE TABLE t(a,b GENERATED ALWAYS/* */AS--\n\t(a))",
        "CREATE TABLE [a '] (x, y as(x))",
        "CREATE TABLE 'it''s' (x DEFAULT '''', y AS (x))",
    };
    (void)state;
    for (size_t i = 0; i < sizeof computed / sizeof computed[0]; i++)
        assert_int_equal(ab__sql_table_kind(computed[i]), AB_SQL_COMPUTED);
}

static void honest_tables_are_plain(void **state)
{
    static const char *const plain[] = {
        "CREATE TABLE t (a, b)",
        "CREATE TABLE t (a /* AS (b) */, b DEFAULT 'AS (c)') -- virtual",
        "CREATE TABLE \"virtual\" (\"as (\" TEXT, alias (5), has (3), generated TEXT)",
        "CREATE TABLE t (a CHECK (CAST(a AS TEXT) <> ''))",
        "CREATE TABLE t (a TEXT(30), [b AS (c] REAL)",
        "CREATE TABLE t (a, /* never closed AS (b",
    };
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        assert_int_equal(ab__sql_table_kind(plain[i]), AB_SQL_PLAIN);
}

static void virtual_tables_are_told_from_the_index_of_a_map(void **state)
{
    (void)state;
    assert_int_equal(ab__sql_table_kind("CREATE VIRTUAL TABLE \"r\" USING rtree(id, x0, x1)"),
                     AB_SQL_MAP_INDEX);
    assert_int_equal(ab__sql_table_kind("CREATE VIRTUAL TABLE \"using rtree\" USING fts4(a)"),
                     AB_SQL_VIRTUAL);
    assert_int_equal(ab__sql_table_kind("/**/create virtual table r"), AB_SQL_VIRTUAL);
    assert_int_equal(ab__sql_table_kind(""), AB_SQL_OTHER);
    assert_int_equal(ab__sql_table_kind("DROP TABLE t"), AB_SQL_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_that_computes_is_seen_however_it_is_written),
        cmocka_unit_test(honest_tables_are_plain),
        cmocka_unit_test(virtual_tables_are_told_from_the_index_of_a_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
