/* Degrees, north, scale and legend of the map of a drop. */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "report/card_chart.h"

/* ---- Frame ----------------------------------------------------------------------------------------------- */

/* 40°04'30"E, without seconds where they are none. */
static void add_mark(char out[40], double seconds, char positive, char negative)
{
    long long s = llround(fabs(seconds));
    char side = seconds < 0 ? negative : positive;

    if (s % 60)
        (void)snprintf(out, 40, "%lld\u00b0%02lld'%02lld\"%c", s / 3600, s / 60 % 60, s % 60, side);
    else
        (void)snprintf(out, 40, "%lld\u00b0%02lld'%c", s / 3600, s / 60 % 60, side);
}

static double step_s(double span_deg)
{
    static const double steps[] = {5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200};
    size_t i = 0;

    while (i + 1 < sizeof steps / sizeof *steps && span_deg * 3600 / steps[i] > 4.5)
        i++;
    return steps[i];
}

/* Longitude or latitude at the edge, if nothing stands there. */
static void graticule_mark(const ab_chart *map, ab_xy at, double seconds, char positive, char negative)
{
    static const ab_words how = {.size = 6, .grey = 0.2, .halo = true};
    char text[40];

    add_mark(text, seconds, positive, negative);
    ab_box box = {at.x, at.y, ab__card_width(map->cr, &how, text) + 1, 8};
    if (!ab__chart_is_free(map, box) || box.x + box.w > map->box.x + map->box.w || box.y + box.h > map->box.y + map->box.h)
        return;
    ab__chart_take(map, box);
    ab__card_words(map->cr, box.x, box.y, box.w, &how, text);
}

void ab__chart_draw_graticule(const ab_chart *map, bool marks)
{
    double w_deg = map->box.w / map->points_per_m / map->m_per_lon, h_deg = map->box.h / map->points_per_m / map->m_per_lat;
    double west = map->lon_deg + map->middle_m.x / map->m_per_lon - w_deg / 2;
    double south = map->lat_deg + map->middle_m.y / map->m_per_lat - h_deg / 2, step;

    cairo_set_source_rgb(map->cr, 0.55, 0.55, 0.55);
    step = step_s(w_deg);
    for (double s = ceil(west * 3600 / step) * step; s < (west + w_deg) * 3600; s += step) {
        double x = map->box.x + (s / 3600 - west) / w_deg * map->box.w;
        if (marks)
            graticule_mark(map, (ab_xy){x + 1.5, map->box.y + 2}, s, 'E', 'W');
        else
            ab__chart_stroke_line(map->cr, (ab_xy){x, map->box.y}, (ab_xy){x, map->box.y + map->box.h}, 0.3, NULL, 0);
    }
    step = step_s(h_deg);
    for (double s = ceil(south * 3600 / step) * step; s < (south + h_deg) * 3600; s += step) {
        double y = map->box.y + map->box.h - (s / 3600 - south) / h_deg * map->box.h;
        if (marks)
            graticule_mark(map, (ab_xy){map->box.x + 2, y + 1}, s, 'N', 'S');
        else
            ab__chart_stroke_line(map->cr, (ab_xy){map->box.x, y}, (ab_xy){map->box.x + map->box.w, y}, 0.3, NULL, 0);
    }
}

void ab__chart_draw_north(const ab_chart *map)
{
    static const ab_words how = {.size = 9, .bold = true, .align = AB_ALIGN_CENTRE, .halo = true};
    ab_xy tip = {map->box.x + map->box.w - 17, map->box.y + 10};

    ab__chart_take(map, (ab_box){tip.x - 11, tip.y - 5, 22, 43});
    cairo_set_source_rgb(map->cr, 1, 1, 1);
    cairo_rectangle(map->cr, tip.x - 11, tip.y - 5, 22, 43);
    cairo_fill(map->cr);
    cairo_set_source_rgb(map->cr, 0, 0, 0);
    ab__chart_stroke_line(map->cr, (ab_xy){tip.x, tip.y + 4}, (ab_xy){tip.x, tip.y + 24}, 1.6, NULL, 0);
    ab__chart_arrow_head(map->cr, tip, (ab_xy){0, -1}, 12);
    ab__card_words(map->cr, tip.x - 12, tip.y + 24, 24, &how, "N");
}

/* The longest of 1, 2 and 5 times a power of ten that takes a third of the map. */
static double bar_m(const ab_chart *map)
{
    double most = 0.34 * map->box.w / map->points_per_m, ten = pow(10, floor(log10(most)));

    return most >= 5 * ten ? 5 * ten : most >= 2 * ten ? 2 * ten : ten;
}

