/* Commitments against what is known of the way on their day: reports, agreements and answers. The plan weighs
 * all evidence (docs/models/access.md); here only what is plain is told, before anybody plans. */
#include <math.h>

#include "geo/geodesic.h"
#include "model/check.h"

enum { PAIRS_MOST = 20000000, DAY_S = 86400 }; /* larger operations go without these warnings */

/* A commitment to go somewhere on a day by a class of vehicle. */
typedef struct going {
    const ab_commitment *c;
    const ab_place *place;
    int32_t mode;        /* of its vehicle; -1: not known */
    ab_time from, until; /* its day */
} going;

static bool covers(int32_t mode, const going *of)
{
    switch (of->mode) {
    case AB_MODE_ROAD:
        return ab_mode_covers(mode, AB_MEANS_ROAD);
    case AB_MODE_HELICOPTER:
        return ab_mode_covers(mode, AB_MEANS_HELICOPTER);
    case AB_MODE_AIR: /* lands or drops: what says no to one of them says not all */
        return mode < 0 || mode == AB_MODE_AIR;
    default:
        return mode < 0;
    }
}

/* Where it is not said what is carried, what is open for some load is open, and what is closed for some is not
 * closed. */
static bool scoped(const ab_operation *op, const ab_report *report, const going *of)
{
    if (report->commodities.count == 0 || of->c->commodity >= 0)
        return report->commodities.count == 0 ||
               ab_scope_has(op, &report->commodities, of->c->commodity);
    return report->state != AB_STATE_CLOSED;
}

/* The state that the newest report with weight gives to `subject` on the day; -1: none says anything. */
static int32_t newest_state(const ab_operation *op, ab_ref subject, const going *of)
{
    int32_t state = -1;
    ab_time newest = AB_TIME_NONE;
    for (int32_t r = 0; r < op->access.count; r++) {
        const ab_report *report = &op->access.at[r];
        ab_time since = report->from != AB_TIME_NONE ? report->from : report->reported_at;
        bool weighty =
            report->reliability != AB_RELIABILITY_F && report->credibility != AB_CREDIBILITY_6;
        if (report->subject.table != subject.table || report->subject.row != subject.row ||
            !weighty || !covers(report->mode, of) || !scoped(op, report, of) ||
            !ab_known_at(op, report->reported_at) || since >= of->until || (report->until != AB_TIME_NONE && report->until <= of->from) ||
            report->reported_at < newest)
            continue;
        newest = report->reported_at;
        state = report->state;
    }
    return state;
}

/* Are there roads to the place, and is each of them closed? `road` is one of them. */
static bool roads_closed(const ab_check *check, const going *of, int32_t *road)
{
    const ab_operation *op = check->op;
    double snap_m = op->settings->snap_m;
    *road = -1;
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        bool leads = false;
        for (int32_t v = 0; shape->kind == AB_SHAPE_LINE && v < shape->part_start[1] && !leads;
             v++) {
            const double *at = shape->lon_lat_deg + 2 * (size_t)v;
            leads = fabs(at[1] - of->place->lat_deg) < 2 &&
                    ab__geodesic_m(at[0], at[1], of->place->lon_deg, of->place->lat_deg) <= snap_m;
        }
        if (!leads)
            continue;
        if (newest_state(op, (ab_ref){AB_TABLE_roads, r}, of) != AB_STATE_CLOSED)
            return false;
        *road = r;
    }
    return *road >= 0;
}

static void raise(ab_check *check, int32_t row, int32_t column, int32_t code, const char *expected,
                  const char *id, const char *hint)
{
    ab__check_expect(check,
                     (ab_finding){.code = code,
                                  .table = AB_TABLE_commitments,
                                  .row = row,
                                  .column = column,
                                  .hint = hint},
                     expected, id);
}

static void check_closed(ab_check *check, int32_t row, const going *of)
{
    const ab_operation *op = check->op;
    int32_t road;
    const ab_ref place = {AB_TABLE_places, of->c->place}, hub = {AB_TABLE_hubs, of->c->hub};
    const char *hint =
        "the newest report says closed: move it, or add the report that opens the way";
    if (newest_state(op, place, of) == AB_STATE_CLOSED)
        raise(check, row, AB_COL_commitment_date, AB_ISSUE_COMMITTED_CLOSED,
              "a day on which place:%s is not reported closed", of->place->id, hint);
    else if (hub.row >= 0 && newest_state(op, hub, of) == AB_STATE_CLOSED)
        raise(check, row, AB_COL_commitment_date, AB_ISSUE_COMMITTED_CLOSED,
              "a day on which hub:%s is not reported closed", op->hubs.at[hub.row].id, hint);
    else if (of->mode == AB_MODE_ROAD && !isnan(of->place->lon_deg) && !isnan(of->place->lat_deg) &&
             roads_closed(check, of, &road))
        raise(check, row, AB_COL_commitment_date, AB_ISSUE_COMMITTED_CLOSED,
              "a day on which a road to the place is not reported closed, as road:%s is",
              op->roads.at[road].id, hint);
}

