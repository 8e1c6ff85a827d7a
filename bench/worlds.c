/* How fast worlds are drawn and a plan is judged by them, and how near their frequencies are to the chances of access.
 *
 *   bench/worlds [OPERATION [WORLDS]]      else examples/syria-2016 and 1000. Run where examples/ is.
 *
 * A line of JSON. `trips` are the departures of the plan; `fates_s` is what it takes to draw the worlds and tell of each trip in each
 * whether it arrives, `judged_s` what it takes to live through them as well, on one core, of processors; `loop_s` is what a fixed loop takes,
 * to compare machines by. `greatest_deviation` is that of a trip's frequency from its chance (permit x open) in standard
 * errors, `by_trip` has up to ten of them. */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "airbridge/airbridge.h"
#include "clock.h"
#include "flow/plan_drops.h"

typedef struct stages {
    ab_operation *op;
    ab_need *need;
    ab_access *access;
    ab_routes *routes;
    ab_plan_drops drops;
    ab_trips *trips;
    ab_plan *plan;
    ab_worlds *worlds;
} stages;

static void must(ab_status status, const ab_error *err)
{
    if (status == AB_OK)
        return;
    fprintf(stderr, "bench/worlds: %s\n", err->message);
    exit(1);
}

static void make_stages(const char *path, stages *s)
{
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(20);
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;
    ab_book *book = NULL;
    must(ab_book_read(path, NULL, &book, issues, &err), &err);
    must(ab_operation_read(book, &s->op, issues, &err), &err);
    ab_book_free(book);
    ab_issues_free(issues);
    must(ab_need_make(s->op, &s->need, &err), &err);
    must(ab_access_make(s->op, &s->access, &err), &err);
    must(ab_routes_make(s->op, &s->routes, &err), &err);
    must(ab__plan_drops_make(s->op, s->access, &options, &s->drops, &err), &err);
    must(ab_trips_make(s->op, s->access, s->routes, &s->drops.all, &s->trips, &err), &err);
    must(ab_plan_make(s->op, s->need, s->access, s->routes, s->trips, NULL, &s->plan, &err), &err);
    must(ab_worlds_make(s->op, s->access, (uint64_t)s->op->settings->seed, &s->worlds, &err), &err);
}

static void free_stages(stages *s)
{
    ab_worlds_free(s->worlds);
    ab_plan_free(s->plan);
    ab_trips_free(s->trips);
    ab__plan_drops_free(&s->drops);
    ab_routes_free(s->routes);
    ab_access_free(s->access);
    ab_need_free(s->need);
    ab_operation_free(s->op);
}

static ab_passage passage_of(const stages *s, const ab_offer *offer)
{
    const ab_trip_kind *kind = &s->trips->kind[offer->kind];
    ab_passage passage = {.place = kind->place, .means = kind->means, .hub = kind->hub, .depart = offer->depart};
    if (kind->path >= 0) {
        passage.road_count = s->routes->path[kind->path].road_count;
        passage.road = s->routes->path[kind->path].road;
    }
    return passage;
}

/* Fills passed[chosen]; returns how many trips there are. */
static int32_t draw(const stages *s, int32_t worlds, int32_t *passed)
{
    int32_t trips = 0;
    for (int32_t i = 0; i < s->plan->chosen_count; i++) {
        if (s->plan->chosen[i].offer < 0)
            continue;
        ab_passage passage = passage_of(s, &s->trips->offer[s->plan->chosen[i].offer]);
        for (int32_t w = 0; w < worlds; w++)
            passed[i] += ab_worlds_passes(s->worlds, (uint64_t)w, &passage);
        trips++;
    }
    return trips;
}

static void print_deviations(const stages *s, int32_t worlds, const int32_t *passed)
{
    double greatest = 0;
    int shown = 0;
    printf(", \"by_trip\": [");
    for (int32_t i = 0; i < s->plan->chosen_count; i++) {
        if (s->plan->chosen[i].offer < 0)
            continue;
        ab_passage passage = passage_of(s, &s->trips->offer[s->plan->chosen[i].offer]);
        const ab_access_cell *cell = ab_access_place(s->access, passage.place, passage.means, passage.depart);
        double prob = cell->permit.mean * ab_access_open(s->access, &passage).mean;
        double share = (double)passed[i] / worlds, error = sqrt(prob * (1 - prob) / worlds);
        double off = error > 0 ? fabs(share - prob) / error : fabs(share - prob) > 0 ? INFINITY : 0;
        greatest = fmax(greatest, off);
        if (shown < 10)
            printf("%s{\"place\": \"%s\", \"period\": %d, \"chance\": %.4f, \"frequency\": %.4f}", shown++ ? ", " : "",
                   s->op->places.at[passage.place].id, passage.depart, prob, share);
    }
    printf("], \"greatest_deviation\": %.2f", greatest);
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "examples/syria-2016";
    int32_t worlds = argc > 2 ? atoi(argv[2]) : 1000;
    stages s = {.op = NULL};
    ab_error err = AB_ERROR_INIT;
    ab_judge_options options = AB_JUDGE_OPTIONS_INIT;
    ab_judged *judged = NULL;

    make_stages(path, &s);
    int32_t *passed = calloc((size_t)s.plan->chosen_count + 1, sizeof *passed);
    if (!passed || worlds < 1) {
        fprintf(stderr, "bench/worlds: no worlds, or out of memory\n");
        return 1;
    }
    double start = seconds();
    int32_t trips = draw(&s, worlds, passed);
    double fates_s = seconds() - start;
    start = seconds();
    options.count = worlds;
    must(ab_worlds_judge(s.worlds, s.op, s.need, s.access, s.routes, s.trips, s.plan, NULL, &options, &judged, &err), &err);
    double judged_s = seconds() - start;
    printf("{\"operation\": \"%s\", \"worlds\": %d, \"trips\": %d, \"fates_s\": %.3f, \"judged_s\": %.3f, \"loop_s\": %.3f", path, worlds,
           trips, fates_s, judged_s, fixed_loop_s());
    printf(", \"hunger_on_averages\": %.6g, \"hunger_mean\": %.6g, \"hunger_low\": %.6g, \"hunger_high\": %.6g", judged->hunger_on_averages,
           judged->hunger.mean, judged->hunger.low, judged->hunger.high);
    print_deviations(&s, worlds, passed);
    printf("}\n");
    ab_judged_free(judged);
    free(passed);
    free_stages(&s);
    return 0;
}
