#include "schema/index.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *left, const void *right)
{
    const ab_index_entry *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

void ab__index_sort(ab_index *index)
{
    qsort(index->at, (size_t)index->count, sizeof *index->at, by_id);
}

int32_t ab__index_find(const ab_index *index, const char *id)
{
    int32_t low = 0, high = index->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (strcmp(index->at[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < index->count && strcmp(index->at[low].id, id) == 0;
    return found ? index->at[low].row : -1;
}

void ab__index_nearest(const ab_index *index, ab_nearest *nearest, int64_t *budget)
{
    if (*budget < index->count)
        return;
    *budget -= index->count;
    for (int32_t i = 0; i < index->count; i++)
        ab__nearest_try(nearest, index->at[i].id);
}
