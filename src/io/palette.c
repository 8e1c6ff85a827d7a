#include "io/palette.h"

#include <string.h>

static const ab_look means[] = {
#define AB_MEANS_LOOK(word, label, red, green, blue) {word, label, {red, green, blue}},
#include "io/palette.def"
#undef AB_MEANS_LOOK
};

static const ab_look eaten[] = {
#define AB_EATEN_LOOK(most, label, red, green, blue) {"", label, {red, green, blue}},
#include "io/palette.def"
#undef AB_EATEN_LOOK
};

static const double eaten_most[] = {
#define AB_EATEN_LOOK(most, label, red, green, blue) most,
#include "io/palette.def"
#undef AB_EATEN_LOOK
};

static const ab_look exclusions[] = {
#define AB_EXCLUSION_LOOK(kind, red, green, blue) {kind, kind, {red, green, blue}},
#include "io/palette.def"
#undef AB_EXCLUSION_LOOK
};

static const ab_color reasons[] = {
#define AB_REASON_LOOK(red, green, blue) {red, green, blue},
#include "io/palette.def"
#undef AB_REASON_LOOK
};

#define SIZE_OF(array) (int32_t)(sizeof(array) / sizeof((array)[0]))

static const struct {
    const ab_look *at;
    int32_t count;
} legends[AB_LEGENDS] = {
    [AB_LEGEND_MEANS] = {means, SIZE_OF(means)},
    [AB_LEGEND_EATEN] = {eaten, SIZE_OF(eaten)},
    [AB_LEGEND_EXCLUSIONS] = {exclusions, SIZE_OF(exclusions)},
};

int32_t ab__legend_count(ab_legend legend)
{
    return legend == AB_LEGEND_REASONS ? ab_codes_reason.count : legends[legend].count;
}

ab_look ab__legend_at(ab_legend legend, int32_t i)
{
    if (legend != AB_LEGEND_REASONS)
        return legends[legend].at[i];
    const char *word = ab_codes_reason.codes[i].word;
    return (ab_look){word, word, reasons[i % SIZE_OF(reasons)]};
}

int32_t ab__legend_find(ab_legend legend, const char *value)
{
    int32_t last = ab__legend_count(legend) - 1;

    for (int32_t i = 0; i < last; i++) {
        if (strcmp(ab__legend_at(legend, i).value, value) == 0)
            return i;
    }
    return last;
}

int32_t ab__legend_of_eaten(double eaten_frac)
{
    int32_t last = SIZE_OF(eaten) - 1;

    for (int32_t i = 0; i < last; i++) {
        if (eaten_frac <= eaten_most[i])
            return i;
    }
    return last;
}
