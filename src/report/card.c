/* The drop card: one page of A4 with what a crew needs in the air. */
#include "report/card.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/io.h"
#include "airbridge/report.h"
#include "airbridge/version.h"
#include "base/number.h"
#include "base/text.h"
#include "geo/utm.h"
#include "report/figures.h"
#include "report/text.h"

static const double MARGIN = 34, PNG_DPI = 150;
static const char MARKING[] = "RESTRICTED - crew and planning team only: it says where an aircraft can be hit";

static const ab_words SMALL = {.size = 7, .grey = 0.25}, TITLE = {.size = 8, .bold = true}, TEXT = {.size = 8};

/* ---- Parts ----------------------------------------------------------------------------------------------- */

static void line_across(cairo_t *cr, double y, double width)
{
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, MARGIN, y);
    cairo_line_to(cr, AB_PAGE_W - MARGIN, y);
    cairo_stroke(cr);
}

static void frame(cairo_t *cr, ab_box box, double width)
{
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, width);
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_stroke(cr);
}

static void fill(cairo_t *cr, ab_box box, double grey)
{
    cairo_set_source_rgb(cr, grey, grey, grey);
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_fill(cr);
}

/* Writes what `text` holds and empties it; returns the height. */
static double put(cairo_t *cr, double x, double y, double width, const ab_words *how, ab_buf *text)
{
    double height = ab__card_words(cr, x, y, width, how, ab__buf_text(text));

    ab__buf_clear(text);
    return height;
}

/* Figures are never cut: what is too wide for one line is written smaller. */
static double put_whole(cairo_t *cr, double x, double y, double width, const ab_words *how, ab_buf *text)
{
    ab_words fitting = *how;

    while (fitting.size > 4 && ab__card_width(cr, &fitting, ab__buf_text(text)) + 1 > width)
        fitting.size -= 0.25;
    return put(cr, x, y, width, &fitting, text);
}

/* ---- Head ------------------------------------------------------------------------------------------------ */

/* GO is white on black, NO-GO black on white in a double frame: a copier cannot confuse them. */
static void verdict(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    bool go = view->drop->go == 1;
    ab_words big = {.size = 21, .bold = true, .align = AB_ALIGN_CENTRE, .grey = go ? 1 : 0};
    static const ab_words why = {.size = 8, .bold = true, .align = AB_ALIGN_CENTRE};
    ab_buf text = AB_BUF_INIT;

    if (go) {
        fill(cr, box, 0);
        ab__card_words(cr, box.x, box.y + 8, box.w, &big, "GO");
        return;
    }
    frame(cr, box, 2.2);
    frame(cr, (ab_box){box.x + 3.5, box.y + 3.5, box.w - 7, box.h - 7}, 0.7);
    ab__card_words(cr, box.x, box.y + 3.5, box.w, &big, "NO-GO");
    for (int32_t i = 0; i < view->gate_count; i++)
        if (strcmp(view->gate[i].gate, view->drop->decides) == 0)
            ab__buf_printf(&text, "%s %s", view->gate[i].gate, view->gate[i].state);
    put(cr, box.x, box.y + 28, box.w, &why, &text);
    ab__buf_free(&text);
}

/* A name of so many letters at most, so that what stands behind it has room. */
static void add_name(ab_buf *text, const char *name, int most)
{
    const char *end = name;

    for (int letters = 0; *end && letters < most; letters++)
        for (end++; ((unsigned char)*end & 0xC0) == 0x80;)
            end++;
    ab__buf_add_n(text, name, (size_t)(end - name));
    ab__buf_add(text, *end ? "\u2026" : "");
}

/* "4 Mar 2030 09:00 UTC = 12:00 local (UTC+3)" */
static void add_green_light(ab_buf *text, const ab_drop_view *view)
{
    ab_time at = view->drop->at, local = at + (ab_time)view->settings->utc_offset_s;
    char clock[AB_TIME_TEXT_CAP];

    ab__buf_add(text, "Green light ");
    ab__add_moment(text, at, 0);
    ab__buf_add(text, " UTC");
    if (local == at)
        return;
    ab__buf_add(text, " = ");
    if (local / 86400 != at / 86400) {
        ab__text_day(text, local, false);
        ab__buf_char(text, ' ');
    }
    ab__buf_printf(text, "%s local (", ab_clock_format((int32_t)((local % 86400 + 86400) % 86400), clock));
    ab__add_clock(text, view->settings->utc_offset_s);
    ab__buf_add(text, ")");
}

