/* Results as GeoPackages: what is written is read back, and the same data gives the same bytes. */
#include "io/support.h"

#include <math.h>

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>

#include "airbridge/io.h"
#include "airbridge/operation.h"
#include "base/arena.h"
#include "io/gpkg_schema.h"
#include "schema/book.h"
#include "schema/convert.h"
#include "schema/find.h"
#include "support/small.h"

/* ---- Data ------------------------------------------------------------------------------------- */

/* The operation that templates make: it has rows of every table. */
static ab_operation *read_operation(const char *path)
{
    ab_book *book;
    ab_operation *op = NULL;
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    if (ab_book_read(path, NULL, &book, issues, &err) != AB_OK ||
        ab_operation_read(book, &op, issues, &err) != AB_OK) {
        for (int32_t i = 0; i < ab_issues_count(issues); i++)
            print_error("%s: %s\n", ab_issues_at(issues, i)->origin,
                        ab_issues_at(issues, i)->column);
        fail_msg("%s", err.message);
    }
    ab_book_free(book);
    ab_issues_free(issues);
    return op;
}

static ab_operation *template_operation(const char *folder)
{
    char *path = path_in(folder, "template");

    assert_int_equal(ab_template_write(path, ab_input_schema(), AB_LANGUAGES, NULL), AB_OK);
    ab_operation *op = read_operation(path);
    free(path);
    return op;
}

static ab_shape draw_shape(uint64_t *state, ab_arena *arena, ab_shape_kind kind)
{
    int32_t vertices = kind == AB_SHAPE_POINT ? 1 : 2 + (int32_t)(draw(state) % 5);
    int32_t *starts = AB_NEW(arena, int32_t, 2);
    double *lon_lat_deg = AB_NEW(arena, double, 2 * vertices);

    starts[1] = vertices;
    for (int32_t i = 0; i < 2 * vertices; i++)
        lon_lat_deg[i] = (double)(draw(state) % 1000000007) * 1e-7 - 50.0 + 1.0 / 3.0;
    return (ab_shape){kind, 1, starts, lon_lat_deg};
}

static const char *draw_text(uint64_t *state, ab_arena *arena)
{
    static const char *const parts[] = {"a",  "road", "7",        "'",        "\"",  ";",  ",",
                                        "%s", " ",    "\xC3\xA9", "\xD8\xAF", "&<>", "--", "0"};
    ab_buf text = AB_BUF_INIT;

    ab__buf_add(&text, "x");
    for (uint64_t n = draw(state) % 8; n > 0; n--)
        ab__buf_add(&text, parts[draw(state) % (sizeof parts / sizeof parts[0])]);
    ab__buf_add(&text, "y");
    const char *kept = ab__arena_text(arena, text.text);
    ab__buf_free(&text);
    return kept;
}

/* `empty`: the value is not known. */
static void draw_value(uint64_t *state, ab_arena *arena, const ab_column *column, char *row,
                       bool empty, ab_shape_kind kind)
{
    void *value = row + column->offset;

    switch (column->type) {
    case AB_TYPE_ID:
        *(const char **)value = ab__arena_printf(arena, "t%llu", (unsigned long long)draw(state));
        break;
    case AB_TYPE_TEXT:
        *(const char **)value = empty ? "" : draw_text(state, arena);
        break;
    case AB_TYPE_NUMBER:
        *(double *)value = empty ? (double)NAN : (double)(int64_t)draw(state) * 1e-13 / 3;
        break;
    case AB_TYPE_COUNT:
        *(int64_t *)value = empty ? -1 : (int64_t)(draw(state) >> 2);
        break;
    case AB_TYPE_FLAG:
        *(int32_t *)value = empty ? -1 : (int32_t)(draw(state) % 2);
        break;
    case AB_TYPE_CODE:
        *(int32_t *)value = empty ? -1 : (int32_t)(draw(state) % (uint64_t)column->codes->count);
        break;
    case AB_TYPE_TIME:
        *(ab_time *)value =
            empty ? AB_TIME_NONE : (ab_time)(draw(state) % 7000000000u) - 2000000000;
        break;
    case AB_TYPE_WKT:
        *(ab_shape *)value =
            empty ? (ab_shape){.kind = AB_SHAPE_NONE} : draw_shape(state, arena, kind);
        break;
    default:
        fail_msg("no result has a column of type %d yet: draw it here", (int)column->type);
    }
}

