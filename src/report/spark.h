/* Charts of one line: a sign for each period, or for as many as must share one. */
#ifndef REPORT_SPARK_H
#define REPORT_SPARK_H

#include "airbridge/report.h"
#include "base/buf.h"

/* What the lines of a chart have in common. */
typedef struct ab__spark_axis {
    ab_time from, until; /* of all values */
    int32_t count;       /* values */
    ab_screen screen;
} ab__spark_axis;

/* Values that share a sign. */
int32_t ab__spark_share(const ab__spark_axis *axis);
/* The sign of a share of 1, of eight heights; NaN: a space. */
const char *ab__spark_sign(double frac, bool utf8);
/* A line: `label`, then `count` shares of 1 that lie `stride` bytes apart; where some share a sign, their mean. */
void ab__spark(ab_buf *out, const ab__spark_axis *axis, const char *label, const double *value, size_t stride);
/* The line under them: the first day and the last. */
void ab__spark_dates(ab_buf *out, const ab__spark_axis *axis);

#endif
