/* What is shown of access: the chain multiplies, nothing of later is known, and what is missing has a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "airbridge/flow.h"
#include "support/small.h"

#define PLACES                                                                                      \
    "[places]\nid,name,lon_deg,lat_deg,population,cut_off_since,besieged_by\n"                     \
    "town,Town,36.5,34,1000,2029-01-01,Ring\n"                                                     \
    "mill,,36.6,34,500,2029-01-01,Ring\n"                                                          \
    "farm,,36.7,34,200,2029-01-01,Ring\n"                                                          \
    "free,,36.8,34,100,,\n"
#define REQUESTS "[requests]\nid,asked_at,asked_of,place,reply,reply_at,valid_from,valid_until\n"
#define AGREEMENTS "[agreements]\nid,kind,parties,subjects,mode,from,until,known_at,hold_prob_per_day\n"
#define REPORTS "[access]\nid,subject,mode,state,from,until,reported_at,reported_by,reliability,credibility\n"
#define MOVEMENTS "[movements]\nid,date,place,commodity,loaded_t,offloaded_t,request\n"

#define EARLY                                                                                       \
    PLACES REQUESTS                                                                                 \
    "q_town,2030-02-20T00:00Z,Council,town,,,,\n"                                                   \
    "q_mill,2030-02-10T00:00Z,Council,mill,approved,2030-02-12T00:00Z,2030-03-01T00:00Z,\n"
#define EARLY_REST                                                                                  \
    AGREEMENTS "g_farm,corridor,Ring; Council,place:farm,road,2030-03-01T00:00Z,,2030-02-25T00:00Z,0.9\n"
#define EARLY_REPORTS                                                                               \
    REPORTS "a1,place:town,road,closed,2030-02-25T00:00Z,,2030-02-28T00:00Z,Somebody,B,2\n"        \
            "a2,hub:hub,,restricted,2030-02-25T00:00Z,,2030-02-28T00:00Z,Somebody,C,2\n"
#define EARLY_MOVES MOVEMENTS "m1,2030-02-15,mill,flour,10,10,q_mill\n"

#define BEFORE EARLY EARLY_REST EARLY_REPORTS EARLY_MOVES
/* What becomes known on 5 March and later. */
#define AFTER                                                                                       \
    PLACES REQUESTS                                                                                 \
    "q_town,2030-02-20T00:00Z,Council,town,approved,2030-03-05T00:00Z,2030-03-05T00:00Z,\n"        \
    "q_later,2030-03-05T00:00Z,Council,farm,,,,\n"                                                 \
    "q_mill,2030-02-10T00:00Z,Council,mill,approved,2030-02-12T00:00Z,2030-03-01T00:00Z,\n"        \
    AGREEMENTS "g_town,corridor,Ring,place:town,road,2030-03-05T00:00Z,,2030-03-05T00:00Z,1\n"     \
    "g_farm,corridor,Ring; Council,place:farm,road,2030-03-01T00:00Z,,2030-02-25T00:00Z,0.9\n"     \
    EARLY_REPORTS "a3,place:mill,road,closed,2030-03-01T00:00Z,,2030-03-05T00:00Z,Somebody,A,1\n"  \
    EARLY_MOVES "m2,2030-03-06,mill,flour,10,0,q_mill\n"

static ab_time at_time(const char *text)
{
    ab_time t;
    assert_true(ab_time_parse(text, &t, NULL));
    return t;
}

static ab_result *show(const ab_operation *op, const char *at, const char *subject)
{
    ab_access_request request = {at != NULL ? at_time(at) : AB_TIME_NONE, subject, NULL};
    ab_result *result = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_flow_access(op, &request, &result, &err), AB_OK);
    return result;
}

static const ab_access_day *day_of(const ab_data *data, const char *subject, const char *means, const char *from)
{
    const ab_access_day *day = data->rows[AB_TABLE_access_days].at;
    for (int32_t i = 0; i < data->rows[AB_TABLE_access_days].count; i++)
        if (strcmp(day[i].subject, subject) == 0 && strcmp(day[i].means, means) == 0 && day[i].from == at_time(from))
            return &day[i];
    return NULL;
}

/* ---- The chain ---- */

