#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/flow.h"
#include "base/arena.h"
#include "base/random.h"
#include "events/exported.h"
#include "events/weigh.h"
#include "support/small.h"

#define DAY_S 86400
/* Ten days from 1 March 2030; hub at 36 E 34 N, town at 36.5 E 34 N. */
#define ROADS                                                                                      \
    "[roads]\nid,wkt\n"                                                                            \
    "r1,\"LINESTRING(36 34,36.5 34)\"\n"                                                           \
    "r2,\"LINESTRING(36.5 34,36.5 35)\"\n"

static ab_events *import_at(const ab_operation *op, const char *csv)
{
    ab_book *book = exported(csv);
    ab_issues *issues = ab_issues_new(0);
    ab_events *events = NULL;
    ab_error err = AB_ERROR_INIT;

    ab_status status = ab_events_make(op, ab_book_at(book, 0), EXPORTED_NOW, &events, issues, &err);
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        char text[500];
        ab_issue_format(ab_issues_at(issues, i), text, sizeof text);
        print_message("%s\n", text);
    }
    if (status != AB_OK)
        fail_msg("%s", err.message);
    ab_issues_free(issues);
    ab_book_free(book);
    return events;
}

/* Adds rows to a text of `cap` bytes. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static void
add(char *csv, size_t cap, const char *format, ...)
{
    va_list args;
    size_t size = strlen(csv);

    va_start(args, format);
    int more = vsnprintf(csv + size, cap - size, format, args);
    va_end(args);
    assert_true(more >= 0 && (size_t)more < cap - size);
}

/* The reports about {table, row}. */
static int32_t about(const ab_events *events, ab_ref subject, ab_report *out, int32_t most)
{
    int32_t count, found = 0;
    const ab_report *rows = ab_events_reports(events, &count);

    for (int32_t i = 0; i < count; i++)
        if (rows[i].subject.table == subject.table && rows[i].subject.row == subject.row) {
            assert_true(found < most);
            out[found++] = rows[i];
        }
    return found;
}

static const ab_ref r1 = {AB_TABLE_roads, 0}, r2 = {AB_TABLE_roads, 1}, town = {AB_TABLE_places, 0},
                    hub = {AB_TABLE_hubs, 0};

static ab_time at(const char *text)
{
    ab_time out;
    assert_true(ab_time_parse(text, &out, NULL));
    return out;
}

/* ---- One event ---- */

static void a_fight_on_a_road_restricts_it_for_three_days(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nutc_offset_h,3\n" ROADS);
    ab_events *events = import_at(op, ACLED "SYR7,2030-03-04,1,Battles,Armed clash,34,36.25,1\n");
    ab_report row[4];

    assert_int_equal(about(events, r1, row, 4), 1);
    assert_int_equal(about(events, r2, row + 1, 3), 0);
    assert_int_equal(row->mode, AB_MODE_ROAD);
    assert_int_equal(row->state, AB_STATE_RESTRICTED);
    assert_true(row->from == at("2030-03-04T00:00+03:00"));
    assert_true(row->until == at("2030-03-07T00:00+03:00"));
    assert_true(row->reported_at == at("2030-03-05T00:00+03:00"));
    assert_string_equal(row->id, "acled.road.r1.2030-03-04");
    assert_string_equal(row->reported_by, "ACLED, events.csv");
    assert_non_null(
        strstr(row->note, "1 event nearby; most by SYR7, Armed clash, 2030-03-04: 0.0 km away"));
    assert_int_equal(strncmp(row->source, "assumed", 7), 0);
    /* 0.3 x 2 km / sqrt(2² + 2²) km = 0.21 */
    assert_non_null(strstr(row->note, "Chance of a stop 0.21 a day"));
    assert_int_equal(row->reliability, AB_RELIABILITY_D);
    assert_int_equal(row->credibility, AB_CREDIBILITY_3);
    ab_events_free(events);
    ab_operation_free(op);
}

