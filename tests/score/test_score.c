#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/airbridge.h"
#include "base/arena.h"
#include "score/cases.h"
#include "support/small.h"

#define PLACES "[places]\nid,lon_deg,lat_deg,population\ntown,36.5,34,1000\nridge,36.6,34,1000\nisle,36.7,34,9\n"
#define REQUESTS "[requests]\nid,asked_at,asked_of,place,reply_due,reply,reply_at,valid_from,valid_until\n"
#define MOVEMENTS "[movements]\nid,date,place,stopped_at,request\n"

static ab_time at(const char *text)
{
    ab_time time = 0;
    const char *why = NULL;
    assert_true(ab_time_parse(text, &time, &why));
    return time;
}

static ab_score *score_of(const ab_operation *op, int32_t samples)
{
    ab_score *score = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_score_make(op, samples, &score, &err), AB_OK);
    return score;
}

static const ab_score_case *case_of(const ab_operation *op, const ab_score *score, const char *request, ab_score_of of)
{
    int32_t row = small_row(op, AB_TABLE_requests, request);
    for (int32_t i = 0; i < score->count; i++) {
        if (score->at[i].request == row && score->at[i].of == of) {
            return &score->at[i];
        }
    }
    fail_msg("no case of %s", request);
    return NULL;
}

/* ---- What came ---- */

/* Four requests: one arrives, one lapses, one is refused late, one is silent. */
#define FOUR                                                                                                                        \
    PLACES REQUESTS "a,2030-03-01T08:00Z,Army,town,2030-03-04T08:00Z,approved,2030-03-02T08:00Z,,2030-03-07T00:00Z\n"               \
                    "b,2030-03-01T08:00Z,Army,ridge,2030-03-04T08:00Z,conditional,2030-03-05T08:00Z,,2030-03-07T00:00Z\n"           \
                    "c,2030-03-01T09:00Z,Front,isle,2030-03-04T08:00Z,refused,2030-03-06T08:00Z,,\n"                                \
                    "d,2030-03-02T08:00Z,Front,town,2030-03-04T08:00Z,,,,\n" MOVEMENTS "m,2030-03-03,town,,a\n"

typedef struct fate_at {
    const char *request;
    ab_score_of of;
    const char *t;
    ab__fate fate;
} fate_at;

static void a_fate_is_open_until_its_time_is_over_whichever_way_it_went(void **state)
{
    (void)state;
    static const fate_at list[] = {
        {"a", AB_SCORE_ANSWER, "2030-03-04T07:59Z", AB__OPEN}, /* answered long since, but the slow ones are not known yet */
        {"a", AB_SCORE_ANSWER, "2030-03-04T08:00Z", AB__YES},
        {"a", AB_SCORE_YES, "2030-03-04T08:00Z", AB__YES},
        {"a", AB_SCORE_ARRIVAL, "2030-03-04T08:00Z", AB__OPEN}, /* it arrived, but its leave goes on */
        {"a", AB_SCORE_ARRIVAL, "2030-03-07T00:00Z", AB__YES},
        {"b", AB_SCORE_ANSWER, "2030-03-04T08:00Z", AB__NO},
        {"b", AB_SCORE_ARRIVAL, "2030-03-04T08:00Z", AB__NO}, /* silent at the due date */
        {"b", AB_SCORE_ARRIVAL, "2030-03-05T08:00Z", AB__OPEN}, /* it was only late */
        {"b", AB_SCORE_ARRIVAL, "2030-03-07T00:00Z", AB__NO},
        {"c", AB_SCORE_YES, "2030-03-09T00:00Z", AB__NO},
        {"c", AB_SCORE_ARRIVAL, "2030-03-06T08:00Z", AB__NO},
        {"d", AB_SCORE_ANSWER, "2030-03-09T00:00Z", AB__NO},
        {"d", AB_SCORE_ARRIVAL, "2030-03-09T00:00Z", AB__NO},
    };
    ab_operation *op = small_operation(FOUR);
    ab_arena *arena = ab__arena_new();
    ab__moves moves;
    assert_true(ab__moves_make(op, arena, &moves));
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        ab__fate fate = ab__score_fate(op, &moves, small_row(op, AB_TABLE_requests, list[i].request), list[i].of, at(list[i].t));
        if (fate != list[i].fate) {
            fail_msg("%s at %s: %d", list[i].request, list[i].t, (int)fate);
        }
    }
    ab__arena_free(arena);
    ab_operation_free(op);
}

