/* Who lets through, how surely and why, for a terminal and for programs. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/rows_json.h"
#include "report/spark.h"
#include "report/text.h"

static const char restricted[] = "Restricted: it says who lets convoys through, and who told.";

enum { NAME_COLUMNS = 18, MEANS_COLUMNS = 10, CHANCE_COLUMNS = 13, WEEK_S = 7 * 86400, MOST_LINES = 6 };

/* All rows of access_days of one subject and means, one behind the other. */
typedef struct lane {
    const ab_access_day *day;
    int32_t count;
} lane;

static lane next_lane(const ab_data *results, int32_t from)
{
    const ab_access_day *day = AB_RESULT_ROWS(results, access_days, ab_access_day);
    int32_t until = from + 1, count = AB_RESULT_COUNT(results, access_days);
    while (until < count && strcmp(day[until].subject, day[from].subject) == 0 && strcmp(day[until].means, day[from].means) == 0)
        until++;
    return (lane){&day[from], until - from};
}

static bool is_of(const lane *l, const char *subject, const char *means)
{
    return strcmp(l->day->subject, subject) == 0 && strcmp(l->day->means, means) == 0;
}

static ab_time fact_time(const ab_data *results, const char *key)
{
    ab_time t;
    return ab_time_parse(ab__fact(results, key), &t, NULL) ? t : AB_TIME_NONE;
}

/* The row of the period that holds `time`; NULL: the operation is over by then. */
static const ab_access_day *day_at(const lane *l, ab_time time)
{
    for (int32_t i = 0; i < l->count; i++)
        if (time >= l->day[i].from && time < l->day[i].until)
            return &l->day[i];
    return NULL;
}

/* ---- Words ---- */

static void put(ab_buf *out, int indent, ab_buf *line)
{
    for (int i = 0; i < indent; i++)
        ab__buf_char(out, ' ');
    ab__text_wrap(out, ab__buf_text(line), AB_SCREEN_COLUMNS - indent, indent, MOST_LINES);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line->failed;
    ab__buf_free(line);
}

static void add_percent(ab_buf *out, double prob)
{
    ab__buf_printf(out, "%.0f", round(100 * prob));
}

/* "12 (4-23)" in percent; "100" where all three are that. */
static void add_interval(ab_buf *out, double mean, double low, double high)
{
    add_percent(out, mean);
    if (round(100 * low) == round(100 * high))
        return;
    ab__buf_add(out, " (");
    add_percent(out, low);
    ab__buf_add(out, "-");
    add_percent(out, high);
    ab__buf_add(out, ")");
}

static void add_chance(ab_buf *out, double mean, double low, double high)
{
    ab_buf cell = AB_BUF_INIT;
    add_interval(&cell, mean, low, high);
    ab__text_right(out, ab__buf_text(&cell), CHANCE_COLUMNS);
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

/* What is missing, closed and contested, each with who says so; "" where nothing is. */
static void add_marks(ab_buf *out, const ab_access_day *day)
{
    ab__buf_add(out, day->missing);
    if (day->closed > 0)
        ab__buf_printf(out, "%sclosed by %s", out->size ? "; " : "", day->says_closed);
    if (day->contested > 0)
        ab__buf_printf(out, "%scontested: open by %s, against it %s", out->size ? "; " : "", day->says_open, day->says_closed);
    if (strcmp(day->goods, "all") != 0)
        ab__buf_printf(out, "%sgoods that pass: %s", out->size ? "; " : "", day->goods);
}

static void add_known(ab_buf *out, const ab_data *results, const char *what)
{
    ab_buf line = AB_BUF_INIT;
    if (strcmp(ab__fact(results, "known"), "all") == 0)
        ab__buf_printf(&line, "%s, from %s on, by all that the tables say, as plans take it; --at TIME: by what was known then", what,
                       ab__fact(results, "now"));
    else
        ab__buf_printf(&line, "%s, as known at %s: without what was said or asked later", what, ab__fact(results, "now"));
    put(out, 0, &line);
}

/* ---- All of them ---- */

static void overview_line(ab_buf *out, const lane *l, ab_time now)
{
    const ab_access_day *first = day_at(l, now);
    static const int weeks[] = {0, 1, 2, 4};
    const char *name = l->day->name[0] ? l->day->name : strchr(l->day->subject, ':') + 1;
    ab__text_left(out, name, NAME_COLUMNS - 1);
    ab__buf_char(out, ' ');
    ab__text_left(out, l->day->means, MEANS_COLUMNS);
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        const ab_access_day *day = day_at(l, now + weeks[i] * (ab_time)WEEK_S);
        if (day != NULL)
            add_chance(out, day->pass_prob, day->pass_prob_low, day->pass_prob_high);
        else
            ab__text_right(out, "-", CHANCE_COLUMNS);
    }
    ab__buf_char(out, '\n');
    ab_buf marks = AB_BUF_INIT;
    if (first != NULL && strcmp(first->permission, "given") == 0 && first->asked_of[0])
        ab__buf_printf(&marks, "leave of %s", first->asked_of);
    ab_buf more = AB_BUF_INIT;
    if (first != NULL)
        add_marks(&more, first);
    ab__buf_printf(&marks, "%s%s", marks.size && more.size ? "; " : "", ab__buf_text(&more));
    marks.failed = marks.failed || more.failed;
    ab__buf_free(&more);
    if (marks.size)
        put(out, 4, &marks);
    else
        ab__buf_free(&marks);
}