static void head(cairo_t *cr, const ab_drop_view *view)
{
    static const ab_words marking = {.size = 7.5, .bold = true, .align = AB_ALIGN_CENTRE}, card = {.size = 9.5, .bold = true},
                          wide = {.size = 15, .bold = true}, narrow = {.size = 11.5, .bold = true}, line = {.size = 9}, hour = {.size = 10.5, .bold = true};
    const ab_drop_row *drop = view->drop;
    double width = AB_PAGE_W - 2 * MARGIN - 150;
    ab_buf text = AB_BUF_INIT;
    char kg[AB_NUMBER_CAP];

    ab__card_words(cr, MARGIN, 14, AB_PAGE_W - 2 * MARGIN, &marking, MARKING);
    ab__card_words(cr, MARGIN, 34, width, &card, "DROP CARD");
    add_name(&text, drop->zone, 28);
    ab__buf_add(&text, ", ");
    add_name(&text, ab__drop_name(view->place ? view->place->name : NULL, drop->place), 28);
    bool fits = ab__card_width(cr, &wide, ab__buf_text(&text)) < width - 72;
    put_whole(cr, MARGIN + 72, fits ? 29 : 32, width - 72, fits ? &wide : &narrow, &text);
    ab__buf_printf(&text, "%lld %s of %s kg from ", (long long)drop->loads, ab__drop_load_word(view, drop->loads),
                   isnan(drop->load_kg) ? "?" : ab__number_people(drop->load_kg, 0, kg));
    add_name(&text, ab__drop_name(view->vehicle ? view->vehicle->name : NULL, drop->vehicle), 32);
    ab__buf_add(&text, ", ");
    add_name(&text, ab__drop_name(view->system ? view->system->name : NULL, drop->dropsystem), 40);
    put_whole(cr, MARGIN, 50, width, &line, &text);
    add_green_light(&text, view);
    put(cr, MARGIN, 64, width, &hour, &text);
    verdict(cr, view, (ab_box){AB_PAGE_W - MARGIN - 140, 31, 140, 46});
    line_across(cr, 84, 1.4);
    ab__buf_free(&text);
}

/* ---- Release --------------------------------------------------------------------------------------------- */

static void release_point(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    static const ab_words big = {.size = 11.5, .bold = true}, mid = {.size = 9.5, .bold = true};
    const ab_drop_row *drop = view->drop;
    ab_buf text = AB_BUF_INIT;
    ab_utm utm;
    double y = box.y + 5;

    y += ab__card_words(cr, box.x + 6, y, box.w, &TITLE, "RELEASE POINT  (WGS84)") + 1;
    ab__buf_printf(&text, "%.5f\u00b0 %c   %.5f\u00b0 %c", fabs(drop->release_lat_deg), drop->release_lat_deg < 0 ? 'S' : 'N',
                   fabs(drop->release_lon_deg), drop->release_lon_deg < 0 ? 'W' : 'E');
    y += put_whole(cr, box.x + 6, y, box.w - 8, &big, &text) + 1;
    ab__dms_add(&text, drop->release_lat_deg, 'N', 'S');
    ab__buf_add(&text, "   ");
    ab__dms_add(&text, drop->release_lon_deg, 'E', 'W');
    y += put_whole(cr, box.x + 6, y, box.w - 8, &mid, &text) + 1;
    ab__buf_add(&text, "UTM ");
    if (ab__utm_from(drop->release_lon_deg, drop->release_lat_deg, &utm))
        ab__utm_add(&text, &utm);
    else
        ab__buf_add(&text, "has no zone here");
    put_whole(cr, box.x + 6, y, box.w - 8, &mid, &text);
    ab__buf_free(&text);
}

/* A direction and a speed, and in small what they are of. */
static double way(cairo_t *cr, ab_box box, double y, const ab_words *how, double true_deg, double speed_mps, const char *of)
{
    ab_buf text = AB_BUF_INIT;

    ab__buf_printf(&text, "%03.0f\u00b0 true, ", fmod(round(true_deg), 360));
    ab__add_speed(&text, speed_mps);
    y += put_whole(cr, box.x + 6, y, box.w - 8, how, &text);
    y += ab__card_words(cr, box.x + 6, y, box.w - 8, &SMALL, of);
    ab__buf_free(&text);
    return y + 1;
}

