/* The rows of the table `wind`: those of one kind, position and issue are a station, those of one time its profile. */
#include <math.h>
#include <stdlib.h>

#include "geo/geodesic.h"
#include "wind/ask.h"
#include "wind/error.h"

static const double FAR_M = 300e3; /* as of soundings; a forecast or a mean is for its own neighbourhood alike */

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_station(const ab_wind *a, const ab_wind *b)
{
    int order = compare(a->kind, b->kind);
    order = order ? order : compare(a->lon_deg, b->lon_deg);
    order = order ? order : compare(a->lat_deg, b->lat_deg);
    return order ? order : (a->issued_at > b->issued_at) - (a->issued_at < b->issued_at);
}

static int by_station_time_height(const void *left, const void *right)
{
    const ab_wind *a = *(const ab_wind *const *)left, *b = *(const ab_wind *const *)right;
    int order = by_station(a, b);
    order = order ? order : (a->valid_at > b->valid_at) - (a->valid_at < b->valid_at);
    order = order ? order : compare(a->height_msl_m, b->height_msl_m);
    return order ? order : compare(a->head.line, b->head.line);
}

/* A station's rows in order, and where each of its times begins. */
typedef struct station {
    const ab_wind *const *row;
    int32_t count;
    ab_time *time;             /* [times] */
    ab__wind_profile *profile; /* [times], none thin, or of two levels at least where all are */
    int32_t *line;             /* [times] where each begins in the table */
    int32_t times, thin;       /* thin: times left out */
    bool all_thin;             /* then those are kept that have two levels, to say what they lack */
} station;

/* The rows [from, until) of one time. */
static bool read_profile(ab__wind_ask *ask, const station *s, int32_t from, int32_t until, ab__wind_profile *out)
{
    if (!ab__wind_room(ask, until - from, out))
        return false;
    for (int32_t i = from; i < until; i++) {
        const ab_wind *w = s->row[i];
        ab__wind_level(out, w->height_msl_m, w->wind_e_mps, w->wind_n_mps, w->pressure_pa, w->temp_k);
    }
    return true;
}

static ab_wind_kind kind_of(const station *s)
{
    return s->row[0]->kind < 0 ? AB_WIND_ASSUMED : (ab_wind_kind)s->row[0]->kind;
}

/* A time with a single level, or with none where a load falls for too long, tells no profile. */
static bool is_thin(const ab__wind_ask *ask, const station *s, const ab__wind_profile *p)
{
    double from_m;
    return p->levels < 2 ||
           (!s->all_thin && ab__wind_widest_gap_m(ask, p->height_msl_m, p->levels, &from_m) > ab__wind_gap_most_m(kind_of(s)));
}

/* A thin time is as if it were not there, so that it narrows no gap of time, and its neighbour's levels hide none of height. */
static bool split_times(ab__wind_ask *ask, station *s)
{
    s->time = AB_NEW(ask->arena, ab_time, s->count);
    s->profile = AB_NEW(ask->arena, ab__wind_profile, s->count);
    s->line = AB_NEW(ask->arena, int32_t, s->count);
    if (!s->time || !s->profile || !s->line) {
        ask->failed = true;
        return false;
    }
    for (int32_t from = 0, until; from < s->count; from = until) {
        for (until = from + 1; until < s->count && s->row[until]->valid_at == s->row[from]->valid_at;)
            until++;
        if (!read_profile(ask, s, from, until, &s->profile[s->times]))
            return false;
        if (is_thin(ask, s, &s->profile[s->times])) {
            s->thin++;
            continue;
        }
        s->time[s->times] = s->row[from]->valid_at;
        s->line[s->times++] = s->row[from]->head.line;
    }
    if (s->times > 0 || s->all_thin)
        return true;
    s->all_thin = true;
    s->thin = 0;
    return split_times(ask, s);
}

static bool measured(ab_wind_kind kind)
{
    return kind == AB_WIND_SOUNDING || kind == AB_WIND_DROPSONDE;
}

