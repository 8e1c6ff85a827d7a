/* Forecasts and soundings: what a file is by its first bytes, and the child that reads it. */
#include "airbridge/forecast.h"

#include <string.h>

#include "io/air_wire.h"
#include "io/child.h"
#include "io/path.h"
#include "io/weather.h"

enum { SECONDS = 300 };

typedef struct job {
    const char *name;
    const double *box_wsen_deg;
    const ab_buf *bytes;
    ab_air_parcel parcel;
    ab_issues *issues;
} job;

/* ---- In the child ------------------------------------------------------------------------------ */

static bool begins(const ab_buf *bytes, const char *with, size_t size)
{
    return bytes->size >= size && memcmp(bytes->text, with, size) == 0;
}

/* Is `word` among the first bytes? Headings of a bulletin may stand before the first message. */
static bool soon(const ab_buf *bytes, const char *word)
{
    enum { LOOKED_AT = 256, WORD = 4 };
    size_t end = bytes->size < LOOKED_AT ? bytes->size : LOOKED_AT;

    for (size_t i = 0; i + WORD <= end; i++)
        if (memcmp(bytes->text + i, word, WORD) == 0)
            return true;
    return false;
}

static ab_status read_any(ab_weather *from)
{
    if (begins(from->bytes, "CDF", 3) || begins(from->bytes, "\x89HDF", 4))
        return ab__netcdf_read(from);
    if (soon(from->bytes, "GRIB"))
        return ab__grib_read(from);
    if (soon(from->bytes, "BUFR"))
        return ab__bufr_read(from);
    return ab_fail(from->err, AB_IO,
                   "%s is %s: expected a forecast (GRIB or NetCDF) or soundings (BUFR)", from->name,
                   from->bytes->size == 0 ? "empty" : "no weather file");
}

static bool speak(void *context, const ab_error *shut_in, const ab_wire *to)
{
    job *task = context;
    ab_error ended = *shut_in;
    ab_forecast read = {.grid = NULL};
    ab_weather from = {task->name,       task->bytes, task->box_wsen_deg, ab__arena_new(), &read,
                       ab_issues_new(0), &ended};

    if (from.arena == NULL || from.issues == NULL)
        return false;
    if (ended.status == AB_OK)
        ended.status = read_any(&from);
    ab_air_parcel parcel = {from.arena, read.grid, read.sounding_count, read.sounding, NULL};
    if (ended.status != AB_OK)
        parcel = (ab_air_parcel){.arena = from.arena};
    return ab__air_send(to, &parcel, from.issues, &ended);
}

/* ---- In this process --------------------------------------------------------------------------- */

static ab_wire_end hear(void *context, const ab_wire *from, ab_error *ended)
{
    job *task = context;
    ab_wire_end end = ab__air_receive(from, &task->parcel, task->issues, ended);
    bool has = task->parcel.grid != NULL || task->parcel.sounding_count > 0;

    /* A child that says it read all, and sends nothing, is none of ours. */
    return end == AB_WIRE_WHOLE && ((ended->status == AB_OK) != has || task->parcel.terrain != NULL)
               ? AB_WIRE_TORN
               : end;
}

static ab_status give(job *task, ab_forecast **out, ab_error *err)
{
    ab_arena *arena = task->parcel.arena;
    ab_forecast *forecast = AB_NEW(arena, ab_forecast, 1);
    const char *source = ab__arena_text(arena, task->name);

    if (forecast == NULL || source == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", task->name);
    *forecast = (ab_forecast){task->parcel.grid, task->parcel.sounding_count, task->parcel.sounding,
                              source, arena};
    *out = forecast;
    return AB_OK;
}

ab_status ab__forecast_read_bytes(const char *name, const ab_buf *bytes, const double *box_wsen_deg,
                                  int seconds, ab_forecast **out, ab_issues *issues, ab_error *err)
{
    const ab_child_limits limits = {seconds, false};
    job task = {name, box_wsen_deg, bytes, {.arena = ab__arena_new()}, issues};
    ab_child_task child = {speak, hear, &task};

    *out = NULL;
    if (task.parcel.arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", name);
    ab_status status = ab__child_do(name, &child, &limits, err);
    if (status == AB_OK)
        status = give(&task, out, err);
    if (status != AB_OK)
        ab__arena_free(task.parcel.arena);
    return status;
}

ab_status ab_forecast_read(const char *path, const double box_wsen_deg[4], ab_forecast **out,
                           ab_issues *issues, ab_error *err)
{
    char shown[AB_ERROR_CAP];
    const char *name = ab_name_shown(ab__path_name(path), shown);
    ab_buf bytes = AB_BUF_INIT;

    *out = NULL;
    ab_status status = ab__path_read(path, &bytes, err);
    if (status == AB_OK)
        status = ab__forecast_read_bytes(name, &bytes, box_wsen_deg, SECONDS, out, issues, err);
    ab__buf_free(&bytes);
    return status;
}

void ab_forecast_free(ab_forecast *forecast)
{
    if (forecast != NULL)
        ab__arena_free(forecast->arena);
}