static void run_in(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    static const ab_words mid = {.size = 10, .bold = true};
    double y = box.y + 5;

    y += ab__card_words(cr, box.x + 6, y, box.w, &TITLE, "RUN-IN") + 1;
    y = way(cr, box, y, &mid, view->drop->heading_deg, view->drop->airspeed_mps, "heading and airspeed, true");
    if (view->stick)
        (void)way(cr, box, y, &mid, view->stick->track_deg, view->stick->ground_speed_mps, "track and speed over the ground");
}

static void heights(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    static const ab_words mid = {.size = 11, .bold = true};
    ab_buf text = AB_BUF_INIT;
    double y = box.y + 5;

    y += ab__card_words(cr, box.x + 6, y, box.w, &TITLE, "RELEASE HEIGHT") + 1;
    ab__add_height(&text, view->drop->release_msl_m);
    y += put_whole(cr, box.x + 6, y, box.w - 8, &mid, &text);
    y += ab__card_words(cr, box.x + 6, y, box.w, &SMALL, "above mean sea level") + 1;
    ab__add_height(&text, view->drop->release_agl_m);
    y += put_whole(cr, box.x + 6, y, box.w - 8, &mid, &text);
    ab__card_words(cr, box.x + 6, y, box.w, &SMALL, "above the drop zone");
    ab__buf_free(&text);
}

static void release(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    static const ab_words none = {.size = 11, .bold = true};
    const double first = 210, second = 178;

    frame(cr, box, 1.4);
    if (!ab__drop_is_known(view->drop)) {
        ab__card_words(cr, box.x + 6, box.y + 10, box.w - 12, &none, "No release point: the wind over the zone is not known.");
        return;
    }
    for (int i = 0; i < 2; i++) {
        double x = box.x + first + (i ? second : 0);
        cairo_move_to(cr, x, box.y);
        cairo_line_to(cr, x, box.y + box.h);
        cairo_set_line_width(cr, 0.6);
        cairo_stroke(cr);
    }
    release_point(cr, view, (ab_box){box.x, box.y, first, box.h});
    run_in(cr, view, (ab_box){box.x + first, box.y, second, box.h});
    heights(cr, view, (ab_box){box.x + first + second, box.y, box.w - first - second, box.h});
}

/* ---- Landing and chances ---------------------------------------------------------------------------------- */

/* A name, cut where it is long, and what it is on the right. */
static double pair(cairo_t *cr, ab_box box, double y, const char *name, bool bold, ab_buf *value)
{
    ab_words right = {.size = 8, .bold = bold, .align = AB_ALIGN_RIGHT};

    ab__card_words(cr, box.x, y, box.w - ab__card_width(cr, &right, ab__buf_text(value)) - 5, &TEXT, name);
    put(cr, box.x, y, box.w, &right, value);
    return y + 11.5;
}

static double chances(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    const ab_drop_row *drop = view->drop;
    ab_buf text = AB_BUF_INIT;
    double y = box.y;

    y += ab__card_words(cr, box.x, y, box.w, &TITLE, ab__drop_is_free(view) ? "OF THE BAGS, WITH 90 % INTERVAL" : "OF THE LOADS, WITH 90 % INTERVAL") + 2;
    ab__add_share(&text, drop->inside_prob, drop->inside_prob_low, drop->inside_prob_high);
    y = pair(cr, box, y, "in the zone", true, &text);
    ab__add_share(&text, drop->recovered_prob, drop->recovered_prob_low, drop->recovered_prob_high);
    y = pair(cr, box, y, "recovered", true, &text);
    if (!ab__drop_is_free(view)) {
        ab__add_share(&text, drop->failed_prob, drop->failed_prob_low, drop->failed_prob_high);
        y = pair(cr, box, y, "canopy fails", false, &text);
    } else if (view->stick) {
        ab__add_share(&text, view->stick->burst_prob, view->stick->burst_prob_low, view->stick->burst_prob_high);
        y = pair(cr, box, y, view->stick->burst_assumed == 1 ? "burst (assumed)" : "burst", false, &text);
    }
    ab__add_share(&text, drop->excluded_prob, NAN, NAN);
    y = pair(cr, box, y, "in exclusions", false, &text);
    ab__add_share(&text, drop->edge_prob, NAN, NAN);
    y = pair(cr, box, y, "within 100 m of the edge", false, &text);
    ab__add_harm(&text, drop->harm_impact + drop->harm_failed + drop->harm_crowd);
    y = pair(cr, box, y, drop->people_assumed == 1 ? "people hurt a sortie (assumed)" : "people hurt a sortie", false, &text);
    ab__buf_free(&text);
    return y;
}