static bool names_place(const ab_agreement *a, int32_t place)
{
    for (int32_t i = 0; i < a->subjects.count; i++)
        if (a->subjects.at[i].table == AB_TABLE_places && a->subjects.at[i].row == place)
            return true;
    return a->subjects.count == 0;
}

typedef enum consent { NOBODY_ASKED, REFUSED, UNANSWERED, OTHER_DAYS, GIVEN } consent;

/* What the agreements and the answers to requests say of the day; the best of them. */
static consent consent_of(const ab_operation *op, const going *of)
{
    consent best = NOBODY_ASKED;
    for (int32_t r = 0; r < op->agreements.count && best < GIVEN; r++) {
        const ab_agreement *a = &op->agreements.at[r];
        if (!names_place(a, of->c->place) || !(covers(a->mode, of) || of->mode != AB_MODE_ROAD))
            continue;
        bool holds = a->from < of->until && (a->until == AB_TIME_NONE || a->until > of->from);
        best = holds ? GIVEN : OTHER_DAYS;
    }
    for (int32_t r = 0; r < op->requests.count && best < GIVEN; r++) {
        const ab_request *q = &op->requests.at[r];
        consent said = q->reply < 0                   ? UNANSWERED
                       : q->reply == AB_REPLY_REFUSED ? REFUSED
                                                      : OTHER_DAYS;
        if (q->place != of->c->place)
            continue;
        if (said == OTHER_DAYS && !(q->valid_from != AB_TIME_NONE && q->valid_from >= of->until) &&
            !(q->valid_until != AB_TIME_NONE && q->valid_until <= of->from))
            said = GIVEN;
        best = said > best ? said : best;
    }
    return best;
}

static void check_consent(ab_check *check, int32_t row, const going *of)
{
    if (of->place->cut_off_since == AB_TIME_NONE || of->place->cut_off_since >= of->until)
        return;
    switch (consent_of(check->op, of)) {
    case NOBODY_ASKED:
        raise(check, row, AB_COL_commitment_place, AB_ISSUE_COMMITTED_UNASKED,
              "an agreement on %s, which is cut off, or a request for it", of->place->id,
              "nobody was asked: ask now");
        break;
    case REFUSED:
        raise(check, row, AB_COL_commitment_place, AB_ISSUE_COMMITTED_UNASKED,
              "an agreement on %s, or a request for it that was approved", of->place->id,
              "every request for it was refused");
        break;
    case UNANSWERED:
        raise(check, row, AB_COL_commitment_place, AB_ISSUE_COMMITTED_UNASKED,
              "an agreement on %s, or a request for it that was approved", of->place->id,
              "its request was never answered: chase the answer");
        break;
    case OTHER_DAYS:
        if (of->c->date != AB_TIME_NONE)
            raise(check, row, AB_COL_commitment_date, AB_ISSUE_COMMITTED_CLOSED,
                  "a day on which an agreement or an answer lets convoys into %s", of->place->id,
                  "what is agreed holds on other days");
        break;
    case GIVEN:
        break;
    }
}

static void check_row(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_commitment *c = &op->commitments.at[row];
    bool past = c->state == AB_PROGRESS_DONE || ab_commitment_is_over(op, row);
    if (past || c->place < 0 || (c->lock != AB_LOCK_FIXED && c->lock != AB_LOCK_AT_LEAST))
        return;
    going of = {c, &op->places.at[c->place], c->vehicle < 0 ? -1 : op->vehicles.at[c->vehicle].mode,
                op->settings->start, op->settings->end};
    if (c->date != AB_TIME_NONE) {
        of.from = c->date - (ab_time)llround(op->settings->utc_offset_s);
        of.until = of.from + DAY_S;
        check_closed(check, row, &of);
    }
    if (of.from != AB_TIME_NONE && of.until > of.from)
        check_consent(check, row, &of);
}

void ab__check_commitments(ab_check *check)
{
    const ab_operation *op = check->op;
    int64_t vertices = 0, said = op->access.count + op->agreements.count + op->requests.count;
    for (int32_t r = 0; r < op->roads.count; r++)
        if (op->roads.at[r].shape.kind == AB_SHAPE_LINE)
            vertices += op->roads.at[r].shape.part_start[1];
    if (op->commitments.count * (vertices + said) > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < op->commitments.count; r++)
        check_row(check, r);
}
