/* Reports, requests, agreements, movements and authorities that contradict one another. */
#include <stdlib.h>

#include "airbridge/authority.h"
#include "airbridge/io.h"
#include "base/buf.h"
#include "model/mini.h"

/* ---- Reports that quote one another ---- */

#define REPORTS "id|subject|state|reported_at|quotes\n"

static void a_circle_of_quotes_is_told_once_with_all_ids(void **state)
{
    (void)state;
    assert_mini_flaw("access",
                     REPORTS "a|road:r1|closed|2030-02-20T00:00Z|b\n"
                             "b|road:r1|closed|2030-02-21T00:00Z|a\n",
                     AB_ISSUE_QUOTES_CIRCLE,
                     "access.csv:2: quotes: expected a report that does not lead back to itself: a "
                     "quotes b quotes a; found \"b\"; somebody said it first: empty quotes of a, "
                     "which is the earliest");
    /* four, entered from outside at two points, all of one time */
    assert_mini_flaw(
        "access",
        REPORTS "in|road:r1|closed|2030-02-20T00:00Z|d\n"
                "c|road:r1|closed|2030-02-20T00:00Z|d\n"
                "a|road:r1|closed|2030-02-20T00:00Z|b\n"
                "d|road:r1|closed|2030-02-20T00:00Z|a\n"
                "b|road:r1|closed|2030-02-20T00:00Z|c\n"
                "to|road:r1|closed|2030-02-20T00:00Z|in\n",
        AB_ISSUE_QUOTES_CIRCLE,
        "access.csv:3: quotes: expected a report that does not lead back to itself: c quotes d "
        "quotes a quotes b quotes c; found \"d\"; somebody said it first: empty quotes of that "
        "report");
    read_operation of = read_mini_with("access", REPORTS "a|road:r1|closed|2030-02-20T00:00Z|a\n"
                                                         "b|road:r1|closed|2030-02-20T00:00Z|c\n"
                                                         "c|road:r1|closed|2030-02-20T00:00Z|b\n");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_QUOTES_CIRCLE), 2);
    assert_int_equal(ab_issues_count(of.issues), 2);
    forget_operation(&of);
}

static void a_story_told_on_has_no_circle(void **state)
{
    (void)state;
    assert_mini_sound("access", REPORTS "a|road:r1|closed|2030-02-20T00:00Z|\n"
                                        "b|road:r1|closed|2030-02-20T00:00Z|a\n"
                                        "c|road:r1|closed|2030-02-21T00:00Z|a\n"
                                        "d|road:r1|closed|2030-02-22T00:00Z|c\n");
}

/* Each circle of many once, and no report outside one: against walking from every report. */
static void circles_are_found_as_by_walking_from_each(void **state)
{
    (void)state;
    enum { REPORTS_MOST = 12 };
    uint64_t seed = 16;
    for (int round = 0; round < 300; round++) {
        int next[REPORTS_MOST], circles = 0;
        ab_buf text = AB_BUF_INIT;
        ab__buf_add(&text, REPORTS);
        for (int r = 0; r < REPORTS_MOST; r++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            next[r] = (int)((seed >> 33) % (REPORTS_MOST + 4));
            ab__buf_printf(&text, "a%d|road:r1|closed|2030-02-20T00:00Z|", r);
            if (next[r] < REPORTS_MOST)
                ab__buf_printf(&text, "a%d", next[r]);
            ab__buf_add(&text, "\n");
        }
        for (int r = 0; r < REPORTS_MOST; r++) {
            int at = r, least = r, steps = 0;
            do {
                at = next[at];
                least = at < least ? at : least;
                steps++;
            } while (at < REPORTS_MOST && at != r && steps <= REPORTS_MOST);
            circles += at == r && least == r;
        }
        read_operation of = read_mini_with("access", ab__buf_text(&text));
        assert_int_equal(count_of_code(of.issues, AB_ISSUE_QUOTES_CIRCLE), circles);
        assert_int_equal(ab_issues_count(of.issues), circles);
        forget_operation(&of);
        ab__buf_free(&text);
    }
}

