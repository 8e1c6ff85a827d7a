/* One sheet of a workbook. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/c_locale.h"
#include "base/number.h"
#include "io/write_hints.h"
#include "io/xlsx.h"

enum {
    LAST_ROW = LXW_ROW_MAX - 1,
    LIST_MOST = 255, /* characters of a drop-down list, commas included */
    NOTE_WIDTH = 280,
    NOTE_HEIGHT = 130
};

typedef struct sheet_writer {
    const ab_xlsx *to;
    const ab_out_sheet *sheet;
    lxw_worksheet *worksheet;
} sheet_writer;

static int tint_of(const ab_column *declared)
{
    return ab__hint_restricted(declared) ? XLSX_RESTRICTED : XLSX_OPEN;
}

/* ---- Cells ------------------------------------------------------------------------------------ */

/* The library prints 16 digits, and Excel knows nothing below its smallest or above its greatest number. What would lose a bit is written as a text, which a reader takes as well. */
static bool survives(double number)
{
    static const double greatest = 9.99999999999999e307;
    char text[AB_NUMBER_CAP];
    double back;

    if (number != 0 && (fabs(number) < DBL_MIN || fabs(number) > greatest))
        return false;
    (void)ab__c_snprintf(text, sizeof text, "%.16G", number);
    return ab__number_parse(text, &back) && back == number;
}

static bool is_numeric(const ab_column *declared)
{
    return declared != NULL &&
           (declared->type == AB_TYPE_NUMBER || declared->type == AB_TYPE_COUNT);
}

/* Excel reads _x0041_ in a text as the letter A, so that what looks so must be written another way. NULL: out
 * of memory. */
static const char *escaped(ab_arena *arena, const char *text)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    ab_buf buf = AB_BUF_INIT;

    if (strstr(text, "_x") == NULL)
        return text;
    for (; *text != '\0'; text++) {
        bool looks_so =
            strncmp(text, "_x", 2) == 0 && strspn(text + 2, digits) >= 4 && text[6] == '_';
        ab__buf_add(&buf, looks_so ? "_x005F" : "");
        ab__buf_char(&buf, *text);
    }
    const char *kept = buf.failed ? NULL : ab__arena_text(arena, buf.text);
    ab__buf_free(&buf);
    return kept;
}

static bool write_text(const sheet_writer *to, lxw_row_t row, int32_t column, const char *text,
                       lxw_format *format)
{
    const char *written = escaped(to->to->out->arena, text);

    return written != NULL && worksheet_write_string(to->worksheet, row, (lxw_col_t)column, written,
                                                     format) == LXW_NO_ERROR;
}

/* A text is never a formula, whatever it begins with. */
static bool write_cell(const sheet_writer *to, int64_t row, int32_t column)
{
    const char *text = ab__out_cell(to->sheet, row, column);
    const ab_column *declared = ab__out_declared(to->sheet, row, column);
    lxw_row_t at = (lxw_row_t)(ab__hint_first_row(to->sheet) + row);
    int tint = tint_of(declared);
    double number;

    if (text[0] == '\0')
        return true; /* the column has its format */
    if (ab__out_number(declared, text, &number) && survives(number))
        return worksheet_write_number(to->worksheet, at, (lxw_col_t)column, number,
                                      to->to->number[tint]) == LXW_NO_ERROR;
    return write_text(to, at, column, text, to->to->text[tint]);
}

static bool write_cells(const sheet_writer *to)
{
    for (int64_t r = 0; r < to->sheet->row_count; r++) {
        for (int32_t c = 0; c < to->sheet->column_count; c++) {
            if (!write_cell(to, r, c))
                return false;
        }
    }
    return true;
}

/* ---- Notes ------------------------------------------------------------------------------------ */

static bool write_note(const sheet_writer *to, lxw_row_t row, int32_t column,
                       const ab_column *declared)
{
    lxw_comment_options options = {.width = NOTE_WIDTH, .height = NOTE_HEIGHT};
    ab_buf note = AB_BUF_INIT;

    ab__hint_note(declared, &note);
    bool written =
        !note.failed && worksheet_write_comment_opt(to->worksheet, row, (lxw_col_t)column,
                                                    note.text, &options) == LXW_NO_ERROR;
    ab__buf_free(&note);
    return written;
}

/* ---- Drop-down lists -------------------------------------------------------------------------- */

