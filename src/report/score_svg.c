/* Reliability diagrams: how often that came which was foretold with about this chance. */
#include <math.h>
#include <string.h>

#include "airbridge/io.h"
#include "airbridge/report.h"
#include "base/number.h"
#include "report/figures.h"

/* Points of the drawing: a panel is a square with room for its words. */
enum { SIDE = 240, LEFT = 56, TOP = 64, PANEL = 330, COLUMNS = 2 };

static void put(ab_buf *svg, double value)
{
    char text[AB_NUMBER_CAP];
    ab__buf_add(svg, ab__number_format_n(round(10 * value) / 10, 9, text));
}

/* ` name="value"` */
static void attribute(ab_buf *svg, const char *name, double value)
{
    ab__buf_printf(svg, " %s=\"", name);
    put(svg, value);
    ab__buf_char(svg, '"');
}

static void line(ab_buf *svg, const double from[2], const double to[2], const char *style)
{
    ab__buf_add(svg, "<line");
    attribute(svg, "x1", from[0]);
    attribute(svg, "y1", from[1]);
    attribute(svg, "x2", to[0]);
    attribute(svg, "y2", to[1]);
    ab__buf_printf(svg, " %s/>\n", style);
}

/* `words` are ours: nothing in them need be escaped. */
static void words(ab_buf *svg, double x, double y, const char *anchor, const char *text)
{
    ab__buf_add(svg, "<text");
    attribute(svg, "x", x);
    attribute(svg, "y", y);
    ab__buf_printf(svg, " text-anchor=\"%s\">%s</text>\n", anchor, text);
}

static void frame(ab_buf *svg, double x, double y)
{
    static const char thin[] = "stroke=\"#bbb\" stroke-width=\"1\"";
    for (int i = 0; i <= 5; i++) {
        char text[AB_NUMBER_CAP];
        double at = i * SIDE / 5.0;
        line(svg, (double[]){x + at, y}, (double[]){x + at, y + SIDE}, thin);
        line(svg, (double[]){x, y + at}, (double[]){x + SIDE, y + at}, thin);
        ab__number_format_n(i / 5.0, 2, text);
        words(svg, x + at, y + SIDE + 14, "middle", text);
        words(svg, x - 6, y + SIDE - at + 4, "end", text);
    }
    line(svg, (double[]){x, y + SIDE}, (double[]){x + SIDE, y}, "stroke=\"#444\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"");
}

/* A disc for each bin, its area as its requests, with how many these are and of how many decisions. */
static void points(ab_buf *svg, const ab_data *results, const ab_score_row *row, double x, double y)
{
    const ab_score_bin_row *bin = AB_RESULT_ROWS(results, score_bins, ab_score_bin_row);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, score_bins); i++) {
        if (bin[i].cases == 0 || strcmp(bin[i].foretold, row->foretold) != 0 || strcmp(bin[i].when, row->when) != 0) {
            continue;
        }
        double at_x = x + SIDE * bin[i].mean_prob, at_y = y + SIDE * (1 - bin[i].share), radius = 3 + 2 * sqrt((double)bin[i].cases);
        ab_buf text = AB_BUF_INIT;
        ab__buf_add(svg, "<circle");
        attribute(svg, "cx", at_x);
        attribute(svg, "cy", at_y);
        attribute(svg, "r", radius);
        ab__buf_add(svg, " fill=\"#1f6f8b\" fill-opacity=\"0.55\" stroke=\"#10404f\"/>\n");
        ab__buf_printf(&text, "%d (%d)", (int)bin[i].cases, (int)bin[i].decisions);
        words(svg, at_x, at_y > y + 30 ? at_y - radius - 4 : at_y + radius + 13, "middle", ab__buf_text(&text));
        svg->failed = svg->failed || text.failed;
        ab__buf_free(&text);
    }
}

static void panel(ab_buf *svg, const ab_data *results, const ab_score_row *row, int32_t i)
{
    double x = LEFT + i % COLUMNS * PANEL, y = TOP + (double)(i / COLUMNS) * PANEL;
    ab_buf title = AB_BUF_INIT;
    ab__buf_printf(&title, "%s, when %s: %d of %d came", row->foretold, row->when, (int)row->happened, (int)row->cases);
    words(svg, x, y - 10, "start", ab__buf_text(&title));
    frame(svg, x, y);
    points(svg, results, row, x, y);
    words(svg, x + SIDE / 2.0, y + SIDE + 30, "middle", "chance foretold");
    svg->failed = svg->failed || title.failed;
    ab__buf_free(&title);
}

ab_status ab_score_svg(const char *path, const ab_data *results, ab_error *err)
{
    const ab_score_row *row = AB_RESULT_ROWS(results, scores, ab_score_row);
    int32_t count = AB_RESULT_COUNT(results, scores), lines = (count + COLUMNS - 1) / COLUMNS;
    int width = LEFT + COLUMNS * PANEL, height = TOP + lines * PANEL;
    ab_buf svg = AB_BUF_INIT;
    ab__buf_printf(&svg,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                   "font-family=\"sans-serif\" font-size=\"12\">\n<title>Chances foretold, and how often it came</title>\n"
                   "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
                   width, height, width, height, width, height);
    words(&svg, LEFT, 24, "start", "Share that came, by the chance foretold: requests (decisions). On the dashed line they agree.");
    for (int32_t i = 0; i < count; i++) {
        panel(&svg, results, &row[i], i);
    }
    ab__buf_add(&svg, "</svg>\n");
    ab_status status = svg.failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was drawn", path)
                                  : ab_file_write(path, svg.text, svg.size, err);
    ab__buf_free(&svg);
    return status;
}
