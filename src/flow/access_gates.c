/* The chain of gatekeepers of each place: whose leave, whether it sets out, whose gate, what reports say. */
#include <math.h>

#include "base/vec.h"
#include "flow/access.h"

typedef struct chain {
    const ab__shown *at;
    const ab_record *record;
    const ab_access_cell *cell;
    ab__lane lane;
    const char *subject;
    AB_VEC(ab_access_gate) gate;
    bool failed;
} chain;

/* A step of the chain without a record behind it. */
static ab_access_gate *add(chain *c, const char *step, int32_t authority, ab_chance chance, const char *words)
{
    ab_access_gate *row = AB_PUSH(&c->gate);
    const char *name = ab__authority_name(c->at, authority);
    c->failed = c->failed || row == NULL || words == NULL || name == NULL;
    if (row != NULL)
        *row = (ab_access_gate){.subject = c->subject,
                                .means = ab__lane_means(c->lane),
                                .step = step,
                                .authority = name != NULL ? name : "",
                                .prob = chance.mean,
                                .prob_low = chance.low,
                                .prob_high = chance.high,
                                .cases = -1,
                                .good = -1,
                                .pooled_prob = NAN,
                                .pooled_cases = NAN,
                                .last_seen = "",
                                .last_seen_at = AB_TIME_NONE,
                                .memory_days = NAN,
                                .memory_trust = NAN,
                                .by = "",
                                .hold_prob_per_day = NAN,
                                .words = words != NULL ? words : ""};
    return row;
}

/* On which row it rests. */
static void rest_on(chain *c, ab_access_gate *row, ab_ref by)
{
    const char *name = ab__row_name(c->at, (ab_input_table)by.table, by.row);
    c->failed = c->failed || name == NULL;
    if (row != NULL && name != NULL)
        row->by = name;
}

static void add_record(ab_access_gate *row, ab_learnt learnt)
{
    if (row == NULL)
        return;
    row->cases = learnt.rows;
    row->good = learnt.good_rows;
    row->pooled_prob = learnt.pooled_mean;
    row->pooled_cases = learnt.firm_cases;
}

/* ---- Leave ---- */

static void add_given(chain *c)
{
    const ab__shown *at = c->at;
    ab_refs rows = ab_access_evidence(at->access, c->cell->evidence);
    ab_ref by = {-1, -1};
    for (int32_t i = 0; i < rows.count && by.row < 0; i++)
        if (rows.at[i].table == AB_TABLE_agreements || rows.at[i].table == AB_TABLE_requests)
            by = rows.at[i];
    ab_access_gate *row = add(c, "leave", c->cell->asked, c->cell->leave, "given");
    if (row == NULL || by.row < 0)
        return;
    rest_on(c, row, by);
    if (by.table == AB_TABLE_agreements) {
        row->hold_prob_per_day = at->op->agreements.at[by.row].hold_prob_per_day;
        row->words = "agreed; it still holds on the day";
    } else {
        row->words = "approved";
    }
}

/* A request that waits, or one that would be made now: it is answered by then, and with yes. */
static void add_hoped(chain *c, int32_t t)
{
    const ab__shown *at = c->at;
    int32_t request = ab__evidence_row(at->access, c->cell, AB_TABLE_requests);
    bool asked = c->cell->permission == AB_PERMISSION_UNANSWERED && request >= 0;
    ab_time now = ab_record_now(at->op), since = asked ? at->op->requests.at[request].asked_at : now;
    double waited_s = now > since ? (double)(now - since) : 0;
    double more_s = (double)(ab_period_start(at->op, t) - (now > since ? now : since));
    ab_chance answered = ab_record_answered(c->record, c->cell->asked, waited_s, more_s);
    double days = ab_record_answer_days(c->record, c->cell->asked);
    ab_chance week = ab_record_answered(c->record, c->cell->asked, waited_s, 7 * 86400.0);
    ab_access_gate *row =
        add(c, "answer", c->cell->asked, answered,
            ab__arena_printf(at->arena, "%s %.0f days; within a week from now %.0f %%; answers that come take %.0f days",
                             asked ? "has waited" : "nobody asked: as if today, waited", waited_s / 86400, 100 * week.mean, days));
    add_record(row, ab_record_stage(c->record, c->cell->asked, AB_STAGE_ANSWER, 0));
    if (asked)
        rest_on(c, row, (ab_ref){AB_TABLE_requests, request});
    ab_learnt yes = ab_record_stage(c->record, c->cell->asked, AB_STAGE_YES, 0);
    add_record(add(c, "yes", c->cell->asked, yes.chance, "its answers that gave leave"), yes);
}

