/* From the access of an operation to the tables that show it. */
#include "flow/access.h"

#include <string.h>

#include "airbridge/version.h"
#include "base/text.h"
#include "base/vec.h"
#include "schema/convert.h"
#include "schema/nearest.h"

typedef struct work {
    const ab_access_request *request;
    ab__shown at;
    ab_ref only;  /* row -1: all */
    int32_t means; /* ab_means; -1: all that something speaks of */
    AB_VEC(ab__lane) lane;
} work;

static const ab_input_table subject_tables[] = {AB_TABLE_places, AB_TABLE_hubs, AB_TABLE_roads, AB_TABLE_links};
enum { SUBJECT_TABLES = sizeof subject_tables / sizeof *subject_tables };

/* ---- What is looked at ---- */

static const char *id_of(const ab_operation *op, ab_input_table table, int32_t row)
{
    char spare[24]; /* all of these have ids */
    ab_data data = ab_operation_data(op);
    return ab__row_id(&data, (int32_t)table, row, spare);
}

static const char *name_of(const ab_operation *op, ab_input_table table, int32_t row)
{
    return table == AB_TABLE_places  ? op->places.at[row].name
           : table == AB_TABLE_hubs  ? op->hubs.at[row].name
           : table == AB_TABLE_roads ? op->roads.at[row].name
                                     : "";
}

static bool is_so_called(const ab_operation *op, ab_input_table table, int32_t row, const char *wanted)
{
    const char *name = name_of(op, table, row);
    return strcmp(id_of(op, table, row), wanted) == 0 || (name[0] && ab__text_distance(name, wanted, 0) == 0);
}

static ab_status none_so_called(const ab_operation *op, const char *wanted, const char *name, ab_error *err)
{
    ab_nearest nearest = ab__nearest_to(name);
    ab_data data = ab_operation_data(op);
    ab_buf text = AB_BUF_INIT;
    for (int32_t k = 0; k < SUBJECT_TABLES; k++)
        for (int32_t row = 0; row < data.rows[subject_tables[k]].count; row++)
            ab__nearest_try(&nearest, id_of(op, subject_tables[k], row));
    ab__nearest_hint(&nearest, &text);
    ab_status status = ab_fail(err, AB_USAGE, "no place, hub, road or link is called \"%.80s\"; %s", wanted,
                               text.size ? ab__buf_text(&text) : "name it as in place:ID or road:ID");
    ab__buf_free(&text);
    return status;
}

/* "place:duma", "duma" or "Duma": of tables in which it is found the first. */
static ab_status find_subject(const ab_operation *op, const char *wanted, ab_ref *out, ab_error *err)
{
    const ab_schema *schema = ab_input_schema();
    ab_data data = ab_operation_data(op);
    const char *colon = strchr(wanted, ':'), *name = colon != NULL ? colon + 1 : wanted;
    *out = (ab_ref){-1, -1};
    for (int32_t k = 0; k < SUBJECT_TABLES; k++) {
        ab_input_table table = subject_tables[k];
        const char *kind = schema->tables[table].singular;
        if (colon != NULL && (strlen(kind) != (size_t)(colon - wanted) || strncmp(kind, wanted, (size_t)(colon - wanted)) != 0))
            continue;
        for (int32_t row = 0; row < data.rows[table].count; row++) {
            if (is_so_called(op, table, row, name)) {
                *out = (ab_ref){(int32_t)table, row};
                return AB_OK;
            }
        }
    }
    return none_so_called(op, wanted, name, err);
}

static ab_status find_means(const char *word, int32_t *out, ab_error *err)
{
    *out = -1;
    for (int32_t m = 0; word != NULL && m < AB_MEANS_LINK; m++)
        if (strcmp(ab_codes_means.codes[m].word, word) == 0)
            *out = m;
    if (word != NULL && *out < 0)
        return ab_fail(err, AB_USAGE, "means are road, airlift, airdrop or helicopter, not \"%.40s\"", word);
    return AB_OK;
}

/* ---- Lanes of which something is said ---- */

static bool names_mode(const ab_operation *op, ab_ref row)
{
    switch (row.table) {
    case AB_TABLE_access:
        return op->access.at[row.row].mode >= 0;
    case AB_TABLE_requests:
        return true;
    case AB_TABLE_agreements:
        return op->agreements.at[row.row].mode >= 0 || op->agreements.at[row.row].kind == AB_AGREED_CLEARANCE;
    default:
        return false;
    }
}

/* Does a row say something of the lane in some period; with `own`, one that names its mode? */
static bool is_spoken_of(const ab__shown *at, ab__lane lane, bool own)
{
    int32_t last = -1;
    for (int32_t t = 0; t < at->op->period_count; t++) {
        const ab_access_cell *cell = ab__lane_cell(at, lane, t);
        if (cell->evidence == last)
            continue;
        last = cell->evidence;
        ab_refs rows = ab_access_evidence(at->access, last);
        for (int32_t i = 0; i < rows.count; i++)
            if (!own || names_mode(at->op, rows.at[i]))
                return true;
    }
    return false;
}

