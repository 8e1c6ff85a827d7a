/* Names of rows: references, subjects and scopes. */
#include <string.h>

#include "schema/cell.h"
#include "schema/find.h"
#include "schema/words.h"

static const ab_ref no_ref = {-1, -1};

/* Row `id` of `table`; -1 if there is none. Says so, with `prefix` before the nearest id, unless the
 * table's own flaw was reported. */
static int32_t find_row(ab_cell *cell, int32_t table, const char *id, const char *found)
{
    ab_reader *reader = cell->reader;
    const ab_index *index = &reader->index[table];
    int32_t row = ab__index_find(index, id);
    if (row >= 0 || index->broken || reader->alone)
        return row;
    ab_nearest nearest = ab__nearest_to(id);
    ab__index_nearest(index, &nearest, &reader->comparisons);
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    ab__buf_printf(&expected, "the id of a row of %s", reader->schema->tables[table].name);
    ab__nearest_hint(&nearest, &hint);
    (void)ab__cell_flaw(cell, AB_ISSUE_DANGLING_REF, ab__buf_text(&expected), found,
                        ab__buf_text(&hint));
    ab__buf_free(&expected);
    ab__buf_free(&hint);
    return -1;
}

bool ab__read_ref(ab_cell *cell, const char *text, void *out)
{
    int32_t table = ab_schema_find(cell->reader->schema, cell->column->refers);
    int32_t row = find_row(cell, table, text, text);
    if (row >= 0)
        *(ab_c_REF *)out = row;
    return row >= 0;
}

/* A bare id, or the plural of a table, is what people write instead of a subject. */
static void suggest_subject(const ab_cell *cell, const char *text, ab_buf *hint)
{
    const ab_schema *schema = cell->reader->schema;
    const char *colon = strchr(text, ':');
    size_t word = colon == NULL ? 0 : (size_t)(colon - text);
    for (int32_t t = 0; t < schema->count && hint->size == 0; t++) {
        const ab_table *table = &schema->tables[t];
        const char *id = colon == NULL ? text : colon + 1;
        bool plural =
            colon != NULL && strlen(table->name) == word && memcmp(table->name, text, word) == 0;
        bool bare = colon == NULL && ab__index_find(&cell->reader->index[t], id) >= 0;
        if (plural || bare)
            ab__buf_printf(hint, "did you mean \"%s:%s\"?", table->singular, id);
    }
}

static bool bad_subject(ab_cell *cell, const char *text)
{
    ab_buf hint = AB_BUF_INIT;
    const char *colon = strchr(text, ':');
    suggest_subject(cell, text, &hint);
    if (hint.size == 0 && colon != NULL) {
        char *word = ab__arena_text_n(cell->reader->work, text, (size_t)(colon - text));
        if (word == NULL)
            return ab__cell_no_memory(cell);
        ab_nearest nearest = ab__nearest_to(word);
        for (int32_t t = 0; t < cell->reader->schema->count; t++)
            ab__nearest_try(&nearest, cell->reader->schema->tables[t].singular);
        if (nearest.best != NULL)
            ab__buf_printf(&hint, "did you mean \"%s%s\"?", nearest.best, colon);
    }
    (void)ab__cell_flaw(cell, AB_ISSUE_BAD_SUBJECT, NULL, text, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

bool ab__read_subject(ab_cell *cell, const char *text, void *out)
{
    const ab_schema *schema = cell->reader->schema;
    const char *colon = strchr(text, ':');
    int32_t table =
        colon == NULL ? -1 : ab__schema_find_singular(schema, text, (size_t)(colon - text));
    if (table < 0 || ab__table_id_column(&schema->tables[table]) < 0)
        return bad_subject(cell, text);
    int32_t row = find_row(cell, table, colon + 1, text);
    if (row >= 0)
        *(ab_c_SUBJECT *)out = (ab_ref){table, row};
    return row >= 0;
}

/* One of the refs that a cell lists. */
typedef bool (*read_one)(ab_cell *cell, const char *text, void *out);

static bool read_refs(ab_cell *cell, const char *text, read_one read, ab_refs *out)
{
    ab_parts parts;
    if (!ab__cell_split(cell, text, cell->reader->work, &parts))
        return false;
    ab_ref *refs = AB_NEW(cell->reader->arena, ab_ref, parts.count);
    if (refs == NULL)
        return ab__cell_no_memory(cell);
    bool sound = true;
    for (int32_t i = 0; i < parts.count; i++) {
        refs[i] = no_ref;
        sound &= read(cell, parts.at[i], &refs[i]);
    }
    if (sound)
        *out = (ab_refs){parts.count, refs};
    return sound;
}

bool ab__read_subjects(ab_cell *cell, const char *text, void *out)
{
    return read_refs(cell, text, ab__read_subject, out);
}

static bool unknown_in_scope(ab_cell *cell, int32_t table, const char *text)
{
    ab_nearest nearest = ab__nearest_to(text);
    for (int32_t i = 0; cell->column->codes != NULL && i < cell->column->codes->count; i++)
        ab__nearest_try(&nearest, cell->column->codes->codes[i].word);
    ab__index_nearest(&cell->reader->index[table], &nearest, &cell->reader->comparisons);
    ab_buf hint = AB_BUF_INIT;
    ab__nearest_hint(&nearest, &hint);
    (void)ab__cell_flaw(cell, AB_ISSUE_DANGLING_REF, NULL, text, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

/* A word of the codes comes before an id of the same letters, as it stands for all of its kind; its
 * translations come after the ids, which were there first. */
static bool read_scoped(ab_cell *cell, const char *text, void *out)
{
    int32_t code = cell->column->codes == NULL ? -1 : ab__code_find(cell->column->codes, text);
    if (code >= 0) {
        *(ab_ref *)out = (ab_ref){-1, code};
        return true;
    }
    int32_t table = ab_schema_find(cell->reader->schema, cell->column->refers);
    const ab_index *index = &cell->reader->index[table];
    int32_t row = ab__index_find(index, text);
    code = row < 0 && cell->column->codes != NULL
               ? ab__word_find(cell->reader, cell->column->codes, text)
               : -1;
    if (code >= 0) {
        *(ab_ref *)out = (ab_ref){-1, code};
        return true;
    }
    if (row < 0)
        return index->broken || cell->reader->alone ? false : unknown_in_scope(cell, table, text);
    *(ab_ref *)out = (ab_ref){table, row};
    return true;
}

bool ab__read_scope(ab_cell *cell, const char *text, void *out)
{
    return read_refs(cell, text, read_scoped, out);
}
