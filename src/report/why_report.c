/* Why places go short, for a terminal: the tables of a result, for one place or all, read together. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/figures.h"
#include "report/text.h"
#include "report/why.h"

enum { MOST_LINES = 12, ROW_LINES = 4, MOST_SPANS = 4 };

/* ---- Words ---------------------------------------------------------------------------------------------- */

static const char *number(double value, int decimals, char out[AB_NUMBER_CAP])
{
    return ab__number_people(value, decimals, out);
}

/* Adds `text` under a margin of `indent` columns. */
static void paragraph(ab_buf *out, int indent, const char *text, int lines)
{
    for (int i = 0; i < indent; i++)
        ab__buf_char(out, ' ');
    ab__text_wrap(out, text, AB_SCREEN_COLUMNS - indent, indent, lines);
    ab__buf_char(out, '\n');
}

/* Takes what was put together in `line` to the report. */
static void put(ab_buf *out, int indent, ab_buf *line)
{
    paragraph(out, indent, ab__buf_text(line), MOST_LINES);
    out->failed = out->failed || line->failed;
    ab__buf_free(line);
}

/* ---- One place: how it stands --------------------------------------------------------------------------- */

static void title(ab_buf *out, const ab_why_view *view)
{
    ab_buf line = AB_BUF_INIT;
    char people[AB_NUMBER_CAP];
    const ab_place *place = view->place;

    ab__buf_printf(&line, "%s", place->name[0] ? place->name : place->id);
    if (place->name[0])
        ab__buf_printf(&line, " (%s)", place->id);
    ab__buf_printf(&line, ", %s people, ", number((double)place->population, 0, people));
    if (view->is_day)
        ab__text_day(&line, view->from + (view->until - view->from) / 2, true);
    else
        ab__why_add_span(&line, view->from, view->until);
    put(out, 0, &line);
}

static void stands_over_all(ab_buf *out, const ab_why_view *view)
{
    int32_t count = view->input->rows[AB_TABLE_places].count;
    ab_place_total *totals = calloc((size_t)count + 1, sizeof *totals);
    char fed[AB_NUMBER_CAP], days[AB_NUMBER_CAP], owed[AB_NUMBER_CAP], nothing[AB_NUMBER_CAP];

    if (!totals) {
        out->failed = true;
        return;
    }
    ab__place_totals(view->input, view->results, totals);
    const ab_place_total *total = &totals[view->place - (const ab_place *)view->input->rows[AB_TABLE_places].at];
    ab_buf line = AB_BUF_INIT;
    ab__buf_printf(&line, "fed on %s of %s days; rations owed to a person at the end %s (if nothing is sent %s)",
                   number(total->fed_days, 0, fed), number(total->days, 0, days), number(total->debt_end, 1, owed),
                   number(total->debt_if_nothing, 1, nothing));
    put(out, 2, &line);
    free(totals);
}

static void stands_on_day(ab_buf *out, const ab_why_view *view)
{
    const ab_stock_day *day = AB_RESULT_ROWS(view->results, stock_days, ab_stock_day);
    char eaten[AB_NUMBER_CAP], left[AB_NUMBER_CAP], owed[AB_NUMBER_CAP], nothing[AB_NUMBER_CAP], t[AB_NUMBER_CAP];

    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, stock_days); i++) {
        if (!ab__why_is_of(view, day[i].place) || !ab__why_sees(view, day[i].from, day[i].until))
            continue;
        ab_buf line = AB_BUF_INIT;
        ab__buf_printf(&line,
                       "food received %s t, %s %% of the ration eaten, %s days of it left; rations owed to a person %s (if "
                       "nothing is sent %s)",
                       number(day[i].received_kg / 1000, 1, t), number(100 * day[i].eaten_frac, 0, eaten),
                       number(day[i].stock_s / 86400, 1, left), number(day[i].debt_ration_days, 1, owed),
                       number(day[i].debt_if_nothing, 1, nothing));
        put(out, 2, &line);
    }
}

