/* The sheets of an XLSX workbook (ECMA-376 part 1, 18.3.1). */
#include <string.h>

#include "base/number.h"
#include "io/path.h"
#include "io/read_xlsx_parts.h"

typedef enum cell_kind { KIND_NUMBER, KIND_SHARED, KIND_TEXT, KIND_FLAG, KIND_ISO } cell_kind;

typedef struct sheet_reader {
    ab_workbook *from;
    const ab_xlsx_book *xlsx;
    ab_xml xml;
    ab_grid grid;
    int32_t line, column; /* of the last cell, from 1 */
    cell_kind kind;       /* of the cell at hand */
    ab_shown shown;
    ab_buf raw, formula, text;
    bool has_formula;
} sheet_reader;

/* "AB12" as column 28 and row 12; false: no such place. Either may be missing: it is 0 then. */
static bool parse_place(const char *text, const char **end, int32_t *column, int32_t *line)
{
    *column = *line = 0;
    for (; *text >= 'A' && *text <= 'Z'; text++) {
        *column = *column * 26 + (*text - 'A' + 1);
        if (*column > AB_GRID_COLUMNS_MAX)
            return false;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        *line = *line * 10 + (*text - '0');
        if (*line > AB_GRID_ROWS_MAX)
            return false;
    }
    *end = text;
    return true;
}

/* ---- A cell's value --------------------------------------------------------------------------- */

static void put_number(sheet_reader *reader)
{
    char plain[AB_NUMBER_CAP];
    double number;

    if (!ab__number_parse(reader->raw.text, &number))
        ab__buf_add(&reader->text, reader->raw.text);
    else if (!ab__serial_add(number, reader->shown, reader->xlsx->from_1904, &reader->text))
        ab__buf_add(&reader->text, ab__number_format(number, plain));
}

static void put_shared(sheet_reader *reader)
{
    int64_t number;

    if (ab__count_parse(reader->raw.text, &number) && number >= 0 &&
        number < reader->xlsx->text.count)
        ab__buf_add(&reader->text, reader->xlsx->text.at[number]);
}

/* 2016-02-10T06:00:00: as it stands; midnight of a cell that shows a day is the day. */
static void put_iso(sheet_reader *reader)
{
    static const char midnight[] = "T00:00:00";
    const char *time = strchr(reader->raw.text, 'T');
    bool only_day = reader->shown == AB_SHOWN_DAY && time != NULL &&
                    strncmp(time, midnight, sizeof midnight - 1) == 0;

    ab__buf_add_n(&reader->text, reader->raw.text,
                  only_day ? (size_t)(time - reader->raw.text) : reader->raw.size);
}

/* The cell's text from what stood in it. */
static void put_value(sheet_reader *reader)
{
    ab__buf_clear(&reader->text);
    if (reader->raw.size == 0) {
        /* No program has computed it yet: the formula itself says so better than an empty cell. */
        if (reader->has_formula && reader->kind != KIND_TEXT)
            ab__buf_printf(&reader->text, "=%s", ab__buf_text(&reader->formula));
        return;
    }
    switch (reader->kind) {
    case KIND_NUMBER:
        put_number(reader);
        break;
    case KIND_SHARED:
        put_shared(reader);
        break;
    case KIND_TEXT:
        ab__xlsx_unescape(reader->raw.text, &reader->text);
        break;
    case KIND_FLAG:
        ab__buf_add(&reader->text, strcmp(reader->raw.text, "0") == 0 ? "no" : "yes");
        break;
    case KIND_ISO:
        put_iso(reader);
        break;
    }
}

/* ---- Cells and rows --------------------------------------------------------------------------- */

static cell_kind kind_of(const char *type)
{
    static const struct {
        const char *type;
        cell_kind kind;
    } kinds[] = {{"s", KIND_SHARED}, {"str", KIND_TEXT}, {"inlineStr", KIND_TEXT},
                 {"b", KIND_FLAG},   {"e", KIND_TEXT},   {"d", KIND_ISO}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].type, type) == 0)
            return kinds[i].kind;
    return KIND_NUMBER;
}

/* Where the cell stands and what it is; false: its place is none. */
static bool begin_cell(sheet_reader *reader)
{
    int32_t column = 0, line = 0;
    const char *end = "";

    if (ab__xml_attribute(&reader->xml, "r", &reader->text) &&
        (!parse_place(ab__buf_text(&reader->text), &end, &column, &line) || *end != '\0'))
        return false;
    if (column == 0)
        column = reader->column + 1;
    if (column <= reader->column || column > AB_GRID_COLUMNS_MAX)
        return false;
    reader->column = column;
    int32_t style = ab__xml_count(&reader->xml, "s", INT32_MAX, 0);
    reader->shown =
        style < reader->xlsx->style.count ? reader->xlsx->style.at[style] : AB_SHOWN_NUMBER;
    (void)ab__xml_attribute(&reader->xml, "t", &reader->text);
    reader->kind = kind_of(ab__buf_text(&reader->text));
    reader->has_formula = false;
    ab__buf_clear(&reader->raw);
    ab__buf_clear(&reader->formula);
    return true;
}

/* The text of the element that was just opened, added to `out`; it is passed over. */
static ab_xml_step take_text(ab_xml *xml, ab_buf *out)
{
    int32_t depth = xml->depth;
    ab_xml_step step;

    while ((step = ab__xml_next(xml)) != AB_XML_END && step != AB_XML_BAD &&
           !(step == AB_XML_CLOSE && xml->depth == depth))
        if (step == AB_XML_TEXT)
            ab__xml_add_text(xml, out);
    return step;
}

