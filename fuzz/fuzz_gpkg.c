/* Any bytes as a GeoPackage, read as an operation and as a result. */
#include "airbridge/operation.h"
#include "fuzz.h"
#include "io/book.h"
#include "sheets.h"

static void read_as(const uint8_t *data, size_t size, bool result)
{
    const ab_schema *schema = result ? ab_result_schema() : ab_input_schema();
    ab_buf bytes = AB_BUF_INIT;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(100);
    ab_book *book = ab__book_new();

    ab__buf_add_n(&bytes, (const char *)data, size);
    must(issues != NULL && book != NULL && !bytes.failed, "there is memory");
    if (ab__gpkg_begins(&bytes)) {
        ab_status status = ab__gpkg_read("a.gpkg", &bytes, schema, result, book, issues, &err);
        must(status == AB_OK || status == AB_IO || status == AB_FLAWED, "it is read, or refused");
        must((status == AB_OK) == (err.message[0] == '\0'), "a refusal has words");
        must(is_utf8(err.message), "words are UTF-8");
        check_book(book, issues);
    }
    ab_book_free(book);
    ab_issues_free(issues);
    ab__buf_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as(data, size, false);
    read_as(data, size, true);
    return 0;
}
