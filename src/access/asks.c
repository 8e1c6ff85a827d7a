#include "access/asks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/vec.h"

/* One case as it was found; `day` tells which cases hang on one decision. A convoy has a row for each of its goods: those with one
 * place and request on one day are one convoy. */
typedef struct found {
    ab_stage stage;
    int32_t kind, authority;
    int64_t day;
    int32_t place, request; /* of a convoy; place -1: of a request */
    bool good, unasked;
} found;

typedef struct builder {
    ab__funnel *funnel;
    ab_arena *arena;
    AB_VEC(found) cases;
    AB_VEC(ab__passing) passing;
    bool failed;
} builder;

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* ---- What was known ---- */

static bool known(const ab__funnel *funnel, ab_time at)
{
    return at != AB_TIME_NONE && at <= funnel->now;
}

/* One that does not say when it became known was known before the start. */
static bool is_agreed(const ab_agreement *agreement, ab_time now)
{
    return agreement->known_at == AB_TIME_NONE || agreement->known_at <= now;
}

/* The local day, counted from 1970: decisions are made by the day. */
static int64_t local_day(const ab_operation *op, ab_time at)
{
    ab_time local = at + (ab_time)llround(op->settings->utc_offset_s);
    return local / 86400 - (local % 86400 < 0);
}

/* ---- Who answers for a place ---- */

/* Is `name` `known` and more words behind it? Both folded. */
static bool begins_with(const char *name, const char *known)
{
    size_t length = strlen(known);
    return length > 0 && strncmp(name, known, length) == 0 && name[length] == ' ';
}

/* Who was asked, or agreed, by now is somebody who can answer. */
static bool *find_asked(const ab__funnel *funnel, ab_arena *arena)
{
    const ab_operation *op = funnel->op;
    const ab_authorities *all = funnel->authorities;
    bool *asked = AB_NEW(arena, bool, all->count);
    for (int32_t r = 0; asked != NULL && r < op->requests.count; r++) {
        if (all->asked_of[r] >= 0 && known(funnel, op->requests.at[r].asked_at)) {
            asked[all->asked_of[r]] = true;
        }
    }
    for (int32_t a = 0; asked != NULL && a < op->agreements.count; a++) {
        for (int32_t i = 0; is_agreed(&op->agreements.at[a], funnel->now) && i < all->parties[a].count; i++) {
            asked[all->parties[a].at[i]] = true;
        }
    }
    return asked;
}

/* "Government of Syria and allied forces" answers as the Government of Syria does where that is who is asked: the
 * longest such name. */
static int32_t answers_as(const ab_authorities *all, const bool *asked, int32_t authority, ab_buf name[2])
{
    int32_t best = authority;
    size_t longest = 0;
    ab__buf_clear(&name[0]);
    ab__fold(all->at[authority].name, &name[0]);
    for (int32_t a = 0; a < all->count && !asked[authority]; a++) {
        ab__buf_clear(&name[1]);
        ab__fold(all->at[a].name, &name[1]);
        const char *known = ab__buf_text(&name[1]);
        if (asked[a] && begins_with(ab__buf_text(&name[0]), known) && strlen(known) > longest) {
            longest = strlen(known);
            best = a;
        }
    }
    return best;
}

static bool find_besiegers(builder *b)
{
    const ab_operation *op = b->funnel->op;
    const ab_authorities *all = b->funnel->authorities;
    int32_t *besieger = AB_NEW(b->arena, int32_t, op->places.count);
    bool *asked = find_asked(b->funnel, b->arena);
    ab_buf name[2] = {{0}, {0}};
    for (int32_t p = 0; besieger != NULL && asked != NULL && p < op->places.count; p++) {
        besieger[p] = all->besieged_by[p].count > 0 ? answers_as(all, asked, all->besieged_by[p].at[0], name) : -1;
    }
    bool fine = besieger != NULL && asked != NULL && !name[0].failed && !name[1].failed;
    ab__buf_free(&name[0]);
    ab__buf_free(&name[1]);
    b->funnel->besieger = besieger;
    return fine;
}

/* ---- What became of a convoy ---- */

