#include "schema/repair.h"

#include <string.h>

#include "schema/convert.h"
#include "schema/find.h"

/* Words and ids without what people vary: ASCII in lower case, no spaces, '_' and '-'. */
static bool is_like(const char *a, const char *b)
{
    static const char varied[] = " _-";
    for (;;) {
        a += strspn(a, varied);
        b += strspn(b, varied);
        char left = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
        char right = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;
        if (left != right)
            return false;
        if (left == '\0')
            return true;
        a++;
        b++;
    }
}

static const char *like_code(const ab_code_list *codes, const char *text)
{
    for (int32_t i = 0; codes != NULL && i < codes->count; i++)
        if (is_like(codes->codes[i].word, text))
            return codes->codes[i].word;
    return NULL;
}

/* The one id of the table that is like `text`; NULL: none, several, or too many to look through. */
static const char *like_id(ab_reader *reader, int32_t table, const char *text)
{
    const ab_index *index = &reader->index[table];
    const char *like = NULL;
    if (ab__index_find(index, text) >= 0)
        return text;
    if (reader->comparisons < index->count)
        return NULL;
    reader->comparisons -= index->count;
    for (int32_t i = 0; i < index->count; i++) {
        if (!is_like(index->at[i].id, text))
            continue;
        if (like != NULL)
            return NULL;
        like = index->at[i].id;
    }
    return like;
}

static bool repair_flag(const char *text, ab_buf *out)
{
    static const char *const yes[] = {"yes", "true", "y", "1"}, *const no[] = {"no", "false", "n",
                                                                               "0"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        if (is_like(text, yes[i]) || is_like(text, no[i])) {
            ab__buf_add(out, is_like(text, yes[i]) ? "yes" : "no");
            return true;
        }
    return false;
}

/* "Upper Town" as upper_town, if no other row has an id like it. */
static bool repair_id(ab_cell *cell, const char *text, ab_buf *out)
{
    ab_reader *reader = cell->reader;
    const ab_index *index = &reader->index[cell->table - reader->schema->tables];
    int32_t like = 0;
    if (reader->comparisons < index->count)
        return false;
    reader->comparisons -= index->count;
    for (int32_t i = 0; i < index->count; i++)
        like += is_like(index->at[i].id, text);
    if (like != 1)
        return false;
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == '\xC2' && c[1] == '\xA0') {
            ab__buf_char(out, '_');
            c++;
        } else {
            ab__buf_char(out, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a')
                              : *c == ' '            ? '_'
                                                     : *c);
        }
    }
    return true;
}

/* "Places:Upper" as place:upper. */
static bool repair_subject(ab_cell *cell, const char *text, ab_buf *out)
{
    const ab_schema *schema = cell->reader->schema;
    const char *colon = strchr(text, ':');
    char *word =
        colon == NULL ? NULL : ab__arena_text_n(cell->reader->work, text, (size_t)(colon - text));
    for (int32_t t = 0; word != NULL && t < schema->count; t++) {
        const ab_table *table = &schema->tables[t];
        if (!is_like(table->singular, word) && !is_like(table->name, word))
            continue;
        const char *id = ab__table_id_column(table) < 0
                             ? NULL
                             : like_id(cell->reader, t, colon + 1 + strspn(colon + 1, " "));
        if (id == NULL)
            return false;
        ab__buf_printf(out, "%s:%s", table->singular, id);
        return true;
    }
    return false;
}

static bool repair_named(ab_cell *cell, const char *text, ab_buf *out)
{
    const ab_column *column = cell->column;
    if (column->type == AB_TYPE_SUBJECT || column->type == AB_TYPE_SUBJECTS)
        return repair_subject(cell, text, out);
    const char *meant = column->type == AB_TYPE_REF ? NULL : like_code(column->codes, text);
    if (meant == NULL && column->refers != NULL)
        meant = like_id(cell->reader, ab_schema_find(cell->reader->schema, column->refers), text);
    if (meant != NULL)
        ab__buf_add(out, meant);
    return meant != NULL;
}

/* Each part of a list by itself. */
static bool repair_parts(ab_cell *cell, ab_buf *out)
{
    ab_parts parts;
    if (!ab__cell_split(cell, cell->text, cell->reader->work, &parts))
        return false;
    for (int32_t i = 0; i < parts.count; i++) {
        if (i > 0)
            ab__buf_add(out, "; ");
        if (!repair_named(cell, parts.at[i], out))
            return false;
    }
    return parts.count > 0;
}

/* 36,750 as 36.750 in a column of degrees: the other reading is out of range. */
static bool only_reading(const ab_cell *cell, ab_buf *out)
{
    ab_buf hint = AB_BUF_INIT;
    bool one = ab__number_meant(cell->column, cell->text, out, &hint);
    ab__buf_free(&hint);
    return one;
}

static bool meant(ab_cell *cell, ab_buf *out)
{
    switch (cell->column->type) {
    case AB_TYPE_NUMBER:
    case AB_TYPE_COUNT:
        return ab__repair_number(cell->text, cell->column->unit, out) ||
               only_reading(cell, out);
    case AB_TYPE_TIME:
        return ab__repair_time(cell->text, out);
    case AB_TYPE_DAY:
        return ab__repair_day(cell->text, out);
    case AB_TYPE_CLOCK:
        return ab__repair_clock(cell->text, out);
    case AB_TYPE_WKT:
        return ab__repair_wkt(cell->text, out);
    case AB_TYPE_FLAG:
        return repair_flag(cell->text, out);
    case AB_TYPE_ID:
        return repair_id(cell, cell->text, out);
    case AB_TYPE_REF:
    case AB_TYPE_CODE:
    case AB_TYPE_SUBJECT:
        return repair_named(cell, cell->text, out);
    case AB_TYPE_CODES:
    case AB_TYPE_SUBJECTS:
    case AB_TYPE_SCOPE:
        return repair_parts(cell, out);
    case AB_TYPE_TEXT:
    case AB_TYPE_LIST:
        return false;
    }
    return false;
}

/* Does `text` read without a flaw? */
static bool reads(const ab_cell *cell, const char *text)
{
    union {
        ab_shape shape;
        ab_refs refs;
        double number;
        ab_time time;
    } value;
    ab_cell quiet = *cell;
    memset(&value, 0, sizeof value);
    quiet.quiet = true;
    quiet.text = text;
    return ab__cell_read(&quiet, text, &value);
}

bool ab__repair(ab_cell *cell, int32_t code, ab_buf *out)
{
    bool of_its_form = code == AB_ISSUE_NOT_A_NUMBER || code == AB_ISSUE_DECIMAL_COMMA ||
                       code == AB_ISSUE_NOT_A_TIME || code == AB_ISSUE_UNKNOWN_CODE ||
                       code == AB_ISSUE_BAD_ID || code == AB_ISSUE_DANGLING_REF ||
                       code == AB_ISSUE_BAD_SUBJECT || code == AB_ISSUE_BAD_WKT;
    ab_buf candidate = AB_BUF_INIT;
    bool certain = of_its_form && cell->text != NULL && meant(cell, &candidate) &&
                   !candidate.failed && strcmp(ab__buf_text(&candidate), cell->text) != 0 &&
                   reads(cell, ab__buf_text(&candidate));
    if (certain)
        ab__buf_add(out, ab__buf_text(&candidate));
    ab__buf_free(&candidate);
    return certain;
}
