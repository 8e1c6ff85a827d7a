/* The summary of a plan on one screen: what a planner must know before opening the map. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/drop_view.h"
#include "report/figures.h"
#include "report/text.h"

enum { MOST_PLACES = 5, MOST_GAPS = 4 };

static const char *number(double value, int decimals, char out[AB_NUMBER_CAP])
{
    return ab__number_people(value, decimals, out);
}

static void title(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    char people[AB_NUMBER_CAP], low[AB_NUMBER_CAP], high[AB_NUMBER_CAP];

    ab__text_wrap(out, settings->name, AB_SCREEN_COLUMNS, 0, 1);
    ab__buf_char(out, '\n');
    ab__text_day(out, settings->start, true);
    ab__buf_add(out, " to ");
    ab__text_day(out, settings->end - 1, true);
    ab__buf_printf(out, " · %s people (%s to %s) in %.0f %s\n",
                   number(ab__figure(results, "people"), 0, people),
                   number(ab__figure(results, "people_low"), 0, low),
                   number(ab__figure(results, "people_high"), 0, high),
                   ab__figure(results, "places"),
                   ab__figure(results, "places") == 1 ? "place" : "places");
}

static void hunger_line(ab_buf *out, const char *what, double if_nothing, double with, int decimals)
{
    char number_text[AB_NUMBER_CAP];

    ab__buf_add(out, "  ");
    ab__text_left(out, what, 42);
    ab__text_right(out, isnan(if_nothing) ? "" : number(if_nothing, decimals, number_text), 18);
    ab__text_right(out, number(with, decimals, number_text), 18);
    ab__buf_char(out, '\n');
}

/* A share of a need that is never netted against hunger; nothing where nobody needs it. */
static void share_line(ab_buf *out, const char *what, double met_frac)
{
    if (!isnan(met_frac))
        hunger_line(out, what, 0, 100 * met_frac, 0);
}

/* How uneven, and how sure: what people are owed by place and by estimate, and who stays under the floor. */
static void spread(ab_buf *out, const ab_data *results)
{
    double under = ab__figure(results, "places_under_floor");

    ab__buf_printf(out, "  owed if few or many are there: %.1f to %.1f; worst place %.1f; Gini %.2f\n",
                   ab__figure(results, "debt_end_people_low_ration_days"),
                   ab__figure(results, "debt_end_people_high_ration_days"),
                   ab__figure(results, "debt_end_worst_place_ration_days"),
                   ab__figure(results, "debt_end_gini"));
    if (under > 0)
        ab__buf_printf(out, "  %.0f %s under the floor of %.0f %% of the ration; all reach %.1f %%\n", under,
                       under > 1 ? "places stay" : "place stays", 100 * ab__figure(results, "floor_frac"),
                       100 * ab__figure(results, "floor_reached_frac"));
}

static void hunger(ab_buf *out, const ab_data *results)
{
    double needed = ab__figure(results, "person_days"),
           fed = ab__figure(results, "person_days_fed");
    double fed_if_nothing = ab__figure(results, "person_days_fed_if_nothing");

    ab__buf_add(
        out,
        "\nHUNGER                                      if nothing is sent    with this plan\n");
    hunger_line(out, "energy deficit, kcal-days a person",
                ab__figure(results, "deficit_if_nothing_kcal_days_per_person"),
                ab__figure(results, "deficit_kcal_days_per_person"), 0);
    hunger_line(out, "rations owed to a person at the end",
                ab__figure(results, "debt_end_if_nothing_ration_days"),
                ab__figure(results, "debt_end_ration_days"), 1);
    if (needed > 0)
        hunger_line(out, "energy eaten, % of what is needed", 100 * fed_if_nothing / needed,
                    100 * fed / needed, 0);
    share_line(out, "water, % of the need met", ab__figure(results, "water_met_frac"));
    share_line(out, "medical, % of people-days served", ab__figure(results, "medical_met_frac"));
    share_line(out, "protein, % of the least that is needed", ab__figure(results, "protein_met_frac"));
    share_line(out, "fat, % of the least that is needed", ab__figure(results, "fat_met_frac"));
    spread(out, results);
}

