#include "schema/nearest.h"

#include <string.h>

#include "base/text.h"

/* A third of its letters may be wrong, three at most: among short words everything is near everything. */
ab_nearest ab__nearest_to(const char *wanted)
{
    size_t most = (strlen(wanted) + 1) / 3;
    return (ab_nearest){wanted, NULL, (int)(most < 3 ? most : 3) + 1};
}

void ab__nearest_try(ab_nearest *nearest, const char *name)
{
    if (nearest->distance == 0 || name[0] == '\0')
        return;
    int distance = ab__text_distance(nearest->wanted, name, nearest->distance - 1);
    if (distance < nearest->distance) {
        nearest->best = name;
        nearest->distance = distance;
    }
}

typedef struct trying {
    ab_nearest *nearest;
    ab_arena *arena;
} trying;

static bool try_word(void *context, const char *word, size_t size)
{
    trying *of = context;
    char copy[128];
    if (size >= sizeof copy)
        return true;
    memcpy(copy, word, size);
    copy[size] = '\0';
    ab__nearest_try(of->nearest, copy);
    /* When memory runs out there is no hint. */
    if (of->nearest->best == copy)
        of->nearest->best = ab__arena_text(of->arena, copy);
    return true;
}

void ab__nearest_try_label(ab_nearest *nearest, const ab_label *label, ab_arena *arena)
{
    trying of = {nearest, arena};
    for (int l = 0; label != NULL && l < AB_LANGUAGES; l++)
        if (label->in[l] != NULL)
            (void)ab__text_split(label->in[l], try_word, &of);
}

void ab__nearest_hint(const ab_nearest *nearest, ab_buf *out)
{
    if (nearest->best != NULL)
        ab__buf_printf(out, "did you mean \"%s\"?", nearest->best);
}
