/* Which rows that changed have to do with a place: rows by which a plan explains it, rows about it, about the roads
 * of its ways, about the hubs, vehicles and goods of its trips. It is said how a row is tied to the place, and not that it is the cause:
 * that would take a plan for each row. */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "diff/parts.h"
#include "schema/convert.h"
#include "schema/find.h"

/* What names it, and how a row that has this name is tied to the place. */
typedef struct known {
    const char *name; /* "agreement:g1" */
    ab_tie tie;
} known;

typedef struct knowledge {
    ab_arena *arena;
    const ab_planned *plan[2];
    const char *place;
    AB_VEC(known) at;
    bool failed;
} knowledge;

static void know(knowledge *k, const char *name, ab_tie tie)
{
    known *entry = name ? AB_PUSH(&k->at) : NULL;
    if (!entry)
        k->failed = true;
    else
        *entry = (known){name, tie};
}

/* "agreement:g1; request:q1", or ids with `prefix` before each. */
static void know_list(knowledge *k, const char *list, const char *prefix, ab_tie tie)
{
    for (const char *word = list; *word;) {
        size_t size = strcspn(word, ";");
        know(k, ab__arena_printf(k->arena, "%s%.*s", prefix, (int)size, word), tie);
        word += size;
        word += strspn(word, "; ");
    }
}

static void know_trip(knowledge *k, const ab_trip_row *trip)
{
    know_list(k, trip->permission, "", AB_TIE_NAMED);
    know_list(k, trip->commitment, "commitment:", AB_TIE_NAMED);
    know(k, ab__arena_printf(k->arena, "hub:%s", trip->hub), AB_TIE_GOODS);
    know(k, ab__arena_printf(k->arena, "vehicle:%s", trip->vehicle), AB_TIE_GOODS);
    if (trip->dropzone[0])
        know(k, ab__arena_printf(k->arena, "dropzone:%s", trip->dropzone), AB_TIE_WAY);
}

static void know_plan(knowledge *k, const ab_data *results)
{
    const ab_reach_row *reach = results->rows[AB_TABLE_reach].at;
    const ab_trip_row *trip = results->rows[AB_TABLE_trips].at;
    const ab_gap_row *gap = results->rows[AB_TABLE_gaps].at;
    for (int32_t i = 0; i < results->rows[AB_TABLE_reach].count && !k->failed; i++)
        if (strcmp(reach[i].place, k->place) == 0)
            know_list(k, reach[i].because, "", AB_TIE_NAMED);
    for (int32_t i = 0; i < results->rows[AB_TABLE_gaps].count && !k->failed; i++)
        if (strcmp(gap[i].place, k->place) == 0)
            know_list(k, gap[i].because, "", AB_TIE_NAMED);
    for (int32_t i = 0; i < results->rows[AB_TABLE_trips].count && !k->failed; i++)
        if (strcmp(trip[i].place, k->place) == 0)
            know_trip(k, &trip[i]);
}

/* ---- Ways -------------------------------------------------------------------------------------------------- */

/* Does `way` go along the stretch from vertex `at` of `road` to the next, in either direction? */
static bool goes_along(const ab_shape *way, const double *from)
{
    for (int32_t v = 0; way->kind == AB_SHAPE_LINE && v + 1 < way->part_start[1]; v++) {
        const double *a = way->lon_lat_deg + 2 * (size_t)v;
        bool there = a[0] == from[0] && a[1] == from[1] && a[2] == from[2] && a[3] == from[3];
        bool back = a[2] == from[0] && a[3] == from[1] && a[0] == from[2] && a[1] == from[3];
        if (there || back)
            return true;
    }
    return false;
}

static bool is_on(const ab_shape *way, const ab_shape *road)
{
    for (int32_t v = 0; road->kind == AB_SHAPE_LINE && v + 1 < road->part_start[1]; v++)
        if (goes_along(way, road->lon_lat_deg + 2 * (size_t)v))
            return true;
    return false;
}

