/* Positions: that they lie together. One that does not is either far away, or was written latitude
 * first. The middle is the median and the spread the median distance from it, over hubs, places and
 * shapes, each counted once: up to half of them may be wrong without moving it much. */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "model/check.h"
#include "model/points.h"

/* No operation by road or aircraft is wider; beyond this and FAR_SPREADS of the spread is far. */
static const double WIDEST_DEG = 15;
static const double FAR_SPREADS = 4;
/* Where longitude and latitude are nearly alike (Syria, Iraq), a swapped position stays near. It is
 * warned of if nothing else lies within LONELY_DEG of it, and something within HOME_DEG of it swapped:
 * an honest outlier seldom has a neighbour in the mirror. Of two that are each other's mirror, the one
 * that swapping brings nearer to the middle is the wrong one. */
static const double LONELY_DEG = 0.75;
static const double HOME_DEG = 0.25;
enum { PAIRS_MOST = 20000000 }; /* compared; larger operations go without that warning */

static const double DEG = 3.14159265358979323846 / 180;

typedef struct middle {
    double lon_deg, lat_deg, spread_deg;
} middle;

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The lower one of two: a value that is there, whatever lies on both sides of the date line. */
static double median(double *values, int32_t count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[(count - 1) / 2];
}

/* In degrees of a great circle, as on a plane: good enough to tell far from near. */
static double distance_deg(const middle *from, double lon_deg, double lat_deg)
{
    double east_deg = remainder(lon_deg - from->lon_deg, 360) * cos(from->lat_deg * DEG);
    return hypot(east_deg, lat_deg - from->lat_deg);
}

/* Wind is given at many heights and times of one position, which would drown all others. */
static bool counts(const ab_point *point)
{
    return point->leads && point->table != AB_TABLE_wind;
}

static middle middle_of(const ab_points *points, double *scratch, int32_t *count)
{
    middle of = {0, 0, 0};
    int32_t n = 0;
    for (int32_t i = 0; i < points->count; i++)
        if (counts(&points->at[i]))
            scratch[n++] = points->at[i].lon_deg;
    *count = n;
    if (n == 0)
        return of;
    of.lon_deg = median(scratch, n);
    n = 0;
    for (int32_t i = 0; i < points->count; i++)
        if (counts(&points->at[i]))
            scratch[n++] = points->at[i].lat_deg;
    of.lat_deg = median(scratch, n);
    n = 0;
    for (int32_t i = 0; i < points->count; i++)
        if (counts(&points->at[i]))
            scratch[n++] = distance_deg(&of, points->at[i].lon_deg, points->at[i].lat_deg);
    of.spread_deg = median(scratch, n);
    return of;
}

static void raise_point(ab_check *check, const middle *of, const ab_point *point, int32_t code,
                        bool only_warning)
{
    ab_buf expected = AB_BUF_INIT, found = AB_BUF_INIT, hint = AB_BUF_INIT;
    char fix[AB_NUMBER_CAP];
    bool certain = code == AB_ISSUE_SWAPPED_COORDS && !only_warning &&
                   ab__check_column(point->table, point->column)->type == AB_TYPE_NUMBER;
    ab__buf_printf(&expected, "a position near the others, about %.4g %.4g (longitude, latitude)",
                   of->lon_deg, of->lat_deg);
    ab__buf_printf(&found, "%.9g %.9g", point->lon_deg, point->lat_deg);
    if (code == AB_ISSUE_SWAPPED_COORDS)
        ab__buf_printf(&hint, "%s %.9g %.9g? longitude comes first",
                       only_warning ? "is it" : "did you mean", point->lat_deg, point->lon_deg);
    ab__check_raise(check,
                    (ab_finding){.code = code,
                                 .table = point->table,
                                 .row = point->row,
                                 .column = point->column,
                                 .expected = ab__buf_text(&expected),
                                 .found = ab__buf_text(&found),
                                 .hint = ab__buf_text(&hint),
                                 /* the latitude comes here, and its cell gets the longitude */
                                 .fix = certain ? ab__number_format(point->lat_deg, fix) : NULL,
                                 .only_warning = only_warning});
    ab__buf_free(&expected);
    ab__buf_free(&found);
    ab__buf_free(&hint);
}

/* Is a position far from the middle, and which flaw is it then? */
static bool judged_far(ab_check *check, const middle *of, const ab_point *point)
{
    double away_deg = distance_deg(of, point->lon_deg, point->lat_deg);
    double far_deg = fmax(WIDEST_DEG, FAR_SPREADS * of->spread_deg);
    if (away_deg <= far_deg)
        return false;
    bool fits = fabs(point->lon_deg) <= 90 &&
                distance_deg(of, point->lat_deg, point->lon_deg) <= far_deg / 2;
    raise_point(check, of, point, fits ? AB_ISSUE_SWAPPED_COORDS : AB_ISSUE_FAR_AWAY, !fits);
    return true;
}

/* Does a position of another row lie within `deg` of this one? */
static bool has_neighbour(const ab_points *points, const ab_point *own, double lon_deg,
                          double lat_deg, double deg)
{
    const middle here = {lon_deg, lat_deg, 0};
    for (int32_t i = 0; i < points->count; i++) {
        const ab_point *other = &points->at[i];
        if ((other->table != own->table || other->row != own->row) &&
            fabs(other->lat_deg - lat_deg) <= deg &&
            distance_deg(&here, other->lon_deg, other->lat_deg) <= deg)
            return true;
    }
    return false;
}

static void judge_mirror(ab_check *check, const middle *of, const ab_points *points,
                         const ab_point *point)
{
    double lon_deg = point->lon_deg, lat_deg = point->lat_deg;
    bool nearer = fabs(lon_deg) <= 90 &&
                  distance_deg(of, lat_deg, lon_deg) < distance_deg(of, lon_deg, lat_deg);
    if (nearer && !has_neighbour(points, point, lon_deg, lat_deg, LONELY_DEG) &&
        has_neighbour(points, point, lat_deg, lon_deg, HOME_DEG))
        raise_point(check, of, point, AB_ISSUE_SWAPPED_COORDS, true);
}

void ab__check_positions(ab_check *check)
{
    ab_points points;
    if (!ab__points_of(check, &points))
        return;
    double *scratch = AB_NEW(check->work, double, points.count);
    if (scratch == NULL) {
        check->no_memory = true;
        return;
    }
    int32_t count;
    middle of = middle_of(&points, scratch, &count);
    if (count < 3)
        return; /* of two, either could be the wrong one */
    bool few = (int64_t)count * points.count <= PAIRS_MOST;
    bool told = false; /* once for a shape, whose vertices mostly err together */
    for (int32_t i = 0; i < points.count; i++) {
        const ab_point *point = &points.at[i];
        told = (told && !point->leads) || judged_far(check, &of, point);
        if (!told && few && counts(point))
            judge_mirror(check, &of, &points, point);
    }
}
