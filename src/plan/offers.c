/* Which offers the model needs. Between one hub and one place there may be several ways; a way that is
 * in no respect better than another is only ballast, unless the other one's roads may fill up. */
#include "base/arena.h"
#include "plan/model.h"

static bool same_but_for_the_way(const ab_trip_kind *a, const ab_trip_kind *b)
{
    return a->means == b->means && a->vehicle == b->vehicle && a->hub == b->hub && a->place == b->place &&
           a->dropzone == b->dropzone && a->dropsystem == b->dropsystem;
}

static bool kind_serves_as_well(const ab_model *model, const ab_trip_kind *a, const ab_trip_kind *b)
{
    bool roomy = a->path < 0 || !model->path_limited[a->path];
    return roomy && a->payload_kg >= b->payload_kg && a->payload_m3 >= b->payload_m3 && a->loads >= b->loads &&
           a->load_kg >= b->load_kg && a->cycle_s <= b->cycle_s && a->usd <= b->usd &&
           a->usd_per_load <= b->usd_per_load;
}

static bool offer_serves_as_well(const ab_offer *a, const ab_offer *b)
{
    return a->depart == b->depart && a->arrive <= b->arrive && a->arrival.mean >= b->arrival.mean &&
           (a->commodities & b->commodities) == b->commodities && a->work_frac >= b->work_frac;
}

/* Offers of kind k: [first[k], first[k + 1]). */
static int32_t *first_offers(ab_model *model)
{
    const ab_trips *trips = model->trips;
    int32_t *first = AB_NEW(model->arena, int32_t, trips->kind_count + 1);
    if (!first)
        return NULL;
    int32_t o = 0;
    for (int32_t k = 0; k < trips->kind_count; k++) {
        first[k] = o;
        while (o < trips->offer_count && trips->offer[o].kind == k)
            o++;
    }
    first[trips->kind_count] = o;
    return first;
}

/* Marks the offers of kind `b` that kind `a` serves as well. Of two that are alike the first stays. */
static void compare(const ab_model *model, const int32_t *first, int32_t a, int32_t b, char *worth)
{
    const ab_offer *offer = model->trips->offer;
    bool alike = kind_serves_as_well(model, &model->trips->kind[b], &model->trips->kind[a]);
    int32_t i = first[a];
    for (int32_t j = first[b]; j < first[b + 1]; j++) {
        while (i < first[a + 1] && offer[i].depart < offer[j].depart)
            i++;
        if (i == first[a + 1])
            return;
        bool mutual = alike && offer_serves_as_well(&offer[j], &offer[i]);
        if (worth[i] && offer_serves_as_well(&offer[i], &offer[j]) && (!mutual || a < b))
            worth[j] = 0;
    }
}

const char *ab__offers_worth(ab_model *model)
{
    const ab_trips *trips = model->trips;
    char *worth = AB_NEW(model->arena, char, trips->offer_count);
    int32_t *first = first_offers(model);
    if (!worth || !first) {
        model->failed = true;
        return NULL;
    }
    for (int32_t o = 0; o < trips->offer_count; o++)
        worth[o] = trips->offer[o].arrival.mean > 0;
    for (int32_t a = 0; a < trips->kind_count; a++)
        for (int32_t b = 0; b < trips->kind_count; b++)
            if (a != b && same_but_for_the_way(&trips->kind[a], &trips->kind[b]) &&
                kind_serves_as_well(model, &trips->kind[a], &trips->kind[b]))
                compare(model, first, a, b, worth);
    return worth;
}
