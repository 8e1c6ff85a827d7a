#include "access/stories.h"

#include <stdlib.h>
#include <string.h>

/* A report's id, or the id that it quotes: equal texts are one story. */
typedef struct name {
    const char *text;
    int32_t row;
} name;

static int name_order(const void *a, const void *b)
{
    const name *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int32_t root(int32_t *parent, int32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void join(int32_t *parent, int32_t a, int32_t b)
{
    int32_t x = root(parent, a), y = root(parent, b);
    parent[x > y ? x : y] = x < y ? x : y;
}

bool ab__stories_find(const ab_operation *op, ab_arena *arena, int32_t *story)
{
    int32_t rows = op->access.count, count = 0;
    name *names = AB_NEW(arena, name, 2 * (size_t)rows);
    if (names == NULL) {
        return false;
    }
    for (int32_t r = 0; r < rows; r++) {
        const ab_report *report = &op->access.at[r];
        story[r] = r;
        names[count++] = (name){report->id, r};
        if (report->quotes[0] != '\0') {
            names[count++] = (name){report->quotes, r};
        }
    }
    if (count > 0) {
        qsort(names, (size_t)count, sizeof *names, name_order);
    }
    for (int32_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1].text, names[i].text) == 0) {
            join(story, names[i - 1].row, names[i].row);
        }
    }
    for (int32_t r = 0; r < rows; r++) {
        story[r] = root(story, r);
    }
    return true;
}
