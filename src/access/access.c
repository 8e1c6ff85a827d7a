#include "airbridge/access.h"

#include <assert.h>

#include "access/chance.h"
#include "access/evidence.h"
#include "access/permits.h"
#include "access/reports.h"
#include "access/scope.h"
#include "base/arena.h"
#include "base/vec.h"

/* A place has a lane for each means by which it is reached, a hub one more for what is said of it as a
 * whole; roads and links are passed by one means only. */
enum { PLACE_LANES = AB_MEANS_LINK, HUB_LANES = AB_MEANS_LINK + 1 };

typedef enum subject_kind { PLACES, HUBS, ROADS, LINKS, SUBJECT_KINDS } subject_kind;

struct ab_access {
    ab_arena *arena;
    ab_record *record;
    ab__reports reports;
    int32_t period_count, list_count;
    int32_t row_count[SUBJECT_KINDS];
    /* Number of the first of a lane's period_count cells; -1: nothing is known of it, and it is `open`. */
    const int32_t *first_cell[SUBJECT_KINDS];
    const ab_access_cell *cell;
    ab_access_cell open;
    const ab_refs *list;
    const int32_t
        *binding; /* list of agreements [(place * PLACE_LANES + means) * period_count + t] */
};

static const int32_t lane_count[SUBJECT_KINDS] = {PLACE_LANES, HUB_LANES, 1, 1};

typedef struct builder {
    const ab_operation *op;
    ab_access *access;
    ab__reports reports; /* those of `access`, with room for weighing */
    ab__lists lists;
    AB_VEC(ab_access_cell) cells;
    ab__permit *permit;
    ab_ref *ref, *because; /* room for the rows of one cell: as found, and in order */
    int32_t *first_cell[SUBJECT_KINDS];
    int32_t *binding;
} builder;

/* ---- One cell ---- */

/* b->ref holds the rows of the permission, of the state, and `truces` more. */
static bool add_cell(builder *b, const ab__permission *permission, const ab__state *state,
                     int32_t truces)
{
    ab_access_cell *cell = AB_PUSH(&b->cells);
    if (cell == NULL) {
        return false;
    }
    /* The rows of whichever lowers the chance most come first, those that decide nothing last. */
    int32_t split = permission->ref_count, decide = split + state->ref_count;
    ab_chance permit = ab__chance_both(permission->leave, ab__chance_both(permission->go, permission->gate));
    bool state_first = state->pass.mean < permit.mean;
    for (int32_t i = 0; i < decide + truces; i++) {
        bool stays = !state_first || i >= decide;
        b->because[stays ? i : i < split ? i + state->ref_count : i - split] = b->ref[i];
    }
    *cell = (ab_access_cell){.pass = ab__chance_both(permit, state->pass),
                             .permission = permission->permission,
                             .commodities = permission->commodities & ~state->barred,
                             .evidence = ab__lists_keep(&b->lists, b->because, decide + truces),
                             .contested = state->contested,
                             .closed = state->closed,
                             .permit = permit,
                             .leave = permission->leave,
                             .go = permission->go,
                             .gate = permission->gate,
                             .asked = permission->asked,
                             .state = state->pass,
                             .permitted = permission->commodities,
                             .barred = state->barred,
                             .says_open = state->says_open,
                             .says_closed = state->says_closed};
    return cell->evidence >= 0;
}

/* Cells of a way, for which nobody asks permission: what its reports say. */
static bool add_way(builder *b, ab_input_table table, int32_t row, ab_means means, int32_t *first)
{
    int32_t from, until = ab__reports_about(&b->reports, (ab_ref){(int32_t)table, row}, &from);
    *first = -1;
    if (from == until) {
        return true;
    }
    *first = b->cells.count;
    const ab__permission free_way = {
        AB_PERMISSION_NOT_NEEDED, AB_CERTAIN, AB_CERTAIN, AB_CERTAIN, -1, b->access->open.commodities, 0};
    for (int32_t t = 0; t < b->op->period_count; t++) {
        ab__state state = ab__reports_weigh(&b->reports, from, until, means, t, b->ref);
        if (!add_cell(b, &free_way, &state, 0)) {
            return false;
        }
    }
    return true;
}

