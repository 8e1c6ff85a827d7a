/* Refused trips in words. */
#include <math.h>

#include "airbridge/record.h"
#include "base/arena.h"
#include "plan/why.h"

const char *ab__say_means(ab_means means)
{
    static const char *const words[] = {"by road", "by airlift", "by airdrop", "by helicopter", "by link"};
    return means >= 0 && means <= AB_MEANS_LINK ? words[means] : "by any means";
}

const char *ab__say_name(const char *name, const char *id)
{
    return name && name[0] ? name : id;
}

const char *ab__say_day(const ab_model *model, ab_time time, char out[AB_TIME_TEXT_CAP])
{
    return ab_day_format(time + (ab_time)llround(model->op->settings->utc_offset_s), out);
}

/* Of refusals with equal chance, the one that can sooner be talked about. */
static int rank(ab_reason reason)
{
    static const ab_reason order[] = {AB_REASON_CLOSED,     AB_REASON_NO_PERMISSION, AB_REASON_NO_ANSWER,
                                      AB_REASON_LOW_CHANCE, AB_REASON_NO_VEHICLE,    AB_REASON_NO_PATH};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (order[i] == reason)
            return i;
    return (int)(sizeof order / sizeof *order);
}

/* By which means the class could go: that no aeroplane lands there is no answer about a lorry. */
static bool serves(const ab_vehicle *vehicle, ab_means means)
{
    if (vehicle->mode == AB_MODE_ROAD)
        return means == AB_MEANS_ROAD;
    return vehicle->mode == AB_MODE_HELICOPTER ? means == AB_MEANS_HELICOPTER
                                               : means == AB_MEANS_AIRLIFT || means == AB_MEANS_AIRDROP;
}

static bool asked_about(const ab_model *model, const ab_question *q, const ab_refusal *refusal)
{
    if ((q->place >= 0 && refusal->place != q->place) || refusal->from >= q->until || refusal->until <= q->from)
        return false;
    if (q->by != 0 && (q->by >> refusal->means & 1) == 0)
        return false;
    if (refusal->kind < 0)
        return q->goods == 0 && (q->vehicle < 0 || serves(&model->op->vehicles.at[q->vehicle], refusal->means));
    const ab_trip_kind *kind = &model->trips->kind[refusal->kind];
    if (q->goods != 0 && (kind->commodities & q->goods) == 0)
        return false;
    return (q->vehicle < 0 || kind->vehicle == q->vehicle) && (q->hub < 0 || kind->hub == q->hub);
}

const ab_refusal *ab__why_refused(const ab_model *model, const ab_question *question)
{
    const ab_refusal *best = NULL;
    for (int32_t i = 0; i < model->trips->refusal_count; i++) {
        const ab_refusal *r = &model->trips->refusal[i];
        if (!asked_about(model, question, r))
            continue;
        if (!best || r->arrival.mean > best->arrival.mean ||
            (r->arrival.mean == best->arrival.mean && rank(r->reason) < rank(best->reason)))
            best = r;
    }
    return best;
}

const ab_refusal *ab__why_refused_category(const ab_model *model, int32_t place, ab_category category, int32_t from,
                                           int32_t until, uint32_t by)
{
    ab_question question = {place, -1, -1, from, until, 0, by};
    for (int32_t c = 0; c < model->commodities; c++) {
        int32_t g = model->need->commodity_group[c];
        if (g >= 0 && model->need->group[g].category == category)
            question.goods |= (uint64_t)1 << c;
    }
    const ab_refusal *refusal = question.goods != 0 ? ab__why_refused(model, &question) : NULL;
    question.goods = 0;
    return refusal ? refusal : ab__why_refused(model, &question);
}

static const char *say_request(const ab_model *model, const ab_refusal *refusal, ab_arena *arena)
{
    const ab_request *request = &model->op->requests.at[refusal->because.row];
    char asked[AB_TIME_TEXT_CAP], answered[AB_TIME_TEXT_CAP];
    const char *of = request->asked_of && request->asked_of[0] ? request->asked_of : "the authority";
    const char *means = ab__say_means(refusal->means);
    ab__say_day(model, request->asked_at, asked);
    bool given = request->reply >= 0 && request->reply != AB_REPLY_REFUSED;
    if (given && request->valid_until != AB_TIME_NONE &&
        request->valid_until <= ab_period_start(model->op, refusal->from))
        return ab__arena_printf(arena, "leave %s, given by %s (request %s), ended on %s", means, of, request->id,
                                ab__say_day(model, request->valid_until, answered));
    if (request->reply != AB_REPLY_REFUSED || refusal->reason == AB_REASON_NO_ANSWER)
        return ab__arena_printf(arena, "%s has not answered request %s, asked %s: no leave %s", of, request->id,
                                asked, means);
    if (request->reply_at == AB_TIME_NONE)
        return ab__arena_printf(arena, "leave %s was refused by %s (request %s, asked %s)", means, of, request->id, asked);
    return ab__arena_printf(arena, "leave %s was refused by %s on %s (request %s, asked %s)", means, of,
                            ab__say_day(model, request->reply_at, answered), request->id, asked);
}

