/* Drops for a terminal. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "geo/utm.h"
#include "report/drop_view.h"
#include "report/figures.h"
#include "report/text.h"

static const double LEAST_TOLD_PROB = 0.0005;

bool ab_result_is_drops(const ab_data *results)
{
    bool dropping = AB_RESULT_COUNT(results, drops) > 0 || AB_RESULT_COUNT(results, air_places) > 0;
    bool told = AB_RESULT_COUNT(results, summary) > 0 || AB_RESULT_COUNT(results, provenance) == 0;

    /* A plan has a summary; of no drops, and no places that could take one, nothing but the provenance is left. */
    return (dropping || !told) && AB_RESULT_COUNT(results, needs) == 0 && AB_RESULT_COUNT(results, nutrition) == 0;
}

static const char *number(double value, int decimals, char out[AB_NUMBER_CAP])
{
    return isnan(value) ? "?" : ab__number_people(value, decimals, out);
}

/* Adds `text` under a margin of two columns, the lines after the first under `indent`, and empties it. */
static void put(ab_buf *out, ab_buf *text, int indent)
{
    ab__buf_add(out, "  ");
    ab__text_wrap(out, ab__buf_text(text), AB_SCREEN_COLUMNS - 2, indent, 8);
    ab__buf_char(out, '\n');
    out->failed = out->failed || text->failed;
    ab__buf_clear(text);
}

/* "plain-east (Plain), Il-76 with hv: 26 loads of 760 kg" */
static void subject(ab_buf *out, const ab_drop_view *view)
{
    ab_buf line = AB_BUF_INIT;
    char kg[AB_NUMBER_CAP];
    const ab_drop_row *drop = view->drop;

    ab__buf_printf(&line, "%s at %s: %s with %s, %lld %s of %s kg", drop->zone,
                   ab__drop_name(view->place ? view->place->name : NULL, drop->place),
                   ab__drop_name(view->vehicle ? view->vehicle->name : NULL, drop->vehicle), drop->dropsystem,
                   (long long)drop->loads, ab__drop_load_word(view, drop->loads), number(drop->load_kg, 0, kg));
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS, 2, 3);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static const char *state_of(const ab_drop_view *view, const char *gate)
{
    for (int32_t i = 0; i < view->gate_count; i++)
        if (strcmp(view->gate[i].gate, gate) == 0)
            return view->gate[i].state;
    return "";
}

static void verdict(ab_buf *out, const ab_drop_view *view)
{
    if (view->drop->go == 1)
        ab__buf_add(out, "GO");
    else
        ab__buf_printf(out, "NO-GO: %s %s", view->drop->decides, state_of(view, view->drop->decides));
}

/* ---- Many: a line each ---------------------------------------------------------------------------------- */

static bool is_alike(const ab_drop_row *a, const ab_drop_row *b)
{
    return strcmp(a->zone, b->zone) == 0 && strcmp(a->vehicle, b->vehicle) == 0 && strcmp(a->dropsystem, b->dropsystem) == 0;
}

