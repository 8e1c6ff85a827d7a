/* The tables that show access: what is shared by those who fill them. */
#ifndef FLOW_ACCESS_H
#define FLOW_ACCESS_H

#include "airbridge/record.h"
#include "flow/result.h"

/* A subject by some means. */
typedef struct ab__lane {
    ab_ref subject;  /* place, hub, road or link */
    ab_means means;  /* of hubs AB_MEANS_LINK: whatever the means; of links always that */
} ab__lane;

/* What stands at hand while the tables are filled. */
typedef struct ab__shown {
    const ab_operation *op;
    const ab_access *access;
    ab_arena *arena; /* of the result */
    ab_time now;
    int32_t t;       /* the period that holds now, or the first */
} ab__shown;

const ab_access_cell *ab__lane_cell(const ab__shown *at, ab__lane lane, int32_t t);
/* "place:duma"; NULL: out of memory. */
const char *ab__lane_subject(const ab__shown *at, ab_ref subject);
/* "road"; "" whatever the means. */
const char *ab__lane_means(ab__lane lane);
/* "report:a03", "" for row -1; NULL: out of memory. */
const char *ab__row_name(const ab__shown *at, ab_input_table table, int32_t row);
/* The local day of a time, YYYY-MM-DD. */
const char *ab__local_day(const ab_operation *op, ab_time time, char out[AB_TIME_TEXT_CAP]);
/* Of a number in ab_record_authorities, "" for -1, kept in the arena; NULL: out of memory. */
const char *ab__authority_name(const ab__shown *at, int32_t authority);
/* The first row of `table` in the evidence of a cell; -1: none. */
int32_t ab__evidence_row(const ab_access *access, const ab_access_cell *cell, ab_input_table table);
/* Which signature is missing, in words; "" where none is; NULL: out of memory. */
const char *ab__missing_leave(const ab__shown *at, const ab_access_cell *cell);

/* Each fills its table for `count` lanes; false when out of memory. */
bool ab__table_access_days(ab_result *result, const ab__shown *at, const ab__lane *lane, int32_t count);
bool ab__table_access_gates(ab_result *result, const ab__shown *at, const ab__lane *lane, int32_t count);
bool ab__table_access_words(ab_result *result, const ab__shown *at, const ab__lane *lane, int32_t count);

#endif
