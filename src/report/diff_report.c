/* What changed from one plan to another, on one screen or in full. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/diff_words.h"
#include "report/text.h"

enum { MOST_TRIPS = 8, MOST_PLACES = 5, MOST_TIED = 3, MOST_ROWS = 8 };

static const char *number(double value, int decimals, char out[AB_NUMBER_CAP])
{
    return ab__number_people(value, decimals, out);
}

const char *ab__tie_words(ab_tie tie)
{
    switch (tie) {
    case AB_TIE_NAMED:
        return "the plan names it";
    case AB_TIE_PLACE:
        return "of the place";
    case AB_TIE_WAY:
        return "on its way";
    case AB_TIE_LINKED:
        return "of a place linked to it";
    case AB_TIE_GOODS:
        return "of its hubs, vehicles or goods";
    case AB_TIE_NONE:
        break;
    }
    return "";
}

/* "12 -> 9"; one of them where both print alike. */
static void add_pair(ab_buf *out, double before, double after, int decimals)
{
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];

    number(before, decimals, a);
    number(after, decimals, b);
    ab__buf_printf(out, strcmp(a, b) == 0 ? "%s" : "%s -> %s", a, b);
}

/* ---- Trips ------------------------------------------------------------------------------------------------- */

static double size_of(const ab_trip_change *change)
{
    bool gone = change->kind == AB_TRIP_MOVED;

    return gone ? change->after_kg : fabs(change->after_kg - change->before_kg);
}

static int largest_first(const void *a, const void *b)
{
    const ab_trip_change *x = *(const ab_trip_change *const *)a, *y = *(const ab_trip_change *const *)b;

    if (size_of(x) != size_of(y))
        return size_of(x) < size_of(y) ? 1 : -1;
    return (x > y) - (x < y);
}

/* "moved to 17 Feb", "dropped" */
static void what_happens(ab_buf *out, const ab_trip_change *change)
{
    ab__buf_add(out, ab_trip_change_word(change->kind));
    if (change->kind == AB_TRIP_MOVED) {
        ab__buf_add(out, " to ");
        ab__text_day(out, change->after->depart, false);
    }
}

static void trip_line(ab_buf *out, const ab_trip_change *change)
{
    const ab_trip_row *trip = change->before ? change->before : change->after;
    ab_buf way = AB_BUF_INIT, day = AB_BUF_INIT, what = AB_BUF_INIT, vehicles = AB_BUF_INIT, tonnes = AB_BUF_INIT;

    ab__text_day(&day, trip->depart, false);
    what_happens(&what, change);
    ab__buf_printf(&way, "%s %s", trip->vehicle[0] ? trip->vehicle : trip->link, trip->place[0] ? trip->place : trip->to_hub);
    if (trip->vehicle[0])
        add_pair(&vehicles, (double)change->vehicles_before, (double)change->vehicles_after, 0);
    add_pair(&tonnes, change->before_kg / 1000, change->after_kg / 1000, 2);
    ab__buf_add(out, "  ");
    ab__text_left(out, ab__buf_text(&day), 7);
    ab__text_left(out, ab__buf_text(&what), 16);
    ab__text_left(out, ab__buf_text(&way), 29);
    ab__text_right(out, ab__buf_text(&vehicles), 9);
    ab__text_right(out, ab__buf_text(&tonnes), 17);
    ab__buf_char(out, '\n');
    out->failed = out->failed || way.failed || day.failed || what.failed || vehicles.failed || tonnes.failed;
    ab__buf_free(&way);
    ab__buf_free(&day);
    ab__buf_free(&what);
    ab__buf_free(&vehicles);
    ab__buf_free(&tonnes);
}