static void a_town_hears_only_of_what_bears_more_on_it_than_on_any_road(void **state)
{
    (void)state;
    ab_report row[4];
    ab_operation *op = small_operation(ROADS);
    ab_events *events = import_at(op, ACLED "A1,2030-03-04,1,Battles,,34,36.5,1\n");
    assert_int_equal(about(events, town, row, 4), 0);
    assert_int_equal(about(events, r1, row, 4) + about(events, r2, row, 4), 2);
    ab_events_free(events);
    ab_operation_free(op);

    op = small_operation("");
    events = import_at(op, ACLED
                       "A1,2030-03-04,1,Battles,,34,36.5,1\nA2,2030-03-04,1,Battles,,34,36,1\n");
    assert_int_equal(about(events, town, row, 4), 1);
    assert_int_equal(about(events, hub, row, 4), 1);
    assert_string_equal(row->id, "acled.hub.hub.2030-03-04");
    ab_events_free(events);
    ab_operation_free(op);
}

static void what_bears_on_nothing_is_counted_and_told_why(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    ab_events *events =
        import_at(op, ACLED "A1,2030-03-04,1,Battles,,34,36.25,1\n"
                            "A2,2030-02-26,1,Battles,,34,36.25,1\n"
                            "A3,2030-03-11,1,Battles,,34,36.25,1\n"
                            "A4,2030-03-04,1,Strategic developments,Agreement,34,36.25,1\n"
                            "A5,2030-03-04,1,Battles,,37,36.25,1\n"
                            "A6,2030-03-04,3,Protests,,34,36.25,3\n");
    ab_events_tally t = ab_events_tally_of(events);
    assert_int_equal(t.events, 6);
    assert_int_equal(t.told, 1);
    assert_int_equal(t.outside, 2);
    assert_int_equal(t.silent, 1);
    assert_int_equal(t.far, 1);
    assert_int_equal(t.weak, 1);
    assert_int_equal(t.reports, 1);
    ab_events_free(events);
    events = import_at(
        op, UCDP
        "1,2030-03-04,2030-03-04,1,6,34,36.25,1,0,1,2\n2,2030-03-01,2030-03-31,4,1,34,36.25,1,0,1,2\n"
        "3,2030-01-01,2030-03-31,5,1,34,36.25,1,0,1,2\n");
    t = ab_events_tally_of(events);
    assert_int_equal(t.vague, 1);
    assert_int_equal(t.spread, 1);
    ab_events_free(events);
    ab_operation_free(op);
}

/* A rule of what is known: a report of a day that is over only after the operation is no use to its plan. */
static void reports_that_nobody_can_know_are_counted(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"
        "as_of,2030-03-06T00:00Z\n" ROADS);
    ab_events *events = import_at(
        op, ACLED "A1,2030-03-04,1,Battles,,34,36.25,1\nA2,2030-03-08,1,Battles,,34,36.25,1\n");
    ab_events_tally t = ab_events_tally_of(events);
    assert_int_equal(t.reports, 2);
    assert_int_equal(t.unknown, 1);
    ab_events_free(events);
    ab_operation_free(op);
}

/* ---- Many events ---- */

static void what_is_known_of_a_day_does_not_wait_for_what_is_known_of_a_week(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    ab_events *events = import_at(
        op, ACLED "A1,2030-03-04,1,Battles,,34,36.25,1\nA2,2030-03-05,2,Battles,,34,36.25,1\n");
    ab_report row[4];

    assert_int_equal(about(events, r1, row, 4), 2);
    assert_true(row[0].reported_at == at("2030-03-05T00:00Z"));
    assert_true(row[1].reported_at == at("2030-03-09T00:00Z"));
    assert_string_equal(row[1].id, "acled.road.r1.2030-03-02.week");
    assert_true(row[1].reliability > row[0].reliability || row[1].credibility > row[0].credibility);
    ab_events_free(events);
    ab_operation_free(op);
}

