/* The cases of every stage, as the tables tell them up to now: docs/models/record.md, The funnel. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "model/moves.h"
#include "verify/prover.h"
#include "verify/record.h"

/* Cases of one decision go together by this much; a load is full but for this share. Both are assumed. */
static const double TOGETHER = 0.3, FULL_FRAC = 0.95;
enum { DAY_S = 86400 };

/* Whose case it is and when: equal in all but `good` are rows of one convoy, equal in the first ALIKE one decision. */
enum { TRIAL, KIND, AUTHORITY, DAY, ALIKE, PLACE = ALIKE, REQUEST, KEYS };

typedef struct told_case {
    int64_t key[KEYS];
    bool good;
} told_case;

typedef struct funnel {
    ab__recount *recount;
    const ab_operation *op;
    ab__moves moves;
    AB_VEC(told_case) cases;
    bool failed;
} funnel;

static bool is_known(const ab__recount *recount, ab_time at)
{
    return at != AB_TIME_NONE && at <= recount->now;
}

static bool is_known_pact(const ab__recount *recount, const ab_agreement *a)
{
    return a->known_at == AB_TIME_NONE || is_known(recount, a->known_at);
}

static ab_time offset_s(const ab_operation *op)
{
    return (ab_time)llround(op->settings->utc_offset_s);
}

static int64_t day_of(const ab_operation *op, ab_time at)
{
    return (int64_t)floor((double)(at + offset_s(op)) / DAY_S);
}

static int32_t group_of(const ab__recount *recount, int32_t authority)
{
    return authority < 0 ? recount->groups - 1 : authority;
}

/* ---- Who answers for a ring ---- */

static bool can_answer(const ab__recount *recount, int32_t authority)
{
    const ab_operation *op = recount->op;
    bool can = false;

    for (int32_t r = 0; r < op->requests.count && !can; r++)
        can = recount->who->asked_of[r] == authority && is_known(recount, op->requests.at[r].asked_at);
    for (int32_t a = 0; a < op->agreements.count && !can; a++)
        for (int32_t i = 0; i < recount->who->parties[a].count && !can; i++)
            can = recount->who->parties[a].at[i] == authority && is_known_pact(recount, &op->agreements.at[a]);
    return can;
}

/* How many bytes of `name` are `other` as its first words; 0: it does not begin so. */
static size_t shared_words(const char *name, const char *other)
{
    size_t size = strlen(other);

    return strncmp(name, other, size) == 0 && name[size] == ' ' ? size : 0;
}

/* Who besieges it; but one who is never asked answers as he does whose whole name begins his own. */
static int32_t find_ring(funnel *f, int32_t place)
{
    const ab_authorities *who = f->recount->who;
    int32_t holder = who->besieged_by[place].count > 0 ? who->besieged_by[place].at[0] : -1, found = holder;
    ab_buf name = AB_BUF_INIT, other = AB_BUF_INIT;
    size_t longest = 0;

    if (holder < 0 || can_answer(f->recount, holder))
        return holder;
    ab__fold(who->at[holder].name, &name);
    for (int32_t i = 0; i < who->count; i++) {
        ab__buf_clear(&other);
        ab__fold(who->at[i].name, &other);
        size_t size = shared_words(ab__buf_text(&name), ab__buf_text(&other));
        if (size > longest && can_answer(f->recount, i)) {
            longest = size;
            found = i;
        }
    }
    f->failed = f->failed || name.failed || other.failed;
    ab__buf_free(&name);
    ab__buf_free(&other);
    return found;
}

/* ---- Convoys ---- */

/* When what became of a movement is known. */
static ab_time end_of_day(const ab_operation *op, const ab_movement *m)
{
    return m->date + DAY_S - offset_s(op);
}

static bool went(const ab_movement *m)
{
    static const char word[] = "before loading";
    size_t i = 0;

    while (word[i] && (m->stopped_at[i] | (word[i] == ' ' ? 0 : 0x20)) == word[i])
        i++;
    return word[i] != '\0';
}