/* A movement is known when its day, local, is over. */
static ab_time day_over(const ab_operation *op, const ab_movement *m)
{
    return m->date - (ab_time)llround(op->settings->utc_offset_s) + 86400;
}

static double kg(double mass_kg)
{
    return isnan(mass_kg) ? 0 : mass_kg;
}

/* `stopped_at` says so: it never left. */
static bool set_out(const ab_movement *m)
{
    static const char held[] = "before loading";
    for (size_t i = 0; held[i] != '\0'; i++) {
        char c = m->stopped_at[i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != held[i]) {
            return true;
        }
    }
    return false;
}

/* Something was received; or nothing is told of a stop, a return or a loss. Where it is told that nothing was received, the
 * load passed only if that is because it was taken off. */
static bool passed(const ab_movement *m)
{
    if (!set_out(m)) {
        return false;
    }
    if (kg(m->offloaded_kg) > 0) {
        return true;
    }
    bool is_hindered = m->stopped_at[0] != '\0' || kg(m->returned_kg) > 0 || kg(m->lost_kg) > 0;
    return !is_hindered && (isnan(m->offloaded_kg) || kg(m->removed_kg) > 0);
}

/* A few packages less are a matter of counting. */
static bool is_full(const ab_movement *m)
{
    return kg(m->offloaded_kg) >= 0.95 * (kg(m->loaded_kg) - kg(m->removed_kg) - kg(m->lost_kg));
}

/* Its vehicle tells, else its request, else where it came from. */
static bool by_road(const ab_operation *op, const ab_movement *m)
{
    if (m->vehicle >= 0) {
        return op->vehicles.at[m->vehicle].mode == AB_MODE_ROAD;
    }
    if (m->request >= 0) {
        return ab_mode_covers(op->requests.at[m->request].mode, AB_MEANS_ROAD);
    }
    return m->hub < 0 || op->hubs.at[m->hub].kind != AB_HUB_AIRFIELD;
}

bool ab_record_is_by_request(const ab_operation *op, int32_t movement, int32_t request)
{
    const ab_movement *m = &op->movements.at[movement];
    return m->request == request && by_road(op, m) == ab_mode_covers(op->requests.at[request].mode, AB_MEANS_ROAD);
}

bool ab_record_is_let_through(const ab_operation *op, int32_t movement)
{
    return passed(&op->movements.at[movement]);
}

ab_leave ab__leave_at(const ab_operation *op, int32_t place, ab_mode mode, ab_time t, ab_time now)
{
    if (!ab_mode_covers((int32_t)mode, AB_MEANS_ROAD)) {
        return AB_LEAVE_AIR;
    }
    for (int32_t a = 0; a < op->agreements.count; a++) {
        const ab_agreement *agreement = &op->agreements.at[a];
        bool in_force = is_agreed(agreement, now) && agreement->from <= t &&
                        (agreement->until == AB_TIME_NONE || t < agreement->until);
        bool for_road = agreement->mode < 0 || ab_mode_covers(agreement->mode, AB_MEANS_ROAD);
        for (int32_t i = 0; in_force && for_road && agreement->kind == AB_AGREED_CORRIDOR && i < agreement->subjects.count; i++) {
            if (agreement->subjects.at[i].table == AB_TABLE_places && agreement->subjects.at[i].row == place) {
                return AB_LEAVE_PROMISE;
            }
        }
    }
    return AB_LEAVE_ANSWER;
}

/* ---- Requests ---- */

/* What became of leave that was given: what moved by it says so, or that its time is over. */
static void follow(const ab__funnel *funnel, ab_ask *ask)
{
    const ab_operation *op = funnel->op;
    for (int32_t i = funnel->moves.first[ask->request]; i >= 0; i = funnel->moves.next[i]) {
        const ab_movement *m = &op->movements.at[i];
        if (!ab_record_is_by_request(op, i, ask->request) || !known(funnel, day_over(op, m))) {
            continue;
        }
        if (ask->fate_at == AB_TIME_NONE || day_over(op, m) < ask->fate_at) {
            ask->fate_at = day_over(op, m);
            ask->movement = i;
        }
        ask->went = (int8_t)(ask->went == 1 || set_out(m));
        ask->passed = (int8_t)(ask->passed == 1 || passed(m));
    }
    ab_time until = op->requests.at[ask->request].valid_until;
    if (ask->fate_at == AB_TIME_NONE && ask->yes == 1 && known(funnel, until)) {
        ask->fate_at = until;
        ask->went = 0;
        ask->passed = 0;
    }
}

