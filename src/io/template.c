/* Templates: a folder that shows how an operation is written down, and is one. */
#include <assert.h>
#include <string.h>
#include <sys/stat.h>

#include "airbridge/io.h"
#include "base/arena.h"
#include "base/buf.h"
#include "io/csv_write.h"
#include "io/folder_ours.h"
#include "io/folder_write.h"
#include "io/path.h"

/* Names and texts of cells by turns, NULL at the end. */
typedef struct example {
    const char *table;
    const char *const *cells;
} example;

static const example examples[] = {
#define AB_EXAMPLE(table, ...) {#table, (const char *const[]){__VA_ARGS__, NULL}},
#include "io/template_rows.def"
#undef AB_EXAMPLE
};

const char ab__template_readme[] =
    "An operation of Airbridge: one CSV file a table, filled with a tiny example that is made up.\n"
    "\n"
    "1. Write your rows over the example's, in a spreadsheet program or in QGIS; save as CSV in UTF-8.\n"
    "   The first line of a file names the columns, the second has their HXL hashtags: leave both as\n"
    "   they are. Columns that you do not need may stay empty or be removed; so may files, but for\n"
    "   operation, commodities, hubs, stocks, places and vehicles.\n"
    "2. An empty cell says \"not known\". What then stands in for it is reported with every plan.\n"
    "3. Times are UTC, as 2030-03-01T06:00Z. Numbers have a decimal point and no separators of\n"
    "   thousands. Units stand in the names of the columns; t is a metric tonne. A cell that lists\n"
    "   several things has \"; \" between them. A subject is table:id, as place:town.\n"
    "4. In the column source say where each row comes from; begin with \"assumed\" where nobody\n"
    "   measured it.\n"
    "\n"
    "airbridge check FOLDER    says what is wrong, with table, line and column\n"
    "airbridge plan FOLDER     writes FOLDER.plan.gpkg, which opens in QGIS\n"
    "airbridge schema          tells what each table and column means\n";

/* ---- CSV -------------------------------------------------------------------------------------- */

static const char *cell_of(const example *row, const char *column)
{
    for (const char *const *cell = row->cells; *cell != NULL; cell += 2) {
        if (strcmp(*cell, column) == 0)
            return cell[1];
    }
    return "";
}

const char *ab_template_cell(const char *table, int32_t row, const char *column)
{
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (strcmp(examples[i].table, table) == 0 && row-- == 0)
            return cell_of(&examples[i], column);
    }
    return NULL;
}

/* Adds what the header calls a column: "Charge utile (t)". */
static void add_header(ab_buf *csv, const ab_column *column, ab_language language)
{
    const char *names =
        language < AB_LANGUAGES && column->label != NULL ? column->label->in[language] : NULL;
    ab_buf header = AB_BUF_INIT;

    if (names == NULL)
        ab__buf_add(&header, column->name);
    else
        ab__buf_add_n(&header, names, strcspn(names, ";"));
    if (names != NULL && column->type == AB_TYPE_NUMBER && column->unit[0] != '\0')
        ab__buf_printf(&header, " (%s)", column->unit);
    ab__csv_add_cell(csv, ab__buf_text(&header));
    csv->failed = csv->failed || header.failed;
    ab__buf_free(&header);
}

static const char *column_tag(const ab_column *column, const example *row)
{
    (void)row;
    return column->hxl != NULL ? column->hxl : "";
}

static const char *column_cell(const ab_column *column, const example *row)
{
    return cell_of(row, column->name);
}

/* One line with a cell for each column. */
static void add_line(ab_buf *csv, const ab_table *table, const example *row,
                     const char *(*cell)(const ab_column *column, const example *row))
{
    for (int32_t c = 0; c < table->column_count; c++) {
        if (c > 0)
            ab__buf_char(csv, ',');
        ab__csv_add_cell(csv, cell(&table->columns[c], row));
    }
    ab__buf_char(csv, '\n');
}