static double some(double mass_kg)
{
    return ab__known_or(mass_kg, 0);
}

static bool passed(const ab_movement *m)
{
    bool stopped = m->stopped_at[0] || some(m->returned_kg) > 0 || some(m->lost_kg) > 0;
    bool nothing = m->offloaded_kg <= 0 && !(some(m->removed_kg) > 0);

    return went(m) && (some(m->offloaded_kg) > 0 || !(stopped || nothing));
}

static bool is_by_road(const ab_operation *op, const ab_movement *m)
{
    if (m->vehicle < 0 && m->request < 0)
        return m->hub < 0 || op->hubs.at[m->hub].kind != AB_HUB_AIRFIELD;
    return m->vehicle >= 0 ? op->vehicles.at[m->vehicle].mode == AB_MODE_ROAD
                           : ab_mode_covers(op->requests.at[m->request].mode, AB_MEANS_ROAD);
}

/* By leave for a convoy goes what drives, by leave for flights what flies. */
static bool uses(const ab_operation *op, const ab_movement *m, int32_t request)
{
    return m->request == request && is_by_road(op, m) == ab_mode_covers(op->requests.at[request].mode, AB_MEANS_ROAD);
}

/* ---- What was found ---- */

static void add_case(funnel *f, const int64_t key[KEYS], bool good)
{
    told_case *c = AB_PUSH(&f->cases);

    if (!c) {
        f->failed = true;
        return;
    }
    memcpy(c->key, key, sizeof c->key);
    c->good = good;
}

static void add_sighting(funnel *f, ab__sighting sighting)
{
    ab__sighting *s = AB_PUSH(&f->recount->sighting);

    if (s)
        *s = sighting;
    else
        f->failed = true;
}

/* ---- Requests ---- */

/* What is known of the leave that a request gave. */
typedef struct fate {
    bool known, went, passed;
    ab_time at;
} fate;

static fate fate_of(const funnel *f, int32_t request)
{
    const ab_operation *op = f->op;
    fate found = {false, false, false, op->requests.at[request].valid_until};

    for (int32_t i = f->moves.first[request]; i >= 0; i = f->moves.next[i]) {
        const ab_movement *m = &op->movements.at[i];
        ab_time end = end_of_day(op, m);
        if (!uses(op, m, request) || !is_known(f->recount, end))
            continue;
        found.at = found.known && found.at < end ? found.at : end;
        found.known = true;
        found.went = found.went || went(m);
        found.passed = found.passed || passed(m);
    }
    found.known = found.known || is_known(f->recount, found.at);
    return found;
}

static void count_leave(funnel *f, int32_t request, int64_t key[KEYS])
{
    const ab_request *r = &f->op->requests.at[request];
    fate became = fate_of(f, request);
    ab_time used_from = r->valid_from != AB_TIME_NONE ? r->valid_from : r->reply_at;
    ab__footing footing = ab__recount_footing(f->recount, r->place, r->mode, used_from);

    key[TRIAL] = AB__TRIAL_GO;
    key[KIND] = footing;
    /* Leave that still runs is no case yet, whoever has gone on it. */
    if (became.known && (r->valid_until == AB_TIME_NONE || is_known(f->recount, r->valid_until)))
        add_case(f, key, became.went);
    if (became.known && !became.went && footing != AB__BY_AIR)
        add_sighting(f, (ab__sighting){f->recount->who->asked_of[request], r->place, became.at, false, false});
}

static void count_request(funnel *f, int32_t request)
{
    const ab_request *r = &f->op->requests.at[request];
    int32_t of = f->recount->who->asked_of[request];
    bool answered = r->reply >= 0 && is_known(f->recount, r->reply_at);
    int64_t key[KEYS] = {AB__TRIAL_YES, 0, group_of(f->recount, of), 0, -1, request};

    if (!answered)
        return;
    key[DAY] = day_of(f->op, r->reply_at);
    add_case(f, key, r->reply != AB_REPLY_REFUSED);
    if (r->reply != AB_REPLY_REFUSED)
        count_leave(f, request, key);
}

