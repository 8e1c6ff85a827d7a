/* What a copy of tables from one container to another held. */
#include "airbridge/report.h"
#include "base/json.h"
#include "report/text.h"

enum { NAME_COLUMNS = 24, COUNT_COLUMNS = 9 };

static int64_t rows_of(const ab_sheet *sheet)
{
    return sheet->row_count - (ab_sheet_is_tagged(sheet) ? 1 : 0);
}

static int64_t all_rows(const ab_book *book)
{
    int64_t rows = 0;

    for (int32_t i = 0; i < ab_book_count(book); i++)
        rows += rows_of(ab_book_at(book, i));
    return rows;
}

ab_status ab_copy_print(FILE *out, const ab_book *book, const char *from, const char *to,
                        ab_error *err)
{
    char to_shown[AB_ERROR_CAP], from_shown[AB_ERROR_CAP];
    ab_buf text = AB_BUF_INIT;
    int64_t rows = all_rows(book);
    int32_t tables = ab_book_count(book);

    for (int32_t i = 0; i < tables; i++) {
        const ab_sheet *sheet = ab_book_at(book, i);
        char count[24];
        (void)snprintf(count, sizeof count, "%lld", (long long)rows_of(sheet));
        ab__text_left(&text, sheet->name, NAME_COLUMNS);
        ab__text_right(&text, count, COUNT_COLUMNS);
        ab__buf_add(&text, rows_of(sheet) == 1 ? " row\n" : " rows\n");
    }
    ab__buf_printf(&text, "Wrote %s: %d %s with %lld %s from %s\n", ab_name_shown(to, to_shown),
                   (int)tables, tables == 1 ? "table" : "tables", (long long)rows,
                   rows == 1 ? "row" : "rows", ab_name_shown(from, from_shown));
    return ab__text_end(out, &text, err);
}

ab_status ab_copy_json(FILE *out, const ab_book *book, const char *from, const char *to,
                       ab_error *err)
{
    char shown[AB_ERROR_CAP];
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "from");
    ab__json_text(&json, ab_name_shown(from, shown));
    ab__json_key(&json, "to");
    ab__json_text(&json, ab_name_shown(to, shown));
    ab__json_key(&json, "rows");
    ab__json_count(&json, all_rows(book));
    ab__json_key(&json, "tables");
    ab__json_array(&json);
    for (int32_t i = 0; i < ab_book_count(book); i++) {
        ab__json_object(&json);
        ab__json_key(&json, "name");
        ab__json_text(&json, ab_book_at(book, i)->name);
        ab__json_key(&json, "rows");
        ab__json_count(&json, rows_of(ab_book_at(book, i)));
        ab__json_object_end(&json);
    }
    ab__json_array_end(&json);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