static void check_product(const ab_data *data, const ab_access_day *day)
{
    const ab_access_gate *gate = data->rows[AB_TABLE_access_gates].at;
    double product = 1;
    int gates = 0;
    for (int32_t i = 0; i < data->rows[AB_TABLE_access_gates].count; i++) {
        if (strcmp(gate[i].subject, day->subject) != 0 || strcmp(gate[i].means, day->means) != 0)
            continue;
        product *= gate[i].prob;
        gates++;
        assert_true(gate[i].prob_low <= gate[i].prob + 1e-12 && gate[i].prob <= gate[i].prob_high + 1e-12);
    }
    assert_true(gates > 0);
    small_near(product, day->pass_prob);
}

static void the_chances_of_the_chain_multiply_to_that_of_the_place(void **state)
{
    static const char *const times[] = {"2030-03-01T00:00Z", "2030-03-04T00:00Z", "2030-03-07T00:00Z", "2030-03-10T00:00Z"};
    (void)state;
    ab_operation *op = small_operation(AFTER);
    for (size_t k = 0; k < sizeof times / sizeof *times; k++) {
        ab_result *result = show(op, times[k], NULL);
        ab_data data = ab_result_data(result);
        const char *places[] = {"place:town", "place:mill", "place:farm", "place:free"};
        for (size_t p = 0; p < 4; p++)
            check_product(&data, day_of(&data, places[p], "road", times[k]));
        ab_result_free(result);
    }
    ab_operation_free(op);
}

/* ---- What was known ---- */

static void nothing_said_asked_agreed_or_moved_later_changes_what_was_known(void **state)
{
    (void)state;
    ab_operation *before = small_operation(BEFORE), *after = small_operation(AFTER);
    ab_result *one = show(before, "2030-03-04T00:00Z", NULL), *two = show(after, "2030-03-04T00:00Z", NULL);
    ab_data a = ab_result_data(one), b = ab_result_data(two);
    int32_t count = a.rows[AB_TABLE_access_days].count;
    const ab_access_day *x = a.rows[AB_TABLE_access_days].at, *y = b.rows[AB_TABLE_access_days].at;
    assert_true(count > 0);
    assert_int_equal(b.rows[AB_TABLE_access_days].count, count);
    for (int32_t i = 0; i < count; i++) {
        assert_string_equal(x[i].subject, y[i].subject);
        assert_string_equal(x[i].because, y[i].because);
        assert_string_equal(x[i].missing, y[i].missing);
        small_near(x[i].pass_prob, y[i].pass_prob);
        small_near(x[i].pass_prob_low, y[i].pass_prob_low);
        small_near(x[i].pass_prob_high, y[i].pass_prob_high);
    }
    assert_int_equal(a.rows[AB_TABLE_access_words].count, b.rows[AB_TABLE_access_words].count);
    ab_result_free(one);
    ab_result_free(two);
    ab_operation_free(before);
    ab_operation_free(after);
}

static void once_it_is_said_it_counts(void **state)
{
    (void)state;
    ab_operation *op = small_operation(AFTER);
    ab_result *early = show(op, "2030-03-04T00:00Z", NULL), *late = show(op, "2030-03-05T00:00Z", NULL);
    ab_data a = ab_result_data(early), b = ab_result_data(late);
    assert_string_equal(day_of(&a, "place:town", "road", "2030-03-06T00:00Z")->permission, "unanswered");
    assert_string_equal(day_of(&b, "place:town", "road", "2030-03-06T00:00Z")->permission, "given");
    assert_int_equal(day_of(&a, "place:mill", "road", "2030-03-06T00:00Z")->closed, 0);
    assert_int_equal(day_of(&b, "place:mill", "road", "2030-03-06T00:00Z")->closed, 1);
    ab_result_free(early);
    ab_result_free(late);
    ab_operation_free(op);
}

static void after_the_end_there_is_nothing_to_look_at(void **state)
{
    (void)state;
    ab_operation *op = small_operation(BEFORE);
    ab_access_request request = {at_time("2030-03-11T00:00Z"), NULL, NULL};
    ab_result *result = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_flow_access(op, &request, &result, &err), AB_USAGE);
    assert_null(result);
    ab_operation_free(op);
}

/* ---- What is missing ---- */

