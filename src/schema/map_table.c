#include "schema/map_table.h"

#include "base/buf.h"
#include "schema/settings.h"
#include "schema/sheet.h"

#define COLUMN(kind, header, member, ...)                                                          \
    {                                                                                              \
        .name = header, .type = AB_TYPE_##kind, .offset = offsetof(ab_map_line, member),           \
        .unit = "", __VA_ARGS__                                                                    \
    }

const ab_schema *ab__map_schema(void)
{
    static const ab_column columns[AB_MAP_COLUMNS] = {
        COLUMN(TEXT, "sheet", sheet, .required = true, .meaning = "the sheet or file"),
        COLUMN(TEXT, "column", column, .meaning = "its header as it stands"),
        COLUMN(TEXT, "table", table, .meaning = "the table; empty: left out"),
        COLUMN(TEXT, "name", name, .meaning = "the table's column; empty: left out"),
        COLUMN(NUMBER, "factor", factor, AB_RANGE(1e-9, 1e9),
               .meaning = "what numbers are multiplied by"),
        COLUMN(TEXT, "how", how, .meaning = "how it is known"),
        COLUMN(NUMBER, "sure", sure_frac, AB_RANGE(0, 1), .meaning = "how sure that is"),
        COLUMN(TEXT, "also", also, .meaning = "what else it could be"),
        COLUMN(TEXT, "example", example, .meaning = "a cell of it"),
    };
    static const ab_table tables[] = {{.name = "map",
                                       .singular = "line",
                                       .form = AB_ROWS,
                                       .required = true,
                                       .meaning = "which column of a sheet is which",
                                       .columns = columns,
                                       .column_count = AB_MAP_COLUMNS,
                                       .row_size = sizeof(ab_map_line)}};
    static const ab_schema schema = {tables, 1, 1};
    return &schema;
}

const char *ab__map_text(ab_arena *arena, const char *text)
{
    ab_buf line = AB_BUF_INIT;
    ab_reader reader = {.work = arena};
    for (const char *c = text; *c != '\0'; c++) {
        bool control = (unsigned char)*c < 0x20 || *c == 0x7f;
        if (!control)
            ab__buf_char(&line, *c);
        else if (line.size > 0 && line.text[line.size - 1] != ' ')
            ab__buf_char(&line, ' ');
    }
    const char *copy = line.failed ? NULL : ab__arena_text(arena, ab__buf_text(&line));
    ab__buf_free(&line);
    return copy == NULL ? NULL : ab__trimmed(&reader, copy);
}

const char *ab__map_column(ab_arena *arena, const ab_sheet *sheet, int32_t c)
{
    const char *header = ab__map_text(arena, sheet->header[c]);
    if (header == NULL || *header != '\0' || !ab_sheet_is_tagged(sheet))
        return header;
    return ab__map_text(arena, ab__sheet_cell(sheet, 0, c));
}

const ab_table *ab__map_target(const ab_table *table)
{
    return table->form == AB_SETTINGS ? ab__settings_table() : table;
}
