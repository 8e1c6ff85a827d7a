/* Events as they are read from an export, whatever its layout. Days are counted from 1970-01-01, in local time. */
#ifndef EVENTS_EVENT_H
#define EVENTS_EVENT_H

#include "airbridge/events.h"
#include "base/arena.h"

typedef struct ab__event {
    const char *id;     /* in the export */
    const char *what;   /* "Armed clash" */
    const char *source; /* whom the export names; "" none */
    double lon_deg, lat_deg;
    double spread_m;    /* standard deviation of its place; AB_EVENT_NOWHERE: no better than a part of a country */
    double stop_prob;   /* chance that it stops convoys, were it on the road that day; 0: it says nothing */
    int32_t first_day, last_day; /* the days on which it may have been, both included */
} ab__event;

#define AB_EVENT_NOWHERE 1e9

typedef struct ab__event_list {
    ab_events_layout layout;
    ab__event *at;
    int32_t count;
} ab__event_list;

/* What all readers of cells share. */
typedef struct ab__event_reader {
    const ab_sheet *sheet;
    ab_issues *issues;
    ab_arena *arena;
    ab_events_layout layout;
    const int32_t *column; /* [AB_EVENT_COLUMNS] of the sheet; -1: it has none */
    int32_t row;           /* that is read */
    int32_t today;
    bool no_memory;
} ab__event_reader;

/* Reads all rows of `sheet`; `today` is the day that no event is later than. FLAWED with all flaws in `issues`. */
ab_status ab__events_read(const ab_sheet *sheet, int32_t today, ab_arena *arena, ab__event_list *out, ab_issues *issues,
                          ab_error *err);

/* The columns that are read, of either layout. */
typedef enum ab__event_column {
#define AB_EVENT_COLUMN(name, word) AB_EVENT_##name,
#include "events/columns.def"
#undef AB_EVENT_COLUMN
    AB_EVENT_COLUMNS
} ab__event_column;

/* "event_date" */
const char *ab__event_column_word(ab__event_column column);

/* Finds the layout and the columns of a sheet: `column` has AB_EVENT_COLUMNS elements. FLAWED where it is no export, with
 * what it lacks. */
ab_status ab__events_layout(const ab_sheet *sheet, ab_events_layout *layout, int32_t *column, ab_issues *issues,
                            ab_error *err);

/* The cell of a column, without spaces around it, in the arena; "" where it is empty or there is no such column. */
const char *ab__event_cell(ab__event_reader *reader, ab__event_column column);
/* Raises a flaw of a cell. Returns false. */
bool ab__event_flaw(ab__event_reader *reader, ab__event_column column, int32_t code, const char *expected, const char *hint);

/* Readers of one cell each; false: it has a flaw, which was told. */
bool ab__event_text(ab__event_reader *reader, ab__event_column column, const char **out); /* must be there */
bool ab__event_degrees(ab__event_reader *reader, ab__event_column column, double most, double *out);
bool ab__event_digit(ab__event_reader *reader, ab__event_column column, int32_t most, const char *expected, int32_t *out);
bool ab__event_day(ab__event_reader *reader, ab__event_column column, int32_t *out);
/* A whole number of people, -1 where the cell is empty. */
bool ab__event_deaths(ab__event_reader *reader, ab__event_column column, int64_t *out);

/* Readers of one row each, of the same shape: fill `event` but for its id, place and source. false: flaws, told. */
bool ab__event_acled(ab__event_reader *reader, ab__event *event);
bool ab__event_ucdp(ab__event_reader *reader, ab__event *event);

/* YYYY-MM-DD, with or without a time of day behind it, or D Month YYYY in English: both are exported. */
bool ab__event_day_parse(const char *text, int32_t *out_day);
/* The first and the last day of a year from 1900 to 2198; false: another year. */
bool ab__event_year(int64_t year, int32_t *first, int32_t *last);
/* Of the month that holds `day`. */
void ab__event_month(int32_t day, int32_t *first, int32_t *last);

#endif