static void nobody_quotes_what_was_not_said_yet(void **state)
{
    (void)state;
    assert_mini_flaw("access",
                     REPORTS "a|road:r1|closed|2030-02-20T00:00Z|b\n"
                             "b|road:r1|closed|2030-02-21T00:00Z|\n",
                     AB_ISSUE_QUOTES_LATER,
                     "access.csv:2: quotes: expected a report made before this one, "
                     "2030-02-20T00:00Z; found \"b\"; which of the two repeats the other?");
}

/* ---- Movements and their requests ---- */

#define REQUESTED                                                                                  \
    {                                                                                              \
        "requests", "id|asked_at|place|reply|reply_at\n"                                           \
                    "yes|2030-02-10T22:00Z|upper|approved|2030-02-12T00:00Z\n"                     \
                    "no|2030-02-01T08:00Z|upper|refused|2030-02-05T08:00Z\n"                       \
    }
#define MOVED "id|date|place|request|loaded_t|offloaded_t|returned_t|stopped_at\n"

static void assert_moved(const char *movements, int32_t code, const char *message)
{
    const table_text tables[] = {REQUESTED, {"movements", movements}};
    read_operation of = read_mini(tables, 2);
    if (message != NULL)
        assert_says(of.issues, code, message);
    if (ab_issues_count(of.issues) != (message != NULL)) {
        print_issues(of.issues);
        fail_msg("not the one flaw %d", (int)code);
    }
    forget_operation(&of);
}

static void nothing_moves_before_it_was_asked_for(void **state)
{
    (void)state;
    assert_moved(MOVED "m|2030-02-09|upper|yes|60|60||\n", AB_ISSUE_MOVED_BEFORE_ASK,
                 "movements.csv:2: date: expected a day not before yes was asked for, "
                 "2030-02-10T22:00Z; found \"2030-02-09\"; is the year right, or did it come from "
                 "another request?");
    /* asked for at one in the morning of the 11th, local time */
    assert_moved(MOVED "m|2030-02-11|upper|yes|60|60||\n", 0, NULL);
    assert_moved(MOVED "m|2030-02-10|upper|yes|60|60||\n", AB_ISSUE_MOVED_BEFORE_ASK,
                 "movements.csv:2: date: expected a day not before yes was asked for, "
                 "2030-02-10T22:00Z; found \"2030-02-10\"; is the year right, or did it come from "
                 "another request?");
}

static void nothing_comes_through_by_a_request_that_was_refused(void **state)
{
    (void)state;
    static const char message[] =
        "movements.csv:2: request: expected a request that was granted, of goods that came through; "
        "found \"no\"; no was refused on 2030-02-05T08:00Z: if it went all the same, say in reply "
        "what let it through, or name the request that was granted";
    assert_moved(MOVED "m|2030-02-11|upper|no|60|60||\n", AB_ISSUE_MOVED_REFUSED, message);
    assert_moved(MOVED "m|2030-02-11|upper|no||||\n", AB_ISSUE_MOVED_REFUSED, message);
    /* what was turned back, or never loaded, is what a refusal does */
    assert_moved(MOVED "m|2030-02-11|upper|no|60|0|60|\n", 0, NULL);
    assert_moved(MOVED "m|2030-02-11|upper|no||||last checkpoint\n", 0, NULL);
    assert_moved(MOVED "m|2030-02-11|upper|no|0|||\n", 0, NULL);
}

/* ---- Agreements of one authority ---- */

#define AGREED                                                                                     \
    "id|kind|parties|subjects|mode|commodities|from|until|daily_from|daily_until|"                 \
    "quota_trips_per_day|quota_t_per_day|hold_prob_per_day\n"
#define PACT(id, who, of, window, figures)                                                         \
    id "|corridor|" who "|" of "|road|food|" window "|" figures "\n"