static bool add_list(const sheet_writer *to, lxw_row_t first, lxw_row_t last, int32_t column,
                     lxw_data_validation *list)
{
    list->ignore_blank = LXW_VALIDATION_ON;
    return worksheet_data_validation_range(to->worksheet, first, (lxw_col_t)column, last,
                                           (lxw_col_t)column, list) == LXW_NO_ERROR;
}

/* A list in the cell itself has a most length and no sign for a comma; longer ones stand in the note. */
static bool list_fits(const ab_code_list *words)
{
    size_t size = 0;

    for (int32_t i = 0; i < words->count; i++) {
        if (strchr(words->codes[i].word, ',') != NULL)
            return false;
        size += strlen(words->codes[i].word) + 1;
    }
    return size <= LIST_MOST;
}

static bool list_words(const sheet_writer *to, lxw_row_t first, lxw_row_t last, int32_t column,
                       const ab_code_list *words)
{
    char **list = AB_NEW(to->to->out->arena, char *, words->count + 1);
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .error_title = "Not a word of this column",
                                      .error_message = "Choose one from the list.",
                                      .value_list = list};

    if (list == NULL)
        return false;
    for (int32_t i = 0; i < words->count; i++)
        list[i] = (char *)words->codes[i].word; /* read only: the library copies it */
    return add_list(to, first, last, column, &validation);
}

/* Only warns: the row that is named may be written later. */
static bool list_ids(const sheet_writer *to, lxw_row_t first, lxw_row_t last, int32_t column,
                     const ab_hint_ids *ids)
{
    ab_buf range = AB_BUF_INIT;

    ab__buf_char(&range, '=');
    ab__hint_range(ids, "!", &range);
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                      .error_title = "No row has this id",
                                      .error_message = "Is it written as in the other sheet?",
                                      .value_formula = range.text};
    bool listed = !range.failed && add_list(to, first, last, column, &validation);
    ab__buf_free(&range);
    return listed;
}

static bool write_list(const sheet_writer *to, lxw_row_t first, lxw_row_t last, int32_t column,
                       const ab_column *declared)
{
    const ab_code_list *words = ab__hint_words(declared);
    ab_hint_ids ids;

    if (words != NULL && list_fits(words))
        return list_words(to, first, last, column, words);
    if (ab__hint_ids(to->to->out, declared, &ids))
        return list_ids(to, first, last, column, &ids);
    return true;
}

/* ---- The sheet -------------------------------------------------------------------------------- */

static bool write_column(const sheet_writer *to, int32_t column)
{
    const ab_out_column *of = &to->sheet->columns[column];
    const ab_xlsx *xlsx = to->to;
    int tint = tint_of(of->declared);
    lxw_col_t at = (lxw_col_t)column;
    lxw_format *format = is_numeric(of->declared) ? xlsx->number[tint] : xlsx->text[tint];
    lxw_row_t first = (lxw_row_t)ab__hint_first_row(to->sheet);

    if (worksheet_set_column(to->worksheet, at, at, ab__hint_width(to->sheet, column), format) !=
            LXW_NO_ERROR ||
        !write_text(to, 0, column, of->name, xlsx->header[tint]))
        return false;
    if (to->sheet->tagged && !write_text(to, 1, column, of->tag, xlsx->tag[tint]))
        return false;
    if (of->declared == NULL)
        return true;
    return write_note(to, 0, column, of->declared) &&
           write_list(to, first, LAST_ROW, column, of->declared);
}

/* In a table of settings each row is declared, not each column. */
static bool write_settings_hints(const sheet_writer *to)
{
    for (int64_t r = 0; to->sheet->key >= 0 && to->sheet->value >= 0 && r < to->sheet->row_count;
         r++) {
        const ab_column *declared = ab__out_declared(to->sheet, r, to->sheet->value);
        lxw_row_t at = (lxw_row_t)(ab__hint_first_row(to->sheet) + r);
        if (declared != NULL && (!write_note(to, at, to->sheet->key, declared) ||
                                 !write_list(to, at, at, to->sheet->value, declared)))
            return false;
    }
    return true;
}

bool ab__xlsx_sheet(const ab_xlsx *to, const ab_out_sheet *sheet)
{
    sheet_writer writer = {to, sheet, workbook_add_worksheet(to->workbook, sheet->name)};

    if (writer.worksheet == NULL)
        return false;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        if (!write_column(&writer, c))
            return false;
    }
    worksheet_freeze_panes(writer.worksheet, (lxw_row_t)ab__hint_first_row(sheet), 0);
    return write_cells(&writer) && write_settings_hints(&writer);
}
