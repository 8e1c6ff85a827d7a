/* Every report with its weight: what counts, what does not and why, and what holds of any reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/access.h"
#include "airbridge/io.h"
#include "base/arena.h"
#include "support/small.h"

#define ROADS                                                                                      \
    "[roads]\nid,wkt\n"                                                                            \
    "r1,\"LINESTRING(36 34,36.5 34)\"\n"                                                           \
    "r2,\"LINESTRING(36 34,36.5 34.1)\"\n"
#define REPORTS "[access]\nid,subject,mode,commodities,state,from,until,reported_at,reliability,credibility,quotes\n"

static ab_access *access_of(const ab_operation *op)
{
    ab_access *access = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    return access;
}

static ab_weighing *weights_of(const ab_access *access, ab_ref subject, ab_means means, int32_t t)
{
    ab_weighing *weighing = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_weights(access, subject, means, t, &weighing, &err), AB_OK);
    return weighing;
}

/* The weights make the state by the formula of docs/models/access.md, and it is the state that plans are made with. */
static void check_adds_up(const ab_weighing *w, const ab_access_cell *cell)
{
    double open = 0, against = 0;
    for (int32_t i = 0; i < w->count; i++) {
        const ab_report_weight *one = &w->at[i];
        small_near(one->weight_log_odds, one->grade_log_odds * one->own_side_frac * one->window_frac * one->age_frac);
        assert_true(one->use == AB_REPORT_COUNTS || one->shift_log_odds == 0);
        assert_true((one->use == AB_REPORT_QUOTED) == (one->merged_into >= 0));
        open += fmax(0, one->shift_log_odds);
        against += fmax(0, -one->shift_log_odds);
    }
    small_near(w->open_log_odds, open);
    small_near(w->against_log_odds, against);
    double base = w->spells.open_days / (w->spells.open_days + w->spells.closed_days);
    small_near(w->base_prob, base);
    double odds = (1 - base) / base * exp(against - open) * (1 - exp(-w->against_fresh_log_odds));
    small_near(w->state.mean, 1 / (1 + odds));
    small_near(w->state.mean, cell->state.mean);
    small_near(w->state.low, cell->state.low);
    small_near(w->state.high, cell->state.high);
    assert_int_equal(w->closed, cell->closed);
    assert_int_equal(w->contested, cell->contested);
    assert_int_equal(w->says_open, cell->says_open);
    assert_int_equal(w->says_closed, cell->says_closed);
}

static void each_report_says_what_it_weighs_or_why_it_does_not(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"
        "as_of,2030-03-02T00:00Z\n" ROADS REPORTS
        "quoted,road:r1,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,C,2,weak\n"
        "strong,road:r1,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,2,quoted\n"
        "flown,road:r1,air,,open,2030-03-01T00:00Z,,2030-03-01T00:00Z,A,1,\n"
        "over,road:r1,,,closed,2030-02-01T00:00Z,2030-02-09T00:00Z,2030-02-09T00:00Z,A,1,\n"
        "later,road:r1,,,open,2030-03-01T00:00Z,,2030-03-02T00:01Z,A,1,\n"
        "unjudged,road:r1,,,open,2030-03-01T00:00Z,,2030-03-01T00:00Z,F,1,\n"
        "half,road:r1,road,,open,2030-03-05T12:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,D,1,\n"
        "weak,road:r1,,,closed,2030-02-18T12:00Z,,2030-02-18T12:00Z,E,3,\n"
        "food,road:r1,,food,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,1,\n"
        "other,road:r2,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,A,1,\n");
    const struct {
        const char *id;
        ab_report_use use;
        double weight, shift;
    } expected[] = {{"food", AB_REPORT_COUNTS, 3.5, 0},         {"strong", AB_REPORT_COUNTS, 2.8, -2.8},
                    {"half", AB_REPORT_COUNTS, 0.5, 0.5},       {"quoted", AB_REPORT_QUOTED, 1.6, 0},
                    {"flown", AB_REPORT_OTHER_MODE, 0, 0},      {"over", AB_REPORT_OTHER_TIME, 0, 0},
                    {"later", AB_REPORT_LATER, 0, 0},           {"unjudged", AB_REPORT_NOT_JUDGED, 0, 0},
                    {"weak", AB_REPORT_QUOTED, 0.15 * exp(-15 * (1 / 76.0 + 1 / 28.0)), 0}};
    ab_access *access = access_of(op);
    ab_weighing *w = weights_of(access, (ab_ref){AB_TABLE_roads, 0}, AB_MEANS_ROAD, 4);
    assert_int_equal(w->count, 9);
    for (int i = 0; i < 9; i++) {
        const ab_report_weight *one = &w->at[i];
        assert_string_equal(op->access.at[one->row].id, expected[i].id);
        assert_int_equal(one->use, expected[i].use);
        small_near(one->weight_log_odds, expected[i].weight);
        small_near(one->shift_log_odds, expected[i].shift);
        bool story = i == 1 || i == 3 || i == 8;
        assert_int_equal(one->story, story ? 0 : one->row);
        assert_int_equal(one->merged_into, i == 3 || i == 8 ? 1 : -1);
    }
    small_near(w->at[2].window_frac, 0.5);
    check_adds_up(w, ab_access_way(access, AB_TABLE_roads, 0, 4));
    ab_weighing_free(w);
    ab_access_free(access);
    ab_operation_free(op);
}