#define EARLY "2030-03-01T00:00Z|2030-03-06T00:00Z"
#define LATE  "2030-03-05T00:00Z|2030-03-09T00:00Z"
#define AFTER "2030-03-06T00:00Z|"
#define SAYS(figure)                                                                               \
    "expected " figure ", as agreement g1 of line 2 has it with A for the same at the same time; "
#define REPLACES                                                                                   \
    " (docs/models/access.md); if one replaces the other, end that one where the other begins"

/* What is said of these agreements; "": nothing. */
static void assert_agreed(const char *agreements, const char *message)
{
    const table_text tables[] = {{"agreements", agreements}, {"options", NULL}};
    read_operation of = read_mini(tables, 2);
    if (message != NULL)
        assert_says(of.issues, AB_ISSUE_AGREED_OTHERWISE, message);
    if (count_of_code(of.issues, AB_ISSUE_AGREED_OTHERWISE) != (message != NULL)) {
        print_issues(of.issues);
        fail_msg("not this one contradiction: %s", message == NULL ? "none" : message);
    }
    forget_operation(&of);
}

static void two_figures_of_one_promise_contradict(void **state)
{
    (void)state;
    assert_agreed(AGREED PACT("g1", "A; B", "place:upper", EARLY, "||20||")
                      PACT("g2", "C; the a", "place:upper", LATE, "||5||"),
                  "agreements.csv:3: quota_trips_per_day: " SAYS(
                      "20") "found \"5\"; both bind, so the smaller quota decides" REPLACES);
    assert_agreed(AGREED PACT("g1", "A", "", EARLY, "|||100|") PACT("g2", "A", "", LATE, "|||80|"),
                  "agreements.csv:3: quota_t_per_day: " SAYS(
                      "100") "found \"80\"; both bind, so the smaller quota decides" REPLACES);
    assert_agreed(AGREED PACT("g1", "A", "place:upper", EARLY, "07:00|17:00|||")
                      PACT("g2", "A", "place:upper", LATE, "07:00|12:00|||"),
                  "agreements.csv:3: daily_until: " SAYS(
                      "17:00") "found \"12:00\"; the hours of either may be used" REPLACES);
    assert_agreed(AGREED PACT("g1", "A", "place:upper; place:ridge", EARLY, "||||0.9")
                      PACT("g2", "A", "place:upper", LATE, "||||0.99"),
                  "agreements.csv:3: hold_prob_per_day: " SAYS(
                      "0.9") "found \"0.99\"; the surer one decides" REPLACES);
    assert_agreed(
        AGREED "g1|pause|A|place:upper|||" EARLY "|||||0.9\n"
               "g2|pause|A|place:upper|||" LATE "|||||0.8\n",
        "agreements.csv:3: hold_prob_per_day: " SAYS(
            "0.9") "found \"0.8\"; neither counts, as this kind permits nothing" REPLACES);
    /* a corridor that is open for less of the day than the truce, and a truce that may hold where the corridor does not */
    assert_agreed(AGREED "g1|ceasefire|A|place:upper|road|food|" EARLY "|07:00|17:00|||0.9\n"
                         "g2|corridor|A|place:upper|road|food|" LATE "|07:00|12:00|||0.8\n",
                  "agreements.csv:3: daily_until: " SAYS(
                      "17:00") "found \"12:00\"; the hours of either may be used" REPLACES);
}

