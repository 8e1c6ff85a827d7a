/* Wind by height, as a table with barbs. */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "report/card.h"

enum { MOST_LEVELS = 11, FEWER_LEVELS = 8 };

static const double ROW_H = 14, PI = 3.14159265358979323846;

/* ---- Barbs (WMO No. 485, appendix II-4) ------------------------------------------------------------------ */

typedef struct barb {
    cairo_t *cr;
    double x, y;       /* of the station */
    double ux, uy;     /* along the shaft, toward where the wind comes from */
    double vx, vy;     /* of feathers: on the left of the wind in the northern hemisphere, on its right in the southern */
    double at;         /* where the next feather stands */
} barb;

static void feather(barb *b, double length)
{
    double x = b->x + b->at * b->ux, y = b->y + b->at * b->uy;

    cairo_move_to(b->cr, x, y);
    cairo_line_to(b->cr, x + length * b->vx + 0.3 * length * b->ux, y + length * b->vy + 0.3 * length * b->uy);
    cairo_stroke(b->cr);
    b->at -= 2.4;
}

static void pennant(barb *b, double length)
{
    double x = b->x + b->at * b->ux, y = b->y + b->at * b->uy;

    cairo_move_to(b->cr, x, y);
    cairo_line_to(b->cr, x + length * b->vx - 1.5 * b->ux, y + length * b->vy - 1.5 * b->uy);
    cairo_line_to(b->cr, x - 3 * b->ux, y - 3 * b->uy);
    cairo_fill(b->cr);
    b->at -= 4;
}

/* A half feather 5 kt, a feather 10 kt, a pennant 50 kt; a circle: calm. */
static void draw_barb(cairo_t *cr, double x, double y, const ab_drop_wind_row *level, bool south)
{
    double knots = 5 * round(ab__knots(hypot(level->wind_e_mps, level->wind_n_mps)) / 5);
    double from = ab__wind_from_deg(level->wind_e_mps, level->wind_n_mps) * PI / 180;
    barb b = {cr, x, y, sin(from), -cos(from), cos(from), sin(from), 15};

    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.8);
    if (south) {
        b.vx = -b.vx;
        b.vy = -b.vy;
    }
    cairo_new_path(cr);
    if (knots < 5) {
        cairo_arc(cr, x, y, 2.2, 0, 2 * PI);
        cairo_stroke(cr);
        return;
    }
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + b.at * b.ux, y + b.at * b.uy);
    cairo_stroke(cr);
    cairo_arc(cr, x, y, 1.1, 0, 2 * PI);
    cairo_fill(cr);
    if (knots < 10)
        b.at -= 2.4; /* a half feather alone stands off the end */
    for (; knots >= 50; knots -= 50)
        pennant(&b, 6.5);
    for (; knots >= 10; knots -= 10)
        feather(&b, 6.5);
    if (knots >= 5)
        feather(&b, 3.4);
}

/* ---- Table ----------------------------------------------------------------------------------------------- */

/* Right ends of the columns, from the left of the box. */
static const double COLUMN[] = {29, 62, 88, 110, 129};

static void cell(cairo_t *cr, ab_box box, int column, double y, const ab_words *how, const char *text)
{
    double from = column ? COLUMN[column - 1] : 0;

    ab__card_words(cr, box.x + from, y, COLUMN[column] - from, how, text);
}

static void level_row(cairo_t *cr, ab_box box, double y, const ab_drop_view *view, const ab_drop_wind_row *level)
{
    static const ab_words figure = {.size = 7.6, .align = AB_ALIGN_RIGHT};
    double speed_mps = hypot(level->wind_e_mps, level->wind_n_mps);
    char text[AB_NUMBER_CAP];

    cell(cr, box, 0, y, &figure, ab__number_people(level->height_msl_m, 0, text));
    cell(cr, box, 1, y, &figure, ab__number_people(ab__feet(level->height_msl_m), 0, text));
    (void)snprintf(text, sizeof text, "%03.0f\u00b0", fmod(round(ab__wind_from_deg(level->wind_e_mps, level->wind_n_mps)), 360));
    cell(cr, box, 2, y, &figure, text);
    cell(cr, box, 3, y, &figure, ab__number_people(speed_mps, 1, text));
    cell(cr, box, 4, y, &figure, ab__number_people(ab__knots(speed_mps), 0, text));
    draw_barb(cr, box.x + box.w - 18, y + 5, level, view->drop->release_lat_deg < 0);
}

static void heads(cairo_t *cr, ab_box box, double y)
{
    static const char *const words[] = {"m", "ft", "from", "m/s", "kt"};
    static const ab_words head = {.size = 6.8, .align = AB_ALIGN_RIGHT, .grey = 0.25};

    for (int i = 0; i < 5; i++)
        cell(cr, box, i, y, &head, words[i]);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.5);
    cairo_move_to(cr, box.x, y + 10.5);
    cairo_line_to(cr, box.x + box.w, y + 10.5);
    cairo_stroke(cr);
}

/* The levels that loads fall through, and one above them. */
static int32_t levels_shown(const ab_drop_view *view)
{
    int32_t count = 0;

    while (count < view->wind_count && (count == 0 || view->wind[count - 1].height_msl_m < view->drop->release_msl_m))
        count++;
    return count;
}

double ab__card_wind(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    static const ab_words title = {.size = 8, .bold = true}, note = {.size = 6.8, .grey = 0.25, .lines = 4}, loud = {.size = 6.8, .bold = true, .lines = 4};
    bool crowded = view->sighter || view->drop->wind_passed_over[0];
    int32_t count = levels_shown(view), most = crowded ? FEWER_LEVELS : MOST_LEVELS, shown = count < most ? count : most;
    double y = box.y;
    ab_buf text = AB_BUF_INIT;
    char age[AB_NUMBER_CAP];

    y += ab__card_words(cr, box.x, y, box.w, &title, "WIND BY HEIGHT ABOVE SEA LEVEL") + 3;
    if (view->wind_count == 0) {
        ab__buf_free(&text);
        return y + ab__card_words(cr, box.x, y, box.w, &note, "No wind is known for this zone and time.") + 6;
    }
    heads(cr, box, y);
    y += 18;
    for (int32_t i = shown - 1; i >= 0; i--, y += ROW_H) /* thinned evenly, with the lowest and the highest */
        level_row(cr, box, y, view, &view->wind[shown > 1 ? i * (count - 1) / (shown - 1) : 0]);
    ab__buf_printf(&text, "%s, %s; ", view->drop->wind_kind, view->drop->wind_source);
    if (isnan(view->drop->wind_age_s))
        ab__buf_add(&text, "nobody says how old");
    else
        ab__buf_printf(&text, "%s h old", ab__number_people(view->drop->wind_age_s / 3600, view->drop->wind_age_s < 36000, age));
    ab__buf_printf(&text, ", error %.1f m/s (%.0f kt) rms", view->drop->wind_rms_mps, ab__knots(view->drop->wind_rms_mps));
    if (shown < count)
        ab__buf_printf(&text, "; %d of %d levels shown", shown, count);
    y += ab__card_words(cr, box.x, y, box.w, &note, ab__buf_text(&text)) + 6;
    if (view->drop->wind_passed_over[0]) {
        ab__buf_clear(&text);
        ab__buf_printf(&text, "The file that the setting wind names is NOT USED: %s", view->drop->wind_passed_over);
        y += ab__card_words(cr, box.x, y - 3, box.w, &loud, ab__buf_text(&text)) + 3;
    }
    ab__buf_free(&text);
    return y;
}