static void what_arrives_after_its_leave_or_not_at_all_is_no_arrival(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new;
        bool arrives;
    } list[] = {
        {"m,2030-03-03,town,,a", "m,2030-03-06,town,,a", true},   /* the last day */
        {"m,2030-03-03,town,,a", "m,2030-03-07,town,,a", false},  /* a day too late */
        {"m,2030-03-03,town,,a", "m,2030-03-03,town,gate,a", false},
        {"m,2030-03-03,town,,a", "m,2030-03-03,town,before loading,a", false},
        {"m,2030-03-03,town,,a", "m,2030-03-03,town,,", false},   /* by no request */
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        ab_operation *op = small_changed(FOUR, list[i].old, list[i].new);
        ab_arena *arena = ab__arena_new();
        ab__moves moves;
        bool happened;
        assert_true(ab__moves_make(op, arena, &moves));
        assert_int_equal(ab__score_outcome(op, &moves, 0, AB_SCORE_ARRIVAL, at("2030-03-11T00:00Z"), &happened), AB_SCORE_COUNTED);
        assert_true(happened == list[i].arrives);
        ab__arena_free(arena);
        ab_operation_free(op);
    }
}

static void whose_fate_is_not_on_record_is_left_out_and_counted(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES REQUESTS "a,2030-03-01T08:00Z,Army,town,,,,,\n"
                                                       "b,2030-03-01T08:00Z,Army,town,2030-04-01T00:00Z,,,,\n"
                                                       "c,2030-03-01T08:00Z,Army,town,2030-03-04T00:00Z,approved,2030-03-02T08:00Z,,\n"
                                                       "d,2030-03-01T08:00Z,Army,town,2030-03-04T00:00Z,approved,,,\n"
                                                       "e,2030-04-01T08:00Z,Army,town,,,,,\n");
    ab_score *score = score_of(op, 0);
    assert_int_equal(case_of(op, score, "a", AB_SCORE_ANSWER)->gap, AB_SCORE_NO_DUE);
    assert_int_equal(case_of(op, score, "b", AB_SCORE_YES)->gap, AB_SCORE_NOT_DUE);
    assert_int_equal(case_of(op, score, "c", AB_SCORE_ANSWER)->gap, AB_SCORE_COUNTED);
    assert_int_equal(case_of(op, score, "c", AB_SCORE_APPROVED)->gap, AB_SCORE_OPEN);
    assert_int_equal(case_of(op, score, "d", AB_SCORE_ANSWER)->gap, AB_SCORE_UNDATED);
    for (int of = 0; of <= AB_SCORE_ARRIVAL; of++) { /* e was asked after the end: it is no case at all */
        int32_t all = score->sum[of].cases;
        for (int g = 0; g < AB_SCORE_GAPS; g++) {
            all += score->sum[of].left_out[g];
        }
        assert_int_equal(all, 4);
    }
    ab_score_free(score);
    ab_operation_free(op);
}

/* ---- What was foretold ---- */

static void the_answer_that_comes_with_the_question_is_not_known_before_it(void **state)
{
    (void)state;
    const char *tables = PLACES REQUESTS "a,2030-03-01T08:00Z,Army,town,2030-03-08T08:00Z,refused,2030-03-01T08:00Z,,\n"
                                         "b,2030-03-01T08:00Z,Army,ridge,2030-03-08T08:00Z,refused,2030-03-01T08:00Z,,\n";
    ab_operation *quick = small_operation(tables), *slow = small_changed(tables, "refused,2030-03-01T08:00Z", ",");
    ab_score *known = score_of(quick, 0), *open = score_of(slow, 0);
    for (int of = AB_SCORE_ANSWER; of <= AB_SCORE_ARRIVAL; of++) {
        const ab_score_case *a = case_of(quick, known, "a", (ab_score_of)of), *b = case_of(slow, open, "a", (ab_score_of)of);
        small_near(a->foretold_prob, b->foretold_prob);
        small_near(a->base_prob, b->base_prob);
    }
    /* With no record at all: priors of 2015. */
    small_near(case_of(quick, known, "a", AB_SCORE_ANSWER)->foretold_prob, 0.25 * (1 - exp(-7 / 14.0)));
    small_near(case_of(quick, known, "a", AB_SCORE_YES)->foretold_prob, 0.8 * 0.25 * (1 - exp(-7 / 14.0)));
    small_near(case_of(quick, known, "a", AB_SCORE_ARRIVAL)->foretold_prob, 0.25 * 0.8 * 0.5);
    small_near(case_of(quick, known, "a", AB_SCORE_ANSWER)->base_prob, 0.25);
    ab_score_free(known);
    ab_score_free(open);
    ab_operation_free(quick);
    ab_operation_free(slow);
}

