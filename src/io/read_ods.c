/* The sheets of an OpenDocument spreadsheet (ODF 1.3 part 3, chapters 9 and 19). */
#include <string.h>

#include "base/number.h"
#include "base/vec.h"
#include "io/path.h"
#include "io/read_workbook.h"
#include "io/serial.h"

static const char CONTENT[] = "content.xml";

typedef AB_VEC(const char *) names;

typedef struct ods_reader {
    ab_workbook *from;
    ab_xml xml;
    names hidden; /* styles of tables that are not shown */
    bool no_memory;

    ab_grid grid;
    int32_t line, column;   /* of the cell at hand, line from 1, column from 0 */
    ab_buf kind, raw, text; /* of the cell at hand: its type, its value, what it shows */
} ods_reader;

static bool next(ods_reader *reader, ab_xml_step *step)
{
    *step = ab__xml_next(&reader->xml);
    return *step != AB_XML_END && *step != AB_XML_BAD;
}

/* Is the element that was just closed the one that was opened at `depth`? */
static bool has_ended(const ods_reader *reader, ab_xml_step step, int32_t depth)
{
    return step == AB_XML_CLOSE && reader->xml.depth == depth;
}

/* ---- What a cell shows ------------------------------------------------------------------------ */

static void add_times(ab_buf *out, char c, int32_t times)
{
    for (int32_t i = 0; i < times; i++)
        ab__buf_char(out, c);
}

/* A paragraph: spans, links and the white space that has elements of its own; no remarks. */
static void add_paragraph(ods_reader *reader)
{
    enum { SPACES_MAX = 1000 };
    int32_t depth = reader->xml.depth;
    ab_xml_step step;

    if (reader->text.size > 0)
        ab__buf_char(&reader->text, '\n');
    while (next(reader, &step) && !has_ended(reader, step, depth)) {
        if (step == AB_XML_TEXT)
            ab__xml_add_text(&reader->xml, &reader->text);
        if (step != AB_XML_OPEN)
            continue;
        if (ab__xml_is(&reader->xml, "s"))
            add_times(&reader->text, ' ', ab__xml_count(&reader->xml, "text:c", SPACES_MAX, 1));
        else if (ab__xml_is(&reader->xml, "tab"))
            ab__buf_char(&reader->text, '\t');
        else if (ab__xml_is(&reader->xml, "line-break"))
            ab__buf_char(&reader->text, '\n');
        else if (ab__xml_is(&reader->xml, "annotation") || ab__xml_is(&reader->xml, "note"))
            ab__xml_skip(&reader->xml);
    }
}

/* ---- What a cell holds ------------------------------------------------------------------------ */

/* PT06H00M00.5S in milliseconds; false: it is none. */
static bool parse_span(const char *text, int64_t *out)
{
    static const struct {
        char unit;
        double ms;
    } units[] = {{'H', 3600e3}, {'M', 60e3}, {'S', 1e3}};
    double all = 0;

    if (text[0] != 'P' || text[1] != 'T')
        return false;
    text += 2;
    for (size_t i = 0; i < 3 && *text != '\0'; i++) {
        double number;
        const char *end = ab__number_scan(text, &number);
        if (end == NULL || number < 0 || number > 1e9)
            return false;
        if (*end != units[i].unit)
            continue;
        all += number * units[i].ms;
        text = end + 1;
    }
    *out = (int64_t)(all + 0.5);
    return *text == '\0';
}

/* 2016-02-10T06:00:00, without the fraction of a second that is none. A day that is shown with its first
 * hour is a time. */
static void put_day(ods_reader *reader, bool shows_clock)
{
    ab_buf *raw = &reader->raw;
    char *point = raw->text != NULL ? strchr(raw->text, '.') : NULL;

    if (point != NULL && point[1 + strspn(point + 1, "0")] == '\0') {
        *point = '\0';
        raw->size = (size_t)(point - raw->text);
    }
    if (shows_clock && strchr(ab__buf_text(raw), 'T') == NULL)
        ab__buf_add(raw, "T00:00:00");
    ab__buf_clear(&reader->text);
    ab__buf_add(&reader->text, ab__buf_text(raw));
}

/* Makes `text` of what the cell shows what it means. */
static void settle_text(ods_reader *reader, const ab_buf *formula)
{
    const char *kind = ab__buf_text(&reader->kind), *raw = ab__buf_text(&reader->raw);
    char plain[AB_NUMBER_CAP];
    double number;
    int64_t ms;

    if (reader->text.size == 0 && reader->raw.size == 0 && formula->size > 0) {
        const char *equals = strchr(formula->text, '=');
        ab__buf_add(&reader->text, equals != NULL ? equals : formula->text);
    } else if (strcmp(kind, "date") == 0) {
        put_day(reader, strchr(ab__buf_text(&reader->text), ':') != NULL);
    } else if (strcmp(kind, "time") == 0 && parse_span(raw, &ms)) {
        ab__buf_clear(&reader->text);
        ab__clock_add(ms, &reader->text);
    } else if (strcmp(kind, "boolean") == 0) {
        ab__buf_clear(&reader->text);
        ab__buf_add(&reader->text, strcmp(raw, "true") == 0 ? "yes" : "no");
    } else if (strcmp(kind, "string") != 0 && ab__number_parse(raw, &number)) {
        ab__buf_clear(&reader->text);
        ab__buf_add(&reader->text, ab__number_format(number, plain));
    } else if (reader->raw.size > 0) {
        ab__buf_clear(&reader->text);
        ab__buf_add(&reader->text, raw);
    }
}