static void add_leave(chain *c, int32_t t)
{
    switch (c->cell->permission) {
    case AB_PERMISSION_GIVEN:
        add_given(c);
        break;
    case AB_PERMISSION_REFUSED: {
        int32_t request = ab__evidence_row(c->at->access, c->cell, AB_TABLE_requests);
        rest_on(c, add(c, "leave", c->cell->asked, c->cell->leave, "refused: one in fifty gets leave all the same (assumed)"),
                (ab_ref){AB_TABLE_requests, request});
        break;
    }
    default:
        add_hoped(c, t);
    }
}

/* ---- After leave ---- */

static bool names_place(const ab_agreement *a, int32_t place)
{
    for (int32_t i = 0; i < a->subjects.count; i++)
        if (a->subjects.at[i].table == AB_TABLE_places && a->subjects.at[i].row == place)
            return true;
    return false;
}

/* On what it sets out; as access has it. */
static ab_leave leave_of(const chain *c, int32_t t)
{
    int32_t place = c->lane.subject.row;
    bool given = c->cell->permission == AB_PERMISSION_GIVEN;
    if (c->lane.means != AB_MEANS_ROAD)
        return given ? AB_LEAVE_AIR : AB_LEAVE_ANSWER;
    ab_refs rows = ab_access_evidence(c->at->access, c->cell->evidence);
    for (int32_t i = 0; given && i < rows.count; i++) {
        if (rows.at[i].table == AB_TABLE_agreements)
            return names_place(&c->at->op->agreements.at[rows.at[i].row], place) ? AB_LEAVE_PROMISE : AB_LEAVE_ANSWER;
        if (rows.at[i].table == AB_TABLE_requests)
            break;
    }
    return ab_record_leave(c->record, place, AB_MODE_ROAD, ab_period_start(c->at->op, t));
}

/* A stage of an authority, moved towards what was seen last there; by air nothing is remembered. */
static void add_stage(chain *c, const char *step, ab_stage stage, int32_t kind, int32_t authority, int32_t t)
{
    static const char *const on[] = {"on an approval", "on a promise that names the place", "with clearance to fly"};
    int32_t place = c->lane.subject.row;
    ab_learnt learnt = ab_record_stage(c->record, authority, stage, kind);
    ab_chance chance = learnt.chance;
    ab_time since = AB_TIME_NONE;
    int last = -1;
    if (c->lane.means == AB_MEANS_ROAD) {
        chance = ab_record_remembered(c->record, chance, stage, authority, place, ab_period_start(c->at->op, t));
        last = ab_record_last(c->record, stage, authority, place, &since);
    }
    ab_access_gate *row = add(c, step, authority, chance, stage == AB_STAGE_GO ? on[kind] : "at its gate");
    add_record(row, learnt);
    if (row == NULL || last < 0)
        return;
    bool told;
    row->last_seen = last == 1 ? "yes" : "no";
    row->last_seen_at = since;
    row->memory_days = ab_record_memory_days(c->record, &told);
    row->memory_trust = ab_record_memory_trust(c->record);
}

static void add_chain(chain *c, int32_t t)
{
    if (c->cell->permission != AB_PERMISSION_NOT_NEEDED) {
        int32_t ring = ab_record_besieger(c->record, c->lane.subject.row);
        add_leave(c, t);
        add_stage(c, "set out", AB_STAGE_GO, (int32_t)leave_of(c, t), c->cell->asked, t);
        if (c->lane.means == AB_MEANS_ROAD)
            add_stage(c, "let through", AB_STAGE_PASS, 0, c->cell->asked, t);
        if (c->lane.means == AB_MEANS_ROAD && ring >= 0 && c->cell->asked >= 0 && ring != c->cell->asked)
            add_stage(c, "let through", AB_STAGE_PASS, 0, ring, t);
    }
    add(c, "open as reported", -1, c->cell->state, c->cell->closed ? "reports say closed" : c->cell->contested ? "reports disagree" : "");
}

bool ab__table_access_gates(ab_result *result, const ab__shown *at, const ab__lane *lane, int32_t count)
{
    chain c = {.at = at, .record = ab_access_record(at->access)};
    for (int32_t i = 0; i < count && !c.failed; i++) {
        if (lane[i].subject.table != AB_TABLE_places)
            continue;
        c.lane = lane[i];
        c.cell = ab__lane_cell(at, lane[i], at->t);
        c.subject = ab__lane_subject(at, lane[i].subject);
        c.failed = c.subject == NULL;
        if (!c.failed)
            add_chain(&c, at->t);
    }
    bool fine = ab__table_keep(result, AB_TABLE_access_gates, c.gate.at, c.gate.count, sizeof *c.gate.at, c.failed);
    AB_VEC_FREE(&c.gate);
    return fine;
}