static void two_promises_do_not(void **state)
{
    (void)state;
    static const char *const others[] = {
        PACT("g2", "A", "place:upper", LATE, "||20||0.9"),          /* the same */
        PACT("g2", "A", "place:upper", LATE, "||||"),               /* says nothing */
        PACT("g2", "A", "place:upper", AFTER, "||5||0.5"),          /* later */
        PACT("g2", "B", "place:upper", LATE, "||5||0.5"),           /* with another */
        PACT("g2", "", "place:upper", LATE, "||5||0.5"),            /* with nobody */
        PACT("g2", "A", "place:ridge", LATE, "||5||0.5"),           /* elsewhere */
        PACT("g2", "A", "", LATE, "||5||0.5"),                      /* everywhere */
        PACT("g2", "A", "place:upper; place:ridge", LATE, "||5||"), /* of two together */
        "g2|corridor|A|place:upper|road|medical|" LATE "|||5||0.5\n",
        "g2|corridor|A|place:upper|helicopter|food|" LATE "|||5||0.5\n",
        "g2|quota|A|place:upper|road|food|" LATE "|||5||0.5\n",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char text[1000];
        (void)snprintf(text, sizeof text, AGREED "%s%s",
                       PACT("g1", "A", "place:upper", EARLY, "||20||0.9"), others[i]);
        assert_agreed(text, NULL);
    }
    /* an evening and the small hours after it are one night */
    assert_agreed(AGREED PACT("g1", "A", "place:upper", EARLY, "18:30|24:00|||")
                      PACT("g2", "A", "place:upper", EARLY, "00:00|01:00|||"),
                  NULL);
}

/* ---- Spellings of authorities ---- */

#define ASKED       "id|asked_at|asked_of|place|reply_due\n"
#define ASK(id, of) id "|2030-02-20T00:00Z|" of "|plain|2030-03-07T08:00Z\n"
#define SYRIA                                                                                      \
    ASKED ASK("q1", "Government of Syria") ASK("q2", "Government of Syria")                        \
        ASK("q3", "Army of Conquest")

static void assert_asked(const char *requests, int32_t code, const char *message)
{
    read_operation of = read_mini_with("requests", requests);
    if (message != NULL)
        assert_says(of.issues, code, message);
    if (ab_issues_count(of.issues) != (message != NULL)) {
        print_issues(of.issues);
        fail_msg("not this one flaw: %s", message == NULL ? "none" : message);
    }
    forget_operation(&of);
}

#define LIKE_SYRIA(found, hint)                                                                    \
    "requests.csv:5: asked_of: expected Government of Syria, which 2 cells name, or a name that "  \
    "is less like it; found \"" found "\"; if they are one, write Government of Syria in " hint

static void a_name_in_another_spelling_is_merged_with_that_used_most(void **state)
{
    (void)state;
    assert_asked(SYRIA ASK("q4", "Govt of Syria"), AB_ISSUE_LIKE_AUTHORITY,
                 LIKE_SYRIA("Govt of Syria", "the 1 cell that names it so"));
    assert_asked(SYRIA ASK("q4", "Governmnet of Syria"), AB_ISSUE_LIKE_AUTHORITY,
                 LIKE_SYRIA("Governmnet of Syria", "the 1 cell that names it so"));
    /* once for an authority, with the number of its cells */
    assert_asked(SYRIA ASK("q4", "Syrian Government") ASK("q5", "Government of Syria")
                     ASK("q6", "Syrian Government"),
                 AB_ISSUE_LIKE_AUTHORITY,
                 "requests.csv:5: asked_of: expected Government of Syria, which 3 cells name, or a "
                 "name that is less like it; found \"Syrian Government\"; if they are one, write "
                 "Government of Syria in each of the 2 cells that name it so");
}

static void two_armies_are_two(void **state)
{
    (void)state;
    assert_asked(SYRIA ASK("q4", "Free Syrian Army") ASK("q5", "Syrian Army"), 0, NULL);
    assert_asked(SYRIA ASK("q4", "Government of Syria and allies"), 0, NULL);
    assert_asked(SYRIA ASK("q4", "Division 16") ASK("q5", "Division 17"), 0, NULL);
}

