/* Stock that cannot leave: no vehicle where it lies or where links lead, or none that lifts a package. */
#include <math.h>

#include "model/check.h"

enum { LEGS_MOST = 64 }; /* from hub to hub; no pipeline has more */

/* For each hub: is a vehicle based there, or at a hub to which links lead? NULL: out of memory (noted). */
static bool *hubs_with_vehicles(ab_check *check)
{
    const ab_operation *op = check->op;
    bool *served = AB_NEW(check->work, bool, op->hubs.count);
    if (served == NULL) {
        check->no_memory = true;
        return NULL;
    }
    bool somewhere = false; /* a vehicle stands where nobody can read it: it may be anywhere */
    for (int32_t v = 0; v < op->vehicles.count; v++) {
        somewhere |= op->vehicles.at[v].base < 0;
        if (op->vehicles.at[v].base >= 0 && op->vehicles.at[v].count != 0)
            served[op->vehicles.at[v].base] = true;
    }
    for (int32_t h = 0; h < op->hubs.count && somewhere; h++)
        served[h] = true;
    bool changed = true;
    for (int leg = 0; leg < LEGS_MOST && changed; leg++) {
        changed = false;
        for (int32_t l = 0; l < op->links.count; l++) {
            const ab_link *link = &op->links.at[l];
            if (link->from_hub < 0 || link->to_hub < 0 || served[link->from_hub] ||
                !served[link->to_hub])
                continue;
            served[link->from_hub] = true;
            changed = true;
        }
    }
    return served;
}

/* The greatest of the fleet; INFINITY where a limit is not known. */
static double greatest_payload_kg(const ab_operation *op)
{
    double most_kg = 0;
    for (int32_t v = 0; v < op->vehicles.count; v++)
        if (op->vehicles.at[v].count != 0)
            most_kg =
                fmax(most_kg, isnan(op->vehicles.at[v].payload_kg) ? INFINITY
                                                                   : op->vehicles.at[v].payload_kg);
    return most_kg;
}

static ab_finding at_stock(int32_t row, int32_t column, const char *hint)
{
    return (ab_finding){.code = AB_ISSUE_STRANDED_STOCK,
                        .table = AB_TABLE_stocks,
                        .row = row,
                        .column = column,
                        .hint = hint};
}

void ab__check_stranded(ab_check *check)
{
    const ab_operation *op = check->op;
    bool *served = hubs_with_vehicles(check);
    double most_kg = greatest_payload_kg(op);
    for (int32_t r = 0; served != NULL && r < op->stocks.count; r++) {
        const ab_stock *stock = &op->stocks.at[r];
        if (stock->certainty_prob == 0)
            ab__check_expect(check,
                             at_stock(r, AB_COL_stock_certainty_prob, "it will never be there"),
                             "a chance above 0");
        if (op->vehicles.count == 0 || stock->hub < 0 || stock->commodity < 0)
            continue; /* without vehicles there is another message */
        const ab_commodity *commodity = &op->commodities.at[stock->commodity];
        if (!served[stock->hub])
            ab__check_expect(
                check,
                at_stock(r, AB_COL_stock_hub, "no vehicle is based there, and no link leads on"),
                "a hub with vehicles, or with a link to one");
        else if (commodity->package_kg > most_kg)
            ab__check_expect(check,
                             at_stock(r, AB_COL_stock_commodity,
                                      "see package_kg in commodities and payload_t in vehicles"),
                             "packages of at most %.6g kg, the greatest payload, not %.6g kg",
                             most_kg, commodity->package_kg);
    }
}