static void ten_reports_of_one_fight_weigh_as_one(void **state)
{
    (void)state;
    char csv[2000] = ACLED;
    ab_report row[4];
    ab_operation *op = small_operation(ROADS);

    for (int i = 0; i < 10; i++)
        add(csv, sizeof csv, "A%d,2030-03-04,1,Battles,,34,36.25,1\n", i);
    ab_events *events = import_at(op, csv);
    assert_int_equal(about(events, r1, row, 4), 1);
    assert_non_null(strstr(row->note, "10 events nearby"));
    assert_non_null(strstr(row->note, "Chance of a stop 0.21 a day"));
    ab_events_free(events);

    /* a second place has its own chance: 1 - (1 - 0.212)² */
    add(csv, sizeof csv, "B,2030-03-04,1,Battles,,34,36.35,1\n");
    events = import_at(op, csv);
    assert_int_equal(about(events, r1, row, 4), 1);
    assert_non_null(strstr(row->note, "Chance of a stop 0.38 a day"));
    assert_int_equal(row->credibility, AB_CREDIBILITY_2);
    ab_events_free(events);
    ab_operation_free(op);
}

static void a_year_is_a_rate_and_hardly_a_weight_on_any_day(void **state)
{
    (void)state;
    enum { CAP = 100000 };
    char *csv = calloc(CAP, 1);
    ab_report row[4];
    ab_operation *op = small_operation(ROADS);

    assert_non_null(csv);
    strcpy(csv, YEARS "1,2030,1,34,36.25\n");
    ab_events *events = import_at(op, csv);
    assert_int_equal(ab_events_tally_of(events).weak, 1);
    assert_int_equal(ab_events_tally_of(events).spread, 1);
    ab_events_free(events);

    for (int i = 2; i <= 1000; i++)
        add(csv, CAP, "%d,2030,1,34,36.25\n", i);
    events = import_at(op, csv);
    assert_int_equal(about(events, r1, row, 4), 1);
    assert_true(row->from == op->settings->start && row->until == op->settings->end);
    assert_true(row->reported_at == at("2031-01-01T00:00Z"));
    assert_int_equal(row->reliability, AB_RELIABILITY_E);
    assert_int_equal(row->credibility, AB_CREDIBILITY_3);
    assert_non_null(strstr(row->note, "1000 events nearby"));
    assert_non_null(strstr(row->note, "A rate: no day is known."));
    assert_string_equal(row->id, "ucdp.road.r1.2030-03-01.year");
    ab_events_free(events);
    ab_operation_free(op);
    free(csv);
}

/* ---- Any events ---- */

enum { EVENTS = 60, CSV_CAP = 20000 };

static double uniform(int seed, int i)
{
    return ab__random_uniform(11, (uint64_t)seed, (uint64_t)i);
}

/* Event i of a seed, near the roads, on some day around the operation. */
static void add_event(char *csv, int seed, int i)
{
    static const char *const kinds[] = {
        "Battles,", "Protests,", "Battles,Government regains territory", "Riots,Mob violence"};
    int at_one_place = uniform(seed, 10 * i) < 0.4;

    /* In thousandths, as whole numbers: a locale may have a comma. */
    int lat = at_one_place ? 34010 : 33900 + (int)(1200 * uniform(seed, 10 * i + 5));
    int lon = at_one_place ? 36300 : 35900 + (int)(800 * uniform(seed, 10 * i + 6));

    add(csv, CSV_CAP, "S%d,2030-%02d-%02d,%d,%s,%d.%03d,%d.%03d,%d\n", i,
        uniform(seed, 10 * i + 1) < 0.2 ? 2 : 3, 1 + (int)(13 * uniform(seed, 10 * i + 2)),
        1 + (int)(3 * uniform(seed, 10 * i + 3)), kinds[(int)(4 * uniform(seed, 10 * i + 4))],
        lat / 1000, lat % 1000, lon / 1000, lon % 1000, 1 + (int)(3 * uniform(seed, 10 * i + 7)));
}

/* log-odds that the reports about a subject add on a day, by the tables of docs/models/access.md */
static double weight_on(const ab_events *events, ab_ref subject, ab_time noon)
{
    static const double r[] = {5, 3.5, 2, 1, 0.3, 0}, k[] = {1, 0.8, 0.5, 0.25, 0.1, 0};
    int32_t count;
    const ab_report *rows = ab_events_reports(events, &count);
    double sum = 0;

    for (int32_t i = 0; i < count; i++)
        if (rows[i].subject.table == subject.table && rows[i].subject.row == subject.row &&
            rows[i].from <= noon && noon < rows[i].until)
            sum += r[rows[i].reliability] * k[rows[i].credibility];
    return sum;
}