/* Is the road of this name on a way to the place, in either plan? */
static bool is_on_ways(const knowledge *k, const char *road_id)
{
    for (int p = 0; p < 2; p++) {
        const ab_data *input = &k->plan[p]->input, *results = &k->plan[p]->results;
        int32_t r = ab__row_find(input, AB_TABLE_roads, road_id);
        const ab_reach_row *reach = results->rows[AB_TABLE_reach].at;
        for (int32_t i = 0; r >= 0 && i < results->rows[AB_TABLE_reach].count; i++)
            if (strcmp(reach[i].place, k->place) == 0 && is_on(&reach[i].shape, &((const ab_road *)input->rows[AB_TABLE_roads].at)[r].shape))
                return true;
    }
    return false;
}

/* ---- Rows -------------------------------------------------------------------------------------------------- */

static ab_tie tie_of_name(const knowledge *k, const char *name)
{
    static const char road[] = "road:", place[] = "place:";
    ab_tie best = AB_TIE_NONE;
    if (strncmp(name, place, sizeof place - 1) == 0 && strcmp(name + sizeof place - 1, k->place) == 0)
        best = AB_TIE_PLACE;
    for (int32_t i = 0; i < k->at.count; i++)
        if (k->at.at[i].tie > best && strcmp(k->at.at[i].name, name) == 0)
            best = k->at.at[i].tie;
    if (best < AB_TIE_WAY && strncmp(name, road, sizeof road - 1) == 0 && is_on_ways(k, name + sizeof road - 1))
        best = AB_TIE_WAY;
    return best;
}

/* What the row names counts as what it is about: nothing that it names makes it one by which a plan explains itself. */
static ab_tie tie_of_ref(const knowledge *k, const ab_data *data, ab_ref ref)
{
    const char *name = ref.table >= 0 && ref.row >= 0 ? ab__diff_name(k->arena, data, ref.table, ref.row) : "";
    ab_tie tie = name ? tie_of_name(k, name) : AB_TIE_NONE;
    return tie == AB_TIE_NAMED ? AB_TIE_PLACE : tie;
}

static ab_tie tie_of_cell(const knowledge *k, const ab_data *data, const ab_column *column, const void *row)
{
    const void *value = ab__value_at(column, row);
    ab_tie best = AB_TIE_NONE;
    if (column->type == AB_TYPE_REF) {
        ab_ref ref = {ab_schema_find(data->schema, column->refers), *(const ab_c_REF *)value};
        return tie_of_ref(k, data, ref);
    }
    if (column->type == AB_TYPE_SUBJECT)
        return tie_of_ref(k, data, *(const ab_c_SUBJECT *)value);
    for (int32_t i = 0; column->type == AB_TYPE_SUBJECTS && i < ((const ab_refs *)value)->count; i++) {
        ab_tie tie = tie_of_ref(k, data, ((const ab_refs *)value)->at[i]);
        best = tie > best ? tie : best;
    }
    return best;
}

/* A row that names a place is about that place and not about the hub that it also names. */
static ab_tie tie_of_row(const knowledge *k, const ab_data *data, int32_t t, int32_t r)
{
    const ab_table *table = &data->schema->tables[t];
    const void *row = ab__row_at(&data->rows[t], table, r);
    ab_tie best = AB_TIE_NONE;
    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        if (!ab_given(row, c))
            continue;
        ab_tie tie = tie_of_cell(k, data, column, row);
        if (column->type == AB_TYPE_REF && strcmp(column->refers, "places") == 0 && tie == AB_TIE_NONE)
            return AB_TIE_NONE;
        best = tie > best ? tie : best;
    }
    return best;
}

static ab_tie tie_of_change(const knowledge *k, const ab_row_change *change)
{
    ab_tie best = tie_of_name(k, change->name);
    const int32_t row[2] = {change->row_before, change->row_after};
    for (int p = 0; p < 2 && best != AB_TIE_NAMED && change->table != AB_TABLE_operation; p++) {
        if (row[p] < 0)
            continue;
        ab_tie tie = tie_of_row(k, &k->plan[p]->input, change->table, row[p]);
        best = tie > best ? tie : best;
    }
    return best;
}