/* "road, airdrop" with the tonnes expected. */
static void reached_by(ab_buf *out, const ab_place_total *total)
{
    ab_buf by = AB_BUF_INIT;

    for (int32_t m = 0; m < ab_codes_means.count; m++) {
        char t[AB_NUMBER_CAP];
        if (total->expected_kg[m] < 0.5)
            continue;
        ab__buf_printf(
            &by, "%s%s %s t", by.size ? ", " : "", ab_codes_means.codes[m].word,
            number(total->expected_kg[m] / 1000, total->expected_kg[m] < 10000 ? 1 : 0, t));
    }
    ab__text_left(out, by.size ? ab__buf_text(&by) : "nobody reaches it", 23);
    if (by.failed)
        out->failed = true;
    ab__buf_free(&by);
}

static int by_people(const void *a, const void *b)
{
    const ab_place_total *x = a, *y = b;

    if (x->place->population != y->place->population)
        return x->place->population < y->place->population ? 1 : -1;
    return x->place < y->place ? -1 : 1;
}

/* The places that have no line of their own: how many, and whom nobody reaches. */
static void smaller_places(ab_buf *out, const ab_place_total *totals, int32_t count)
{
    ab_buf line = AB_BUF_INIT, unreached = AB_BUF_INIT;
    int32_t fed = 0;

    for (int32_t i = MOST_PLACES; i < count; i++) {
        double expected_kg = 0;
        for (int m = 0; m < ab_means_count; m++)
            expected_kg += totals[i].expected_kg[m];
        fed += totals[i].fed_days > 0.5 * totals[i].days;
        if (expected_kg < 0.5)
            ab__buf_printf(&unreached, "%s%s", unreached.size ? ", " : "",
                           totals[i].place->name[0] ? totals[i].place->name : totals[i].place->id);
    }
    ab__buf_printf(&line, "and %d smaller places, %d of them fed on more than half of the days",
                   (int)(count - MOST_PLACES), (int)fed);
    if (unreached.size)
        ab__buf_printf(&line, "; nobody reaches %s", ab__buf_text(&unreached));
    ab__buf_add(out, "  ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 2, 2, 3);
    ab__buf_char(out, '\n');
    if (line.failed || unreached.failed)
        out->failed = true;
    ab__buf_free(&line);
    ab__buf_free(&unreached);
}

static void places(ab_buf *out, const ab_data *input, const ab_data *results)
{
    int32_t count = input->rows[AB_TABLE_places].count;
    ab_place_total *totals = calloc((size_t)count + 1, sizeof *totals);

    if (!totals) {
        out->failed = true;
        return;
    }
    ab__place_totals(input, results, totals);
    qsort(totals, (size_t)count, sizeof *totals, by_people);
    ab__buf_add(
        out, "\nWHO IS REACHED          people  expected to arrive      days fed rations owed\n");
    for (int32_t i = 0; i < count && i < MOST_PLACES; i++) {
        const ab_place *place = totals[i].place;
        char people[AB_NUMBER_CAP];
        ab__buf_add(out, "  ");
        ab__text_left(out, place->name[0] ? place->name : place->id, 19);
        ab__text_right(out, number((double)place->population, 0, people), 9);
        ab__buf_add(out, "  ");
        reached_by(out, &totals[i]);
        ab__buf_printf(out, " %4.0f of %-3.0f %12.1f\n", totals[i].fed_days, totals[i].days,
                       totals[i].debt_end);
    }
    if (count > MOST_PLACES)
        smaller_places(out, totals, count);
    free(totals);
}

static void means(ab_buf *out, const ab_data *results)
{
    ab_means_total totals[ab_means_count];

    ab__means_totals(results, totals);
    ab__buf_add(
        out, "\nBY WHAT               trips    tonnes  expected   under way, USD  USD a tonne\n");
    for (int32_t m = 0; m < ab_codes_means.count; m++) {
        const ab_means_total *total = &totals[m];
        char v[AB_NUMBER_CAP], sent[AB_NUMBER_CAP], expected[AB_NUMBER_CAP], usd[AB_NUMBER_CAP],
            each[AB_NUMBER_CAP];
        if (total->trips == 0)
            continue;
        ab__buf_add(out, "  ");
        ab__text_left(out, ab_codes_means.codes[m].word, 11);
        ab__text_right(out, m == AB_MEANS_LINK ? "-" : number(total->vehicles, 0, v), 14);
        ab__text_right(out, number(total->sent_kg / 1000, 0, sent), 10);
        ab__text_right(out, number(total->expected_kg / 1000, 0, expected), 10);
        ab__text_right(out, number(total->usd, 0, usd), 17);
        ab__text_right(
            out,
            total->expected_kg > 0 ? number(total->usd / total->expected_kg * 1000, 0, each) : "-",
            16);
        ab__buf_char(out, '\n');
    }
}

/* What the plan counts as sent and may not be received: a line, where there is any. */
static void loading(ab_buf *out, const ab_data *results)
{
    double off_kg = ab__likely_off_kg(results);
    double stays_t = ab__figure(results, "left_for_want_of_room_t");
    char mass[AB_NUMBER_CAP];
    ab_buf line = AB_BUF_INIT;

    if (off_kg > 0)
        ab__buf_printf(&line, "counted: %s t likely to be taken off at inspection",
                       number(off_kg / 1000, 1, mass));
    if (stays_t > 0)
        ab__buf_printf(&line, "%s %s t find no room",
                       line.size ? "," : "counted:", number(stays_t, 3, mass));
    if (line.size) {
        ab__buf_add(out, "  ");
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 2, 2, 2);
        ab__buf_char(out, '\n');
    }
    if (line.failed)
        out->failed = true;
    ab__buf_free(&line);
}