/* What loads dropped first would be worth, how wide the footprint is, and each exclusion, as far as there is room. */
static double more_chances(cairo_t *cr, const ab_drop_view *view, ab_box box, double y)
{
    static const ab_words small = {.size = 7.2, .lines = 3};
    ab_buf text = AB_BUF_INIT;
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];

    for (int32_t i = 0; i < view->footprint_count; i++)
        if (view->footprint[i].part == 1)
            ab__buf_printf(&text, "%s%s\u00a0%%\u00a0within\u00a0%s\u00a0ha", text.size ? ", " : "",
                           ab__number_people(100 * view->footprint[i].holds_prob, 0, a),
                           ab__number_people(view->footprint[i].area_m2 / 10000, 0, b));
    if (text.size)
        y += put(cr, box.x, y + 2, box.w, &small, &text) + 4;
    if (view->sighter) {
        ab__buf_printf(&text, "%lld dropped first and watched: the centre of the rest is %s m off, not %s m (rms), ",
                       (long long)view->sighter->loads, ab__number_people(view->sighter->spread_after_m, 0, a),
                       ab__number_people(view->sighter->spread_before_m, 0, b));
        ab__add_share(&text, view->sighter->inside_after_prob, NAN, NAN);
        ab__buf_printf(&text, " in the zone; %s min more", ab__number_people(view->sighter->extra_s / 60, 0, a));
        y += put(cr, box.x, y + 2, box.w, &small, &text) + 4;
    }
    for (int32_t i = 0; i < view->exclusion_count && y + 11 < box.y + box.h; i++) {
        if (!(view->exclusion[i].load_prob >= 0.0005))
            continue;
        ab__add_share(&text, view->exclusion[i].load_prob, NAN, NAN);
        ab_buf name = AB_BUF_INIT;
        ab__buf_printf(&name, "on %s (%s)", view->exclusion[i].exclusion, view->exclusion[i].kind);
        y = pair(cr, box, y, ab__buf_text(&name), false, &text);
        ab__buf_free(&name);
    }
    ab__buf_free(&text);
    return y;
}

/* What is left of the column: lines to write on. */
static void notes(cairo_t *cr, ab_box box)
{
    if (box.h < 36)
        return;
    ab__card_words(cr, box.x, box.y, box.w, &TITLE, "NOTES");
    cairo_set_source_rgb(cr, 0.5, 0.5, 0.5);
    cairo_set_line_width(cr, 0.4);
    for (double y = box.y + 26; y <= box.y + box.h; y += 16) {
        cairo_move_to(cr, box.x, y);
        cairo_line_to(cr, box.x + box.w, y);
        cairo_stroke(cr);
    }
}

static void cell(cairo_t *cr, ab_box box, int column, const char *name, ab_buf *value)
{
    static const ab_words bold = {.size = 9, .bold = true};
    double w = box.w / 4, x = box.x + column * w;

    ab__card_words(cr, x + 6, box.y + 3, w - 8, &SMALL, name);
    put_whole(cr, x + 6, box.y + 12, w - 8, &bold, value);
}

static void landing(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    const ab_drop_row *drop = view->drop;
    double away_m = hypot(drop->east_m, drop->north_m), toward = ab__wind_from_deg(-drop->east_m, -drop->north_m);
    ab_buf text = AB_BUF_INIT;
    char a[AB_NUMBER_CAP];

    ab__buf_printf(&text, "%s m toward %03.0f\u00b0 true", ab__number_people(away_m, 0, a), fmod(round(toward), 360));
    cell(cr, box, 0, "from release to mean landing", &text);
    ab__buf_printf(&text, "%s s", ab__number_people(drop->fall_time_s, 0, a));
    cell(cr, box, 1, "fall", &text);
    ab__add_speed(&text, ab__drop_is_free(view) ? drop->impact_all_mps : drop->impact_speed_mps);
    cell(cr, box, 2, ab__drop_is_free(view) ? "speed at impact" : "rate of descent at impact", &text);
    ab__buf_printf(&text, "%s kJ", ab__number_people(drop->impact_j / 1000, drop->impact_j < 1e5 ? 1 : 0, a));
    cell(cr, box, 3, "energy at impact (0.08 kJ can kill)", &text);
    ab__buf_free(&text);
}