/* Of "place:duma" and "place:foah" the same kind? */
static bool same_kind(const char *a, const char *b)
{
    size_t size = strcspn(a, ":");
    return strncmp(a, b, size) == 0 && b[size] == ':';
}

static void add_headings(ab_buf *out, const char *subject)
{
    const char *kind = strncmp(subject, "place", 5) == 0  ? "PLACE"
                       : strncmp(subject, "hub", 3) == 0  ? "HUB"
                       : strncmp(subject, "road", 4) == 0 ? "ROAD"
                                                          : "LINK";
    ab__buf_char(out, '\n');
    ab__text_left(out, kind, NAME_COLUMNS);
    ab__text_left(out, "MEANS", MEANS_COLUMNS);
    ab__text_right(out, "NOW", CHANCE_COLUMNS);
    ab__text_right(out, "IN A WEEK", CHANCE_COLUMNS);
    ab__text_right(out, "IN 2 WEEKS", CHANCE_COLUMNS);
    ab__text_right(out, "IN 4 WEEKS", CHANCE_COLUMNS);
    ab__buf_char(out, '\n');
}

static void add_overview(ab_buf *out, const ab_data *results)
{
    ab_time period = fact_time(results, "period");
    const char *before = "";
    add_known(out, results, "The chance that a load is let through, in % (90 % interval)");
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, access_days);) {
        lane l = next_lane(results, i);
        if (!same_kind(before, l.day->subject))
            add_headings(out, l.day->subject);
        before = l.day->subject;
        overview_line(out, &l, period);
        i += l.count;
    }
    ab__buf_char(out, '\n');
    ab__text_wrap(out,
                  "Of a place: leave, setting out, its gate and what is reported of it; hubs, roads and links on the way have lines of "
                  "their own. --subject place:ID shows the rows behind it.",
                  AB_SCREEN_COLUMNS, 0, MOST_LINES);
    ab__buf_char(out, '\n');
}

/* ---- One: its chance over time ---- */

static bool same_words(const ab_access_day *a, const ab_access_day *b)
{
    return strcmp(a->permission, b->permission) == 0 && strcmp(a->missing, b->missing) == 0 && a->closed == b->closed &&
           a->contested == b->contested && strcmp(a->goods, b->goods) == 0 && strcmp(a->asked_of, b->asked_of) == 0 &&
           strcmp(a->because, b->because) == 0;
}