static void trips_title(ab_buf *out, const ab_diff *diff)
{
    const int32_t *of = diff->trips->of_kind;
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(&line, "%d kept, %d added, %d dropped, %d moved, %d with more vehicles, %d with fewer, %d with another load",
                   (int)of[AB_TRIP_KEPT], (int)of[AB_TRIP_ADDED], (int)of[AB_TRIP_DROPPED], (int)of[AB_TRIP_MOVED],
                   (int)of[AB_TRIP_MORE], (int)of[AB_TRIP_FEWER], (int)of[AB_TRIP_LOADED]);
    if (diff->trips->past > 0) {
        ab__buf_printf(&line, "; %d departed before ", (int)diff->trips->past);
        ab__text_day(&line, diff->from, true);
        ab__buf_add(&line, " and are not compared");
    }
    ab__buf_char(out, '\n');
    ab__text_item(out, "TRIPS", ab__buf_text(&line), 3);
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static void trips(ab_buf *out, const ab_diff *diff, bool all)
{
    const ab_trip_changes *changes = diff->trips;
    const ab_trip_change **order = calloc((size_t)changes->count + 1, sizeof *order);
    int32_t count = 0;

    trips_title(out, diff);
    for (int32_t i = 0; order && i < changes->count; i++)
        if (changes->at[i].kind != AB_TRIP_KEPT)
            order[count++] = &changes->at[i];
    if (!order)
        out->failed = true;
    else if (!all)
        qsort(order, (size_t)count, sizeof *order, largest_first);
    if (count > 0)
        ab__buf_add(out, "  day    what            class and end                 vehicles           tonnes\n");
    for (int32_t i = 0; i < count && (all || i < MOST_TRIPS); i++)
        trip_line(out, order[i]);
    if (!all && count > MOST_TRIPS)
        ab__buf_printf(out, "  and %d smaller changes: --all shows them\n", (int)(count - MOST_TRIPS));
    free(order);
}

/* ---- Places ------------------------------------------------------------------------------------------------ */

/* "access:a9 added: subject road:r3, state closed"; "vehicle:truck count: 30 -> 20" */
void ab__diff_row_words(ab_buf *out, const ab_row_change *row)
{
    if (!row->column[0])
        ab__buf_printf(out, "%s %s: %s", row->name, row->row_before < 0 ? "added" : "removed",
                       row->row_before < 0 ? row->after : row->before);
    else
        ab__buf_printf(out, "%s %s: %s -> %s", row->name, row->column, row->before[0] ? row->before : "(empty)",
                       row->after[0] ? row->after : "(empty)");
}

static void tied_rows(ab_buf *out, const ab_diff *diff, const ab_place_change *place, bool all)
{
    for (int32_t i = 0; i < place->tied_count && (all || i < MOST_TIED); i++) {
        ab_buf line = AB_BUF_INIT;
        ab__buf_printf(&line, "[%s] ", ab__tie_words(place->tied[i].tie));
        ab__diff_row_words(&line, &diff->row[place->tied[i].row]);
        ab__buf_add(out, "      ");
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 6, 6, all ? 4 : 2);
        ab__buf_char(out, '\n');
        out->failed = out->failed || line.failed;
        ab__buf_free(&line);
    }
    if (place->tied_count == 0)
        ab__buf_add(out, "      no row that changed is tied to it: what others get, or the search\n");
}

static void place_columns(ab_buf *out, const char *name, const char *people, const char *owed, const char *fed,
                          const char *food)
{
    ab__buf_add(out, "  ");
    ab__text_left(out, name, 19);
    ab__text_right(out, people, 10);
    ab__text_right(out, owed, 15);
    ab__text_right(out, fed, 16);
    ab__text_right(out, food, 18);
    ab__buf_char(out, '\n');
}

static void place_line(ab_buf *out, const ab_diff *diff, const ab_place_change *place, bool all)
{
    ab_buf owed = AB_BUF_INIT, fed = AB_BUF_INIT, food = AB_BUF_INIT;
    char people[AB_NUMBER_CAP];

    add_pair(&owed, place->debt_before, place->debt_after, 1);
    add_pair(&fed, place->fed_before, place->fed_after, 0);
    ab__buf_printf(&fed, " of %s", number(place->days, 0, people));
    add_pair(&food, place->received_before_kg / 1000, place->received_after_kg / 1000, 0);
    place_columns(out, place->name, number((double)place->people, 0, people), ab__buf_text(&owed), ab__buf_text(&fed),
                  ab__buf_text(&food));
    tied_rows(out, diff, place, all);
    out->failed = out->failed || owed.failed || fed.failed || food.failed;
    ab__buf_free(&owed);
    ab__buf_free(&fed);
    ab__buf_free(&food);
}