/* From the nearest of a measurement's times, or from the forecast's issue; NAN: nobody says when it was issued. */
static double age_s(const ab__wind_ask *ask, const station *s, ab__wind_times t, double *gap_s)
{
    const ab_wind *first = s->row[0];
    double a_s = fabs((double)(ask->at - s->time[t.a])), b_s = fabs((double)(ask->at - s->time[t.b]));
    *gap_s = measured((ab_wind_kind)first->kind) ? fmin(a_s, b_s) : t.gap_s;
    if (!measured((ab_wind_kind)first->kind) && first->issued_at != AB_TIME_NONE)
        return (double)(ask->at - first->issued_at);
    if (first->kind == AB_WIND_FORECAST)
        return NAN;
    return fmin(a_s, b_s);
}

static const char *name_of(ab_arena *arena, const station *s, int32_t line, ab_wind_kind kind)
{
    const char *word = ab_codes_wind_kind.codes[kind].word;
    return s->thin == 0 ? ab__arena_printf(arena, "table wind from line %d (%s)", line, word)
                        : ab__arena_printf(arena, "table wind from line %d (%s; without %d %s of too few levels)", line, word, s->thin,
                                           s->thin == 1 ? "time" : "times");
}

static void offer_station(ab__wind_ask *ask, station *s)
{
    const ab_wind *first = s->row[0];
    ab_wind_kind kind = kind_of(s);
    bool season = kind == AB_WIND_CLIMATOLOGY || kind == AB_WIND_ASSUMED;
    if (!split_times(ask, s))
        return;
    if (s->times == 0) {
        ab__wind_refuse(ask, AB_WIND_RMS_WORST_MPS, "line %d of the table wind and others of that place have fewer than two levels at any time",
                        first->head.line);
        return;
    }
    ab__wind_times t = ab__wind_bracket(s->time, s->times, ask->at, season);
    t.frac = s->all_thin ? 0 : t.frac; /* levels of two that are thin are not those of one that is not */
    double gap_s, away_m = ab__geodesic_m(ask->lon_deg, ask->lat_deg, first->lon_deg, first->lat_deg);
    ab_wind_column column = {.kind = kind, .issued_at = first->issued_at, .away_m = away_m, .age_s = age_s(ask, s, t, &gap_s)};
    column.rms_mps = ab__wind_rms_mps(kind, column.age_s, gap_s, away_m);
    column.source = name_of(ask->arena, s, s->line[t.a], kind);
    ab__wind_profile both;
    if (!column.source) {
        ask->failed = true;
    } else if (!season && gap_s > AB_WIND_NEAR_S) {
        ab__wind_refuse(ask, column.rms_mps, "%s has nothing within 12 h of that time", column.source);
    } else if (away_m > FAR_M) {
        ab__wind_refuse(ask, column.rms_mps, "%s is for a point %.0f km away, and farther than %.0f km it says nothing",
                        column.source, away_m / 1000, FAR_M / 1000);
    } else if (ab__wind_between(ask, &s->profile[t.a], &s->profile[t.b], t.frac, &both)) {
        ab__wind_offer_profile(ask, &both, column);
    }
}

/* Was the row known when the plan is made? */
static bool is_known(const ab_operation *op, const ab_wind *w)
{
    ab_time said = w->issued_at != AB_TIME_NONE ? w->issued_at : w->valid_at;
    bool tells_when = w->issued_at != AB_TIME_NONE || measured((ab_wind_kind)w->kind);
    return !tells_when || ab_known_at(op, said);
}

void ab__wind_from_rows(ab__wind_ask *ask)
{
    const ab_operation *op = ask->op;
    const ab_wind **row = AB_NEW(ask->arena, const ab_wind *, op->wind.count);
    int32_t count = 0;
    if (!row) {
        ask->failed = true;
        return;
    }
    for (int32_t i = 0; i < op->wind.count; i++) {
        if (is_known(op, &op->wind.at[i]))
            row[count++] = &op->wind.at[i];
        else
            ab__wind_refuse(ask, AB_WIND_RMS_WORST_MPS + 1,
                            "line %d of the table wind and others were said later than now (as_of), or at the end of the operation",
                            op->wind.at[i].head.line);
    }
    qsort(row, (size_t)count, sizeof *row, by_station_time_height);
    for (int32_t i = 0, next; i < count && !ask->failed; i = next) {
        for (next = i + 1; next < count && by_station(row[i], row[next]) == 0;)
            next++;
        station s = {.row = row + i, .count = next - i};
        offer_station(ask, &s);
    }
}