static void add_span(ab_buf *out, const ab_access_day *day, int32_t count)
{
    double low = 1, high = 0, least = 1, most = 0;
    ab_buf span = AB_BUF_INIT, chance = AB_BUF_INIT, marks = AB_BUF_INIT;
    for (int32_t i = 0; i < count; i++) {
        low = fmin(low, day[i].pass_prob_low);
        high = fmax(high, day[i].pass_prob_high);
        least = fmin(least, day[i].pass_prob);
        most = fmax(most, day[i].pass_prob);
    }
    ab__text_day(&span, day->from, false);
    ab__buf_add(&span, " to ");
    ab__text_last_day(&span, day[count - 1].until);
    add_percent(&chance, least);
    if (round(100 * most) > round(100 * least)) {
        ab__buf_add(&chance, " to ");
        add_percent(&chance, most);
    }
    ab__buf_add(&chance, " (");
    add_percent(&chance, low);
    ab__buf_add(&chance, "-");
    add_percent(&chance, high);
    ab__buf_add(&chance, ")");
    ab__buf_add(out, "  ");
    ab__text_left(out, ab__buf_text(&span), 18);
    ab__text_left(out, ab__buf_text(&chance), 18);
    ab__buf_printf(&marks, "leave %s", day->permission);
    ab_buf more = AB_BUF_INIT;
    add_marks(&more, day);
    ab__buf_printf(&marks, "%s%s", more.size ? "; " : "", ab__buf_text(&more));
    if (day->because[0])
        ab__buf_printf(&marks, "; %s", day->because);
    ab__text_wrap(out, ab__buf_text(&marks), AB_SCREEN_COLUMNS - 38, 38, MOST_LINES);
    ab__buf_char(out, '\n');
    out->failed = out->failed || span.failed || chance.failed || marks.failed || more.failed;
    ab__buf_free(&span);
    ab__buf_free(&chance);
    ab__buf_free(&marks);
    ab__buf_free(&more);
}

static void add_spans(ab_buf *out, const lane *l)
{
    ab__buf_add(out, "\n  DAYS              %, ITS 90 %       WHY\n");
    for (int32_t from = 0; from < l->count;) {
        int32_t until = from + 1;
        while (until < l->count && same_words(&l->day[from], &l->day[until]))
            until++;
        add_span(out, &l->day[from], until - from);
        from = until;
    }
}

/* ---- One: the chain ---- */

static void add_gate(ab_buf *out, const ab_access_gate *gate)
{
    ab_buf line = AB_BUF_INIT;
    ab__buf_add(out, "  ");
    ab__text_left(out, gate->step, 18);
    add_chance(out, gate->prob, gate->prob_low, gate->prob_high);
    ab__buf_add(out, "  ");
    ab__buf_printf(&line, "%s%s%s", gate->authority, gate->authority[0] && gate->words[0] ? ": " : "", gate->words);
    if (gate->by[0])
        ab__buf_printf(&line, ", %s", gate->by);
    if (gate->hold_prob_per_day < 1)
        ab__buf_printf(&line, ", holds a day longer with %.0f %%", 100 * gate->hold_prob_per_day);
    if (gate->cases >= 0)
        ab__buf_printf(&line, "; its record %d of %d, others %.0f %% as %.0f cases", (int)gate->good, (int)gate->cases,
                       100 * gate->pooled_prob, gate->pooled_cases);
    if (gate->last_seen[0]) {
        ab__buf_printf(&line, "; last seen there: %s, ", gate->last_seen);
        ab__text_day(&line, gate->last_seen_at, false);
        ab__buf_printf(&line, ", trusted by %.0f %%, forgotten in %.0f days", 100 * gate->memory_trust, gate->memory_days);
    }
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 35, 35, MOST_LINES);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static void add_chain(ab_buf *out, const ab_data *results, const lane *l)
{
    const ab_access_gate *gate = AB_RESULT_ROWS(results, access_gates, ab_access_gate);
    bool any = false;
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, access_gates); i++) {
        if (!is_of(l, gate[i].subject, gate[i].means))
            continue;
        if (!any)
            ab__buf_add(out, "\n  THE CHAIN NOW         %, ITS 90 %  WHO, AND WHAT IS BEHIND IT\n");
        any = true;
        add_gate(out, &gate[i]);
    }
}

/* ---- One: the rows ---- */

static void add_figure(ab_buf *line, const char *before, double value)
{
    ab__buf_printf(line, "%s%.2f", before, value);
}