static void what_came_later_changes_nothing_that_was_foretold(void **state)
{
    (void)state;
    ab_operation *op = small_operation(FOUR);
    ab_operation *other = small_changed(FOUR, "m,2030-03-03,town,,a", "m,2030-03-09,ridge,gate,b");
    ab_score *a = score_of(op, 0), *b = score_of(other, 0);
    assert_int_equal(a->count, b->count);
    for (int32_t i = 0; i < a->count; i++) {
        if (a->at[i].at <= at("2030-03-03T23:00Z")) {
            small_near(a->at[i].foretold_prob, b->at[i].foretold_prob);
            small_near(a->at[i].base_prob, b->at[i].base_prob);
        }
    }
    /* The approval of 5 March comes when the convoy of 3 March is known, and is foretold otherwise. */
    assert_true(case_of(op, a, "b", AB_SCORE_APPROVED)->foretold_prob != case_of(other, b, "b", AB_SCORE_APPROVED)->foretold_prob);
    ab_score_free(a);
    ab_score_free(b);
    ab_operation_free(op);
    ab_operation_free(other);
}

static void what_july_taught_is_in_no_chance(void **state)
{
    (void)state;
    const char *tables = "[operation]\nkey,value\nname,x\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\napproved_arrival_prob,0.35\n" FOUR;
    ab_operation *op = small_operation(tables), *other = small_changed(tables, "approved_arrival_prob,0.35", "approved_arrival_prob,0.05");
    ab_score *a = score_of(op, 50), *b = score_of(other, 50);
    for (int of = 0; of < AB_SCORES; of++) {
        assert_memory_equal(&a->sum[of], &b->sum[of], sizeof a->sum[of]);
    }
    ab_score_free(a);
    ab_score_free(b);
    ab_operation_free(op);
    ab_operation_free(other);
}

/* ---- Sums ---- */

static void scores_are_what_the_cases_add_up_to(void **state)
{
    (void)state;
    ab_operation *op = small_operation(FOUR);
    ab_score *score = score_of(op, 200);
    for (int of = 0; of < AB_SCORES; of++) {
        double brier = 0, base = 0, came = 0, count = 0;
        int32_t bins = 0;
        for (int32_t i = 0; i < score->count; i++) {
            const ab_score_case *c = &score->at[i];
            if (c->of == (ab_score_of)of && c->gap == AB_SCORE_COUNTED) {
                brier += (c->foretold_prob - c->happened) * (c->foretold_prob - c->happened);
                base += (c->base_prob - c->happened) * (c->base_prob - c->happened);
                came += c->happened;
                count++;
            }
        }
        const ab_score_sum *sum = &score->sum[of];
        assert_true(sum->cases == (int32_t)count && sum->happened == (int32_t)came && count > 0);
        small_near(sum->brier.value, brier / count);
        small_near(sum->base_skill.value, 1 - brier / base);
        small_near(sum->share_brier, came / count * (1 - came / count));
        assert_true(sum->batches < 3 ? isnan(sum->brier.low) : sum->brier.low <= sum->brier.value && sum->brier.value <= sum->brier.high);
        for (int b = 0; b < AB_SCORE_BINS; b++) {
            const ab_score_bin *bin = &score->bin[of][b];
            bins += bin->cases;
            assert_true(bin->cases == 0 || (bin->foretold_mean_prob >= bin->from_prob && bin->foretold_mean_prob <= bin->until_prob));
            assert_true(bin->happened <= bin->cases && bin->batches <= bin->cases && (bin->batches > 0) == (bin->cases > 0));
        }
        assert_int_equal(bins, sum->cases);
    }
    /* a and b were asked of one authority on one day. */
    assert_int_equal(score->sum[AB_SCORE_ANSWER].batches, 3);
    assert_int_equal(score->sum[AB_SCORE_APPROVED].batches, 2);
    ab_score_free(score);
    ab_operation_free(op);
}

