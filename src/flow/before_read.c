/* Trips of a result, found again in the rows of today's operation. */
#include <math.h>
#include <string.h>

#include "flow/before.h"
#include "schema/convert.h"

typedef struct reading {
    ab_before *before;
    const ab_operation *op;
    ab_data input;
    const ab_load_row *load;
    int32_t load_count, next_load; /* loads stand by trip, in the order of trips */
    ab_previous_trip *trip;
    ab_previous_load *kept;
    ab_previous_move *move;
    const char *missing; /* what the last lookup did not find */
    bool failed;
} reading;

/* -1 for "", and where the row is missing. */
static int32_t row_of(reading *r, ab_input_table table, const char *id)
{
    if (!id[0])
        return -1;
    int32_t row = ab__row_find(&r->input, (int32_t)table, id);
    if (row < 0 && !r->missing) {
        r->missing = ab__arena_printf(r->before->arena, "%s:%s is no longer in the operation",
                                      r->input.schema->tables[table].singular, id);
        r->failed = !r->missing;
    }
    return row;
}

static int32_t means_of(const char *word)
{
    for (int32_t m = 0; m < ab_codes_means.count; m++)
        if (strcmp(ab_codes_means.codes[m].word, word) == 0)
            return m;
    return -1;
}

/* The loads of the trip: [*from, returned). */
static int32_t loads_of(reading *r, const ab_trip_row *trip, int32_t *from)
{
    int32_t i = r->next_load;
    while (i < r->load_count && strcmp(r->load[i].trip, trip->id) != 0)
        i++;
    if (i == r->load_count) {
        /* A file whose rows stand in another order. */
        for (i = 0; i < r->load_count && strcmp(r->load[i].trip, trip->id) != 0;)
            i++;
    }
    *from = i;
    while (i < r->load_count && strcmp(r->load[i].trip, trip->id) == 0)
        i++;
    r->next_load = i;
    return i;
}

/* ---- From hub to hub --------------------------------------------------------------------------------------- */

/* Today's hubs decide where a link leads; one that is gone moves nothing. */
static void read_transfer(reading *r, const ab_trip_row *trip)
{
    int32_t from, until = loads_of(r, trip, &from), link = row_of(r, AB_TABLE_links, trip->link);
    int32_t depart = ab_period_of(r->op, trip->depart), arrive = ab_period_of(r->op, trip->arrive);
    for (int32_t i = from; i < until && link >= 0 && depart >= 0 && depart < r->op->period_count; i++) {
        int32_t commodity = row_of(r, AB_TABLE_commodities, r->load[i].commodity);
        if (commodity >= 0)
            r->move[r->before->previous.move_count++] =
                (ab_previous_move){link, commodity, depart, arrive, r->load[i].mass_kg, r->load[i].expected_kg};
    }
}

/* ---- Deliveries -------------------------------------------------------------------------------------------- */

static void read_loads(reading *r, const ab_trip_row *row, ab_previous_trip *trip)
{
    int32_t from, until = loads_of(r, row, &from);
    trip->first_load = r->before->previous.load_count;
    for (int32_t i = from; i < until; i++) {
        int32_t commodity = row_of(r, AB_TABLE_commodities, r->load[i].commodity);
        if (commodity >= 0)
            r->kept[trip->first_load + trip->load_count++] = (ab_previous_load){commodity, r->load[i].mass_kg};
    }
}

static void read_delivery(reading *r, const ab_trip_row *row, ab_held *held)
{
    ab_previous *previous = &r->before->previous;
    ab_previous_trip trip = {.means = (ab_means)means_of(row->means),
                             .vehicle = row_of(r, AB_TABLE_vehicles, row->vehicle),
                             .hub = row_of(r, AB_TABLE_hubs, row->hub),
                             .place = row_of(r, AB_TABLE_places, row->place),
                             .dropzone = row_of(r, AB_TABLE_dropzones, row->dropzone),
                             .dropsystem = row_of(r, AB_TABLE_dropsystems, row->dropsystem),
                             .depart = ab_period_of(r->op, row->depart),
                             .vehicles = (int32_t)row->vehicles,
                             .distance_m = row->distance_m};
    read_loads(r, row, &trip);
    if (trip.depart < 0 || trip.depart >= r->op->period_count)
        r->missing = "its day is no longer in the operation";
    if (r->missing || trip.vehicle < 0 || trip.hub < 0 || trip.place < 0 || means_of(row->means) < 0) {
        held->hold = AB_HOLD_GONE;
        held->why = r->missing ? r->missing : "its row was changed by hand";
        return;
    }
    held->previous = previous->trip_count;
    previous->load_count += trip.load_count;
    r->trip[previous->trip_count++] = trip;
}

static void read_trip(reading *r, const ab_trip_row *row, ab_held *held)
{
    *held = (ab_held){AB_HOLD_FREE, row->depart < ab__frozen_until(r->op), "", -1};
    r->missing = NULL;
    if (row->link[0]) {
        read_transfer(r, row);
        held->was_frozen = false;
    } else if (row->depart < r->before->from) {
        held->hold = AB_HOLD_PAST;
        held->was_frozen = false;
    } else {
        read_delivery(r, row, held);
    }
}

ab_time ab__frozen_until(const ab_operation *op)
{
    const ab_settings *settings = op->settings;
    ab_time now = settings->as_of > settings->start ? settings->as_of : settings->start;
    return now + (ab_time)llround(settings->freeze_s);
}

/* Rows of a result stand by departure; those of a file that was changed may not. */
static bool is_in_order(const ab_previous *previous)
{
    for (int32_t i = 1; i < previous->trip_count; i++)
        if (previous->trip[i].depart < previous->trip[i - 1].depart)
            return false;
    for (int32_t i = 1; i < previous->move_count; i++)
        if (previous->move[i].depart < previous->move[i - 1].depart)
            return false;
    return true;
}

ab_status ab__before_read(ab_before *before, const ab_operation *op, ab_error *err)
{
    const ab_rows *trips = &before->results->rows[AB_TABLE_trips], *loads = &before->results->rows[AB_TABLE_loads];
    reading r = {.before = before, .op = op, .input = ab_operation_data(op), .load = loads->at, .load_count = loads->count};
    before->from = ab_period_start(op, ab_first_departure(op));
    before->held = AB_NEW(before->arena, ab_held, trips->count);
    r.trip = AB_NEW(before->arena, ab_previous_trip, trips->count);
    r.kept = AB_NEW(before->arena, ab_previous_load, loads->count);
    r.move = AB_NEW(before->arena, ab_previous_move, loads->count);
    if (!before->held || !r.trip || !r.kept || !r.move)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was read");
    for (int32_t i = 0; i < trips->count && !r.failed; i++)
        read_trip(&r, (const ab_trip_row *)trips->at + i, &before->held[i]);
    before->previous.trip = r.trip;
    before->previous.load = r.kept;
    before->previous.move = r.move;
    before->previous.own_commitments = op->commitments.count;
    if (r.failed)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was read");
    return is_in_order(&before->previous)
               ? AB_OK
               : ab_fail(err, AB_FLAWED, "the trips of the plan before do not stand by departure: its file was changed");
}
