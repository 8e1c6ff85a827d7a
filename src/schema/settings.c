/* Tables of the form AB_SETTINGS: a row for each key. */
#include <stdio.h>

#include "schema/convert.h"
#include "schema/find.h"
#include "schema/issues.h"
#include "schema/settings.h"
#include "schema/sheet.h"

enum { KEY, VALUE, SOURCE, NOTE, NAMES };
static const char *const names[NAMES] = {"key", "value", "source", "note"};

const ab_table *ab__settings_table(void)
{
    static const ab_label key = {{"Key; Setting; Parameter", "Clé; Paramètre; Réglage",
                                  "المفتاح; الإعداد; المعلمة"}};
    static const ab_label value = {{"Value", "Valeur", "القيمة"}};
    static const ab_label source = {{"Source; Data source", "Source; Source des données",
                                     "المصدر; مصدر البيانات"}};
    static const ab_label note = {{"Note; Notes; Remark; Remarks; Comment; Comments",
                                   "Note; Notes; Remarque; Remarques; Commentaire; Observations",
                                   "ملاحظة; ملاحظات"}};
    static const ab_column columns[NAMES] = {
        {.name = "key", .type = AB_TYPE_TEXT, .unit = "", .label = &key},
        {.name = "value", .type = AB_TYPE_TEXT, .unit = "", .label = &value},
        {.name = "source", .type = AB_TYPE_TEXT, .unit = "", .label = &source},
        {.name = "note", .type = AB_TYPE_TEXT, .unit = "", .label = &note},
    };
    static const ab_table table = {
        .name = "settings", .singular = "setting", .columns = columns, .column_count = NAMES};
    return &table;
}

typedef struct settings {
    ab_reader *reader;
    const ab_table *table;
    const ab_sheet *sheet;
    void *row;
    int32_t sheet_column[NAMES]; /* -1: not there */
    int32_t line[64];            /* of each key; 0: not seen */
    ab_remark *remarks;          /* of each key; NULL: the sheet has no columns for them */
} settings;

static void raise_key(const settings *of, int32_t line, int32_t code, const char *expected,
                      const char *found, const char *hint)
{
    ab__issue_raise(of->reader->issues, (ab_issue){.code = code,
                                                   .origin = of->sheet->origin,
                                                   .line = line,
                                                   .column = names[KEY],
                                                   .expected = expected,
                                                   .found = found,
                                                   .hint = hint});
}

static void unknown_key(const settings *of, int32_t line, const char *key)
{
    ab_nearest nearest = ab__nearest_to(key);
    for (int32_t c = 0; c < of->table->column_count; c++)
        ab__nearest_try(&nearest, of->table->columns[c].name);
    ab_buf hint = AB_BUF_INIT;
    ab__nearest_hint(&nearest, &hint);
    raise_key(of, line, AB_ISSUE_UNKNOWN_SETTING, "the name of a setting", key,
              ab__buf_text(&hint));
    ab__buf_free(&hint);
}

/* The cell of column SOURCE or NOTE; "" where there is none, or it has flaws. */
static const char *read_remark(settings *of, int32_t sheet_row, int name)
{
    ab_column column = {.name = names[name], .type = AB_TYPE_TEXT};
    ab_cell cell = {.reader = of->reader,
                    .table = of->table,
                    .column = &column,
                    .sheet = of->sheet,
                    .line = of->sheet->line[sheet_row]};
    if (of->sheet_column[name] < 0)
        return "";
    const char *text =
        ab__trimmed(of->reader, ab__sheet_cell(of->sheet, sheet_row, of->sheet_column[name]));
    const char *kept = text == NULL ? NULL : ab__cell_plain(&cell, of->reader->arena, text);
    return kept == NULL ? "" : kept;
}

