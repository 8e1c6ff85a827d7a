/* CSV and XLSX: every table that may be seen, and a sheet that says for whom. */
#include <string.h>

#include "base/number.h"
#include "io/export.h"
#include "io/path.h"
#include "schema/book.h"

/* The first sheet: what this is, for whom, and what was left out. */
static bool add_about(const ab_export *from, ab_book *book)
{
    static const char *const header[] = {"about", "text"};
    static const int32_t line[] = {2, 3, 4};
    const char *const texts[] = {"title",    ab__buf_text(&from->title),
                                 "audience", ab_codes_audience.codes[from->options->audience].word,
                                 "note",     ab__buf_text(&from->note)};
    const int32_t count = sizeof texts / sizeof texts[0];
    ab_arena *arena = ab__book_arena(book);
    const char **cells = AB_NEW(arena, const char *, count);

    for (int32_t i = 0; cells != NULL && i < count; i++) {
        cells[i] = ab__arena_text(arena, texts[i]);
        if (cells[i] == NULL)
            return false;
    }
    return cells != NULL && ab__book_add(book, &(ab_sheet){.name = "about",
                                                           .origin = "about",
                                                           .column_count = 2,
                                                           .header = header,
                                                           .header_line = 1,
                                                           .row_count = count / 2,
                                                           .cells = cells,
                                                           .line = line});
}

/* ---- Cells that a spreadsheet would run -------------------------------------------------------- */

/* = + - @, also as the wide signs of East Asian keyboards, and what spreadsheets skip before them. */
static bool begins_formula(const char *text)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};

    if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return true;
    return false;
}

/* A program set to semicolons takes what follows one for a cell of its own. */
static bool is_risky(const char *text)
{
    double number;

    if (ab__number_parse(text, &number)) /* -3 */
        return false;
    if (begins_formula(text))
        return true;
    while ((text = strchr(text, ';')) != NULL)
        if (begins_formula(++text))
            return true;
    return false;
}

static const char *made_harmless(ab_arena *arena, const char *text)
{
    ab_buf safe = AB_BUF_INIT;

    ab__buf_add(&safe, begins_formula(text) ? "'" : "");
    for (; *text != '\0'; text++) {
        ab__buf_char(&safe, *text);
        if (*text == ';' && begins_formula(text + 1))
            ab__buf_char(&safe, '\'');
    }
    const char *kept = safe.failed ? NULL : ab__arena_text(arena, ab__buf_text(&safe));
    ab__buf_free(&safe);
    return kept;
}

/* Whoever wrote a name or a note may not have meant well, and whoever opens the export trusts it: a text that a
 * spreadsheet would take for a formula gets an apostrophe. Containers of an operation keep texts as they are
 * (ab_book_write); an export is not read back. false: out of memory. */
static bool disarm(ab_book *book)
{
    for (int32_t s = 0; s < ab_book_count(book); s++) {
        const ab_sheet *sheet = ab_book_at(book, s);
        const char **cell = (const char **)(uintptr_t)sheet->cells; /* made by us above */
        for (int64_t i = 0; i < sheet->row_count * sheet->column_count; i++) {
            if (is_risky(cell[i]))
                cell[i] = made_harmless(ab__book_arena(book), cell[i]);
            if (cell[i] == NULL)
                return false;
        }
    }
    return true;
}

/* Both schemas as one, the input's tables by the names of their sheets. NULL: out of memory. */
static ab_schema *join_schemas(const ab_export *from)
{
    const ab_schema *results = from->results.schema, *input = from->input.schema;
    ab_schema *both = AB_NEW(from->arena, ab_schema, 1);
    ab_table *tables = AB_NEW(from->arena, ab_table, results->count + input->count);

    if (both == NULL || tables == NULL)
        return NULL;
    memcpy(tables, results->tables, (size_t)results->count * sizeof *tables);
    for (int32_t t = 0; t < input->count; t++) {
        ab_table *table = &tables[results->count + t];
        *table = input->tables[t];
        table->name = ab__arena_printf(from->arena, "in_%s", input->tables[t].name);
        if (table->name == NULL)
            return NULL;
    }
    *both = (ab_schema){tables, results->count + input->count, input->version};
    return both;
}

/* The name by which the container is written: a slash at its end makes a folder. */
static ab_status container_name(const char *path, const ab_export *from, ab_buf *name,
                                ab_error *err)
{
    static const char ENDING[] = ".xlsx";
    size_t size = strlen(path), ending = sizeof ENDING - 1;
    bool folder = from->options->format == AB_EXPORT_CSV;

    if (strcmp(path, "-") == 0)
        return ab_fail(err, AB_USAGE, "%s cannot go to standard output: name a %s with -o",
                       folder ? "a folder of CSV files" : "a workbook", folder ? "folder" : "file");
    if (!folder && (size <= ending || strcmp(path + size - ending, ENDING) != 0))
        return ab_fail(err, AB_USAGE, "%s: a workbook's name ends in %s", path, ENDING);
    ab__buf_printf(name, "%s%s", path, folder && path[size - 1] != '/' ? "/" : "");
    return name->failed ? ab_fail(err, AB_NO_MEMORY, "out of memory") : AB_OK;
}

ab_status ab__export_book(const char *path, const ab_export *from, ab_issues *issues, ab_error *err)
{
    ab_buf name = AB_BUF_INIT;
    ab_book *book = NULL;
    ab_status status = container_name(path, from, &name, err);
    if (status != AB_OK)
        goto done;
    book = ab__book_new();
    const ab_schema *schema = join_schemas(from);
    if (book == NULL || schema == NULL || !add_about(from, book) ||
        !ab__data_sheets(&from->results, "", book) || !ab__data_sheets(&from->input, "in_", book) ||
        !disarm(book))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    else
        status = ab_book_write(ab__buf_text(&name), book, schema, NULL, issues, err);
done:
    ab_book_free(book);
    ab__buf_free(&name);
    return status;
}
