/* What an even spread leaves, a sack of 15 kg where three lorries have 5 kg of room each, is packed by exchanges:
 * with what is left, for more of it in a bin; or between two bins, until one has the room of both. */
#include <math.h>

#include "loading/pack.h"

enum {
    MOST_MOVED = 6,   /* packages of a kind in one exchange, each way */
    EFFORT = 1000000, /* exchanges looked at in one packing */
    MOST_TARGETS = 4  /* bins in which room is made for a package before it is given up */
};
/* A gain smaller than this is rounding. */
static const double GAIN = 1e-9;

typedef struct repair {
    ab__packing *p;
    bool at_risk; /* goods at risk may be moved, too */
    int64_t effort;
} repair;

static bool may_move(const repair *r, int32_t g)
{
    return r->at_risk || !r->p->goods[g].at_risk;
}

/* ---- When to stop ---- */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Grams that every package is a multiple of; 0: they are no whole grams. */
static int64_t unit_g(const ab__packing *p)
{
    int64_t unit = 0;

    for (int32_t g = 0; g < p->kinds; g++) {
        double mass_g = 1000 * p->goods[g].size[AB__MASS];
        if (mass_g > 1e12 || fabs(mass_g - round(mass_g)) > 1e-6)
            return 0;
        unit = common_divisor(unit, (int64_t)round(mass_g));
    }
    return unit;
}

/* No packing leaves less than this: a lorry for 7,700 kg takes no more than 7,695 of sacks of 15. */
static double least_left_kg(const ab__packing *p)
{
    int64_t unit = unit_g(p);
    double all_kg = 0;

    if (unit == 0 || !isfinite(p->room[AB__MASS]))
        return 0;
    for (int32_t g = 0; g < p->kinds; g++)
        all_kg += (double)p->goods[g].count * p->goods[g].size[AB__MASS];
    double unit_kg = (double)unit / 1000;
    return fmax(0, all_kg - p->bins * unit_kg * floor(p->room[AB__MASS] / unit_kg + GAIN));
}

static double left_kg(const ab__packing *p)
{
    double kg = 0;

    for (int32_t g = 0; g < p->kinds; g++)
        kg += (double)p->left[g] * p->goods[g].size[AB__MASS];
    return kg;
}

/* ---- With what is left ---- */

/* Takes `out` of d out of the bin, and as many of g in as then fit, if more of the bin is full for it. */
static bool trade(repair *r, int32_t bin, int32_t d, int64_t out, int32_t g)
{
    ab__packing *p = r->p;

    ab__pack_put(p, bin, d, -out);
    int64_t most = ab__pack_most(p, bin, g), in = most < p->left[g] ? most : p->left[g];
    if ((double)in * p->weight[g] - (double)out * p->weight[d] > GAIN) {
        ab__pack_put(p, bin, g, in);
        return true;
    }
    ab__pack_put(p, bin, d, out);
    return false;
}

static bool trade_in_bin(repair *r, int32_t bin, int32_t g)
{
    ab__packing *p = r->p;

    for (int32_t d = 0; d < p->kinds; d++) {
        int64_t there = p->in[(int64_t)bin * p->kinds + d];
        for (int64_t out = 1; d != g && may_move(r, d) && out <= there && out <= MOST_MOVED;
             out++) {
            r->effort++;
            if (trade(r, bin, d, out, g))
                return true;
        }
    }
    return false;
}

static bool trade_with_left(repair *r)
{
    bool any = false;

    for (int32_t g = 0; g < r->p->kinds; g++)
        for (int32_t bin = 0; bin < r->p->bins && r->effort < EFFORT; bin++)
            if (r->p->left[g] > 0 && trade_in_bin(r, bin, g))
                any = true;
    return any;
}

/* ---- Between two bins ---- */

/* `a` of c go from bin i to bin j, `b` of d from j to i. */
typedef struct exchange {
    int32_t j, c, d;
    int64_t a, b;
} exchange;

/* Room that bin i lacks for one g, in shares of a bin, if its use changed by `more`. */
static double lack(const ab__packing *p, int32_t i, int32_t g, const double more[AB__SIZES])
{
    double sum = 0;

    for (int s = 0; s < AB__SIZES; s++) {
        double need = p->goods[g].size[s];
        double after = p->used[i * AB__SIZES + s] + more[s] + need;
        if (need > 0 && isfinite(p->room[s]))
            sum += fmax(0, after - p->room[s]) / p->room[s];
    }
    return sum;
}

