/* Commitments against what there is: stock and vehicles. */
#include <math.h>

#include "model/check.h"

enum {
    PAIRS_MOST = 20000000
}; /* commitments times commitments or stocks; larger operations go without */
static const double SLACK = 1 + 1e-9;

static bool binds(const ab_operation *op, int32_t row)
{
    const ab_commitment *c = &op->commitments.at[row];
    return (c->lock == AB_LOCK_FIXED || c->lock == AB_LOCK_AT_LEAST) &&
           !ab_commitment_is_over(op, row);
}

/* What may ever lie at the hub: its stock, and all stock of the commodity if links lead to it. */
static double stock_kg(const ab_operation *op, int32_t hub, int32_t commodity)
{
    double sum_kg = 0;
    bool supplied = hub < 0;
    for (int32_t l = 0; l < op->links.count && !supplied; l++)
        supplied = op->links.at[l].to_hub == hub || op->links.at[l].to_hub < 0;
    for (int32_t s = 0; s < op->stocks.count; s++) {
        const ab_stock *stock = &op->stocks.at[s];
        bool counts = (supplied || stock->hub == hub || stock->hub < 0) &&
                      (commodity < 0 || stock->commodity == commodity || stock->commodity < 0);
        if (counts)
            sum_kg += isnan(stock->mass_kg) ? INFINITY : stock->mass_kg;
    }
    return sum_kg;
}

/* Together with the earlier ones of the same hub and commodity. */
static void check_stock(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_commitment *c = &op->commitments.at[row];
    double promised_kg = 0;
    if (!(c->mass_kg > 0) || !binds(op, row))
        return;
    for (int32_t r = 0; r <= row; r++) {
        const ab_commitment *other = &op->commitments.at[r];
        if (other->hub == c->hub && other->commodity == c->commodity && other->mass_kg > 0 &&
            binds(op, r))
            promised_kg += other->mass_kg;
    }
    double there_kg = stock_kg(op, c->hub, c->commodity);
    if (promised_kg <= there_kg * SLACK)
        return;
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_COMMITTED_STOCK,
                                  .table = AB_TABLE_commitments,
                                  .row = row,
                                  .column = AB_COL_commitment_mass_kg,
                                  .hint = "see the table stocks"},
                     "at most %.6g t in all, which is all the stock of %s%s%s", there_kg / 1000,
                     c->commodity < 0 ? "everything" : op->commodities.at[c->commodity].id,
                     c->hub < 0 ? "" : " that can come to ",
                     c->hub < 0 ? "" : op->hubs.at[c->hub].id);
}

/* Trips that one vehicle of the class can make of a day at most. */
static double trips_a_day(const ab_vehicle *v)
{
    if (v->sorties_per_day > 0)
        return fmax(1, v->sorties_per_day);
    return v->turnround_s > 0 ? fmax(1, floor(v->duty_s_per_day / v->turnround_s)) : INFINITY;
}

/* Together with the earlier ones of the same class and day. */
static void check_fleet(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_commitment *c = &op->commitments.at[row];
    int64_t promised = 0;
    if (c->vehicle < 0 || c->date == AB_TIME_NONE || c->trips <= 0 || !binds(op, row))
        return;
    for (int32_t r = 0; r <= row; r++) {
        const ab_commitment *other = &op->commitments.at[r];
        if (other->vehicle == c->vehicle && other->date == c->date && other->trips > 0 &&
            binds(op, r))
            promised += other->trips;
    }
    const ab_vehicle *v = &op->vehicles.at[c->vehicle];
    if (v->count < 0 || (double)promised <= (double)v->count * trips_a_day(v))
        return;
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_COMMITTED_FLEET,
                                  .table = AB_TABLE_commitments,
                                  .row = row,
                                  .column = AB_COL_commitment_trips,
                                  .hint = "see count and sorties_per_day in vehicles"},
                     "at most %.6g trips of %s on that day, all commitments together",
                     (double)v->count * trips_a_day(v), v->id);
}

void ab__check_promised(ab_check *check)
{
    int64_t count = check->op->commitments.count;
    if (count * count > PAIRS_MOST || count * check->op->stocks.count > PAIRS_MOST ||
        count * check->op->links.count > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < check->op->commitments.count; r++) {
        check_stock(check, r);
        check_fleet(check, r);
    }
}
