/* Wind over a point at a time: the source that is expected to err least. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"
#include "wind/ask.h"
#include "wind/error.h"

/* The wind so near the ground changes too much with it to be worth asking for; but of a low drop that would be all of the fall. Assumed. */
static const double LOWEST_MISSING_M = 500, LOWEST_MISSING_OF = 3;
static const ab_time YEAR_S = 31556952; /* mean Gregorian */
/* A line in time says what blows so long after the nearer of its ends; farther from both it is off by what was missed. Assumed. */
static const double BETWEEN_S = 3 * 3600;

/* Between levels farther apart nobody knows what blows: a line over 2 km misses a jet. Of a season the lines are what it is drawn by: means of 850, 500
 * and 200 hPa. Assumed. */
static const double GAP_M = 2000, SEASON_GAP_M = 5000;

void ab__wind_refuse(ab__wind_ask *ask, double rms_mps, const char *format, ...)
{
    if (rms_mps >= ask->reason_rms_mps)
        return;
    va_list args;
    va_start(args, format);
    (void)ab__c_vsnprintf(ask->reason, AB_WIND_REASON, format, args);
    va_end(args);
    ask->reason_rms_mps = rms_mps;
}

static bool is_season(ab_wind_kind kind)
{
    return kind == AB_WIND_CLIMATOLOGY || kind == AB_WIND_ASSUMED;
}

/* How far above the ground the lowest level may lie; where no release is named, of a high one. */
static double lowest_missing_m(const ab__wind_ask *ask)
{
    double fall_m = ask->until_msl_m - ask->from_msl_m;
    return fall_m > 0 ? fmin(LOWEST_MISSING_M, fall_m / LOWEST_MISSING_OF) : LOWEST_MISSING_M;
}

double ab__wind_gap_most_m(ab_wind_kind kind)
{
    return is_season(kind) ? SEASON_GAP_M : GAP_M;
}

double ab__wind_widest_gap_m(const ab__wind_ask *ask, const double *height_msl_m, int32_t levels, double *from_m)
{
    double widest_m = 0;
    for (int32_t i = 0; i + 1 < levels; i++) {
        double low_m = height_msl_m[i], high_m = height_msl_m[i + 1];
        if (low_m >= ask->until_msl_m || high_m <= ask->from_msl_m || high_m - low_m <= widest_m)
            continue;
        widest_m = high_m - low_m;
        *from_m = low_m;
    }
    return widest_m;
}

void ab__wind_offer(ab__wind_ask *ask, ab_wind_column column, double rms_mps)
{
    if (column.levels < 2) {
        ab__wind_refuse(ask, rms_mps, "%s has fewer than two levels of wind there", column.source);
        return;
    }
    double low_m = column.height_msl_m[0], high_m = column.height_msl_m[column.levels - 1];
    if (low_m > ask->from_msl_m + lowest_missing_m(ask) || high_m < ask->until_msl_m) {
        ab__wind_refuse(ask, rms_mps,
                        "%s has wind from %.0f to %.0f m above sea level, and it is wanted from %.0f (%.0f m higher will do) to %.0f m",
                        column.source, low_m, high_m, ask->from_msl_m, lowest_missing_m(ask), ask->until_msl_m);
        return;
    }
    double gap_from_m = 0, gap_m = ab__wind_widest_gap_m(ask, column.height_msl_m, column.levels, &gap_from_m);
    double most_m = ab__wind_gap_most_m(column.kind);
    if (gap_m > most_m) {
        ab__wind_refuse(ask, rms_mps, "%s has no wind between %.0f and %.0f m above sea level, and %.0f m without any are too many",
                        column.source, gap_from_m, gap_from_m + gap_m, most_m);
        return;
    }
    if (ask->best.levels > 0 && rms_mps >= ask->best_rms_mps)
        return;
    column.lon_deg = ask->lon_deg;
    column.lat_deg = ask->lat_deg;
    column.at = ask->at;
    column.correlation_m = ab__wind_correlation_m(column.kind);
    column.covers_from_msl_m = low_m;
    column.covers_until_msl_m = high_m;
    ask->best = column;
    ask->best_rms_mps = rms_mps;
}

/* Seconds from `time` to `at`, of a season without whole years. */
static double apart_s(ab_time time, ab_time at, bool season)
{
    double s = (double)(at - time);
    return season ? remainder(s, (double)YEAR_S) : s;
}

