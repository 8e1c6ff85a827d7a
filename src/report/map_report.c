/* What a map proposes, for people and programs. */
#include <string.h>

#include "airbridge/map.h"
#include "airbridge/report.h"
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "report/text.h"

enum { HEADER_WIDTH = 26, NAME_WIDTH = 29, HOW_WIDTH = 7, SURE_WIDTH = 5, EXAMPLE_WIDTH = 8 };

static const char *cell(const ab_sheet *map, int64_t row, ab_map_column column)
{
    return map->cells[row * AB_MAP_COLUMNS + column];
}

static void add_name(ab_buf *out, const ab_sheet *map, int64_t row)
{
    const char *name = cell(map, row, AB_MAP_NAME), *factor = cell(map, row, AB_MAP_FACTOR);
    ab_buf words = AB_BUF_INIT;

    ab__buf_add(&words, *name != '\0' ? name : "left out");
    if (*factor != '\0')
        ab__buf_printf(&words, " × %s", factor);
    ab__text_left(out, ab__buf_text(&words), NAME_WIDTH);
    out->failed = out->failed || words.failed;
    ab__buf_free(&words);
}

static void add_sure(ab_buf *out, const char *share)
{
    char digits[AB_NUMBER_CAP];
    double sure;

    if (ab__number_parse(share, &sure))
        share = ab__number_people(sure, 2, digits);
    ab__text_right(out, share, SURE_WIDTH);
}

static void add_line(ab_buf *out, const ab_sheet *map, int64_t row)
{
    const char *also = cell(map, row, AB_MAP_ALSO);

    ab__buf_add(out, "  ");
    ab__text_left(out, cell(map, row, AB_MAP_COLUMN), HEADER_WIDTH);
    ab__buf_char(out, ' ');
    add_name(out, map, row);
    ab__buf_char(out, ' ');
    ab__text_left(out, cell(map, row, AB_MAP_HOW), HOW_WIDTH);
    add_sure(out, cell(map, row, AB_MAP_SURE));
    ab__buf_char(out, ' ');
    ab__text_left(out, cell(map, row, AB_MAP_EXAMPLE), EXAMPLE_WIDTH);
    while (out->size > 0 && out->text[out->size - 1] == ' ')
        out->text[--out->size] = '\0';
    ab__buf_char(out, '\n');
    if (*also == '\0')
        return;
    ab__buf_printf(out, "  %*s ", HEADER_WIDTH, "");
    ab__buf_printf(out, "(or %s?)\n", also);
}

/* The end of the lines of one sheet that begin at `row`; `*plain`: all of them by their names. */
static int64_t sheet_end(const ab_sheet *map, int64_t row, bool *plain)
{
    const char *name = cell(map, row, AB_MAP_SHEET);

    *plain = strcmp(name, cell(map, row, AB_MAP_TABLE)) == 0;
    for (; row < map->row_count && strcmp(name, cell(map, row, AB_MAP_SHEET)) == 0; row++)
        *plain = *plain && strcmp(cell(map, row, AB_MAP_HOW), "name") == 0;
    return row;
}

ab_status ab_map_print(FILE *out, const ab_book *map, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    const ab_sheet *sheet = ab_book_at(map, 0);

    for (int64_t r = 0, end; r < sheet->row_count; r = end) {
        bool plain;
        const char *name = cell(sheet, r, AB_MAP_SHEET), *table = cell(sheet, r, AB_MAP_TABLE);
        end = sheet_end(sheet, r, &plain);
        ab__text_left(&text, name, ab__text_width(name));
        if (plain) {
            ab__buf_add(&text, ": all by name\n");
            continue;
        }
        ab__buf_printf(&text, " → %s\n", *table != '\0' ? table : "no table: left out");
        for (; r < end; r++)
            add_line(&text, sheet, r);
    }
    return ab__text_end(out, &text, err);
}

ab_status ab_map_json(FILE *out, const ab_book *map, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    const ab_sheet *sheet = ab_book_at(map, 0);

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "columns");
    ab__json_array(&json);
    for (int64_t r = 0; r < sheet->row_count; r++) {
        ab__json_object(&json);
        for (int32_t c = 0; c < AB_MAP_COLUMNS; c++) {
            ab__json_key(&json, sheet->header[c]);
            ab__json_text(&json, cell(sheet, r, (ab_map_column)c));
        }
        ab__json_object_end(&json);
    }
    ab__json_array_end(&json);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