static void stick(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    const ab_stick_row *row = view->stick;
    ab_buf text = AB_BUF_INIT;
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];

    ab__buf_printf(&text, "%s m, %s s", ab__number_people(row->stick_m, 0, a), ab__number_people(row->last_exit_s, 1, b));
    cell(cr, box, 0, row->interval_assumed == 1 ? "stick, first to last (assumed)" : "stick, first to last release", &text);
    ab__buf_printf(&text, "%s x %s m", ab__number_people(row->length_90_m, 0, a), ab__number_people(row->width_90_m, 0, b));
    cell(cr, box, 1, "90 % need, along x across track", &text);
    ab__buf_printf(&text, "%s m, %s ha", ab__number_people(row->zone_length_m, 0, a), ab__number_people(row->zone_area_m2 / 10000, 0, b));
    cell(cr, box, 2, "zone, along the track and in all", &text);
    if (row->passes > 0)
        ab__buf_printf(&text, "%lld", (long long)row->passes);
    else
        ab__buf_add(&text, "no number fits");
    cell(cr, box, 3, "passes for 90 % in the zone", &text);
    ab__buf_free(&text);
}

static void strips(cairo_t *cr, const ab_drop_view *view, ab_box box)
{
    if (!ab__drop_is_known(view->drop))
        return;
    fill(cr, box, 0.93);
    landing(cr, view, box);
    if (view->stick)
        stick(cr, view, (ab_box){box.x, box.y + box.h / 2, box.w, box.h / 2});
}

/* ---- Gates ----------------------------------------------------------------------------------------------- */

/* Met: a tick; not met: white on black; not known: a question mark in a dashed frame. */
static void state_sign(cairo_t *cr, const char *state, ab_box box)
{
    static const double dashes[] = {2, 2};
    bool met = strcmp(state, "met") == 0, unmet = strcmp(state, "not met") == 0;
    ab_words word = {.size = 7, .bold = true, .align = AB_ALIGN_CENTRE, .grey = unmet ? 1 : 0};

    if (unmet)
        fill(cr, box, 0);
    else {
        cairo_set_dash(cr, dashes, met ? 0 : 2, 0);
        frame(cr, box, 0.8);
        cairo_set_dash(cr, NULL, 0, 0);
    }
    ab__card_words(cr, box.x, box.y + 1.7, box.w, &word, met ? "MET" : unmet ? "NOT MET" : "NOT KNOWN ?");
}

static double gates(cairo_t *cr, const ab_drop_view *view, double y, double room)
{
    static const ab_words words = {.size = 7.4, .lines = 2};
    double width = AB_PAGE_W - 2 * MARGIN, row_h = 21;
    ab_buf text = AB_BUF_INIT;
    int32_t told = 0;

    for (int32_t i = 0; i < view->gate_count; i++)
        told += ab__drop_gate_is_told(view, &view->gate[i]);
    row_h = fmin(row_h, (room - 13) / fmax(told, 1));

    ab__card_words(cr, MARGIN, y, width, &TITLE, "GATES - all must be met");
    y += 13;
    for (int32_t i = 0; i < view->gate_count; i++) {
        const ab_gate_row *gate = &view->gate[i];
        if (!ab__drop_gate_is_told(view, gate))
            continue;
        ab_words name = {.size = 8.5, .bold = true};
        line_across(cr, y, 0.3);
        ab__card_words(cr, MARGIN, y + 4, 70, &name, gate->gate);
        state_sign(cr, gate->state, (ab_box){MARGIN + 72, y + (row_h - 12) / 2, 62, 12});
        ab__buf_printf(&text, "%s%s%s%s", gate->words, gate->because[0] ? "  (" : "", gate->because, gate->because[0] ? ")" : "");
        double x = MARGIN + 144;
        double h = ab__card_width(cr, &words, ab__buf_text(&text)) > width - 144 ? 0.6 : 5;
        put(cr, x, y + h, width - 144, &words, &text);
        y += row_h;
    }
    line_across(cr, y, 0.3);
    ab__buf_free(&text);
    return y;
}

