/* What stands twice under names that only look different: places, ids, whole rows. */
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"
#include "model/check.h"
#include "schema/convert.h"
#include "schema/find.h"

static void line_hint(const ab_check *check, int32_t table, int32_t row, char out[64])
{
    const ab_row_head *head = ab__check_row(check, table, row);
    (void)ab__c_snprintf(out, 64, "line %d has it already", (int)head->line);
}

/* Calls for each row whose text is that of an earlier one, with the first of them. */
typedef void (*again)(ab_check *check, int32_t table, int32_t row, int32_t first);

static void find_again(ab_check *check, int32_t table, ab_index *index, again found)
{
    ab__index_sort(index);
    for (int32_t i = 1, first = 0; i < index->count; i++) {
        if (strcmp(index->at[i].id, index->at[first].id) != 0)
            first = i;
        else
            found(check, table, index->at[i].row, index->at[first].row);
    }
}

/* ---- Names of places ---- */

static void same_name(ab_check *check, int32_t table, int32_t row, int32_t first)
{
    char hint[64];
    line_hint(check, table, first, hint);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_SAME_NAME,
                                  .table = table,
                                  .row = row,
                                  .column = AB_COL_place_name,
                                  .hint = hint},
                     "a name of its own, with the district if there are two of it");
}

/* ASCII letters in lower case and without the signs that people leave out. */
static char *folded(ab_arena *arena, const char *text, const char *without)
{
    char *copy = ab__arena_text(arena, text), *to = copy;
    for (const char *c = text; copy != NULL && *c != '\0'; c++)
        if (strchr(without, *c) == NULL)
            *to++ = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    if (copy != NULL)
        *to = '\0';
    return copy;
}

static void check_names(ab_check *check)
{
    int32_t count = check->op->places.count;
    ab_index index = {.at = AB_NEW(check->work, ab_index_entry, count)};
    for (int32_t r = 0; index.at != NULL && r < count; r++) {
        const char *name = folded(check->work, check->op->places.at[r].name, " -'");
        check->no_memory |= name == NULL;
        if (name != NULL && *name != '\0')
            index.at[index.count++] = (ab_index_entry){name, r};
    }
    check->no_memory |= index.at == NULL;
    if (!check->no_memory)
        find_again(check, AB_TABLE_places, &index, same_name);
}

/* ---- Ids of every table ---- */

static void like_id(ab_check *check, int32_t table, int32_t row, int32_t first)
{
    char spare[24], other_spare[24], hint[64];
    const char *id = ab__row_id(&check->data, table, row, spare);
    const char *other = ab__row_id(&check->data, table, first, other_spare);
    if (strcmp(id, other) == 0)
        return; /* the same id, which is an error of its own */
    const ab_row_head *head = ab__check_row(check, table, first);
    (void)ab__c_snprintf(hint, sizeof hint, "line %d has one so like it", (int)head->line);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_LIKE_ID,
                                  .table = table,
                                  .row = row,
                                  .column = ab__table_id_column(&check->data.schema->tables[table]),
                                  .hint = hint},
                     "an id that differs from %s in more than '-', '_' and '.'", other);
}

static void check_ids(ab_check *check, int32_t table)
{
    char spare[24];
    int32_t count = check->data.rows[table].count;
    ab_index index = {.at = AB_NEW(check->work, ab_index_entry, count)};
    for (int32_t r = 0; index.at != NULL && r < count; r++) {
        const char *id = ab__row_id(&check->data, table, r, spare);
        char *plain = id == spare ? NULL : folded(check->work, id, "-_.");
        check->no_memory |= id != spare && plain == NULL;
        if (plain != NULL && *plain != '\0')
            index.at[index.count++] = (ab_index_entry){plain, r};
    }
    check->no_memory |= index.at == NULL;
    if (!check->no_memory)
        find_again(check, table, &index, like_id);
}

/* ---- Rows of the tables without ids ---- */

static void same_row(ab_check *check, int32_t table, int32_t row, int32_t first)
{
    char hint[64];
    line_hint(check, table, first, hint);
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_SAME_ROW_TWICE,
                                        .table = table,
                                        .row = row,
                                        .column = -1,
                                        .expected = "each row once",
                                        .hint = hint});
}

/* All cells of a row, what was not given left out. */
static char *row_text(ab_check *check, int32_t table, int32_t row, ab_buf *text)
{
    const ab_table *of = &check->data.schema->tables[table];
    ab__buf_clear(text);
    for (int32_t c = 0; c < of->column_count; c++) {
        if (ab_given(ab__check_row(check, table, row), c))
            ab__cell_write(&check->data, &of->columns[c], ab__check_row(check, table, row), text);
        ab__buf_char(text, '\x1f');
    }
    return text->failed ? NULL : ab__arena_text(check->work, ab__buf_text(text));
}

static void check_rows(ab_check *check, int32_t table)
{
    int32_t count = check->data.rows[table].count;
    ab_index index = {.at = AB_NEW(check->work, ab_index_entry, count)};
    ab_buf text = AB_BUF_INIT;
    for (int32_t r = 0; index.at != NULL && r < count && !check->no_memory; r++) {
        if (ab__row_unread(ab__check_row(check, table, r)))
            continue;
        char *row = row_text(check, table, r, &text);
        check->no_memory |= row == NULL;
        if (row != NULL)
            index.at[index.count++] = (ab_index_entry){row, r};
    }
    ab__buf_free(&text);
    check->no_memory |= index.at == NULL;
    if (!check->no_memory)
        find_again(check, table, &index, same_row);
}

void ab__check_likeness(ab_check *check)
{
    check_names(check);
    for (int32_t t = 0; t < check->data.schema->count && !check->no_memory; t++) {
        const ab_table *table = &check->data.schema->tables[t];
        if (table->form == AB_SETTINGS)
            continue;
        if (ab__table_id_column(table) >= 0)
            check_ids(check, t);
        else
            check_rows(check, t);
    }
}