static void one_more_event_never_makes_a_road_safer(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    for (int seed = 0; seed < 4; seed++) {
        char csv[CSV_CAP] = ACLED;
        double before[2][10] = {{0}};
        for (int i = 0; i < EVENTS; i++) {
            add_event(csv, seed, i);
            ab_events *events = import_at(op, csv);
            for (int road = 0; road < 2; road++)
                for (int day = 0; day < 10; day++) {
                    double weight = weight_on(events, road ? r2 : r1,
                                              op->settings->start + day * DAY_S + DAY_S / 2);
                    assert_true(weight >= before[road][day] - 1e-12);
                    before[road][day] = weight;
                }
            ab_events_free(events);
        }
    }
    ab_operation_free(op);
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    for (int seed = 10; seed < 20; seed++) {
        char one[CSV_CAP] = ACLED, other[CSV_CAP] = ACLED;
        int32_t count, same;
        for (int i = 0; i < EVENTS; i++) {
            add_event(one, seed, i);
            add_event(other, seed, (i * 7 + 3) % EVENTS);
        }
        ab_events *a = import_at(op, one), *b = import_at(op, other);
        const ab_report *x = ab_events_reports(a, &count), *y = ab_events_reports(b, &same);
        assert_true(count > 0);
        assert_int_equal(count, same);
        for (int32_t i = 0; i < count; i++) {
            assert_string_equal(x[i].id, y[i].id);
            assert_string_equal(x[i].note, y[i].note);
            assert_true(x[i].until == y[i].until && x[i].reported_at == y[i].reported_at);
            assert_true(x[i].reliability == y[i].reliability &&
                        x[i].credibility == y[i].credibility);
        }
        ab_events_free(a);
        ab_events_free(b);
    }
    ab_operation_free(op);
}

static void reports_lie_in_the_operation_last_a_week_at_most_and_do_not_overlap(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-31T00:00Z\n" ROADS);
    char csv[CSV_CAP] = ACLED;
    ab_report row[64];

    for (int day = 1; day <= 28; day++)
        add(csv, sizeof csv, "D%d,2030-03-%02d,1,Battles,,34,36.25,1\n", day, day);
    ab_events *events = import_at(op, csv);
    int32_t count = about(events, r1, row, 64);
    assert_true(count >= 4 && count <= 6);
    for (int32_t i = 0; i < count; i++) {
        assert_true(row[i].from >= op->settings->start && row[i].until <= op->settings->end);
        assert_true(row[i].until - row[i].from <= 7 * DAY_S);
        assert_true(row[i].reported_at >= row[i].from && row[i].reported_at <= row[i].until);
        if (i > 0)
            assert_true(row[i].from == row[i - 1].until);
    }
    assert_true(row[0].from == op->settings->start && row[count - 1].until == op->settings->end);
    ab_events_free(events);
    ab_operation_free(op);
}

static void each_event_has_one_fate(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    for (int seed = 30; seed < 40; seed++) {
        char csv[CSV_CAP] = ACLED;
        for (int i = 0; i < EVENTS; i++)
            add_event(csv, seed, i);
        ab_events *events = import_at(op, csv);
        ab_events_tally t = ab_events_tally_of(events);
        assert_int_equal(t.events, EVENTS);
        assert_int_equal(t.told + t.outside + t.silent + t.vague + t.far + t.weak, EVENTS);
        assert_true(t.told > 0);
        ab_events_free(events);
    }
    ab_operation_free(op);
}

/* ---- As a table ---- */

static ab_book *lay_out(const ab_operation *op, const char *csv, ab_status expected)
{
    ab_book *book = exported(csv), *out = NULL;
    ab_issues *issues = ab_issues_new(0);
    ab_events_tally tally;

    assert_int_equal(
        ab_flow_import_events(op, ab_book_at(book, 0), EXPORTED_NOW, &out, &tally, issues, NULL),
        expected);
    assert_true((out != NULL) == (expected == AB_OK));
    ab_issues_free(issues);
    ab_book_free(book);
    return out;
}