ab__wind_times ab__wind_bracket(const ab_time *times, int32_t count, ab_time at, bool season)
{
    ab__wind_times found = {-1, -1, 0, INFINITY};
    int32_t before = -1, after = -1;
    double before_s = INFINITY, after_s = INFINITY;
    for (int32_t i = 0; i < count; i++) {
        double s = apart_s(times[i], at, season);
        if (s >= 0 && s < before_s) {
            before = i;
            before_s = s;
        } else if (s < 0 && -s < after_s) {
            after = i;
            after_s = -s;
        }
    }
    if (before >= 0 && (after < 0 || before_s == 0))
        return (ab__wind_times){before, before, 0, before_s};
    if (before < 0 && after >= 0)
        return (ab__wind_times){after, after, 0, after_s};
    /* Between times a day or more apart nobody knows: the nearer one is what there is. */
    if (before >= 0 && !season && before_s + after_s > 2 * AB_WIND_NEAR_S)
        return before_s <= after_s ? (ab__wind_times){before, before, 0, before_s} : (ab__wind_times){after, after, 0, after_s};
    if (before >= 0)
        return (ab__wind_times){before, after, before_s / (before_s + after_s), season ? 0 : fmax(0, fmin(before_s, after_s) - BETWEEN_S)};
    return found;
}

/* Of a forecast that is not the answer, why. `of_file`: the best that it had. */
static void tell_passed_over(const ab__wind_ask *ask, const ab__wind_ask *of_file, char *words)
{
    words[0] = '\0';
    if (of_file->best.levels == 0 && isfinite(of_file->reason_rms_mps))
        (void)ab__c_snprintf(words, AB_WIND_REASON, "%s", of_file->reason);
    else if (of_file->best.levels > 0 && of_file->best.height_msl_m != ask->best.height_msl_m)
        (void)ab__c_snprintf(words, AB_WIND_REASON, "%s is expected to err by %.1f m/s, and this by %.1f", of_file->best.source,
                             of_file->best_rms_mps, ask->best_rms_mps);
}

/* `passed_over`: why the forecast is not the answer, or empty. */
static ab_status answer(ab__wind_ask *ask, const char *passed_over, ab_wind_column **out, ab_error *err)
{
    ab_wind_column *column = ask->failed ? NULL : AB_NEW(ask->arena, ab_wind_column, 1);
    if (!column) {
        ab__arena_free(ask->arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the wind was looked up");
    }
    if (ask->best.levels == 0) {
        char last[AB_WIND_REASON];
        memcpy(last, ask->reason, AB_WIND_REASON);
        if (passed_over[0] && strcmp(passed_over, last) != 0)
            (void)ab__c_snprintf(ask->reason, AB_WIND_REASON, "%s; %s", passed_over, last);
        ab__arena_free(ask->arena);
        return AB_OK;
    }
    (void)ab__c_snprintf(ask->reason, AB_WIND_REASON, "%s", passed_over);
    *column = ask->best;
    column->arena = ask->arena;
    *out = column;
    return AB_OK;
}

static ab_status begin(ab__wind_ask *ask, ab_wind_column **out, ab_error *err)
{
    *out = NULL;
    ask->arena = ab__arena_new();
    ask->reason_rms_mps = INFINITY;
    (void)ab__c_snprintf(ask->reason, AB_WIND_REASON,
                         "nothing says what the wind is: no forecast was given, and the table wind has no row for it");
    return ask->arena ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory while the wind was looked up");
}

ab_status ab_wind_at(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                     double from_msl_m, double until_msl_m, ab_wind_column **out, char reason[256], ab_error *err)
{
    ab__wind_ask ask = {.op = op, .lon_deg = lon_deg, .lat_deg = lat_deg, .at = at, .from_msl_m = from_msl_m, .until_msl_m = until_msl_m,
                        .reason = reason};
    char of_file_reason[AB_WIND_REASON], passed_over[AB_WIND_REASON];
    ab_status status = begin(&ask, out, err);
    if (status != AB_OK)
        return status;
    if (forecast && forecast->grid)
        ab__wind_from_grid(&ask, forecast);
    if (forecast)
        ab__wind_from_soundings(&ask, forecast);
    ab__wind_ask of_file = ask;
    of_file.reason = memcpy(of_file_reason, reason, AB_WIND_REASON);
    ab__wind_from_rows(&ask);
    tell_passed_over(&ask, &of_file, passed_over);
    return answer(&ask, passed_over, out, err);
}

ab_status ab_wind_of_grid_at(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                             double from_msl_m, double until_msl_m, ab_wind_column **out, char reason[256], ab_error *err)
{
    ab__wind_ask ask = {.op = op, .lon_deg = lon_deg, .lat_deg = lat_deg, .at = at, .from_msl_m = from_msl_m, .until_msl_m = until_msl_m,
                        .reason = reason};
    ab_status status = begin(&ask, out, err);
    if (status != AB_OK)
        return status;
    if (forecast && forecast->grid)
        ab__wind_from_grid(&ask, forecast);
    return answer(&ask, "", out, err);
}

void ab_wind_free(ab_wind_column *column)
{
    if (column)
        ab__arena_free(column->arena);
}
