#include "report/labels_report.h"

#include "base/text.h"

static const char *const codes[AB_LANGUAGES] = {"en", "fr", "ar"};

static bool is_labelled(const ab_label *label)
{
    for (int l = 0; label && l < AB_LANGUAGES; l++)
        if (label->in[l])
            return true;
    return false;
}

void ab__labels_print(ab_buf *out, const ab_label *label)
{
    const char *between = "";

    if (!is_labelled(label))
        return;
    ab__buf_printf(out, "  %26s ", "");
    for (int l = 0; l < AB_LANGUAGES; l++) {
        if (!label->in[l])
            continue;
        ab__buf_printf(out, "%s%s", between, label->in[l]);
        between = "; ";
    }
    ab__buf_char(out, '\n');
}

static bool add_name(void *context, const char *name, size_t size)
{
    ab_json *json = context;
    ab_buf copy = AB_BUF_INIT;

    ab__buf_add_n(&copy, name, size);
    ab__json_text(json, ab__buf_text(&copy));
    json->out->failed = json->out->failed || copy.failed;
    ab__buf_free(&copy);
    return true;
}

void ab__labels_json(ab_json *json, const ab_label *label)
{
    ab__json_key(json, "labels");
    ab__json_object(json);
    for (int l = 0; label && l < AB_LANGUAGES; l++) {
        if (!label->in[l])
            continue;
        ab__json_key(json, codes[l]);
        ab__json_array(json);
        (void)ab__text_split(label->in[l], add_name, json);
        ab__json_array_end(json);
    }
    ab__json_object_end(json);
}

static void add_row(ab_buf *out, const char *name, const ab_label *label)
{
    if (!is_labelled(label))
        return;
    ab__buf_printf(out, "| `%s` |", name);
    for (int l = 0; l < AB_LANGUAGES; l++)
        ab__buf_printf(out, " %s |", label->in[l] ? label->in[l] : "");
    ab__buf_char(out, '\n');
}

static void add_codes(ab_buf *out, const ab_table *table, int32_t c)
{
    const ab_code_list *list = table->columns[c].codes;

    for (int32_t k = 0; k < c; k++)
        if (table->columns[k].codes == list)
            return; /* shown with that column */
    for (int32_t i = 0; list && i < list->count; i++)
        add_row(out, list->codes[i].word, list->codes[i].label);
}

void ab__labels_markdown(ab_buf *out, const ab_table *table)
{
    if (!is_labelled(table->label))
        return;
    ab__buf_add(out, "\n## Other names\n\nThe sheet, its columns and the words of its codes may go by these "
                     "names too; case, accents and\npunctuation do not matter, and a unit may follow in "
                     "brackets.\n\n| name | English | French | Arabic |\n|---|---|---|---|\n");
    add_row(out, table->name, table->label);
    for (int32_t c = 0; c < table->column_count; c++)
        add_row(out, table->columns[c].name, table->columns[c].label);
    for (int32_t c = 0; c < table->column_count; c++)
        if (table->columns[c].codes)
            add_codes(out, table, c);
}
