/* What may become of each trip, and at whose hand. */
#include "airbridge/record.h"
#include "flow/result.h"

static ab_passage passage_of(const ab_stages *stages, const ab_offer *offer)
{
    const ab_trip_kind *kind = &stages->trips->kind[offer->kind];
    ab_passage passage = {.place = kind->place, .means = kind->means, .hub = kind->hub, .depart = offer->depart};
    if (kind->path >= 0) {
        passage.road_count = stages->routes->path[kind->path].road_count;
        passage.road = stages->routes->path[kind->path].road;
    }
    return passage;
}

static uint32_t categories_of(const ab_stages *stages, const ab_chosen *chosen)
{
    uint32_t categories = 0;
    for (int32_t i = chosen->first_load; i < chosen->first_load + chosen->load_count; i++)
        categories |= 1u << stages->op->commodities.at[stages->plan->load[i].commodity].category;
    return categories;
}

/* A copy in the result's arena; "" for nobody. NULL: out of memory. */
static const char *name_of(ab_arena *arena, const ab_record *record, int32_t authority)
{
    return authority < 0 ? "" : ab__arena_text(arena, ab_record_authorities(record)->at[authority].name);
}

static bool describe(ab_outcome_row *row, ab_arena *arena, const ab_stages *stages, const ab_chosen *chosen)
{
    const ab_offer *offer = &stages->trips->offer[chosen->offer];
    ab_passage passage = passage_of(stages, offer);
    ab_outcomes out = ab_access_outcomes(stages->access, &passage, categories_of(stages, chosen));
    const ab_access_cell *cell = ab_access_place(stages->access, passage.place, passage.means, offer->depart);
    const ab_record *record = ab_access_record(stages->access);
    bool needed = cell->permission != AB_PERMISSION_NOT_NEEDED;

    row->refused_prob = out.refused;
    row->hurt_prob = out.hurt;
    row->lost_prob = out.lost;
    row->turned_back_prob = out.turned_back;
    row->part_prob = out.part;
    row->stripped_prob = out.stripped;
    row->delivered_prob = out.delivered;
    row->asked_of = name_of(arena, record, needed ? cell->asked : -1);
    row->last_gate = name_of(arena, record, passage.means == AB_MEANS_ROAD ? ab_record_besieger(record, passage.place) : -1);
    return row->asked_of && row->last_gate;
}

bool ab__table_outcomes(ab_result *result, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;
    ab_outcome_row *row = AB_NEW(result->arena, ab_outcome_row, plan->chosen_count);
    const ab_trip_row *trip = result->rows[AB_TABLE_trips].at;
    int32_t count = 0, past = result->rows[AB_TABLE_trips].count - plan->chosen_count;

    for (int32_t i = 0; row && i < plan->chosen_count; i++) {
        if (plan->chosen[i].offer < 0)
            continue;
        row[count].trip = trip[past + i].id;
        if (!describe(&row[count++], result->arena, stages, &plan->chosen[i]))
            return false;
    }
    result->rows[AB_TABLE_outcomes] = (ab_rows){row, count};
    return row;
}
