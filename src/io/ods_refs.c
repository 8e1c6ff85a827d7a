/* What cells of an OpenDocument spreadsheet refer to: styles, notes and drop-down lists. */
#include <string.h>

#include "io/ods.h"
#include "io/write_hints.h"
#include "io/xml_write.h"

enum { MOST_WIDTH = 64 }; /* characters: wider than any column */
static const double CHARACTER_CM = 0.2;

static void add_cell_style(ab_buf *xml, const char *name, const char *fill, bool text,
                           const char *words)
{
    ab__buf_printf(xml,
                   "<style:style style:name=\"%s\" style:family=\"table-cell\"%s>"
                   "<style:table-cell-properties%s%s%s/>%s</style:style>\n",
                   name, text ? " style:data-style-name=\"as-typed\"" : "",
                   fill[0] != '\0' ? " fo:background-color=\"" : "", fill,
                   fill[0] != '\0' ? "\"" : "", words);
}

void ab__ods_styles(ab_buf *xml)
{
    static const char bold[] = "<style:text-properties fo:font-weight=\"bold\"/>";
    static const char small[] =
        "<style:text-properties fo:font-size=\"8pt\" fo:color=\"#7f7f7f\"/>";

    ab__buf_add(xml, "<office:automatic-styles>\n<number:text-style style:name=\"as-typed\">"
                     "<number:text-content/></number:text-style>\n");
    for (int width = 1; width <= MOST_WIDTH; width++)
        ab__buf_printf(xml,
                       "<style:style style:name=\"width%d\" style:family=\"table-column\">"
                       "<style:table-column-properties style:column-width=\"%.2fcm\"/>"
                       "</style:style>\n",
                       width, width * CHARACTER_CM + CHARACTER_CM);
    add_cell_style(xml, "heading", "#e7e6e6", true, bold);
    add_cell_style(xml, "heading-restricted", "#f4b183", true, bold);
    add_cell_style(xml, "tag", "", true, small);
    add_cell_style(xml, "tag-restricted", "#fbe5d6", true, small);
    add_cell_style(xml, "text", "", true, "");
    add_cell_style(xml, "text-restricted", "#fbe5d6", true, "");
    add_cell_style(xml, "number", "", false, "");
    add_cell_style(xml, "number-restricted", "#fbe5d6", false, "");
    ab__buf_add(xml, "</office:automatic-styles>\n");
}

/* ---- Notes ------------------------------------------------------------------------------------ */

const ab_column *ab__ods_noted(const ab_out_sheet *sheet, int64_t row, int32_t column)
{
    if (row < 0)
        return sheet->columns[column].declared;
    bool is_key = sheet->key == column && sheet->value >= 0;
    return is_key ? ab__out_declared(sheet, row, sheet->value) : NULL;
}

/* Shown where the cell is chosen. A comment would do for people, but GDAL takes its words for the cell's. */
static void add_note(const ab_outgoing *out, const ab_out_sheet *sheet, int64_t row, int32_t column,
                     ab_buf *xml)
{
    const ab_column *declared = ab__ods_noted(sheet, row, column);
    ab_buf note = AB_BUF_INIT;

    if (declared == NULL)
        return;
    ab__hint_note(declared, &note);
    ab__buf_printf(xml, "<table:content-validation table:name=\"note-%d-%d",
                   (int)(sheet - out->sheets), (int)column);
    if (row >= 0)
        ab__buf_printf(xml, "-%lld", (long long)row);
    ab__buf_printf(xml,
                   "\" table:allow-empty-cell=\"true\"><table:help-message table:title=\"%s\" "
                   "table:display=\"true\">",
                   declared->name);
    ab__ods_text(xml, ab__buf_text(&note));
    ab__buf_add(xml, "</table:help-message></table:content-validation>\n");
    xml->failed = xml->failed || note.failed;
    ab__buf_free(&note);
}

/* ---- Lists ------------------------------------------------------------------------------------ */

static const ab_column *declared_at(const ab_out_sheet *sheet, int64_t row, int32_t column)
{
    return row >= 0 ? ab__out_declared(sheet, row, column) : sheet->columns[column].declared;
}

