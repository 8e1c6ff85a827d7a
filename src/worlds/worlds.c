/* Worlds: leave, gates and ways of one trip, as one world has them. docs/models/worlds.md */
#include "airbridge/worlds.h"

#include <math.h>

#include "base/arena.h"
#include "base/random.h"
#include "worlds/worlds.h"

/* Correlation of answers that one authority gives on one day: that by which the record counts them (access.md, 0.3, assumed). */
static const double same_day_correlation = 0.3;

/* ---- Making ---- */

static bool make_keys(ab_worlds *worlds)
{
    const ab_operation *op = worlds->op;
    uint64_t *authority = AB_NEW(worlds->arena, uint64_t, worlds->authorities->count);
    uint64_t *place = AB_NEW(worlds->arena, uint64_t, op->places.count);
    uint64_t *agreement = AB_NEW(worlds->arena, uint64_t, op->agreements.count);
    if (authority == NULL || place == NULL || agreement == NULL) {
        return false;
    }
    for (int32_t a = 0; a < worlds->authorities->count; a++) {
        authority[a] = ab__key_of_text("authority", worlds->authorities->at[a].name);
    }
    for (int32_t p = 0; p < op->places.count; p++) {
        place[p] = ab__key_of_text("decision", op->places.at[p].id);
    }
    for (int32_t a = 0; a < op->agreements.count; a++) {
        agreement[a] = ab__key_of_text("agreement", op->agreements.at[a].id);
    }
    worlds->authority_key = authority;
    worlds->place_key = place;
    worlds->agreement_key = agreement;
    return true;
}

static bool make_memory(ab_worlds *worlds)
{
    const ab_record *record = ab_access_record(worlds->access);
    bool told;
    double days = ab_record_memory_days(record, &told);
    double *keep = AB_NEW(worlds->arena, double, worlds->periods);
    if (keep == NULL) {
        return false;
    }
    for (int32_t t = 1; t < worlds->periods; t++) {
        keep[t] = exp(-ab_period_days(worlds->op, t - 1) / days);
    }
    worlds->memory_keep_prob = keep;
    worlds->seen_prob = sqrt(ab_record_memory_trust(record));
    return true;
}

static bool is_waited_for(const ab_access_cell *cell)
{
    return cell->permission == AB_PERMISSION_UNANSWERED || cell->permission == AB_PERMISSION_NONE;
}

/* Leave by an answer is the chance of an answer times that of a yes. */
static bool make_waiting(ab_worlds *worlds)
{
    const ab_record *record = ab_access_record(worlds->access);
    int32_t lanes = worlds->op->places.count * AB_MEANS_LINK;
    ab__waiting *waiting = AB_NEW(worlds->arena, ab__waiting, lanes);
    for (int32_t lane = 0; waiting != NULL && lane < lanes; lane++) {
        double *answered = AB_NEW(worlds->arena, double, worlds->periods), *yes = AB_NEW(worlds->arena, double, worlds->periods);
        if (answered == NULL || yes == NULL) {
            return false;
        }
        for (int32_t t = 0; t < worlds->periods; t++) {
            const ab_access_cell *cell =
                ab_access_place(worlds->access, lane / AB_MEANS_LINK, (ab_means)(lane % AB_MEANS_LINK), t);
            yes[t] = ab_record_stage(record, cell->asked, AB_STAGE_YES, 0).chance.mean;
            answered[t] = is_waited_for(cell) ? cell->leave.mean / yes[t] : NAN;
        }
        waiting[lane] = (ab__waiting){answered, yes};
    }
    worlds->waiting = waiting;
    return waiting != NULL;
}

ab_status ab_worlds_make(const ab_operation *op, const ab_access *access, uint64_t seed, ab_worlds **out, ab_error *err)
{
    *out = NULL;
    ab_arena *arena = ab__arena_new();
    ab_worlds *worlds = arena != NULL ? AB_NEW(arena, ab_worlds, 1) : NULL;
    if (worlds != NULL) {
        worlds->arena = arena;
        worlds->op = op;
        worlds->access = access;
        worlds->authorities = ab_record_authorities(ab_access_record(access));
        worlds->seed = seed;
        worlds->periods = op->period_count;
    }
    if (worlds == NULL || !make_keys(worlds) || !make_memory(worlds) || !make_waiting(worlds) || !ab__worlds_subjects(worlds)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while worlds were made");
    }
    *out = worlds;
    return AB_OK;
}

void ab_worlds_free(ab_worlds *worlds)
{
    if (worlds != NULL) {
        ab__arena_free(worlds->arena);
    }
}

/* ---- Leave ---- */