/* `count` random rows in every table of a result. */
static ab_data draw_results(uint64_t seed, ab_arena *arena, int32_t count)
{
    const ab_schema *schema = ab_result_schema();
    ab_rows *rows = AB_NEW(arena, ab_rows, schema->count);

    for (int32_t t = 0; t < schema->count; t++) {
        const ab_table *table = &schema->tables[t];
        bool points = t == AB_TABLE_stock_days || t == AB_TABLE_gaps;
        char *at = ab__arena_array(arena, (size_t)count, table->row_size);
        for (int32_t r = 0; r < count; r++) {
            for (int32_t c = 0; c < table->column_count; c++)
                draw_value(&seed, arena, &table->columns[c], at + (size_t)r * table->row_size,
                           c > 0 && !table->columns[c].required && draw(&seed) % 5 == 0,
                           points ? AB_SHAPE_POINT : AB_SHAPE_LINE);
        }
        rows[t] = (ab_rows){at, count};
    }
    return (ab_data){schema, rows};
}

typedef struct world {
    char *folder, *path;
    ab_arena *arena;
    ab_operation *op;
    ab_data input, results;
} world;

static world start(void)
{
    world in = {.folder = make_folder(), .arena = ab__arena_new()};

    in.path = path_in(in.folder, "plan.gpkg");
    in.op = template_operation(in.folder);
    in.input = ab_operation_data(in.op);
    in.results = draw_results(2016, in.arena, 20);
    return in;
}

static void write_it(const world *in, const char *path)
{
    ab_error err = AB_ERROR_INIT;

    if (ab_result_write(path, &in->input, &in->results, &err) != AB_OK)
        fail_msg("%s", err.message);
}

static void end(world *in)
{
    ab_operation_free(in->op);
    ab__arena_free(in->arena);
    free(in->path);
    remove_folder(in->folder);
}

/* Changes the file from outside, as another program would. */
static void run_sql(const char *path, const char *sql)
{
    GDALAllRegister();
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);

    assert_non_null(data);
    OGRLayerH layer = GDALDatasetExecuteSQL(data, sql, NULL, NULL);
    if (layer != NULL)
        GDALDatasetReleaseResultSet(data, layer);
    GDALClose(data);
}

/* ---- What is written is read back ------------------------------------------------------------- */

static void expect_digest(const ab_operation *op, const ab_operation *other)
{
    char a[65], b[65];

    assert_int_equal(ab_operation_digest(op, a, NULL), AB_OK);
    assert_int_equal(ab_operation_digest(other, b, NULL), AB_OK);
    assert_string_equal(a, b);
}

static void the_sources_of_settings_come_back(void **state)
{
    world in = start();
    ab_remark remarks[AB_COLS_settings];

    (void)state;
    for (int c = 0; c < AB_COLS_settings; c++)
        remarks[c] = (ab_remark){"", ""};
    remarks[AB_COL_settings_period_s] = (ab_remark){"assumed", "asked twice"};
    ((ab_settings *)(uintptr_t)in.op->settings)->head.remarks = remarks;
    write_it(&in, in.path);
    ab_operation *back = read_operation(in.path);
    expect_digest(in.op, back);
    assert_non_null(back->settings->head.remarks);
    const ab_remark *kept = &back->settings->head.remarks[AB_COL_settings_period_s];
    assert_string_equal(kept->source, "assumed");
    assert_string_equal(kept->note, "asked twice");
    assert_int_equal(ab_settings_assumed(back->settings), 1);
    ab_operation_free(back);
    end(&in);
}

