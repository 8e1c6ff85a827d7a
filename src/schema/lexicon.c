#include "schema/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/text.h"

typedef struct making {
    ab_lexicon *into; /* `at` NULL: only counts */
    ab_arena *arena;
    ab_buf folded;
    int32_t of;
    bool failed;
} making;

static bool add(void *context, const char *word, size_t size)
{
    making *make = context;
    if (make->into->at != NULL) {
        char *copy = ab__arena_text_n(make->arena, word, size);
        ab__buf_clear(&make->folded);
        if (copy != NULL)
            ab__fold(copy, &make->folded);
        const char *key = ab__arena_text(make->arena, ab__buf_text(&make->folded));
        make->failed |= copy == NULL || key == NULL || make->folded.failed;
        make->into->at[make->into->count] = (ab_lexicon_entry){key, make->of};
    }
    make->into->count++;
    return !make->failed;
}

static void add_all(making *make, int32_t count,
                    ab_called (*called)(const void *context, int32_t i), const void *context)
{
    make->into->count = 0;
    for (make->of = 0; make->of < count && !make->failed; make->of++) {
        ab_called thing = called(context, make->of);
        (void)add(make, thing.name, strlen(thing.name));
        for (int l = 0; thing.label != NULL && l < AB_LANGUAGES; l++)
            if (thing.label->in[l] != NULL)
                (void)ab__text_split(thing.label->in[l], add, make);
    }
}

static int by_key(const void *left, const void *right)
{
    const ab_lexicon_entry *a = left, *b = right;
    int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->of > b->of) - (a->of < b->of);
}

bool ab__lexicon_make(ab_lexicon *out, ab_arena *arena, int32_t count,
                      ab_called (*called)(const void *context, int32_t i), const void *context)
{
    making make = {.into = out, .arena = arena};
    *out = (ab_lexicon){NULL, 0};
    add_all(&make, count, called, context);
    out->at = AB_NEW(arena, ab_lexicon_entry, out->count);
    if (out->at == NULL)
        return false;
    add_all(&make, count, called, context);
    ab__buf_free(&make.folded);
    if (make.failed)
        return false;
    qsort(out->at, (size_t)out->count, sizeof *out->at, by_key);
    return true;
}

int32_t ab__lexicon_find(const ab_lexicon *lexicon, const char *text, ab_buf *spare, int32_t *other)
{
    ab__buf_clear(spare);
    ab__fold(text, spare);
    const char *key = ab__buf_text(spare);
    int32_t low = 0, high = lexicon->count;
    *other = -1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (strcmp(lexicon->at[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (*key == '\0' || low == lexicon->count || strcmp(lexicon->at[low].key, key) != 0)
        return -1;
    int32_t found = lexicon->at[low].of;
    for (int32_t i = low; i < lexicon->count && strcmp(lexicon->at[i].key, key) == 0; i++)
        if (*other < 0 && lexicon->at[i].of != found)
            *other = lexicon->at[i].of;
    return found;
}

ab_called ab__column_called(const void *table, int32_t i)
{
    const ab_column *column = &((const ab_table *)table)->columns[i];
    return (ab_called){column->name, column->label};
}

ab_called ab__code_called(const void *codes, int32_t i)
{
    const ab_code *code = &((const ab_code_list *)codes)->codes[i];
    return (ab_called){code->word, code->label};
}

ab_called ab__table_called(const void *schema, int32_t i)
{
    const ab_table *table = &((const ab_schema *)schema)->tables[i];
    return (ab_called){table->name, table->label};
}
