/* Drops of an operation: which, on how many threads, and what is wrong with them. */
#include "airbridge/drop.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/ranks.h"
#include "drop/job.h"
#include "drop/wire.h"
#include "schema/issues.h"

enum { THREADS_MOST = 256 };

/* What is given out, and the arenas that threads kept their results in. */
typedef struct kept {
    ab_airdrops drops; /* first: this is what callers see */
    ab_airdrop *drop;
    int32_t arena_count;
    ab_arena **arena;  /* [arena_count] */
} kept;

typedef struct crew {
    const ab__drop_world *world;
    ab__drop_jobs jobs;
    kept *kept;
    ab__worked *done;  /* [jobs] */
    pthread_mutex_t lock; /* for what follows, and for progress */
    int32_t next, step; /* this rank's jobs: every step-th */
    int32_t finished;
    bool stopped;
} crew;

typedef struct worker {
    crew *crew;
    ab_arena *keep;
    pthread_t thread;
} worker;

/* The next job, or -1; tells of one that is finished. */
static int32_t take_job(crew *c, bool finished)
{
    const ab_drop_options *o = c->world->options;
    (void)pthread_mutex_lock(&c->lock);
    c->finished += finished;
    if (finished && o->progress && !c->stopped && !o->progress(o->context, c->finished, c->jobs.count))
        c->stopped = true;
    int32_t job = c->stopped || c->next >= c->jobs.count ? -1 : c->next;
    c->next += c->step;
    (void)pthread_mutex_unlock(&c->lock);
    return job;
}

static void *work(void *context)
{
    worker *w = context;
    crew *c = w->crew;
    for (int32_t i = take_job(c, false); i >= 0; i = take_job(c, true))
        c->done[i] = ab__drop_work(c->world, &c->jobs.at[i], w->keep, &c->kept->drop[i]);
    return NULL;
}

