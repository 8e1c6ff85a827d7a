/* Whose yes to push for, for a terminal and for programs. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/rows_json.h"
#include "report/text.h"

static const char restricted[] = "Restricted: it says who decides on which convoy, and when.";

enum { MOST_LINES = 6, DAY_S = 86400, MORE_DATES = 3 };

static ab_time offset_of(const ab_data *results)
{
    double given = 0;
    return ab__number_parse(ab__fact(results, "utc_offset_s"), &given) ? (ab_time)given : 0;
}

/* "Tue 16 Feb", local. */
static void add_day(ab_buf *out, ab_time local)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    int64_t day = local / DAY_S - (local % DAY_S < 0);
    ab__buf_printf(out, "%s ", days[((day % 7) + 7) % 7]);
    ab__text_day(out, local, false);
}

/* "Tue 16 Feb 14:00", local. */
static void add_hour(ab_buf *out, ab_time local)
{
    ab_time clock_s = ((local % DAY_S) + DAY_S) % DAY_S;
    char clock[AB_TIME_TEXT_CAP];
    add_day(out, local);
    ab__buf_printf(out, " %s", ab_clock_format((int32_t)clock_s, clock));
}

static void put(ab_buf *out, int indent, ab_buf *line)
{
    for (int i = 0; i < indent; i++)
        ab__buf_char(out, ' ');
    ab__text_wrap(out, ab__buf_text(line), AB_SCREEN_COLUMNS - indent, indent, MOST_LINES);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line->failed;
    ab__buf_free(line);
}

/* "push Government of Syria (request feb_duma, asked Fri 12 Feb, was due Fri 19 Feb)" */
static void add_ask(ab_buf *out, const ab_data *results, const ab_chase_row *row, int number)
{
    ab_buf line = AB_BUF_INIT;
    char people[AB_NUMBER_CAP];
    ab_time offset_s = offset_of(results), now = AB_TIME_NONE;
    (void)ab_time_parse(ab__fact(results, "now"), &now, NULL);
    ab__buf_printf(&line, "%d %s, by %s, %s people: %s %s", number, row->name[0] ? row->name : row->place, row->means,
                   ab__number_people((double)row->people, 0, people), row->ask,
                   row->authority[0] ? row->authority : "whoever decides (nobody is named)");
    if (row->request[0]) {
        ab__buf_printf(&line, " (request %s, asked ", row->request);
        add_day(&line, row->asked_at + offset_s);
        if (row->due_at != AB_TIME_NONE) {
            ab__buf_add(&line, row->due_at < now ? ", was due " : ", due ");
            add_day(&line, row->due_at + offset_s);
        }
        ab__buf_add(&line, ")");
    }
    if (row->ends_at != AB_TIME_NONE) {
        ab__buf_add(&line, "; what is given ends ");
        add_day(&line, row->ends_at + offset_s);
    }
    put(out, 0, &line);
}

static void add_first(ab_buf *out, const ab_data *results, const ab_chase_row *row)
{
    ab_time offset_s = offset_of(results);
    ab_buf line = AB_BUF_INIT;
    ab__buf_add(&line, "a yes by ");
    add_hour(&line, row->yes_by + offset_s);
    ab__buf_add(&line, " still saves ");
    add_day(&line, row->depart + offset_s);
    ab__buf_printf(&line, ": %s", row->words);
    put(out, 4, &line);
}

static void add_hope(ab_buf *out, const ab_chase_row *row)
{
    ab_buf line = AB_BUF_INIT;
    char stake[AB_NUMBER_CAP], unmet[AB_NUMBER_CAP];
    ab__buf_printf(&line, "an answer by then: %.0f %% (%.0f-%.0f); its answers take %.0f days, if they come; at stake %s "
                   "ration-days, %s if no yes comes",
                   100 * row->answer_prob, 100 * row->answer_prob_low, 100 * row->answer_prob_high, row->latency_days,
                   ab__number_people(row->stake_ration_days, 0, stake), ab__number_people(row->unmet_ration_days, 0, unmet));
    put(out, 4, &line);
}

/* The dates after the first, each with its hour. */
static void add_later(ab_buf *out, const ab_data *results, const ab_chase_row *row)
{
    const ab_chase_date *date = AB_RESULT_ROWS(results, chase_dates, ab_chase_date);
    ab_time offset_s = offset_of(results);
    ab_buf line = AB_BUF_INIT;
    int told = 0, more = 0;
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, chase_dates); i++) {
        if (strcmp(date[i].place, row->place) != 0 || strcmp(date[i].means, row->means) != 0 || date[i].depart <= row->depart)
            continue;
        if (told++ >= MORE_DATES) {
            more++;
            continue;
        }
        ab__buf_add(&line, line.size ? "; " : "then ");
        add_day(&line, date[i].depart + offset_s);
        ab__buf_add(&line, " by ");
        add_hour(&line, date[i].yes_by + offset_s);
    }
    if (more > 0)
        ab__buf_printf(&line, "; and %d dates more", more);
    if (line.size)
        put(out, 4, &line);
    else
        ab__buf_free(&line);
}

static void add_all(ab_buf *out, const ab_data *results)
{
    const ab_chase_row *row = AB_RESULT_ROWS(results, chase, ab_chase_row);
    int32_t count = AB_RESULT_COUNT(results, chase);
    bool plan = strcmp(ab__fact(results, "hunger"), "plan") == 0;
    ab_buf title = AB_BUF_INIT;
    ab__buf_printf(&title, "Whose yes to push for, as known at %s, most hunger at stake first; hours are local (UTC%+.3g)", ab__fact(results, "now"),
                   (double)offset_of(results) / 3600);
    put(out, 0, &title);
    for (int32_t i = 0; i < count; i++) {
        ab__buf_char(out, '\n');
        add_ask(out, results, &row[i], (int)i + 1);
        if (row[i].yes_by == AB_TIME_NONE) {
            ab_buf line = AB_BUF_INIT;
            ab__buf_add(&line, row[i].words);
            put(out, 4, &line);
            continue;
        }
        add_first(out, results, &row[i]);
        add_hope(out, &row[i]);
        add_later(out, results, &row[i]);
    }
    if (count == 0)
        ab__buf_add(out, "\nNobody's yes is missing.\n");
    ab__buf_char(out, '\n');
    ab_buf foot = AB_BUF_INIT;
    ab__buf_printf(&foot,
                   "At stake: what all people of the place miss %s between the load of this date and that of the next, weighted by the "
                   "hunger in which they miss it. A trip sets out in the first agreed hour of its hub; before that it is loaded in the hub's "
                   "hours, and notice is given, which runs on every day where its agreement states no weekend (default).",
                   plan ? "as planned" : "if nothing is sent");
    put(out, 0, &foot);
    ab__buf_printf(out, "\n%s\n", restricted);
}

ab_status ab_chase_print(FILE *out, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    add_all(&text, results);
    return ab__text_end(out, &text, err);
}

ab_status ab_chase_json(FILE *out, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "now", ab__fact(results, "now"));
    ab__member_text(&json, "hunger", ab__fact(results, "hunger"));
    ab__json_rows(&json, "asks", results, AB_TABLE_chase, AB_RESULT_ROWS(results, chase, ab_chase_row), AB_RESULT_COUNT(results, chase), NULL);
    ab__json_rows(&json, "dates", results, AB_TABLE_chase_dates, AB_RESULT_ROWS(results, chase_dates, ab_chase_date),
                  AB_RESULT_COUNT(results, chase_dates), NULL);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