/* Whichever allocation fails, it is said, and nothing is left behind. */
static void want_of_memory_is_told(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        ROADS REPORTS "a1,road:r1,,,open,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,C,1,\n"
                      "a2,road:r1,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,C,2,a1\n");
    ab_access *access = NULL;
    ab_error err = AB_ERROR_INIT;
    int64_t nth = 1;
    for (ab_status status = AB_NO_MEMORY; status != AB_OK; nth++) {
        ab__fail_allocation(nth);
        status = ab_access_make(op, &access, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && access == NULL));
    }
    assert_true(nth > 10);
    ab_weighing *w = NULL;
    nth = 1;
    for (ab_status status = AB_NO_MEMORY; status != AB_OK; nth++) {
        ab__fail_allocation(nth);
        status = ab_access_weights(access, (ab_ref){AB_TABLE_roads, 0}, AB_MEANS_ROAD, 0, &w, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && w == NULL));
    }
    assert_true(nth > 2);
    ab_weighing_free(w);
    ab_access_free(access);
    ab_operation_free(op);
}

static void every_kind_and_use_has_words_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < AB_SPELLS_KINDS; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(ab_spell_kind_words((ab_spell_kind)i), ab_spell_kind_words((ab_spell_kind)k));
        }
    }
    for (int i = 0; i <= AB_REPORT_NOT_JUDGED; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(ab_report_use_words((ab_report_use)i), ab_report_use_words((ab_report_use)k));
        }
    }
}

static void both_sides_of_what_is_contested_are_named(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        ROADS REPORTS
        "a1,road:r1,,,open,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,C,1,\n"
        "a2,road:r1,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,C,2,\n"
        "a3,road:r1,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,2,\n"
        "a4,road:r1,,,open,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,3,\n"
        "a5,road:r1,,food,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,A,1,\n"
        "a6,road:r2,,,restricted,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,A,1,\n");
    ab_access *access = access_of(op);
    const ab_access_cell *r1 = ab_access_way(access, AB_TABLE_roads, 0, 0), *r2 = ab_access_way(access, AB_TABLE_roads, 1, 0);
    assert_true(r1->contested);
    assert_int_equal(r1->says_open, 0);
    assert_int_equal(r1->says_closed, 2);
    assert_false(r2->contested);
    assert_int_equal(r2->says_open, -1);
    assert_int_equal(r2->says_closed, 5);
    const ab_access_cell *town = ab_access_place(access, 0, AB_MEANS_ROAD, 0);
    assert_int_equal(town->says_open, -1);
    assert_int_equal(town->says_closed, -1);
    ab_access_free(access);
    ab_operation_free(op);
}

/* ---- What holds of any reports ---- */

enum { ROWS = 12, TURNS = 50, PERIODS = 10 };

typedef char row_text[160];

static int pick(int below)
{
    return rand() % below;
}

static const char *hour(int hours, char *out, size_t size)
{
    int day = hours / 24; /* after 1 February 2030 */
    snprintf(out, size, "2030-%02d-%02dT%02d:00Z", day < 28 ? 2 : 3, day % 28 + 1, hours % 24);
    return out;
}

/* A report on road r1 by anybody, of any time about the operation; `state` and `grade` as given, NULL and 0: any. */
static void any_row(const char *id, const char *state, char grade, const char *quotes, row_text out)
{
    static const char *const states[] = {"open", "closed", "restricted"}, *const modes[] = {"", "road", "air"},
                             *const goods[] = {"", "", "food"};
    char from[40], until[40], said[40];
    int since = pick(800), spoken = since + pick(400) - 50;
    bool open_ended = pick(2) == 0;
    hour(since, from, sizeof from);
    hour(since + 1 + pick(400), until, sizeof until);
    hour(spoken < 0 ? 0 : spoken, said, sizeof said);
    snprintf(out, sizeof(row_text), "%s,road:r1,%s,%s,%s,%s,%s,%s,%c,%d,%s\n", id, modes[pick(3)],
             state != NULL ? "" : goods[pick(3)], state != NULL ? state : states[pick(3)], pick(4) == 0 ? "" : from,
             open_ended ? "" : until, said, grade != 0 ? grade : "ABCDE"[pick(5)], 1 + pick(5), quotes);
}