/* On as many threads as could be had; one at least, this. */
static void work_all(crew *c, worker *workers)
{
    int32_t started = 1;
    (void)pthread_mutex_init(&c->lock, NULL);
    for (int32_t i = 0; i < c->kept->arena_count; i++)
        workers[i] = (worker){.crew = c, .keep = c->kept->arena[i]};
    while (started < c->kept->arena_count && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    (void)work(&workers[0]);
    for (int32_t i = 1; i < started; i++)
        (void)pthread_join(workers[i].thread, NULL);
    (void)pthread_mutex_destroy(&c->lock);
}

/* ---- With other ranks ---- */

static void pack_own(const crew *c, ab_buf *out)
{
    for (int32_t i = ab_rank(); i < c->jobs.count; i += ab_ranks())
        ab__drop_pack(out, c->done[i], &c->kept->drop[i]);
}

static bool unpack_others(crew *c, const ab_buf *all, const size_t *start)
{
    int32_t ranks = ab_ranks();
    for (int32_t r = 0; r < ranks; r++) {
        ab__packed from = {ab__buf_text(all) + start[r], ab__buf_text(all) + start[r + 1]};
        for (int32_t i = r; r != ab_rank() && i < c->jobs.count; i += ranks)
            if (!ab__drop_unpack(&from, c->kept->arena[0], &c->done[i], &c->kept->drop[i]))
                return false;
    }
    return true;
}

/* After it every rank has the drops of all. false: out of memory. */
static bool share(crew *c)
{
    ab_buf own = AB_BUF_INIT, all = AB_BUF_INIT;
    size_t *start = c->step > 1 ? AB_NEW(c->kept->drops.arena, size_t, c->step + 1) : NULL;
    bool shared = c->step == 1;
    if (!shared && start) {
        pack_own(c, &own);
        shared = ab__ranks_share(&own, &all, start) && unpack_others(c, &all, start);
    }
    ab__buf_free(&own);
    ab__buf_free(&all);
    return shared;
}

/* ---- What is wrong ---- */

static void raise(ab_issues *issues, int32_t code, ab_input_table table, int32_t line, int32_t column, const char *expected, const char *found,
                  const char *hint)
{
    const ab_table *t = &ab_input_schema()->tables[table];
    ab__issue_raise(issues, (ab_issue){.code = code, .origin = t->name, .line = line, .column = t->columns[column].name,
                                       .expected = expected, .found = found, .hint = hint});
}

/* Systems that cannot carry what they would; each system once. */
static bool check_bodies(const ab_operation *op, const ab__drop_jobs *jobs, ab_arena *arena, ab_issues *issues, bool *sound)
{
    bool *told = AB_NEW(arena, bool, op->dropsystems.count);
    *sound = true;
    for (int32_t i = 0; told && i < jobs->count; i++) {
        const ab__drop_job *job = &jobs->at[i];
        const ab_dropsystem *system = &op->dropsystems.at[job->system];
        ab__drop_flaw flaw;
        if (told[job->system] || !ab__drop_body_flaw(system, job->load_kg, op->vehicles.at[job->vehicle].drop_speed_mps, &flaw))
            continue;
        told[job->system] = true;
        *sound = false;
        raise(issues, AB_ISSUE_CANOPY_OVERLOADED, AB_TABLE_dropsystems, system->head.line, flaw.column, flaw.expected, flaw.found,
              "compare load_max_kg and drag_area_m2 with the maker's sheet, or see the kind");
    }
    return told != NULL;
}

static ab_status check_terrain(const crew *c, ab_issues *issues, ab_error *err)
{
    const ab_operation *op = c->world->op;
    int32_t flaws = 0, last = -1;
    for (int32_t i = 0; i < c->jobs.count; i++) {
        int32_t zone = c->jobs.at[i].zone;
        if (c->done[i] == AB__WORKED_NO_MEMORY)
            return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
        if (c->done[i] == AB__WORKED_FLAWED)
            raise(issues, AB_ISSUE_CANOPY_OVERLOADED, AB_TABLE_dropsystems, op->dropsystems.at[c->jobs.at[i].system].head.line,
                  AB_COL_dropsystem_drag_area_m2, "a load that comes down within three hours, in stages that follow one another", NULL,
                  "see the stages of the system and the height of release");
        if (c->done[i] == AB__WORKED_OFF_TERRAIN && zone != last)
            raise(issues, AB_ISSUE_TERRAIN_SHORT, AB_TABLE_dropzones, op->dropzones.at[zone].head.line, AB_COL_dropzone_shape,
                  "terrain under the run-in and wherever loads may fall", op->dropzones.at[zone].id,
                  "give a raster that reaches some 15 km beyond the zone, or none");
        last = c->done[i] == AB__WORKED_OFF_TERRAIN ? zone : last;
        flaws += c->done[i] != AB__WORKED;
    }
    return flaws == 0 ? AB_OK : ab_fail(err, AB_FLAWED, "%d of %d drops could not be worked out", flaws, c->jobs.count);
}

/* ---- All of it ---- */

static kept *kept_new(int32_t threads)
{
    ab_arena *arena = ab__arena_new();
    kept *k = arena ? AB_NEW(arena, kept, 1) : NULL;
    if (k)
        k->arena = AB_NEW(arena, ab_arena *, threads);
    if (!k || !k->arena) {
        ab__arena_free(arena);
        return NULL;
    }
    k->drops.arena = arena;
    for (; k->arena_count < threads; k->arena_count++) {
        k->arena[k->arena_count] = ab__arena_new();
        if (!k->arena[k->arena_count]) {
            ab_airdrops_free(&k->drops);
            return NULL;
        }
    }
    return k;
}

static ab_status run(const ab__drop_world *world, kept *k, ab_issues *issues, ab_error *err)
{
    crew c = {.world = world, .kept = k, .step = 1};
    if (world->options->over_ranks) {
        c.next = ab_rank();
        c.step = ab_ranks();
    }
    bool sound;
    worker *workers = AB_NEW(k->drops.arena, worker, k->arena_count);
    if (!workers || !ab__drop_jobs_of(world->op, world->options, k->drops.arena, &c.jobs) ||
        !check_bodies(world->op, &c.jobs, k->drops.arena, issues, &sound))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were listed");
    if (!sound)
        return ab_fail(err, AB_FLAWED, "a drop system cannot carry its load");
    k->drop = AB_NEW(k->drops.arena, ab_airdrop, c.jobs.count);
    c.done = AB_NEW(k->drops.arena, ab__worked, c.jobs.count);
    if (!k->drop || !c.done)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were listed");
    k->drops.drop = k->drop;
    k->drops.count = c.jobs.count;
    work_all(&c, workers);
    if (c.stopped)
        return ab_fail(err, AB_INTERRUPTED, "stopped after %d of %d drops", c.finished, c.jobs.count);
    if (!share(&c))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were gathered from the ranks");
    return check_terrain(&c, issues, err);
}

ab_status ab_airdrops_make(const ab_operation *op, const ab_access *access, const ab_forecast *forecast, const ab_terrain *terrain,
                           const ab_drop_options *options, ab_airdrops **out, ab_issues *issues, ab_error *err)
{
    ab__drop_world world = {op, access, forecast, terrain, options};
    int32_t threads = options->threads < 1 ? 1 : options->threads > THREADS_MOST ? THREADS_MOST : options->threads;
    kept *k = kept_new(threads);
    *out = NULL;
    if (!k)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were listed");
    ab_status status = run(&world, k, issues, err);
    if (status == AB_OK)
        *out = &k->drops;
    else
        ab_airdrops_free(&k->drops);
    return status;
}

void ab_airdrops_free(ab_airdrops *drops)
{
    kept *k = (kept *)drops;
    if (!k)
        return;
    for (int32_t i = 0; i < drops->count; i++)
        ab_wind_free((ab_wind_column *)(uintptr_t)k->drop[i].wind);
    for (int32_t i = 0; i < k->arena_count; i++)
        ab__arena_free(k->arena[i]);
    ab__arena_free(drops->arena);
}