/* What is decided of one place by who is asked, road and air apart where `means` matters. */
enum { KEY_REFUSED = 1, KEY_ANSWER, KEY_YES, KEY_YES_OF_DAY, KEY_GO, KEY_GATE, KEY_SEEN };

static uint64_t decision_key(const ab_worlds *worlds, int32_t place, int32_t asked, ab_means means, int what)
{
    uint64_t who = asked >= 0 ? worlds->authority_key[asked] : 0;
    uint64_t kind = (uint64_t)what * 2 + (means != AB_MEANS_ROAD);
    return ab__key_of(ab__key_of(worlds->place_key[place], who), kind);
}

static double once(const ab_worlds *worlds, uint64_t key, uint64_t world)
{
    return ab__process_at(worlds, (ab__process){key, NULL}, world, 0);
}

bool ab_worlds_holds(const ab_worlds *worlds, uint64_t world, int32_t agreement, double hold_prob)
{
    return once(worlds, worlds->agreement_key[agreement], world) < hold_prob;
}

/* The row that the leave rests on: the surest stands first of its kinds. */
static ab_ref resting_on(const ab_worlds *worlds, const ab_access_cell *cell)
{
    ab_refs rows = ab_access_evidence(worlds->access, cell->evidence);
    for (int32_t i = 0; i < rows.count; i++) {
        if (rows.at[i].table == AB_TABLE_agreements || rows.at[i].table == AB_TABLE_requests) {
            return rows.at[i];
        }
    }
    return (ab_ref){-1, -1};
}

/* The first period at whose beginning there is an answer: `t` at the latest, as there is one by then. */
static int32_t answered_in(const ab__waiting *waiting, double draw, int32_t t)
{
    int32_t first = 0;
    while (first < t && !(draw < waiting->answered_prob[first])) {
        first++;
    }
    return first;
}

/* Answers that an authority gives on one day hang together. */
static bool is_yes(const ab_worlds *worlds, uint64_t world, int32_t place, int32_t asked, int32_t answered, double yes_prob)
{
    const ab_operation *op = worlds->op;
    double local_s = (double)ab_period_start(op, answered) + op->settings->utc_offset_s;
    uint64_t own = decision_key(worlds, place, asked, AB_MEANS_ROAD, KEY_YES);
    ab_philox block = ab__random_block(worlds->seed, own, world << 20 | (uint64_t)answered);
    if (asked < 0 || ab__random_of(block.word[2], block.word[3]) >= sqrt(same_day_correlation)) {
        return ab__random_of(block.word[0], block.word[1]) < yes_prob;
    }
    uint64_t day = ab__key_of(worlds->authority_key[asked], (uint64_t)(int64_t)floor(local_s / 86400));
    return once(worlds, ab__key_of(day, KEY_YES_OF_DAY), world) < yes_prob;
}

/* One request serves all means: who is asked answers once for the place. */
static bool is_answered_yes(const ab_worlds *worlds, uint64_t world, int32_t place, ab_means means, int32_t t)
{
    const ab__waiting *waiting = &worlds->waiting[place * AB_MEANS_LINK + (int32_t)means];
    int32_t asked = ab_access_place(worlds->access, place, means, t)->asked;
    double draw = once(worlds, decision_key(worlds, place, asked, AB_MEANS_ROAD, KEY_ANSWER), world);
    if (!(draw < waiting->answered_prob[t])) {
        return false;
    }
    return is_yes(worlds, world, place, asked, answered_in(waiting, draw, t), waiting->yes_prob[t]);
}

bool ab_worlds_leave(const ab_worlds *worlds, uint64_t world, int32_t place, ab_means means, int32_t t)
{
    const ab_access_cell *cell = ab_access_place(worlds->access, place, means, t);
    if (cell->leave.mean >= 1) {
        return true;
    }
    if (is_waited_for(cell)) {
        return is_answered_yes(worlds, world, place, means, t);
    }
    ab_ref row = resting_on(worlds, cell);
    if (cell->permission == AB_PERMISSION_GIVEN && row.table == AB_TABLE_agreements) {
        return ab_worlds_holds(worlds, world, row.row, cell->leave.mean);
    }
    return once(worlds, decision_key(worlds, place, cell->asked, AB_MEANS_ROAD, KEY_REFUSED), world) < cell->leave.mean;
}

/* ---- Gates ---- */

/* One decision for all trips of a period: the state of the gate, which lasts as the record remembers, or an accident. Two
 * periods that are d days apart have the correlation trust e^(-d / memory), as in ab_record_remembered. */
