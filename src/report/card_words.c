#include <pango/pangocairo.h>

#include "report/card.h"

/* DejaVu Sans has Latin, Cyrillic and Arabic; where it is missing fontconfig takes another. */
static PangoLayout *lay_out(cairo_t *cr, const ab_words *how, const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, "DejaVu Sans");
    pango_font_description_set_weight(font, how->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, how->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    pango_font_description_free(font);
    return layout;
}

double ab__card_width(cairo_t *cr, const ab_words *how, const char *text)
{
    PangoLayout *layout = lay_out(cr, how, text);
    int width, height;

    pango_layout_get_size(layout, &width, &height);
    g_object_unref(layout);
    return (double)width / PANGO_SCALE;
}

double ab__card_words(cairo_t *cr, double x, double y, double width, const ab_words *how, const char *text)
{
    static const PangoAlignment sides[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
    PangoLayout *layout = lay_out(cr, how, text);
    int w, h;

    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_height(layout, how->lines > 1 ? -how->lines : -1);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layout, sides[how->align]);
    pango_layout_get_size(layout, &w, &h);
    cairo_move_to(cr, x, y);
    if (how->halo) {
        pango_cairo_layout_path(cr, layout);
        cairo_set_source_rgb(cr, 1, 1, 1);
        cairo_set_line_width(cr, 2.6);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cr);
        cairo_move_to(cr, x, y);
    }
    cairo_set_source_rgb(cr, how->grey, how->grey, how->grey);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
    return (double)h / PANGO_SCALE;
}
