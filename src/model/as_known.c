/* An operation without what was said later. */
#include <math.h>

#include "base/arena.h"
#include "model/whole.h"

static bool is_known(ab_time said, ab_time at)
{
    return said == AB_TIME_NONE || said <= at;
}

static void set_given(ab_row_head *head, int column, bool given)
{
    uint64_t bit = (uint64_t)1 << column;
    head->given = given ? head->given | bit : head->given & ~bit;
}

static void forget_answer(ab_request *request)
{
    static const int columns[] = {AB_COL_request_reply, AB_COL_request_reply_at, AB_COL_request_conditions,
                                  AB_COL_request_valid_from, AB_COL_request_valid_until};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        set_given(&request->head, columns[i], false);
    request->reply = -1;
    request->reply_at = request->valid_from = request->valid_until = AB_TIME_NONE;
    request->conditions = "";
}

/* `now_at`: the new number of each request; -1: it is gone. */
static bool keep_requests(ab__whole *made, const ab_operation *op, ab_time at, int32_t *now_at)
{
    ab_request *rows = AB_NEW(made->op.arena, ab_request, op->requests.count);
    int32_t count = 0;
    for (int32_t i = 0; rows != NULL && i < op->requests.count; i++) {
        const ab_request *request = &op->requests.at[i];
        now_at[i] = is_known(request->asked_at, at) ? count : -1;
        if (now_at[i] < 0)
            continue;
        rows[count] = *request;
        if (!is_known(request->reply_at, at))
            forget_answer(&rows[count]);
        count++;
    }
    made->op.requests.at = rows;
    made->op.requests.count = count;
    made->rows[AB_TABLE_requests] = (ab_rows){rows, count};
    return rows != NULL;
}

static bool keep_agreements(ab__whole *made, const ab_operation *op, ab_time at)
{
    ab_agreement *rows = AB_NEW(made->op.arena, ab_agreement, op->agreements.count);
    int32_t count = 0;
    for (int32_t i = 0; rows != NULL && i < op->agreements.count; i++)
        if (is_known(op->agreements.at[i].known_at, at))
            rows[count++] = op->agreements.at[i];
    made->op.agreements.at = rows;
    made->op.agreements.count = count;
    made->rows[AB_TABLE_agreements] = (ab_rows){rows, count};
    return rows != NULL;
}

/* A movement is told of on its day, local. */
static bool keep_movements(ab__whole *made, const ab_operation *op, ab_time at, const int32_t *now_at)
{
    ab_movement *rows = AB_NEW(made->op.arena, ab_movement, op->movements.count);
    int32_t count = 0;
    for (int32_t i = 0; rows != NULL && i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        if (m->date - (ab_time)llround(op->settings->utc_offset_s) > at)
            continue;
        rows[count] = *m;
        rows[count].request = m->request >= 0 ? now_at[m->request] : -1;
        count++;
    }
    made->op.movements.at = rows;
    made->op.movements.count = count;
    made->rows[AB_TABLE_movements] = (ab_rows){rows, count};
    return rows != NULL;
}

static bool set_now(ab__whole *made, const ab_operation *op, ab_time at)
{
    ab_settings *settings = AB_NEW(made->op.arena, ab_settings, 1);
    if (settings == NULL)
        return false;
    *settings = *op->settings;
    settings->as_of = at;
    set_given(&settings->head, AB_COL_settings_as_of, true);
    made->op.settings = settings;
    made->rows[AB_TABLE_operation] = (ab_rows){settings, 1};
    return true;
}

ab_status ab_operation_as_known(const ab_operation *op, ab_time at, ab_operation **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab__whole *made = arena == NULL ? NULL : AB_NEW(arena, ab__whole, 1);
    int32_t *now_at = made == NULL ? NULL : AB_NEW(arena, int32_t, op->requests.count);
    *out = NULL;
    if (now_at != NULL) {
        *made = *(const ab__whole *)op;
        made->op.arena = arena;
    }
    if (now_at == NULL || !set_now(made, op, at) || !keep_requests(made, op, at, now_at) || !keep_agreements(made, op, at) ||
        !keep_movements(made, op, at, now_at)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while later rows were left out");
    }
    *out = &made->op;
    return AB_OK;
}