/* Of a line all but its time: rows that differ in nothing else are told once. */
static void add_rest(ab_buf *out, const ab_drop_view *view)
{
    const ab_drop_row *drop = view->drop;
    ab_buf cell = AB_BUF_INIT;
    char text[AB_NUMBER_CAP];

    ab__text_right(out, number(drop->release_agl_m, 0, text), 6);
    ab__text_right(out, number(ab__feet(drop->release_agl_m), 0, text), 8);
    ab__add_share(&cell, drop->inside_prob, NAN, NAN);
    ab__text_right(out, ab__buf_text(&cell), 8);
    ab__buf_clear(&cell);
    ab__add_share(&cell, drop->recovered_prob, drop->recovered_prob_low, drop->recovered_prob_high);
    ab__text_right(out, ab__buf_text(&cell), 18);
    ab__buf_clear(&cell);
    if (drop->go == 1)
        ab__buf_add(&cell, "  GO");
    else
        ab__buf_printf(&cell, "  no: %s%s", drop->decides, strcmp(state_of(view, drop->decides), "not known") == 0 ? "?" : "");
    ab__text_left(out, ab__buf_text(&cell), 18);
    while (out->size > 0 && out->text[out->size - 1] == ' ')
        out->text[--out->size] = '\0';
    ab__buf_char(out, '\n');
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static void line_of(ab_buf *out, const ab_drop_view *view)
{
    ab_buf cell = AB_BUF_INIT;

    ab__buf_add(out, "  ");
    ab__add_moment(&cell, view->drop->at, view->settings->utc_offset_s);
    ab__text_left(out, ab__buf_text(&cell), 18);
    add_rest(out, view);
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static bool is_same_row(const ab_drop_row *a, const ab_drop_row *b)
{
    return is_alike(a, b) && fabs(a->release_agl_m - b->release_agl_m) < 0.5;
}

/* The row of the same height next to row `i` of its zone, aircraft and system, before it (step -1) or after it (1); -1: none. */
static int32_t neighbour_of(const ab_data *results, int32_t i, int32_t step)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    int32_t k = i + step;

    while (k >= 0 && k < AB_RESULT_COUNT(results, drops) && is_alike(&drop[i], &drop[k])) {
        if (is_same_row(&drop[i], &drop[k]))
            return k;
        k += step;
    }
    return -1;
}

static bool says_the_same(const ab_data *input, const ab_data *results, int32_t a, int32_t b)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    ab_buf one = AB_BUF_INIT, other = AB_BUF_INIT;
    ab_drop_view view;

    ab__drop_view(input, results, &drop[a], &view);
    add_rest(&one, &view);
    ab__drop_view(input, results, &drop[b], &view);
    add_rest(&other, &view);
    bool same = !one.failed && !other.failed && strcmp(ab__buf_text(&one), ab__buf_text(&other)) == 0;
    ab__buf_free(&one);
    ab__buf_free(&other);
    return same;
}

/* Until when the rows after row `i` say the same, if any do. */
static void tell_run(ab_buf *out, const ab_data *input, const ab_data *results, int32_t i, double utc_offset_s)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    int32_t count = 1, last = i;

    for (int32_t k = neighbour_of(results, i, 1); k >= 0 && says_the_same(input, results, i, k); k = neighbour_of(results, k, 1)) {
        last = k;
        count++;
    }
    if (count == 1)
        return;
    ab__buf_add(out, "    and the same until ");
    ab__add_moment(out, drop[last].at, utc_offset_s);
    ab__buf_printf(out, ", %d times in all\n", count);
}

/* Of how many the file that the setting `wind` names is not used, and why of the first. */
static void tell_passed_over(ab_buf *out, const ab_drop_row *drop, int32_t count)
{
    ab_buf line = AB_BUF_INIT;
    int32_t first = -1, passed_over = 0;

    for (int32_t i = 0; i < count; i++) {
        bool is = drop[i].wind_passed_over[0] != '\0';
        first = is && first < 0 ? i : first;
        passed_over += is;
    }
    if (first >= 0) {
        ab__buf_printf(&line, "for %d of them the file that the setting wind names is not used: %s", passed_over, drop[first].wind_passed_over);
        ab__buf_char(out, '\n');
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS, 0, 3);
    }
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

/* How many are a go, and what decides the others. */
static void closing(ab_buf *out, const ab_data *results)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    const ab_gate_row *gate = AB_RESULT_ROWS(results, gates, ab_gate_row);
    int32_t count = AB_RESULT_COUNT(results, drops), goes = 0;
    ab_buf line = AB_BUF_INIT;

    for (int32_t i = 0; i < count; i++)
        goes += drop[i].go == 1;
    ab__buf_printf(&line, "%d of %d %s", goes, count, goes == 1 ? "is a go" : "are a go");
    for (int32_t g = 0; g < AB_RESULT_COUNT(results, gates) && strcmp(gate[g].drop, drop[0].id) == 0; g++) {
        int32_t decided = 0;
        for (int32_t i = 0; i < count; i++)
            decided += strcmp(drop[i].decides, gate[g].gate) == 0;
        if (decided > 0)
            ab__buf_printf(&line, ", %d decided by %s", decided, gate[g].gate);
    }
    ab__buf_char(out, '\n');
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS, 0, 3);
    tell_passed_over(out, drop, count);
    ab__buf_printf(out, "\n%s\n", NOT_AN_AUTHORITY);
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static void table(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    ab_drop_view view;
    ab_buf clock = AB_BUF_INIT;

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, drops); i++) {
        ab__drop_view(input, results, &drop[i], &view);
        if (i == 0 || !is_alike(&drop[i - 1], &drop[i])) {
            ab__buf_add(out, i ? "\n" : "");
            subject(out, &view);
            ab__buf_clear(&clock);
            ab__add_clock(&clock, view.settings->utc_offset_s);
            ab__buf_add(out, "  ");
            ab__text_left(out, ab__buf_text(&clock), 18);
            ab__buf_add(out, "     m      ft  inside     recovered, 90 %\n");
        }
        int32_t before = neighbour_of(results, i, -1);
        if (before >= 0 && says_the_same(input, results, before, i))
            continue;
        line_of(out, &view);
        tell_run(out, input, results, i, view.settings->utc_offset_s);
    }
    ab__buf_free(&clock);
    closing(out, results);
}