static bool has_tags(const ab_table *table)
{
    for (int32_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].hxl != NULL)
            return true;
    }
    return false;
}

static void add_rows(ab_buf *csv, const ab_table *table, ab_language language)
{
    for (int32_t c = 0; c < table->column_count; c++) {
        ab__buf_add(csv, c > 0 ? "," : "");
        add_header(csv, &table->columns[c], language);
    }
    ab__buf_char(csv, '\n');
    if (has_tags(table))
        add_line(csv, table, NULL, column_tag);
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (strcmp(examples[i].table, table->name) == 0)
            add_line(csv, table, &examples[i], column_cell);
    }
}

/* All settings, each with what it means: there is no other place to say it. */
static void add_settings(ab_buf *csv, const ab_table *table, ab_language language)
{
    const example *row = NULL;

    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        row = strcmp(examples[i].table, table->name) == 0 ? &examples[i] : row;
    ab__buf_add(csv, "key,value,note\n");
    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        ab_buf note = AB_BUF_INIT;
        ab__buf_add(&note, column->meaning);
        if (column->standard != NULL)
            ab__buf_printf(&note, "; empty: %s", column->standard);
        add_header(csv, column, language);
        ab__buf_char(csv, ',');
        ab__csv_add_cell(csv, row != NULL ? cell_of(row, column->name) : "");
        ab__buf_char(csv, ',');
        ab__csv_add_cell(csv, ab__buf_text(&note));
        ab__buf_char(csv, '\n');
        csv->failed = csv->failed || note.failed;
        ab__buf_free(&note);
    }
}

/* ---- The folder ------------------------------------------------------------------------------- */

/* `path` is nothing yet, or an empty folder. */
static ab_status check_empty(const char *path, ab_arena *arena, ab_error *err)
{
    struct stat info;
    const char *const *names;
    int32_t count = 0;

    if (stat(path, &info) != 0)
        return AB_OK; /* what else may be wrong with it is told when it is made */
    ab_status status = ab__folder_list(path, arena, &names, &count, err);
    if (status == AB_OK && count > 0)
        status = ab_fail(err, AB_IO, "%s is not empty: name a folder that is not there yet", path);
    return status;
}

/* The text of a table's file, which the caller frees. */
static ab_buf table_text(const ab_table *table, ab_language language)
{
    ab_buf csv = AB_BUF_INIT;

    if (table->form == AB_SETTINGS)
        add_settings(&csv, table, language);
    else
        add_rows(&csv, table, language);
    return csv;
}

static ab_status no_memory(const char *path, ab_error *err)
{
    return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was filled", path);
}

static ab_status write_tables(const char *path, const ab_schema *schema, ab_language language,
                              ab_arena *arena, ab_error *err)
{
    ab_folder_file *files = AB_NEW(arena, ab_folder_file, schema->count + 1);

    if (files == NULL)
        return no_memory(path, err);
    for (int32_t t = 0; t < schema->count; t++) {
        const ab_table *table = &schema->tables[t];
        ab_buf csv = table_text(table, language);
        char *name = ab__arena_printf(arena, "%s.csv", table->name);
        char *text = csv.failed ? NULL : ab__arena_text_n(arena, csv.text, csv.size);
        files[t] = (ab_folder_file){name, text, csv.size};
        ab__buf_free(&csv);
        if (name == NULL || text == NULL)
            return no_memory(path, err);
    }
    files[schema->count] = (ab_folder_file){"README.txt", ab__template_readme, strlen(ab__template_readme)};
    return ab__folder_write(path, files, schema->count + 1, schema, err);
}

ab_status ab_template_write(const char *path, const ab_schema *schema, ab_language language,
                            ab_error *err)
{
    assert(path != NULL && schema != NULL);
    ab_arena *arena = ab__arena_new();

    if (arena == NULL)
        return no_memory(path, err);
    ab_status status = check_empty(path, arena, err);
    if (status == AB_OK)
        status = write_tables(path, schema, language, arena, err);
    ab__arena_free(arena);
    return status;
}