static const char *place_name(const ab_data *input, const char *id)
{
    const ab_place *place = ab__place_called(input, id);

    return ab__drop_name(place ? place->name : NULL, id);
}

/* Two gaps that say the same of two places. */
static bool same_story(const ab_gap_row *a, const ab_gap_row *b)
{
    return a->from == b->from && a->until == b->until && strcmp(a->category, b->category) == 0 &&
           strcmp(a->reason, b->reason) == 0 && strcmp(a->detail, b->detail) == 0;
}

/* Was the place of gap i named before, in a line of its own or in one that tells the same story? */
static bool was_named(const ab_gap_row *gap, int32_t i)
{
    for (int32_t k = 0; k < i; k++)
        if (strcmp(gap[k].place, gap[i].place) == 0 || same_story(&gap[k], &gap[i]))
            return true;
    return false;
}

static void gap_line(ab_buf *out, const ab_data *input, const ab_gap_row *gap, int32_t i,
                     int32_t count, int number_shown)
{
    ab_buf line = AB_BUF_INIT;

    ab__buf_add(&line, place_name(input, gap[i].place));
    for (int32_t k = i + 1; k < count; k++)
        if (same_story(&gap[i], &gap[k]))
            ab__buf_printf(&line, ", %s", place_name(input, gap[k].place));
    ab__buf_add(&line, ", ");
    ab__text_day(&line, gap[i].from, false);
    ab__buf_add(&line, " to ");
    ab__text_last_day(&line, gap[i].until);
    ab__buf_printf(&line, ", %s met %.0f %%: %s%s%s: %s", gap[i].category, 100 * gap[i].eaten_frac,
                   gap[i].reason, gap[i].also[0] ? " and " : "", gap[i].also, gap[i].detail);
    ab__buf_printf(out, "  %d ", number_shown);
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 4, 4, 2);
    ab__buf_char(out, '\n');
    if (line.failed)
        out->failed = true;
    ab__buf_free(&line);
}