static void one_decision_has_no_interval_and_the_draws_repeat(void **state)
{
    (void)state;
    ab_operation *one = small_operation(PLACES REQUESTS "a,2030-03-01T08:00Z,Army,town,2030-03-04T08:00Z,,,,\n"
                                                        "b,2030-03-01T08:00Z,Army,ridge,2030-03-04T08:00Z,refused,2030-03-02T08:00Z,,\n");
    ab_score *score = score_of(one, 100);
    assert_true(score->sum[AB_SCORE_ANSWER].batches == 1 && !isnan(score->sum[AB_SCORE_ANSWER].brier.value));
    assert_true(isnan(score->sum[AB_SCORE_ANSWER].brier.low) && isnan(score->sum[AB_SCORE_ANSWER].brier.high));
    ab_score_free(score);
    ab_operation_free(one);

    ab_operation *op = small_operation(FOUR);
    ab_score *a = score_of(op, 300), *b = score_of(op, 300);
    assert_memory_equal(a->sum, b->sum, sizeof a->sum);
    ab_score_free(a);
    ab_score_free(b);
    ab_operation_free(op);
}

/* Three decisions of one request each: what resampling them gives can be counted out. */
static void intervals_are_those_of_all_ways_to_draw_decisions(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES REQUESTS "a,2030-03-01T08:00Z,Army,town,2030-03-02T08:00Z,refused,2030-03-01T20:00Z,,\n"
                                                       "b,2030-03-03T08:00Z,Army,town,2030-03-04T08:00Z,,,,\n"
                                                       "c,2030-03-05T08:00Z,Army,town,2030-03-06T08:00Z,,,,\n");
    ab_score *score = score_of(op, 20000);
    double loss[3], low = INFINITY, high = -INFINITY;
    for (int i = 0; i < 3; i++) {
        const ab_score_case *c = &score->at[i];
        loss[i] = pow(c->foretold_prob - c->happened, 2);
        low = fmin(low, loss[i]);
        high = fmax(high, loss[i]);
    }
    /* 27 ways, 1 in 27 is the least or the greatest thrice: less than 5 %, so the ends are the next ones. */
    assert_true(score->sum[AB_SCORE_ANSWER].brier.low > low && score->sum[AB_SCORE_ANSWER].brier.high < high);
    double sums[27];
    for (int i = 0; i < 27; i++) {
        sums[i] = (loss[i % 3] + loss[i / 3 % 3] + loss[i / 9]) / 3;
    }
    double below = 0, above = 0;
    for (int i = 0; i < 27; i++) {
        below += sums[i] < score->sum[AB_SCORE_ANSWER].brier.low - 1e-12;
        above += sums[i] > score->sum[AB_SCORE_ANSWER].brier.high + 1e-12;
    }
    assert_true(below / 27 <= 0.05 && above / 27 <= 0.05);
    ab_score_free(score);
    ab_operation_free(op);
}

static void whichever_allocation_fails_it_is_said_and_nothing_is_left(void **state)
{
    (void)state;
    ab_operation *op = small_operation(FOUR);
    ab_status status = AB_NO_MEMORY;
    for (int64_t nth = 1; status != AB_OK; nth++) {
        ab_score *score = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        status = ab_score_make(op, 5, &score, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && score == NULL && strlen(err.message) > 0));
        ab_score_free(score);
    }
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fate_is_open_until_its_time_is_over_whichever_way_it_went),
        cmocka_unit_test(what_arrives_after_its_leave_or_not_at_all_is_no_arrival),
        cmocka_unit_test(whose_fate_is_not_on_record_is_left_out_and_counted),
        cmocka_unit_test(the_answer_that_comes_with_the_question_is_not_known_before_it),
        cmocka_unit_test(what_came_later_changes_nothing_that_was_foretold),
        cmocka_unit_test(what_july_taught_is_in_no_chance),
        cmocka_unit_test(scores_are_what_the_cases_add_up_to),
        cmocka_unit_test(one_decision_has_no_interval_and_the_draws_repeat),
        cmocka_unit_test(intervals_are_those_of_all_ways_to_draw_decisions),
        cmocka_unit_test(whichever_allocation_fails_it_is_said_and_nothing_is_left),
    };
    return cmocka_run_group_tests_name("score/score", tests, NULL, NULL);
}