/* ---- One: everything ------------------------------------------------------------------------------------ */

static void release(ab_buf *out, const ab_drop_view *view)
{
    const ab_drop_row *drop = view->drop;
    ab_buf line = AB_BUF_INIT;
    ab_utm utm;
    char deg[AB_NUMBER_CAP];

    ab__buf_add(out, "\nRELEASE\n");
    ab__buf_printf(&line, "%.5f, %.5f (latitude, longitude); ", drop->release_lat_deg, drop->release_lon_deg);
    ab__dms_add(&line, drop->release_lat_deg, 'N', 'S');
    ab__buf_char(&line, ' ');
    ab__dms_add(&line, drop->release_lon_deg, 'E', 'W');
    if (ab__utm_from(drop->release_lon_deg, drop->release_lat_deg, &utm)) {
        ab__buf_add(&line, "; UTM ");
        ab__utm_add(&line, &utm);
    }
    put(out, &line, 2);
    ab__buf_printf(&line, "run-in %s° true at ", number(drop->heading_deg, 0, deg));
    ab__add_speed(&line, drop->airspeed_mps);
    ab__buf_add(&line, " true airspeed, ");
    if (view->stick) {
        ab__buf_printf(&line, "which is a track of %s° true at ", number(view->stick->track_deg, 0, deg));
        ab__add_speed(&line, view->stick->ground_speed_mps);
        ab__buf_add(&line, " over the ground, ");
    }
    ab__add_height(&line, drop->release_msl_m);
    ab__buf_add(&line, " above sea level, ");
    ab__add_height(&line, drop->release_agl_m);
    ab__buf_add(&line, " above the zone");
    put(out, &line, 2);
    ab__buf_free(&line);
}

/* What the chance of a failed canopy rests on. */
static void record(ab_buf *out, const ab_drop_row *drop)
{
    ab_buf line = AB_BUF_INIT;

    if (drop->record_loads < 0)
        return;
    if (drop->record_loads == 0)
        ab__buf_add(&line, "no record of its canopies: as many are taken to fail as of others");
    else
        ab__buf_printf(&line, "record of its canopies: %lld of %lld opened", (long long)(drop->record_loads - drop->record_failed),
                       (long long)drop->record_loads);
    if (drop->record_moved > 0)
        ab__buf_printf(&line, ", %lld of these by movements", (long long)drop->record_moved);
    put(out, &line, 2);
    ab__buf_free(&line);
}