/* The worst of each place, those with one story together; the table has them all. */
static void gaps(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_gap_row *gap = AB_RESULT_ROWS(results, gaps, ab_gap_row);
    int32_t count = AB_RESULT_COUNT(results, gaps);
    int shown = 0;

    ab__buf_printf(out, "\nTHE WORST GAPS%s\n", count ? " (`airbridge why RESULT PLACE` tells all)" : ": none");
    for (int32_t i = 0; i < count && shown < MOST_GAPS; i++)
        if (!was_named(gap, i))
            gap_line(out, input, gap, i, count, ++shown);
}

/* Committed departures that are less likely to arrive than the least chance that is set. */
static void against(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    const ab_trip_row *trip = AB_RESULT_ROWS(results, trips, ab_trip_row);
    ab_buf line = AB_BUF_INIT;

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, trips); i++) {
        if (!trip[i].commitment[0] || trip[i].arrival_prob >= settings->least_arrival_prob)
            continue;
        ab__buf_printf(&line, "%s%s to %s at %.0f %% (%s)", line.size ? ", " : "", trip[i].id,
                       place_name(input, trip[i].place), 100 * trip[i].arrival_prob,
                       trip[i].commitment);
    }
    if (line.size) {
        ab__buf_add(
            out,
            "AGAINST   committed, though less likely to arrive than the least chance set:\n          ");
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 10, 10, 2);
        ab__buf_char(out, '\n');
    }
    if (line.failed)
        out->failed = true;
    ab__buf_free(&line);
}

/* Tonnes for which a straight line stands in for a road. */
static void undrawn(ab_buf *out, const ab_data *results)
{
    double undrawn_t = ab__figure(results, "undrawn_t"), sent_kg = 0;
    ab_means_total totals[ab_means_count];
    char t[AB_NUMBER_CAP], all[AB_NUMBER_CAP];
    ab_buf line = AB_BUF_INIT;

    if (!(undrawn_t > 0))
        return;
    ab__means_totals(results, totals);
    sent_kg = totals[AB_MEANS_ROAD].sent_kg;
    ab__buf_printf(&line,
                   "%s of %s t by road go by straight lines that nobody drew: no road lies within "
                   "snap_km of the place. Draw the roads, or see whether its position is right",
                   number(undrawn_t, 0, t), number(sent_kg / 1000, 0, all));
    ab__buf_add(out, "NO ROAD   ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 10, 10, 4);
    ab__buf_char(out, '\n');
    if (line.failed)
        out->failed = true;
    ab__buf_free(&line);
}

/* What is past, and what was planned before. */
static void again(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    const ab_fact *fact = AB_RESULT_ROWS(results, provenance, ab_fact);
    ab_buf line = AB_BUF_INIT, let_go = AB_BUF_INIT;
    char t[AB_NUMBER_CAP], price[AB_NUMBER_CAP];

    if (ab__figure(results, "movements_before_now") >= 0) {
        ab__text_day(&line, settings->as_of, true);
        ab__buf_printf(&line, ": %s t were received of %.0f movements before now",
                       number(ab__figure(results, "received_before_now_t"), 1, t),
                       ab__figure(results, "movements_before_now"));
        ab__text_item(out, "NOW", ab__buf_text(&line), 2);
    }
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, provenance); i++)
        if (strncmp(fact[i].key, "let go ", 7) == 0)
            ab__buf_printf(&let_go, "%s%s: %s", let_go.size ? "; " : "", fact[i].key + 7, fact[i].value);
    if (ab__figure(results, "changes_kept") >= 0 && ab__figure(results, "feasible") > 0) {
        ab__buf_clear(&line);
        ab__buf_printf(&line,
                       "%.0f trips kept (%.0f frozen), %.0f added, %.0f dropped, %.0f moved, %.0f with more or fewer "
                       "vehicles, %.0f with another load; price of a vehicle's change %s ration-days",
                       ab__figure(results, "changes_kept"), ab__figure(results, "trips_frozen"),
                       ab__figure(results, "changes_added"), ab__figure(results, "changes_dropped"),
                       ab__figure(results, "changes_moved"),
                       ab__figure(results, "changes_more") + ab__figure(results, "changes_fewer"),
                       ab__figure(results, "changes_load"), number(settings->change_person_days, 0, price));
        ab__text_item(out, "CHANGES", ab__buf_text(&line), 3);
    }
    if (let_go.size)
        ab__text_item(out, "LET GO", ab__buf_text(&let_go), 4);
    out->failed = out->failed || line.failed || let_go.failed;
    ab__buf_free(&line);
    ab__buf_free(&let_go);
}

