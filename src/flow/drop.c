/* From an operation, its forecast and its terrain to drops, and to the tables that tell of them. */
#include <string.h>

#include "airbridge/flow.h"
#include "flow/drop_files.h"
#include "flow/drops.h"

static const ab_time HOUR_S = 3600;
enum { CALENDAR_HOURS = 72 };

typedef struct work {
    const ab_operation *op;
    const ab_drop_request *request;
    ab_access *access;
    ab_drop_files files;
    ab_routes *routes;     /* with places alone, and so are these: */
    ab_trips *trips;
    ab_drop_survey *survey;
    ab_airdrops **set;     /* [hours] */
    ab_sighter **sighter;  /* [hours], in `arena`; NULL: none was asked for */
    ab_time first;
    int32_t hours, done;   /* calls of the engine: one, or one an hour */
    ab_arena *arena;
} work;

/* ---- What must be there ---------------------------------------------------------------------------------- */

static ab_status refuse_nothing(const ab_operation *op, ab_error *err)
{
    bool dropping = false;

    for (int32_t v = 0; v < op->vehicles.count; v++)
        dropping = dropping || op->vehicles.at[v].drop_speed_mps > 0;
    if (op->dropzones.count == 0)
        return ab_fail(err, AB_USAGE, "the operation has no drop zone: draw one in the table dropzones");
    if (op->dropsystems.count == 0)
        return ab_fail(err, AB_USAGE, "the operation has no drop system: name one in the table dropsystems");
    if (!dropping)
        return ab_fail(err, AB_USAGE, "no vehicle drops: give an aircraft a drop_speed_km_h in the table vehicles");
    return AB_OK;
}

static ab_status refuse_empty(const work *at, ab_error *err)
{
    for (int32_t s = 0; s < at->hours; s++)
        if (at->set[s]->count > 0)
            return AB_OK;
    return ab_fail(err, AB_USAGE,
                   "nothing fits together: no aircraft that was asked for may drop such a system (see airspeed_max_km_h, "
                   "load_min_kg and payload_t) over such a zone");
}

/* ---- The engine, once or for each hour --------------------------------------------------------------------- */

static bool show_progress(void *context, int32_t done, int32_t of)
{
    const work *at = context;
    const ab_drop_options *asked = &at->request->drop;

    return asked->progress(asked->context, at->done * of + done, at->hours * of);
}

static void set_hours(work *at)
{
    const ab_settings *settings = at->op->settings;
    ab_time first = settings->as_of != AB_TIME_NONE && settings->as_of > settings->start ? settings->as_of : settings->start;

    at->first = first + (HOUR_S - first % HOUR_S) % HOUR_S;
    at->hours = 0;
    while (at->hours < CALENDAR_HOURS && at->first + at->hours * HOUR_S < settings->end)
        at->hours++;
    if (at->hours == 0)
        at->hours = 1; /* an operation of less than an hour: its only one */
}

static ab_status make_sighters(work *at, int32_t hour, ab_error *err)
{
    const ab_airdrops *set = at->set[hour];
    ab_status status = AB_OK;

    if (!at->sighter)
        return AB_OK;
    at->sighter[hour] = AB_NEW(at->arena, ab_sighter, set->count);
    if (!at->sighter[hour])
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    for (int32_t i = 0; status == AB_OK && i < set->count; i++)
        if (set->drop[i].wind)
            status = ab_airdrop_sighter(at->op, &set->drop[i], at->request->sighter, at->request->drop.seed,
                                        &at->sighter[hour][i], err);
    return status;
}

static ab_time middle_of(const ab_settings *settings)
{
    return settings->start + (settings->end - settings->start) / 2;
}

/* After the drops: zones are judged by them. */
static ab_status make_survey(work *at, ab_error *err)
{
    ab_time asked = at->request->drop.at;
    ab_status status = ab_routes_make(at->op, &at->routes, err);
    if (status == AB_OK)
        status = ab_trips_make(at->op, at->access, at->routes, NULL, &at->trips, err);
    if (status == AB_OK)
        status = ab_drop_survey_make(at->op, at->files.forecast, at->files.terrain, at->set[0],
                                     asked == AB_TIME_NONE ? middle_of(at->op->settings) : asked,
                                     &at->survey, err);
    return status;
}