/* ---- Linked places ------------------------------------------------------------------------------------------- */

static bool speaks_of(const ab_agreement *agreement, int32_t place)
{
    for (int32_t i = 0; i < agreement->subjects.count; i++)
        if (agreement->subjects.at[i].table == AB_TABLE_places && agreement->subjects.at[i].row == place)
            return true;
    return false;
}

static void mark_subjects(const ab_agreement *agreement, char *linked)
{
    for (int32_t i = 0; i < agreement->subjects.count; i++)
        if (agreement->subjects.at[i].table == AB_TABLE_places)
            linked[agreement->subjects.at[i].row] = 1;
}

/* Marks the places that agreements of a group with one for this place speak of, by their rows in `input`. */
static void mark_linked(const ab_data *input, int32_t place, char *linked)
{
    const ab_agreement *a = input->rows[AB_TABLE_agreements].at;
    int32_t count = input->rows[AB_TABLE_agreements].count;
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = 0; a[i].link_group[0] && speaks_of(&a[i], place) && j < count; j++)
            if (strcmp(a[i].link_group, a[j].link_group) == 0)
                mark_subjects(&a[j], linked);
    linked[place] = 0;
}

/* What is tied to a place that goes only together with this one is tied to this one. */
static bool tie_linked(ab_diff *diff, const char *place, const ab_planned *before, const ab_planned *after, ab_tie *tie)
{
    const ab_place *places = after->input.rows[AB_TABLE_places].at;
    int32_t count = after->input.rows[AB_TABLE_places].count;
    int32_t of = ab__row_find(&after->input, AB_TABLE_places, place);
    char *linked = AB_NEW(diff->arena, char, count);
    bool fine = linked != NULL;
    if (linked && of >= 0)
        mark_linked(&after->input, of, linked);
    for (int32_t p = 0; fine && p < count; p++) {
        knowledge k = {.arena = diff->arena, .plan = {before, after}, .place = places[p].id};
        if (!linked[p])
            continue;
        know_plan(&k, &before->results);
        know_plan(&k, &after->results);
        for (int32_t i = 0; i < diff->row_count; i++)
            if (tie[i] < AB_TIE_LINKED && tie_of_change(&k, &diff->row[i]) > AB_TIE_LINKED)
                tie[i] = AB_TIE_LINKED;
        fine = !k.failed;
        AB_VEC_FREE(&k.at);
    }
    return fine;
}

/* ---- All ----------------------------------------------------------------------------------------------------- */

static int strongest_first(const void *a, const void *b)
{
    const ab_tied_row *x = a, *y = b;
    if (x->tie != y->tie)
        return x->tie < y->tie ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

bool ab__diff_tie(ab_diff *diff, ab_place_change *place, const ab_planned *before, const ab_planned *after)
{
    knowledge k = {.arena = diff->arena, .plan = {before, after}, .place = place->id};
    ab_tied_row *tied = AB_NEW(diff->arena, ab_tied_row, diff->row_count);
    ab_tie *tie = AB_NEW(diff->arena, ab_tie, diff->row_count);
    know_plan(&k, &before->results);
    know_plan(&k, &after->results);
    bool fine = tied && tie && !k.failed;
    for (int32_t i = 0; fine && i < diff->row_count; i++)
        tie[i] = tie_of_change(&k, &diff->row[i]);
    fine = fine && tie_linked(diff, place->id, before, after, tie);
    for (int32_t i = 0; fine && i < diff->row_count; i++)
        if (tie[i] != AB_TIE_NONE)
            tied[place->tied_count++] = (ab_tied_row){i, tie[i]};
    if (fine)
        qsort(tied, (size_t)place->tied_count, sizeof *tied, strongest_first);
    place->tied = tied;
    AB_VEC_FREE(&k.at);
    return fine;
}