static void places(ab_buf *out, const ab_diff *diff, bool all)
{
    ab_buf line = AB_BUF_INIT;

    ab__buf_printf(&line, "%d worse, %d better, by what people will be owed at the end", (int)diff->worse, (int)diff->better);
    if (diff->only_before + diff->only_after > 0)
        ab__buf_printf(&line, "; %d are gone, %d are new", (int)diff->only_before, (int)diff->only_after);
    ab__buf_char(out, '\n');
    ab__text_item(out, "PLACES", ab__buf_text(&line), 2);
    if (diff->place_count > 0) {
        ab__buf_add(out, "          below each, rows that changed and are tied to it: no proof of a cause\n");
        place_columns(out, "", "people", "rations owed", "days fed", "food received, t");
    }
    for (int32_t i = 0; i < diff->place_count && (all || i < MOST_PLACES); i++)
        place_line(out, diff, &diff->place[i], all);
    if (!all && diff->place_count > MOST_PLACES)
        ab__buf_printf(out, "  and %d more: --all shows them\n", (int)(diff->place_count - MOST_PLACES));
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

/* ---- Rows, means, money ------------------------------------------------------------------------------------ */

static void rows(ab_buf *out, const ab_diff *diff, bool all)
{
    ab__buf_char(out, '\n');
    ab__buf_printf(out, "ROWS      %d changed", (int)diff->row_count);
    if (diff->frozen_before + diff->frozen_after > 0) {
        ab__buf_add(out, "; commitments that hold what is frozen: ");
        add_pair(out, diff->frozen_before, diff->frozen_after, 0);
    }
    ab__buf_char(out, '\n');
    for (int32_t i = 0; i < diff->row_count && (all || i < MOST_ROWS); i++) {
        ab_buf line = AB_BUF_INIT;
        ab__diff_row_words(&line, &diff->row[i]);
        ab__buf_add(out, "  ");
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 2, 4, all ? 4 : 1);
        ab__buf_char(out, '\n');
        out->failed = out->failed || line.failed;
        ab__buf_free(&line);
    }
    if (!all && diff->row_count > MOST_ROWS)
        ab__buf_printf(out, "  and %d more: --all shows them\n", (int)(diff->row_count - MOST_ROWS));
}

static void totals(ab_buf *out, const ab_diff *diff)
{
    ab_buf line = AB_BUF_INIT;

    for (int m = 0; m < ab_means_count; m++) {
        const ab_means_change *means = &diff->means[m];
        if (means->sent_before_kg < 0.5 && means->sent_after_kg < 0.5)
            continue;
        ab__buf_printf(&line, "%s%s ", line.size ? "; " : "", ab_codes_means.codes[m].word);
        add_pair(&line, means->sent_before_kg / 1000, means->sent_after_kg / 1000, 0);
        ab__buf_add(&line, " t sent, ");
        add_pair(&line, means->expected_before_kg / 1000, means->expected_after_kg / 1000, 0);
        ab__buf_add(&line, " expected");
    }
    ab__buf_char(out, '\n');
    if (line.size)
        ab__text_item(out, "BY WHAT", ab__buf_text(&line), 5);
    ab__buf_clear(&line);
    ab__buf_add(&line, "hunger ");
    add_pair(&line, diff->hunger_before, diff->hunger_after, 0);
    ab__buf_add(&line, "; trips and goods ");
    add_pair(&line, diff->cost_before_usd, diff->cost_after_usd, 0);
    ab__buf_add(&line, " USD");
    ab__text_item(out, "IN ALL", ab__buf_text(&line), 2);
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

bool ab__diff_is_none(const ab_diff *diff)
{
    return diff->trips->count == diff->trips->of_kind[AB_TRIP_KEPT] && diff->trips->past == 0 && diff->row_count == 0 &&
           diff->place_count == 0 && diff->only_before + diff->only_after == 0;
}

ab_status ab_diff_print(FILE *out, const ab_diff *diff, bool all, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    if (ab__diff_is_none(diff)) {
        ab__buf_printf(&text, "No difference: the same rows, and the same %d departures.\n", (int)diff->trips->count);
    } else {
        ab__buf_add(&text, "From ");
        ab__text_day(&text, diff->from, true);
        ab__buf_add(&text, " on, the first plan -> the second:\n");
        trips(&text, diff, all);
        places(&text, diff, all);
        rows(&text, diff, all);
        totals(&text, diff);
    }
    return ab__text_end(out, &text, err);
}
