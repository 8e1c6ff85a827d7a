/* What `airbridge why` looks at: one place of a result, or all, in a span. */
#ifndef REPORT_WHY_H
#define REPORT_WHY_H

#include "airbridge/operation.h"
#include "base/buf.h"

typedef struct ab_why_view {
    const ab_data *input, *results;
    const ab_place *place; /* NULL: all */
    ab_time from, until;   /* half-open: the operation, or one local day of it */
    bool is_day;
} ab_why_view;

/* why_view.c: USAGE where no place is called `place`, by id or name (it tells which are called nearly so), or `day`
 * is no day of the operation. */
ab_status ab__why_view(const ab_data *input, const ab_data *results, const char *place, const char *day,
                       ab_why_view *out, ab_error *err);
/* Does a row's span belong to the view's: share a moment with it, or be of that day? */
bool ab__why_sees(const ab_why_view *view, ab_time from, ab_time until);
/* Is a result row's place that of the view, or is that of all? */
bool ab__why_is_of(const ab_why_view *view, const char *place);
/* Is it a trip to the place of the view, or to any, that departs or arrives in its span? */
bool ab__why_sees_trip(const ab_why_view *view, const ab_trip_row *trip);
/* "12 Feb to 16 Mar" */
void ab__why_add_span(ab_buf *out, ab_time from, ab_time until);
/* The name of a place for people, or its id. */
const char *ab__why_place_name(const ab_data *input, const char *id);

/* why_rows.c: calls for each row that `because` names ("request:q1; stock:#4"), in order. */
typedef void ab_why_row_fn(void *context, const ab_table *table, const char *name, const void *row);
void ab__why_rows(const ab_data *input, const char *because, ab_why_row_fn *each, void *context);
/* Is the cell shown: given, and neither id nor shape? */
bool ab__why_tells(const ab_table *table, const void *row, int32_t column);
/* What the row says: "state closed; mode road". */
void ab__why_cells(const ab_data *input, const ab_table *table, const void *row, ab_buf *out);

/* why_all.c: the worst gap of each place, a line each. */
void ab__why_all(ab_buf *out, const ab_why_view *view);

#endif
