/* Why all places go short: the worst gap of each, on a line. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/figures.h"
#include "report/text.h"
#include "report/why.h"

enum { MOST_LINES = 8 };

static void all_line(ab_buf *out, const ab_why_view *view, const ab_gap_row *gap)
{
    ab_buf why = AB_BUF_INIT, span = AB_BUF_INIT;
    char met[AB_NUMBER_CAP], gained[AB_NUMBER_CAP];

    ab__why_add_span(&span, gap->from, gap->until);
    ab__buf_printf(&why, "%s%s%s", gap->reason, gap->also[0] ? " + " : "", gap->also);
    ab__text_left(out, ab__why_place_name(view->input, gap->place), 20);
    ab__buf_char(out, ' ');
    ab__text_left(out, gap->category, 8);
    ab__text_left(out, ab__buf_text(&span), 17);
    ab__text_right(out, ab__number_people(100 * gap->eaten_frac, 0, met), 4);
    ab__buf_char(out, ' ');
    ab__text_left(out, ab__buf_text(&why), 22);
    ab__text_right(out, isnan(gap->gain_days) ? "-" : ab__number_people(gap->gain_days, 1, gained), 6);
    ab__buf_char(out, '\n');
    out->failed = out->failed || why.failed || span.failed;
    ab__buf_free(&why);
    ab__buf_free(&span);
}

/* The worst of its place and category in the view. */
static bool is_worst(const ab_why_view *view, const ab_gap_row *gap, int32_t i)
{
    for (int32_t k = 0; k < i; k++)
        if (strcmp(gap[k].place, gap[i].place) == 0 && strcmp(gap[k].category, gap[i].category) == 0 &&
            ab__why_sees(view, gap[k].from, gap[k].until))
            return false;
    return true;
}

static void count_reasons(ab_buf *out, const ab_why_view *view)
{
    const ab_gap_row *gap = AB_RESULT_ROWS(view->results, gaps, ab_gap_row);
    ab_buf line = AB_BUF_INIT;

    for (int32_t r = 0; r < ab_codes_reason.count; r++) {
        int32_t count = 0, proved = 0;
        for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, gaps); i++) {
            if (strcmp(gap[i].reason, ab_codes_reason.codes[r].word) != 0 ||
                !ab__why_sees(view, gap[i].from, gap[i].until))
                continue;
            count++;
            proved += strcmp(gap[i].standing, "proved") == 0;
        }
        if (count > 0)
            ab__buf_printf(&line, "%s%s %d (%d proved)", line.size ? ", " : "of all gaps: ",
                           ab_codes_reason.codes[r].word, (int)count, (int)proved);
    }
    if (line.size) {
        ab__buf_char(out, '\n');
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS, 0, MOST_LINES);
        ab__buf_char(out, '\n');
    } else {
        ab__buf_add(out, "no place goes short\n");
    }
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

void ab__why_all(ab_buf *out, const ab_why_view *view)
{
    const ab_gap_row *gap = AB_RESULT_ROWS(view->results, gaps, ab_gap_row);

    ab__buf_add(out, "The worst gap of each place and what stands in the way. GAIN: days of need that\n"
                     "a person would have more without it, all else as planned, where that is proved\n\n");
    ab__buf_add(out, "PLACE                SHORT OF WHEN             MET% WHY                     GAIN\n");
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, gaps); i++)
        if (ab__why_sees(view, gap[i].from, gap[i].until) && is_worst(view, gap, i))
            all_line(out, view, &gap[i]);
    count_reasons(out, view);
    ab__buf_add(out, "`airbridge why RESULT PLACE` shows the rows that say so and what would have to\nchange.\n");
}

