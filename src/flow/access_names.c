/* Lanes, rows and authorities in words. */
#include <math.h>

#include "flow/access.h"
#include "schema/convert.h"

const ab_access_cell *ab__lane_cell(const ab__shown *at, ab__lane lane, int32_t t)
{
    switch (lane.subject.table) {
    case AB_TABLE_places:
        return ab_access_place(at->access, lane.subject.row, lane.means, t);
    case AB_TABLE_hubs:
        return ab_access_hub(at->access, lane.subject.row, lane.means, t);
    default:
        return ab_access_way(at->access, (ab_input_table)lane.subject.table, lane.subject.row, t);
    }
}

const char *ab__row_name(const ab__shown *at, ab_input_table table, int32_t row)
{
    ab_ref ref = {(int32_t)table, row};
    return row < 0 ? "" : ab__refs_text(at->arena, at->op, (ab_refs){1, &ref}, UINT32_MAX);
}

const char *ab__lane_subject(const ab__shown *at, ab_ref subject)
{
    return ab__row_name(at, (ab_input_table)subject.table, subject.row);
}

const char *ab__lane_means(ab__lane lane)
{
    return lane.means == AB_MEANS_LINK ? "" : ab_codes_means.codes[lane.means].word;
}

const char *ab__local_day(const ab_operation *op, ab_time time, char out[AB_TIME_TEXT_CAP])
{
    return ab_day_format(time == AB_TIME_NONE ? time : time + (ab_time)llround(op->settings->utc_offset_s), out);
}

const char *ab__authority_name(const ab__shown *at, int32_t authority)
{
    const ab_authorities *all = ab_record_authorities(ab_access_record(at->access));
    return authority < 0 ? "" : ab__arena_text(at->arena, all->at[authority].name);
}

int32_t ab__evidence_row(const ab_access *access, const ab_access_cell *cell, ab_input_table table)
{
    ab_refs rows = ab_access_evidence(access, cell->evidence);
    for (int32_t i = 0; i < rows.count; i++)
        if (rows.at[i].table == (int32_t)table)
            return rows.at[i].row;
    return -1;
}

/* ---- What is missing ---- */

static const char *never_asked(const ab__shown *at, const ab_access_cell *cell)
{
    const char *who = ab__authority_name(at, cell->asked);
    int32_t row = ab__evidence_row(at->access, cell, AB_TABLE_agreements);
    char day[AB_TIME_TEXT_CAP];
    if (row < 0 || who == NULL)
        return who == NULL ? NULL : who[0] ? ab__arena_printf(at->arena, "leave of %s: nobody asked", who) : "somebody's leave: nobody asked";
    const ab_agreement *a = &at->op->agreements.at[row];
    if (a->until != AB_TIME_NONE && a->until <= at->now)
        return ab__arena_printf(at->arena, "leave: %s ended on %s, and nobody asked", a->id, ab__local_day(at->op, a->until, day));
    return ab__arena_printf(at->arena, "leave: %s can be used from %s on, and nobody asked", a->id,
                            ab__local_day(at->op, ab_access_usable_from(at->op, row), day));
}

const char *ab__missing_leave(const ab__shown *at, const ab_access_cell *cell)
{
    int32_t row = ab__evidence_row(at->access, cell, AB_TABLE_requests);
    const ab_request *request = row >= 0 ? &at->op->requests.at[row] : NULL;
    const char *who = ab__authority_name(at, cell->asked);
    char day[AB_TIME_TEXT_CAP];
    if (who == NULL)
        return NULL;
    who = who[0] ? who : "whoever was asked";
    if (cell->permission == AB_PERMISSION_UNANSWERED && request != NULL)
        return ab__arena_printf(at->arena, "no answer of %s since %s (request %s)", who,
                                ab__local_day(at->op, request->asked_at, day), request->id);
    if (cell->permission == AB_PERMISSION_REFUSED && request != NULL)
        return request->reply_at == AB_TIME_NONE
                   ? ab__arena_printf(at->arena, "refused by %s (request %s)", who, request->id)
                   : ab__arena_printf(at->arena, "refused by %s on %s (request %s)", who,
                                      ab__local_day(at->op, request->reply_at, day), request->id);
    return cell->permission == AB_PERMISSION_NONE ? never_asked(at, cell) : "";
}
