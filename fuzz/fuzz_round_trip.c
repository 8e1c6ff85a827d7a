/* Any cells through each container that is a file and back: what is written without a word comes back as it
 * was. The input: rows parted by line feeds, cells by tabs; the first byte chooses the container. Line ends
 * in cells are left out: all are written as line feeds. */
#include <unistd.h>

#include "airbridge/io.h"
#include "airbridge/operation.h"
#include "base/number.h"
#include "fuzz.h"
#include "sheets.h"

enum { ROWS_MOST = 60, COLUMNS = 4 };
/* A text, a key, a number, a number that is whole. */
static const char *const header[COLUMNS] = {"name", "id", "lon_deg", "population"};

static void next_cell(const char **at, ab_arena *arena, const char **out)
{
    size_t size = strcspn(*at, "\t\n");

    *out = ab__arena_text_n(arena, *at, size);
    *at += size;
    if (**at == '\t')
        (*at)++;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

static ab_book *make_book(const char *text)
{
    ab_book *book = ab__book_new();
    ab_arena *arena = ab__book_arena(book);
    const char **cells = AB_NEW(arena, const char *, ROWS_MOST *COLUMNS);
    int32_t *line = AB_NEW(arena, int32_t, ROWS_MOST);
    ab_sheet sheet = {.name = "places",
                      .origin = "places",
                      .column_count = COLUMNS,
                      .header = header,
                      .header_line = 1,
                      .cells = cells,
                      .line = line};

    while (*text != '\0' && sheet.row_count < ROWS_MOST) {
        const char **row = cells + sheet.row_count * COLUMNS;
        bool filled = false;
        for (int c = 0; c < COLUMNS; c++) {
            next_cell(&text, arena, &row[c]);
            filled = filled || !is_blank(row[c]);
        }
        text += strcspn(text, "\n");
        text += *text == '\n';
        if (!filled) /* a row of blanks is none */
            continue;
        line[sheet.row_count] = (int32_t)sheet.row_count + 2;
        sheet.row_count++;
    }
    must(ab__book_add(book, &sheet), "there is memory");
    return book;
}

/* The same text, or in a column of numbers the same number; a cell of blanks is an empty one. */
static bool are_same(const char *a, const char *b, int32_t column)
{
    double left, right;

    if (strcmp(a, b) == 0 || (is_blank(a) && is_blank(b)))
        return true;
    return column >= 2 && ab__number_parse(a, &left) && ab__number_parse(b, &right) &&
           left == right;
}

static void compare(const ab_book *before, const ab_book *after)
{
    const ab_sheet *a = ab_book_find(before, "places"), *b = ab_book_find(after, "places");

    must(b != NULL && b->column_count == a->column_count, "the table and its columns are back");
    int64_t tags = b->row_count - a->row_count; /* a row of hashtags may have been added */
    must(tags == 0 || tags == 1, "every row is back");
    for (int64_t r = 0; r < a->row_count; r++)
        for (int32_t c = 0; c < COLUMNS; c++)
            must(are_same(a->cells[r * COLUMNS + c], b->cells[(r + tags) * COLUMNS + c], c),
                 "every cell is back");
}

static void remove_written(const char *path)
{
    static const char *const tables[] = {"places",
                                         "operation"}; /* which has the schema's version */
    char file[100];

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        (void)snprintf(file, sizeof file, "%s/%s.csv", path, tables[i]);
        (void)unlink(file);
    }
    (void)unlink(path);
    (void)rmdir(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const endings[] = {".ods", ".xlsx", ""};
    char path[64];
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(100);
    ab_book *again = NULL;

    if (size == 0 || size > 10000) {
        ab_issues_free(issues);
        return 0;
    }
    char *text = text_of(data + 1, size - 1);
    for (char *at = text; (at = strchr(at, '\r')) != NULL;)
        *at = ' ';
    if (!is_utf8(text)) /* no reader lets it through */
        text[0] = '\0';
    ab_book *book = make_book(text);
    (void)snprintf(path, sizeof path, "/dev/shm/airbridge-fuzz-%ld%s", (long)getpid(),
                   endings[data[0] % 3]);
    ab_status status = ab_book_write(path, book, ab_input_schema(), NULL, issues, &err);
    must(status == AB_OK || status == AB_FLAWED, "it is written, or its cells are refused");
    must((status == AB_FLAWED) == (ab_issues_of(issues, AB_ERROR_FLAW) > 0),
         "what is refused is told");
    if (status == AB_OK) {
        status = ab_book_read(path, NULL, &again, issues, &err);
        must(status == AB_OK, err.message);
        must(ab_issues_of(issues, AB_ERROR_FLAW) == 0, "what was written has no flaw");
        compare(book, again);
    }
    remove_written(path);
    ab_book_free(again);
    ab_book_free(book);
    ab_issues_free(issues);
    free(text);
    return 0;
}