void ab__chart_draw_scale(const ab_chart *map)
{
    static const ab_words how = {.size = 6.8};
    double length_m = bar_m(map), length = length_m * map->points_per_m;
    double x = map->box.x + 8, y = map->box.y + map->box.h - 10;
    char text[96], a[AB_NUMBER_CAP], b[AB_NUMBER_CAP], c[AB_NUMBER_CAP];

    (void)snprintf(text, sizeof text, "%s m (%s ft)   1:%s on A4", ab__number_people(length_m, 0, a),
                   ab__number_people(ab__feet(length_m), 0, b), ab__number_people(map->scale, 0, c));
    ab_box box = {map->box.x + 2, y - 14, fmax(length, ab__card_width(map->cr, &how, text)) + 12, 22};
    ab__chart_take(map, box);
    cairo_set_source_rgb(map->cr, 1, 1, 1);
    cairo_rectangle(map->cr, box.x, box.y, box.w, box.h);
    cairo_fill(map->cr);
    cairo_set_source_rgb(map->cr, 0, 0, 0);
    cairo_rectangle(map->cr, x, y, length / 2, 4);
    cairo_fill(map->cr);
    cairo_set_line_width(map->cr, 0.8);
    cairo_rectangle(map->cr, x, y, length, 4);
    cairo_stroke(map->cr);
    ab__card_words(map->cr, x, y - 11, 200, &how, text);
}

/* ---- Legend ---------------------------------------------------------------------------------------------- */

typedef struct legend {
    cairo_t *cr;
    ab_box box;
    double x, y;
} legend;

/* Makes room for a sign of 16 points and its words, on the next line if need be; where the sign's box begins. */
static ab_box next_sign(legend *in, const char *text)
{
    static const ab_words how = {.size = 6.8};
    double width = ab__card_width(in->cr, &how, text) + 1;

    if (in->x + 19 + width > in->box.x + in->box.w) {
        in->x = in->box.x;
        in->y += 11;
    }
    ab_box sign = {in->x, in->y + 1, 15, 7.5};
    ab__card_words(in->cr, in->x + 18, in->y, width, &how, text);
    in->x += 18 + width + 8;
    return sign;
}

static void sign_line(legend *in, const char *text, double width, const double *dash, int dashes)
{
    ab_box sign = next_sign(in, text);
    double y = sign.y + sign.h / 2;

    cairo_set_source_rgb(in->cr, 0, 0, 0);
    ab__chart_stroke_line(in->cr, (ab_xy){sign.x, y}, (ab_xy){sign.x + sign.w, y}, width, dash, dashes);
}

static void sign_zone(legend *in)
{
    ab_box sign = next_sign(in, "drop zone");

    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    cairo_set_source_rgb(in->cr, 0, 0, 0);
    cairo_set_line_width(in->cr, 2);
    cairo_stroke(in->cr);
}

static void sign_region(legend *in, const char *text, ab_region_kind region)
{
    ab_box sign = next_sign(in, text);

    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    ab__chart_paint_region(in->cr, region, true);
}

static void sign_stick(legend *in)
{
    ab_box sign = next_sign(in, "stick, first to last release");
    double y = sign.y + sign.h / 2;

    ab__chart_draw_stick(in->cr, (ab_xy){sign.x, y}, (ab_xy){sign.x + sign.w - 2, y}, (ab_xy){1, 0});
}

static void sign_release(legend *in)
{
    ab_box sign = next_sign(in, "release");

    ab__chart_draw_release_mark(in->cr, (ab_xy){sign.x + sign.w / 2, sign.y + sign.h / 2});
}

static void sign_landing(legend *in)
{
    ab_box sign = next_sign(in, "mean landing");

    ab__chart_draw_landing_mark(in->cr, (ab_xy){sign.x + sign.w / 2, sign.y + sign.h / 2});
}

static void sign_exclusion(legend *in, int32_t kind)
{
    ab_box sign = next_sign(in, ab_codes_exclusion_kind.codes[kind].word);

    cairo_save(in->cr);
    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    cairo_clip(in->cr);
    ab__chart_fill_exclusion(in->cr, sign, kind);
    cairo_restore(in->cr);
    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    cairo_set_source_rgb(in->cr, 0.25, 0.25, 0.25);
    cairo_set_line_width(in->cr, 0.7);
    cairo_stroke(in->cr);
}

void ab__chart_draw_legend(const ab_chart *map, ab_box box)
{
    static const double dotted[] = {1, 3};
    legend in = {map->cr, box, box.x, box.y};
    int32_t count;
    const ab_exclusion *exclusion = ab__chart_exclusions_of(map, &count);
    ab_xy at;

    sign_zone(&in);
    if (ab__drop_is_known(map->view->drop)) {
        sign_region(&in, "50 %", AB_REGION_50);
        sign_region(&in, "90 %", AB_REGION_90);
        sign_region(&in, "95 % of the landings", AB_REGION_95);
        sign_line(&in, "track of the run-in", 2.6, NULL, 0);
        sign_release(&in);
        if (ab__chart_has_stick(map))
            sign_stick(&in);
        sign_landing(&in);
        sign_line(&in, "drift", 1, dotted, 2);
    }
    for (int32_t kind = 0; kind < ab_codes_exclusion_kind.count; kind++)
        for (int32_t i = 0; i < count; i++)
            if (exclusion[i].kind == kind && ab__chart_middle_shown(map, &exclusion[i].shape, &at)) {
                sign_exclusion(&in, kind);
                break;
            }
}
