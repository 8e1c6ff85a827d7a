/* The page for the crew, drawn by cairo and pango. Positions and sizes in points of 1/72 inch, from the top left. */
#ifndef REPORT_CARD_H
#define REPORT_CARD_H

#include <cairo.h>

#include "report/drop_view.h"

/* A4 */
#define AB_PAGE_W 595.28
#define AB_PAGE_H 841.89

typedef struct ab_box {
    double x, y, w, h;
} ab_box;

typedef enum ab_align { AB_ALIGN_LEFT, AB_ALIGN_CENTRE, AB_ALIGN_RIGHT } ab_align;

/* How words are written. */
typedef struct ab_words {
    double size;
    bool bold;
    ab_align align;
    double grey;  /* 0 black, 1 white */
    bool halo;    /* a white edge, for words on a map */
    int lines;    /* at most; the last ends in "…" */
} ab_words;

/* Writes `text` at (x, y), its top, within `width`; returns how high it came out. */
double ab__card_words(cairo_t *cr, double x, double y, double width, const ab_words *how, const char *text);
/* How wide it would be on one line. */
double ab__card_width(cairo_t *cr, const ab_words *how, const char *text);

/* The map with zone, exclusions, run-in, release point and footprint, and its legend under it. */
void ab__card_map(cairo_t *cr, const ab_drop_view *view, ab_box map, ab_box legend);

/* The wind by height with barbs; returns the y under it. */
double ab__card_wind(cairo_t *cr, const ab_drop_view *view, ab_box box);

#endif
