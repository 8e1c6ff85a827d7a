/* content.xml: the tables of an OpenDocument spreadsheet. */
#include <string.h>

#include "base/number.h"
#include "io/ods.h"
#include "io/write_hints.h"
#include "io/xml_write.h"

enum { SPARE_ROWS = 500 }; /* below the data, so that a new row has its lists too */

typedef struct sheet_writer {
    const ab_outgoing *out;
    const ab_out_sheet *sheet;
    ab_buf *xml;
} sheet_writer;

/* ---- Cells ------------------------------------------------------------------------------------ */

static const char *tint_of(const ab_column *declared)
{
    return ab__hint_restricted(declared) ? "-restricted" : "";
}

static void add_heading(const sheet_writer *to, int32_t column, const char *style, const char *text,
                        bool noted)
{
    const ab_column *declared = to->sheet->columns[column].declared;

    ab__buf_printf(to->xml, "<table:table-cell table:style-name=\"%s%s\"", style,
                   tint_of(declared));
    if (noted && declared != NULL)
        ab__buf_printf(to->xml, " table:content-validation-name=\"note-%d-%d\"",
                       (int)(to->sheet - to->out->sheets), (int)column);
    ab__buf_add(to->xml, " office:value-type=\"string\">");
    ab__ods_text(to->xml, text);
    ab__buf_add(to->xml, "</table:table-cell>");
}

static bool is_numeric(const ab_column *declared)
{
    return declared != NULL &&
           (declared->type == AB_TYPE_NUMBER || declared->type == AB_TYPE_COUNT);
}

/* The style and the list of a cell; `row` -1: of any cell below the data. */
static void add_attributes(const sheet_writer *to, int64_t row, int32_t column)
{
    bool settings = to->sheet->key >= 0 && column == to->sheet->value && row >= 0;
    const ab_column *declared =
        row < 0 ? to->sheet->columns[column].declared : ab__out_declared(to->sheet, row, column);
    ab_buf list = AB_BUF_INIT;

    ab__buf_printf(to->xml, " table:style-name=\"%s%s\"", is_numeric(declared) ? "number" : "text",
                   tint_of(declared));
    if (ab__ods_list_name(to->out, to->sheet, settings ? row : -1, column, &list))
        ab__buf_printf(to->xml, " table:content-validation-name=\"%s\"", ab__buf_text(&list));
    else if (row >= 0 && ab__ods_noted(to->sheet, row, column))
        ab__buf_printf(to->xml, " table:content-validation-name=\"note-%d-%d-%lld\"",
                       (int)(to->sheet - to->out->sheets), (int)column, (long long)row);
    to->xml->failed = to->xml->failed || list.failed;
    ab__buf_free(&list);
}

static void add_cell(const sheet_writer *to, int64_t row, int32_t column)
{
    const char *text = ab__out_cell(to->sheet, row, column);
    char digits[AB_NUMBER_CAP];
    double number;

    ab__buf_add(to->xml, "<table:table-cell");
    add_attributes(to, row, column);
    if (text[0] == '\0') {
        ab__buf_add(to->xml, "/>");
        return;
    }
    if (ab__out_number(ab__out_declared(to->sheet, row, column), text, &number)) {
        text = ab__number_format(number, digits);
        ab__buf_printf(to->xml, " office:value-type=\"float\" office:value=\"%s\">", text);
    } else {
        ab__buf_add(to->xml, " office:value-type=\"string\">");
    }
    ab__ods_text(to->xml, text);
    ab__buf_add(to->xml, "</table:table-cell>");
}

/* ---- Rows ------------------------------------------------------------------------------------- */

static void add_headings(const sheet_writer *to)
{
    ab__buf_add(to->xml, "<table:table-row>");
    for (int32_t c = 0; c < to->sheet->column_count; c++) {
        const ab_out_column *column = &to->sheet->columns[c];
        add_heading(to, c, "heading", column->name, true);
    }
    ab__buf_add(to->xml, "</table:table-row>\n");
    if (!to->sheet->tagged)
        return;
    ab__buf_add(to->xml, "<table:table-row>");
    for (int32_t c = 0; c < to->sheet->column_count; c++) {
        const ab_out_column *column = &to->sheet->columns[c];
        add_heading(to, c, "tag", column->tag, false);
    }
    ab__buf_add(to->xml, "</table:table-row>\n");
}

static void add_rows(const sheet_writer *to)
{
    for (int64_t r = 0; r < to->sheet->row_count; r++) {
        ab__buf_add(to->xml, "<table:table-row>");
        for (int32_t c = 0; c < to->sheet->column_count; c++)
            add_cell(to, r, c);
        ab__buf_add(to->xml, "</table:table-row>\n");
    }
}

static void add_spare_rows(const sheet_writer *to)
{
    ab__buf_printf(to->xml, "<table:table-row table:number-rows-repeated=\"%d\">", SPARE_ROWS);
    for (int32_t c = 0; c < to->sheet->column_count; c++) {
        ab__buf_add(to->xml, "<table:table-cell");
        add_attributes(to, -1, c);
        ab__buf_add(to->xml, "/>");
    }
    ab__buf_add(to->xml, "</table:table-row>\n");
}

static void add_sheet(const sheet_writer *to)
{
    ab__buf_add(to->xml, "<table:table table:name=\"");
    ab__xml_escape(to->xml, to->sheet->name);
    ab__buf_add(to->xml, "\">\n");
    for (int32_t c = 0; c < to->sheet->column_count; c++)
        ab__buf_printf(to->xml,
                       "<table:table-column table:style-name=\"width%d\" "
                       "table:default-cell-style-name=\"%s%s\"/>",
                       ab__hint_width(to->sheet, c),
                       is_numeric(to->sheet->columns[c].declared) ? "number" : "text",
                       tint_of(to->sheet->columns[c].declared));
    ab__buf_char(to->xml, '\n');
    if (to->sheet->column_count > 0) {
        add_headings(to);
        add_rows(to);
        add_spare_rows(to);
    }
    ab__buf_add(to->xml, "</table:table>\n");
}

void ab__ods_content(const ab_outgoing *out, ab_buf *xml)
{
    ab__buf_add(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content "
                     "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                     "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
                     "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
                     "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
                     "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
                     "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
                     "xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" "
                     "office:version=\"1.3\">\n");
    ab__ods_styles(xml);
    ab__buf_add(xml, "<office:body><office:spreadsheet>\n");
    ab__ods_lists(out, xml);
    for (int32_t s = 0; s < out->count; s++)
        add_sheet(&(sheet_writer){out, &out->sheets[s], xml});
    ab__buf_add(xml, "</office:spreadsheet></office:body></office:document-content>\n");
}
