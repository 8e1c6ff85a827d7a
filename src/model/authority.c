#include "model/authority.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/text.h"
#include "base/vec.h"
#include "schema/convert.h"
#include "schema/find.h"

typedef enum cell_form { ONE_NAME, PARTED, LISTED } cell_form;

typedef struct naming {
    int32_t table, column;
    cell_form form;
    bool reports;
} naming;

static const naming namings[] = {
    {AB_TABLE_hubs, AB_COL_hub_held_by, PARTED, false},
    {AB_TABLE_places, AB_COL_place_besieged_by, PARTED, false},
    {AB_TABLE_exclusions, AB_COL_exclusion_held_by, PARTED, false},
    {AB_TABLE_roads, AB_COL_road_held_by, PARTED, false},
    {AB_TABLE_access, AB_COL_report_reported_by, ONE_NAME, true},
    {AB_TABLE_agreements, AB_COL_agreement_parties, LISTED, false},
    {AB_TABLE_requests, AB_COL_request_asked_of, ONE_NAME, false},
    {AB_TABLE_movements, AB_COL_movement_gatekeeper, ONE_NAME, false},
};
enum { NAMINGS = sizeof namings / sizeof namings[0] };

typedef struct finder {
    ab_arena *arena;
    AB_VEC(ab_mention) found;
    const naming *of;
    int32_t row;
    bool no_memory;
} finder;

/* ---- The cells ---- */

char *ab__authority_key(ab_arena *arena, const char *text)
{
    ab_buf folded = AB_BUF_INIT;
    ab__fold(text, &folded);
    const char *key = ab__buf_text(&folded);
    if (strncmp(key, "the ", 4) == 0)
        key += 4;
    char *copy = folded.failed ? NULL : ab__arena_text(arena, key);
    ab__buf_free(&folded);
    return copy;
}

/* As ab__text_split calls it. */
static bool add_mention(void *context, const char *text, size_t size)
{
    finder *f = context;
    ab_mention *mention = AB_PUSH(&f->found);
    char *copy = mention == NULL ? NULL : ab__arena_text_n(f->arena, text, size);
    char *key = copy == NULL ? NULL : ab__authority_key(f->arena, copy);
    f->no_memory |= key == NULL;
    if (key != NULL)
        *mention = (ab_mention){.table = f->of->table,
                                .column = f->of->column,
                                .row = f->row,
                                .reports = f->of->reports,
                                .text = copy,
                                .key = key,
                                .authority = -1};
    return !f->no_memory;
}

static void add_one(finder *f, const char *text)
{
    size_t start = strspn(text, " "), size = strlen(text);
    while (size > start && text[size - 1] == ' ')
        size--;
    if (size > start)
        (void)add_mention(f, text + start, size - start);
}

static void find_in_row(finder *f, const void *value)
{
    const ab_list *list = value;
    switch (f->of->form) {
    case ONE_NAME:
        add_one(f, *(const ab_c_TEXT *)value);
        break;
    case PARTED:
        (void)ab__text_split(*(const ab_c_TEXT *)value, add_mention, f);
        break;
    case LISTED:
        for (int32_t i = 0; i < list->count && !f->no_memory; i++)
            add_one(f, list->at[i]);
        break;
    }
}

static void find_all(finder *f, const ab_operation *op)
{
    ab_data data = ab_operation_data(op);
    for (int32_t n = 0; n < NAMINGS; n++) {
        const ab_table *table = &data.schema->tables[namings[n].table];
        f->of = &namings[n];
        for (f->row = 0; f->row < data.rows[namings[n].table].count && !f->no_memory; f->row++) {
            const void *row = ab__row_at(&data.rows[namings[n].table], table, f->row);
            find_in_row(f, ab__value_at(&table->columns[namings[n].column], row));
        }
    }
}

/* ---- Who they are ---- */

/* By key, those that only report last; then by spelling; then as they stand. */
static int by_name(const void *a, const void *b)
{
    const ab_mention *x = *(const ab_mention *const *)a, *y = *(const ab_mention *const *)b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = x->reports - y->reports;
    if (order == 0)
        order = strcmp(x->text, y->text);
    return order != 0 ? order : (x > y) - (x < y);
}

/* Numbers the mentions sorted[0..count), which have one key, as one more authority if some of them do more than report. */
static void number_one(ab_mentions *all, ab_mention **sorted, int32_t count)
{
    const ab_mention *best = NULL;
    int32_t most = 0, naming_count = 0;
    for (int32_t i = 0; i < count; i++)
        sorted[i]->name = all->name_count;
    all->name_count++;
    for (int32_t first = 0, i = 0; i < count && !sorted[i]->reports; i++) {
        if (strcmp(sorted[i]->text, sorted[first]->text) != 0)
            first = i;
        int32_t often = i - first + 1;
        if (often > most || (often == most && sorted[first] < best)) {
            best = sorted[first];
            most = often;
        }
        naming_count++;
    }
    if (best == NULL || best->key[0] == '\0')
        return;
    for (int32_t i = 0; i < count; i++)
        sorted[i]->authority = all->authority_count;
    all->authority[all->authority_count++] = (ab_authority){best->text, naming_count};
}

