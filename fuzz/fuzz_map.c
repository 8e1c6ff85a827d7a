/* Any sheet of other people, and any map of it. The input: the map as CSV, a line "====", the sheet as CSV.
 * What a map makes of a book is a book; a map that we propose ourselves is one without a flaw,
 * unless there was nothing to map, or a header is a formula, which no table can name. */
#include "airbridge/map.h"
#include "airbridge/operation.h"
#include "fuzz.h"
#include "sheets.h"

static const char MARK[] = "====\n";

/* Reads CSV as the one sheet of a book; its flaws are the CSV reader's own matter. */
static ab_book *read_csv(const char *text, size_t size, const char *table)
{
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(10);

    must(book != NULL && issues != NULL, "there is memory");
    must(ab__csv_read_bytes(text, size, table, table, book, issues, NULL) == AB_OK, "it is read");
    ab_issues_free(issues);
    return book;
}

static int64_t map_it(ab_book *book, const ab_book *map)
{
    ab_issues *issues = ab_issues_new(0);

    must(issues != NULL, "there is memory");
    must(ab_book_map(book, ab_input_schema(), map, issues, NULL) == AB_OK, "it is mapped");
    check_book(book, issues);
    int64_t errors = ab_issues_of(issues, AB_ERROR_FLAW);
    ab_issues_free(issues);
    return errors;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = text_of(data, size);
    char *mark = strstr(text, MARK);
    size_t map_size = mark != NULL ? (size_t)(mark - text) : strlen(text);
    const char *sheet = mark != NULL ? mark + strlen(MARK) : "";
    ab_book *proposed = NULL;

    ab_book *map = read_csv(text, map_size, "map");
    ab_book *book = read_csv(sheet, strlen(sheet), "Sites");
    must(ab_map_propose(ab_input_schema(), book, &proposed, NULL) == AB_OK, "a map is proposed");
    (void)map_it(book, map);
    ab_book *again = read_csv(sheet, strlen(sheet), "Sites");
    int64_t flaws = map_it(again, proposed);
    must(flaws == 0 || ab_book_at(proposed, 0)->row_count == 0 || strchr(sheet, '=') != NULL,
         "what we propose has no flaw");
    ab_book_free(map);
    ab_book_free(book);
    ab_book_free(again);
    ab_book_free(proposed);
    free(text);
    return 0;
}
