/* Pages of the reference: the list of all tables, and one page for each. */
#include <string.h>

#include "airbridge/report.h"
#include "report/labels_report.h"
#include "report/schema_words.h"
#include "report/text.h"
#include "schema/convert.h"

/* Adds what `spare` holds to the text of a cell and empties it. */
static void take(ab_buf *out, ab_buf *spare)
{
    ab__buf_add(out, ab__buf_text(spare));
    out->failed = out->failed || spare->failed;
    ab__buf_clear(spare);
}

/* A cell of a Markdown table: a bar would end it. */
static void cell(ab_buf *out, const char *text)
{
    ab__buf_char(out, ' ');
    for (; *text; text++) {
        if (*text == '|')
            ab__buf_char(out, '\\');
        ab__buf_char(out, *text);
    }
    ab__buf_add(out, " |");
}

/* ---- Columns and their words ------------------------------------------------------------------- */

static void columns(ab_buf *out, const ab_table *table)
{
    ab_buf spare = AB_BUF_INIT;

    ab__buf_add(out, "\n| column | takes | if empty | HXL | who may see it | meaning |\n"
                     "|---|---|---|---|---|---|\n");
    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        ab__buf_printf(out, "| `%s` |", column->name);
        ab__column_expects(column, &spare);
        cell(out, ab__buf_text(&spare));
        ab__buf_clear(&spare);
        ab__schema_presence(&spare, column);
        cell(out, ab__buf_text(&spare));
        ab__buf_clear(&spare);
        cell(out, column->hxl ? column->hxl : "");
        cell(out, ab__sensitivity_word(column->sensitivity));
        cell(out, column->meaning);
        ab__buf_char(out, '\n');
    }
    out->failed = out->failed || spare.failed;
    ab__buf_free(&spare);
}

static void words_of(ab_buf *out, const ab_column *column)
{
    ab__buf_printf(out, "\n`%s` takes\n\n", column->name);
    for (int32_t i = 0; i < column->codes->count; i++) {
        const ab_code *code = &column->codes->codes[i];
        ab__buf_printf(out, "- `%s`%s%s\n", code->word, *code->meaning ? ": " : "", code->meaning);
    }
}

static void words(ab_buf *out, const ab_table *table)
{
    bool titled = false;

    for (int32_t c = 0; c < table->column_count; c++) {
        if (!table->columns[c].codes)
            continue;
        if (!titled)
            ab__buf_add(out, "\n## Words\n");
        titled = true;
        words_of(out, &table->columns[c]);
    }
}

/* ---- Example ----------------------------------------------------------------------------------- */

static bool in_example(const ab_table *table, const ab_column *column, ab_example_cell *example)
{
    const char *text = "";

    for (int32_t row = 0; text && !*text; row++)
        text = example(table->name, row, column->name);
    return text != NULL;
}

static void csv_cell(ab_buf *out, const char *text)
{
    bool plain = text[strcspn(text, ",\"")] == '\0';

    ab__buf_printf(out, plain ? "%s" : "\"%s\"", text);
}

/* Its columns that have a cell in some row. The example's cells hold no quotes. */
static void example_rows(ab_buf *out, const ab_table *table, ab_example_cell *example)
{
    for (int32_t row = -1; row < 0 || example(table->name, row, table->columns[0].name); row++) {
        const char *comma = "";
        for (int32_t c = 0; c < table->column_count; c++) {
            const ab_column *column = &table->columns[c];
            if (!in_example(table, column, example))
                continue;
            ab__buf_add(out, comma);
            csv_cell(out, row < 0 ? column->name : example(table->name, row, column->name));
            comma = ",";
        }
        ab__buf_char(out, '\n');
    }
}

static void example_settings(ab_buf *out, const ab_table *table, ab_example_cell *example)
{
    ab__buf_add(out, "key,value\n");
    for (int32_t c = 0; c < table->column_count; c++) {
        const char *text = example(table->name, 0, table->columns[c].name);
        if (!text || !*text)
            continue;
        ab__buf_printf(out, "%s,", table->columns[c].name);
        csv_cell(out, text);
        ab__buf_char(out, '\n');
    }
}

static void example_of(ab_buf *out, const ab_table *table, ab_example_cell *example)
{
    if (!example || !example(table->name, 0, table->columns[0].name))
        return;
    ab__buf_add(out, "\n## Example\n\nMade up; as `airbridge init` writes it.\n\n```csv\n");
    if (table->form == AB_SETTINGS)
        example_settings(out, table, example);
    else
        example_rows(out, table, example);
    ab__buf_add(out, "```\n");
}

/* ---- Checks ------------------------------------------------------------------------------------ */

typedef struct look {
    const char *flaw;
    const char *tables;
} look;

static const look LOOKS[] = {
#define AB_LOOKS(name, tables) {#name, tables},
#include "report/looks.def"
#undef AB_LOOKS
};

static bool looks_at(const char *flaw, const char *table)
{
    size_t size = strlen(table);

    for (size_t i = 0; i < sizeof LOOKS / sizeof LOOKS[0]; i++) {
        const char *word = strcmp(LOOKS[i].flaw, flaw) == 0 ? LOOKS[i].tables : "";
        for (; *word; word += strcspn(word, " "), word += *word == ' ')
            if (strcspn(word, " ") == size && strncmp(word, table, size) == 0)
                return true;
    }
    return false;
}

