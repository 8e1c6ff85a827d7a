#include "io/write_hints.h"

#include <string.h>

#include "base/text.h"
#include "schema/convert.h"

enum { LEAST_WIDTH = 8, MOST_WIDTH = 40 };

void ab__hint_note(const ab_column *declared, ab_buf *note)
{
    ab_buf expects = AB_BUF_INIT;

    ab__column_expects(declared, &expects);
    ab__buf_printf(note, "%s\nExpected: %s", declared->meaning, ab__buf_text(&expects));
    if (declared->standard != NULL)
        ab__buf_printf(note, "\nEmpty: %s", declared->standard);
    for (int32_t i = 0; declared->codes != NULL && i < declared->codes->count; i++) {
        const ab_code *code = &declared->codes->codes[i];
        ab__buf_printf(note, "\n%s: %s", code->word, code->meaning);
    }
    if (ab__hint_restricted(declared))
        ab__buf_add(note, "\nRestricted: do not pass it on");
    note->failed = note->failed || expects.failed;
    ab__buf_free(&expects);
}

const ab_code_list *ab__hint_words(const ab_column *declared)
{
    static const ab_code answers[] = {{.word = "yes"}, {.word = "no"}};
    static const ab_code_list flag = {"flag", answers, 2};

    if (declared == NULL)
        return NULL;
    if (declared->type == AB_TYPE_FLAG)
        return &flag;
    return declared->type == AB_TYPE_CODE ? declared->codes : NULL;
}

bool ab__hint_ids(const ab_outgoing *out, const ab_column *declared, ab_hint_ids *ids)
{
    if (declared == NULL || declared->type != AB_TYPE_REF)
        return false;
    for (int32_t s = 0; s < out->count; s++) {
        const ab_out_sheet *sheet = &out->sheets[s];
        if (strcmp(ab__out_table_name(sheet), declared->refers) != 0 || sheet->row_count == 0)
            continue;
        for (int32_t c = 0; c < sheet->column_count; c++) {
            const ab_column *column = sheet->columns[c].declared;
            if (column == NULL || column->type != AB_TYPE_ID)
                continue;
            *ids = (ab_hint_ids){sheet, c};
            return true;
        }
    }
    return false;
}

void ab__hint_letters(int32_t column, ab_buf *letters)
{
    if (column >= 26)
        ab__hint_letters(column / 26 - 1, letters);
    ab__buf_char(letters, (char)('A' + column % 26));
}

void ab__hint_sheet(const ab_out_sheet *sheet, ab_buf *address)
{
    ab__buf_char(address, '\'');
    for (const char *c = sheet->name; *c != '\0'; c++) {
        if (*c == '\'')
            ab__buf_char(address, '\'');
        ab__buf_char(address, *c);
    }
    ab__buf_char(address, '\'');
}

void ab__hint_range(const ab_hint_ids *ids, const char *dot, ab_buf *address)
{
    int64_t first = ab__hint_first_row(ids->sheet) + 1;
    ab_buf letters = AB_BUF_INIT;

    ab__hint_sheet(ids->sheet, address);
    ab__hint_letters(ids->column, &letters);
    ab__buf_printf(address, "%s$%s$%lld:%s$%s$%lld", dot, ab__buf_text(&letters), (long long)first,
                   dot[0] == '.' ? dot : "", ab__buf_text(&letters),
                   (long long)(first + ids->sheet->row_count - 1));
    address->failed = address->failed || letters.failed;
    ab__buf_free(&letters);
}

static int wider(int width, const char *text)
{
    /* A text that is longer in bytes than the widest column need not be measured. */
    if (strnlen(text, (size_t)4 * MOST_WIDTH) >= (size_t)4 * MOST_WIDTH)
        return MOST_WIDTH;
    int here = ab__text_width(text);
    return here > width ? here : width;
}

int ab__hint_width(const ab_out_sheet *sheet, int32_t column)
{
    int width = wider(LEAST_WIDTH, sheet->columns[column].name);

    for (int64_t r = 0; r < sheet->row_count && width < MOST_WIDTH; r++)
        width = wider(width, ab__out_cell(sheet, r, column));
    return (width < MOST_WIDTH ? width : MOST_WIDTH) + 1;
}
