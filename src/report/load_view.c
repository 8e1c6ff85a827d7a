#include "report/load_view.h"

#include <math.h>
#include <string.h>

#include "report/figures.h"

/* ---- Rows that rows name ---- */

#define FIND(data, table, type, name)                                                              \
    ((const type *)find_id((data)->rows[AB_TABLE_##table], sizeof(type), offsetof(type, id), name))

static const void *find_id(ab_rows rows, size_t size, size_t offset, const char *id)
{
    for (int32_t i = 0; i < rows.count; i++) {
        const char *row = (const char *)rows.at + (size_t)i * size, *found;
        memcpy(&found, row + offset, sizeof found);
        if (strcmp(found, id) == 0)
            return row;
    }
    return NULL;
}

const ab_commodity *ab__load_commodity(const ab_load_view *view, const ab_lot_row *lot)
{
    return FIND(view->input, commodities, ab_commodity, lot->commodity);
}

const char *ab__load_name(const ab_load_view *view, const ab_lot_row *lot)
{
    const ab_commodity *commodity = ab__load_commodity(view, lot);

    return commodity && commodity->name[0] ? commodity->name : lot->commodity;
}

/* ---- Groups ---- */

static bool begins_group(const ab_lot_row *lot, int32_t i)
{
    return i == 0 || lot[i].vehicle != lot[i - 1].vehicle ||
           lot[i].container != lot[i - 1].container;
}

static ab_load_group group_at(const ab_lot_row *lot, int32_t count)
{
    ab_load_group group = {.lot = lot};

    while (group.count < count && (group.count == 0 || !begins_group(lot, group.count))) {
        group.packages += lot[group.count].packages;
        group.mass_kg += lot[group.count].mass_kg;
        group.volume_m3 += lot[group.count].volume_m3;
        group.pallets += lot[group.count].pallets;
        group.count++;
    }
    return group;
}

/* `lot` has the rows of one trip. */
static bool take_groups(ab_load_trip *trip, const ab_lot_row *lot, int32_t count, ab_arena *arena)
{
    ab_load_group *group = AB_NEW(arena, ab_load_group, count);

    trip->group = group;
    for (int32_t i = 0, size; group && i < count; i += size) {
        ab_load_group found = group_at(&lot[i], count - i);
        size = found.count;
        if (lot[i].vehicle < 1)
            trip->stays = found;
        else
            group[trip->group_count++] = found;
    }
    return group != NULL;
}

static int64_t at_least_one(int64_t count)
{
    return count > 1 ? count : 1;
}

int32_t ab__load_vehicle(const ab_load_trip *trip, int32_t first, ab_load_group *one)
{
    int32_t n = first;

    *one = (ab_load_group){.lot = trip->group[first].lot};
    for (; n < trip->group_count && trip->group[n].lot->vehicle == one->lot->vehicle; n++) {
        const ab_load_group *group = &trip->group[n];
        double times = (double)at_least_one(group->lot->containers);
        one->count += group->count;
        one->packages += times * group->packages;
        one->mass_kg += times * group->mass_kg;
        one->volume_m3 += times * group->volume_m3;
        one->pallets += times * group->pallets;
    }
    return n - first;
}

/* ---- Which trips ---- */

/* Local midnight of a departure, as a day is written. */
static ab_time local_day(const ab_data *input, ab_time t)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    ab_time local = t + (ab_time)(isnan(settings->utc_offset_s) ? 0 : settings->utc_offset_s);
    ab_time second = local % 86400;

    return local - (second < 0 ? second + 86400 : second);
}

/* `day` is AB_TIME_NONE where a trip is named, or all are meant. */
static bool is_meant(const ab_data *input, const ab_trip_row *trip, const char *what, ab_time day)
{
    if (!what)
        return trip->vehicles > 0;
    if (day != AB_TIME_NONE)
        return trip->vehicles > 0 && local_day(input, trip->depart) == day;
    return strcmp(trip->id, what) == 0;
}

static ab_load_trip look_up(const ab_data *input, const ab_trip_row *trip)
{
    return (ab_load_trip){.trip = trip,
                          .hub = FIND(input, hubs, ab_hub, trip->hub),
                          .place = FIND(input, places, ab_place, trip->place),
                          .vehicle = FIND(input, vehicles, ab_vehicle, trip->vehicle),
                          .system = FIND(input, dropsystems, ab_dropsystem, trip->dropsystem)};
}

/* false: out of memory. Lots stand in the order of trips. */
static bool take_trips(ab_load_view *view, const char *what, ab_time day, ab_arena *arena)
{
    const ab_trip_row *trip = AB_RESULT_ROWS(view->results, trips, ab_trip_row);
    const ab_lot_row *lot = AB_RESULT_ROWS(view->results, lots, ab_lot_row);
    int32_t trips = AB_RESULT_COUNT(view->results, trips),
            lots = AB_RESULT_COUNT(view->results, lots);
    ab_load_trip *taken = AB_NEW(arena, ab_load_trip, trips);

    view->trip = taken;
    for (int32_t i = 0, first = 0, count; taken && i < trips; i++, first += count) {
        for (count = 0; first + count < lots && strcmp(lot[first + count].trip, trip[i].id) == 0;)
            count++;
        if (!is_meant(view->input, &trip[i], what, day))
            continue;
        taken[view->count] = look_up(view->input, &trip[i]);
        if (!take_groups(&taken[view->count++], &lot[first], count, arena))
            return false;
    }
    return taken != NULL;
}

static ab_status refuse_link(const ab_load_trip *trip, ab_error *err)
{
    return ab_fail(
        err, AB_USAGE,
        "%s moves stock from hub to hub by a link: no vehicle is named for it, so it has "
        "no loading list",
        trip->trip->id);
}

ab_status ab__load_view(const ab_data *input, const ab_data *results, const char *what,
                        ab_arena *arena, ab_load_view *out, ab_error *err)
{
    ab_time day = AB_TIME_NONE;
    int32_t trips = AB_RESULT_COUNT(results, trips);
    const ab_trip_row *trip = AB_RESULT_ROWS(results, trips, ab_trip_row);

    *out = (ab_load_view){.input = input, .results = results};
    if (what && !ab_day_parse(what, &day, NULL))
        day = AB_TIME_NONE;
    if (trips > 0 && AB_RESULT_COUNT(results, lots) == 0)
        return ab_fail(
            err, AB_USAGE,
            "this result has no loading lists: it was planned by an older version, or has "
            "links only; plan it again");
    if (!take_trips(out, what, day, arena))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while loading lists were read");
    if (what && out->count == 0 && trips == 0)
        return ab_fail(err, AB_USAGE, "this plan sends nothing");
    if (what && out->count == 0)
        return ab_fail(
            err, AB_USAGE,
            "no trip is called %s, and none leaves on a day written so: trips are %s to %s, "
            "days YYYY-MM-DD, local",
            what, trip[0].id, trip[trips - 1].id);
    if (what && day == AB_TIME_NONE && out->trip[0].trip->vehicles < 1)
        return refuse_link(&out->trip[0], err);
    return AB_OK;
}

/* ---- What is delivered ---- */

/* The name of the need that a commodity meets: its food group where the plan counts that, else all energy. */
static const char *need_of(const ab_load_view *view, const ab_lot_row *lot)
{
    const ab_commodity *commodity = ab__load_commodity(view, lot);
    const ab_need_row *need = AB_RESULT_ROWS(view->results, needs, ab_need_row);

    if (!commodity || commodity->category < 0)
        return "";
    if (commodity->category != AB_CATEGORY_FOOD)
        return ab_codes_category.codes[commodity->category].word;
    const char *own = commodity->group[0] ? commodity->group : commodity->id;
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, needs); i++)
        if (strcmp(need[i].group, own) == 0)
            return need[i].group;
    return "energy";
}

int32_t ab__load_days(const ab_load_view *view, const ab_load_group *group, int32_t without,
                      ab_load_days days[AB_LOAD_MOST_GROUPS])
{
    int32_t count = 0;

    for (int32_t i = 0; i < group->count; i++) {
        const ab_lot_row *lot = &group->lot[i];
        const char *need = need_of(view, lot);
        int32_t at = 0;
        if (i == without || !(lot->person_days > 0))
            continue;
        while (at < count && strcmp(days[at].group, need) != 0)
            at++;
        if (at == AB_LOAD_MOST_GROUPS)
            continue;
        if (at == count)
            days[count++] = (ab_load_days){need, 0};
        days[at].person_days += lot->person_days;
    }
    return count;
}

double ab__load_rest_kg(const ab_load_group *group, int32_t without)
{
    return group->mass_kg - group->lot[without].mass_kg;
}
