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

void ab__nearest_hint(const ab_nearest *nearest, ab_buf *out)
{
    if (nearest->best != NULL)
        ab__buf_printf(out, "did you mean \"%s\"?", nearest->best);
}