static void trips(ab_buf *out, const ab_why_view *view)
{
    const ab_trip_row *trip = AB_RESULT_ROWS(view->results, trips, ab_trip_row);
    double vehicles[ab_means_count] = {0}, sent_t[ab_means_count] = {0}, expected_t[ab_means_count] = {0};
    bool any = false;

    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, trips); i++) {
        if (!ab__why_sees_trip(view, &trip[i]))
            continue;
        for (int32_t m = 0; m < ab_codes_means.count; m++) {
            if (strcmp(ab_codes_means.codes[m].word, trip[i].means) != 0)
                continue;
            vehicles[m] += (double)trip[i].vehicles;
            sent_t[m] += trip[i].mass_kg / 1000;
            expected_t[m] += trip[i].expected_kg / 1000;
            any = true;
        }
    }
    for (int32_t m = 0; m < ab_codes_means.count; m++) {
        char v[AB_NUMBER_CAP], sent[AB_NUMBER_CAP], expected[AB_NUMBER_CAP];
        if (vehicles[m] > 0)
            ab__buf_printf(out, "  by %s go %s trips with %s t, %s t expected to arrive\n", ab_codes_means.codes[m].word,
                           number(vehicles[m], 0, v), number(sent_t[m], 1, sent), number(expected_t[m], 1, expected));
    }
    if (!any)
        ab__buf_add(out, "  nothing is sent\n");
}

/* ---- One place: its gaps -------------------------------------------------------------------------------- */

/* Rows are shown in full once. */
typedef struct rows_shown {
    ab_buf *out;
    const ab_data *input;
    ab_buf names; /* " request:q1 report:a1 " */
} rows_shown;

static bool was_shown(rows_shown *shown, const char *name)
{
    ab_buf word = AB_BUF_INIT;

    ab__buf_printf(&word, " %s ", name);
    bool found = strstr(ab__buf_text(&shown->names), ab__buf_text(&word)) != NULL;
    if (!found)
        ab__buf_add(&shown->names, ab__buf_text(&word));
    ab__buf_free(&word);
    return found;
}

static void show_row(void *context, const ab_table *table, const char *name, const void *row)
{
    rows_shown *shown = context;
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(&line, "%s: ", name);
    if (was_shown(shown, name))
        ab__buf_add(&line, "shown above");
    else
        ab__why_cells(shown->input, table, row, &line);
    paragraph(shown->out, 6, ab__buf_text(&line), ROW_LINES);
    shown->out->failed = shown->out->failed || line.failed;
    ab__buf_free(&line);
}

static void gain(ab_buf *out, const ab_gap_row *gap)
{
    char days[AB_NUMBER_CAP], missing[AB_NUMBER_CAP];
    double span_days = (double)(gap->until - gap->from) / 86400 * (1 - gap->eaten_frac);

    if (isnan(gap->gain_days))
        return;
    ab__buf_printf(out, "    without it, %s of the %s days of need that are missing would be met\n",
                   number(gap->gain_days, 1, days), number(span_days, 1, missing));
}

static void one_gap(ab_buf *out, const ab_gap_row *gap, int shown, rows_shown *rows)
{
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(out, "  %d ", shown);
    ab__buf_printf(&line, "%s, ", gap->category);
    ab__why_add_span(&line, gap->from, gap->until);
    ab__buf_printf(&line, ", met %.0f %%: %s%s%s, %s", 100 * gap->eaten_frac, gap->reason, gap->also[0] ? " and " : "",
                   gap->also, gap->standing);
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 4, 4, MOST_LINES);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
    paragraph(out, 4, gap->detail, MOST_LINES);
    gain(out, gap);
    if (gap->change[0]) {
        ab_buf change = AB_BUF_INIT;
        ab__buf_printf(&change, "what would have to change: %s", gap->change);
        put(out, 4, &change);
    }
    if (gap->because[0])
        ab__buf_add(out, "    the rows that say so:\n");
    ab__why_rows(rows->input, gap->because, show_row, rows);
}

static void gaps(ab_buf *out, const ab_why_view *view)
{
    const ab_gap_row *gap = AB_RESULT_ROWS(view->results, gaps, ab_gap_row);
    rows_shown rows = {out, view->input, AB_BUF_INIT};
    int shown = 0;

    ab__buf_add(out, "\nWHERE IT GOES SHORT, worst first\n");
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, gaps); i++)
        if (ab__why_is_of(view, gap[i].place) && ab__why_sees(view, gap[i].from, gap[i].until))
            one_gap(out, &gap[i], ++shown, &rows);
    if (shown == 0)
        ab__buf_add(out, "  nowhere: 99 % of the need is met\n");
    out->failed = out->failed || rows.names.failed;
    ab__buf_free(&rows.names);
}

/* ---- One place: its ways -------------------------------------------------------------------------------- */

/* Ways that say the same of themselves: by these means, open, or shut for this reason. */
static bool same_way(const ab_reach_row *a, const ab_reach_row *b)
{
    return a->offered == b->offered && strcmp(a->means, b->means) == 0 && strcmp(a->reason, b->reason) == 0;
}