static bool is_let(const ab_worlds *worlds, uint64_t world, int32_t place, ab_means means, int32_t t, int what, double prob)
{
    if (prob >= 1) {
        return true;
    }
    int32_t asked = ab_access_place(worlds->access, place, means, t)->asked;
    uint64_t key = decision_key(worlds, place, asked, means, what);
    ab_philox block = ab__random_block(worlds->seed, ab__key_of(key, KEY_SEEN), world << 20 | (uint64_t)t);
    if (ab__random_of(block.word[2], block.word[3]) >= worlds->seen_prob) {
        return ab__random_of(block.word[0], block.word[1]) < prob;
    }
    return ab__process_at(worlds, (ab__process){key, worlds->memory_keep_prob}, world, t) < prob;
}

/* ---- Ways ---- */

bool ab_worlds_open(const ab_worlds *worlds, uint64_t world, ab_input_table table, int32_t row, ab_means means, int32_t t)
{
    double prob = ab__subject_prob(worlds, table, row, means, t);
    return prob >= 1 || ab__process_at(worlds, ab__subject_process(worlds, table, row), world, t) < prob;
}

static bool roads_are_open(const ab_worlds *worlds, uint64_t world, const ab_passage *passage)
{
    bool open = true;
    for (int32_t i = 0; i < passage->road_count && open; i++) {
        open = ab_worlds_open(worlds, world, AB_TABLE_roads, passage->road[i], AB_MEANS_ROAD, passage->depart);
    }
    return open;
}

ab_fate ab_worlds_fate(const ab_worlds *worlds, uint64_t world, const ab_passage *passage)
{
    int32_t place = passage->place, t = passage->depart;
    ab_means means = passage->means;
    const ab_access_cell *cell = ab_access_place(worlds->access, place, means, t);
    if (!ab_worlds_leave(worlds, world, place, means, t) ||
        !is_let(worlds, world, place, means, t, KEY_GO, cell->go.mean) ||
        !ab_worlds_open(worlds, world, AB_TABLE_hubs, passage->hub, means, t)) {
        return AB_FATE_STAYS;
    }
    bool through = is_let(worlds, world, place, means, t, KEY_GATE, cell->gate.mean) &&
                   ab_worlds_open(worlds, world, AB_TABLE_places, place, means, t) && roads_are_open(worlds, world, passage);
    return through ? AB_FATE_ARRIVES : AB_FATE_TURNED_BACK;
}

bool ab_worlds_passes(const ab_worlds *worlds, uint64_t world, const ab_passage *passage)
{
    return ab_worlds_fate(worlds, world, passage) == AB_FATE_ARRIVES;
}

/* Mode of a link; as access.h has it. */
static ab_means means_of_link(const ab_link *link)
{
    return link->mode == AB_MODE_ROAD         ? AB_MEANS_ROAD
           : link->mode == AB_MODE_HELICOPTER ? AB_MEANS_HELICOPTER
                                              : AB_MEANS_AIRLIFT;
}

bool ab_worlds_moves(const ab_worlds *worlds, uint64_t world, int32_t link, int32_t t)
{
    const ab_link *row = &worlds->op->links.at[link];
    ab_means means = means_of_link(row);
    return ab_worlds_open(worlds, world, AB_TABLE_links, link, means, t) &&
           ab_worlds_open(worlds, world, AB_TABLE_hubs, row->from_hub, means, t) &&
           ab_worlds_open(worlds, world, AB_TABLE_hubs, row->to_hub, means, t);
}

/* ---- All worlds ---- */

/* Number i of a way: place, hub, then roads in turn. */
static ab_ref subject_at(const ab_passage *passage, int32_t i)
{
    return i == 0   ? (ab_ref){AB_TABLE_places, passage->place}
           : i == 1 ? (ab_ref){AB_TABLE_hubs, passage->hub}
                    : (ab_ref){AB_TABLE_roads, passage->road[i - 2]};
}

/* The least chance of those that open and close with number i, if it is the first of them; else 1. */
static double least_with(const ab_worlds *worlds, const ab_passage *passage, int32_t i)
{
    ab_ref own = subject_at(passage, i);
    uint64_t stream = ab__subject_process(worlds, (ab_input_table)own.table, own.row).stream;
    double least = 1;
    for (int32_t k = 0; k < passage->road_count + 2; k++) {
        ab_ref ref = subject_at(passage, k);
        if (ab__subject_process(worlds, (ab_input_table)ref.table, ref.row).stream != stream) {
            continue;
        }
        if (k < i) {
            return 1;
        }
        least = fmin(least, ab__subject_prob(worlds, (ab_input_table)ref.table, ref.row, passage->means, passage->depart));
    }
    return least;
}

double ab_worlds_prob(const ab_worlds *worlds, const ab_passage *passage)
{
    double prob = ab_access_place(worlds->access, passage->place, passage->means, passage->depart)->permit.mean;
    for (int32_t i = 0; i < passage->road_count + 2; i++) {
        prob *= least_with(worlds, passage, i);
    }
    return prob;
}
