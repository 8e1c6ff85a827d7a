/* Reading a result's tables, for those who show them. */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include "airbridge/operation.h"
#include "base/buf.h"

/* The figure `key` of the summary table; NaN if there is none. */
double ab__figure(const ab_data *results, const char *key);
/* The value of `key` in the provenance table; "" if there is none. */
const char *ab__fact(const ab_data *results, const char *key);

/* What one means of delivery does in a plan. */
typedef struct ab_means_total {
    int32_t trips; /* rows of trips */
    double vehicles;
    double sent_kg, expected_kg;
    double usd; /* vehicle hours and canopies */
} ab_means_total;
void ab__means_totals(const ab_data *results, ab_means_total totals[ab_means_count]);

/* What is likely to be taken off at inspection, of all loads. */
double ab__likely_off_kg(const ab_data *results);

/* One place, over the whole operation. */
typedef struct ab_place_total {
    const ab_place *place;
    double expected_kg[ab_means_count];
    double fed_days; /* full rations eaten a person */
    double days;
    double debt_end, debt_if_nothing; /* ration-days a person */
} ab_place_total;
/* Fills totals[places]. */
void ab__place_totals(const ab_data *input, const ab_data *results, ab_place_total *totals);

/* Typed access to the rows of one result or input table. */
#define AB_RESULT_ROWS(results, table, type) ((const type *)(results)->rows[AB_TABLE_##table].at)
#define AB_RESULT_COUNT(results, table)      ((results)->rows[AB_TABLE_##table].count)

#endif