/* Adds the rows that are not among those in `to` yet, "request:q1; report:a1". */
static void add_rows(ab_buf *to, const char *rows)
{
    char name[160];

    for (const char *at = rows; *at;) {
        size_t size = strcspn(at, ";"), kept = size < sizeof name ? size : sizeof name - 1;
        memcpy(name, at, kept);
        name[kept] = '\0';
        if (!strstr(ab__buf_text(to), name))
            ab__buf_printf(to, "%s%s", to->size ? "; " : "", name);
        at += size;
        at += strspn(at, "; ");
    }
}

/* A span joins one that ends where it begins; of many a few are told. */
typedef struct spans {
    ab_buf text;
    ab_time from, until;
    int told, more;
} spans;

static void end_span(spans *s)
{
    if (s->from == s->until)
        return;
    if (s->told < MOST_SPANS) {
        ab__buf_add(&s->text, s->told > 0 ? ", " : "");
        ab__why_add_span(&s->text, s->from, s->until);
        s->told++;
    } else {
        s->more++;
    }
    s->from = s->until;
}

static void add_span(spans *s, const ab_reach_row *reach)
{
    if (reach->from != s->until || s->from == s->until) {
        end_span(s);
        s->from = reach->from;
    }
    s->until = reach->until;
}

static void say_chance(ab_buf *line, double low, double high, const char *hub)
{
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];

    number(100 * low, 0, a);
    number(100 * high, 0, b);
    ab__buf_printf(line, strcmp(a, b) == 0 ? ", chance %s %%" : ", chance %s to %s %%", a, b);
    ab__buf_printf(line, " from %s", hub);
}

/* Way number `i` of the view with all later ones that say the same. */
static void one_way(ab_buf *out, const ab_why_view *view, int32_t i)
{
    const ab_reach_row *reach = AB_RESULT_ROWS(view->results, reach, ab_reach_row), *first = &reach[i];
    ab_buf line = AB_BUF_INIT, rows = AB_BUF_INIT;
    spans s = {.text = AB_BUF_INIT};
    double low = first->arrival_prob, high = first->arrival_prob;

    for (; i < AB_RESULT_COUNT(view->results, reach); i++) {
        if (!ab__why_is_of(view, reach[i].place) || !ab__why_sees(view, reach[i].from, reach[i].until) ||
            !same_way(first, &reach[i]))
            continue;
        add_span(&s, &reach[i]);
        low = fmin(low, reach[i].arrival_prob);
        high = fmax(high, reach[i].arrival_prob);
        add_rows(&rows, reach[i].because);
    }
    end_span(&s);
    ab__buf_printf(&line, "%s, %s", first->means, ab__buf_text(&s.text));
    if (s.more > 0)
        ab__buf_printf(&line, " and %d spans more", s.more);
    ab__buf_printf(&line, ": %s%s%s", first->offered == 1 ? "open" : "shut", first->reason[0] ? ", " : "", first->reason);
    if (first->hub[0])
        say_chance(&line, low, high, first->hub);
    if (rows.size)
        ab__buf_printf(&line, "; %s", ab__buf_text(&rows));
    ab__buf_add(out, "  ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 4, 4, MOST_LINES);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed || rows.failed || s.text.failed;
    ab__buf_free(&line);
    ab__buf_free(&rows);
    ab__buf_free(&s.text);
}

static void ways(ab_buf *out, const ab_why_view *view)
{
    const ab_reach_row *reach = AB_RESULT_ROWS(view->results, reach, ab_reach_row);

    ab__buf_add(out, "\nHOW IT CAN BE REACHED, and why not\n");
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, reach); i++) {
        bool told = !ab__why_is_of(view, reach[i].place) || !ab__why_sees(view, reach[i].from, reach[i].until);
        for (int32_t k = 0; k < i && !told; k++)
            told = ab__why_is_of(view, reach[k].place) && ab__why_sees(view, reach[k].from, reach[k].until) &&
                   same_way(&reach[k], &reach[i]);
        if (!told)
            one_way(out, view, i);
    }
}

ab_status ab_why_print(FILE *out, const ab_data *input, const ab_data *results, const char *place, const char *day,
                       ab_error *err)
{
    ab_why_view view;
    ab_buf text = AB_BUF_INIT;
    ab_status status = ab__why_view(input, results, place, day, &view, err);

    if (status != AB_OK)
        return status;
    if (view.place) {
        title(&text, &view);
        if (view.is_day)
            stands_on_day(&text, &view);
        else
            stands_over_all(&text, &view);
        trips(&text, &view);
        gaps(&text, &view);
        ways(&text, &view);
    } else {
        ab__why_all(&text, &view);
    }
    status = ab__text_flush(out, &text, err);
    ab__buf_free(&text);
    return status;
}
