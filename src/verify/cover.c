/* No more on the road than the need: if everything of the last days arrived, no place would hold more than its
 * cover. People are taken to eat as much as they ever may, which leaves the least: what breaks the rule then
 * breaks it whatever they eat. */
#include <math.h>

#include "verify/lived.h"

/* Whole packages move what is sent by less than a package a hub and good, one way and back. */
static const double PACKAGES = 2;

/* One group in one place. */
typedef struct pantry {
    ab_prover *prover;
    int32_t place, group;
    double *beyond; /* [t] days that may arrive beyond what is expected */
} pantry;

static bool feeds(const pantry *p, int32_t commodity)
{
    return p->prover->needs.group_of[commodity] == p->group;
}

/* Days in a package of each good that comes from each hub. */
static double packages_days(const pantry *p)
{
    const ab_prover *prover = p->prover;
    double days = 0;

    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        const ab_told_trip *trip = &prover->trip[load->trip];
        bool first = ab__is_delivery(trip) && trip->place == p->place && feeds(p, load->commodity);
        for (int32_t k = 0; k < i && first; k++) {
            const ab_told_trip *before = &prover->trip[prover->load[k].trip];
            first = !(prover->load[k].commodity == load->commodity && before->hub == trip->hub && before->place == trip->place);
        }
        if (first)
            days += PACKAGES * prover->op->commodities.at[load->commodity].package_kg *
                    ab__days_per_kg(prover, p->place, load->commodity);
    }
    return days;
}

static void fill_beyond(const pantry *p)
{
    const ab_prover *prover = p->prover;

    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_load *load = &prover->load[i];
        const ab_told_trip *trip = &prover->trip[load->trip];
        if (ab__is_delivery(trip) && trip->place == p->place && feeds(p, load->commodity))
            p->beyond[trip->arrive] += (1 - trip->row->arrival_prob) * load->row->mass_kg *
                                       ab__days_per_kg(prover, p->place, load->commodity);
    }
}

/* What commitment k may bring: the mass that it names, or its vehicles full, of the richest. */
static double promised_days(const pantry *p, const ab_commitment *c)
{
    const ab_operation *op = p->prover->op;
    double richest = 0, payload_kg = 0, vehicles = c->trips >= 0 ? (double)c->trips : 1;

    for (int32_t i = 0; i < op->commodities.count; i++)
        if (feeds(p, i) && (c->commodity < 0 || c->commodity == i))
            richest = fmax(richest, ab__days_per_kg(p->prover, p->place, i));
    for (int32_t v = 0; v < op->vehicles.count; v++)
        if (c->vehicle < 0 || c->vehicle == v)
            payload_kg = fmax(payload_kg, op->vehicles.at[v].payload_kg);
    return richest * ab__known_or(c->mass_kg, vehicles * payload_kg);
}

static double promised_until(const pantry *p, int32_t t)
{
    const ab_operation *op = p->prover->op;
    double days = 0;

    for (int32_t k = 0; k < op->commitments.count; k++) {
        const ab_commitment *c = &op->commitments.at[k];
        int32_t from = 0, until = op->period_count;
        if (!ab__told_asks(c) || c->state == AB_PROGRESS_FAILED || (c->place >= 0 && c->place != p->place))
            continue;
        if (c->date != AB_TIME_NONE)
            ab_periods_of_day(op, c->date, &from, &until);
        days += from < until && from <= t ? promised_days(p, c) : 0;
    }
    return days;
}

static double lately(const pantry *p, int32_t t)
{
    double back = 0, days = 0, retry = p->prover->op->settings->retry_s / 86400;

    for (int32_t s = t; s >= 0 && back < retry - 1e-9; s--) {
        days += p->beyond[s];
        back += p->prover->days[s];
    }
    return days;
}

/* Trips that arrived in the group's last days up to t. */
static int32_t who_sent(const pantry *p, int32_t t, int32_t *trip)
{
    const ab_prover *prover = p->prover;
    int32_t count = 0;

    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_trip *told = &prover->trip[prover->load[i].trip];
        if (ab__is_delivery(told) && told->place == p->place && told->arrive <= t && feeds(p, prover->load[i].commodity) &&
            (count == 0 || trip[count - 1] != prover->load[i].trip))
            trip[count++] = prover->load[i].trip;
    }
    return count;
}

static void prove_pantry(const pantry *p)
{
    ab_prover *prover = p->prover;
    const ab_settings *s = prover->op->settings;
    const ab_told_group *group = &prover->needs.group[p->group];
    bool food = group->category == AB_CATEGORY_FOOD;
    double stock = food ? ab__known_or(prover->op->places.at[p->place].stock_s, 0) / 86400 : 0, left = stock;
    double most = fmax(s->cover_s / 86400, stock), spare = packages_days(p);
    int32_t *trip = AB_NEW(prover->arena, int32_t, prover->load_count);

    fill_beyond(p);
    for (int32_t t = 0; t < prover->periods && trip; t++) {
        double eats = prover->days[t] * (food ? 1 + s->catch_up_frac : 1);
        left = fmax(0, left + prover->lived[p->place].arrived[(int64_t)p->group * prover->periods + t] - eats);
        ab_where where = ab__where_rows("place", prover->op->places.at[p->place].id, "group",
                                        group->name[0] ? group->name : ab_codes_category.codes[group->category].word,
                                        ab_period_start(prover->op, t));
        double found = left + lately(p, t), allowed = most + promised_until(p, t);
        where.trip = trip;
        where.trip_count = found > allowed + spare ? who_sent(p, t, trip) : 0;
        ab__prove_most(prover, AB_PROVE_COVER, found, allowed, spare, "days of need", &where);
    }
    prover->failed = prover->failed || !trip;
}

void ab__prove_cover(ab_prover *prover)
{
    for (int32_t p = 0; p < prover->op->places.count; p++) {
        for (int32_t g = 0; g < prover->needs.group_count && !prover->failed; g++) {
            pantry here = {prover, p, g, AB_NEW(prover->arena, double, prover->periods)};
            if (!here.beyond)
                prover->failed = true;
            else if (ab__counts(prover, p, g))
                prove_pantry(&here);
        }
    }
}