static void an_operation_comes_back_the_same_with_its_lines(void **state)
{
    world in = start();

    (void)state;
    write_it(&in, in.path);
    ab_operation *back = read_operation(in.path);
    expect_digest(in.op, back);
    assert_int_equal(back->stocks.count, in.op->stocks.count);
    for (int32_t i = 0; i < back->stocks.count; i++)
        assert_int_equal(back->stocks.at[i].head.line, in.op->stocks.at[i].head.line);
    ab_operation_free(back);
    end(&in);
}

static void the_shared_operation_comes_back_the_same(void **state)
{
    world in = start();
    ab_operation *mini = small_mini();

    (void)state;
    if (mini == NULL) {
        end(&in);
        skip();
    }
    in.input = ab_operation_data(mini);
    write_it(&in, in.path);
    ab_operation *back = read_operation(in.path);
    expect_digest(mini, back);
    ab_operation_free(back);
    ab_operation_free(mini);
    end(&in);
}

static void expect_same_rows(const ab_data *a, const ab_data *b, int32_t t)
{
    const ab_table *table = &a->schema->tables[t];
    ab_buf left = AB_BUF_INIT, right = AB_BUF_INIT;

    assert_int_equal(a->rows[t].count, b->rows[t].count);
    for (int32_t r = 0; r < a->rows[t].count; r++) {
        for (int32_t c = 0; c < table->column_count; c++) {
            ab__buf_clear(&left);
            ab__buf_clear(&right);
            ab__cell_write(a, &table->columns[c], ab__row_at(&a->rows[t], table, r), &left);
            ab__cell_write(b, &table->columns[c], ab__row_at(&b->rows[t], table, r), &right);
            if (strcmp(ab__buf_text(&left), ab__buf_text(&right)) != 0)
                fail_msg("%s.%s: \"%s\" became \"%s\"", table->name, table->columns[c].name,
                         ab__buf_text(&left), ab__buf_text(&right));
        }
    }
    ab__buf_free(&left);
    ab__buf_free(&right);
}

static void every_table_of_a_result_comes_back_the_same(void **state)
{
    world in = start();
    ab_result_rows back;
    ab_error err = AB_ERROR_INIT;

    (void)state;
    write_it(&in, in.path);
    if (ab_result_read(in.path, NULL, &back, &err) != AB_OK)
        fail_msg("%s", err.message);
    for (int32_t t = 0; t < in.results.schema->count; t++)
        expect_same_rows(&in.results, &back.data, t);
    ab_result_rows_free(&back);
    end(&in);
}

static void a_result_without_rows_is_a_result(void **state)
{
    world in = start();
    ab_result_rows back;
    ab_error err = AB_ERROR_INIT;

    (void)state;
    in.results = draw_results(1, in.arena, 0);
    write_it(&in, in.path);
    if (ab_result_read(in.path, NULL, &back, &err) != AB_OK)
        fail_msg("%s", err.message);
    assert_int_equal(back.data.rows[AB_TABLE_trips].count, 0);
    ab_result_rows_free(&back);
    end(&in);
}

static void a_result_is_known_by_what_it_holds_not_by_its_name(void **state)
{
    world in = start();
    char *other = path_in(in.folder, "places.csv");

    (void)state;
    write_it(&in, other);
    ab_operation *back = read_operation(other);
    expect_digest(in.op, back);
    ab_operation_free(back);
    free(other);
    end(&in);
}

/* ---- The same data, the same bytes ------------------------------------------------------------- */

