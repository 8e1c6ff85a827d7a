/* How places stand by two plans, over the days that both cover. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diff/parts.h"

/* From this share of the ration on a day counts as fed; as in the summary. */
static const double FED_FRAC = 0.99;
/* Hunger and tonnes that differ by less are the same. */
static const double SAME_DEBT_DAYS = 0.05, SAME_KG = 0.5;

/* One place in one plan. */
typedef struct stand {
    double fed, days, debt, received_kg;
} stand;

static const ab_place *find_place(const ab_data *input, const char *id)
{
    const ab_place *place = input->rows[AB_TABLE_places].at;
    for (int32_t i = 0; i < input->rows[AB_TABLE_places].count; i++)
        if (strcmp(place[i].id, id) == 0)
            return &place[i];
    return NULL;
}

static ab_time end_of(const ab_data *results)
{
    const ab_stock_day *day = results->rows[AB_TABLE_stock_days].at;
    ab_time end = AB_TIME_NONE;
    for (int32_t i = 0; i < results->rows[AB_TABLE_stock_days].count; i++)
        end = day[i].until > end ? day[i].until : end;
    return end;
}

/* Over [from, until). */
static stand stand_of(const ab_data *results, const char *place, ab_time from, ab_time until)
{
    const ab_stock_day *day = results->rows[AB_TABLE_stock_days].at;
    stand s = {0, 0, 0, 0};
    for (int32_t i = 0; i < results->rows[AB_TABLE_stock_days].count; i++) {
        if (strcmp(day[i].place, place) != 0 || day[i].until > until)
            continue;
        s.debt = day[i].debt_ration_days;
        if (day[i].from < from)
            continue;
        double days = (double)(day[i].until - day[i].from) / 86400;
        s.days += days;
        s.fed += day[i].eaten_frac >= FED_FRAC ? days : 0;
        s.received_kg += day[i].received_kg;
    }
    return s;
}

static int32_t changed_trips(const ab_trip_changes *trips, const char *place)
{
    int32_t count = 0;
    for (int32_t i = 0; i < trips->count; i++) {
        const ab_trip_row *trip = trips->at[i].before ? trips->at[i].before : trips->at[i].after;
        count += trips->at[i].kind != AB_TRIP_KEPT && strcmp(trip->place, place) == 0;
    }
    return count;
}

static int side_of(const ab_place_change *place)
{
    if (fabs(place->debt_after - place->debt_before) <= SAME_DEBT_DAYS)
        return 2;
    return place->worse_ration_days > 0 ? 0 : 1;
}

/* Those that are worse, most of it first; then those that are better, least of it last; then the others. */
static int worst_first(const void *a, const void *b)
{
    const ab_place_change *x = a, *y = b;
    if (side_of(x) != side_of(y))
        return side_of(x) - side_of(y);
    if (side_of(x) == 1 && x->worse_ration_days != y->worse_ration_days)
        return x->worse_ration_days > y->worse_ration_days ? 1 : -1;
    if (x->worse_ration_days != y->worse_ration_days)
        return x->worse_ration_days < y->worse_ration_days ? 1 : -1;
    return strcmp(x->id, y->id);
}

static void add_place(ab_diff *diff, ab_place_change *at, const ab_planned *before, const ab_planned *after,
                      const ab_place *was, const ab_place *is)
{
    ab_time a_end = end_of(&before->results), b_end = end_of(&after->results);
    ab_time until = a_end < b_end ? a_end : b_end;
    stand a = stand_of(&before->results, was->id, diff->from, until);
    stand b = stand_of(&after->results, was->id, diff->from, until);
    ab_place_change c = {.id = was->id,
                         .name = is->name[0] ? is->name : is->id,
                         .people = is->population > 0 ? is->population : 0,
                         .days = fmin(a.days, b.days),
                         .fed_before = a.fed,
                         .fed_after = b.fed,
                         .debt_before = a.debt,
                         .debt_after = b.debt,
                         .received_before_kg = a.received_kg,
                         .received_after_kg = b.received_kg,
                         .trips = changed_trips(diff->trips, was->id)};
    c.worse_ration_days = (double)c.people * (b.debt - a.debt);
    bool differs = fabs(b.debt - a.debt) > SAME_DEBT_DAYS;
    diff->worse += differs && b.debt > a.debt;
    diff->better += differs && b.debt < a.debt;
    if (differs || c.trips > 0 || fabs(b.received_kg - a.received_kg) > SAME_KG || a.fed != b.fed)
        at[diff->place_count++] = c;
}

bool ab__diff_places(ab_diff *diff, const ab_planned *before, const ab_planned *after)
{
    const ab_rows *was = &before->input.rows[AB_TABLE_places], *is = &after->input.rows[AB_TABLE_places];
    ab_place_change *at = AB_NEW(diff->arena, ab_place_change, was->count);
    int32_t common = 0;
    if (!at)
        return false;
    for (int32_t i = 0; i < was->count; i++) {
        const ab_place *place = (const ab_place *)was->at + i, *now = find_place(&after->input, place->id);
        if (now)
            add_place(diff, at, before, after, place, now);
        common += now != NULL;
    }
    diff->only_before = was->count - common;
    diff->only_after = is->count - common;
    qsort(at, (size_t)diff->place_count, sizeof *at, worst_first);
    diff->place = at;
    for (int32_t i = 0; i < diff->place_count; i++)
        if (!ab__diff_tie(diff, &at[i], before, after))
            return false;
    return true;
}
