#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "events/event.h"
#include "events/exported.h"

typedef struct reading {
    ab_book *book;
    ab_arena *arena;
    ab_issues *issues;
    ab__event_list list;
    ab_status status;
    ab_error err;
} reading;

/* `today` is 2 March 2016. */
static reading read_csv(const char *csv)
{
    reading r = {.book = exported(csv),
                 .arena = ab__arena_new(),
                 .issues = ab_issues_new(0),
                 .err = AB_ERROR_INIT};
    int32_t today = 0;

    assert_true(ab__event_day_parse("2016-03-02", &today));
    r.status = ab__events_read(ab_book_at(r.book, 0), today, r.arena, &r.list, r.issues, &r.err);
    return r;
}

static void end(reading *r)
{
    ab_book_free(r->book);
    ab__arena_free(r->arena);
    ab_issues_free(r->issues);
}

static int32_t day(const char *text)
{
    int32_t out = -1;
    assert_true(ab__event_day_parse(text, &out));
    return out;
}

/* ---- Days ---- */

static void a_day_is_read_as_both_exports_write_it(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-02"), 1);
    const char *forms[] = {"2016-02-29",           "2016-02-29 00:00:00.000",
                           "2016-02-29T00:00:00Z", "29 February 2016",
                           "29-Feb-2016",          "29 feb 2016",
                           "29 FEBRUARY 2016"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_int_equal(day(forms[i]), day("2016-02-29"));
    assert_int_equal(day("1 May 2016"), day("2016-05-01"));
    assert_int_equal(day("09 Sep 2016"), day("2016-09-09"));
}

static void what_can_mean_two_days_or_none_is_refused(void **state)
{
    (void)state;
    const char *forms[] = {"",
                           "3/2/2016",
                           "03-02-2016",
                           "2015-02-29",
                           "2016-13-01",
                           "2016-2-3",
                           "2016",
                           "Feb 2016",
                           "29 Febru 2016",
                           "31 June 2016",
                           "29 Feb 16",
                           "029 Feb 2016",
                           "2016-02-29x",
                           "29-Feb 2016",
                           "2016-02-29 noon",
                           "1 Feb 2016 12:00"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        int32_t out;
        if (ab__event_day_parse(forms[i], &out))
            fail_msg("\"%s\" was read", forms[i]);
    }
}

static void a_month_holds_its_day_and_begins_and_ends_with_itself(void **state)
{
    (void)state;
    for (int32_t d = day("1999-12-01"); d < day("2004-03-01"); d++) {
        int32_t first, last, next_first, next_last;
        ab__event_month(d, &first, &last);
        assert_true(first <= d && d <= last && last - first >= 27 && last - first <= 30);
        ab__event_month(last + 1, &next_first, &next_last);
        assert_int_equal(next_first, last + 1);
    }
    int32_t first, last;
    assert_true(ab__event_year(2016, &first, &last));
    assert_int_equal(last - first + 1, 366);
    assert_false(ab__event_year(1789, &first, &last));
    assert_false(ab__event_year(INT64_MAX, &first, &last));
}

/* ---- Layouts ---- */

static void an_export_is_known_by_its_columns(void **state)
{
    (void)state;
    const struct {
        const char *csv;
        ab_events_layout layout;
    } exports[] = {
        {ACLED "A1,2016-02-03,1,Battles,Armed clash,34,36,1\n", AB_EVENTS_ACLED},
        {UCDP "7,2016-02-03 00:00:00.000,2016-02-03 00:00:00.000,1,1,34,36,1,0,1,2\n",
         AB_EVENTS_UCDP},
        {YEARS "7,2015,1,34,36\n", AB_EVENTS_UCDP_YEARS},
        {"EVENT_ID_CNTY;EVENT_DATE;TIME_PRECISION;EVENT_TYPE;LATITUDE;LONGITUDE;Geo Precision;NOTES\n"
         "A1;3 February 2016;1;Battles;34;36;1;\n",
         AB_EVENTS_ACLED},
    };
    for (size_t i = 0; i < sizeof exports / sizeof *exports; i++) {
        reading r = read_csv(exports[i].csv);
        assert_int_equal(r.status, AB_OK);
        assert_int_equal(r.list.layout, exports[i].layout);
        assert_int_equal(r.list.count, 1);
        assert_true(r.list.at[0].lon_deg == 36 && r.list.at[0].lat_deg == 34);
        if (exports[i].layout != AB_EVENTS_UCDP_YEARS)
            assert_int_equal(r.list.at[0].first_day, day("2016-02-03"));
        end(&r);
    }
}

static void columns_that_are_missing_are_named(void **state)
{
    (void)state;
    const struct {
        const char *csv, *lacks;
    } tables[] = {
        {"event_id_cnty,event_date,event_type,latitude\nA1,2016-02-03,Battles,34\n",
         "looks like an export of ACLED, but lacks the columns time_precision, longitude, geo_precision"},
        {"id,date_start,latitude,longitude,where_prec\n1,2016-02-03,34,36,1\n",
         "looks like an export of UCDP GED, but lacks the columns date_end"},
        {"id,latitude,longitude,where_prec\n1,34,36,1\n",
         "looks like an export of UCDP GED, years only, but lacks the columns year"},
        {"id,name,latitude,longitude\n1,Town,34,36\n",
         "for one of ACLED it lacks event_id_cnty, event_date, "},
        {"id,name,latitude,longitude\n1,Town,34,36\n",
         "for one of UCDP GED date_start, date_end, where_prec"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        reading r = read_csv(tables[i].csv);
        assert_int_equal(r.status, AB_FLAWED);
        if (strstr(r.err.message, tables[i].lacks) == NULL)
            fail_msg("%s", r.err.message);
        end(&r);
    }
}

/* ---- Cells ---- */

typedef struct flaw {
    int64_t line;
    const char *column;
    int32_t code;
} flaw;

static void check_flaws(const char *csv, const flaw *flaws, int32_t count)
{
    reading r = read_csv(csv);
    assert_int_equal(r.status, AB_FLAWED);
    for (int32_t i = 0; i < ab_issues_count(r.issues) && i < count; i++) {
        const ab_issue *issue = ab_issues_at(r.issues, i);
        int32_t found = 0;
        while (found < count && (flaws[found].line != issue->line ||
                                 strcmp(flaws[found].column, issue->column) != 0))
            found++;
        if (found == count || flaws[found].code != issue->code)
            fail_msg("%s:%d: %s has AB%04d", issue->origin, (int)issue->line, issue->column,
                     (int)issue->code);
    }
    assert_int_equal(ab_issues_count(r.issues), count);
    end(&r);
}

static void all_flaws_of_an_acled_export_are_told_at_once(void **state)
{
    (void)state;
    static const flaw flaws[] = {
        {2, "event_date", AB_ISSUE_MISSING_VALUE},     {3, "event_date", AB_ISSUE_NOT_A_TIME},
        {4, "event_date", AB_ISSUE_EVENT_LATER},       {5, "time_precision", AB_ISSUE_UNKNOWN_CODE},
        {6, "event_type", AB_ISSUE_UNKNOWN_CODE},      {7, "sub_event_type", AB_ISSUE_UNKNOWN_CODE},
        {8, "latitude", AB_ISSUE_OUT_OF_RANGE},        {8, "longitude", AB_ISSUE_OUT_OF_RANGE},
        {9, "latitude", AB_ISSUE_DECIMAL_COMMA},       {10, "longitude", AB_ISSUE_NOT_A_NUMBER},
        {11, "geo_precision", AB_ISSUE_UNKNOWN_CODE},  {12, "event_id_cnty", AB_ISSUE_DUPLICATE_ID},
        {13, "event_id_cnty", AB_ISSUE_MISSING_VALUE}, {14, "event_type", AB_ISSUE_MISSING_VALUE},
        {14, "geo_precision", AB_ISSUE_MISSING_VALUE}, {15, "event_id_cnty", AB_ISSUE_DUPLICATE_ID},
    };
    check_flaws(ACLED "A2,,1,Battles,,34,36,1\n"
                      "A3,3/2/2016,1,Battles,,34,36,1\n"
                      "A4,2016-03-03,1,Battles,,34,36,1\n"
                      "A5,2016-02-03,4,Battles,,34,36,1\n"
                      "A6,2016-02-03,1,Battle-No change of territory,,34,36,1\n"
                      "A7,2016-02-03,1,Battles,Peaceful protest,34,36,1\n"
                      "A8,2016-02-03,1,Battles,,91,180.5,1\n"
                      "A9,2016-02-03,1,Battles,,\"33,5\",36,1\n"
                      "A10,2016-02-03,1,Battles,,34,east,1\n"
                      "A11,2016-02-03,1,Battles,,34,36,0\n"
                      "A2,2016-02-03,1,Battles,,34,36,1\n"
                      ",2016-02-03,1,Battles,,34,36,1\n"
                      "A14,2016-02-03,1,,,34,36,\n"
                      "A2,2016-02-03,1,Battles,,34,36,1\n",
                flaws, sizeof flaws / sizeof *flaws);
}

static void all_flaws_of_a_ucdp_export_are_told_at_once(void **state)
{
    (void)state;
    static const flaw flaws[] = {
        {2, "date_end", AB_ISSUE_ENDS_BEFORE_START}, {3, "date_start", AB_ISSUE_MISSING_VALUE},
        {4, "date_end", AB_ISSUE_EVENT_LATER},       {5, "date_prec", AB_ISSUE_UNKNOWN_CODE},
        {6, "where_prec", AB_ISSUE_UNKNOWN_CODE},    {7, "type_of_violence", AB_ISSUE_UNKNOWN_CODE},
        {8, "best", AB_ISSUE_LOW_BEST_HIGH},         {9, "low", AB_ISSUE_OUT_OF_RANGE},
        {10, "id", AB_ISSUE_DUPLICATE_ID},           {11, "high", AB_ISSUE_NOT_A_NUMBER},
    };
    check_flaws(UCDP "2,2016-02-03,2016-02-02,1,1,34,36,1,0,1,2\n"
                     "3,,2016-02-02,1,1,34,36,1,0,1,2\n"
                     "4,2016-02-03,2026-02-03,1,1,34,36,1,0,1,2\n"
                     "5,2016-02-03,2016-02-03,6,1,34,36,1,0,1,2\n"
                     "6,2016-02-03,2016-02-03,1,8,34,36,1,0,1,2\n"
                     "7,2016-02-03,2016-02-03,1,1,34,36,0,0,1,2\n"
                     "8,2016-02-03,2016-02-03,1,1,34,36,1,0,3,2\n"
                     "9,2016-02-03,2016-02-03,1,1,34,36,1,-1,1,2\n"
                     "8,2016-02-03,2016-02-03,1,1,34,36,1,0,1,2\n"
                     "11,2016-02-03,2016-02-03,1,1,34,36,1,0,1,many\n",
                flaws, sizeof flaws / sizeof *flaws);
    static const flaw of_years[] = {{2, "year", AB_ISSUE_EVENT_LATER},
                                    {3, "year", AB_ISSUE_NOT_A_TIME},
                                    {4, "year", AB_ISSUE_MISSING_VALUE}};
    check_flaws(YEARS "1,2017,1,34,36\n2,16,1,34,36\n3,,1,34,36\n", of_years, 3);
}

static void precision_says_where_and_when_it_may_have_been(void **state)
{
    (void)state;
    reading r = read_csv(ACLED "A1,2016-02-10,1,Battles,,34,36,1\n"
                               "A2,2016-02-10,2,battles,armed CLASH,34,36,2\n"
                               "A3,2016-02-10,3,Strategic developments,Other,34,36,3\n");
    assert_int_equal(r.status, AB_OK);
    const ab__event *e = r.list.at;
    assert_int_equal(e[0].first_day, e[0].last_day);
    assert_int_equal(e[1].first_day, day("2016-02-07"));
    assert_int_equal(e[1].last_day, day("2016-02-13"));
    assert_int_equal(e[2].first_day, day("2016-02-01"));
    assert_int_equal(e[2].last_day, day("2016-02-29"));
    assert_true(e[0].spread_m < e[1].spread_m && e[1].spread_m < e[2].spread_m);
    assert_string_equal(e[1].what, "Armed clash");
    assert_true(e[2].stop_prob == 0);
    end(&r);

    r = read_csv(
        UCDP "1,2016-02-03,2016-02-09,3,1,34,36,3,0,1,2\n2,2016-02-03,2016-02-03,1,6,34,36,1,,,\n");
    assert_int_equal(r.status, AB_OK);
    assert_int_equal(r.list.at[0].last_day - r.list.at[0].first_day, 6);
    assert_true(r.list.at[0].stop_prob < r.list.at[1].stop_prob);
    assert_true(r.list.at[1].spread_m >= AB_EVENT_NOWHERE);
    end(&r);
}

static void what_an_export_says_can_steer_no_terminal_and_fills_no_screen(void **state)
{
    (void)state;
    char csv[1000] =
        "event_id_cnty,event_date,time_precision,event_type,latitude,longitude,geo_precision,source\n"
        "\"A\n1\",2016-02-03,1,Battles,34,36,1,\"\t",
         *at = csv + strlen(csv);
    for (int i = 0; i < 200; i++, at += 2)
        memcpy(at, "\xC3\xA9", 3);
    strcpy(at, "\"\n");
    reading r = read_csv(csv);
    assert_int_equal(r.status, AB_OK);
    assert_string_equal(r.list.at[0].id, "A 1");
    assert_true(strlen(r.list.at[0].source) <= 80 && strlen(r.list.at[0].source) % 2 == 0);
    end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_read_as_both_exports_write_it),
        cmocka_unit_test(what_can_mean_two_days_or_none_is_refused),
        cmocka_unit_test(a_month_holds_its_day_and_begins_and_ends_with_itself),
        cmocka_unit_test(an_export_is_known_by_its_columns),
        cmocka_unit_test(columns_that_are_missing_are_named),
        cmocka_unit_test(all_flaws_of_an_acled_export_are_told_at_once),
        cmocka_unit_test(all_flaws_of_a_ucdp_export_are_told_at_once),
        cmocka_unit_test(precision_says_where_and_when_it_may_have_been),
        cmocka_unit_test(what_an_export_says_can_steer_no_terminal_and_fills_no_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
