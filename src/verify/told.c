/* The rows of the result with what they name: looked up once, and told where they name nothing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "schema/convert.h"
#include "schema/find.h"
#include "verify/prover.h"

/* ---- Names ---- */

/* The input row of this id; -1 where the cell is empty. One that is not there is told. */
static int32_t look_up(ab_prover *prover, ab_input_table table, const char *id, const ab_where *where)
{
    ab_data data = ab_operation_data(prover->op);

    if (id[0] == '\0')
        return -1;
    int32_t row = ab__row_find(&data, (int32_t)table, id);
    ab__prove_fact(prover, AB_PROVE_NAMES, row >= 0, where, id, "the id of a row that is there");
    return row;
}

static int32_t means_of(ab_prover *prover, const char *word, const ab_where *where)
{
    int32_t means = ab__code_find(&ab_codes_means, word);

    ab__prove_fact(prover, AB_PROVE_NAMES, means >= 0, where, word,
                   "road, airlift, airdrop, helicopter or link");
    return means;
}

static void look_up_trip(ab_prover *prover, ab_told_trip *trip)
{
    const ab_trip_row *row = trip->row;
    ab_where where = ab__where_row("trip", row->id, row->depart);

    trip->means = means_of(prover, row->means, &where);
    trip->vehicle = look_up(prover, AB_TABLE_vehicles, row->vehicle, &where);
    trip->hub = look_up(prover, AB_TABLE_hubs, row->hub, &where);
    trip->place = look_up(prover, AB_TABLE_places, row->place, &where);
    trip->to_hub = look_up(prover, AB_TABLE_hubs, row->to_hub, &where);
    trip->link = look_up(prover, AB_TABLE_links, row->link, &where);
    trip->dropzone = look_up(prover, AB_TABLE_dropzones, row->dropzone, &where);
    trip->dropsystem = look_up(prover, AB_TABLE_dropsystems, row->dropsystem, &where);
}

/* A transfer names a link and its ends; a delivery a vehicle, a hub and a place, and what it drops by. */
static bool names_all(const ab_told_trip *t)
{
    bool drops = t->means == AB_MEANS_AIRDROP;

    if (t->means == AB_MEANS_LINK)
        return t->hub >= 0 && t->to_hub >= 0 && t->link >= 0 && t->vehicle < 0 && t->place < 0 &&
               t->dropzone < 0 && t->dropsystem < 0 && t->row->vehicles == 0;
    return t->means >= 0 && t->vehicle >= 0 && t->hub >= 0 && t->place >= 0 && t->to_hub < 0 && t->link < 0 &&
           (t->dropzone >= 0) == drops && (t->dropsystem >= 0) == drops && t->row->vehicles > 0;
}

/* ---- Times ---- */

int32_t ab__period_begins(const ab_prover *prover, ab_time time)
{
    int32_t t = ab_period_of(prover->op, time);

    return t >= 0 && t < prover->periods && ab_period_start(prover->op, t) == time ? t : -1;
}

ab_time ab__told_now(const ab_operation *op)
{
    return op->settings->as_of > op->settings->start ? op->settings->as_of : op->settings->start;
}

static void place_in_time(ab_prover *prover, ab_told_trip *trip)
{
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);
    char words[AB_TIME_TEXT_CAP];

    trip->depart = ab__period_begins(prover, trip->row->depart);
    trip->arrive = ab__period_begins(prover, trip->row->arrive);
    ab__prove_fact(prover, AB_PROVE_TIMES, trip->depart >= 0, &where,
                   ab_time_format(trip->row->depart, words), "a departure when a period begins");
    ab__prove_fact(prover, AB_PROVE_TIMES, trip->arrive >= 0, &where,
                   ab_time_format(trip->row->arrive, words), "an arrival in the operation, when a period begins");
    ab__prove_fact(prover, AB_PROVE_TIMES, trip->row->arrive >= trip->row->depart, &where,
                   ab_time_format(trip->row->arrive, words), "an arrival after the departure");
    bool past = trip->depart >= 0 && ab_period_start(prover->op, trip->depart + 1) <= ab__told_now(prover->op);
    ab__prove_fact(prover, AB_PROVE_TIMES, !past, &where, "a departure in the past", "one from `as_of` on");
}

