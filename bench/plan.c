/* How fast and how good a plan is, on seeded operations of three sizes, beside CLP's own program on the same model.
 *
 *   bench/plan [SIZE…] [--clp SECONDS] [--limit SECONDS]      SIZE: 1, 2, 3; all of none is said
 *
 * A line of JSON for each size. `bound` and `objective` are hunger (docs/models/plan.md, Z), `gap_frac` is
 * (objective - bound) / (hunger if nothing is sent - that of the relaxation). `lp_s` is the relaxation over all offers,
 * `round_s` all that follows, `clp_s` the fastest of the program's dual, primal and barrier with presolve on the model
 * as `--write-lp` writes it, relaxed (null: none ended in time). Times are of processors, so that other work on the
 * machine counts little; `loop_s` is what a fixed loop takes, to compare machines by. Each size has a process of its
 * own, so that `peak_mib` is its own. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "made.h"

typedef struct bench {
    bool wanted[3];
    double clp_s, limit_s; /* most; 0: no clp, no limit */
} bench;

static const made_size SIZES[3] = {{5, 40, 30, 3, 1}, {10, 100, 30, 5, 1}, {20, 200, 60, 5, 1}};

static ab_status write_text(void *context, const char *text, size_t size, ab_error *err)
{
    FILE *out = fopen(context, "wb");
    bool fine = out && fwrite(text, 1, size, out) == size;
    fine = out && fclose(out) == 0 && fine;
    return fine ? AB_OK : ab_fail(err, AB_IO, "the model could not be written to %s", (const char *)context);
}

/* When the relaxation began and ended, by what the search tells of itself. */
typedef struct clock_of_search {
    double relax_from, relax_until;
} clock_of_search;

static bool note_time(void *context, const char *stage, double bound, double best, double gap_frac)
{
    clock_of_search *at = context;
    (void)best;
    (void)gap_frac;
    if (strcmp(stage, "relaxing") == 0)
        at->relax_from = at->relax_from > 0 ? at->relax_from : seconds();
    else if (at->relax_from > 0 && !(at->relax_until > 0) && bound > 0)
        at->relax_until = seconds();
    return true;
}

static void must(ab_status status, const ab_error *err)
{
    if (status == AB_OK)
        return;
    fprintf(stderr, "bench/plan: %s\n", err->message);
    exit(1);
}

/* In a process of its own; prints all but the end of the line. */
static void plan_size(const made_size *size, const bench *b, char *model)
{
    ab_error err = AB_ERROR_INIT;
    ab_book *book = made_book(size);
    ab_operation *op = made_read(book);
    ab_book_free(book);
    double start = seconds();
    ab_need *need;
    ab_access *access;
    ab_routes *routes;
    ab_trips *trips;
    ab_plan *plan;
    must(ab_need_make(op, &need, &err), &err);
    must(ab_access_make(op, &access, &err), &err);
    must(ab_routes_make(op, &routes, &err), &err);
    must(ab_trips_make(op, access, routes, NULL, &trips, &err), &err);
    double listed = seconds();
    clock_of_search at = {0};
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;
    options.progress = note_time;
    options.context = &at;
    options.time_limit_s = b->limit_s;
    options.model_text = b->clp_s > 0 ? write_text : NULL;
    options.model_context = model;
    must(ab_plan_make(op, need, access, routes, trips, &options, &plan, &err), &err);
    double end = seconds(), lp_s = at.relax_until > 0 ? at.relax_until - at.relax_from : NAN;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("{\"size\": \"%dx%dx%dx%d\", \"seed\": %d, \"trips_offered\": %d, \"trips_kept\": %d, \"rows\": %d, \"cols\": %d, "
           "\"nnz\": %lld, \"build_s\": %.2f, ",
           (int)size->hubs, (int)size->places, (int)size->periods, (int)size->commodities, (int)size->seed,
           (int)trips->offer_count, (int)plan->trips_kept, (int)plan->lp_rows, (int)plan->lp_cols,
           (long long)plan->lp_nonzeros, listed - start + plan->build_s);
    if (lp_s >= 0)
        printf("\"lp_s\": %.2f, ", lp_s);
    else
        printf("\"lp_s\": null, ");
    printf("\"round_s\": %.2f, \"total_s\": %.2f, \"objective\": %.9g, \"bound\": %.9g, \"gap_frac\": %.5f, "
           "\"interrupted\": %s, \"peak_mib\": %ld, ",
           end - (at.relax_until > 0 ? at.relax_until : listed), end - start, plan->objective, plan->bound,
           plan->gap_frac, plan->interrupted ? "true" : "false", used.ru_maxrss / 1024);
    fflush(stdout);
}

/* Processor seconds of clp's own program; NaN: it is not there, or did not end with an optimum in time. */
static double clp_s(const char *model, const char *how, double most_s)
{
    struct rusage before, after;
    char command[512], line[512];
    bool optimal = false;
    snprintf(command, sizeof command, "timeout %.0f clp '%s' -presolve on %s 2>&1", most_s, model, how);
    getrusage(RUSAGE_CHILDREN, &before);
    FILE *out = popen(command, "r");
    while (out && fgets(line, sizeof line, out))
        optimal = optimal || strncmp(line, "Optimal objective", 17) == 0;
    if (!out || pclose(out) != 0 || !optimal)
        return NAN;
    getrusage(RUSAGE_CHILDREN, &after);
    return (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
           1e-6 * (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec);
}

static void run_clp(const char *model, double most_s)
{
    static const char *const HOW[] = {"-dualsimplex", "-primalsimplex", "-barrier"};
    double best = INFINITY;
    int by = -1;
    for (int i = 0; i < 3; i++) {
        double s = clp_s(model, HOW[i], most_s);
        if (s < best) {
            best = s;
            by = i;
        }
    }
    if (by < 0)
        printf("\"clp_s\": null, \"clp_most_s\": %.0f, ", most_s);
    else
        printf("\"clp_s\": %.2f, \"clp_by\": \"%s\", ", best, HOW[by] + 1);
}

static void measure(const made_size *size, const bench *b)
{
    char model[64];
    int status;
    snprintf(model, sizeof model, "/tmp/bench-plan-%d.lp", (int)getpid());
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        plan_size(size, b, model);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        exit(1);
    if (b->clp_s > 0)
        run_clp(model, b->clp_s);
    printf("\"loop_s\": %.2f}\n", fixed_loop_s());
    fflush(stdout);
    unlink(model);
}

int main(int argc, char **argv)
{
    bench b = {.clp_s = 600};
    bool any = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--clp") == 0 && i + 1 < argc)
            b.clp_s = atof(argv[++i]);
        else if (strcmp(argv[i], "--limit") == 0 && i + 1 < argc)
            b.limit_s = atof(argv[++i]);
        else if (argv[i][0] >= '1' && argv[i][0] <= '3' && argv[i][1] == '\0')
            any = b.wanted[argv[i][0] - '1'] = true;
        else {
            fprintf(stderr, "usage: %s [1] [2] [3] [--clp SECONDS] [--limit SECONDS]\n", argv[0]);
            return 2;
        }
    }
    for (int i = 0; i < 3; i++)
        if (!any || b.wanted[i])
            measure(&SIZES[i], &b);
    return 0;
}
