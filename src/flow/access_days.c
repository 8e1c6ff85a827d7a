/* The chance of each lane, period by period. */
#include "base/buf.h"
#include "flow/access.h"

static const char *const permission_words[] = {
    [AB_PERMISSION_NOT_NEEDED] = "not needed",
    [AB_PERMISSION_GIVEN] = "given",
    [AB_PERMISSION_REFUSED] = "refused",
    [AB_PERMISSION_UNANSWERED] = "unanswered",
    [AB_PERMISSION_NONE] = "none",
};

static const char *name_of(const ab_operation *op, ab_ref subject)
{
    switch (subject.table) {
    case AB_TABLE_places:
        return op->places.at[subject.row].name;
    case AB_TABLE_hubs:
        return op->hubs.at[subject.row].name;
    case AB_TABLE_roads:
        return op->roads.at[subject.row].name;
    default:
        return "";
    }
}

/* "flour; oil", "all" or "none"; NULL: out of memory. */
static const char *goods_of(const ab__shown *at, uint64_t bits)
{
    int32_t count = at->op->commodities.count, carried = 0;
    ab_buf text = AB_BUF_INIT;
    for (int32_t c = 0; c < count; c++) {
        if ((bits >> c & 1) == 0)
            continue;
        carried++;
        ab__buf_printf(&text, "%s%s", text.size ? "; " : "", at->op->commodities.at[c].id);
    }
    const char *kept = carried == count ? "all" : carried == 0 ? "none" : ab__arena_text(at->arena, ab__buf_text(&text));
    kept = text.failed ? NULL : kept;
    ab__buf_free(&text);
    return kept;
}

/* Texts of a lane are the same from one period to the next where its cell says the same. */
static bool same_texts(const ab_access_cell *a, const ab_access_cell *b)
{
    return a != NULL && a->evidence == b->evidence && a->permission == b->permission && a->asked == b->asked &&
           a->commodities == b->commodities && a->says_open == b->says_open && a->says_closed == b->says_closed;
}

static bool add_texts(const ab__shown *at, const ab_access_cell *cell, ab_access_day *row)
{
    row->asked_of = ab__authority_name(at, cell->asked);
    row->missing = ab__missing_leave(at, cell);
    row->says_open = ab__row_name(at, AB_TABLE_access, cell->says_open);
    row->says_closed = ab__row_name(at, AB_TABLE_access, cell->says_closed);
    row->goods = goods_of(at, cell->commodities);
    row->because = ab__refs_text(at->arena, at->op, ab_access_evidence(at->access, cell->evidence), UINT32_MAX);
    return row->asked_of && row->missing && row->says_open && row->says_closed && row->goods && row->because;
}

static void add_figures(const ab__shown *at, const ab_access_cell *cell, int32_t t, ab_access_day *row)
{
    row->from = ab_period_start(at->op, t);
    row->until = ab_period_start(at->op, t + 1);
    row->pass_prob = cell->pass.mean;
    row->pass_prob_low = cell->pass.low;
    row->pass_prob_high = cell->pass.high;
    row->permission = permission_words[cell->permission];
    row->leave_prob = cell->leave.mean;
    row->go_prob = cell->go.mean;
    row->gate_prob = cell->gate.mean;
    row->state_prob = cell->state.mean;
    row->closed = cell->closed;
    row->contested = cell->contested;
}

bool ab__table_access_days(ab_result *result, const ab__shown *at, const ab__lane *lane, int32_t count)
{
    int32_t periods = at->op->period_count, rows = 0;
    ab_access_day *row = AB_NEW(at->arena, ab_access_day, (int64_t)count * periods);
    for (int32_t i = 0; row != NULL && i < count; i++) {
        const ab_access_cell *last = NULL;
        const char *subject = ab__lane_subject(at, lane[i].subject);
        for (int32_t t = 0; t < periods; t++, rows++) {
            const ab_access_cell *cell = ab__lane_cell(at, lane[i], t);
            row[rows] = same_texts(last, cell) ? row[rows - 1] : (ab_access_day){.subject = subject};
            row[rows].name = name_of(at->op, lane[i].subject);
            row[rows].means = ab__lane_means(lane[i]);
            add_figures(at, cell, t, &row[rows]);
            if (subject == NULL || (!same_texts(last, cell) && !add_texts(at, cell, &row[rows])))
                return false;
            last = cell;
        }
    }
    result->rows[AB_TABLE_access_days] = (ab_rows){row, rows};
    return row != NULL;
}