static void read_row(settings *of, int32_t sheet_row)
{
    int32_t line = of->sheet->line[sheet_row];
    const char *key =
        ab__trimmed(of->reader, ab__sheet_cell(of->sheet, sheet_row, of->sheet_column[KEY]));
    const char *value =
        ab__trimmed(of->reader, ab__sheet_cell(of->sheet, sheet_row, of->sheet_column[VALUE]));
    if (key == NULL || value == NULL)
        return;
    if (*key == '\0') {
        raise_key(of, line, AB_ISSUE_MISSING_VALUE, "the name of a setting", "", NULL);
        return;
    }
    int32_t c = ab_table_find(of->table, key);
    if (c < 0) {
        unknown_key(of, line, key);
        return;
    }
    if (of->line[c] > 0) {
        char hint[48];
        (void)snprintf(hint, sizeof hint, "line %d has it already", (int)of->line[c]);
        raise_key(of, line, AB_ISSUE_DUPLICATE_SETTING, "each setting once", key, hint);
        return;
    }
    of->line[c] = line;
    ab_cell cell = {.reader = of->reader,
                    .table = of->table,
                    .column = &of->table->columns[c],
                    .sheet = of->sheet,
                    .line = line};
    ab__row_store(&cell, value, of->row);
    /* Templates explain every setting in its note; only a value that is given is remarked on. */
    if (of->remarks != NULL && *value != '\0')
        of->remarks[c] =
            (ab_remark){read_remark(of, sheet_row, SOURCE), read_remark(of, sheet_row, NOTE)};
}

/* Room for what stands beside the settings, if the sheet has columns for it. */
static void start_remarks(settings *of)
{
    if (of->sheet_column[SOURCE] < 0 && of->sheet_column[NOTE] < 0)
        return;
    of->remarks = AB_NEW(of->reader->arena, ab_remark, of->table->column_count);
    if (of->remarks == NULL)
        of->reader->no_memory = true;
    for (int32_t c = 0; of->remarks != NULL && c < of->table->column_count; c++)
        of->remarks[c] = (ab_remark){"", ""};
}

/* Columns without a word in them say no more than no columns. */
static const ab_remark *said(const settings *of)
{
    for (int32_t c = 0; of->remarks != NULL && c < of->table->column_count; c++)
        if (of->remarks[c].source[0] != '\0' || of->remarks[c].note[0] != '\0')
            return of->remarks;
    return NULL;
}

static bool has_columns(settings *of)
{
    const int32_t *place = ab__header_match(of->reader, of->sheet, ab__settings_table());
    if (place == NULL)
        return false;
    for (int i = 0; i < NAMES; i++)
        of->sheet_column[i] = -1;
    for (int32_t c = 0; c < of->sheet->column_count; c++)
        if (place[c] >= 0)
            of->sheet_column[place[c]] = c;
    bool there = true;
    for (int i = KEY; i <= VALUE; i++) {
        if (of->sheet_column[i] >= 0)
            continue;
        there = false;
        ab__issue_raise(of->reader->issues, (ab_issue){.code = AB_ISSUE_MISSING_COLUMN,
                                                       .origin = of->sheet->origin,
                                                       .line = of->sheet->header_line,
                                                       .column = names[i],
                                                       .expected = "the columns key and value"});
    }
    return there;
}

static void raise_missing(const settings *of)
{
    for (int32_t c = 0; c < of->table->column_count; c++) {
        const ab_column *column = &of->table->columns[c];
        if (!column->required || of->line[c] > 0)
            continue;
        ab_cell cell = {
            .reader = of->reader, .table = of->table, .column = column, .sheet = of->sheet};
        (void)ab__cell_flaw(&cell, AB_ISSUE_MISSING_VALUE, NULL, "", "add a row with this key");
    }
}

void ab__settings_read(ab_reader *reader, const ab_table *table, const ab_sheet *sheet, void *row)
{
    settings of = {.reader = reader, .table = table, .sheet = sheet, .row = row};
    ab_sheet_rows rows;
    if (!has_columns(&of) || !ab__sheet_rows(reader, sheet, &rows))
        return;
    ab_row_head *head = row;
    head->line = sheet->header_line;
    start_remarks(&of);
    for (int32_t i = 0; i < rows.count && !reader->no_memory; i++)
        read_row(&of, rows.at[i]);
    head->remarks = said(&of);
    raise_missing(&of);
}

int32_t ab__setting_line(const ab_sheet *sheet, const char *key)
{
    for (int32_t c = 0; c < sheet->column_count; c++) {
        if (!ab__cell_is(sheet->header[c], names[KEY]))
            continue;
        for (int32_t r = 0; r < sheet->row_count; r++)
            if (ab__cell_is(ab__sheet_cell(sheet, r, c), key))
                return sheet->line[r];
    }
    return 0;
}