static void a_name_in_another_dress_is_read_as_the_same_and_noted(void **state)
{
    (void)state;
    static const char *const others[][2] = {{"ARMY OF CONQUEST", "ARMY OF CONQUEST"},
                                            {"The Army of Conquest", "The Army of Conquest"},
                                            {"Army-of-Conquest", "Army-of-Conquest"},
                                            {"Army of  Conquest", "Army of  Conquest"}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char text[1000], message[500];
        (void)snprintf(
            text, sizeof text,
            SYRIA "q4|2030-02-20T00:00Z|%s|plain|2030-03-07T08:00Z\n" ASK("q5", "Army of Conquest"),
            others[i][0]);
        (void)snprintf(
            message, sizeof message,
            "requests.csv:5: asked_of: expected Army of Conquest, as it is mostly spelt; "
            "found \"%s\"; it is read as the same; write it as the others do",
            others[i][1]);
        assert_asked(text, AB_ISSUE_SPELT_OTHERWISE, message);
    }
    assert_asked(
        SYRIA ASK("q4", "Division 16") ASK("q5", "Division 16")
            ASK("q6", "Division \xD9\xA1\xD9\xA6"),
        AB_ISSUE_SPELT_OTHERWISE,
        "requests.csv:7: asked_of: expected Division 16, as it is mostly spelt; found "
        "\"Division \xD9\xA1\xD9\xA6\"; it is read as the same; write it as the others do");
    assert_asked(SYRIA ASK("q4", "  Army of Conquest  "), 0, NULL); /* spaces around are nothing */
}

static void every_column_that_names_one_is_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *table, *text, *line;
    } at[] = {
        {"agreements",
         "id|kind|parties|from\ng1|pause|Peshmerga; Govt of Syria|2030-03-03T00:00Z\n",
         "agreements.csv:2: parties: "},
        {"movements", "id|date|place|gatekeeper\nm1|2030-02-10|upper|Govt of Syria\n",
         "movements.csv:2: gatekeeper: "},
        {"places",
         "id|lon_deg|lat_deg|population|besieged_by\n"
         "upper|36.7|34.3|42000|Nusra; Govt of Syria\nridge|37.2|34.1|9000|\nplain|38.4|34.2|1|\n",
         "places.csv:2: besieged_by: "},
        {"access",
         "id|subject|state|reported_at|reported_by\n"
         "a1|place:upper|open|2030-02-20T00:00Z|Govt of Syria\n",
         "access.csv:2: reported_by: "},
        {"hubs",
         "id|lon_deg|lat_deg|runway_m|held_by\nport|36|34.5||Govt of Syria\n"
         "field|36.9|33.9|2800|\n",
         "hubs.csv:2: held_by: "},
        {"roads",
         "id|wkt|held_by\nr1|LINESTRING(36 34.5,36.7 34.3)|Govt of Syria\n"
         "r2|LINESTRING(36.7 34.3,37.2 34.1)|\nr3|LINESTRING(36.7 34.3,38.4 34.2)|\n",
         "roads.csv:2: held_by: "},
        {"exclusions",
         "id|kind|wkt|held_by\n"
         "line|held by others|POLYGON((38.5 34.1,38.7 34.1,38.7 34.3,38.5 34.1))|"
         "Govt of Syria\n",
         "exclusions.csv:2: held_by: "},
    };
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        char message[500];
        const table_text tables[] = {
            {at[i].table, at[i].text}, {"requests", SYRIA}, {"options", NULL}};
        read_operation of = read_mini(tables, 3);
        (void)snprintf(
            message, sizeof message,
            "%sexpected Government of Syria, which 2 cells name, or a name that is less "
            "like it; found \"Govt of Syria\"; if they are one, write Government of Syria "
            "in the 1 cell that names it so",
            at[i].line);
        assert_says(of.issues, AB_ISSUE_LIKE_AUTHORITY, message);
        assert_int_equal(count_of_code(of.issues, AB_ISSUE_LIKE_AUTHORITY), 1);
        forget_operation(&of);
    }
}