/* Whose leave it is, as far as somebody is named. */
static const char *say_nobody_asked(const ab_model *model, const ab_refusal *refusal, ab_arena *arena)
{
    int32_t asked = ab_access_place(model->access, refusal->place, refusal->means, refusal->from)->asked;
    const char *means = ab__say_means(refusal->means);
    if (asked < 0)
        return ab__arena_printf(arena, "nobody was asked, or agreed, to deliveries %s", means);
    return ab__arena_printf(arena, "nobody was asked, or agreed, to deliveries %s: the leave of %s is missing", means,
                            ab_record_authorities(ab_access_record(model->access))->at[asked].name);
}

/* An agreement that does not permit: it has ended, has not begun, is of other hours, or lets no delivery through. */
static const char *say_agreement(const ab_model *model, const ab_refusal *refusal, ab_arena *arena)
{
    const ab_agreement *agreement = &model->op->agreements.at[refusal->because.row];
    const char *name = ab__say_name(agreement->name, agreement->id), *means = ab__say_means(refusal->means);
    char day[AB_TIME_TEXT_CAP];
    if (agreement->until != AB_TIME_NONE && agreement->until <= ab_period_start(model->op, refusal->from))
        return ab__arena_printf(arena, "leave %s ended on %s with \"%s\"", means,
                                ab__say_day(model, agreement->until, day), name);
    if (agreement->from >= ab_period_start(model->op, refusal->until))
        return ab__arena_printf(arena, "leave %s begins on %s with \"%s\"", means,
                                ab__say_day(model, agreement->from, day), name);
    if (refusal->reason == AB_REASON_CLOSED)
        return ab__arena_printf(arena, "none of the hours agreed %s falls into this time; see \"%s\"", means, name);
    if (refusal->reason == AB_REASON_HOURS)
        return ab__arena_printf(arena, "the hours agreed %s are too short for the way; see \"%s\"", means, name);
    return ab__arena_printf(arena, "\"%s\" lets nothing through %s by itself: ask for it", name, means);
}

/* "a03 (ACAPS, B2) says closed" */
static const char *say_side(const ab_report *report, ab_arena *arena)
{
    return ab__arena_printf(arena, "%s (%s%s%s%s) says %s", report->id, report->reported_by,
                            report->reported_by[0] != '\0' ? ", " : "",
                            ab_codes_reliability.codes[report->reliability].word,
                            ab_codes_credibility.codes[report->credibility].word,
                            ab_codes_state.codes[report->state].word);
}

static const char *say_report(const ab_model *model, const ab_refusal *refusal, ab_arena *arena)
{
    const ab_report *report = &model->op->access.at[refusal->because.row];
    char day[AB_TIME_TEXT_CAP];
    const char *said = ab__arena_printf(
        arena, "the way %s was reported %s on %s", ab__say_means(refusal->means),
        report->state >= 0 ? ab_codes_state.codes[report->state].word : "closed",
        ab__say_day(model, report->reported_at, day));
    if (said == NULL || refusal->denied_by.table != AB_TABLE_access)
        return said;
    const char *closed = say_side(report, arena);
    const char *open = say_side(&model->op->access.at[refusal->denied_by.row], arena);
    return closed != NULL && open != NULL
               ? ab__arena_printf(arena, "%s; contested: %s, %s", said, closed, open)
               : NULL;
}

const char *ab__say_refusal(const ab_model *model, const ab_refusal *refusal, ab_arena *arena)
{
    const char *means = ab__say_means(refusal->means);
    if (refusal->reason == AB_REASON_STRIPPED)
        return ab__say_stripped(model, refusal->because, "anything that is carried", refusal->means, arena);
    if (refusal->because.table == AB_TABLE_requests && refusal->because.row >= 0)
        return say_request(model, refusal, arena);
    if (refusal->because.table == AB_TABLE_agreements && refusal->because.row >= 0)
        return say_agreement(model, refusal, arena);
    if (refusal->because.table == AB_TABLE_access && refusal->because.row >= 0)
        return say_report(model, refusal, arena);
    switch (refusal->reason) {
    case AB_REASON_NO_PERMISSION:
        return say_nobody_asked(model, refusal, arena);
    case AB_REASON_NO_ANSWER:
        return ab__arena_printf(arena, "leave %s was asked and stands unanswered", means);
    case AB_REASON_LOW_CHANCE:
        return ab__arena_printf(arena, "deliveries %s are not sure enough", means);
    case AB_REASON_TRAVEL:
        return ab__arena_printf(arena, "a load sent %s arrives after the end of the operation", means);
    case AB_REASON_CLOSED:
        return ab__arena_printf(arena, "the way %s is closed, or open at no hour of work", means);
    default:
        return ab__arena_printf(arena, "%s: %s", means, ab_codes_reason.codes[refusal->reason].meaning);
    }
}

ab_why ab__why_of_refusal(const ab_model *model, const ab_refusal *refusal, int32_t period, ab_arena *arena)
{
    double least = model->op->settings->least_arrival_prob;
    ab_why why = {refusal->reason, refusal->because, -1, ab__say_refusal(model, refusal, arena)};
    const ab_access_cell *cell = ab_access_place(model->access, refusal->place, refusal->means, period);
    if (cell)
        why.evidence = cell->evidence;
    if (why.text && refusal->kind >= 0 && refusal->arrival.mean < least)
        why.text = ab__arena_printf(arena, "%s; chance %.0f %%, least allowed %.0f %%",
                                    why.text, 100 * refusal->arrival.mean, 100 * least);
    return why;
}
