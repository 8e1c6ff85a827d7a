/* What may become of each trip, and that nobody is sent where people are likelier to be hurt than the operation accepts:
 * docs/models/access.md, What becomes of a load. */
#include <math.h>
#include <string.h>

#include "verify/prover.h"
#include "verify/record.h"

/* Who has the last word: who holds the ring, else whose leave it is. */
static int32_t last_gate(const ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave)
{
    int32_t ring = prover->record->ring[trip->place];

    return ring >= 0 ? ring : leave->authority;
}

/* Only by road, and where leave is needed, does anybody stop, search or attack. */
static bool meets_a_gate(const ab_told_trip *trip, const ab__leave *leave)
{
    return trip->means == AB_MEANS_ROAD && leave->state != AB__LEAVE_NOT_NEEDED;
}

static double gate_prob(const ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, ab__trial trial, int32_t kind)
{
    return meets_a_gate(trip, leave) ? ab__recount_prob(prover->record, trial, kind, last_gate(prover, trip, leave)) : 1;
}

/* All goods are searched together: those that are likeliest to be taken off decide. */
static double whole_prob(const ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave)
{
    double least = 1;

    for (int32_t i = trip->first_load; i < trip->first_load + trip->load_count; i++) {
        int32_t category = (int32_t)prover->op->commodities.at[prover->load[i].commodity].category;
        least = fmin(least, gate_prob(prover, trip, leave, AB__TRIAL_WHOLE, category));
    }
    return least;
}

/* ---- Attack ---- */

/* A person who is named decided on it. */
static bool is_signed(const ab_prover *prover, const ab_told_trip *trip)
{
    for (int32_t k = 0; k < prover->op->commitments.count; k++) {
        const ab_commitment *c = &prover->op->commitments.at[k];
        if (c->place >= 0 && c->decided_by[0] && ab__told_asks(c) && ab__told_binds(prover, k, trip))
            return true;
    }
    return false;
}

static void prove_attack(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, const ab_where *where)
{
    double hurt_prob = 1 - gate_prob(prover, trip, leave, AB__TRIAL_SAFE, 0);

    if (!is_signed(prover, trip))
        ab__prove_most(prover, AB_PROVE_ATTACK, hurt_prob, prover->op->settings->greatest_attack_prob, -1e-6, "probability", where);
}

/* ---- One row ---- */

/* How likely the way is open, gates and reports together, as the chance of the trip has it. By air, where loads may fail or be
 * lost on the ground, and where nothing is received, as the row itself has it. */
static double told_open(const ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, const ab_outcome_row *row)
{
    double set_out = leave->leave_prob * leave->go_prob;
    double received = set_out * (1 - ab__known_or(prover->op->settings->loss_frac, 0));

    if (trip->means != AB_MEANS_AIRDROP && received > 0)
        return trip->row->arrival_prob / received;
    return set_out > 0 ? 1 - row->turned_back_prob / set_out : 1;
}

static void prove_share(ab_prover *prover, const char *what, double found, double expected, const ab_where *where)
{
    ab__prove_equal(prover, AB_PROVE_OUTCOMES, what, found, expected, "probability", where);
}

/* Share by share, each of what is left by those before it. */
static void prove_shares(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, const ab_outcome_row *row,
                         const ab_where *where)
{
    const struct {
        const char *what;
        double told, goes_on;
    } share[] = {
        {"refused_prob", row->refused_prob, leave->leave_prob * leave->go_prob},
        {"hurt_prob", row->hurt_prob, gate_prob(prover, trip, leave, AB__TRIAL_SAFE, 0)},
        {"lost_prob", row->lost_prob, gate_prob(prover, trip, leave, AB__TRIAL_KEPT, 0)},
        {"turned_back_prob", row->turned_back_prob, told_open(prover, trip, leave, row)},
        {"part_prob", row->part_prob, gate_prob(prover, trip, leave, AB__TRIAL_FULL, 0)},
        {"stripped_prob", row->stripped_prob, whole_prob(prover, trip, leave)},
    };
    double left = 1;

    for (size_t i = 0; i < sizeof share / sizeof *share; i++) {
        prove_share(prover, share[i].what, share[i].told, left * (1 - share[i].goes_on), where);
        left *= share[i].goes_on;
    }
    prove_share(prover, "delivered_prob", row->delivered_prob, left, where);
}