static void what_differs_in_case_or_spaces_is_merged_in_the_copy(void **state)
{
    (void)state;
    static const table_text tables[] = {
        {"agreements",
         "id|kind|parties|from\n"
         "g1|pause|GOVERNMENT OF SYRIA;the army of conquest; army  of Conquest|2030-03-03T00:00Z\n"},
        {"requests", SYRIA ASK("q4", "government of syria") ASK("q5", "Govt of Syria")
                         ASK("q6", "Army of Conquest")},
        {"options", NULL}};
    ab_error err = AB_ERROR_INIT;
    ab_changes changes;
    ab_book *book = mini_book(tables, 3), *mended;
    read_operation of = read_sheets(book);
    assert_int_equal(ab_book_fix(book, ab_input_schema(), of.issues, &mended, &changes, &err),
                     AB_OK);
    assert_int_equal(changes.count, 2);
    int parties = strcmp(changes.at[0].column, "parties") == 0 ? 0 : 1;
    assert_string_equal(changes.at[parties].after,
                        "Government of Syria; the army of conquest; Army of Conquest");
    assert_string_equal(changes.at[1 - parties].after, "Government of Syria");
    forget_operation(&of);
    of = read_sheets(mended);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_SPELT_OTHERWISE), 1); /* "the" */
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_LIKE_AUTHORITY), 1);
    forget_operation(&of);
    ab_book_free(mended);
    ab_book_free(book);
}

/* ---- Real operations ---- */

static void the_examples_raise_no_false_alarm(void **state)
{
    (void)state;
    static const char *const examples[] = {"syria-2016", "deir-ez-zor-2016", "sinjar-2014",
                                           "kobani-2014"};
    static const int32_t codes[] = {AB_ISSUE_QUOTES_CIRCLE,    AB_ISSUE_QUOTES_LATER,
                                    AB_ISSUE_AGREED_OTHERWISE, AB_ISSUE_SPELT_OTHERWISE,
                                    AB_ISSUE_LIKE_AUTHORITY,   AB_ISSUE_MOVED_BEFORE_ASK,
                                    AB_ISSUE_MOVED_REFUSED};
    const char *root = getenv("SOURCE_DIR");
    if (root == NULL)
        skip();
    for (int e = 0; e < 4; e++) {
        char path[4096];
        ab_error err = AB_ERROR_INIT;
        ab_book *book = NULL;
        ab_authorities *all;
        ab_issues *issues = ab_issues_new(0);
        (void)snprintf(path, sizeof path, "%s/examples/%s", root, examples[e]);
        assert_int_equal(ab_book_read(path, NULL, &book, issues, &err), AB_OK);
        read_operation of = read_sheets(book);
        for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
            if (count_of_code(of.issues, codes[i]) > 0) {
                print_issues(of.issues);
                fail_msg("%s: AB%04d", examples[e], (int)codes[i]);
            }
        assert_int_equal(ab_authorities_make(of.op, &all, &err), AB_OK);
        assert_true(all->count >= 2);
        ab_authorities_free(all);
        forget_operation(&of);
        ab_book_free(book);
        ab_issues_free(issues);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_circle_of_quotes_is_told_once_with_all_ids),
        cmocka_unit_test(a_story_told_on_has_no_circle),
        cmocka_unit_test(circles_are_found_as_by_walking_from_each),
        cmocka_unit_test(nobody_quotes_what_was_not_said_yet),
        cmocka_unit_test(nothing_moves_before_it_was_asked_for),
        cmocka_unit_test(nothing_comes_through_by_a_request_that_was_refused),
        cmocka_unit_test(two_figures_of_one_promise_contradict),
        cmocka_unit_test(two_promises_do_not),
        cmocka_unit_test(a_name_in_another_spelling_is_merged_with_that_used_most),
        cmocka_unit_test(two_armies_are_two),
        cmocka_unit_test(a_name_in_another_dress_is_read_as_the_same_and_noted),
        cmocka_unit_test(every_column_that_names_one_is_looked_at),
        cmocka_unit_test(what_differs_in_case_or_spaces_is_merged_in_the_copy),
        cmocka_unit_test(the_examples_raise_no_false_alarm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