static void unchecked(ab_buf *out, const ab_data *results)
{
    ab__buf_add(out, "UNCHECKED ");
    ab__text_wrap(out, ab__fact(results, "not checked"), AB_SCREEN_COLUMNS - 10, 10, 2);
    ab__buf_char(out, '\n');
}

static void standing(ab_buf *out, const ab_data *results)
{
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP], cost[AB_NUMBER_CAP];
    double people = fmax(1, ab__figure(results, "people"));
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(
        &line,
        "hunger %s, no plan has less than %s: %.1f %% of what a plan can change is left. Cost %s USD, goods and all",
        number(ab__figure(results, "objective") / people, 1, a),
        number(ab__figure(results, "bound") / people, 1, b), 100 * ab__figure(results, "gap_frac"),
        number(ab__figure(results, "cost_usd"), 0, cost));
    if (ab__figure(results, "interrupted") > 0)
        ab__buf_add(&line, ". The search was stopped early");
    ab__buf_add(out, "\nHOW GOOD  ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 10, 10, 3);
    ab__buf_char(out, '\n');
    if (line.failed)
        out->failed = true;
    ab__buf_free(&line);
}

/* Large figures need no decimals. */
static const char *of_a_person(double hunger_days, char out[AB_NUMBER_CAP])
{
    return number(hunger_days, hunger_days < 100 ? 1 : 0, out);
}

/* Who is worst off by chance, and of whom averages hide most. */
static void world_places(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_world_place *place = AB_RESULT_ROWS(results, world_places, ab_world_place), *worst = place, *hidden = place;
    char at_worst[AB_NUMBER_CAP], mean[AB_NUMBER_CAP], told[AB_NUMBER_CAP];

    for (int32_t i = 1; i < AB_RESULT_COUNT(results, world_places); i++) {
        worst = place[i].hunger_mean > worst->hunger_mean ? &place[i] : worst;
        hidden = place[i].hunger_mean - place[i].hunger_on_averages > hidden->hunger_mean - hidden->hunger_on_averages ? &place[i] : hidden;
    }
    if (AB_RESULT_COUNT(results, world_places) < 2)
        return;
    ab__buf_printf(out, ". Worst: %s, %s. Hidden most: %s, %s where averages tell %s", place_name(input, worst->place),
                   of_a_person(worst->hunger_mean, at_worst), place_name(input, hidden->place), of_a_person(hidden->hunger_mean, mean),
                   of_a_person(hidden->hunger_on_averages, told));
    if (hidden->empty_prob > 0)
        ab__buf_printf(out, ", and in %.0f %% of worlds nothing to eat for %.0f days on end", 100 * hidden->empty_prob, hidden->empty_days);
}

/* Which of several plans is best by worlds that had no part in the choice. */
static void world_choice(ab_buf *out, const ab_data *results)
{
    const ab_world_total *total = AB_RESULT_ROWS(results, world_totals, ab_world_total);
    int32_t count = AB_RESULT_COUNT(results, world_totals);
    double people = fmax(1, ab__figure(results, "people"));
    char gain[AB_NUMBER_CAP], error[AB_NUMBER_CAP];

    for (int32_t i = 0; i < count; i++) {
        if (!(total[i].best > 0))
            continue;
        ab__buf_printf(out, ". Of %d plans %s is best by half of the worlds", (int)count, total[i].plan);
        if (i > 0)
            ab__buf_printf(out, ", and by the other half has %s less hunger than %s (standard error %s)",
                           number(total[i].gain / people, 2, gain), total[0].plan, number(total[i].gain_error / people, 2, error));
    }
}

