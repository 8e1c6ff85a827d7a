/* What became of the events of an export. */
#include "airbridge/report.h"
#include "base/json.h"
#include "report/text.h"

enum { COUNT_COLUMNS = 9 };

/* The fates of events, in the order of the page; each event has one. */
typedef struct fate {
    const char *key, *words;
    int64_t count;
} fate;
enum { FATES = 6 };

static void fates_of(const ab_events_tally *t, fate out[FATES])
{
    out[0] = (fate){"told", "behind these reports", t->told};
    out[1] = (fate){"outside", "of another time than the operation's", t->outside};
    out[2] = (fate){"silent", "of a kind that says nothing of a road", t->silent};
    out[3] = (fate){"vague", "placed no better than in a part of a country", t->vague};
    out[4] = (fate){"far", "near no road, place or hub of the operation", t->far};
    out[5] = (fate){"weak", "near one, but too weak for a report", t->weak};
}

static void add_count(ab_buf *text, int64_t count, const char *words)
{
    char number[24];

    (void)snprintf(number, sizeof number, "%lld", (long long)count);
    ab__text_right(text, number, COUNT_COLUMNS);
    ab__buf_printf(text, "  %s\n", words);
}

static void add_remarks(ab_buf *text, const ab_events_tally *t)
{
    if (t->spread > 0)
        ab__buf_printf(text,
                       "%lld of the events may have been on any day of more than a month: a rate,\n"
                       "of which each is hardly a weight on any one day.\n",
                       (long long)t->spread);
    if (t->unknown > 0)
        ab__buf_printf(text,
                       "%lld of the reports could be made only after now (as_of) or the end: the\n"
                       "plan does not use them.\n",
                       (long long)t->unknown);
    if (t->before > 0)
        ab__buf_printf(text,
                       "The operation has %lld reports of events already: put the new ones in\n"
                       "their place, as events that stand twice count twice.\n",
                       (long long)t->before);
}

ab_status ab_events_print(FILE *out, const ab_events_tally *tally, const char *to, ab_error *err)
{
    char shown[AB_ERROR_CAP];
    ab_buf text = AB_BUF_INIT;
    fate fates[FATES];

    fates_of(tally, fates);
    if (to != NULL)
        ab__buf_printf(&text, "Wrote %s\n", ab_name_shown(to, shown));
    ab__buf_printf(&text, "%lld %s from %lld %s of %s\n", (long long)tally->reports,
                   tally->reports == 1 ? "report" : "reports", (long long)tally->events,
                   tally->events == 1 ? "event" : "events", ab_events_layout_name(tally->layout));
    for (int i = 0; i < FATES; i++)
        add_count(&text, fates[i].count, fates[i].words);
    add_remarks(&text, tally);
    return ab__text_end(out, &text, err);
}

ab_status ab_events_json(FILE *out, const ab_events_tally *tally, const char *from, const char *to,
                         ab_error *err)
{
    char shown[AB_ERROR_CAP];
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    fate fates[FATES];
    const struct {
        const char *key;
        int64_t count;
    } counts[] = {{"reports", tally->reports},
                  {"events", tally->events},
                  {"spread", tally->spread},
                  {"unknown", tally->unknown},
                  {"before", tally->before}};

    fates_of(tally, fates);
    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "from");
    ab__json_text(&json, ab_name_shown(from, shown));
    ab__json_key(&json, "to");
    ab__json_text(&json, to != NULL ? ab_name_shown(to, shown) : NULL);
    ab__json_key(&json, "layout");
    ab__json_text(&json, ab_events_layout_name(tally->layout));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        ab__json_key(&json, counts[i].key);
        ab__json_count(&json, counts[i].count);
    }
    for (int i = 0; i < FATES; i++) {
        ab__json_key(&json, fates[i].key);
        ab__json_count(&json, fates[i].count);
    }
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
