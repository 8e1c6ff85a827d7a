#include "access/voices.h"

#include <stdlib.h>
#include <string.h>

#include "airbridge/authority.h"
#include "base/fold.h"

typedef struct voices {
    const ab_operation *op;
    const ab_authorities *named;
    char **name;     /* [named->count], folded */
    bool *fights;    /* [named->count] it besieges, holds a road or an area, or is a party to a truce */
    bool *speaks;    /* [named->count] room: it is who reports */
    int32_t *spoken; /* [named->count] room: whose names the reporter's contains */
} voices;

/* ---- Names ---- */

static char *folded_name(ab_arena *arena, const char *text)
{
    ab_buf folded = AB_BUF_INIT;
    ab__fold(text, &folded);
    const char *key = ab__buf_text(&folded);
    key += strncmp(key, "the ", 4) == 0 ? 4 : 0;
    char *copy = folded.failed ? NULL : ab__arena_text(arena, key);
    ab__buf_free(&folded);
    return copy;
}

/* Does `name` stand in `text` as whole words? Both folded, so that a space parts words. */
static bool has_words(const char *text, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = text; size > 0 && (at = strstr(at, name)) != NULL; at++) {
        bool begins = at == text || at[-1] == ' ', ends = at[size] == ' ' || at[size] == '\0';
        if (begins && ends) {
            return true;
        }
    }
    return false;
}

/* Marks in `speaks` who `reporter` is: those whose name it contains or is contained in, and those whose name contains
 * one that it contains ("Government of Syria, spokesman" is "Government of Syria and allied forces" too). */
static void mark_speakers(voices *v, const char *reporter)
{
    int32_t contained = 0;
    for (int32_t i = 0; i < v->named->count; i++) {
        if (has_words(reporter, v->name[i])) {
            v->spoken[contained++] = i;
        }
        v->speaks[i] = has_words(v->name[i], reporter);
    }
    for (int32_t i = 0; i < v->named->count; i++) {
        for (int32_t k = 0; !v->speaks[i] && k < contained; k++) {
            v->speaks[i] = has_words(v->name[i], v->name[v->spoken[k]]);
        }
    }
}

/* ---- Sides ---- */

static void mark_set(bool *mark, ab_authority_set set)
{
    for (int32_t i = 0; i < set.count; i++) {
        mark[set.at[i]] = true;
    }
}

static void mark_fighters(voices *v)
{
    const ab_operation *op = v->op;
    for (int32_t p = 0; p < op->places.count; p++) {
        mark_set(v->fights, v->named->besieged_by[p]);
    }
    for (int32_t r = 0; r < op->roads.count; r++) {
        mark_set(v->fights, v->named->road_held_by[r]);
    }
    for (int32_t e = 0; e < op->exclusions.count; e++) {
        mark_set(v->fights, v->named->exclusion_held_by[e]);
    }
    for (int32_t a = 0; a < op->agreements.count; a++) {
        int32_t kind = op->agreements.at[a].kind;
        if (kind == AB_AGREED_CEASEFIRE || kind == AB_AGREED_PAUSE) {
            mark_set(v->fights, v->named->parties[a]);
        }
    }
}

/* Who holds the subject on the ground. */
static ab_authority_set holders_of(const voices *v, ab_ref subject)
{
    switch (subject.table) {
    case AB_TABLE_places:
        return v->named->besieged_by[subject.row];
    case AB_TABLE_hubs:
        return v->named->hub_held_by[subject.row];
    case AB_TABLE_roads:
        return v->named->road_held_by[subject.row];
    case AB_TABLE_exclusions:
        return v->named->exclusion_held_by[subject.row];
    default:
        return (ab_authority_set){0};
    }
}

static bool any_of(const bool *mark, ab_authority_set set)
{
    for (int32_t i = 0; i < set.count; i++) {
        if (mark[set.at[i]]) {
            return true;
        }
    }
    return false;
}

/* Who holds the ground does not hold the air above it. */
static bool by_air(const ab_report *report)
{
    return report->mode >= 0 && report->mode != AB_MODE_ROAD;
}

/* For its own benefit: who holds a way says that it is open, another party to the fight that it is not. Where nobody
 * is known to hold it, a party's word cannot be told to be against its interest. */
static bool is_for_own_side(const voices *v, const ab_report *report)
{
    bool fights = false;
    for (int32_t i = 0; i < v->named->count; i++) {
        fights |= v->speaks[i] && v->fights[i];
    }
    ab_authority_set holders = holders_of(v, report->subject);
    bool known = holders.count > 0 && !by_air(report), holds = known && any_of(v->speaks, holders);
    bool open = report->state == AB_STATE_OPEN;
    return holds ? open : fights && (!known || !open);
}

/* ---- All reports ---- */

/* Rows that have one reporter stand together, so that each is looked for once. */
typedef struct spoken {
    const char *by; /* folded */
    int32_t row;
} spoken;

static int spoken_order(const void *a, const void *b)
{
    const spoken *x = a, *y = b;
    int order = strcmp(x->by, y->by);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static bool share_all(voices *v, ab_arena *scratch, double *share)
{
    int32_t rows = v->op->access.count, names = v->named->count;
    spoken *said = AB_NEW(scratch, spoken, rows);
    v->name = AB_NEW(scratch, char *, names);
    v->fights = AB_NEW(scratch, bool, names);
    v->speaks = AB_NEW(scratch, bool, names);
    v->spoken = AB_NEW(scratch, int32_t, names);
    bool fine = said != NULL && v->name != NULL && v->fights != NULL && v->speaks != NULL &&
                v->spoken != NULL;
    for (int32_t i = 0; fine && i < names; i++) {
        fine = (v->name[i] = folded_name(scratch, v->named->at[i].name)) != NULL;
    }
    for (int32_t r = 0; fine && r < rows; r++) {
        said[r] = (spoken){folded_name(scratch, v->op->access.at[r].reported_by), r};
        fine = said[r].by != NULL;
    }
    if (!fine || rows == 0) {
        return fine;
    }
    mark_fighters(v);
    qsort(said, (size_t)rows, sizeof *said, spoken_order);
    for (int32_t i = 0; i < rows; i++) {
        if (i == 0 || strcmp(said[i - 1].by, said[i].by) != 0) {
            mark_speakers(v, said[i].by);
        }
        bool own = is_for_own_side(v, &v->op->access.at[said[i].row]);
        share[said[i].row] = own ? AB__OWN_SIDE_FRAC : 1;
    }
    return true;
}

const double *ab__voices_share(const ab_operation *op, ab_arena *arena)
{
    double *share = AB_NEW(arena, double, op->access.count);
    ab_arena *scratch = ab__arena_new();
    ab_authorities *named = NULL;
    ab_error err = AB_ERROR_INIT;
    bool fine = share != NULL && scratch != NULL && ab_authorities_make(op, &named, &err) == AB_OK;
    voices v = {.op = op, .named = named};
    fine = fine && share_all(&v, scratch, share);
    ab_authorities_free(named);
    ab__arena_free(scratch);
    return fine ? share : NULL;
}