/* What the plan is worth by chance, where it was judged on worlds. */
static void worlds(ab_buf *out, const ab_data *input, const ab_data *results)
{
    double count = ab__figure(results, "worlds"), people = fmax(1, ab__figure(results, "people"));
    double hidden = ab__figure(results, "worlds_hidden_frac");
    char n[AB_NUMBER_CAP], on_averages[AB_NUMBER_CAP], mean[AB_NUMBER_CAP], low[AB_NUMBER_CAP], high[AB_NUMBER_CAP];
    ab_buf line = AB_BUF_INIT;

    if (!(count > 0))
        return;
    ab__buf_printf(&line, "hunger a person %s on averages, %s by chance, mean of %s worlds (5 to 95 %%: %s to %s)",
                   number(ab__figure(results, "hunger") / people, 1, on_averages),
                   number(ab__figure(results, "worlds_hunger_mean") / people, 1, mean), number(count, 0, n),
                   number(ab__figure(results, "worlds_hunger_low") / people, 1, low),
                   number(ab__figure(results, "worlds_hunger_high") / people, 1, high));
    if (!isnan(hidden))
        ab__buf_printf(&line, ": averages hide %.1f %% of what a plan can change", 100 * hidden);
    world_places(&line, input, results);
    world_choice(&line, results);
    ab__text_item(out, "WORLDS", ab__buf_text(&line), 9);
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

/* Rows whose source says that they are assumed, and settings left at their defaults. */
static void assumed(ab_buf *out, const ab_data *results)
{
    const ab_fact *fact = AB_RESULT_ROWS(results, provenance, ab_fact);
    ab_buf settings = AB_BUF_INIT, line = AB_BUF_INIT;

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, provenance); i++)
        if (strncmp(fact[i].key, "setting ", 8) == 0 && strcmp(fact[i].origin, "default") == 0 &&
            fact[i].value[0])
            ab__buf_printf(&settings, "%s%s %s", settings.size ? ", " : "", fact[i].key + 8,
                           fact[i].value);
    ab__buf_printf(
        &line,
        "%.0f of %.0f rows rest on an assumption, %.0f cells on a default; settings at their default: %s",
        ab__figure(results, "rows_assumed"), ab__figure(results, "rows"),
        ab__figure(results, "cells_at_default"), settings.size ? ab__buf_text(&settings) : "none");
    ab__buf_add(out, "ASSUMED   ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 10, 10, 2);
    ab__buf_char(out, '\n');
    if (line.failed || settings.failed)
        out->failed = true;
    ab__buf_free(&line);
    ab__buf_free(&settings);
}

ab_status ab_summary_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    title(&text, input, results);
    if (ab__figure(results, "feasible") > 0) {
        hunger(&text, results);
        places(&text, input, results);
        means(&text, results);
        loading(&text, results);
        gaps(&text, input, results);
        standing(&text, results);
        worlds(&text, input, results);
    } else {
        ab__buf_add(&text, "\nNO PLAN KEEPS WHAT WAS ASKED\n  ");
        ab__text_wrap(&text, ab__fact(results, "answer"), AB_SCREEN_COLUMNS - 2, 2, 12);
        ab__buf_char(&text, '\n');
    }
    undrawn(&text, results);
    again(&text, input, results);
    against(&text, input, results);
    unchecked(&text, results);
    assumed(&text, results);
    ab__buf_add(&text,
                "No authority: chances and gaps are estimates, and a named person decides.\n");
    return ab__text_end(out, &text, err);
}