static void any_rows(row_text rows[ROWS])
{
    for (int i = 0; i < ROWS; i++) {
        char id[12], quotes[12] = "";
        snprintf(id, sizeof id, "a%d", i);
        if (i > 0 && pick(4) == 0) {
            snprintf(quotes, sizeof quotes, "a%d", pick(i));
        }
        any_row(id, NULL, 0, quotes, rows[i]);
    }
}

typedef struct answer {
    double mean[PERIODS];
    bool contested[PERIODS];
    uint64_t goods[PERIODS];
} answer;

/* The road, period for period, by these rows, then `more`; `turned`: rows from that number on come first. */
static answer ask(row_text rows[ROWS], const char *more, int turned)
{
    char tables[ROWS * sizeof(row_text) + 1000] = ROADS REPORTS;
    for (int i = 0; i < ROWS; i++) {
        strcat(tables, rows[(i + turned) % ROWS]);
    }
    strcat(tables, more);
    ab_operation *op = small_operation(tables);
    ab_access *access = access_of(op);
    answer a;
    for (int32_t t = 0; t < PERIODS; t++) {
        const ab_access_cell *cell = ab_access_way(access, AB_TABLE_roads, 0, t);
        a.mean[t] = cell->pass.mean;
        a.contested[t] = cell->contested;
        a.goods[t] = cell->commodities;
        assert_true(cell->pass.low <= cell->pass.mean && cell->pass.mean <= cell->pass.high);
        ab_weighing *w = weights_of(access, (ab_ref){AB_TABLE_roads, 0}, AB_MEANS_ROAD, t);
        check_adds_up(w, cell);
        ab_weighing_free(w);
    }
    ab_access_free(access);
    ab_operation_free(op);
    return a;
}

static void check_same(const answer *a, const answer *b)
{
    for (int t = 0; t < PERIODS; t++) {
        small_near(a->mean[t], b->mean[t]);
        assert_int_equal(a->contested[t], b->contested[t]);
        assert_int_equal(a->goods[t], b->goods[t]);
    }
}

static void the_order_of_rows_tells_nothing(void **state)
{
    (void)state;
    srand(11);
    row_text rows[ROWS];
    for (int turn = 0; turn < TURNS; turn++) {
        any_rows(rows);
        answer a = ask(rows, "", 0), b = ask(rows, "", 1 + pick(ROWS - 1));
        check_same(&a, &b);
    }
}

static void what_nobody_can_judge_moves_nothing(void **state)
{
    (void)state;
    srand(12);
    row_text rows[ROWS], more;
    for (int turn = 0; turn < TURNS; turn++) {
        any_rows(rows);
        answer a = ask(rows, "", 0);
        any_row("z", NULL, 'F', "", more);
        answer b = ask(rows, more, 0);
        check_same(&a, &b);
    }
}

/* The same words once more, as a quotation of the first: row a0 with another id. */
static void a_report_that_is_repeated_counts_once(void **state)
{
    (void)state;
    srand(13);
    row_text rows[ROWS], more;
    for (int turn = 0; turn < TURNS; turn++) {
        any_rows(rows);
        answer a = ask(rows, "", 0);
        const char *rest = strchr(rows[0], ',');
        snprintf(more, sizeof more, "z%.*sa0\n", (int)strcspn(rest, "\n"), rest);
        answer b = ask(rows, more, 0);
        check_same(&a, &b);
    }
}

static void a_word_never_moves_the_chance_the_other_way(void **state)
{
    (void)state;
    static const char *const states[] = {"open", "closed", "restricted"};
    srand(14);
    row_text rows[ROWS], more;
    int moved = 0;
    for (int turn = 0; turn < 3 * TURNS; turn++) {
        any_rows(rows);
        answer a = ask(rows, "", 0);
        any_row("z", states[turn % 3], 0, "", more);
        answer b = ask(rows, more, 0);
        for (int t = 0; t < PERIODS; t++) {
            double up = (b.mean[t] - a.mean[t]) * (turn % 3 == 0 ? 1 : -1);
            moved += up > 1e-6;
            if (up < -1e-12) {
                fail_msg("%s moves the chance from %.17g to %.17g", more, a.mean[t], b.mean[t]);
            }
        }
    }
    assert_true(moved > 200);
}

/* Words said before the start that nobody repeats: the chance comes back to the share of time that such a road is open, and
 * never past it. */