static void the_same_data_gives_the_same_bytes(void **state)
{
    world in = start();
    char *again = path_in(in.folder, "another-name");

    (void)state;
    write_it(&in, in.path);
    CPLSetConfigOption("OGR_CURRENT_DATE", "2031-01-01T00:00:00Z");
    write_it(&in, again);
    CPLSetConfigOption("OGR_CURRENT_DATE", NULL);
    ab_buf a = read_file(in.path), b = read_file(again);
    assert_same_bytes(&a, &b);
    ab__buf_free(&a);
    ab__buf_free(&b);

    ab_operation *back = read_operation(in.path);
    in.input = ab_operation_data(back);
    write_it(&in, again);
    a = read_file(in.path);
    b = read_file(again);
    assert_same_bytes(&a, &b);
    ab__buf_free(&a);
    ab__buf_free(&b);
    ab_operation_free(back);
    free(again);
    end(&in);
}

static void gdal_is_left_as_it_was_found(void **state)
{
    world in = start();

    (void)state;
    CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", "DELETE");
    write_it(&in, in.path);
    assert_string_equal(CPLGetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", ""), "DELETE");
    assert_null(CPLGetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL));
    CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", NULL);
    end(&in);
}

/* ---- Files that are not as we wrote them ------------------------------------------------------- */

static void expect_no_operation(const char *path, const char *words)
{
    ab_book *book;
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab_book_read(path, NULL, &book, issues, &err), AB_IO);
    if (strstr(err.message, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, err.message);
    assert_null(book);
    ab_issues_free(issues);
}

/* Neither as an operation nor as a result. */
static void expect_refused(const char *path, const char *words)
{
    ab_result_rows rows;
    ab_error err = AB_ERROR_INIT;

    expect_no_operation(path, words);
    assert_int_equal(ab_result_read(path, NULL, &rows, &err), AB_IO);
    assert_non_null(strstr(err.message, words));
    assert_null(rows.arena);
}

static void a_file_that_is_no_result_is_refused(void **state)
{
    world in = start();

    (void)state;
    write_text(in.folder, "plan.gpkg", "");
    expect_refused(in.path, "is empty");
    write_text(in.folder, "plan.gpkg", "id,name\n");
    expect_refused(in.path, "is no container of tables: expected a folder of CSV files");
    write_text(in.folder, "plan.gpkg", "SQLite format 3");
    expect_refused(in.path, "is no container of tables");
    end(&in);
}

static void a_geopackage_of_others_is_no_result(void **state)
{
    world in = start();

    (void)state;
    GDALAllRegister();
    GDALDatasetH data =
        GDALCreate(GDALGetDriverByName("GPKG"), in.path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(GDALDatasetCreateLayer(data, "places", NULL, wkbNone, NULL));
    GDALClose(data);
    ab_result_rows rows;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_result_read(in.path, NULL, &rows, &err), AB_IO);
    assert_non_null(strstr(err.message, "no result of airbridge"));
    end(&in);
}

static void a_file_that_is_cut_off_or_damaged_is_refused_in_silence(void **state)
{
    world in = start();
    char *log = path_in(in.folder, "log");

    (void)state;
    write_it(&in, in.path);
    ab_buf bytes = read_file(in.path);
    (void)fflush(stderr);
    int before = dup(STDERR_FILENO);
    assert_true(before >= 0 && freopen(log, "w", stderr) != NULL);
    for (size_t size = 100; size < bytes.size; size += bytes.size / 7) {
        write_file(in.folder, "plan.gpkg", bytes.text, size);
        expect_refused(in.path, "its end is missing");
    }
    memset(bytes.text + 4096, 0x5A, 3 * 4096);
    write_file(in.folder, "plan.gpkg", bytes.text, bytes.size);
    expect_refused(in.path, "damaged");
    (void)fflush(stderr);
    assert_true(dup2(before, STDERR_FILENO) >= 0);
    (void)close(before);
    ab_buf told = read_file(log);
    assert_string_equal(ab__buf_text(&told), "");
    ab__buf_free(&told);
    ab__buf_free(&bytes);
    free(log);
    end(&in);
}

