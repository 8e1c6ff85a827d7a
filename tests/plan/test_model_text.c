/* The programme that the planner tells others: glpsol finds the plan's bound in it, whatever the operation. */
#define _GNU_SOURCE /* popen */
#include "plan/random_world.h"

#include <stdio.h>

#include "base/c_locale.h"

typedef struct listener {
    int calls;
    ab_status answer;
    char *text;
} listener;

static ab_status listen(void *context, const char *text, size_t size, ab_error *err)
{
    listener *l = context;
    assert_int_equal(strlen(text), size);
    l->calls++;
    free(l->text);
    l->text = strdup(text);
    return l->answer == AB_OK ? AB_OK : ab_fail(err, l->answer, "nobody listens");
}

/* For all people, as the first lines say how many the objective is told for. */
static double optimum_by_glpsol(const char *text)
{
    char line[400];
    double people = NAN, value = NAN;
    const char *at = strstr(text, "\\ times ");
    assert_non_null(at);
    people = ab__c_strtod(at + strlen("\\ times "), NULL);
    FILE *out = fopen("told.lp", "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    fclose(out);
    FILE *in = popen("LC_ALL=C glpsol --lp told.lp --nomip --write told.sol > told.log 2>&1; cat told.sol", "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        char *word = strtok(line, " \n");
        for (int i = 0; word && strcmp(line, "s") == 0 && i < 6; i++)
            word = strtok(NULL, " \n");
        if (word && strcmp(line, "s") == 0)
            value = ab__c_strtod(word, NULL);
    }
    pclose(in);
    return people * value;
}

static void glpsol_finds_the_bound(void **state)
{
    (void)state;
    if (system("command -v glpsol > /dev/null 2>&1") != 0) {
        print_message("skipped: glpsol (Debian: glpk-utils) is not installed\n");
        skip();
    }
    for (uint64_t seed = 1; seed <= 25; seed++) {
        world *w = random_world(seed, 3, 5);
        if (seed % 3 == 0) {
            ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
            c->place = 0;
            c->vehicle = 0;
            c->trips = 1;
        }
        listener l = {0, AB_OK, NULL};
        ab_plan_options options = {.model_text = listen, .model_context = &l};
        ab_plan *plan = world_plan_with(w, &options);
        assert_int_equal(l.calls, 1);
        if (!plan->infeasible) {
            double theirs = optimum_by_glpsol(l.text);
            if (!(fabs(theirs - plan->bound) <= 1e-6 * (1 + fabs(plan->bound))))
                fail_msg("world %d: glpsol finds %.12g, the bound is %.12g", (int)seed, theirs, plan->bound);
        }
        free(l.text);
        ab_plan_free(plan);
        free(w);
    }
}

/* Whether or not somebody listens, the plan is the same; who cannot take the text ends the planning. */
static void the_text_changes_nothing_and_may_end_it(void **state)
{
    (void)state;
    world *w = random_world(77, 3, 5);
    listener l = {0, AB_OK, NULL};
    ab_plan_options options = {.model_text = listen, .model_context = &l};
    ab_plan *with = world_plan_with(w, &options), *without = world_plan(w), *none = NULL;
    assert_true(with->objective == without->objective && with->bound == without->bound);
    assert_int_equal(with->chosen_count, without->chosen_count);
    ab_plan_free(with);
    ab_plan_free(without);
    ab_error err = AB_ERROR_INIT;
    l.answer = AB_IO;
    world_now = w;
    assert_int_equal(ab_plan_make(&w->op, &w->need, NULL, &w->routes, &w->trips, &options, &none, &err), AB_IO);
    assert_string_equal(err.message, "nobody listens");
    assert_null(none);
    free(l.text);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glpsol_finds_the_bound),
        cmocka_unit_test(the_text_changes_nothing_and_may_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