/* false: damaged. */
static bool read_cell(sheet_reader *reader)
{
    ab_xml *xml = &reader->xml;
    int32_t depth = xml->depth;

    if (!begin_cell(reader))
        return false;
    for (;;) {
        ab_xml_step step = ab__xml_next(xml);
        if (step == AB_XML_END || step == AB_XML_BAD)
            return false;
        if (step == AB_XML_CLOSE && xml->depth == depth)
            break;
        if (step != AB_XML_OPEN)
            continue;
        if (ab__xml_is(xml, "v")) {
            (void)take_text(xml, &reader->raw);
        } else if (ab__xml_is(xml, "f")) {
            reader->has_formula = true;
            (void)take_text(xml, &reader->formula);
        } else if (ab__xml_is(xml, "is")) {
            ab__xlsx_add_runs(xml, &reader->raw);
        } else {
            ab__xml_skip(xml);
        }
    }
    put_value(reader);
    return true;
}

static bool begin_row(sheet_reader *reader)
{
    int32_t line = ab__xml_count(&reader->xml, "r", AB_GRID_ROWS_MAX, reader->line + 1);

    reader->column = 0;
    if (line <= reader->line || line > AB_GRID_ROWS_MAX)
        return false;
    reader->line = line;
    return true;
}

/* "A3:B6"; any other is passed over. false: out of memory. */
static bool take_merge(sheet_reader *reader)
{
    ab_grid_merge merge;
    const char *text, *end;

    (void)ab__xml_attribute(&reader->xml, "ref", &reader->text);
    text = ab__buf_text(&reader->text);
    if (!parse_place(text, &end, &merge.first_column, &merge.first_line) || *end != ':' ||
        !parse_place(end + 1, &end, &merge.last_column, &merge.last_line) || *end != '\0' ||
        merge.first_column == 0 || merge.last_column < merge.first_column ||
        merge.first_line == 0 || merge.last_line < merge.first_line)
        return true;
    merge.first_column--;
    merge.last_column--;
    return ab__grid_merge(&reader->grid, merge);
}

/* AB_XML_OPEN: out of memory; else how it ended. */
static ab_xml_step read_rows(sheet_reader *reader)
{
    ab_xml_step step;

    while ((step = ab__xml_next(&reader->xml)) != AB_XML_END && step != AB_XML_BAD) {
        bool kept = true;
        if (step != AB_XML_OPEN)
            continue;
        if (ab__xml_is(&reader->xml, "row")) {
            if (!begin_row(reader))
                return AB_XML_BAD;
            kept = ab__grid_row(&reader->grid, reader->line);
        } else if (ab__xml_is(&reader->xml, "c") && reader->line > 0) {
            if (!read_cell(reader))
                return AB_XML_BAD;
            kept = !reader->raw.failed && !reader->text.failed &&
                   ab__grid_cell(&reader->grid, reader->column - 1, ab__buf_text(&reader->text),
                                 reader->text.size);
        } else if (ab__xml_is(&reader->xml, "mergeCell")) {
            kept = take_merge(reader);
        }
        if (!kept)
            return AB_XML_OPEN;
        if (reader->grid.maker.full)
            return AB_XML_END;
    }
    return step;
}

static ab_status read_sheet(ab_workbook *from, const ab_xlsx_book *xlsx, const ab_xlsx_sheet *sheet)
{
    sheet_reader reader = {.from = from, .xlsx = xlsx};
    ab_buf bytes = AB_BUF_INIT;
    bool there = false;
    ab_status status = ab__workbook_part(from, sheet->part, &bytes, &there);

    if (status == AB_OK && !there)
        status = ab__workbook_damaged(from, sheet->part);
    if (status == AB_OK && !ab__grid_start(&reader.grid, from->schema, ab__path_name(from->path),
                                           sheet->name, from->book, from->issues))
        status = ab__workbook_no_memory(from);
    if (status == AB_OK) {
        reader.xml = ab__xml_start(&bytes);
        ab_xml_step end = read_rows(&reader);
        if (end == AB_XML_BAD)
            status = ab__workbook_damaged(from, sheet->part);
        else if (end == AB_XML_OPEN || !ab__grid_end(&reader.grid))
            status = ab__workbook_no_memory(from);
    }
    ab__grid_free(&reader.grid);
    ab__buf_free(&bytes);
    ab__buf_free(&reader.raw);
    ab__buf_free(&reader.formula);
    ab__buf_free(&reader.text);
    return status;
}

ab_status ab__xlsx_read(ab_workbook *from, const char *workbook_part)
{
    ab_xlsx_book xlsx;
    ab_status status = ab__xlsx_parts(from, workbook_part, &xlsx);

    for (int32_t i = 0; status == AB_OK && i < xlsx.sheet.count; i++) {
        const ab_xlsx_sheet *sheet = &xlsx.sheet.at[i];
        bool passed;
        if (!ab__workbook_passes(from, sheet->name, sheet->hidden, &passed))
            status = ab__workbook_no_memory(from);
        else if (sheet->part != NULL && !passed) /* charts have sheets too, without cells */
            status = read_sheet(from, &xlsx, sheet);
    }
    ab__xlsx_free(&xlsx);
    return status;
}