static void a_view_in_the_place_of_a_table_is_refused(void **state)
{
    world in = start();

    (void)state;
    write_it(&in, in.path);
    run_sql(in.path, "ALTER TABLE in_stocks RENAME TO hidden");
    run_sql(in.path, "CREATE VIEW in_stocks AS SELECT * FROM hidden");
    expect_no_operation(in.path, "in_stocks is no plain table");
    end(&in);
}

/* What computes runs what a stranger wrote, at the latest when it is read. */
static void whatever_computes_is_refused_before_anything_is_read(void **state)
{
    static const struct {
        const char *sql, *words;
    } hostile[] = {
        {"CREATE VIEW harmless AS SELECT 1 AS one", "harmless is no plain table but a view"},
        {"CREATE TABLE in_extra (a, b AS (a || a))", "in_extra is no plain table but a table with"},
        {"CREATE TABLE extra (a, b INT GENERATED ALWAYS/**/AS\n(zeroblob(1000000000)) STORED)",
         "a computed column"},
        {"CREATE VIRTUAL TABLE in_extra USING fts4(body)",
         "in_extra is no plain table but a virtual"},
        {"CREATE TRIGGER sly AFTER INSERT ON in_stocks BEGIN DELETE FROM in_places; END",
         "sly is no plain table but a trigger"},
    };
    world in = start();

    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        write_it(&in, in.path);
        run_sql(in.path, hostile[i].sql);
        expect_refused(in.path, hostile[i].words);
    }
    end(&in);
}

static void words_in_comments_and_names_compute_nothing(void **state)
{
    world in = start();

    (void)state;
    write_it(&in, in.path);
    run_sql(in.path, "CREATE TABLE mine (a TEXT DEFAULT 'AS (x)', /* virtual, generated AS (y) */ "
                     "\"as (\" TEXT, generated TEXT, b CHECK (CAST(b AS TEXT) <> ''))");
    ab_operation *back = read_operation(in.path);
    expect_digest(in.op, back);
    ab_operation_free(back);
    end(&in);
}

/* The list of tables spread over several pages, long declarations over overflow pages. */
static void many_tables_of_others_are_passed_over(void **state)
{
    world in = start();

    (void)state;
    write_it(&in, in.path);
    for (int i = 0; i < 12; i++) {
        ab_buf sql = AB_BUF_INIT;
        ab__buf_printf(&sql, "CREATE TABLE mine_%d (a /*%*s*/)", i, i * 900, "");
        run_sql(in.path, sql.text);
        ab__buf_free(&sql);
    }
    ab_operation_free(read_operation(in.path));
    run_sql(in.path, "CREATE VIEW last AS SELECT 1");
    expect_refused(in.path, "last is no plain table but a view");
    end(&in);
}

/* No byte of the schema's first page may lead the reader astray. */
static void a_damaged_list_of_tables_is_refused_or_read(void **state)
{
    world in = start();
    uint64_t seed = 7;

    (void)state;
    write_it(&in, in.path);
    ab_buf bytes = read_file(in.path);
    for (int i = 0; i < 20000; i++) {
        ab_error err = AB_ERROR_INIT;
        size_t at = 16 + draw(&seed) % 8000;
        char before = bytes.text[at];
        bytes.text[at] = (char)draw(&seed);
        ab_status status = ab__gpkg_refuse_computed("x", &bytes, &err);
        assert_true(status == AB_OK || (status == AB_IO && err.message[0] != '\0'));
        bytes.text[at] = before;
    }
    assert_int_equal(ab__gpkg_refuse_computed("x", &bytes, NULL), AB_OK);
    ab__buf_free(&bytes);
    end(&in);
}

/* Changes an operation's file by `sql` and reads it; the flaws as text. */
static ab_buf flaws_after(const world *in, const char *sql)
{
    ab_book *book;
    ab_operation *op = NULL;
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;
    ab_buf flaws = AB_BUF_INIT;

    write_it(in, in->path);
    run_sql(in->path, sql);
    if (ab_book_read(in->path, NULL, &book, issues, &err) != AB_OK)
        fail_msg("%s", err.message);
    (void)ab_operation_read(book, &op, issues, &err);
    add_issues(&flaws, issues);
    ab_operation_free(op);
    ab_book_free(book);
    ab_issues_free(issues);
    return flaws;
}

