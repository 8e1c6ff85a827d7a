/* What is open and closed: one number for all that an authority holds, one for each row that nobody is named for. */
#include <assert.h>
#include <math.h>

#include "base/arena.h"
#include "base/random.h"
#include "worlds/worlds.h"

/* ---- Keys ---- */

/* The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t stirred(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t ab__key_of(uint64_t a, uint64_t b)
{
    return stirred(stirred(a + UINT64_C(0x9e3779b97f4a7c15)) ^ b);
}

/* FNV-1a. */
uint64_t ab__key_of_text(const char *kind, const char *text)
{
    uint64_t key = UINT64_C(0xcbf29ce484222325);
    for (const char *part = kind; part != NULL; part = part == kind ? text : NULL) {
        for (const char *at = part; *at != '\0'; at++) {
            key = (key ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
        }
        key = (key ^ ':') * UINT64_C(0x100000001b3);
    }
    return stirred(key);
}

/* ---- Numbers ---- */

/* From `t` back to the last period in which it was drawn anew. */
double ab__process_at(const ab_worlds *worlds, ab__process process, uint64_t world, int32_t t)
{
    assert(world < (uint64_t)1 << 44 && t < 1 << 20);
    for (int32_t s = t;; s--) {
        ab_philox block = ab__random_block(worlds->seed, process.stream, world << 20 | (uint64_t)s);
        bool kept = s > 0 && process.keep_prob != NULL &&
                    ab__random_of(block.word[2], block.word[3]) < process.keep_prob[s];
        if (!kept) {
            return ab__random_of(block.word[0], block.word[1]);
        }
    }
}

/* ---- Subjects ---- */

static ab__subject_table number_of(ab_input_table table)
{
    assert(table == AB_TABLE_places || table == AB_TABLE_hubs || table == AB_TABLE_roads || table == AB_TABLE_links);
    return table == AB_TABLE_places ? AB__PLACES : table == AB_TABLE_hubs ? AB__HUBS : table == AB_TABLE_roads ? AB__ROADS : AB__LINKS;
}

double ab__subject_prob(const ab_worlds *worlds, ab_input_table table, int32_t row, ab_means means, int32_t t)
{
    switch (number_of(table)) {
    case AB__PLACES:
        return ab_access_place(worlds->access, row, means, t)->state.mean;
    case AB__HUBS:
        return ab_access_hub(worlds->access, row, means, t)->pass.mean;
    default:
        return ab_access_way(worlds->access, table, row, t)->pass.mean;
    }
}

ab__process ab__subject_process(const ab_worlds *worlds, ab_input_table table, int32_t row)
{
    ab__subject_table number = number_of(table);
    int32_t holder = worlds->holder[number][row];
    return holder >= 0 ? worlds->of_authority[holder] : worlds->of_row[number][row];
}

/* The chance to keep the number that gives two states with these chances the correlation `wanted`, or the most that
 * they can have: the least of both chances less their product, over both deviations. */
static double keep_prob(double before, double now, double wanted)
{
    double spread = sqrt(before * (1 - before) * now * (1 - now));
    double most = spread > 0 ? (fmin(before, now) - before * now) / spread : 0;
    return most > 0 ? fmin(1, wanted / most) : wanted;
}

/* Sums over the subjects of each process, and how many there are. */
typedef struct keep_sums {
    double *keep; /* [processes * periods] */
    int32_t *count;
} keep_sums;

/* What is always open tells nothing. */
static void add_lane(const ab_worlds *worlds, ab_input_table table, int32_t row, ab_means means, int32_t process, keep_sums *sums)
{
    double before = 1, wanted = ab_access_persistence(worlds->access, table, row, means);
    bool always = true;
    for (int32_t t = 0; t < worlds->periods && always; t++) {
        always = ab__subject_prob(worlds, table, row, means, t) >= 1;
    }
    for (int32_t t = 0; t < worlds->periods && !always; t++) {
        double now = ab__subject_prob(worlds, table, row, means, t);
        sums->keep[(int64_t)process * worlds->periods + t] += t > 0 ? keep_prob(before, now, wanted) : 0;
        before = now;
    }
    sums->count[process] += !always;
}

static void add_row(const ab_worlds *worlds, ab_input_table table, int32_t row, int32_t process, keep_sums *sums)
{
    int32_t lanes = table == AB_TABLE_places ? AB_MEANS_LINK : table == AB_TABLE_hubs ? AB_MEANS_LINK + 1 : 1;
    for (int32_t means = 0; means < lanes; means++) {
        add_lane(worlds, table, row, (ab_means)means, process, sums);
    }
}

/* Of several subjects the mean. NULL: none can be closed. */
static const double *mean_of(const ab_worlds *worlds, const keep_sums *sums, int32_t process)
{
    double *keep = &sums->keep[(int64_t)process * worlds->periods];
    for (int32_t t = 0; t < worlds->periods && sums->count[process] > 0; t++) {
        keep[t] /= sums->count[process];
    }
    return sums->count[process] > 0 ? keep : NULL;
}

static const struct {
    ab_input_table table;
    const char *kind;
} subject[AB__SUBJECT_TABLES] = {
    [AB__PLACES] = {AB_TABLE_places, "place"},
    [AB__HUBS] = {AB_TABLE_hubs, "hub"},
    [AB__ROADS] = {AB_TABLE_roads, "road"},
    [AB__LINKS] = {AB_TABLE_links, "link"},
};

static int32_t rows_of(const ab_operation *op, ab__subject_table number)
{
    const int32_t rows[] = {op->places.count, op->hubs.count, op->roads.count, op->links.count};
    return rows[number];
}

static const char *id_of(const ab_operation *op, ab__subject_table number, int32_t row)
{
    switch (number) {
    case AB__PLACES:
        return op->places.at[row].id;
    case AB__HUBS:
        return op->hubs.at[row].id;
    case AB__ROADS:
        return op->roads.at[row].id;
    default:
        return op->links.at[row].id;
    }
}

/* Of several who hold a row together the first who is named. */
static int32_t holder_of(const ab_worlds *worlds, ab__subject_table number, int32_t row)
{
    const ab_authority_set none = {0, NULL};
    ab_authority_set set = number == AB__HUBS    ? worlds->authorities->hub_held_by[row]
                           : number == AB__ROADS ? worlds->authorities->road_held_by[row]
                                                 : none;
    if (number == AB__PLACES) {
        return ab_record_besieger(ab_access_record(worlds->access), row);
    }
    return set.count > 0 ? set.at[0] : -1;
}

static bool add_table(ab_worlds *worlds, ab__subject_table number, keep_sums *of_authority)
{
    int32_t rows = rows_of(worlds->op, number);
    ab__process *process = AB_NEW(worlds->arena, ab__process, rows);
    int32_t *holder = AB_NEW(worlds->arena, int32_t, rows);
    keep_sums own = {AB_NEW(worlds->arena, double, (size_t)rows * (size_t)worlds->periods), AB_NEW(worlds->arena, int32_t, rows)};
    if (process == NULL || holder == NULL || own.keep == NULL || own.count == NULL) {
        return false;
    }
    for (int32_t row = 0; row < rows; row++) {
        holder[row] = holder_of(worlds, number, row);
        bool free_row = holder[row] < 0;
        add_row(worlds, subject[number].table, row, free_row ? row : holder[row], free_row ? &own : of_authority);
        process[row] = (ab__process){ab__key_of_text(subject[number].kind, id_of(worlds->op, number, row)), mean_of(worlds, &own, row)};
    }
    worlds->of_row[number] = process;
    worlds->holder[number] = holder;
    return true;
}

bool ab__worlds_subjects(ab_worlds *worlds)
{
    int32_t count = worlds->authorities->count;
    ab__process *process = AB_NEW(worlds->arena, ab__process, count);
    keep_sums sums = {AB_NEW(worlds->arena, double, (size_t)count * (size_t)worlds->periods), AB_NEW(worlds->arena, int32_t, count)};
    bool fine = process != NULL && sums.keep != NULL && sums.count != NULL;
    for (int number = 0; number < AB__SUBJECT_TABLES && fine; number++) {
        fine = add_table(worlds, (ab__subject_table)number, &sums);
    }
    for (int32_t a = 0; a < count && fine; a++) {
        process[a] = (ab__process){ab__key_of(worlds->authority_key[a], 0), mean_of(worlds, &sums, a)};
    }
    worlds->of_authority = process;
    return fine;
}