static void prove_sum(ab_prover *prover, const ab_outcome_row *row, const ab_where *where)
{
    const double prob[] = {row->refused_prob, row->hurt_prob,     row->lost_prob,     row->turned_back_prob,
                           row->part_prob,    row->stripped_prob, row->delivered_prob};
    double sum = 0, least = 0;

    for (size_t i = 0; i < sizeof prob / sizeof *prob; i++) {
        sum += prob[i];
        least = prob[i] >= least ? least : prob[i]; /* NaN is less */
    }
    ab__prove_equal(prover, AB_PROVE_OUTCOMES, "sum of all outcomes", sum, 1, "probability", where);
    ab__prove_fact(prover, AB_PROVE_OUTCOMES, least >= -1e-12, where, "a chance below 0, or none", "chances of 0 or more");
}

static const char *name_of(const ab_prover *prover, int32_t authority)
{
    return authority >= 0 ? prover->record->who->at[authority].name : "";
}

static void prove_names(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, const ab_outcome_row *row,
                        const ab_where *where)
{
    const char *asked = name_of(prover, leave->authority);
    const char *gate = name_of(prover, trip->means == AB_MEANS_ROAD ? prover->record->ring[trip->place] : -1);

    ab__prove_fact(prover, AB_PROVE_OUTCOMES, strcmp(row->asked_of, asked) == 0, where, row->asked_of,
                   asked[0] ? asked : "nobody whose leave it goes by");
    ab__prove_fact(prover, AB_PROVE_OUTCOMES, strcmp(row->last_gate, gate) == 0, where, row->last_gate,
                   gate[0] ? gate : "nobody who holds the ring");
}

/* ---- All of them ---- */

/* The trip of this id, looked for from `*from` on and around: rows stand as trips do. -1: there is none. */
static int32_t find_trip(const ab_prover *prover, const char *id, int32_t *from)
{
    for (int32_t i = 0; i < prover->trip_count; i++) {
        int32_t trip = (*from + i) % prover->trip_count;
        if (strcmp(prover->trip[trip].row->id, id) == 0) {
            *from = (trip + 1) % prover->trip_count;
            return trip;
        }
    }
    return -1;
}

/* The row of each delivery, row_of[trip]; -1: it has none. */
static void find_rows(ab_prover *prover, int32_t *row_of)
{
    int32_t from = 0;

    for (int32_t i = 0; i < prover->trip_count; i++)
        row_of[i] = -1;
    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, outcomes); i++) {
        const char *id = AB_TOLD(prover, outcomes, outcome_row, i)->trip;
        int32_t trip = find_trip(prover, id, &from);
        ab_where where = ab__where_row("trip", id, AB_TIME_NONE);
        bool delivers = trip >= 0 && (!prover->trip[trip].whole || ab__is_delivery(&prover->trip[trip]));
        ab__prove_fact(prover, AB_PROVE_OUTCOMES, delivers, &where, "outcomes of no delivery", "a trip that is there and delivers");
        ab__prove_fact(prover, AB_PROVE_OUTCOMES, trip < 0 || row_of[trip] < 0, &where, "outcomes told twice", "one row a trip");
        if (trip >= 0)
            row_of[trip] = i;
    }
}

static void prove_row(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, int32_t row, const ab_where *where)
{
    ab__prove_fact(prover, AB_PROVE_OUTCOMES, row >= 0, where, "a delivery without outcomes", "one row for each");
    if (row < 0)
        return;
    const ab_outcome_row *told = AB_TOLD(prover, outcomes, outcome_row, row);
    prove_sum(prover, told, where);
    prove_shares(prover, trip, leave, told, where);
    prove_names(prover, trip, leave, told, where);
}

void ab__prove_outcomes(ab_prover *prover)
{
    int32_t *row_of = AB_NEW(prover->arena, int32_t, prover->trip_count);

    if (!row_of) {
        prover->failed = true;
        return;
    }
    find_rows(prover, row_of);
    for (int32_t i = 0; i < prover->trip_count && !prover->failed; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        ab_where where = ab__where_trip(prover, &i);
        if (!ab__is_delivery(trip))
            continue;
        ab__leave leave = ab__leave_of(prover, trip->place, trip->means, trip->depart);
        prove_attack(prover, trip, &leave, &where);
        prove_row(prover, trip, &leave, row_of[i], &where);
    }
}