static void expect_flaws(const world *in, const char *sql, const char *flaws)
{
    ab_buf found = flaws_after(in, sql);

    if (strcmp(ab__buf_text(&found), flaws) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", sql, ab__buf_text(&found), flaws);
    ab__buf_free(&found);
}

static void what_was_changed_in_the_file_is_judged_as_any_input(void **state)
{
    world in = start();

    (void)state;
    expect_flaws(&in, "UPDATE in_stocks SET mass_t = 'many' WHERE fid = 3",
                 "NOT_A_NUMBER 3:0 mass_t");
    expect_flaws(&in, "UPDATE in_stocks SET mass_t = '12,5' WHERE fid = 3",
                 "DECIMAL_COMMA 3:0 mass_t");
    expect_flaws(&in,
                 "UPDATE in_stocks SET available_from = '2030-03-01T00:00:00.000' WHERE fid = 4",
                 "TIME_WITHOUT_ZONE 4:0 available_from");
    expect_flaws(&in, "UPDATE in_stocks SET hub = 'harbour' WHERE fid = 3", "DANGLING_REF 3:0 hub");
    expect_flaws(&in, "UPDATE in_stocks SET source = CAST(x'41FF42' AS TEXT) WHERE fid = 3",
                 "NOT_UTF8 3:0 source");
    expect_flaws(&in, "UPDATE in_stocks SET source = char(27) || '[2J' WHERE fid = 3",
                 "CONTROL_CHARACTER 3:0 source");
    expect_flaws(&in, "UPDATE in_stocks SET source = printf('%070000d', 1) WHERE fid = 3",
                 "TOO_LONG 3:0 source");
    expect_flaws(&in, "ALTER TABLE in_stocks ADD COLUMN colour TEXT DEFAULT 'red'",
                 "UNKNOWN_COLUMN 1:0");
    expect_flaws(&in, "UPDATE in_stocks SET mass_t = mass_t + 1", "");
    end(&in);
}

/* SQL that moves or empties; GDAL knows the functions. */
static void a_point_moved_in_qgis_is_told_and_one_drawn_there_is_taken(void **state)
{
    world in = start();
    static const char blank[] = "UPDATE in_places SET lon_deg = NULL, lat_deg = NULL";

    (void)state;
    expect_flaws(&in, "UPDATE in_places SET lon_deg = lon_deg + 0.01 WHERE fid = 3",
                 "TWO_POSITIONS 3:0 lon_deg");
    expect_flaws(&in, "UPDATE in_places SET lat_deg = lat_deg + 0.01 WHERE fid = 4",
                 "TWO_POSITIONS 4:0 lat_deg");
    expect_flaws(&in, "UPDATE in_places SET lat_deg = lat_deg + 1e-9", "");
    expect_flaws(&in, blank, "");
    ab_operation *back = read_operation(in.path);
    assert_true(back->places.at[0].lon_deg == in.op->places.at[0].lon_deg);
    assert_true(back->places.at[0].lat_deg == in.op->places.at[0].lat_deg);
    ab_operation_free(back);
    end(&in);
}

static void a_result_that_was_changed_out_of_its_form_is_refused(void **state)
{
    world in = start();
    ab_result_rows rows;
    ab_error err = AB_ERROR_INIT;

    (void)state;
    write_it(&in, in.path);
    run_sql(in.path, "UPDATE loads SET mass_t = 'many' WHERE fid = 7");
    assert_int_equal(ab_result_read(in.path, NULL, &rows, &err), AB_FLAWED);
    assert_non_null(strstr(err.message, "loads:7: mass_t"));
    assert_null(rows.arena);
    static const char *const needed[] = {"trips.depart", "trips.arrive",     "trips.id",
                                         "reach.from",   "stock_days.until", "gaps.from"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        const char *column = strchr(needed[i], '.') + 1;
        int table = (int)(column - needed[i]) - 1;
        ab_buf sql = AB_BUF_INIT, words = AB_BUF_INIT;
        write_it(&in, in.path);
        ab__buf_printf(&sql, "UPDATE %.*s SET \"%s\" = NULL WHERE fid = 3", table, needed[i],
                       column);
        ab__buf_printf(&words, "%.*s:3: %s", table, needed[i], column);
        run_sql(in.path, sql.text);
        assert_int_equal(ab_result_read(in.path, NULL, &rows, &err), AB_FLAWED);
        if (strstr(err.message, words.text) == NULL)
            fail_msg("no %s in %s", words.text, err.message);
        ab__buf_free(&sql);
        ab__buf_free(&words);
    }
    end(&in);
}

static void a_file_that_another_program_has_open_is_neither_read_nor_replaced(void **state)
{
    static const char *const suffixes[] = {"-wal", "-journal"};
    world in = start();
    ab_error err = AB_ERROR_INIT;

    (void)state;
    write_it(&in, in.path);
    for (int i = 0; i < 2; i++) {
        ab_buf beside = AB_BUF_INIT;
        ab__buf_printf(&beside, "plan.gpkg%s", suffixes[i]);
        write_text(in.folder, beside.text, "frames");
        expect_refused(in.path, "open in another program");
        assert_int_equal(ab_result_write(in.path, &in.input, &in.results, &err), AB_IO);
        char *path = path_in(in.folder, beside.text);
        assert_int_equal(unlink(path), 0);
        free(path);
        ab__buf_free(&beside);
    }
    ab_operation_free(read_operation(in.path));
    end(&in);
}

static void a_result_that_cannot_be_written_leaves_the_old_one(void **state)
{
    world in = start();
    char *nowhere = path_in(in.folder, "no/such/folder.gpkg");
    ab_error err = AB_ERROR_INIT;

    (void)state;
    assert_int_equal(ab_result_write(nowhere, &in.input, &in.results, &err), AB_IO);
    assert_int_equal(ab_result_write("/dev/full", &in.input, &in.results, &err), AB_IO);
    assert_int_equal(ab_result_write("/dev/null", &in.input, &in.results, &err), AB_OK);
    free(nowhere);
    end(&in);
}

/* ---- What others see --------------------------------------------------------------------------- */

static int64_t count_rows(const char *path, const char *sql)
{
    GDALAllRegister();
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = GDALDatasetExecuteSQL(data, sql, NULL, NULL);

    assert_non_null(layer);
    OGRFeatureH row = OGR_L_GetNextFeature(layer);
    assert_non_null(row);
    int64_t count = OGR_F_GetFieldAsInteger64(row, 0);
    OGR_F_Destroy(row);
    GDALDatasetReleaseResultSet(data, layer);
    GDALClose(data);
    return count;
}

static void layers_tell_their_meaning_units_hashtags_and_styles(void **state)
{
    world in = start();

    (void)state;
    write_it(&in, in.path);
    assert_int_equal(count_rows(in.path,
                                "SELECT count(*) FROM gpkg_data_columns WHERE table_name = 'trips' "
                                "AND column_name = 'mass_t' AND title = 'loaded, all vehicles' "
                                "AND description = 't; #value+tonnes+sent'"),
                     1);
    assert_int_equal(count_rows(in.path,
                                "SELECT count(*) FROM layer_styles WHERE useAsDefault = 1 AND "
                                "f_geometry_column = 'geom' AND f_table_name IN ('reach', 'trips', "
                                "'stock_days', 'gaps', 'purchases', 'carriage', 'drops', 'footprints')"),
                     8);
    assert_int_equal(
        count_rows(in.path, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features' AND "
                            "srs_id = 4326 AND description <> ''"),
        8 + 7);
    assert_int_equal(count_rows(in.path,
                                "SELECT count(*) FROM in_places WHERE lon_deg IS NOT NULL AND geom "
                                "IS NOT NULL"),
                     in.op->places.count);
    end(&in);
}

static void defaults_are_not_written_as_if_they_had_been_given(void **state)
{
    world in = start();

    (void)state;
    write_it(&in, in.path);
    assert_int_equal(
        count_rows(in.path, "SELECT count(*) FROM in_operation WHERE key = 'road_factor'"), 0);
    assert_int_equal(
        count_rows(in.path, "SELECT count(*) FROM in_operation WHERE key = 'period_h'"), 1);
    assert_int_equal(
        count_rows(in.path, "SELECT count(*) FROM in_vehicles WHERE fixed_usd_per_day IS NULL"), 1);
    end(&in);
}

/* ---- Want of memory ---------------------------------------------------------------------------- */

static void want_of_memory_leaves_the_old_file_and_nothing_else(void **state)
{
    world in = start();
    ab_status status = AB_NO_MEMORY;

    (void)state;
    in.results = draw_results(1, in.arena, 1);
    write_text(in.folder, "plan.gpkg", "old");
    for (int64_t n = 1; status != AB_OK; n += 1 + n / 8) {
        ab__fail_allocation(n);
        status = ab_result_write(in.path, &in.input, &in.results, NULL);
        ab__fail_allocation(0);
        ab_buf bytes = read_file(in.path);
        assert_true(status == AB_OK || strcmp(ab__buf_text(&bytes), "old") == 0);
        ab__buf_free(&bytes);
    }
    status = AB_NO_MEMORY;
    for (int64_t n = 1; status != AB_OK; n += 1 + n / 8) {
        ab_book *book = NULL;
        ab_issues *issues = ab_issues_new(0);
        ab__fail_allocation(n);
        status = ab_book_read(in.path, NULL, &book, issues, NULL);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && book == NULL));
        ab_book_free(book);
        ab_issues_free(issues);
    }
    end(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operation_comes_back_the_same_with_its_lines),
        cmocka_unit_test(the_shared_operation_comes_back_the_same),
        cmocka_unit_test(every_table_of_a_result_comes_back_the_same),
        cmocka_unit_test(a_result_without_rows_is_a_result),
        cmocka_unit_test(a_result_is_known_by_what_it_holds_not_by_its_name),
        cmocka_unit_test(the_same_data_gives_the_same_bytes),
        cmocka_unit_test(gdal_is_left_as_it_was_found),
        cmocka_unit_test(a_file_that_is_no_result_is_refused),
        cmocka_unit_test(a_geopackage_of_others_is_no_result),
        cmocka_unit_test(a_file_that_is_cut_off_or_damaged_is_refused_in_silence),
        cmocka_unit_test(the_sources_of_settings_come_back),
        cmocka_unit_test(a_view_in_the_place_of_a_table_is_refused),
        cmocka_unit_test(whatever_computes_is_refused_before_anything_is_read),
        cmocka_unit_test(words_in_comments_and_names_compute_nothing),
        cmocka_unit_test(many_tables_of_others_are_passed_over),
        cmocka_unit_test(a_damaged_list_of_tables_is_refused_or_read),
        cmocka_unit_test(what_was_changed_in_the_file_is_judged_as_any_input),
        cmocka_unit_test(a_point_moved_in_qgis_is_told_and_one_drawn_there_is_taken),
        cmocka_unit_test(a_result_that_was_changed_out_of_its_form_is_refused),
        cmocka_unit_test(a_file_that_another_program_has_open_is_neither_read_nor_replaced),
        cmocka_unit_test(a_result_that_cannot_be_written_leaves_the_old_one),
        cmocka_unit_test(layers_tell_their_meaning_units_hashtags_and_styles),
        cmocka_unit_test(defaults_are_not_written_as_if_they_had_been_given),
        cmocka_unit_test(want_of_memory_leaves_the_old_file_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