static void add_word(ab_buf *out, const ab_access_word *word)
{
    ab_buf line = AB_BUF_INIT;
    ab__buf_printf(&line, "%s: %s (", word->row, word->says);
    if (word->said_by[0])
        ab__buf_printf(&line, "%s, ", word->said_by);
    if (word->grade[0])
        ab__buf_printf(&line, "%s, ", word->grade);
    ab__text_day(&line, word->said_at, true);
    ab__buf_printf(&line, "): %s", word->use);
    if (word->merged_into[0])
        ab__buf_printf(&line, ", %s", word->merged_into);
    if (word->side[0]) {
        ab__buf_printf(&line, " %s%s, weight", strcmp(word->side, "open") == 0 ? "for " : "", word->side);
        add_figure(&line, " ", word->weight_log_odds);
        add_figure(&line, " = grade ", word->grade_log_odds);
        add_figure(&line, " x own side ", word->own_side_frac);
        add_figure(&line, " x window ", word->window_frac);
        add_figure(&line, " x age ", word->age_frac);
    }
    put(out, 2, &line);
}

static void add_words(ab_buf *out, const ab_data *results, const lane *l)
{
    const ab_access_word *word = AB_RESULT_ROWS(results, access_words, ab_access_word);
    bool any = false;
    ab__buf_add(out, "\n  THE ROWS BEHIND IT NOW\n");
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, access_words); i++) {
        if (is_of(l, word[i].subject, word[i].means)) {
            any = true;
            add_word(out, &word[i]);
        }
    }
    if (!any)
        ab__buf_add(out, "  none: nobody reports on it, asked or agreed\n");
}

static void add_chart(ab_buf *out, const lane *l, const ab_screen *screen)
{
    ab__spark_axis axis = {l->day->from, l->day[l->count - 1].until, l->count, *screen};
    ab__buf_char(out, '\n');
    ab__spark(out, &axis, "95 %", &l->day->pass_prob_high, sizeof *l->day);
    ab__spark(out, &axis, "mean", &l->day->pass_prob, sizeof *l->day);
    ab__spark(out, &axis, "5 %", &l->day->pass_prob_low, sizeof *l->day);
    ab__spark_dates(out, &axis);
}

static void add_lane(ab_buf *out, const ab_data *results, const lane *l, const ab_screen *screen)
{
    ab_buf title = AB_BUF_INIT;
    ab__buf_printf(&title, "%s%s%s%s%s", l->day->name, l->day->name[0] ? ", " : "", l->day->subject, l->day->means[0] ? ", by " : "",
                   l->day->means);
    ab__buf_char(out, '\n');
    put(out, 0, &title);
    add_chart(out, l, screen);
    add_spans(out, l);
    add_chain(out, results, l);
    add_words(out, results, l);
}

/* ---- The doors ---- */

ab_status ab_access_print(FILE *out, const ab_data *results, const ab_screen *screen, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    if (ab__fact(results, "subject")[0] == '\0') {
        add_overview(&text, results);
    } else {
        add_known(&text, results, "The chance that a load is let through");
        for (int32_t i = 0; i < AB_RESULT_COUNT(results, access_days);) {
            lane l = next_lane(results, i);
            add_lane(&text, results, &l, screen);
            i += l.count;
        }
    }
    ab__buf_printf(&text, "\n%s\n", restricted);
    return ab__text_end(out, &text, err);
}

ab_status ab_access_json(FILE *out, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "now", ab__fact(results, "now"));
    ab__member_text(&json, "known", ab__fact(results, "known"));
    ab__member_text(&json, "period", ab__fact(results, "period"));
    ab__json_rows(&json, "days", results, AB_TABLE_access_days, AB_RESULT_ROWS(results, access_days, ab_access_day),
                  AB_RESULT_COUNT(results, access_days), NULL);
    ab__json_rows(&json, "gates", results, AB_TABLE_access_gates, AB_RESULT_ROWS(results, access_gates, ab_access_gate),
                  AB_RESULT_COUNT(results, access_gates), NULL);
    ab__json_rows(&json, "rows", results, AB_TABLE_access_words, AB_RESULT_ROWS(results, access_words, ab_access_word),
                  AB_RESULT_COUNT(results, access_words), NULL);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