static bool add_place(builder *b, int32_t place, ab_means means)
{
    const ab_operation *op = b->op;
    int32_t lane = place * PLACE_LANES + (int32_t)means;
    ab__permits permits = ab__permits_find(op, b->access->record, place, means, b->permit);
    ab_ref subject = {AB_TABLE_places, place};
    int32_t from, until = ab__reports_about(&b->reports, subject, &from);
    ab_time cut_off_since = op->places.at[place].cut_off_since;
    bool free_place = cut_off_since == AB_TIME_NONE || cut_off_since >= op->settings->end;
    bool plain = free_place && from == until && permits.count == 0;
    b->first_cell[PLACES][lane] = plain ? -1 : b->cells.count;
    for (int32_t t = 0; t < op->period_count; t++) {
        int32_t binding_count = ab__permits_binding(&permits, t, b->ref);
        int32_t binding = ab__lists_keep(&b->lists, b->ref, binding_count);
        b->binding[(size_t)lane * (size_t)op->period_count + (size_t)t] = binding;
        if (binding < 0) {
            return false;
        }
        if (plain) {
            continue;
        }
        ab__permission permission = ab__permits_judge(&permits, t, b->ref);
        ab__state state =
            ab__reports_weigh(&b->reports, from, until, means, t, b->ref + permission.ref_count);
        int32_t decide = permission.ref_count + state.ref_count;
        int32_t truces = ab__permits_truces(&permits, t, b->ref + decide);
        if (!add_cell(b, &permission, &state, truces)) {
            return false;
        }
    }
    return true;
}

/* ---- All of them ---- */

static bool add_all(builder *b)
{
    bool fine = true;
    for (int32_t p = 0; p < b->op->places.count; p++) {
        for (int32_t means = 0; fine && means < PLACE_LANES; means++) {
            fine = add_place(b, p, (ab_means)means);
        }
    }
    for (int32_t h = 0; h < b->op->hubs.count; h++) {
        for (int32_t means = 0; fine && means < HUB_LANES; means++) {
            int32_t *first = &b->first_cell[HUBS][h * HUB_LANES + means];
            fine = add_way(b, AB_TABLE_hubs, h, (ab_means)means, first);
        }
    }
    for (int32_t r = 0; fine && r < b->op->roads.count; r++) {
        fine = add_way(b, AB_TABLE_roads, r, AB_MEANS_ROAD, &b->first_cell[ROADS][r]);
    }
    for (int32_t l = 0; fine && l < b->op->links.count; l++) {
        ab_means means = ab__means_of_link(&b->op->links.at[l]);
        fine = add_way(b, AB_TABLE_links, l, means, &b->first_cell[LINKS][l]);
    }
    return fine;
}

static bool prepare(builder *b, ab_arena *scratch)
{
    const ab_operation *op = b->op;
    const int32_t rows[SUBJECT_KINDS] = {op->places.count, op->hubs.count, op->roads.count,
                                         op->links.count};
    for (int kind = 0; kind < SUBJECT_KINDS; kind++) {
        size_t lanes = (size_t)rows[kind] * (size_t)lane_count[kind];
        b->first_cell[kind] = AB_NEW(b->access->arena, int32_t, lanes);
        if (b->first_cell[kind] == NULL) {
            return false;
        }
        b->access->row_count[kind] = rows[kind];
        b->access->first_cell[kind] = b->first_cell[kind];
    }
    size_t cells = (size_t)op->places.count * PLACE_LANES * (size_t)op->period_count;
    size_t permits = (size_t)op->agreements.count + 2 * (size_t)op->requests.count;
    size_t refs = permits + (size_t)op->access.count;
    b->binding = AB_NEW(b->access->arena, int32_t, cells);
    b->permit = AB_NEW(scratch, ab__permit, permits);
    b->ref = AB_NEW(scratch, ab_ref, refs);
    b->because = AB_NEW(scratch, ab_ref, refs);
    return b->binding != NULL && b->permit != NULL && b->ref != NULL && b->because != NULL &&
           ab__reports_make(op, b->access->arena, &b->access->reports) &&
           ab__reports_take_room(&b->access->reports, scratch, &b->reports) && ab__lists_keep(&b->lists, NULL, 0) == 0;
}