static void landing(ab_buf *out, const ab_drop_view *view)
{
    const ab_drop_row *drop = view->drop;
    ab_buf line = AB_BUF_INIT;
    char e[AB_NUMBER_CAP], n[AB_NUMBER_CAP], s[AB_NUMBER_CAP], kj[AB_NUMBER_CAP];

    ab__buf_add(out, "\nLANDING\n");
    ab__buf_printf(&line, "centre %s m east and %s m north of the release point, %s s after exit, going down at ",
                   number(drop->east_m, 0, e), number(drop->north_m, 0, n), number(drop->fall_time_s, 0, s));
    ab__add_speed(&line, drop->impact_speed_mps);
    ab__buf_add(&line, ", with the wind ");
    ab__add_speed(&line, drop->impact_all_mps);
    ab__buf_printf(&line, ", %s kJ", number(drop->impact_j / 1000, 1, kj));
    put(out, &line, 2);
    ab__buf_add(&line, "inside the zone ");
    ab__add_share(&line, drop->inside_prob, drop->inside_prob_low, drop->inside_prob_high);
    ab__buf_add(&line, ", recovered ");
    ab__add_share(&line, drop->recovered_prob, drop->recovered_prob_low, drop->recovered_prob_high);
    if (!ab__drop_is_free(view)) {
        ab__buf_add(&line, ", canopy fails ");
        ab__add_share(&line, drop->failed_prob, drop->failed_prob_low, drop->failed_prob_high);
    } else if (view->stick) {
        ab__buf_add(&line, ", burst ");
        ab__add_share(&line, view->stick->burst_prob, view->stick->burst_prob_low, view->stick->burst_prob_high);
        ab__buf_add(&line, view->stick->burst_assumed == 1 ? " (how many burst is assumed)" : "");
    }
    ab__buf_add(&line, "; in brackets 90 % intervals from sortie to sortie");
    put(out, &line, 2);
    ab__add_stick(&line, view);
    if (line.size)
        put(out, &line, 2);
    for (int32_t i = 0; i < view->footprint_count; i++)
        if (view->footprint[i].part == 1)
            ab__buf_printf(&line, "%s%s %% within %s ha", line.size ? ", " : "", number(100 * view->footprint[i].holds_prob, 0, e),
                           number(view->footprint[i].area_m2 / 10000, 0, n));
    if (line.size)
        put(out, &line, 2);
    record(out, drop);
    for (int32_t i = 0; i < view->exclusion_count; i++) {
        if (view->exclusion[i].load_prob < LEAST_TOLD_PROB)
            continue;
        ab__buf_printf(&line, "%s%s (%s) ", line.size ? ", " : "chance that a load falls on ", view->exclusion[i].exclusion,
                       view->exclusion[i].kind);
        ab__add_share(&line, view->exclusion[i].load_prob, NAN, NAN);
    }
    if (!line.size)
        ab__buf_add(&line, "no exclusion is hit by one load in a thousand");
    put(out, &line, 2);
    ab__buf_free(&line);
}

static void harm(ab_buf *out, const ab_drop_view *view)
{
    const ab_drop_row *drop = view->drop;
    ab_buf line = AB_BUF_INIT;

    ab__buf_add(&line, "people expected to be hurt a sortie: ");
    ab__add_harm(&line, drop->harm_impact);
    ab__buf_printf(&line, " by %s, ", ab__drop_load_word(view, 2));
    if (!ab__drop_is_free(view)) {
        ab__add_harm(&line, drop->harm_failed);
        ab__buf_add(&line, " by loads whose canopy fails, ");
    }
    ab__add_harm(&line, drop->harm_crowd);
    ab__buf_printf(&line, " in the crowd%s", drop->people_assumed == 1 ? "; how many live where is assumed" : "");
    put(out, &line, 2);
    if (view->sighter) {
        const ab_sighter_row *sighter = view->sighter;
        char before[AB_NUMBER_CAP], after[AB_NUMBER_CAP], min[AB_NUMBER_CAP];
        ab__buf_printf(&line, "%lld dropped first and watched: the centre of the others misses by %s m instead of %s m (rms), inside ",
                       (long long)sighter->loads, number(sighter->spread_after_m, 0, after),
                       number(sighter->spread_before_m, 0, before));
        ab__add_share(&line, sighter->inside_after_prob, NAN, NAN);
        ab__buf_add(&line, " instead of ");
        ab__add_share(&line, sighter->inside_before_prob, NAN, NAN);
        ab__buf_printf(&line, ", for %s minutes more", number(sighter->extra_s / 60, 0, min));
        put(out, &line, 2);
    }
    ab__buf_free(&line);
}