static void a_closure_ages_to_the_base_rate(void **state)
{
    (void)state;
    static const char *const grades[] = {"A,1", "B,2", "C,3", "D,4", "E,5"};
    for (int g = 0; g < 5; g++) {
        char tables[1000];
        snprintf(tables, sizeof tables,
                 "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2031-03-01T00:00Z\n" ROADS REPORTS
                 "a1,road:r1,,,closed,,,2030-02-20T00:00Z,%s,\n", grades[g]);
        ab_operation *op = small_operation(tables);
        ab_access *access = access_of(op);
        ab_weighing *w = weights_of(access, (ab_ref){AB_TABLE_roads, 0}, AB_MEANS_ROAD, 0);
        /* What was said is noise with a chance of exp(-weight): then the road is open. */
        double believed = -expm1(-w->at[0].grade_log_odds), base = w->base_prob;
        double in_the_end = 1 / (1 + (1 - base) / base * believed), last = 0;
        for (int32_t t = 0; t < op->period_count; t++) {
            double now = ab_access_way(access, AB_TABLE_roads, 0, t)->pass.mean;
            assert_true(now > last && now < in_the_end);
            last = now;
        }
        assert_true(fabs(last - in_the_end) < 1e-6);
        assert_true(g > 0 || fabs(last - base) < 0.002);
        ab_weighing_free(w);
        ab_access_free(access);
        ab_operation_free(op);
    }
}

/* ---- The worked example of docs/models/access.md ---- */

static ab_operation *syria(void)
{
    const char *source = getenv("SOURCE_DIR");
    char path[1000];
    snprintf(path, sizeof path, "%s/examples/syria-2016", source != NULL ? source : ".");
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(100);
    ab_book *book = NULL;
    ab_operation *op = NULL;
    ab_open_options options = {0};
    if (ab_book_read(path, &options, &book, issues, &err) != AB_OK ||
        ab_operation_read(book, &op, issues, &err) != AB_OK) {
        fail_msg("%s: %s", path, err.message);
    }
    ab_book_free(book);
    ab_issues_free(issues);
    return op;
}

static void near_to(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance)) {
        fail_msg("found %.9g, the page has %g", found, expected);
    }
}

static void moadamiyeh_by_road_is_as_the_page_works_it_out(void **state)
{
    (void)state;
    ab_operation *op = syria();
    ab_access *access = access_of(op);
    ab_ref town = {AB_TABLE_places, small_row(op, AB_TABLE_places, "moadamiyeh")};
    int32_t a03 = small_row(op, AB_TABLE_access, "a03"), a21 = small_row(op, AB_TABLE_access, "a21");
    /* 12 February: the closing alone */
    ab_weighing *w = weights_of(access, town, AB_MEANS_ROAD, 0);
    near_to(w->spells.open_days, 48.74, 0.005);
    near_to(w->spells.closed_days, 63.84, 0.005);
    assert_int_equal(w->spells.changes, 4);
    near_to(w->spells.days_watched, 117.75, 1e-9);
    near_to(w->base_prob, 0.433, 0.0005);
    assert_int_equal(w->at[0].row, a03);
    near_to(w->at[0].age_frac, 0.444, 0.0005);
    near_to(w->at[0].weight_log_odds, 1.242, 0.0005);
    near_to(w->state.mean, 0.190, 0.0005);
    ab_weighing_free(w);
    /* 17 February: the convoy against it */
    w = weights_of(access, town, AB_MEANS_ROAD, 5);
    assert_int_equal(w->says_open, a21);
    assert_int_equal(w->says_closed, a03);
    near_to(w->at[0].weight_log_odds, 5, 1e-9);
    near_to(w->at[1].weight_log_odds, 0.964, 0.0005);
    near_to(w->state.mean, 0.979, 0.0005);
    ab_weighing_free(w);
    ab_spells gate = ab_access_spells(access, AB_SPELLS_GATE);
    near_to(gate.open_days, 52.7, 0.05);
    near_to(gate.closed_days, 32.9, 0.05);
    near_to(ab_access_persistence(access, AB_TABLE_places, town.row, AB_MEANS_ROAD), 0.964, 0.0005);
    ab_access_free(access);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_report_says_what_it_weighs_or_why_it_does_not),
        cmocka_unit_test(want_of_memory_is_told),
        cmocka_unit_test(every_kind_and_use_has_words_of_its_own),
        cmocka_unit_test(both_sides_of_what_is_contested_are_named),
        cmocka_unit_test(the_order_of_rows_tells_nothing),
        cmocka_unit_test(what_nobody_can_judge_moves_nothing),
        cmocka_unit_test(a_report_that_is_repeated_counts_once),
        cmocka_unit_test(a_word_never_moves_the_chance_the_other_way),
        cmocka_unit_test(a_closure_ages_to_the_base_rate),
        cmocka_unit_test(moadamiyeh_by_road_is_as_the_page_works_it_out),
    };
    return cmocka_run_group_tests_name("access/weights", tests, NULL, NULL);
}
