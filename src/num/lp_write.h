/* A linear programme as text, in CPLEX's LP format, so that other solvers can judge it. Of the formats that
 * glpsol 5.0 and clp 1.17 both read, this is the one that both read right: clp's reader of MPS multiplies the
 * digits of a number out itself, and misses its last bit. */
#ifndef NUM_LP_WRITE_H
#define NUM_LP_WRITE_H

#include "base/buf.h"
#include "num/lp.h"

/* Adds the name of row or column `number` to `out`. */
typedef void ab_lp_name(const void *context, int32_t number, ab_buf *out);

typedef struct ab_lp_text {
    const char *title;       /* remarks above the programme, lines with "\n" between; NULL: none */
    const double *cost;      /* [cols] minimised; NULL: the programme's own */
    double constant;         /* added to the objective: the cost of a column `constant` that is fixed at 1 */
    const int32_t *whole;    /* columns that must be whole numbers */
    int32_t whole_count;
    ab_lp_name *row, *col;   /* NULL, or where they add nothing: r12, c12 */
    const void *context;     /* for both */
} ab_lp_text;

/* Adds the programme to `out`. Every number reads back as the same double, whatever the locale; the same
 * programme gives the same bytes. Names keep letters, digits, '_' and '.'; '-' becomes '~' and anything else '_';
 * what would read as a number or a word of the format gets an "x_" in front, what is taken a "#" and its number
 * behind. A row with two different bounds becomes two, NAME#least and NAME#most; one without bounds is left out.
 * NO_MEMORY only. */
ab_status ab__lp_write(ab_lp *lp, const ab_lp_text *text, ab_buf *out, ab_error *err);

#endif
