/* What lies at the hubs: it comes, is sent, is moved between them; nobody sends what is not there. */
#include <math.h>
#include <stdlib.h>

#include "verify/prover.h"

/* The books of one hub: [commodity * periods + t], kg. */
typedef struct books {
    double *came; /* as stock, with its certainty */
    double *moved; /* by transfers and what came back, less all that left */
} books;

static double *cell(const ab_prover *prover, double *array, int32_t commodity, int32_t t)
{
    return &array[(int64_t)commodity * prover->periods + t];
}

static void add_stocks(const ab_prover *prover, int32_t hub, const books *b)
{
    const ab_operation *op = prover->op;

    for (int32_t i = 0; i < op->stocks.count; i++) {
        const ab_stock *stock = &op->stocks.at[i];
        int32_t t = stock->available_from == AB_TIME_NONE ? 0 : ab_period_of(op, stock->available_from);
        if (stock->hub == hub && t < prover->periods)
            *cell(prover, b->came, stock->commodity, t < 0 ? 0 : t) += stock->mass_kg * stock->certainty_prob;
    }
}

static void add_trips(const ab_prover *prover, int32_t hub, const books *b)
{
    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        const ab_told_trip *trip = &prover->trip[load->trip];
        if (trip->hub == hub && trip->depart >= 0)
            *cell(prover, b->moved, load->commodity, trip->depart) -= load->row->mass_kg;
        if (ab__is_transfer(trip) && trip->to_hub == hub)
            *cell(prover, b->moved, load->commodity, trip->arrive) += load->row->mass_kg * trip->row->arrival_prob;
    }
}

/* What left before now and did not come back. */
static void add_movements(const ab_prover *prover, int32_t hub, const books *b)
{
    const ab_operation *op = prover->op;

    for (int32_t i = 0; i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        int32_t t = ab__movement_period(prover, i);
        if (t >= 0 && m->hub == hub && m->commodity >= 0)
            *cell(prover, b->moved, m->commodity, t) -= ab__movement_left_kg(m);
    }
}

/* Trips that took of the goods from the hub up to t. */
static int32_t who_took(const ab_prover *prover, int32_t hub, int32_t commodity, int32_t t, int32_t *trip)
{
    int32_t count = 0;

    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        const ab_told_trip *told = &prover->trip[load->trip];
        if (told->hub == hub && load->commodity == commodity && told->depart >= 0 && told->depart <= t &&
            (count == 0 || trip[count - 1] != load->trip))
            trip[count++] = load->trip;
    }
    return count;
}

/* Said of the period in which it is first overdrawn; later ones of the same goods follow from it. */
static void prove_balance(ab_prover *prover, int32_t hub, int32_t commodity, const books *b)
{
    const ab_operation *op = prover->op;
    double came = 0, left = 0;
    int32_t *trip = AB_NEW(prover->arena, int32_t, prover->load_count);

    if (!trip) {
        prover->failed = true;
        return;
    }
    for (int32_t t = 0; t < prover->periods; t++) {
        came += *cell(prover, b->came, commodity, t);
        left += *cell(prover, b->moved, commodity, t);
        ab_where where = ab__where_rows("hub", op->hubs.at[hub].id, "commodity", op->commodities.at[commodity].id,
                                        ab_period_start(op, t));
        if (came + left < 0) {
            where.trip = trip;
            where.trip_count = who_took(prover, hub, commodity, t, trip);
        }
        int64_t before = prover->account[AB_PROVE_STOCK].broken;
        ab__prove_most(prover, AB_PROVE_STOCK, -left / 1000, came / 1000, 0, "t", &where);
        if (prover->account[AB_PROVE_STOCK].broken > before)
            return;
    }
}

/* What came as stock may lie there whatever the storage. */
static void prove_storage(ab_prover *prover, int32_t hub, const books *b)
{
    const ab_operation *op = prover->op;
    double came = 0, there = 0;

    for (int32_t t = 0; t < prover->periods && !isnan(op->hubs.at[hub].storage_kg); t++) {
        for (int32_t c = 0; c < op->commodities.count; c++) {
            came += *cell(prover, b->came, c, t);
            there += *cell(prover, b->came, c, t) + *cell(prover, b->moved, c, t);
        }
        ab_where where = ab__where_row("hub", op->hubs.at[hub].id, ab_period_start(op, t));
        ab__prove_most(prover, AB_PROVE_STORAGE, there / 1000, fmax(op->hubs.at[hub].storage_kg, came) / 1000, 0, "t",
                       &where);
    }
}

/* ---- A day's work ---- */

static double throughput_of(const ab_prover *prover, int64_t cell_number, ab_where *where)
{
    int32_t hub = (int32_t)(cell_number / prover->periods), block = (int32_t)(cell_number % prover->periods);
    const ab_hub *at = &prover->op->hubs.at[hub];
    int32_t t = ab__block_begins(prover, block);

    *where = ab__where_row("hub", at->id, ab_period_start(prover->op, t));
    return at->throughput_kg_per_day / 1000 * prover->block_days[t];
}

static void prove_throughput(ab_prover *prover)
{
    ab_uses uses = {0};

    for (int32_t i = 0; i < prover->trip_count; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (trip->whole)
            ab__use(prover, &uses, (int64_t)trip->hub * prover->periods + prover->block[trip->depart], i,
                    trip->mass_kg / 1000);
    }
    ab__prove_uses(prover, AB_PROVE_THROUGHPUT, &uses, "t", throughput_of);
}

void ab__prove_hubs(ab_prover *prover)
{
    const ab_operation *op = prover->op;
    int64_t cells = (int64_t)op->commodities.count * prover->periods;

    for (int32_t h = 0; h < op->hubs.count && !prover->failed; h++) {
        books b = {AB_NEW(prover->arena, double, cells), AB_NEW(prover->arena, double, cells)};
        if (!b.came || !b.moved) {
            prover->failed = true;
            return;
        }
        add_stocks(prover, h, &b);
        add_trips(prover, h, &b);
        add_movements(prover, h, &b);
        for (int32_t c = 0; c < op->commodities.count && !prover->failed; c++)
            prove_balance(prover, h, c, &b);
        prove_storage(prover, h, &b);
    }
    prove_throughput(prover);
}