/* ---- Trips ---- */

typedef struct named_row {
    const char *id;
    int32_t row;
} named_row;

static int by_id(const void *a, const void *b)
{
    const named_row *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* Trips by id, and each id once. NULL: out of memory. */
static named_row *sort_trips(ab_prover *prover)
{
    named_row *sorted = AB_NEW(prover->arena, named_row, prover->trip_count);

    for (int32_t i = 0; sorted && i < prover->trip_count; i++)
        sorted[i] = (named_row){prover->trip[i].row->id, i};
    if (sorted && prover->trip_count > 0)
        qsort(sorted, (size_t)prover->trip_count, sizeof *sorted, by_id);
    for (int32_t i = 0; sorted && i < prover->trip_count; i++) {
        ab_where where = ab__where_row("trip", sorted[i].id, AB_TIME_NONE);
        bool once = i == 0 || strcmp(sorted[i].id, sorted[i - 1].id) != 0;
        ab__prove_fact(prover, AB_PROVE_NAMES, once && sorted[i].id[0] != '\0', &where, sorted[i].id,
                       "an id, and no other trip with it");
    }
    return sorted;
}

static bool is_promised(const ab_prover *prover, const ab_told_trip *trip)
{
    const ab_operation *op = prover->op;

    for (int32_t k = 0; k < op->commitments.count; k++)
        if (op->commitments.at[k].place >= 0 && ab__told_asks(&op->commitments.at[k]) &&
            ab__told_binds(prover, k, trip))
            return true;
    return false;
}

static void read_trip(ab_prover *prover, ab_told_trip *trip, const ab_trip_row *row)
{
    *trip = (ab_told_trip){.row = row, .one_way_s = NAN, .payload_kg = NAN};
    look_up_trip(prover, trip);
    place_in_time(prover, trip);
    ab_where where = ab__where_row("trip", row->id, row->depart);
    bool all = names_all(trip);
    ab__prove_fact(prover, AB_PROVE_NAMES, all, &where, row->means,
                   "what such a trip has: a link and its hubs, or vehicles, hub and place, and zone and system if it drops");
    trip->whole = all && trip->depart >= 0 && trip->arrive >= 0;
    trip->promised = ab__is_delivery(trip) && is_promised(prover, trip);
}

/* ---- Loads ---- */

static int32_t trip_of(const named_row *sorted, int32_t count, const char *id)
{
    int32_t from = 0, until = count;

    while (from < until) {
        int32_t middle = from + (until - from) / 2;
        if (strcmp(sorted[middle].id, id) < 0)
            from = middle + 1;
        else
            until = middle;
    }
    return from < count && strcmp(sorted[from].id, id) == 0 ? sorted[from].row : -1;
}

static int by_trip(const void *a, const void *b)
{
    const ab_told_load *x = a, *y = b;
    if (x->trip != y->trip)
        return x->trip < y->trip ? -1 : 1;
    if (x->commodity != y->commodity)
        return x->commodity < y->commodity ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* One row for a commodity on a trip: what is on it twice is carried twice. */
static void give_loads(ab_prover *prover)
{
    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        ab_told_trip *trip = &prover->trip[load->trip];
        bool again = i > 0 && load[-1].trip == load->trip && load[-1].commodity == load->commodity;
        ab_where where = ab__where_rows("trip", trip->row->id, "commodity", load->row->commodity, trip->row->depart);
        ab__prove_fact(prover, AB_PROVE_NAMES, !again, &where, "a load that is there twice", "one row a commodity");
        if (trip->load_count++ == 0)
            trip->first_load = i;
        trip->mass_kg += load->row->mass_kg;
    }
}

static bool read_loads(ab_prover *prover, const named_row *sorted)
{
    int32_t count = AB_TOLD_COUNT(prover, loads);

    prover->load = AB_NEW(prover->arena, ab_told_load, count);
    if (!prover->load)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const ab_load_row *row = AB_TOLD(prover, loads, load_row, i);
        ab_where where = ab__where_rows("trip", row->trip, "commodity", row->commodity, AB_TIME_NONE);
        int32_t trip = trip_of(sorted, prover->trip_count, row->trip);
        int32_t commodity = look_up(prover, AB_TABLE_commodities, row->commodity, &where);
        ab__prove_fact(prover, AB_PROVE_NAMES, trip >= 0 && row->commodity[0] != '\0', &where, row->trip,
                       "a trip that is there, and a commodity");
        ab__prove_fact(prover, AB_PROVE_NUMBERS, row->mass_kg > 0 && isfinite(row->mass_kg), &where,
                       "a load of nothing or less", "a mass above 0");
        if (trip >= 0 && commodity >= 0)
            prover->load[prover->load_count++] = (ab_told_load){row, trip, commodity};
    }
    if (prover->load_count > 0)
        qsort(prover->load, (size_t)prover->load_count, sizeof *prover->load, by_trip);
    give_loads(prover);
    return true;
}

