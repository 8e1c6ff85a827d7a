/* The chain of gatekeepers between a hub and a place, as one trip meets it. */
#include <math.h>

#include "access/chance.h"
#include "airbridge/record.h"

/* ---- What is open ---- */

/* Most authorities that hold something on one way; what others hold is taken for nobody's, which makes the way less
 * sure and never surer. */
enum { MOST_HOLDERS = 16 };

typedef struct gates {
    ab_chance free; /* of what nobody is named for */
    int32_t count;
    int32_t holder[MOST_HOLDERS];
    ab_chance least[MOST_HOLDERS];
} gates;

static ab_chance lesser(ab_chance a, ab_chance b)
{
    return (ab_chance){fmin(a.mean, b.mean), fmin(a.low, b.low), fmin(a.high, b.high)};
}

/* Who holds it with others is one of those who were met before, or else the first who is named. */
static void meet(gates *g, ab_authority_set holders, ab_chance open)
{
    for (int32_t i = 0; i < holders.count; i++) {
        for (int32_t k = 0; k < g->count; k++) {
            if (g->holder[k] == holders.at[i]) {
                g->least[k] = lesser(g->least[k], open);
                return;
            }
        }
    }
    if (holders.count == 0 || g->count == MOST_HOLDERS) {
        g->free = ab__chance_both(g->free, open);
        return;
    }
    g->holder[g->count] = holders.at[0];
    g->least[g->count++] = open;
}

ab_chance ab_access_open(const ab_access *access, const ab_passage *passage)
{
    const ab_record *record = ab_access_record(access);
    const ab_authorities *all = ab_record_authorities(record);
    int32_t ring = ab_record_besieger(record, passage->place), t = passage->depart;
    gates g = {.free = AB_CERTAIN};
    meet(&g, (ab_authority_set){ring >= 0, &ring}, ab_access_place(access, passage->place, passage->means, t)->state);
    meet(&g, all->hub_held_by[passage->hub], ab_access_hub(access, passage->hub, passage->means, t)->pass);
    for (int32_t i = 0; i < passage->road_count; i++) {
        int32_t road = passage->road[i];
        meet(&g, all->road_held_by[road], ab_access_way(access, AB_TABLE_roads, road, t)->pass);
    }
    for (int32_t k = 0; k < g.count; k++) {
        g.free = ab__chance_both(g.free, g.least[k]);
    }
    return g.free;
}

/* ---- What becomes of it ---- */

/* Who has the last word on the way: who holds the ring, else whose leave it is. */
static int32_t last_gate(const ab_access *access, const ab_passage *passage)
{
    int32_t ring = ab_record_besieger(ab_access_record(access), passage->place);
    return ring >= 0 ? ring : ab_access_place(access, passage->place, passage->means, passage->depart)->asked;
}

static double stage_mean(const ab_access *access, const ab_passage *passage, ab_stage stage, int32_t kind)
{
    return ab_record_stage(ab_access_record(access), last_gate(access, passage), stage, kind).chance.mean;
}

ab_chance ab_access_hurt(const ab_access *access, const ab_passage *passage)
{
    const ab_access_cell *cell = ab_access_place(access, passage->place, passage->means, passage->depart);
    if (passage->means != AB_MEANS_ROAD || cell->permission == AB_PERMISSION_NOT_NEEDED) {
        return (ab_chance){0, 0, 0};
    }
    ab_chance safe = ab_record_stage(ab_access_record(access), last_gate(access, passage), AB_STAGE_SAFE, 0).chance;
    return (ab_chance){1 - safe.mean, 1 - safe.high, 1 - safe.low};
}

static double whole_prob(const ab_access *access, const ab_passage *passage, uint32_t categories)
{
    double least = 1;
    for (int32_t c = 0; c < ab_category_count; c++) {
        if ((categories >> c & 1) != 0) {
            least = fmin(least, stage_mean(access, passage, AB_STAGE_WHOLE, c));
        }
    }
    return least;
}

ab_outcomes ab_access_outcomes(const ab_access *access, const ab_passage *passage, uint32_t categories)
{
    const ab_access_cell *cell = ab_access_place(access, passage->place, passage->means, passage->depart);
    bool checked = passage->means == AB_MEANS_ROAD && cell->permission != AB_PERMISSION_NOT_NEEDED;
    double set_out = cell->leave.mean * cell->go.mean;
    double open = cell->gate.mean * ab_access_open(access, passage).mean;
    double kept = checked ? stage_mean(access, passage, AB_STAGE_KEPT, 0) : 1;
    double full = checked ? stage_mean(access, passage, AB_STAGE_FULL, 0) : 1;
    double whole = checked ? whole_prob(access, passage, categories) : 1;
    ab_outcomes out = {.refused = 1 - set_out};
    double left = set_out;
    out.hurt = left * ab_access_hurt(access, passage).mean;
    left -= out.hurt;
    out.lost = left * (1 - kept);
    left -= out.lost;
    out.turned_back = left * (1 - open);
    left -= out.turned_back;
    out.part = left * (1 - full);
    left -= out.part;
    out.stripped = left * (1 - whole);
    out.delivered = left - out.stripped;
    return out;
}
