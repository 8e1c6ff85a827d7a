/* Terrain: the child that reads it, its voids, and the height at a point. */
#include "io/terrain.h"

#include <math.h>

#include "base/c_locale.h"
#include "io/air_wire.h"
#include "io/child.h"
#include "io/path.h"
#include "schema/issues.h"

enum { SECONDS = 120 };

typedef struct job {
    const char *name;
    const double *box_wsen_deg;
    double fill_m;
    const ab_buf *bytes;
    ab_air_parcel parcel;
    ab_issues *issues;
} job;

/* ---- In the child ------------------------------------------------------------------------------ */

static void tell_voids(const job *task, const ab_terrain *terrain, ab_issues *issues)
{
    char found[128];

    if (terrain->voids == 0)
        return;
    (void)ab__c_snprintf(found, sizeof found,
                         "%lld cells without a height, %lld of them filled from within %g m",
                         (long long)terrain->voids, (long long)terrain->filled, task->fill_m);
    ab__issue_raise(issues,
                    (ab_issue){.code = AB_ISSUE_TERRAIN_VOIDS,
                               .origin = task->name,
                               .expected = "a height in each cell",
                               .found = found,
                               .hint = "name terrain without holes if they lie near a zone"});
}

static ab_status read_and_fill(const job *task, ab_arena *arena, ab_terrain *terrain,
                               ab_issues *issues, ab_error *err)
{
    ab_status status = ab__terrain_read_bytes(task->name, task->bytes, task->box_wsen_deg, arena,
                                              terrain, issues, err);

    if (status == AB_OK &&
        !ab__terrain_fill(terrain, (float *)(uintptr_t)terrain->height_msl_m, task->fill_m, arena))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", task->name);
    if (status == AB_OK)
        tell_voids(task, terrain, issues);
    return status;
}

static bool speak(void *context, const ab_error *shut_in, const ab_wire *to)
{
    job *task = context;
    ab_error ended = *shut_in;
    ab_terrain terrain = {.lons = 0};
    ab_arena *arena = ab__arena_new();
    ab_issues *issues = ab_issues_new(0);

    if (arena == NULL || issues == NULL)
        return false;
    if (ended.status == AB_OK)
        ended.status = read_and_fill(task, arena, &terrain, issues, &ended);
    ab_air_parcel parcel = {.arena = arena, .terrain = ended.status == AB_OK ? &terrain : NULL};
    return ab__air_send(to, &parcel, issues, &ended);
}

/* ---- In this process --------------------------------------------------------------------------- */

static ab_wire_end hear(void *context, const ab_wire *from, ab_error *ended)
{
    job *task = context;
    ab_wire_end end = ab__air_receive(from, &task->parcel, task->issues, ended);
    const ab_air_parcel *got = &task->parcel;

    return end == AB_WIRE_WHOLE && ((ended->status == AB_OK) != (got->terrain != NULL) ||
                                    got->grid != NULL || got->sounding_count > 0)
               ? AB_WIRE_TORN
               : end;
}

ab_status ab__terrain_read_shut_in(const char *name, const ab_buf *bytes,
                                   const double *box_wsen_deg, double fill_m, int seconds,
                                   ab_terrain **out, ab_issues *issues, ab_error *err)
{
    const ab_child_limits limits = {seconds, false};
    job task = {name, box_wsen_deg, fill_m, bytes, {.arena = ab__arena_new()}, issues};
    ab_child_task child = {speak, hear, &task};

    *out = NULL;
    if (task.parcel.arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", name);
    ab_status status = ab__child_do(name, &child, &limits, err);
    if (status != AB_OK) {
        ab__arena_free(task.parcel.arena);
        return status;
    }
    ab_terrain *terrain =
        (ab_terrain *)(uintptr_t)task.parcel.terrain; /* made in our arena by ab__air_receive */
    terrain->arena = task.parcel.arena;
    *out = terrain;
    return AB_OK;
}

ab_status ab_terrain_read(const char *path, const double box_wsen_deg[4], double fill_m,
                          ab_terrain **out, ab_issues *issues, ab_error *err)
{
    char shown[AB_ERROR_CAP];
    const char *name = ab_name_shown(ab__path_name(path), shown);
    ab_buf bytes = AB_BUF_INIT;

    *out = NULL;
    ab_status status = ab__path_read(path, &bytes, err);
    if (status == AB_OK)
        status =
            ab__terrain_read_shut_in(name, &bytes, box_wsen_deg, fill_m, SECONDS, out, issues, err);
    ab__buf_free(&bytes);
    return status;
}

void ab_terrain_free(ab_terrain *terrain)
{
    if (terrain != NULL)
        ab__arena_free(terrain->arena);
}

/* Between two heights; at one of them the other does not matter, even if it is a void. */
static double between(double a, double b, double part)
{
    static const double close = 1e-9;

    return part < close ? a : part > 1 - close ? b : a * (1 - part) + b * part;
}

double ab_terrain_height_m(const ab_terrain *terrain, double lon_deg, double lat_deg)
{
    double x = (lon_deg - terrain->lon_deg) / terrain->step_lon_deg;
    double y = (lat_deg - terrain->lat_deg) / terrain->step_lat_deg;

    if (!(x >= -1e-9 && y >= -1e-9 && x <= terrain->lons - 1 + 1e-9 &&
          y <= terrain->lats - 1 + 1e-9))
        return NAN;
    int32_t i = x < 0 ? 0 : (int32_t)x, j = y < 0 ? 0 : (int32_t)y;
    i -= i > 0 && i == terrain->lons - 1;
    j -= j > 0 && j == terrain->lats - 1;
    size_t east = terrain->lons > 1, south = terrain->lats > 1 ? (size_t)terrain->lons : 0;
    const float *at = terrain->height_msl_m + (size_t)j * (size_t)terrain->lons + (size_t)i;
    double upper = between((double)at[0], (double)at[east], x - i);
    double lower = between((double)at[south], (double)at[south + east], x - i);
    return between(upper, lower, y - j);
}