static bool number_all(ab_mentions *all, ab_arena *arena)
{
    ab_mention **sorted = AB_NEW(arena, ab_mention *, all->count);
    all->authority = AB_NEW(arena, ab_authority, all->count);
    if (sorted == NULL || all->authority == NULL)
        return false;
    for (int32_t i = 0; i < all->count; i++)
        sorted[i] = &all->at[i];
    qsort(sorted, (size_t)all->count, sizeof *sorted, by_name);
    for (int32_t i = 1, first = 0; i <= all->count; i++)
        if (i == all->count || strcmp(sorted[i]->key, sorted[first]->key) != 0) {
            number_one(all, sorted + first, i - first);
            first = i;
        }
    return true;
}

bool ab__mentions_find(const ab_operation *op, ab_arena *arena, ab_mentions *out)
{
    finder f = {.arena = arena};
    find_all(&f, op);
    *out = (ab_mentions){.at = AB_NEW(arena, ab_mention, f.found.count), .count = f.found.count};
    bool enough = !f.no_memory && out->at != NULL;
    if (enough && out->count > 0)
        memcpy(out->at, f.found.at, (size_t)out->count * sizeof *out->at);
    AB_VEC_FREE(&f.found);
    return enough && number_all(out, arena);
}

/* ---- The list ---- */

/* Of each row of a table, the authority that this column names; NULL: out of memory. */
static const int32_t *ones_of(const ab_mentions *all, ab_arena *arena, int32_t table,
                              int32_t column, int32_t rows)
{
    int32_t *of = AB_NEW(arena, int32_t, rows);
    for (int32_t r = 0; of != NULL && r < rows; r++)
        of[r] = -1;
    for (int32_t i = 0; of != NULL && i < all->count; i++)
        if (all->at[i].table == table && all->at[i].column == column)
            of[all->at[i].row] = all->at[i].authority;
    return of;
}

static void add_to_set(ab_authority_set *set, int32_t *into, int32_t authority)
{
    for (int32_t i = 0; i < set->count; i++)
        if (set->at[i] == authority)
            return;
    set->at = set->count == 0 ? into : set->at;
    *into = authority;
    set->count++;
}

/* The same of a column that may name several. */
static const ab_authority_set *sets_of(const ab_mentions *all, ab_arena *arena, int32_t table,
                                       int32_t column, int32_t rows)
{
    ab_authority_set *of = AB_NEW(arena, ab_authority_set, rows);
    int32_t *numbers = AB_NEW(arena, int32_t, all->count), used = 0;
    if (of == NULL || numbers == NULL)
        return NULL;
    for (int32_t i = 0; i < all->count; i++) {
        const ab_mention *mention = &all->at[i];
        if (mention->table != table || mention->column != column || mention->authority < 0)
            continue;
        int32_t before = of[mention->row].count;
        add_to_set(&of[mention->row], &numbers[used], mention->authority);
        used += of[mention->row].count - before;
    }
    return of;
}

ab_status ab_authorities_make(const ab_operation *op, ab_authorities **out, ab_error *err)
{
    ab_mentions all;
    ab_arena *arena = ab__arena_new();
    ab_authorities *made = arena == NULL ? NULL : AB_NEW(arena, ab_authorities, 1);
    *out = NULL;
    if (made == NULL || !ab__mentions_find(op, arena, &all))
        goto no_memory;
#define ONES(table, row, member)                                                                   \
    made->member = ones_of(&all, arena, AB_TABLE_##table, AB_COL_##row##_##member, op->table.count)
#define SETS(table, row, column, member)                                                           \
    made->member = sets_of(&all, arena, AB_TABLE_##table, AB_COL_##row##_##column, op->table.count)
    ONES(requests, request, asked_of);
    ONES(movements, movement, gatekeeper);
    ONES(access, report, reported_by);
    SETS(agreements, agreement, parties, parties);
    SETS(places, place, besieged_by, besieged_by);
    SETS(hubs, hub, held_by, hub_held_by);
    SETS(roads, road, held_by, road_held_by);
    SETS(exclusions, exclusion, held_by, exclusion_held_by);
#undef ONES
#undef SETS
    if (made->asked_of == NULL || made->gatekeeper == NULL || made->reported_by == NULL ||
        made->parties == NULL || made->besieged_by == NULL || made->hub_held_by == NULL ||
        made->road_held_by == NULL || made->exclusion_held_by == NULL)
        goto no_memory;
    made->count = all.authority_count;
    made->at = all.authority;
    made->arena = arena;
    *out = made;
    return AB_OK;
no_memory:
    ab__arena_free(arena);
    return ab_fail(err, AB_NO_MEMORY, "out of memory while the authorities were listed");
}

void ab_authorities_free(ab_authorities *authorities)
{
    if (authorities != NULL)
        ab__arena_free(authorities->arena);
}

ab_status ab_authority_find(const ab_authorities *authorities, const char *name, int32_t *out,
                            ab_error *err)
{
    ab_arena *work = ab__arena_new();
    const char *wanted = work == NULL ? NULL : ab__authority_key(work, name);
    bool enough = wanted != NULL;
    *out = -1;
    for (int32_t a = 0; enough && *out < 0 && a < authorities->count; a++) {
        const char *key = ab__authority_key(work, authorities->at[a].name);
        enough = key != NULL;
        if (enough && strcmp(key, wanted) == 0)
            *out = a;
    }
    ab__arena_free(work);
    return enough ? AB_OK
                  : ab_fail(err, AB_NO_MEMORY, "out of memory while an authority was looked for");
}