/* Nobody knows how long an answer took that has no date. */
static bool has_delay(const funnel *f, int32_t request)
{
    const ab_request *r = &f->op->requests.at[request];

    return is_known(f->recount, r->asked_at) && !(r->reply >= 0 && r->reply_at == AB_TIME_NONE);
}

static void time_request(funnel *f, int32_t request)
{
    const ab_request *all = f->op->requests.at, *r = &all[request];
    const int32_t *of = f->recount->who->asked_of;
    int64_t day = day_of(f->op, r->asked_at);
    int32_t others = -1;
    ab__delay *delay = has_delay(f, request) ? AB_PUSH(&f->recount->delay) : NULL;

    if (!delay) {
        f->failed = f->failed || has_delay(f, request);
        return;
    }
    for (int32_t i = 0; i < f->op->requests.count; i++)
        others += of[i] == of[request] && has_delay(f, i) && day_of(f->op, all[i].asked_at) == day;
    bool answered = r->reply >= 0 && is_known(f->recount, r->reply_at);
    double days = (double)((answered ? r->reply_at : f->recount->now) - r->asked_at) / DAY_S;
    *delay = (ab__delay){group_of(f->recount, of[request]), fmax(0, days), 1 / (1 + TOGETHER * others), answered};
}

/* ---- Movements ---- */

static int32_t gate_of(const funnel *f, int32_t movement)
{
    const ab_authorities *who = f->recount->who;
    const ab_movement *m = &f->op->movements.at[movement];
    int32_t gate = who->gatekeeper[movement];

    if (gate < 0 && m->request >= 0)
        gate = who->asked_of[m->request];
    return gate < 0 ? f->recount->ring[m->place] : gate;
}

static void count_one(funnel *f, int64_t key[KEYS], ab__trial trial, int32_t kind, bool good)
{
    key[TRIAL] = trial;
    key[KIND] = kind;
    add_case(f, key, good);
}

static void count_movement(funnel *f, int32_t movement)
{
    const ab_operation *op = f->op;
    const ab_movement *m = &op->movements.at[movement];
    int32_t gate = gate_of(f, movement);
    int64_t key[KEYS] = {0, 0, group_of(f->recount, gate), (int64_t)floor((double)m->date / DAY_S), m->place, m->request};
    double off_kg = some(m->removed_kg), in_kg = some(m->offloaded_kg), out_kg = some(m->loaded_kg), lost_kg = some(m->lost_kg);

    if (!is_known(f->recount, end_of_day(op, m)) || !went(m) || !is_by_road(op, m))
        return;
    count_one(f, key, AB__TRIAL_PASS, 0, passed(m));
    count_one(f, key, AB__TRIAL_KEPT, 0, lost_kg <= 0);
    count_one(f, key, AB__TRIAL_SAFE, 0, m->people_hurt <= 0);
    if (in_kg > 0 && out_kg > 0)
        count_one(f, key, AB__TRIAL_FULL, 0, in_kg >= FULL_FRAC * (out_kg - off_kg - lost_kg));
    if (passed(m) && m->commodity >= 0 && (off_kg > 0 || in_kg > 0))
        count_one(f, key, AB__TRIAL_WHOLE, (int32_t)op->commodities.at[m->commodity].category, off_kg <= 0);
    add_sighting(f, (ab__sighting){gate, m->place, end_of_day(op, m), true, passed(m)});
}

/* ---- Sums ---- */

static int by_key(const void *a, const void *b)
{
    const told_case *x = a, *y = b;

    for (int k = 0; k < KEYS; k++)
        if (x->key[k] != y->key[k])
            return x->key[k] < y->key[k] ? -1 : 1;
    return x->good - y->good;
}

static bool are_equal(const told_case *a, const told_case *b, int keys)
{
    return memcmp(a->key, b->key, (size_t)keys * sizeof *a->key) == 0;
}

