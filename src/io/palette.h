/* The colours of maps (palette.def), for those who draw by value. */
#ifndef IO_PALETTE_H
#define IO_PALETTE_H

#include <stdint.h>

#include "airbridge/operation.h"

typedef struct ab_color {
    uint8_t red, green, blue;
} ab_color;

/* One line of a legend. */
typedef struct ab_look {
    const char *value; /* word of a code; "" for shares of the ration */
    const char *label;
    ab_color color;
} ab_look;

typedef enum ab_legend {
    AB_LEGEND_MEANS,
    AB_LEGEND_EATEN,
    AB_LEGEND_REASONS,
    AB_LEGEND_EXCLUSIONS,
    AB_LEGENDS
} ab_legend;

int32_t ab__legend_count(ab_legend legend);
ab_look ab__legend_at(ab_legend legend, int32_t i);
/* The line of this word; the last one if there is none. */
int32_t ab__legend_find(ab_legend legend, const char *value);
/* The line of AB_LEGEND_EATEN for this share of the ration. */
int32_t ab__legend_of_eaten(double eaten_frac);

#endif