static void rows_can_be_added_to_the_operation_and_are_known_again(void **state)
{
    (void)state;
    char tables[CSV_CAP] = ROADS "[access]\n", csv[CSV_CAP] = ACLED;
    ab_operation *op = small_operation(ROADS);

    for (int i = 0; i < EVENTS; i++)
        add_event(csv, 50, i);
    ab_book *book = lay_out(op, csv, AB_OK);
    const ab_sheet *sheet = ab_book_at(book, 0);
    assert_string_equal(sheet->name, "access");
    assert_int_equal(sheet->column_count, AB_COLS_report);
    for (int64_t r = -1; r < sheet->row_count; r++)
        for (int32_t c = 0; c < sheet->column_count; c++)
            add(tables, sizeof tables, "\"%s\"%s",
                r < 0 ? sheet->header[c] : sheet->cells[r * sheet->column_count + c],
                c + 1 < sheet->column_count ? "," : "\n");
    ab_operation *with = small_operation(tables);
    assert_int_equal(with->access.count, sheet->row_count);
    ab_events *events = import_at(op, csv);
    int32_t count;
    const ab_report *rows = ab_events_reports(events, &count);
    for (int32_t i = 0; i < count; i++) {
        const ab_report *row = &with->access.at[i];
        assert_string_equal(row->id, rows[i].id);
        assert_string_equal(row->note, rows[i].note);
        assert_true(row->subject.table == rows[i].subject.table &&
                    row->subject.row == rows[i].subject.row);
        assert_true(row->from == rows[i].from && row->until == rows[i].until &&
                    row->reported_at == rows[i].reported_at);
        assert_true(row->mode == rows[i].mode && row->state == rows[i].state);
        assert_true(row->reliability == rows[i].reliability &&
                    row->credibility == rows[i].credibility);
    }
    ab_events_free(events);
    events = import_at(with, csv);
    assert_int_equal(ab_events_tally_of(events).before, sheet->row_count);
    ab_events_free(events);
    ab_operation_free(with);
    ab_book_free(book);
    ab_operation_free(op);
}

static void no_event_is_no_report(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    ab_book *book = lay_out(op, ACLED, AB_OK);
    assert_int_equal(ab_book_at(book, 0)->row_count, 0);
    ab_book_free(book);
    assert_null(lay_out(op, "id,name\n1,Town\n", AB_FLAWED));
    ab_operation_free(op);
}

static void want_of_memory_is_told_and_loses_nothing(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS);
    ab_book *book = exported(
        ACLED "A1,2030-03-04,1,Battles,,34,36.25,1\nA2 ,2030-03-04,3,Battles,,34,36.25,1\n");
    ab_status status = AB_NO_MEMORY;

    for (int64_t n = 1; status != AB_OK; n++) {
        ab_issues *issues = ab_issues_new(0);
        ab_book *out = NULL;
        ab_events_tally tally;
        assert_true(n < 1000);
        ab__fail_allocation(n);
        status = ab_flow_import_events(op, ab_book_at(book, 0), EXPORTED_NOW, &out, &tally, issues,
                                       NULL);
        ab__fail_allocation(0);
        assert_true(status == AB_NO_MEMORY || status == AB_OK);
        assert_true((out != NULL) == (status == AB_OK));
        ab_book_free(out);
        ab_issues_free(issues);
    }
    ab_book_free(book);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fight_on_a_road_restricts_it_for_three_days),
        cmocka_unit_test(a_town_hears_only_of_what_bears_more_on_it_than_on_any_road),
        cmocka_unit_test(what_bears_on_nothing_is_counted_and_told_why),
        cmocka_unit_test(reports_that_nobody_can_know_are_counted),
        cmocka_unit_test(what_is_known_of_a_day_does_not_wait_for_what_is_known_of_a_week),
        cmocka_unit_test(ten_reports_of_one_fight_weigh_as_one),
        cmocka_unit_test(a_year_is_a_rate_and_hardly_a_weight_on_any_day),
        cmocka_unit_test(one_more_event_never_makes_a_road_safer),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(reports_lie_in_the_operation_last_a_week_at_most_and_do_not_overlap),
        cmocka_unit_test(each_event_has_one_fate),
        cmocka_unit_test(rows_can_be_added_to_the_operation_and_are_known_again),
        cmocka_unit_test(no_event_is_no_report),
        cmocka_unit_test(want_of_memory_is_told_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