bool ab__ods_list_name(const ab_outgoing *out, const ab_out_sheet *sheet, int64_t row,
                       int32_t column, ab_buf *name)
{
    const ab_column *declared = declared_at(sheet, row, column);
    ab_hint_ids ids;

    if (ab__hint_words(declared) == NULL && !ab__hint_ids(out, declared, &ids))
        return false;
    ab__buf_printf(name, "list-%d-%d", (int)(sheet - out->sheets), (int)column);
    if (row >= 0)
        ab__buf_printf(name, "-%lld", (long long)row);
    return true;
}

/* A text in a formula in an attribute. */
static void add_quoted(ab_buf *xml, const char *word)
{
    ab__buf_add(xml, "&quot;");
    for (; *word != '\0'; word++) {
        char one[2] = {*word, '\0'};
        if (*word == '"')
            ab__buf_add(xml, "&quot;");
        ab__xml_escape(xml, one);
    }
    ab__buf_add(xml, "&quot;");
}

static void add_choice(const ab_outgoing *out, const ab_column *declared, ab_buf *xml)
{
    const ab_code_list *words = ab__hint_words(declared);
    ab_hint_ids ids;

    for (int32_t i = 0; words != NULL && i < words->count; i++) {
        ab__buf_add(xml, i > 0 ? ";" : "");
        add_quoted(xml, words->codes[i].word);
    }
    if (words == NULL && ab__hint_ids(out, declared, &ids)) {
        ab_buf range = AB_BUF_INIT;
        ab__hint_range(&ids, ".", &range);
        ab__buf_add(xml, "[$");
        ab__xml_escape(xml, ab__buf_text(&range));
        ab__buf_char(xml, ']');
        xml->failed = xml->failed || range.failed;
        ab__buf_free(&range);
    }
}

/* Words are the only ones; of ids a cell may name one whose row is written later. */
static void add_list(const ab_outgoing *out, const ab_out_sheet *sheet, int64_t row, int32_t column,
                     ab_buf *xml)
{
    const ab_column *declared = declared_at(sheet, row, column);
    bool strict = ab__hint_words(declared) != NULL;
    ab_buf name = AB_BUF_INIT, letters = AB_BUF_INIT, address = AB_BUF_INIT;

    if (ab__ods_list_name(out, sheet, row, column, &name)) {
        ab__buf_printf(xml,
                       "<table:content-validation table:name=\"%s\" "
                       "table:condition=\"of:cell-content-is-in-list(",
                       ab__buf_text(&name));
        add_choice(out, declared, xml);
        ab__buf_add(xml, ")\" table:allow-empty-cell=\"true\" table:display-list=\"unsorted\" "
                         "table:base-cell-address=\"");
        ab__hint_sheet(sheet, &address);
        ab__xml_escape(xml, ab__buf_text(&address));
        ab__hint_letters(column, &letters);
        ab__buf_printf(xml,
                       ".%s%lld\"><table:error-message table:message-type=\"%s\" "
                       "table:display=\"true\" table:title=\"%s\"/></table:content-validation>\n",
                       ab__buf_text(&letters),
                       (long long)(ab__hint_first_row(sheet) + 1 + (row > 0 ? row : 0)),
                       strict ? "stop" : "warning",
                       strict ? "Not a word of this column" : "No row has this id");
    }
    xml->failed = xml->failed || name.failed || letters.failed || address.failed;
    ab__buf_free(&address);
    ab__buf_free(&name);
    ab__buf_free(&letters);
}

void ab__ods_lists(const ab_outgoing *out, ab_buf *xml)
{
    ab__buf_add(xml, "<table:content-validations>\n");
    for (const ab_out_sheet *sheet = out->sheets; sheet < out->sheets + out->count; sheet++) {
        for (int32_t c = 0; c < sheet->column_count; c++) {
            add_note(out, sheet, -1, c, xml);
            add_list(out, sheet, -1, c, xml);
        }
        for (int64_t r = 0; sheet->key >= 0 && sheet->value >= 0 && r < sheet->row_count; r++) {
            add_note(out, sheet, r, sheet->key, xml);
            add_list(out, sheet, r, sheet->value, xml);
        }
    }
    ab__buf_add(xml, "</table:content-validations>\n");
}
