/* The first packing: each good in equal parts, so that a vehicle that does not arrive takes no good with it as a
 * whole, and each brings a ration; what may be taken off in as few vehicles as hold it. */
#include <math.h>

#include "loading/pack.h"

/* No more of a vehicle than this is packed with goods at risk, as far as there are vehicles: it goes on with half
 * a load when they are taken off. Assumed. */
static const double MOST_AT_RISK = 0.5;
/* A quotient this little under a whole number is one. */
static const double WHOLE = 1e-9;

/* How the goods are shared out: goods at risk in equal parts over the last `carriers` bins; of the others the share
 * `carrier_frac` in each of these, `other_frac` in each of the rest. */
typedef struct spread {
    int32_t carriers;
    double carrier_frac, other_frac;
} spread;

static void sum_sizes(const ab__packing *p, bool at_risk, double sum[AB__SIZES])
{
    for (int s = 0; s < AB__SIZES; s++)
        sum[s] = 0;
    for (int32_t g = 0; g < p->kinds; g++)
        for (int s = 0; s < AB__SIZES && p->goods[g].at_risk == at_risk; s++)
            sum[s] += (double)p->goods[g].count * p->goods[g].size[s];
}

static int64_t packages_at_risk(const ab__packing *p)
{
    int64_t count = 0;

    for (int32_t g = 0; g < p->kinds; g++)
        count += p->goods[g].at_risk ? p->goods[g].count : 0;
    return count;
}

/* Two at least where there are two packages, so that no one vehicle's loss is all of them. */
static int32_t least_carriers(const ab__packing *p, const double risk[AB__SIZES])
{
    int64_t packages = packages_at_risk(p);
    double least = packages > 1 ? 2 : (double)packages;

    for (int s = 0; s < AB__SIZES; s++)
        if (isfinite(p->room[s]) && p->room[s] > 0)
            least = fmax(least, ceil(risk[s] / (MOST_AT_RISK * p->room[s]) - WHOLE));
    return least < p->bins ? (int32_t)least : p->bins;
}

/* The carriers take as much of the other goods as anybody, or what they have room for; the rest must fit. */
static bool try_carriers(const ab__packing *p, int32_t carriers, const double risk[AB__SIZES],
                         const double other[AB__SIZES], spread *out)
{
    double frac = 1.0 / p->bins;

    *out = (spread){carriers, frac, frac};
    if (carriers == 0 || carriers == p->bins)
        return true;
    for (int s = 0; s < AB__SIZES; s++)
        if (isfinite(p->room[s]) && other[s] > 0)
            frac = fmin(frac, (p->room[s] - risk[s] / carriers) / other[s]);
    out->carrier_frac = fmax(0, frac);
    out->other_frac = (1 - carriers * out->carrier_frac) / (p->bins - carriers);
    for (int s = 0; s < AB__SIZES; s++)
        if (out->other_frac * other[s] > p->room[s] * (1 + WHOLE))
            return false;
    return true;
}

static spread choose_spread(const ab__packing *p)
{
    double risk[AB__SIZES], other[AB__SIZES];
    spread found = {0, 0, 0};

    sum_sizes(p, true, risk);
    sum_sizes(p, false, other);
    for (int32_t k = least_carriers(p, risk); k <= p->bins; k++)
        if (try_carriers(p, k, risk, other, &found))
            break;
    return found;
}

static void put_most(ab__packing *p, int32_t bin, int32_t g, double wanted)
{
    int64_t count = (int64_t)floor(wanted + WHOLE), most = ab__pack_most(p, bin, g);

    count = count < p->left[g] ? count : p->left[g];
    ab__pack_put(p, bin, g, count < most ? count : most);
}

/* One more for each bin of [first, bins) in turn, as long as there are any: where the last good ended the next
 * begins, so that the odd packages do not pile up in one bin. */
static void deal_out(ab__packing *p, int32_t g, int32_t first, int32_t *turn)
{
    int32_t bins = p->bins - first;

    for (int32_t i = 0; i < bins && p->left[g] > 0; i++, ++*turn)
        put_most(p, first + *turn % bins, g, 1);
}

void ab__pack_evenly(ab__packing *p)
{
    spread s = choose_spread(p);
    int32_t first = p->bins - s.carriers, turn = 0;

    for (int32_t g = 0; g < p->kinds; g++) {
        if (!p->goods[g].at_risk)
            continue;
        for (int32_t bin = first; bin < p->bins; bin++)
            put_most(p, bin, g, (double)p->goods[g].count / s.carriers);
        deal_out(p, g, first, &turn);
    }
    turn = 0;
    for (int32_t g = 0; g < p->kinds; g++)
        for (int32_t bin = 0; bin < p->bins && !p->goods[g].at_risk; bin++)
            put_most(p, bin, g,
                     (bin < first ? s.other_frac : s.carrier_frac) * (double)p->goods[g].count);
    for (int32_t g = 0; g < p->kinds; g++)
        deal_out(p, g, 0, &turn);
    ab__pack_first_fit(p);
}