/* Of places the road is always told, and of whoever was asked for everything. */
static bool is_told(const work *w, ab__lane lane)
{
    bool place = lane.subject.table == AB_TABLE_places, way = lane.subject.table == AB_TABLE_roads || lane.subject.table == AB_TABLE_links;
    bool whole = lane.means == AB_MEANS_LINK || way;
    if (w->means >= 0 && w->means != (int32_t)lane.means)
        return false;
    if (w->only.row >= 0 && (w->means >= 0 || way))
        return true;
    return (place && lane.means == AB_MEANS_ROAD) || (w->only.row >= 0 && lane.means == AB_MEANS_LINK) || is_spoken_of(&w->at, lane, !whole);
}

static bool add_lanes(work *w, ab_input_table table, int32_t row)
{
    ab_ref subject = {(int32_t)table, row};
    int32_t from = table == AB_TABLE_links ? AB_MEANS_LINK : AB_MEANS_ROAD;
    int32_t until = table == AB_TABLE_roads ? AB_MEANS_ROAD + 1 : table == AB_TABLE_places ? AB_MEANS_LINK : AB_MEANS_LINK + 1;
    if (w->only.row >= 0 && (w->only.table != subject.table || w->only.row != row))
        return true;
    for (int32_t m = from; m < until; m++) {
        ab__lane lane = {subject, (ab_means)m};
        if (!is_told(w, lane))
            continue;
        ab__lane *added = AB_PUSH(&w->lane);
        if (added == NULL)
            return false;
        *added = lane;
    }
    return true;
}

static bool find_lanes(work *w)
{
    ab_data data = ab_operation_data(w->at.op);
    for (int32_t k = 0; k < SUBJECT_TABLES; k++)
        for (int32_t row = 0; row < data.rows[subject_tables[k]].count; row++)
            if (!add_lanes(w, subject_tables[k], row))
                return false;
    return true;
}

/* ---- The result ---- */

/* No digest of the input: what is shown may be sent on, and who guesses an input could prove the guess by it. */
static bool add_provenance(const work *w, ab_result *result)
{
    char now[AB_TIME_TEXT_CAP], start[AB_TIME_TEXT_CAP];
    const ab_operation *op = w->at.op;
    const char *text = ab__arena_text(w->at.arena, ab_time_format(w->at.now, now));
    const char *period = ab__arena_text(w->at.arena, ab_time_format(ab_period_start(op, w->at.t), start));
    const ab_fact facts[] = {
        {.key = "program", .value = "airbridge", .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "version", .value = ab_version(), .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "now", .value = text, .origin = "given", .audience = AB_AUDIENCE_TEAM},
        {.key = "known", .value = op->settings->as_of != AB_TIME_NONE ? text : "all", .origin = "given", .audience = AB_AUDIENCE_TEAM},
        {.key = "period", .value = period, .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "subject", .value = w->request->subject != NULL ? w->request->subject : "", .origin = "given", .audience = AB_AUDIENCE_TEAM},
    };
    return ab__table_keep(result, AB_TABLE_provenance, facts, sizeof facts / sizeof *facts, sizeof *facts,
                          text == NULL || period == NULL);
}

static ab_status fill(work *w, ab_result *result, ab_error *err)
{
    ab__shown *at = &w->at;
    ab_status status = find_means(w->request->means, &w->means, err);
    w->only = (ab_ref){-1, -1};
    if (status == AB_OK && w->request->subject != NULL)
        status = find_subject(at->op, w->request->subject, &w->only, err);
    if (status != AB_OK)
        return status;
    bool fine = find_lanes(w);
    if (fine && w->lane.count == 0 && w->only.row >= 0)
        return ab_fail(err, AB_USAGE, "\"%.80s\" is not passed by these means", w->request->subject);
    fine = fine && ab__table_access_days(result, at, w->lane.at, w->lane.count) &&
           ab__table_access_gates(result, at, w->lane.at, w->lane.count) &&
           ab__table_access_words(result, at, w->lane.at, w->lane.count) && add_provenance(w, result);
    return fine ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory while access was laid out");
}

/* As it was known when somebody says when that was; else as plans take it. */
static ab_status look_from(const ab_operation *op, ab_time at, ab_operation **out, ab_error *err)
{
    ab_time now = at != AB_TIME_NONE ? at : op->settings->as_of;
    *out = NULL;
    if (now != AB_TIME_NONE && now >= op->settings->end)
        return ab_fail(err, AB_USAGE, "the operation is over by then: it ends before that time");
    return now == AB_TIME_NONE ? AB_OK : ab_operation_as_known(op, now, out, err);
}

ab_status ab_flow_access(const ab_operation *op, const ab_access_request *request, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena != NULL ? AB_NEW(arena, ab_result, 1) : NULL;
    ab_operation *known = NULL;
    ab_access *access = NULL;
    *out = NULL;
    if (result == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while access was laid out");
    }
    result->arena = arena;
    work w = {.request = request, .at = {.arena = arena}};
    ab_status status = look_from(op, request->at, &known, err);
    w.at.op = known != NULL ? known : op;
    w.at.now = ab_record_now(w.at.op);
    int32_t t = ab_period_of(w.at.op, w.at.now);
    w.at.t = t < 0 ? 0 : t;
    if (status == AB_OK)
        status = ab_access_make(w.at.op, &access, err);
    w.at.access = access;
    if (status == AB_OK)
        status = fill(&w, result, err);
    AB_VEC_FREE(&w.lane);
    ab_access_free(access);
    ab_operation_free(known);
    if (status == AB_OK)
        *out = result;
    else
        ab_result_free(result);
    return status;
}
