#include "report/figures.h"

#include <math.h>
#include <string.h>

/* From this share of the ration on a day counts as fed. */
static const double FED_FRAC = 0.99;

double ab__figure(const ab_data *results, const char *key)
{
    const ab_figure *figure = AB_RESULT_ROWS(results, summary, ab_figure);

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, summary); i++)
        if (strcmp(figure[i].key, key) == 0)
            return figure[i].value;
    return NAN;
}

const char *ab__fact(const ab_data *results, const char *key)
{
    const ab_fact *fact = AB_RESULT_ROWS(results, provenance, ab_fact);

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, provenance); i++)
        if (strcmp(fact[i].key, key) == 0)
            return fact[i].value;
    return "";
}

static int32_t means_of(const char *word)
{
    for (int32_t m = 0; m < ab_codes_means.count; m++)
        if (strcmp(ab_codes_means.codes[m].word, word) == 0)
            return m;
    return AB_MEANS_ROAD;
}

void ab__means_totals(const ab_data *results, ab_means_total totals[ab_means_count])
{
    const ab_trip_row *trip = AB_RESULT_ROWS(results, trips, ab_trip_row);

    memset(totals, 0, ab_means_count * sizeof *totals);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, trips); i++) {
        ab_means_total *total = &totals[means_of(trip[i].means)];
        total->trips++;
        total->vehicles += (double)trip[i].vehicles;
        total->sent_kg += trip[i].mass_kg;
        total->expected_kg += trip[i].expected_kg;
        total->usd += trip[i].cost_usd;
    }
}

double ab__likely_off_kg(const ab_data *results)
{
    const ab_lot_row *lot = AB_RESULT_ROWS(results, lots, ab_lot_row);
    double mass_kg = 0;

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, lots); i++) {
        double containers = lot[i].containers > 1 ? (double)lot[i].containers : 1;
        if (lot[i].likely_off > 0 && lot[i].vehicles > 0)
            mass_kg += lot[i].mass_kg * (double)lot[i].vehicles * containers;
    }
    return mass_kg;
}

static ab_place_total *find(ab_place_total *totals, int32_t count, const char *id)
{
    for (int32_t i = 0; i < count; i++)
        if (strcmp(totals[i].place->id, id) == 0)
            return &totals[i];
    return NULL;
}

void ab__place_totals(const ab_data *input, const ab_data *results, ab_place_total *totals)
{
    int32_t count = input->rows[AB_TABLE_places].count;
    const ab_place *place = input->rows[AB_TABLE_places].at;
    const ab_trip_row *trip = AB_RESULT_ROWS(results, trips, ab_trip_row);
    const ab_stock_day *day = AB_RESULT_ROWS(results, stock_days, ab_stock_day);

    memset(totals, 0, (size_t)count * sizeof *totals);
    for (int32_t i = 0; i < count; i++)
        totals[i].place = &place[i];
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, trips); i++) {
        ab_place_total *total = find(totals, count, trip[i].place);
        if (total)
            total->expected_kg[means_of(trip[i].means)] += trip[i].expected_kg;
    }
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, stock_days); i++) {
        ab_place_total *total = find(totals, count, day[i].place);
        if (!total || day[i].until == AB_TIME_NONE || day[i].from == AB_TIME_NONE)
            continue;
        double days = (double)(day[i].until - day[i].from) / 86400;
        total->days += days;
        total->fed_days += day[i].eaten_frac >= FED_FRAC ? days : 0;
        total->debt_end = day[i].debt_ration_days;
        total->debt_if_nothing = day[i].debt_if_nothing;
    }
}
