/* Wind over a point at a time: the source that is expected to err least. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"
#include "wind/ask.h"
#include "wind/error.h"

/* Nobody drops from below it, and the wind below changes too much with the ground to be worth asking for. */
static const double LOWEST_MISSING_M = 500;
static const ab_time YEAR_S = 31556952; /* mean Gregorian */

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

void ab__wind_offer(ab__wind_ask *ask, ab_wind_column column, double rms_mps)
{
    if (column.levels < 2) {
        ab__wind_refuse(ask, rms_mps, "%s has fewer than two levels of wind there", column.source);
        return;
    }
    double low_m = column.height_msl_m[0], high_m = column.height_msl_m[column.levels - 1];
    if (low_m > ask->from_msl_m + LOWEST_MISSING_M || high_m < ask->until_msl_m) {
        ab__wind_refuse(ask, rms_mps,
                        "%s has wind from %.0f to %.0f m above sea level, and it is wanted from %.0f (%.0f m higher will do) to %.0f m",
                        column.source, low_m, high_m, ask->from_msl_m, LOWEST_MISSING_M, ask->until_msl_m);
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
        return (ab__wind_times){before, after, before_s / (before_s + after_s), 0};
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

ab_status ab_wind_at(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                     double from_msl_m, double until_msl_m, ab_wind_column **out, char reason[256], ab_error *err)
{
    ab__wind_ask ask = {.op = op,
                        .lon_deg = lon_deg,
                        .lat_deg = lat_deg,
                        .at = at,
                        .from_msl_m = from_msl_m,
                        .until_msl_m = until_msl_m,
                        .arena = ab__arena_new(),
                        .reason = reason,
                        .reason_rms_mps = INFINITY};
    char of_file_reason[AB_WIND_REASON], passed_over[AB_WIND_REASON];
    *out = NULL;
    (void)ab__c_snprintf(reason, AB_WIND_REASON,
                         "nothing says what the wind is: no forecast was given, and the table wind has no row for it");
    if (!ask.arena)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the wind was looked up");
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

void ab_wind_free(ab_wind_column *column)
{
    if (column)
        ab__arena_free(column->arena);
}