static ab_ask ask_of(const ab__funnel *funnel, int32_t row)
{
    const ab_operation *op = funnel->op;
    const ab_request *request = &op->requests.at[row];
    bool answered = request->reply >= 0 && known(funnel, request->reply_at);
    ab_time used_from = request->valid_from != AB_TIME_NONE ? request->valid_from : request->reply_at;
    ab_ask ask = {.request = row,
                  .authority = funnel->authorities->asked_of[row],
                  .place = request->place,
                  .leave = ab__leave_at(op, request->place, (ab_mode)request->mode, answered ? used_from : funnel->now, funnel->now),
                  .asked_at = request->asked_at,
                  .answered_at = answered ? request->reply_at : AB_TIME_NONE,
                  .fate_at = AB_TIME_NONE,
                  .yes = (int8_t)(answered ? request->reply != AB_REPLY_REFUSED : -1),
                  .went = -1,
                  .passed = -1,
                  .movement = -1};
    follow(funnel, &ask);
    return ask;
}

static int ask_order(const void *a, const void *b)
{
    const ab_ask *x = a, *y = b;
    int order = compare(x->asked_at, y->asked_at);
    return order != 0 ? order : compare(x->request, y->request);
}

static bool find_asks(builder *b)
{
    ab__funnel *funnel = b->funnel;
    ab_ask *ask = AB_NEW(b->arena, ab_ask, funnel->op->requests.count);
    if (ask == NULL) {
        return false;
    }
    for (int32_t r = 0; r < funnel->op->requests.count; r++) {
        if (known(funnel, funnel->op->requests.at[r].asked_at)) {
            ask[funnel->ask_count++] = ask_of(funnel, r);
        }
    }
    if (funnel->ask_count > 0) {
        qsort(ask, (size_t)funnel->ask_count, sizeof *ask, ask_order);
    }
    funnel->ask = ask;
    return true;
}

/* ---- Cases ---- */

static void add(builder *b, found one)
{
    found *c = AB_PUSH(&b->cases);
    if (c == NULL) {
        b->failed = true;
        return;
    }
    *c = one;
}

static void add_ask(builder *b, ab_stage stage, int32_t kind, const ab_ask *ask, bool good)
{
    add(b, (found){stage, kind, ask->authority, local_day(b->funnel->op, ask->answered_at), -1, -1, good, false});
}

static void add_convoy(builder *b, ab_stage stage, int32_t kind, int32_t gate, const ab_movement *m, bool good)
{
    int64_t day = local_day(b->funnel->op, day_over(b->funnel->op, m) - 86400);
    add(b, (found){stage, kind, gate, day, m->place, m->request, good, m->request < 0});
}

static void add_passing(builder *b, int32_t authority, int32_t place, ab_time at, bool went, bool passed)
{
    ab__passing *p = AB_PUSH(&b->passing);
    if (p == NULL) {
        b->failed = true;
        return;
    }
    *p = (ab__passing){authority, place, at, went, passed};
}

/* Is the time of the leave over, so that it would be known if nothing had set out? Before that the record has those that went
 * and none of those that will not: to count them would make every fresh leave look good. Leave without an end counts when
 * its fate is known; that it was never used is never known. */
static bool is_over(const ab__funnel *funnel, const ab_ask *ask)
{
    ab_time until = funnel->op->requests.at[ask->request].valid_until;
    return ask->went >= 0 && (until == AB_TIME_NONE || known(funnel, until));
}

static void add_asks(builder *b)
{
    for (int32_t i = 0; i < b->funnel->ask_count; i++) {
        const ab_ask *ask = &b->funnel->ask[i];
        if (ask->answered_at != AB_TIME_NONE) {
            add_ask(b, AB_STAGE_YES, 0, ask, ask->yes == 1);
        }
        if (ask->yes == 1 && is_over(b->funnel, ask)) {
            add_ask(b, AB_STAGE_GO, (int32_t)ask->leave, ask, ask->went == 1);
        }
        if (ask->yes == 1 && ask->went == 0 && ask->leave != AB_LEAVE_AIR) {
            add_passing(b, ask->authority, ask->place, ask->fate_at, false, false);
        }
    }
}