static void change_of(const ab__packing *p, const exchange *x, double more[AB__SIZES])
{
    for (int s = 0; s < AB__SIZES; s++)
        more[s] = (double)x->b * p->goods[x->d].size[s] - (double)x->a * p->goods[x->c].size[s];
}

/* Neither bin is filled over its room by it. */
static bool holds(const ab__packing *p, int32_t i, const exchange *x, const double more[AB__SIZES])
{
    for (int s = 0; s < AB__SIZES; s++) {
        if (p->used[x->j * AB__SIZES + s] - more[s] > p->room[s] + GAIN ||
            p->used[i * AB__SIZES + s] + more[s] > p->room[s] + GAIN)
            return false;
    }
    return true;
}

/* The exchange of c and d between bins i and j that leaves i the least room short for g. */
static void look_at(repair *r, int32_t i, int32_t g, exchange x, exchange *best, double *least)
{
    const ab__packing *p = r->p;
    int64_t from_i = p->in[(int64_t)i * p->kinds + x.c];
    int64_t from_j = p->in[(int64_t)x.j * p->kinds + x.d];

    for (x.a = 1; x.a <= from_i && x.a <= MOST_MOVED; x.a++) {
        for (x.b = 0; x.b <= from_j && x.b <= MOST_MOVED; x.b++) {
            double more[AB__SIZES];
            change_of(p, &x, more);
            double short_of = lack(p, i, g, more);
            r->effort++;
            if (short_of < *least - GAIN && holds(p, i, &x, more)) {
                *best = x;
                *least = short_of;
            }
        }
    }
}

static bool exchange_for_room(repair *r, int32_t i, int32_t g, double *least)
{
    ab__packing *p = r->p;
    exchange best = {.j = -1};

    for (int32_t j = 0; j<p->bins && * least> GAIN && r->effort < EFFORT; j++)
        for (int32_t c = 0; j != i && c < p->kinds; c++)
            for (int32_t d = 0; may_move(r, c) && d < p->kinds; d++)
                if (d != c && may_move(r, d))
                    look_at(r, i, g, (exchange){.j = j, .c = c, .d = d}, &best, least);
    if (best.j < 0)
        return false;
    ab__pack_put(p, i, best.c, -best.a);
    ab__pack_put(p, best.j, best.c, best.a);
    ab__pack_put(p, best.j, best.d, -best.b);
    ab__pack_put(p, i, best.d, best.b);
    return true;
}

/* Exchanges until bin i has room for one g, or none helps. */
static bool make_room(repair *r, int32_t i, int32_t g)
{
    static const double nothing[AB__SIZES] = {0};
    double least = lack(r->p, i, g, nothing);

    while (ab__pack_most(r->p, i, g) < 1)
        if (r->effort >= EFFORT || !exchange_for_room(r, i, g, &least))
            return false;
    ab__pack_put(r->p, i, g, 1);
    return true;
}

/* The bin after `before` in the order of what it lacks for g. -1: there is none. */
static int32_t next_target(const ab__packing *p, int32_t g, int32_t before)
{
    static const double nothing[AB__SIZES] = {0};
    double past = before < 0 ? -1 : lack(p, before, g, nothing), least = INFINITY;
    int32_t next = -1;

    for (int32_t i = 0; i < p->bins; i++) {
        double lacks = lack(p, i, g, nothing);
        bool after = lacks > past || (lacks == past && i > before);
        if (after && lacks < least) {
            least = lacks;
            next = i;
        }
    }
    return next;
}

static bool gather_room(repair *r, int32_t g)
{
    int32_t target = -1;

    for (int n = 0; n < MOST_TARGETS; n++) {
        target = next_target(r->p, g, target);
        if (target < 0)
            return false;
        if (make_room(r, target, g))
            return true;
    }
    return false;
}

/* Tries the smallest good that is left first: it asks for the least room. */
static bool gather_for_left(repair *r)
{
    for (int32_t g = r->p->kinds - 1; g >= 0; g--)
        if (r->p->left[g] > 0 && r->effort < EFFORT && gather_room(r, g))
            return true;
    return false;
}

void ab__pack_repair(ab__packing *p)
{
    repair r = {.p = p};
    double least_kg = least_left_kg(p) + GAIN;

    for (int pass = 0; pass < 2; pass++) {
        r.at_risk = pass > 0;
        r.effort = 0;
        while (left_kg(p) > least_kg && r.effort < EFFORT) {
            if (!trade_with_left(&r) && !gather_for_left(&r))
                break;
            ab__pack_first_fit(p);
        }
    }
}