/* Cases [from, until) are one decision: convoys, each once, let through if a row of it was, else as good as its worst row. */
static void tally_decision(funnel *f, int32_t from, int32_t until)
{
    const told_case *at = f->cases.at;
    int32_t convoys = 0, good = 0;

    for (int32_t i = from; i < until; i++) {
        bool first = i == from || !are_equal(&at[i], &at[i - 1], KEYS);
        bool last = i + 1 == until || !are_equal(&at[i], &at[i + 1], KEYS);
        /* The bad rows of a convoy stand before the good ones. */
        bool tells = at[i].key[TRIAL] == AB__TRIAL_PASS ? last : first;
        convoys += tells;
        good += tells && at[i].good;
    }
    double weight = 1 / (1 + TOGETHER * (convoys - 1));
    int64_t cell = (at[from].key[TRIAL] * AB__TRIAL_KINDS + at[from].key[KIND]) * f->recount->groups + at[from].key[AUTHORITY];
    f->recount->tally[cell].seen += weight * convoys;
    f->recount->tally[cell].good += weight * good;
}

static void tally_all(funnel *f)
{
    if (f->cases.count > 0)
        qsort(f->cases.at, (size_t)f->cases.count, sizeof *f->cases.at, by_key);
    for (int32_t from = 0, until; from < f->cases.count; from = until) {
        for (until = from + 1; until < f->cases.count && are_equal(&f->cases.at[from], &f->cases.at[until], ALIKE); until++)
            ;
        tally_decision(f, from, until);
    }
}

static int by_gate(const void *a, const void *b)
{
    const ab__sighting *x = a, *y = b;
    int64_t order[][2] = {{x->authority, y->authority}, {x->place, y->place}, {x->at, y->at}, {x->went, y->went}, {x->passed, y->passed}};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i][0] != order[i][1])
            return order[i][0] < order[i][1] ? -1 : 1;
    return 0;
}

bool ab__recount_funnel(ab__recount *recount, ab_arena *arena)
{
    funnel f = {.recount = recount, .op = recount->op};

    recount->ring = AB_NEW(arena, int32_t, f.op->places.count);
    recount->tally = AB_NEW(arena, ab__tally, (size_t)AB__TRIALS * AB__TRIAL_KINDS * (size_t)recount->groups);
    if (!recount->ring || !recount->tally || !ab__moves_make(f.op, arena, &f.moves))
        return false;
    for (int32_t p = 0; p < f.op->places.count; p++)
        recount->ring[p] = find_ring(&f, p);
    for (int32_t r = 0; r < f.op->requests.count; r++) {
        time_request(&f, r);
        if (is_known(recount, f.op->requests.at[r].asked_at))
            count_request(&f, r);
    }
    for (int32_t m = 0; m < f.op->movements.count; m++)
        count_movement(&f, m);
    if (!f.failed)
        tally_all(&f);
    if (recount->sighting.count > 0)
        qsort(recount->sighting.at, (size_t)recount->sighting.count, sizeof *recount->sighting.at, by_gate);
    AB_VEC_FREE(&f.cases);
    return !f.failed;
}

ab__footing ab__recount_footing(const ab__recount *recount, int32_t place, int32_t mode, ab_time at)
{
    const ab_operation *op = recount->op;

    if (!ab_mode_covers(mode, AB_MEANS_ROAD))
        return AB__BY_AIR;
    for (int32_t i = 0; i < op->agreements.count; i++) {
        const ab_agreement *a = &op->agreements.at[i];
        bool lets = a->kind == AB_AGREED_CORRIDOR && (a->mode < 0 || ab_mode_covers(a->mode, AB_MEANS_ROAD));
        bool runs = at >= a->from && (a->until == AB_TIME_NONE || at < a->until);
        for (int32_t s = 0; lets && runs && is_known_pact(recount, a) && s < a->subjects.count; s++)
            if (a->subjects.at[s].table == AB_TABLE_places && a->subjects.at[s].row == place)
                return AB__ON_A_PROMISE;
    }
    return AB__ON_A_YES;
}