/* At whose gate: who stopped it, else who was asked, else who holds the ring. */
static int32_t gate_of(const ab__funnel *funnel, int32_t movement)
{
    const ab_movement *m = &funnel->op->movements.at[movement];
    if (funnel->authorities->gatekeeper[movement] >= 0) {
        return funnel->authorities->gatekeeper[movement];
    }
    int32_t asked = m->request >= 0 ? funnel->authorities->asked_of[m->request] : -1;
    return asked >= 0 ? asked : funnel->besieger[m->place];
}

static void add_movements(builder *b)
{
    const ab_operation *op = b->funnel->op;
    for (int32_t i = 0; i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        if (!known(b->funnel, day_over(op, m)) || !set_out(m) || !by_road(op, m)) {
            continue;
        }
        int32_t gate = gate_of(b->funnel, i);
        add_convoy(b, AB_STAGE_PASS, 0, gate, m, passed(m));
        add_convoy(b, AB_STAGE_KEPT, 0, gate, m, !(kg(m->lost_kg) > 0));
        add_convoy(b, AB_STAGE_SAFE, 0, gate, m, !(m->people_hurt > 0));
        if (kg(m->offloaded_kg) > 0 && kg(m->loaded_kg) > 0) {
            add_convoy(b, AB_STAGE_FULL, 0, gate, m, is_full(m));
        }
        if (passed(m) && m->commodity >= 0 && (kg(m->removed_kg) > 0 || kg(m->offloaded_kg) > 0)) {
            add_convoy(b, AB_STAGE_WHOLE, op->commodities.at[m->commodity].category, gate, m, !(kg(m->removed_kg) > 0));
        }
        add_passing(b, gate, m->place, day_over(op, m), true, passed(m));
    }
}

static int found_order(const void *a, const void *b)
{
    const found *x = a, *y = b;
    int order = compare(x->stage, y->stage);
    order = order ? order : compare(x->kind, y->kind);
    order = order ? order : compare(x->authority, y->authority);
    order = order ? order : compare(x->day, y->day);
    order = order ? order : compare(x->place, y->place);
    order = order ? order : compare(x->request, y->request);
    return order ? order : compare(x->good, y->good);
}

static bool same_decision(const found *a, const found *b)
{
    return a->stage == b->stage && a->kind == b->kind && a->authority == b->authority && a->day == b->day;
}

/* Rows of one convoy become one case: let through if any of it was, else good if all of it was. They stand side by side, the good
 * ones last. */
static void join_convoys(builder *b)
{
    found *at = b->cases.at;
    int32_t kept = 0;
    for (int32_t i = 0, until; i < b->cases.count; i = until) {
        for (until = i + 1; until < b->cases.count && at[i].place >= 0 && same_decision(&at[i], &at[until]) &&
                            at[i].place == at[until].place && at[i].request == at[until].request; until++) {
        }
        at[kept++] = at[at[i].stage == AB_STAGE_PASS ? until - 1 : i];
    }
    b->cases.count = kept;
}

/* Cases of one decision count together as one and a little more. */
static void count_cases(builder *b)
{
    const found *at = b->cases.at;
    for (int32_t i = 0, until; i < b->cases.count; i = until) {
        for (until = i; until < b->cases.count && same_decision(&at[i], &at[until]); until++) {
        }
        double weight = ab__decision_weight(until - i);
        ab__group *group = ab__funnel_group(b->funnel, at[i].stage, at[i].kind, at[i].authority);
        for (int32_t k = i; k < until; k++) {
            group->cases.seen += weight;
            group->cases.good += at[k].good ? weight : 0;
            group->unasked += at[k].unasked ? weight : 0;
            group->rows++;
            group->good_rows += at[k].good;
        }
    }
}