static bool finish(const builder *b)
{
    ab_access *access = b->access;
    ab_access_cell *cell = AB_NEW(access->arena, ab_access_cell, b->cells.count);
    access->list = ab__lists_copy(&b->lists, access->arena);
    if (cell == NULL || access->list == NULL) {
        return false;
    }
    for (int32_t i = 0; i < b->cells.count; i++) {
        cell[i] = b->cells.at[i];
    }
    access->cell = cell;
    access->list_count = b->lists.start.count;
    access->binding = b->binding;
    return true;
}

static bool build(ab_access *access, const ab_operation *op)
{
    static const ab_refs everything = {0};
    builder b = {.op = op, .access = access};
    access->period_count = op->period_count;
    /* List 0 is the empty one. */
    access->open = (ab_access_cell){.pass = AB_CERTAIN,
                                    .permission = AB_PERMISSION_NOT_NEEDED,
                                    .commodities = ab__scope_bits(op, &everything),
                                    .evidence = 0,
                                    .permit = AB_CERTAIN,
                                    .leave = AB_CERTAIN,
                                    .go = AB_CERTAIN,
                                    .gate = AB_CERTAIN,
                                    .asked = -1,
                                    .state = AB_CERTAIN,
                                    .permitted = ab__scope_bits(op, &everything),
                                    .says_open = -1,
                                    .says_closed = -1};
    ab_arena *scratch = ab__arena_new();
    bool fine = scratch != NULL && prepare(&b, scratch) && add_all(&b) && finish(&b);
    ab__lists_free(&b.lists);
    AB_VEC_FREE(&b.cells);
    ab__arena_free(scratch);
    return fine;
}

ab_status ab_access_make(const ab_operation *op, ab_access **out, ab_error *err)
{
    assert(op->commodities.count <= 64);
    *out = NULL;
    ab_arena *arena = ab__arena_new();
    ab_access *access = arena != NULL ? AB_NEW(arena, ab_access, 1) : NULL;
    if (access != NULL) {
        access->arena = arena;
    }
    if (access == NULL || ab_record_make(op, ab_record_now(op), &access->record, err) != AB_OK || !build(access, op)) {
        if (access != NULL) {
            ab_record_free(access->record);
        }
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while working out access");
    }
    *out = access;
    return AB_OK;
}

void ab_access_free(ab_access *access)
{
    if (access != NULL) {
        ab_record_free(access->record);
        ab__arena_free(access->arena);
    }
}

const ab_record *ab_access_record(const ab_access *access)
{
    return access->record;
}

const ab__reports *ab__access_reports(const ab_access *access)
{
    return &access->reports;
}

/* ---- Looking up ---- */

static const ab_access_cell *look_up(const ab_access *access, subject_kind kind, int32_t row,
                                     int32_t lane, int32_t t)
{
    assert(row >= 0 && row < access->row_count[kind] && t >= 0 && t < access->period_count);
    int32_t first = access->first_cell[kind][row * lane_count[kind] + lane];
    return first < 0 ? &access->open : &access->cell[first + t];
}

const ab_access_cell *ab_access_place(const ab_access *access, int32_t place, ab_means means,
                                      int32_t t)
{
    assert(means < AB_MEANS_LINK);
    return look_up(access, PLACES, place, (int32_t)means, t);
}

const ab_access_cell *ab_access_hub(const ab_access *access, int32_t hub, ab_means means, int32_t t)
{
    return look_up(access, HUBS, hub, (int32_t)means, t);
}

const ab_access_cell *ab_access_way(const ab_access *access, ab_input_table table, int32_t row,
                                    int32_t t)
{
    assert(table == AB_TABLE_roads || table == AB_TABLE_links || table == AB_TABLE_hubs);
    if (table == AB_TABLE_hubs) {
        return ab_access_hub(access, row, AB_MEANS_LINK, t);
    }
    return look_up(access, table == AB_TABLE_roads ? ROADS : LINKS, row, 0, t);
}

ab_refs ab_access_evidence(const ab_access *access, int32_t evidence)
{
    assert(evidence >= 0 && evidence < access->list_count);
    return access->list[evidence];
}

ab_refs ab_access_agreements(const ab_access *access, int32_t place, ab_means means, int32_t t)
{
    assert(place >= 0 && place < access->row_count[PLACES] && means < AB_MEANS_LINK);
    assert(t >= 0 && t < access->period_count);
    size_t lane = (size_t)place * PLACE_LANES + (size_t)means;
    return access->list[access->binding[lane * (size_t)access->period_count + (size_t)t]];
}