/* ---- Foot ------------------------------------------------------------------------------------------------ */

static void foot(cairo_t *cr, const ab_drop_view *view)
{
    static const ab_words bold = {.size = 10, .bold = true, .align = AB_ALIGN_CENTRE},
                          marking = {.size = 7.5, .bold = true, .align = AB_ALIGN_CENTRE}, small = {.size = 6.8, .grey = 0.25, .lines = 2};
    const ab_drop_row *drop = view->drop;
    double width = AB_PAGE_W - 2 * MARGIN;
    ab_buf text = AB_BUF_INIT;
    char age[AB_NUMBER_CAP];

    if (ab__drop_is_known(drop)) {
        ab__buf_printf(&text, "Wind: %s, %s, ", drop->wind_kind, drop->wind_source);
        if (drop->wind_issued != AB_TIME_NONE) {
            ab__buf_add(&text, "issued ");
            ab__add_moment(&text, drop->wind_issued, 0);
            ab__buf_add(&text, " UTC, ");
        }
        if (isnan(drop->wind_age_s))
            ab__buf_add(&text, "nobody says how old");
        else
            ab__buf_printf(&text, "%s h old", ab__number_people(drop->wind_age_s / 3600, drop->wind_age_s < 36000, age));
        ab__buf_printf(&text, "%s. ", drop->standard_air == 1 ? "; air of the standard atmosphere" : "");
        ab__buf_printf(&text, "%lld %s drawn, seed %lld. ", (long long)drop->samples, drop->samples == 1 ? "landing" : "landings",
                       (long long)drop->seed);
    }
    ab__buf_printf(&text, "%s. airbridge %s.", view->settings->name, ab_version());
    put(cr, MARGIN, 783, width, &small, &text);
    ab__card_words(cr, MARGIN, 803, width, &bold, "NOT AN AUTHORITY - advice only. A named person decides.");
    ab__card_words(cr, MARGIN, 820, width, &marking, MARKING);
    ab__buf_free(&text);
}

static void draw(cairo_t *cr, const ab_drop_view *view)
{
    const double map = 346, side_x = MARGIN + map + 12;
    const ab_box side = {side_x, 92, AB_PAGE_W - MARGIN - side_x, 374};

    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    head(cr, view);
    ab__card_map(cr, view, (ab_box){MARGIN, 92, map, map}, (ab_box){MARGIN, 442, map, 24});
    double y = ab__card_wind(cr, view, side) + 4;
    if (ab__drop_is_known(view->drop))
        y = more_chances(cr, view, side, chances(cr, view, (ab_box){side.x, y, side.w, 0}));
    notes(cr, (ab_box){side.x, y + 6, side.w, side.y + side.h - y - 6});
    release(cr, view, (ab_box){MARGIN, 476, AB_PAGE_W - 2 * MARGIN, 64});
    strips(cr, view, (ab_box){MARGIN, 545, AB_PAGE_W - 2 * MARGIN, 52});
    gates(cr, view, 604, 174);
    foot(cr, view);
}

/* ---- Files ----------------------------------------------------------------------------------------------- */

static cairo_status_t keep(void *closure, const unsigned char *bytes, unsigned int size)
{
    ab_buf *out = closure;

    ab__buf_add_n(out, (const char *)bytes, size);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *pdf_surface(const ab_drop_view *view, ab_buf *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, out, AB_PAGE_W, AB_PAGE_H);
    char day[AB_TIME_TEXT_CAP], clock[AB_TIME_TEXT_CAP], at[2 * AB_TIME_TEXT_CAP];
    ab_time when = view->drop->at;

    /* The drop's own time: the same drop gives the same bytes. */
    (void)snprintf(at, sizeof at, "%sT%s:00Z", ab_day_format(when, day), ab_clock_format((int32_t)((when % 86400 + 86400) % 86400), clock));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, "Drop card");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "airbridge");
    return surface;
}

static cairo_surface_t *svg_surface(ab_buf *out)
{
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(keep, out, AB_PAGE_W, AB_PAGE_H);

    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT);
    return surface;
}