static int passing_order(const void *a, const void *b)
{
    const ab__passing *x = a, *y = b;
    int order = compare(x->authority, y->authority);
    order = order ? order : compare(x->place, y->place);
    order = order ? order : compare(x->at, y->at);
    order = order ? order : compare(x->went, y->went);
    return order ? order : compare(x->passed, y->passed);
}

/* An answer that does not say when it came tells nothing of how long answers take: such a request is left out. */
static bool is_undated(const ab_operation *op, const ab_ask *ask)
{
    const ab_request *request = &op->requests.at[ask->request];
    return request->reply >= 0 && request->reply_at == AB_TIME_NONE;
}

/* `together`: how many were asked of this authority on this day. */
static ab__wait wait_of(const ab__funnel *funnel, const ab_ask *ask, int32_t together)
{
    bool answered = ask->answered_at != AB_TIME_NONE;
    ab_time end = answered ? ask->answered_at : funnel->now;
    return (ab__wait){fmax(0, (double)(end - ask->asked_at) / 86400),
                      is_undated(funnel->op, ask) ? 0 : ab__decision_weight(together), answered};
}

/* How long each request waited; those asked of one authority on one day hang together. */
static bool find_waits(builder *b)
{
    ab__funnel *funnel = b->funnel;
    ab__wait *wait = AB_NEW(b->arena, ab__wait, funnel->ask_count);
    if (wait == NULL) {
        return false;
    }
    for (int32_t i = 0, until; i < funnel->ask_count; i = until) {
        int64_t day = local_day(funnel->op, funnel->ask[i].asked_at);
        for (until = i; until < funnel->ask_count && local_day(funnel->op, funnel->ask[until].asked_at) == day; until++) {
        }
        for (int32_t k = i; k < until; k++) {
            int32_t together = 0;
            for (int32_t j = i; j < until; j++) {
                together += funnel->ask[j].authority == funnel->ask[k].authority && !is_undated(funnel->op, &funnel->ask[j]);
            }
            wait[k] = wait_of(funnel, &funnel->ask[k], together);
        }
    }
    funnel->wait = wait;
    funnel->wait_count = funnel->ask_count;
    return true;
}

static bool keep_passings(builder *b)
{
    ab__passing *kept = AB_NEW(b->arena, ab__passing, b->passing.count);
    if (kept == NULL) {
        return false;
    }
    if (b->passing.count > 0) {
        memcpy(kept, b->passing.at, (size_t)b->passing.count * sizeof *kept);
        qsort(kept, (size_t)b->passing.count, sizeof *kept, passing_order);
    }
    b->funnel->passing = kept;
    b->funnel->passing_count = b->passing.count;
    return true;
}

ab__group *ab__funnel_group(const ab__funnel *funnel, ab_stage stage, int32_t kind, int32_t authority)
{
    int32_t groups = funnel->authorities->count + 1, which = authority >= 0 ? authority : groups - 1;
    return &funnel->group[((int32_t)stage * AB__KINDS + kind) * groups + which];
}

ab__funnel *ab__funnel_make(const ab_operation *op, const ab_authorities *authorities, ab_time now, ab_arena *arena)
{
    ab__funnel *funnel = AB_NEW(arena, ab__funnel, 1);
    if (funnel == NULL) {
        return NULL;
    }
    *funnel = (ab__funnel){.op = op, .authorities = authorities, .now = now};
    funnel->group = AB_NEW(arena, ab__group, (size_t)AB_STAGES * AB__KINDS * (size_t)(authorities->count + 1));
    builder b = {.funnel = funnel, .arena = arena};
    bool fine = funnel->group != NULL && ab__moves_make(op, arena, &funnel->moves) && find_besiegers(&b) && find_asks(&b) && find_waits(&b);
    if (fine) {
        add_asks(&b);
        add_movements(&b);
        fine = !b.failed && keep_passings(&b);
    }
    if (fine && b.cases.count > 0) {
        qsort(b.cases.at, (size_t)b.cases.count, sizeof *b.cases.at, found_order);
        join_convoys(&b);
        count_cases(&b);
    }
    AB_VEC_FREE(&b.cases);
    AB_VEC_FREE(&b.passing);
    return fine ? funnel : NULL;
}
