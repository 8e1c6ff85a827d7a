/* Worlds drawn at random, small enough for every plan to be tried. */
#ifndef TESTS_PLAN_RANDOM_WORLD_H
#define TESTS_PLAN_RANDOM_WORLD_H

#include "plan/world.h"

static inline double draw(uint64_t *seed) /* splitmix64, in [0, 1) */
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static inline int32_t draw_below(uint64_t *seed, int32_t n)
{
    return (int32_t)(draw(seed) * n);
}

/* Two hubs with a link, `places` places, three foods in two groups and a kit, two classes of vehicle. */
static inline world *random_world(uint64_t seed, int32_t places, int32_t periods)
{
    world *w = world_new(periods);
    int32_t cereal = world_group(w, AB_CATEGORY_FOOD, "cereal", 1600), fat = world_group(w, AB_CATEGORY_FOOD, "fat", 500);
    int32_t care = world_group(w, AB_CATEGORY_MEDICAL, "", 1);
    world_commodity(w, "flour", cereal, 3500);
    world_commodity(w, "rice", cereal, 3600);
    world_commodity(w, "oil", fat, 8850);
    world_commodity(w, "kit", care, 2000);
    for (int32_t h = 0; h < 2; h++) {
        world_hub(w, h == 0 ? "port" : "field");
        for (int32_t c = 0; c < 4; c++)
            world_stock(w, h, c, (c == 3 ? 1 : 60) * draw(&seed));
    }
    w->stock[1].available_from = w->settings.start + 2 * 86400;
    w->stock[2].certainty_prob = 0.5;
    w->link[w->op.links.count++] = (ab_link){.id = "l1", .from_hub = 0, .to_hub = 1, .capacity_kg_per_day = 20000};
    for (int32_t t = 0; t + 1 < periods; t++)
        w->transfer[w->trips.transfer_count++] = (ab_transfer){0, t, t + 1, 0.9, 0.01};
    world_vehicle(w, "truck", 1 + draw_below(&seed, 4), 5 + 5 * draw(&seed));
    world_vehicle(w, "plane", 1, 12);
    w->vehicle[1].sorties_per_day = 0.6;
    w->vehicle[0].convoy_max = 3;
    for (int32_t p = 0; p < places; p++) {
        static const char *const names[] = {"upper", "ridge", "plain", "ford", "mill", "bridge"};
        world_place(w, names[p], 2000 + 20000 * draw(&seed));
        world_in_place(w, p, cereal, 2 * draw(&seed));
        w->place[p].handling_kg_per_day = 15000 + 30000 * draw(&seed);
    }
    for (int32_t p = 0; p < places; p++) {
        int32_t truck = world_kind(w, 0, 0, p, 4 + 16 * draw(&seed));
        world_offers(w, truck, draw_below(&seed, 3), periods, draw_below(&seed, 2), 0.4 + 0.6 * draw(&seed));
        int32_t plane = world_kind(w, 1, 1, p, 6);
        w->kind[plane].means = AB_MEANS_AIRLIFT;
        world_offers(w, plane, draw_below(&seed, 2), periods, 0, 0.5 + 0.5 * draw(&seed));
    }
    int32_t truce = world_agreement(w, "truce");
    w->agreement[truce].quota_trips_per_day = 2 + draw_below(&seed, 3);
    world_bind(w, truce, 0, 0, periods);
    return w;
}

#endif