static void take_value(ods_reader *reader, ab_buf *formula)
{
    static const char *const values[] = {"office:value", "office:date-value", "office:time-value",
                                         "office:boolean-value", "office:string-value"};

    (void)ab__xml_attribute(&reader->xml, "table:formula", formula);
    (void)ab__xml_attribute(&reader->xml, "office:value-type", &reader->kind);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (ab__xml_attribute(&reader->xml, values[i], &reader->raw))
            return;
}

/* Reads the cell's content into `text`; false: damaged. */
static bool read_content(ods_reader *reader)
{
    int32_t depth = reader->xml.depth;
    ab_buf formula = AB_BUF_INIT;
    ab_xml_step step;
    bool whole = false;

    ab__buf_clear(&reader->text);
    take_value(reader, &formula);
    while (!whole && next(reader, &step)) {
        whole = has_ended(reader, step, depth);
        if (step == AB_XML_OPEN && ab__xml_is(&reader->xml, "p"))
            add_paragraph(reader);
        else if (step == AB_XML_OPEN)
            ab__xml_skip(&reader->xml);
    }
    settle_text(reader, &formula);
    reader->no_memory |= formula.failed || reader->text.failed || reader->raw.failed;
    ab__buf_free(&formula);
    return whole;
}

/* ---- Cells and rows --------------------------------------------------------------------------- */

/* false: out of memory. */
static bool take_merge(ods_reader *reader)
{
    int32_t columns =
        ab__xml_count(&reader->xml, "table:number-columns-spanned", AB_GRID_COLUMNS_MAX, 1);
    int32_t rows = ab__xml_count(&reader->xml, "table:number-rows-spanned", AB_GRID_ROWS_MAX, 1);

    if (columns <= 1 && rows <= 1)
        return true;
    return ab__grid_merge(&reader->grid,
                          (ab_grid_merge){reader->line, reader->line + rows - 1, reader->column,
                                          reader->column + columns - 1});
}

/* false: damaged. */
static bool read_cell(ods_reader *reader)
{
    int32_t times =
        ab__xml_count(&reader->xml, "table:number-columns-repeated", AB_GRID_COLUMNS_MAX, 1);
    bool covered = ab__xml_is(&reader->xml, "covered-table-cell");

    if (!covered && !take_merge(reader))
        reader->no_memory = true;
    if (!read_content(reader))
        return false;
    if (covered)
        ab__buf_clear(&reader->text);
    bool fits = times <= AB_GRID_COLUMNS_MAX - reader->column;
    if (!fits && reader->text.size > 0)
        return false;
    for (int32_t i = 0; reader->text.size > 0 && i < times && !reader->no_memory; i++) {
        if (!ab__grid_cell(&reader->grid, reader->column + i, reader->text.text, reader->text.size))
            reader->no_memory = true;
    }
    reader->column = fits ? reader->column + times : AB_GRID_COLUMNS_MAX;
    return true;
}

/* The row at hand once more, further down. false: out of memory. */
static bool repeat_row(ods_reader *reader, const ab_grid_cell *cells, int32_t count)
{
    if (!ab__grid_row(&reader->grid, reader->line))
        return false;
    for (int32_t i = 0; i < count; i++)
        if (!ab__grid_copy(&reader->grid, &cells[i]))
            return false;
    return true;
}

/* Row `line` has been read; `times` - 1 more of the same follow. false: out of memory. */
static bool repeat_rows(ods_reader *reader, int32_t times)
{
    const ab_grid_row *row = &reader->grid.row.at[reader->grid.row.count - 1];
    int32_t count = row->count;
    ab_grid_cell *cells = AB_NEW(reader->from->work, ab_grid_cell, count);

    if (cells == NULL)
        return false;
    if (count == 0) {
        reader->line += times - 1;
        return true;
    }
    memcpy(cells, &reader->grid.cell.at[row->first], (size_t)count * sizeof *cells);
    for (int32_t i = 1; i < times && !reader->grid.maker.full; i++) {
        reader->line++;
        if (!repeat_row(reader, cells, count))
            return false;
    }
    return true;
}

/* false: damaged. */
static bool read_row(ods_reader *reader)
{
    int32_t depth = reader->xml.depth;
    int32_t times = ab__xml_count(&reader->xml, "table:number-rows-repeated", AB_GRID_ROWS_MAX, 1);
    ab_xml_step step;

    reader->column = 0;
    if (reader->line >= AB_GRID_ROWS_MAX)
        return false;
    reader->line++;
    reader->no_memory |= !ab__grid_row(&reader->grid, reader->line);
    while (!reader->no_memory && next(reader, &step)) {
        if (has_ended(reader, step, depth)) {
            reader->no_memory |= times > 1 && !repeat_rows(reader, times);
            return true;
        }
        if (step != AB_XML_OPEN)
            continue;
        if (!ab__xml_is(&reader->xml, "table-cell") &&
            !ab__xml_is(&reader->xml, "covered-table-cell"))
            ab__xml_skip(&reader->xml);
        else if (!read_cell(reader))
            return false;
    }
    return reader->no_memory;
}

