#include "access/evidence.h"

#include <string.h>

static ab_refs list_at(const ab__lists *lists, int32_t i)
{
    int32_t end = i + 1 < lists->start.count ? lists->start.at[i + 1] : lists->ref.count;
    const ab_ref *first = lists->ref.at != NULL ? lists->ref.at + lists->start.at[i] : NULL;
    return (ab_refs){end - lists->start.at[i], first};
}

/* FNV-1a over tables and rows. */
static uint32_t hash(const ab_ref *ref, int32_t count)
{
    uint32_t h = 2166136261u;
    for (int32_t i = 0; i < count; i++) {
        h = (h ^ (uint32_t)ref[i].table) * 16777619u;
        h = (h ^ (uint32_t)ref[i].row) * 16777619u;
    }
    return h;
}

/* The bucket of a list: where it stands, or the empty one where it would. */
static uint32_t find(const ab__lists *lists, const ab_ref *ref, int32_t count)
{
    uint32_t mask = (uint32_t)lists->bucket.count - 1, at = hash(ref, count) & mask;
    for (; lists->bucket.at[at] != 0; at = (at + 1) & mask) {
        ab_refs there = list_at(lists, lists->bucket.at[at] - 1);
        if (there.count == count &&
            (count == 0 || memcmp(there.at, ref, (size_t)count * sizeof *ref) == 0)) {
            break;
        }
    }
    return at;
}

/* Twice the buckets, a power of two, never more than half of them in use. */
static bool grow(ab__lists *lists)
{
    int32_t wanted = lists->bucket.count == 0 ? 64 : 2 * lists->bucket.count;
    while (lists->bucket.count < wanted) {
        if (AB_PUSH(&lists->bucket)) {
            continue;
        }
        return false;
    }
    memset(lists->bucket.at, 0, (size_t)wanted * sizeof *lists->bucket.at);
    for (int32_t i = 0; i < lists->start.count; i++) {
        ab_refs list = list_at(lists, i);
        lists->bucket.at[find(lists, list.at, list.count)] = i + 1;
    }
    return true;
}

int32_t ab__lists_keep(ab__lists *lists, const ab_ref *ref, int32_t count)
{
    if (2 * (lists->start.count + 1) > lists->bucket.count && !grow(lists)) {
        return -1;
    }
    uint32_t at = find(lists, ref, count);
    if (lists->bucket.at[at] != 0) {
        return lists->bucket.at[at] - 1;
    }
    int32_t *start = AB_PUSH(&lists->start);
    if (start == NULL) {
        return -1;
    }
    *start = lists->ref.count;
    for (int32_t i = 0; i < count; i++) {
        ab_ref *kept = AB_PUSH(&lists->ref);
        if (kept == NULL) {
            return -1;
        }
        *kept = ref[i];
    }
    lists->bucket.at[at] = lists->start.count;
    return lists->start.count - 1;
}

void ab__lists_free(ab__lists *lists)
{
    AB_VEC_FREE(&lists->ref);
    AB_VEC_FREE(&lists->start);
    AB_VEC_FREE(&lists->bucket);
}

ab_refs *ab__lists_copy(const ab__lists *lists, ab_arena *arena)
{
    ab_ref *ref = AB_NEW(arena, ab_ref, lists->ref.count);
    ab_refs *list = AB_NEW(arena, ab_refs, lists->start.count);
    if (ref == NULL || list == NULL) {
        return NULL;
    }
    for (int32_t i = 0; i < lists->ref.count; i++) {
        ref[i] = lists->ref.at[i];
    }
    for (int32_t i = 0; i < lists->start.count; i++) {
        list[i] = (ab_refs){list_at(lists, i).count, ref + lists->start.at[i]};
    }
    return list;
}