static void what_is_missing_names_the_authority_the_day_and_the_request(void **state)
{
    (void)state;
    ab_operation *op = small_operation(BEFORE);
    ab_result *result = show(op, "2030-03-04T00:00Z", NULL);
    ab_data data = ab_result_data(result);
    const ab_access_day *town = day_of(&data, "place:town", "road", "2030-03-04T00:00Z");
    assert_string_equal(town->missing, "no answer of Council since 2030-02-20 (request q_town)");
    assert_string_equal(town->says_closed, "report:a1");
    assert_string_equal(day_of(&data, "place:mill", "road", "2030-03-04T00:00Z")->missing, "");
    assert_string_equal(day_of(&data, "place:free", "road", "2030-03-04T00:00Z")->permission, "not needed");
    ab_result_free(result);
    ab_operation_free(op);
}

static void places_nobody_was_asked_for_name_who_holds_the_ring(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES);
    ab_result *result = show(op, NULL, NULL);
    ab_data data = ab_result_data(result);
    assert_string_equal(day_of(&data, "place:town", "road", "2030-03-04T00:00Z")->missing, "leave of Ring: nobody asked");
    ab_result_free(result);
    ab_operation_free(op);
}

/* ---- What is looked at ---- */

static void hubs_are_told_where_somebody_reports_on_them(void **state)
{
    (void)state;
    ab_operation *with = small_operation(BEFORE), *without = small_operation(PLACES);
    ab_result *one = show(with, NULL, NULL), *two = show(without, NULL, NULL);
    ab_data a = ab_result_data(one), b = ab_result_data(two);
    assert_non_null(day_of(&a, "hub:hub", "", "2030-03-01T00:00Z"));
    assert_null(day_of(&b, "hub:hub", "", "2030-03-01T00:00Z"));
    ab_result_free(one);
    ab_result_free(two);
    ab_operation_free(with);
    ab_operation_free(without);
}

static void a_subject_is_found_by_kind_and_id_by_id_or_by_name(void **state)
{
    static const char *const words[] = {"place:town", "town", "Town"};
    (void)state;
    ab_operation *op = small_operation(BEFORE);
    for (size_t i = 0; i < 3; i++) {
        ab_result *result = show(op, NULL, words[i]);
        ab_data data = ab_result_data(result);
        const ab_access_day *day = data.rows[AB_TABLE_access_days].at;
        assert_true(data.rows[AB_TABLE_access_days].count > 0);
        assert_string_equal(day->subject, "place:town");
        ab_result_free(result);
    }
    ab_access_request request = {AB_TIME_NONE, "place:towm", NULL};
    ab_result *result = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_flow_access(op, &request, &result, &err), AB_USAGE);
    assert_non_null(strstr(err.message, "town"));
    ab_operation_free(op);
}

static void each_report_stands_with_the_weight_that_it_has(void **state)
{
    (void)state;
    ab_operation *op = small_operation(BEFORE);
    ab_result *result = show(op, "2030-03-04T00:00Z", "place:town");
    ab_data data = ab_result_data(result);
    const ab_access_word *word = data.rows[AB_TABLE_access_words].at;
    int reports = 0;
    for (int32_t i = 0; i < data.rows[AB_TABLE_access_words].count; i++) {
        if (strcmp(word[i].row, "report:a1") != 0)
            continue;
        reports++;
        assert_string_equal(word[i].grade, "B2");
        assert_string_equal(word[i].side, "against");
        small_near(word[i].grade_log_odds, 3.5 * 0.8);
        small_near(word[i].weight_log_odds,
                   word[i].grade_log_odds * word[i].own_side_frac * word[i].window_frac * word[i].age_frac);
    }
    assert_int_equal(reports, 1);
    ab_result_free(result);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chances_of_the_chain_multiply_to_that_of_the_place),
        cmocka_unit_test(nothing_said_asked_agreed_or_moved_later_changes_what_was_known),
        cmocka_unit_test(once_it_is_said_it_counts),
        cmocka_unit_test(after_the_end_there_is_nothing_to_look_at),
        cmocka_unit_test(what_is_missing_names_the_authority_the_day_and_the_request),
        cmocka_unit_test(places_nobody_was_asked_for_name_who_holds_the_ring),
        cmocka_unit_test(hubs_are_told_where_somebody_reports_on_them),
        cmocka_unit_test(a_subject_is_found_by_kind_and_id_by_id_or_by_name),
        cmocka_unit_test(each_report_stands_with_the_weight_that_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