/* ---- Sheets ----------------------------------------------------------------------------------- */

/* false: damaged. */
static bool read_rows(ods_reader *reader)
{
    int32_t depth = reader->xml.depth;
    ab_xml_step step;

    reader->line = 0;
    while (!reader->no_memory && next(reader, &step)) {
        if (has_ended(reader, step, depth))
            return true;
        if (step != AB_XML_OPEN)
            continue;
        if (ab__xml_is(&reader->xml, "table-row")) {
            if (!read_row(reader))
                return false;
        } else if (!ab__xml_is(&reader->xml, "table-row-group") &&
                   !ab__xml_is(&reader->xml, "table-rows") &&
                   !ab__xml_is(&reader->xml, "table-header-rows")) {
            ab__xml_skip(&reader->xml);
        }
    }
    return reader->no_memory;
}

static bool is_hidden(const ods_reader *reader, const char *style)
{
    for (int32_t i = 0; i < reader->hidden.count; i++)
        if (strcmp(reader->hidden.at[i], style) == 0)
            return true;
    return false;
}

/* Sheets of other files of which some cells were kept have names such as 'file:///…'#$Sheet1. */
static bool is_foreign(const char *name)
{
    return name[0] == '\'' && strstr(name, "'#$") != NULL;
}

/* false: damaged. */
static bool read_sheet(ods_reader *reader)
{
    ab_workbook *from = reader->from;

    (void)ab__xml_attribute(&reader->xml, "table:style-name", &reader->kind);
    (void)ab__xml_attribute(&reader->xml, "table:name", &reader->raw);
    const char *name = ab__buf_text(&reader->raw);
    bool passed;
    reader->no_memory |=
        !ab__workbook_passes(from, name, is_hidden(reader, ab__buf_text(&reader->kind)), &passed);
    if (is_foreign(name) || passed) {
        ab__xml_skip(&reader->xml);
        return true;
    }
    reader->no_memory |= !ab__grid_start(&reader->grid, from->schema, ab__path_name(from->path),
                                         name, from->book, from->issues);
    bool whole = reader->no_memory || read_rows(reader);
    if (whole && !reader->no_memory)
        reader->no_memory = !ab__grid_end(&reader->grid);
    ab__grid_free(&reader->grid);
    return whole;
}

/* ---- The content ------------------------------------------------------------------------------ */

/* Notes a style of tables that are not shown. */
static void read_style(ods_reader *reader)
{
    int32_t depth = reader->xml.depth;
    ab_xml_step step;
    bool hidden = false;

    (void)ab__xml_attribute(&reader->xml, "style:name", &reader->raw);
    while (next(reader, &step) && !has_ended(reader, step, depth))
        if (step == AB_XML_OPEN && ab__xml_is(&reader->xml, "table-properties") &&
            ab__xml_attribute(&reader->xml, "table:display", &reader->text))
            hidden = strcmp(ab__buf_text(&reader->text), "false") == 0;
    if (!hidden)
        return;
    const char **added = AB_PUSH(&reader->hidden);
    const char *name = ab__arena_text(reader->from->work, ab__buf_text(&reader->raw));
    reader->no_memory |= added == NULL || name == NULL;
    if (added != NULL)
        *added = name;
}

/* false: damaged. */
static bool read_content_part(ods_reader *reader)
{
    ab_xml_step step = AB_XML_BAD;

    while (!reader->no_memory && next(reader, &step)) {
        if (step != AB_XML_OPEN)
            continue;
        if (ab__xml_is(&reader->xml, "style"))
            read_style(reader);
        else if (ab__xml_is(&reader->xml, "tracked-changes"))
            ab__xml_skip(&reader->xml); /* has rows of its own: what was there before */
        else if (ab__xml_is(&reader->xml, "table") && !read_sheet(reader))
            return false;
    }
    return reader->no_memory || step == AB_XML_END;
}

ab_status ab__ods_read(ab_workbook *from)
{
    ods_reader reader = {.from = from};
    ab_buf bytes = AB_BUF_INIT;
    bool there = false;
    ab_status status = ab__workbook_part(from, CONTENT, &bytes, &there);

    reader.xml = ab__xml_start(&bytes);
    if (status == AB_OK && (!there || !read_content_part(&reader)))
        status = ab__workbook_damaged(from, CONTENT);
    if (status == AB_OK && reader.no_memory)
        status = ab__workbook_no_memory(from);
    AB_VEC_FREE(&reader.hidden);
    ab__buf_free(&bytes);
    ab__buf_free(&reader.kind);
    ab__buf_free(&reader.raw);
    ab__buf_free(&reader.text);
    return status;
}