static void wind(ab_buf *out, const ab_drop_view *view)
{
    const ab_drop_row *drop = view->drop;
    ab_buf line = AB_BUF_INIT;
    char a[AB_NUMBER_CAP];

    ab__buf_add(out, "\nWIND\n");
    ab__buf_printf(&line, "%s: %s, ", drop->wind_kind, drop->wind_source);
    if (isnan(drop->wind_age_s))
        ab__buf_add(&line, "nobody says how old, error ");
    else
        ab__buf_printf(&line, "%s h old, error ", number(drop->wind_age_s / 3600, drop->wind_age_s < 36000, a));
    ab__add_speed(&line, drop->wind_rms_mps);
    ab__buf_printf(&line, " rms%s", drop->standard_air == 1 ? "; air of the standard atmosphere" : "");
    put(out, &line, 2);
    if (drop->wind_passed_over[0]) {
        ab__buf_printf(&line, "the file that the setting wind names is not used: %s", drop->wind_passed_over);
        put(out, &line, 2);
    }
    for (int32_t i = view->wind_count - 1; i >= 0; i--) {
        const ab_drop_wind_row *level = &view->wind[i];
        double speed_mps = hypot(level->wind_e_mps, level->wind_n_mps);
        if (level->height_msl_m > drop->release_msl_m && i > 0 && view->wind[i - 1].height_msl_m > drop->release_msl_m)
            continue; /* above the aircraft, but for the first */
        ab__buf_add(out, "  ");
        ab__text_right(out, number(level->height_msl_m, 0, a), 7);
        ab__buf_add(out, " m");
        ab__text_right(out, number(ab__feet(level->height_msl_m), 0, a), 8);
        ab__buf_printf(out, " ft   from %03.0f°", fmod(round(ab__wind_from_deg(level->wind_e_mps, level->wind_n_mps)), 360));
        ab__text_right(out, number(speed_mps, 1, a), 7);
        ab__buf_add(out, " m/s");
        ab__text_right(out, number(ab__knots(speed_mps), 0, a), 5);
        ab__buf_add(out, " kt\n");
    }
    ab__buf_free(&line);
}

static void gates(ab_buf *out, const ab_drop_view *view)
{
    ab_buf line = AB_BUF_INIT;

    ab__buf_add(out, "\nGATES\n");
    for (int32_t i = 0; i < view->gate_count; i++) {
        const ab_gate_row *gate = &view->gate[i];
        if (!ab__drop_gate_is_told(view, gate))
            continue;
        ab__buf_add(out, "  ");
        ab__text_left(out, gate->gate, 12);
        ab__text_left(out, gate->state, 11);
        ab__buf_printf(&line, "%s%s%s%s", gate->words, gate->because[0] ? " (" : "", gate->because, gate->because[0] ? ")" : "");
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 25, 25, 6);
        ab__buf_char(out, '\n');
        out->failed = out->failed || line.failed;
        ab__buf_clear(&line);
    }
    ab__buf_free(&line);
}

static void detail(ab_buf *out, const ab_drop_view *view)
{
    ab_buf line = AB_BUF_INIT;

    subject(out, view);
    ab__add_moment(&line, view->drop->at, view->settings->utc_offset_s);
    ab__buf_char(&line, ' ');
    ab__add_clock(&line, view->settings->utc_offset_s);
    ab__buf_add(&line, ": ");
    verdict(&line, view);
    put(out, &line, 2);
    if (ab__drop_is_known(view->drop)) {
        release(out, view);
        landing(out, view);
        harm(out, view);
        wind(out, view);
    }
    gates(out, view);
    if (ab__drop_is_known(view->drop))
        ab__buf_printf(out, "\n%lld %s drawn, seed %lld", (long long)view->drop->samples,
                       view->drop->samples == 1 ? "landing" : "landings", (long long)view->drop->seed);
    ab__buf_printf(out, "\n%s\n", NOT_AN_AUTHORITY);
    ab__buf_free(&line);
}

/* ---- Calendar: a letter an hour -------------------------------------------------------------------------- */

/* Letters of gates, large where not met, small where not known. */
static const struct {
    const char *gate;
    char letter;
} LETTERS[] = {{"wind", 'w'}, {"zone", 'z'}, {"harm", 'h'}, {"clearance", 'c'}, {"controller", 'r'}, {"canopies", 'p'}, {"daylight", 'd'}, {"height", 'a'}};

static char letter_of(const ab_drop_view *view)
{
    if (view->drop->go == 1)
        return '*';
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++)
        if (strcmp(LETTERS[i].gate, view->drop->decides) == 0)
            return (char)(strcmp(state_of(view, LETTERS[i].gate), "not known") == 0 ? LETTERS[i].letter : LETTERS[i].letter - 'a' + 'A');
    return '?';
}