static cairo_surface_t *png_surface(void)
{
    double dots = PNG_DPI / 72;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(AB_PAGE_W * dots), (int)ceil(AB_PAGE_H * dots));

    cairo_surface_set_device_scale(surface, dots, dots);
    return surface;
}

typedef enum card_kind { CARD_PDF, CARD_SVG, CARD_PNG, CARD_KINDS } card_kind;

static card_kind kind_of(const char *path)
{
    static const char *const endings[CARD_KINDS] = {".pdf", ".svg", ".png"};
    size_t size = strlen(path);

    for (int k = 0; k < CARD_KINDS; k++)
        if (size > 4 && ab__text_distance(path + size - 4, endings[k], 0) == 0)
            return (card_kind)k;
    return CARD_KINDS;
}

/* Cairo calls the page by how many surfaces the process has made so far. Nothing refers to it, so it gets one name. */
static void settle_svg(ab_buf *svg)
{
    static const char start[] = "<g id=\"surface";
    char *number = svg->text ? strstr(svg->text, start) : NULL;

    if (!number)
        return;
    number += sizeof start - 1;
    size_t digits = strspn(number, "0123456789"), after = (size_t)(svg->text + svg->size - number) - digits;
    memmove(number, number + digits, after + 1);
    svg->size -= digits;
}

/* The page as a file of `kind`, added to `out`. */
static ab_status render(const ab_drop_view *view, card_kind kind, ab_buf *out, ab_error *err)
{
    cairo_surface_t *surface = kind == CARD_PDF   ? pdf_surface(view, out)
                               : kind == CARD_SVG ? svg_surface(out)
                                                  : png_surface();
    cairo_t *cr = cairo_create(surface);

    draw(cr, view);
    cairo_status_t state = cairo_status(cr);
    cairo_destroy(cr);
    if (state == CAIRO_STATUS_SUCCESS && kind == CARD_PNG)
        state = cairo_surface_write_to_png_stream(surface, keep, out);
    cairo_surface_finish(surface);
    if (state == CAIRO_STATUS_SUCCESS)
        state = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (kind == CARD_SVG)
        settle_svg(out);
    if (out->failed || state == CAIRO_STATUS_NO_MEMORY)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the card was drawn");
    return state == CAIRO_STATUS_SUCCESS ? AB_OK : ab_fail(err, AB_IO, "the card cannot be drawn: %s", cairo_status_to_string(state));
}

/* Which drop is meant; with several, how to name the one that brings most. */
static ab_status choose(const ab_data *results, const char *id, const ab_drop_row **out, ab_error *err)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row), *best = NULL;
    int32_t count = AB_RESULT_COUNT(results, drops);
    char at[AB_TIME_TEXT_CAP];

    *out = NULL;
    for (int32_t i = 0; i < count; i++) {
        if (id ? strcmp(drop[i].id, id) == 0 : count == 1)
            *out = &drop[i];
        if (!best || drop[i].go > best->go || (drop[i].go == best->go && drop[i].value_loads > best->value_loads))
            best = &drop[i];
    }
    if (*out)
        return AB_OK;
    if (id || !best)
        return ab_fail(err, AB_USAGE, "no drop is called \"%.40s\"", id ? id : "");
    return ab_fail(err, AB_USAGE,
                   "a card is of one drop, and these are %d: the one that brings most is --zone %s --vehicle %s --dropsystem %s --at %s "
                   "--altitude %.0f",
                   count, best->zone, best->vehicle, best->dropsystem, ab_time_format(best->at, at), best->release_agl_m);
}

ab_status ab_drop_card(const char *path, const ab_data *input, const ab_data *results, const char *drop, ab_error *err)
{
    card_kind kind = kind_of(path);
    const ab_drop_row *row;
    ab_drop_view view;
    ab_buf bytes = AB_BUF_INIT;

    if (kind == CARD_KINDS)
        return ab_fail(err, AB_USAGE, "%s: a card is a .pdf, .svg or .png", path);
    ab_status status = choose(results, drop, &row, err);
    if (status != AB_OK)
        return status;
    ab__drop_view(input, results, row, &view);
    status = render(&view, kind, &bytes, err);
    if (status == AB_OK)
        status = ab_file_write(path, bytes.text, bytes.size, err);
    ab__buf_free(&bytes);
    return status;
}
