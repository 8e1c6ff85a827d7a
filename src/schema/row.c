/* Rows: what they are before a cell is read, and how a cell gets in. */
#include <assert.h>
#include <math.h>

#include "schema/find.h"
#include "schema/sheet.h"

static void set_unknown(const ab_column *column, void *out)
{
    switch (column->type) {
    case AB_TYPE_ID:
    case AB_TYPE_TEXT:
        *(ab_c_TEXT *)out = "";
        break;
    case AB_TYPE_NUMBER:
        *(ab_c_NUMBER *)out = NAN;
        break;
    case AB_TYPE_COUNT:
        *(ab_c_COUNT *)out = -1;
        break;
    case AB_TYPE_REF:
    case AB_TYPE_FLAG:
    case AB_TYPE_CODE:
    case AB_TYPE_CLOCK:
        *(int32_t *)out = -1;
        break;
    case AB_TYPE_TIME:
    case AB_TYPE_DAY:
        *(ab_time *)out = AB_TIME_NONE;
        break;
    case AB_TYPE_SUBJECT:
        *(ab_c_SUBJECT *)out = (ab_ref){-1, -1};
        break;
    case AB_TYPE_CODES:
    case AB_TYPE_LIST:
    case AB_TYPE_SUBJECTS:
    case AB_TYPE_SCOPE:
    case AB_TYPE_WKT:
        break; /* zero: none */
    }
}

void ab__row_blank(ab_reader *reader, const ab_table *table, void *row)
{
    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        void *out = (char *)row + column->offset;
        set_unknown(column, out);
        ab_cell cell = {.reader = reader, .table = table, .column = column};
        if (column->standard != NULL)
            (void)ab__cell_read(&cell, column->standard, out);
    }
}

void ab__row_store(ab_cell *cell, const char *text, void *row)
{
    const ab_column *column = cell->column;
    cell->text = text;
    if (*text == '\0') {
        if (column->required)
            (void)ab__cell_flaw(cell, AB_ISSUE_MISSING_VALUE, NULL, "", NULL);
        return;
    }
    assert(cell->table->column_count <= 64);
    ab_row_head *head = row;
    head->given |= UINT64_C(1) << (column - cell->table->columns);
    (void)ab__cell_read(cell, text, (char *)row + column->offset);
}