/* Was a drop of this row met before number `row`? */
static bool was_seen(const ab_drop_row *drop, int32_t row)
{
    for (int32_t i = 0; i < row; i++)
        if (is_same_row(&drop[i], &drop[row]))
            return true;
    return false;
}

/* A day of 24 hours is a block; blocks stand side by side. */
static void hours_of(ab_buf *out, const ab_data *input, const ab_data *results, int32_t row, ab_time first)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    int64_t shown = 0;

    ab__buf_add(out, "  ");
    for (int32_t i = row; i < AB_RESULT_COUNT(results, drops); i++) {
        ab_drop_view view;
        int64_t hour = (drop[i].at - first) / 3600;
        if (!is_same_row(&drop[row], &drop[i]) || hour < shown)
            continue;
        for (; shown < hour; shown++)
            ab__buf_add(out, shown % 24 == 23 ? "  " : " ");
        ab__drop_view(input, results, &drop[i], &view);
        ab__buf_char(out, letter_of(&view));
        shown++;
        if (shown % 24 == 0)
            ab__buf_char(out, ' ');
    }
    while (out->size > 0 && out->text[out->size - 1] == ' ')
        out->text[--out->size] = '\0';
    ab__buf_char(out, '\n');
}

static void ruler(ab_buf *out, ab_time first, double offset_s)
{
    int32_t hour = (int32_t)(((first + (ab_time)offset_s) / 3600 % 24 + 24) % 24);

    ab__buf_add(out, "  ");
    for (int block = 0; block < 3; block++) {
        ab_buf day = AB_BUF_INIT;
        ab__text_day(&day, first + block * 86400 + (ab_time)offset_s, false);
        ab__text_left(out, ab__buf_text(&day), block < 2 ? 25 : 6);
        ab__buf_free(&day);
    }
    while (out->text && out->text[out->size - 1] == ' ')
        out->text[--out->size] = '\0';
    ab__buf_add(out, "\n  ");
    for (int block = 0; block < 3; block++)
        for (int i = 0; i < 24; i++) {
            int h = (hour + i) % 24;
            if (h % 6 == 0 && i < 23) {
                ab__buf_printf(out, "%02d", h);
                i++;
            } else {
                ab__buf_char(out, '.');
            }
            if (i >= 23)
                ab__buf_add(out, block < 2 ? " " : "\n");
        }
}

static void calendar(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    ab_time first = drop[0].at;
    ab_buf line = AB_BUF_INIT;

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, drops); i++)
        first = drop[i].at < first ? drop[i].at : first;
    ab__buf_add(&line, "hour by hour from ");
    ab__add_moment(&line, first, settings->utc_offset_s);
    ab__buf_char(&line, ' ');
    ab__add_clock(&line, settings->utc_offset_s);
    ab__buf_printf(out, "%s\n", ab__buf_text(&line));
    ruler(out, first, settings->utc_offset_s);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, drops); i++) {
        if (was_seen(drop, i))
            continue;
        ab__buf_clear(&line);
        ab__buf_printf(&line, "%s, %s, %s, from ", drop[i].zone, drop[i].vehicle, drop[i].dropsystem);
        ab__add_height(&line, drop[i].release_agl_m);
        ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS, 2, 2);
        ab__buf_char(out, '\n');
        hours_of(out, input, results, i, first);
    }
    ab__buf_add(out, "\n* go; else the gate that decides: W wind, Z zone, H harm, C clearance,\n"
                     "R controller, P canopies, D daylight, A height; small letters: not known\n");
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
    closing(out, results);
}

ab_status ab_drops_print(FILE *out, const ab_data *input, const ab_data *results, bool as_calendar, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    ab_drop_view view;

    if (AB_RESULT_COUNT(results, drops) == 0) {
        ab__buf_add(&text, "no drop was worked out\n");
    } else if (as_calendar) {
        calendar(&text, input, results);
    } else if (AB_RESULT_COUNT(results, drops) == 1) {
        ab__drop_view(input, results, drop, &view);
        detail(&text, &view);
    } else {
        table(&text, input, results);
    }
    return ab__text_end(out, &text, err);
}