/* ---- Numbers of every table ---- */

/* Infinite is never right; what is not known stands empty, and is judged by the rule that uses it. */
static void prove_row_numbers(ab_prover *prover, const ab_table *table, const char *row, int32_t number)
{
    char words[24];

    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        double value;
        if (column->type != AB_TYPE_NUMBER)
            continue;
        memcpy(&value, row + column->offset, sizeof value);
        int32_t of = ab_schema_find(prover->result->schema, table->name);
        ab_where where = ab__where_rows(table->name, ab__row_id(prover->result, of, number, words), "column",
                                        column->name, AB_TIME_NONE);
        ab__prove_fact(prover, AB_PROVE_NUMBERS, !isinf(value), &where, "an infinite number", "a finite one");
    }
}

static void prove_numbers(ab_prover *prover)
{
    for (int32_t i = 0; i < AB_RESULT_TABLES; i++) {
        const ab_table *table = &prover->result->schema->tables[i];
        for (int32_t r = 0; r < prover->result->rows[i].count; r++)
            prove_row_numbers(prover, table, (const char *)prover->result->rows[i].at + (size_t)r * table->row_size, r);
    }
}

/* ---- Figures ---- */

static const ab_figure *find_figure(const ab_prover *prover, const char *key)
{
    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, summary); i++)
        if (strcmp(AB_TOLD(prover, summary, figure, i)->key, key) == 0)
            return AB_TOLD(prover, summary, figure, i);
    return NULL;
}

bool ab__told_has(const ab_prover *prover, const char *key)
{
    return find_figure(prover, key) != NULL;
}

double ab__told_figure(const ab_prover *prover, const char *key)
{
    const ab_figure *figure = find_figure(prover, key);

    return figure ? figure->value : NAN;
}

static void prove_keys(ab_prover *prover)
{
    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, summary); i++) {
        const char *key = AB_TOLD(prover, summary, figure, i)->key;
        bool once = true;
        for (int32_t k = 0; k < i; k++)
            once = once && strcmp(AB_TOLD(prover, summary, figure, k)->key, key) != 0;
        ab_where where = ab__where_row("summary", key, AB_TIME_NONE);
        ab__prove_fact(prover, AB_PROVE_NAMES, once, &where, key, "a figure that is there once");
    }
}

bool ab__told_make(ab_prover *prover)
{
    prover->trip_count = AB_TOLD_COUNT(prover, trips);
    prover->trip = AB_NEW(prover->arena, ab_told_trip, prover->trip_count);
    if (!prover->trip)
        return false;
    for (int32_t i = 0; i < prover->trip_count; i++)
        read_trip(prover, &prover->trip[i], AB_TOLD(prover, trips, trip_row, i));
    const named_row *sorted = sort_trips(prover);
    if (!sorted || !read_loads(prover, sorted))
        return false;
    prove_numbers(prover);
    prove_keys(prover);
    return !prover->failed;
}
