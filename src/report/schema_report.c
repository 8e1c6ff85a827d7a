/* The declaration of the tables, for people and programs. */
#include <string.h>

#include "airbridge/report.h"
#include "report/labels_report.h"
#include "report/members.h"
#include "report/schema_words.h"
#include "report/text.h"
#include "schema/convert.h"

static const char *type_word(ab_type type)
{
    static const char *const WORD[] = {
        [AB_TYPE_ID] = "id",
        [AB_TYPE_TEXT] = "text",
        [AB_TYPE_REF] = "reference",
        [AB_TYPE_NUMBER] = "number",
        [AB_TYPE_COUNT] = "whole number",
        [AB_TYPE_FLAG] = "yes or no",
        [AB_TYPE_CODE] = "code",
        [AB_TYPE_CODES] = "list of codes",
        [AB_TYPE_TIME] = "time",
        [AB_TYPE_DAY] = "day",
        [AB_TYPE_CLOCK] = "time of day",
        [AB_TYPE_LIST] = "list of texts",
        [AB_TYPE_SUBJECT] = "subject",
        [AB_TYPE_SUBJECTS] = "list of subjects",
        [AB_TYPE_SCOPE] = "list of ids or codes",
        [AB_TYPE_WKT] = "geometry",
    };
    return WORD[type];
}

const char *ab__sensitivity_word(ab_sensitivity sensitivity)
{
    switch (sensitivity) {
    case AB_OPEN:
        return "open";
    case AB_RESTRICTED:
        return "restricted";
    case AB_INTERNAL:
        break;
    }
    return "internal";
}

static const char *expects(const ab_column *column, ab_buf *spare)
{
    ab__buf_clear(spare);
    ab__column_expects(column, spare);
    return ab__buf_text(spare);
}

void ab__schema_presence(ab_buf *out, const ab_column *column)
{
    if (column->required)
        ab__buf_add(out, "required");
    else if (column->standard)
        ab__buf_printf(out, "default %s", column->standard);
}

static bool wanted(const ab_table *table, const char *name)
{
    return !name || strcmp(table->name, name) == 0;
}

ab_status ab__schema_no_table(const ab_schema *schema, const char *name, ab_error *err)
{
    ab_buf names = AB_BUF_INIT;

    for (int32_t t = 0; t < schema->count; t++)
        ab__buf_printf(&names, "%s%s", t ? ", " : "", schema->tables[t].name);
    ab_status status = ab_fail(err, AB_USAGE, "there is no table \"%s\"; the tables are %s", name,
                               ab__buf_text(&names));
    ab__buf_free(&names);
    return status;
}

ab_status ab_schema_print(FILE *out, const ab_schema *schema, const char *table, ab_error *err)
{
    ab_buf text = AB_BUF_INIT, spare = AB_BUF_INIT;
    bool found = false;

    for (int32_t t = 0; t < schema->count; t++) {
        const ab_table *declared = &schema->tables[t];
        if (!wanted(declared, table))
            continue;
        found = true;
        ab__buf_printf(&text, "%s%s — %s%s\n", text.size ? "\n" : "", declared->name,
                       declared->meaning, declared->required ? " Must be there." : "");
        for (int32_t c = 0; c < declared->column_count; c++) {
            const ab_column *column = &declared->columns[c];
            ab__buf_add(&text, "  ");
            ab__text_left(&text, column->name, 26);
            ab__buf_printf(&text, " %s; %s", column->meaning, expects(column, &spare));
            ab__buf_clear(&spare);
            ab__schema_presence(&spare, column);
            ab__buf_printf(&text, "%s%s\n", spare.size ? "; " : "", ab__buf_text(&spare));
            if (table)
                ab__labels_print(&text, column->label);
        }
    }
    if (spare.failed)
        text.failed = true;
    ab__buf_free(&spare);
    if (!found) {
        ab__buf_free(&text);
        return ab__schema_no_table(schema, table, err);
    }
    return ab__text_end(out, &text, err);
}

static void column_object(ab_json *json, const ab_column *column)
{
    ab__json_object(json);
    ab__member_text(json, "name", column->name);
    ab__member_text(json, "type", type_word(column->type));
    ab__member_text(json, "unit", column->unit);
    ab__member_text(json, "hxl", column->hxl);
    ab__json_key(json, "required");
    ab__json_bool(json, column->required);
    if (column->ranged) {
        ab__json_key(json, "least");
        ab__json_number(json, column->least);
        ab__json_key(json, "greatest");
        ab__json_number(json, column->greatest);
    }
    ab__member_text(json, "default", column->standard);
    ab__member_text(json, "refers", column->refers);
    if (column->codes) {
        ab__json_key(json, "codes");
        ab__json_array(json);
        for (int32_t i = 0; i < column->codes->count; i++) {
            ab__json_object(json);
            ab__member_text(json, "word", column->codes->codes[i].word);
            ab__member_text(json, "meaning", column->codes->codes[i].meaning);
            ab__labels_json(json, column->codes->codes[i].label);
            ab__json_object_end(json);
        }
        ab__json_array_end(json);
    }
    ab__member_text(json, "sensitivity", ab__sensitivity_word(column->sensitivity));
    ab__member_text(json, "meaning", column->meaning);
    ab__labels_json(json, column->label);
    ab__json_object_end(json);
}

static void table_object(ab_json *json, const ab_table *table)
{
    ab__json_object(json);
    ab__member_text(json, "name", table->name);
    ab__member_text(json, "singular", table->singular);
    ab__member_text(json, "form", table->form == AB_SETTINGS ? "key and value" : "rows");
    ab__json_key(json, "required");
    ab__json_bool(json, table->required);
    ab__member_text(json, "meaning", table->meaning);
    ab__labels_json(json, table->label);
    ab__json_key(json, "columns");
    ab__json_array(json);
    for (int32_t c = 0; c < table->column_count; c++)
        column_object(json, &table->columns[c]);
    ab__json_array_end(json);
    ab__json_object_end(json);
}

ab_status ab_schema_json(FILE *out, const ab_schema *schema, const char *table, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    bool found = false;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "schema_version");
    ab__json_count(&json, schema->version);
    ab__json_key(&json, "tables");
    ab__json_array(&json);
    for (int32_t t = 0; t < schema->count; t++) {
        if (!wanted(&schema->tables[t], table))
            continue;
        found = true;
        table_object(&json, &schema->tables[t]);
    }
    ab__json_array_end(&json);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    if (!found) {
        ab__buf_free(&text);
        return ab__schema_no_table(schema, table, err);
    }
    return ab__text_end(out, &text, err);
}
