#include "report/spark.h"

#include <math.h>

#include "base/text.h"
#include "report/text.h"

enum { LABEL_COLUMNS = 8, LEVELS = 8 };

int32_t ab__spark_share(const ab__spark_axis *axis)
{
    int32_t room = axis->screen.columns > LABEL_COLUMNS + 8 ? axis->screen.columns - LABEL_COLUMNS : 8;
    return axis->count > room ? (axis->count + room - 1) / room : 1;
}

const char *ab__spark_sign(double frac, bool utf8)
{
    static const char *const blocks[LEVELS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const plain[LEVELS] = {"_", ".", "-", "=", "+", "*", "#", "@"};
    if (isnan(frac))
        return " ";
    int level = (int)floor(fmin(fmax(frac, 0), 1) * LEVELS);
    level = level < LEVELS ? level : LEVELS - 1;
    return utf8 ? blocks[level] : plain[level];
}

static double value_at(const double *value, size_t stride, int32_t i)
{
    return *(const double *)(const void *)((const char *)value + (size_t)i * stride);
}

void ab__spark(ab_buf *out, const ab__spark_axis *axis, const char *label, const double *value, size_t stride)
{
    int32_t share = ab__spark_share(axis);
    ab__text_right(out, label, LABEL_COLUMNS - 1);
    ab__buf_char(out, ' ');
    for (int32_t from = 0; from < axis->count; from += share) {
        int32_t until = from + share < axis->count ? from + share : axis->count;
        double sum = 0;
        for (int32_t i = from; i < until; i++)
            sum += value_at(value, stride, i);
        ab__buf_add(out, ab__spark_sign(sum / (until - from), axis->screen.utf8));
    }
    ab__buf_char(out, '\n');
}

void ab__spark_dates(ab_buf *out, const ab__spark_axis *axis)
{
    int32_t share = ab__spark_share(axis), signs = (axis->count + share - 1) / share;
    ab_buf first = AB_BUF_INIT, last = AB_BUF_INIT;
    ab__text_day(&first, axis->from, false);
    ab__text_last_day(&last, axis->until);
    ab__text_right(out, "", LABEL_COLUMNS);
    int32_t gap = signs - ab__text_width(ab__buf_text(&first)) - ab__text_width(ab__buf_text(&last));
    ab__buf_add(out, ab__buf_text(&first));
    ab__text_right(out, "", gap > 1 ? gap : 1);
    ab__buf_add(out, ab__buf_text(&last));
    ab__buf_char(out, '\n');
    out->failed = out->failed || first.failed || last.failed;
    ab__buf_free(&first);
    ab__buf_free(&last);
}