static ab_status make_drops(work *at, ab_issues *issues, ab_error *err)
{
    ab_drop_options options = at->request->drop;
    ab_status status = AB_OK;

    options.people_per_km2 = at->files.people;
    options.on_the_day = at->request->places;
    if (at->request->places && options.at == AB_TIME_NONE)
        options.at = middle_of(at->op->settings);
    if (options.progress) {
        options.progress = show_progress;
        options.context = at;
    }
    for (at->done = 0; status == AB_OK && at->done < at->hours; at->done++) {
        if (at->request->calendar)
            options.at = at->first + at->done * HOUR_S;
        status = ab_airdrops_make(at->op, at->access, at->files.forecast, at->files.terrain, &options, &at->set[at->done], issues, err);
        if (status == AB_OK)
            status = make_sighters(at, at->done, err);
    }
    return status;
}

static ab_status run(work *at, ab_issues *issues, ab_error *err)
{
    ab_status status = at->request->places ? AB_OK : refuse_nothing(at->op, err);
    if (status != AB_OK)
        return status;
    at->hours = 1;
    if (at->request->calendar)
        set_hours(at);
    at->set = AB_NEW(at->arena, ab_airdrops *, at->hours);
    at->sighter = at->request->sighter > 0 ? AB_NEW(at->arena, ab_sighter *, at->hours) : NULL;
    if (!at->set || (at->request->sighter > 0 && !at->sighter))
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_file_place place = {at->request->folder, at->request->allow_outside};
    status = ab__drop_files_read(at->op, at->request->drop.zone, at->request->places, &place, &at->files, issues, err);
    if (status == AB_OK)
        status = ab_access_make(at->op, &at->access, err);
    if (status == AB_OK)
        status = make_drops(at, issues, err);
    if (status == AB_OK && at->request->places)
        return make_survey(at, err);
    return status == AB_OK ? refuse_empty(at, err) : status;
}

/* ---- The result ------------------------------------------------------------------------------------------- */

static const char *answer_of(ab_arena *arena, const work *at)
{
    int32_t drops = 0, goes = 0;

    for (int32_t s = 0; s < at->hours; s++)
        for (int32_t i = 0; i < at->set[s]->count; i++) {
            drops++;
            goes += at->set[s]->drop[i].go;
        }
    return ab__arena_printf(arena, "%d drops worked out, %d of them a go", drops, goes);
}

/* The facts of the result that drops are added to, and one on these. */
static bool add_fact(ab_result *result, const ab_rows *before, const char *answer)
{
    const ab_fact *facts = before->at;
    ab_fact *row = AB_NEW(result->arena, ab_fact, before->count + 1);
    int32_t count = 0;

    for (int32_t i = 0; row && i < before->count; i++)
        if (strcmp(facts[i].key, "drops") != 0)
            row[count++] = facts[i];
    if (row)
        row[count++] = (ab_fact){.key = "drops", .value = answer, .origin = "computed", .audience = AB_AUDIENCE_TEAM};
    result->rows[AB_TABLE_provenance] = (ab_rows){row, count};
    return row != NULL;
}

static bool fill_tables(ab_result *result, const work *at, const ab_data *before)
{
    const ab_drop_options *drop = &at->request->drop;
    ab_drop_sets sets = {at->op, at->set, at->sighter, at->hours,
                         drop->seed ? drop->seed : (uint64_t)at->op->settings->seed};
    const char *answer = answer_of(result->arena, at);

    if (before)
        memcpy(result->rows, before->rows, sizeof result->rows);
    return answer && ab__table_drops(result, &sets) &&
           (!at->survey || ab__table_survey(result, at->op, at->survey, at->trips)) &&
           (before ? add_fact(result, &before->rows[AB_TABLE_provenance], answer)
                   : ab__table_origin(result, at->op, NULL, answer, "needs, stocks, ways to fly in and out: this is no plan"));
}

static ab_status make_result(const work *at, const ab_data *before, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena ? AB_NEW(arena, ab_result, 1) : NULL;

    if (result)
        result->arena = arena;
    if (!result || !fill_tables(result, at, before)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the tables of the drops were made");
    }
    *out = result;
    return AB_OK;
}

ab_status ab_flow_drop(const ab_operation *op, const ab_data *results, const ab_drop_request *request, ab_result **out,
                       ab_issues *issues, ab_error *err)
{
    work at = {.op = op, .request = request, .arena = ab__arena_new()};

    *out = NULL;
    if (!at.arena)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = run(&at, issues, err);
    if (status == AB_OK)
        status = make_result(&at, results, out, err);
    for (int32_t s = 0; at.set && s < at.hours; s++)
        ab_airdrops_free(at.set[s]);
    ab_drop_survey_free(at.survey);
    ab_trips_free(at.trips);
    ab_routes_free(at.routes);
    ab_access_free(at.access);
    ab__drop_files_free(&at.files);
    ab__arena_free(at.arena);
    return status;
}
