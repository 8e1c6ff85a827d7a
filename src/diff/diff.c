#include <math.h>
#include <string.h>

#include "diff/parts.h"

/* The first departure that a plan could still make. */
static ab_time first_departure(const ab_planned *planned)
{
    const ab_settings *settings = planned->input.rows[AB_TABLE_operation].at;
    ab_time period_s = (ab_time)llround(settings->period_s);
    if (settings->as_of == AB_TIME_NONE || settings->as_of <= settings->start)
        return settings->start;
    return settings->start + (settings->as_of - settings->start + period_s - 1) / period_s * period_s;
}

static bool have_common_place(const ab_data *a, const ab_data *b)
{
    const ab_place *x = a->rows[AB_TABLE_places].at, *y = b->rows[AB_TABLE_places].at;
    for (int32_t i = 0; i < a->rows[AB_TABLE_places].count; i++)
        for (int32_t j = 0; j < b->rows[AB_TABLE_places].count; j++)
            if (strcmp(x[i].id, y[j].id) == 0)
                return true;
    return false;
}

static double figure(const ab_data *results, const char *key)
{
    const ab_figure *row = results->rows[AB_TABLE_summary].at;
    for (int32_t i = 0; i < results->rows[AB_TABLE_summary].count; i++)
        if (strcmp(row[i].key, key) == 0)
            return row[i].value;
    return NAN;
}

static const char *digest(const ab_data *results)
{
    const ab_fact *fact = results->rows[AB_TABLE_provenance].at;
    for (int32_t i = 0; i < results->rows[AB_TABLE_provenance].count; i++)
        if (strcmp(fact[i].key, "input digest sha256") == 0)
            return fact[i].value;
    return "";
}

/* ---- Tonnes and money ---------------------------------------------------------------------------------------- */

static ab_means_change *means_of(ab_diff *diff, const char *word)
{
    for (int32_t m = 0; m < ab_codes_means.count; m++)
        if (strcmp(ab_codes_means.codes[m].word, word) == 0)
            return &diff->means[m];
    return &diff->means[AB_MEANS_ROAD];
}

static void sum_trips(ab_diff *diff, const ab_data *results, bool after)
{
    const ab_trip_row *trip = results->rows[AB_TABLE_trips].at;
    double *cost_usd = after ? &diff->cost_after_usd : &diff->cost_before_usd;
    for (int32_t i = 0; i < results->rows[AB_TABLE_trips].count; i++) {
        ab_means_change *m = means_of(diff, trip[i].means);
        if (trip[i].depart < diff->from)
            continue;
        *(after ? &m->vehicles_after : &m->vehicles_before) += (double)trip[i].vehicles;
        *(after ? &m->sent_after_kg : &m->sent_before_kg) += trip[i].mass_kg;
        *(after ? &m->expected_after_kg : &m->expected_before_kg) += trip[i].expected_kg;
        *(after ? &m->usd_after : &m->usd_before) += trip[i].cost_usd;
        *cost_usd += trip[i].cost_usd;
    }
}

/* Goods of deliveries: what moves from hub to hub is not bought for it. Loads stand by trip. */
static void sum_goods(ab_diff *diff, const ab_data *results, bool after)
{
    const ab_trip_row *trip = results->rows[AB_TABLE_trips].at;
    const ab_load_row *load = results->rows[AB_TABLE_loads].at;
    int32_t trips = results->rows[AB_TABLE_trips].count, row = 0;
    double *cost_usd = after ? &diff->cost_after_usd : &diff->cost_before_usd;
    for (int32_t i = 0; i < results->rows[AB_TABLE_loads].count && trips > 0; i++) {
        for (int32_t tried = 0; tried < trips && strcmp(trip[row].id, load[i].trip) != 0; tried++)
            row = (row + 1) % trips;
        if (trip[row].depart >= diff->from && trip[row].place[0] && !isnan(load[i].cargo_usd))
            *cost_usd += load[i].cargo_usd;
    }
}

static bool fill(ab_diff *diff, const ab_planned *before, const ab_planned *after, ab_error *err)
{
    ab_trip_changes *trips;
    ab_time a = first_departure(before), b = first_departure(after);
    diff->from = a > b ? a : b;
    if (ab_trip_changes_make(&before->results, &after->results, diff->from, &trips, err) != AB_OK)
        return false;
    diff->trips = trips;
    diff->same_input = strcmp(digest(&before->results), digest(&after->results)) == 0;
    diff->hunger_before = figure(&before->results, "objective");
    diff->hunger_after = figure(&after->results, "objective");
    sum_trips(diff, &before->results, false);
    sum_trips(diff, &after->results, true);
    sum_goods(diff, &before->results, false);
    sum_goods(diff, &after->results, true);
    return ab__diff_rows(diff, before, after) && ab__diff_places(diff, before, after);
}

ab_status ab_diff_make(const ab_planned *before, const ab_planned *after, ab_diff **out, ab_error *err)
{
    *out = NULL;
    if (!have_common_place(&before->input, &after->input))
        return ab_fail(err, AB_USAGE, "the two results have no place in common: they are of different operations");
    ab_arena *arena = ab__arena_new();
    ab_diff *diff = arena ? AB_NEW(arena, ab_diff, 1) : NULL;
    if (!diff) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while results were compared");
    }
    diff->arena = arena;
    if (!fill(diff, before, after, err)) {
        ab_diff_free(diff);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while results were compared");
    }
    *out = diff;
    return AB_OK;
}

void ab_diff_free(ab_diff *diff)
{
    if (!diff)
        return;
    ab_trip_changes_free(diff->trips);
    ab__arena_free(diff->arena);
}
