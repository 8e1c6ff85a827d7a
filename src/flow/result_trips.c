#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "flow/result.h"

/* Ids of the commitments that a departure of this kind in period t answers to. */
static const char *commitments_text(ab_arena *arena, const ab_operation *op,
                                    const ab_trip_kind *kind, int32_t t)
{
    ab_buf text = AB_BUF_INIT;

    for (int32_t i = 0; i < op->commitments.count; i++)
        if (op->commitments.at[i].lock != AB_LOCK_FORBIDDEN &&
            ab_commitment_binds(op, i, kind->vehicle, kind->hub, kind->place, t))
            ab__buf_printf(&text, "%s%s", text.size ? "; " : "", op->commitments.at[i].id);
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

/* A truce or a quota binds deliveries and permits none. */
static bool permits(const ab_agreement *agreement)
{
    return agreement->kind == AB_AGREED_CORRIDOR || agreement->kind == AB_AGREED_CLEARANCE;
}

/* The rows that permit an offer: agreements and approvals among its evidence; none where nothing does. */
static const char *permission_text(ab_arena *arena, const ab_stages *stages, const ab_offer *offer)
{
    const ab_operation *op = stages->op;
    const ab_trip_kind *kind = &stages->trips->kind[offer->kind];
    const ab_access_cell *cell =
        ab_access_place(stages->access, kind->place, kind->means, offer->depart);
    ab_refs evidence = ab_access_evidence(stages->access, offer->evidence);
    ab_ref *rows = AB_NEW(arena, ab_ref, evidence.count);
    int32_t count = 0;

    if (!rows)
        return NULL;
    for (int32_t i = 0; i < evidence.count && cell->permission == AB_PERMISSION_GIVEN; i++) {
        ab_ref row = evidence.at[i];
        bool approved = row.table == AB_TABLE_requests && op->requests.at[row.row].reply >= 0 &&
                        op->requests.at[row.row].reply != AB_REPLY_REFUSED;
        if (approved || (row.table == AB_TABLE_agreements && permits(&op->agreements.at[row.row])))
            rows[count++] = row;
    }
    return ab__refs_text(arena, op, (ab_refs){count, rows}, UINT32_MAX);
}

/* Ids of the roads that the kind follows. */
static const char *roads_text(ab_arena *arena, const ab_stages *stages, const ab_trip_kind *kind)
{
    ab_buf text = AB_BUF_INIT;

    if (kind->path < 0)
        return "";
    const ab_path *path = &stages->routes->path[kind->path];
    for (int32_t i = 0; i < path->road_count; i++)
        ab__buf_printf(&text, "%s%s", i > 0 ? "; " : "", stages->op->roads.at[path->road[i]].id);
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

/* Share of the cargo that is expected to be received. */
static double expected_frac(const ab_stages *stages, const ab_chosen *chosen)
{
    return chosen->offer >= 0 ? stages->trips->offer[chosen->offer].arrival.mean
                              : stages->trips->transfer[chosen->transfer].pass;
}

static double loads_of(const ab_trip_kind *kind, double mass_kg)
{
    return kind->load_kg > 0 ? ceil(mass_kg / kind->load_kg - 1e-9) : 0;
}

static bool describe_delivery(ab_trip_row *row, ab_arena *arena, const ab_stages *stages,
                              const ab_chosen *chosen)
{
    const ab_operation *op = stages->op;
    const ab_offer *offer = &stages->trips->offer[chosen->offer];
    const ab_trip_kind *kind = &stages->trips->kind[offer->kind];

    row->means = ab_codes_means.codes[kind->means].word;
    row->vehicle = op->vehicles.at[kind->vehicle].id;
    row->vehicles = chosen->vehicles;
    row->hub = op->hubs.at[kind->hub].id;
    row->place = op->places.at[kind->place].id;
    if (kind->dropzone >= 0)
        row->dropzone = op->dropzones.at[kind->dropzone].id;
    if (kind->dropsystem >= 0)
        row->dropsystem = op->dropsystems.at[kind->dropsystem].id;
    row->depart = ab_period_start(op, offer->depart);
    row->arrive = ab_period_start(op, offer->arrive);
    row->cycle_s = kind->cycle_s;
    row->arrival_prob = offer->arrival.mean;
    row->arrival_prob_low = offer->arrival.low;
    row->arrival_prob_high = offer->arrival.high;
    row->distance_m = kind->distance_m;
    row->way = ab__way_word(stages, kind);
    row->cost_usd =
        kind->usd * chosen->vehicles + kind->usd_per_load * loads_of(kind, row->mass_kg);
    row->commitment = commitments_text(arena, op, kind, offer->depart);
    row->permission = permission_text(arena, stages, offer);
    row->roads = roads_text(arena, stages, kind);
    row->shape = ab__shape_way(arena, stages, kind);
    return row->commitment && row->permission && row->roads && row->shape.kind != AB_SHAPE_NONE;
}

static bool describe_transfer(ab_trip_row *row, ab_arena *arena, const ab_stages *stages,
                              const ab_chosen *chosen)
{
    const ab_operation *op = stages->op;
    const ab_transfer *transfer = &stages->trips->transfer[chosen->transfer];
    const ab_link *link = &op->links.at[transfer->link];
    const ab_hub *from = &op->hubs.at[link->from_hub], *to = &op->hubs.at[link->to_hub];
    const double ends[4] = {from->lon_deg, from->lat_deg, to->lon_deg, to->lat_deg};

    row->means = ab_codes_means.codes[AB_MEANS_LINK].word;
    row->hub = from->id;
    row->to_hub = to->id;
    row->link = link->id;
    row->depart = ab_period_start(op, transfer->depart);
    row->arrive = ab_period_start(op, transfer->arrive);
    row->cycle_s = NAN;
    row->arrival_prob = row->arrival_prob_low = row->arrival_prob_high = transfer->pass;
    row->distance_m = link->distance_m;
    row->way = "link";
    row->cost_usd = transfer->usd_per_kg * row->mass_kg;
    row->shape = ab__shape_line(arena, ends, 2);
    return row->shape.kind != AB_SHAPE_NONE;
}

/* An empty cell is "", never NULL. */
static void empty_texts(ab_trip_row *row)
{
    row->means = row->vehicle = row->hub = row->place = row->to_hub = row->link = "";
    row->dropzone = row->dropsystem = row->commitment = row->permission = row->way = row->roads = "";
}

static void fill_load(ab_load_row *row, const ab_operation *op, const ab_load *load,
                      const char *trip, double frac)
{
    const ab_commodity *commodity = &op->commodities.at[load->commodity];

    row->trip = trip;
    row->commodity = commodity->id;
    row->mass_kg = load->mass_kg;
    row->packages = load->mass_kg / commodity->package_kg;
    row->volume_m3 = row->packages * commodity->package_m3;
    row->expected_kg = load->mass_kg * frac;
    row->cargo_usd = load->mass_kg * commodity->usd_per_kg;
}

/* ---- Past transfers ---- */

/* What moved from hub to hub before now, as the plan before had it: without it nobody could tell how goods came to a hub, and
 * tomorrow's plan would not know. It costs nothing any more. */
static bool is_past_move(const ab_stages *stages, int32_t i)
{
    return stages->before && i < stages->before->previous.move_count &&
           stages->before->previous.move[i].depart < ab_first_departure(stages->op);
}

static bool is_same_move(const ab_previous_move *a, const ab_previous_move *b)
{
    return a->link == b->link && a->depart == b->depart && a->arrive == b->arrive;
}

static void describe_past(ab_trip_row *row, ab_arena *arena, const ab_stages *stages, const ab_previous_move *move)
{
    const ab_operation *op = stages->op;
    const ab_link *link = &op->links.at[move->link];
    const ab_hub *from = &op->hubs.at[link->from_hub], *to = &op->hubs.at[link->to_hub];
    const double ends[4] = {from->lon_deg, from->lat_deg, to->lon_deg, to->lat_deg};

    row->means = ab_codes_means.codes[AB_MEANS_LINK].word;
    row->hub = from->id;
    row->to_hub = to->id;
    row->link = link->id;
    row->depart = ab_period_start(op, move->depart);
    row->arrive = ab_period_start(op, move->arrive);
    row->cycle_s = NAN;
    row->distance_m = link->distance_m;
    row->shape = ab__shape_line(arena, ends, 2);
}

/* The transfer that begins with move *i; ends behind it. */
static bool add_past(ab_result *result, const ab_stages *stages, ab_trip_row *trip, ab_load_row *load, int32_t *loads,
                     int32_t *i)
{
    const ab_previous_move *first = &stages->before->previous.move[*i], *move = first;

    describe_past(trip, result->arena, stages, first);
    for (; is_past_move(stages, *i) && is_same_move(first, &stages->before->previous.move[*i]); (*i)++) {
        move = &stages->before->previous.move[*i];
        ab_load moved = {move->commodity, move->mass_kg};
        fill_load(&load[(*loads)++], stages->op, &moved, trip->id, move->mass_kg > 0 ? move->expected_kg / move->mass_kg : 0);
        trip->mass_kg += move->mass_kg;
        trip->expected_kg += move->expected_kg;
    }
    double pass = trip->mass_kg > 0 ? trip->expected_kg / trip->mass_kg : 0;
    trip->arrival_prob = trip->arrival_prob_low = trip->arrival_prob_high = pass;
    return trip->shape.kind != AB_SHAPE_NONE;
}

static bool begin_row(ab_trip_row *trip, ab_arena *arena, int32_t number)
{
    empty_texts(trip);
    trip->id = ab__arena_printf(arena, "t%04d", number);
    return trip->id != NULL;
}

bool ab__table_trips(ab_result *result, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;
    int32_t moves = stages->before ? stages->before->previous.move_count : 0, trips = 0, loads = 0;
    ab_trip_row *trip = AB_NEW(result->arena, ab_trip_row, plan->chosen_count + moves);
    ab_load_row *load = AB_NEW(result->arena, ab_load_row, plan->load_count + moves);

    if (!trip || !load)
        return false;
    for (int32_t i = 0; is_past_move(stages, i); trips++)
        if (!begin_row(&trip[trips], result->arena, trips + 1) ||
            !add_past(result, stages, &trip[trips], load, &loads, &i))
            return false;
    for (int32_t i = 0; i < plan->chosen_count; i++, trips++) {
        const ab_chosen *chosen = &plan->chosen[i];
        ab_trip_row *row = &trip[trips];
        double frac = expected_frac(stages, chosen);
        if (!begin_row(row, result->arena, trips + 1))
            return false;
        for (int32_t j = chosen->first_load; j < chosen->first_load + chosen->load_count; j++) {
            fill_load(&load[loads++], stages->op, &plan->load[j], row->id, frac);
            row->mass_kg += plan->load[j].mass_kg;
        }
        row->expected_kg = row->mass_kg * frac;
        bool done = chosen->offer >= 0 ? describe_delivery(row, result->arena, stages, chosen)
                                       : describe_transfer(row, result->arena, stages, chosen);
        if (!done)
            return false;
    }
    result->rows[AB_TABLE_trips] = (ab_rows){trip, trips};
    result->rows[AB_TABLE_loads] = (ab_rows){load, loads};
    return true;
}
