/* Templates: a folder that shows how an operation is written down, and is one. */
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "base/arena.h"
#include "base/buf.h"
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

static const char README[] =
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

static void add_cell(ab_buf *csv, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        ab__buf_add(csv, text);
        return;
    }
    ab__buf_char(csv, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            ab__buf_char(csv, '"');
        ab__buf_char(csv, *text);
    }
    ab__buf_char(csv, '"');
}

static const char *cell_of(const example *row, const char *column)
{
    for (const char *const *cell = row->cells; *cell != NULL; cell += 2) {
        if (strcmp(*cell, column) == 0)
            return cell[1];
    }
    return "";
}

static const char *column_name(const ab_column *column, const example *row)
{
    (void)row;
    return column->name;
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
        add_cell(csv, cell(&table->columns[c], row));
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

static void add_rows(ab_buf *csv, const ab_table *table)
{
    add_line(csv, table, NULL, column_name);
    if (has_tags(table))
        add_line(csv, table, NULL, column_tag);
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (strcmp(examples[i].table, table->name) == 0)
            add_line(csv, table, &examples[i], column_cell);
    }
}

/* All settings, each with what it means: there is no other place to say it. */
static void add_settings(ab_buf *csv, const ab_table *table)
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
        add_cell(csv, column->name);
        ab__buf_char(csv, ',');
        add_cell(csv, row != NULL ? cell_of(row, column->name) : "");
        ab__buf_char(csv, ',');
        add_cell(csv, ab__buf_text(&note));
        ab__buf_char(csv, '\n');
        csv->failed = csv->failed || note.failed;
        ab__buf_free(&note);
    }
}

/* ---- The folder ------------------------------------------------------------------------------- */

static ab_status write_in(const char *folder, const char *name, const char *suffix,
                          const char *bytes, size_t size, ab_error *err)
{
    ab_buf path = AB_BUF_INIT;

    ab__buf_printf(&path, "%s/%s%s", folder, name, suffix);
    ab_status status = path.failed
                           ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was filled", folder)
                           : ab_file_write(path.text, bytes, size, err);
    ab__buf_free(&path);
    return status;
}

static ab_status write_table(const char *folder, const ab_table *table, ab_error *err)
{
    ab_buf csv = AB_BUF_INIT;

    if (table->form == AB_SETTINGS)
        add_settings(&csv, table);
    else
        add_rows(&csv, table);
    ab_status status = csv.failed
                           ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was filled", folder)
                           : write_in(folder, table->name, ".csv", csv.text, csv.size, err);
    ab__buf_free(&csv);
    return status;
}

/* An empty folder at `path`, new or not. */
static ab_status make_folder(const char *path, bool *made, ab_error *err)
{
    const char *const *names;
    int32_t count = 0;

    *made = mkdir(path, 0700) == 0;
    if (*made)
        return AB_OK;
    if (errno != EEXIST)
        return ab_fail(err, AB_IO, "folder %s cannot be made: %s", path, strerror(errno));
    ab_arena *arena = ab__arena_new();
    if (arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was filled", path);
    ab_status status = ab__folder_list(path, arena, &names, &count, err);
    ab__arena_free(arena);
    if (status == AB_OK && count > 0)
        status = ab_fail(err, AB_IO, "%s is not empty: name a folder that is not there yet", path);
    return status;
}

/* Takes back what was written before a failure. */
static void empty_folder(const char *path, const ab_schema *schema, bool made)
{
    for (int32_t t = 0; t < schema->count; t++) {
        ab_buf file = AB_BUF_INIT;
        ab__buf_printf(&file, "%s/%s.csv", path, schema->tables[t].name);
        if (!file.failed)
            (void)unlink(file.text);
        ab__buf_free(&file);
    }
    if (made)
        (void)rmdir(path);
}

ab_status ab_template_write(const char *path, const ab_schema *schema, ab_error *err)
{
    assert(path != NULL && schema != NULL);
    bool made = false;
    ab_status status = make_folder(path, &made, err);

    if (status != AB_OK)
        return status;
    for (int32_t t = 0; status == AB_OK && t < schema->count; t++)
        status = write_table(path, &schema->tables[t], err);
    if (status == AB_OK)
        status = write_in(path, "README", ".txt", README, strlen(README), err);
    if (status != AB_OK)
        empty_folder(path, schema, made);
    return status;
}