/* Can the reader of a cell of this column find that flaw? */
static bool cell_can_have(const ab_column *column, int32_t code)
{
    ab_type type = column->type;
    bool is_number = type == AB_TYPE_NUMBER || type == AB_TYPE_COUNT;
    bool is_subject = type == AB_TYPE_SUBJECT || type == AB_TYPE_SUBJECTS;

    switch (code) {
    case AB_ISSUE_MISSING_COLUMN:
    case AB_ISSUE_MISSING_VALUE:
        return column->required;
    case AB_ISSUE_NOT_A_NUMBER:
    case AB_ISSUE_DECIMAL_COMMA:
        return is_number;
    case AB_ISSUE_OUT_OF_RANGE:
        return is_number && column->ranged;
    case AB_ISSUE_NOT_A_TIME:
        return type == AB_TYPE_TIME || type == AB_TYPE_DAY || type == AB_TYPE_CLOCK;
    case AB_ISSUE_TIME_WITHOUT_ZONE:
        return type == AB_TYPE_TIME;
    case AB_ISSUE_UNKNOWN_CODE:
        return type == AB_TYPE_FLAG || type == AB_TYPE_CODE || type == AB_TYPE_CODES;
    case AB_ISSUE_BAD_ID:
    case AB_ISSUE_DUPLICATE_ID:
        return type == AB_TYPE_ID;
    case AB_ISSUE_DANGLING_REF:
        return type == AB_TYPE_REF || type == AB_TYPE_SCOPE || is_subject;
    case AB_ISSUE_BAD_SUBJECT:
        return is_subject;
    case AB_ISSUE_BAD_WKT:
        return type == AB_TYPE_WKT;
    case AB_ISSUE_CONTROL_CHARACTER:
        return type == AB_TYPE_TEXT || type == AB_TYPE_LIST;
    default:
        return false;
    }
}

static void columns_with(ab_buf *out, const ab_table *table, int32_t code)
{
    for (int32_t c = 0; c < table->column_count; c++)
        if (cell_can_have(&table->columns[c], code))
            ab__buf_printf(out, "%s`%s`", out->size ? ", " : "", table->columns[c].name);
}

static void checks(ab_buf *out, const ab_table *table)
{
    ab_buf where = AB_BUF_INIT;

    ab__buf_add(out, "\n## What is checked\n\nBesides what can be wrong with any table; "
                     "[all flaws](../flaws.md), or `airbridge explain CODE`.\n\n"
                     "| code | flaw | in each cell of |\n|---|---|---|\n");
    for (int32_t i = 0; i < ab_explanation_count(); i++) {
        const ab_explanation *flaw = ab_explanation_at(i);
        columns_with(&where, table, flaw->code);
        if (where.size == 0 && !looks_at(flaw->name, table->name))
            continue;
        ab__buf_printf(out, "| AB%04d |", (int)flaw->code);
        cell(out, flaw->meaning);
        ab__buf_char(out, ' ');
        take(out, &where);
        ab__buf_add(out, " |\n");
    }
    ab__buf_free(&where);
}

/* ---- Pages ------------------------------------------------------------------------------------- */

ab_status ab_table_markdown(FILE *out, const ab_schema *schema, const char *table,
                            ab_example_cell *example, ab_error *err)
{
    int32_t t = ab_schema_find(schema, table);
    ab_buf text = AB_BUF_INIT;

    if (t < 0)
        return ab__schema_no_table(schema, table, err);
    const ab_table *declared = &schema->tables[t];
    ab__buf_printf(&text, "# `%s`\n\n%s", declared->name, declared->meaning);
    if (declared->form == AB_SETTINGS)
        ab__buf_add(&text, " Columns `key` and `value` (`source`, `note` allowed).");
    if (declared->required)
        ab__buf_add(&text, " The table must be there.");
    ab__buf_add(&text, " [All tables](../tables.md).\n");
    columns(&text, declared);
    words(&text, declared);
    example_of(&text, declared, example);
    ab__labels_markdown(&text, declared);
    if (!declared->result)
        checks(&text, declared);
    return ab__text_end(out, &text, err);
}

static void list(ab_buf *out, const char *title, const char *folder, const ab_schema *schema)
{
    ab__buf_printf(out, "\n## %s\n\n| table | a row is | must be there |\n|---|---|---|\n", title);
    for (int32_t t = 0; t < schema->count; t++) {
        const ab_table *table = &schema->tables[t];
        ab__buf_printf(out, "| [`%s`](%s/%s.md) |", table->name, folder, table->name);
        cell(out, table->meaning);
        cell(out, table->required ? "yes" : "");
        ab__buf_char(out, '\n');
    }
}

ab_status ab_schema_markdown(FILE *out, const ab_schema *input, const ab_schema *results,
                             ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    ab__buf_printf(
        &text,
        "# The tables\n\nMade by `airbridge schema --markdown` from the declarations in "
        "`include/airbridge/tables.def` and `results.def`;\nschema version %d. An empty cell is "
        "\"not known\" or the default shown. Lists are separated by `; `.\n",
        (int)input->version);
    list(&text, "What goes in", "tables", input);
    list(&text, "What comes out", "results", results);
    return ab__text_end(out, &text, err);
}
