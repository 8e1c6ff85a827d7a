/* Spans in which a place goes short, and what stands first in the way of more. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "plan/result.h"
#include "plan/span.h"
#include "plan/why.h"

/* Less than this share of the need is short. */
static const double SHORT_FRAC = 0.99;

typedef struct gap_finder {
    const ab_search *search;
    const ab_hunger *with;
    ab_plan *plan;
    AB_VEC(ab_gap) gaps;
    ab_by_place offers;
    char *arrives; /* [place * periods + t] 1: some offer arrives then */
    ab_tally tally;
    bool failed;
} gap_finder;

/* ---- How short --------------------------------------------------------------------------------------------- */

/* The group's weight in its category: its share of energy, or all. */
static double weight_of(const ab_model *model, int32_t place, int32_t group, ab_category category)
{
    const ab_need *need = model->need;
    if (need->group[group].category != category || !ab__hunger_counts(model->op, need, place, group))
        return 0;
    return category == AB_CATEGORY_FOOD ? ab__hunger_share(need, group) : 1;
}

/* Days of need met in the period, at most all of it; -1: nothing of the category is needed. */
static double days_met(const gap_finder *f, int32_t place, ab_category category, int32_t t)
{
    const ab_need *need = f->search->model->need;
    double met = 0, weight = 0;
    for (int32_t g = 0; g < need->group_count; g++) {
        double w = weight_of(f->search->model, place, g, category);
        weight += w;
        met += w * f->with->eaten[((int64_t)place * f->with->groups + g) * f->with->periods + t];
    }
    return weight > 0 ? fmin(met, f->search->model->days[t]) : -1;
}

static double need_per_person_day(const ab_need *need, ab_category category)
{
    double total = 0;
    for (int32_t g = 0; g < need->group_count; g++)
        total += need->group[g].category == category ? need->group[g].per_person_day : 0;
    return total;
}

static int32_t group_missed_most(const gap_finder *f, const ab_span *s)
{
    const ab_need *need = f->search->model->need;
    int32_t best = -1;
    double most = -1;
    for (int32_t g = 0; g < need->group_count; g++) {
        double missing = 0, w = weight_of(f->search->model, s->place, g, s->category);
        for (int32_t t = s->from; t < s->until; t++)
            missing += fmax(0, f->search->model->days[t] -
                                   f->with->eaten[((int64_t)s->place * f->with->groups + g) * f->with->periods + t]);
        if (w > 0 && w * missing > most) {
            most = w * missing;
            best = g;
        }
    }
    return best;
}

/* ---- Why --------------------------------------------------------------------------------------------------- */

/* First period in which anything offered can arrive; periods: never. `*depart`: when it sets out. */
static int32_t first_arrival(const gap_finder *f, int32_t place, int32_t *depart)
{
    const ab_model *model = f->search->model;
    int32_t first = model->periods;
    *depart = 0;
    for (int32_t i = f->offers.start[place]; i < f->offers.start[place + 1]; i++) {
        const ab_offer *offer = &model->trips->offer[f->offers.offer[i]];
        if (offer->arrive >= first)
            continue;
        first = offer->arrive;
        *depart = offer->depart;
    }
    return first;
}

/* What is missing, in the words of the tables; of several food groups the one. */
static const char *say_goods(const gap_finder *f, const ab_span *s)
{
    const ab_need *need = f->search->model->need;
    int32_t groups = 0;
    for (int32_t g = 0; g < need->group_count; g++)
        groups += need->group[g].category == s->category;
    const char *word = ab_codes_category.codes[s->category].word, *name = need->group[s->group].name;
    if (s->category == AB_CATEGORY_MEDICAL)
        return "medical goods";
    return groups > 1 && name && name[0] ? ab__arena_printf(f->plan->arena, "%s (%s)", word, name) : word;
}

/* Nothing of the kind is known, or lies anywhere at any time. */
static ab_why why_nowhere(gap_finder *f, const ab_span *s)
{
    const ab_model *model = f->search->model;
    const char *goods = say_goods(f, s);
    const char *text = ab__span_is_known(model, s)
                           ? ab__arena_printf(f->plan->arena, "no stock at any hub holds any %s", goods)
                           : ab__arena_printf(f->plan->arena, "no commodity gives any %s", goods);
    return (ab_why){AB_REASON_STOCK, {-1, -1}, -1, text};
}

static ab_why why_no_load(gap_finder *f, const ab_span *s, int32_t offer)
{
    const ab_model *model = f->search->model;
    const char *means = ab__say_means(ab__kind_of(model, offer)->means);
    ab_span_goods goods = ab__span_goods(model, &f->offers, s);
    if (!ab__span_is_stocked(model, s))
        return why_nowhere(f, s);
    if (goods.let >= 0) {
        int32_t hub = ab__kind_of(model, goods.let)->hub;
        return (ab_why){AB_REASON_STOCK, {AB_TABLE_hubs, hub}, -1,
                        ab__arena_printf(f->plan->arena, "nothing of the kind lies in time at hub %s, from which it could be sent",
                                         ab__say_name(model->op->hubs.at[hub].name, model->op->hubs.at[hub].id))};
    }
    if (goods.fits >= 0)
        return ab__why_stripped(model, goods.fits, s->group, say_goods(f, s), f->plan->arena);
    const ab_refusal *refusal = ab__why_refused_category(model, s->place, s->category, s->from, s->until, 0);
    if (refusal && refusal->kind >= 0 && ab__span_fits(model, &model->trips->kind[refusal->kind], s))
        return ab__why_of_refusal(model, refusal, s->from > refusal->from ? s->from : refusal->from, f->plan->arena);
    return (ab_why){AB_REASON_NO_VEHICLE, {-1, -1}, -1,
                    ab__arena_printf(f->plan->arena, "no vehicle that goes there can carry %s %s", say_goods(f, s), means)};
}

static ab_why why_no_offer(gap_finder *f, const ab_span *s)
{
    const ab_model *model = f->search->model;
    int32_t depart, first = first_arrival(f, s->place, &depart);
    char day[AB_TIME_TEXT_CAP];
    if (first < model->periods && first >= s->until && depart == 0)
        return (ab_why){AB_REASON_TRAVEL, {-1, -1}, -1,
                        ab__arena_printf(f->plan->arena, "the first load sent can be there on %s",
                                         ab__say_day(model, ab_period_start(model->op, first), day))};
    const ab_refusal *refusal = ab__why_refused_category(model, s->place, s->category, s->from, s->until, 0);
    if (refusal)
        return ab__why_of_refusal(model, refusal, s->from > refusal->from ? s->from : refusal->from, f->plan->arena);
    if (first < s->from)
        return (ab_why){AB_REASON_NO_PATH, {-1, -1}, -1, "no trip is offered that arrives then"};
    return (ab_why){AB_REASON_NO_PATH, {AB_TABLE_places, s->place}, -1, "no trip at all is offered to this place"};
}

/* As much goes there as the place needs if all of it arrives (rows_cover.c). */
static ab_why why_losses(gap_finder *f, const ab_span *s)
{
    const ab_model *model = f->search->model;
    double sent = 0, expected = 0;
    for (int32_t i = f->offers.start[s->place]; i < f->offers.start[s->place + 1] && f->search->found; i++) {
        const ab_offer_cols *cols = &model->offer[f->offers.offer[i]];
        for (int32_t j = 0; cols->vehicles >= 0 && j < cols->load_count; j++) {
            const ab_load_col *load = &model->load.at[cols->first_load + j];
            if (model->need->commodity_group[load->commodity] != s->group)
                continue;
            sent += f->search->x[load->col];
            expected += f->search->x[load->col] * model->trips->offer[load->offer].arrival.mean;
        }
    }
    return (ab_why){AB_REASON_LOSSES, {-1, -1}, -1,
                    ab__arena_printf(f->plan->arena,
                                     "as much is sent as may lie there if the loads of the last %.0f days all arrive; "
                                     "%.0f %% of what goes there is expected to",
                                     model->op->settings->retry_s / 86400, sent > 0 ? 100 * expected / sent : 0)};
}

/* The limits that keep more from being sent, by their prices, in f->tally. */
static void tally_loads(gap_finder *f, const ab_span *s)
{
    const ab_search *search = f->search;
    const ab_model *model = search->model;
    for (int32_t r = 0; r < model->limit.count; r++)
        f->tally.of_row[r] = 0;
    f->tally.of_bounds = 0;
    for (int32_t i = f->offers.start[s->place]; i < f->offers.start[s->place + 1] && search->priced; i++) {
        const ab_offer_cols *cols = &model->offer[f->offers.offer[i]];
        int32_t arrive = model->trips->offer[f->offers.offer[i]].arrive;
        for (int32_t j = 0; cols->vehicles >= 0 && arrive >= s->from && arrive < s->until && j < cols->load_count; j++) {
            const ab_load_col *load = &model->load.at[cols->first_load + j];
            if (model->need->commodity_group[load->commodity] == s->group && ab__why_wanted(search, load))
                ab__why_add_load(search, load, &f->tally);
        }
    }
}

static ab_why why_short(gap_finder *f, const ab_span *s)
{
    const ab_search *search = f->search;
    const ab_model *model = search->model;
    int32_t offer = ab__span_offer(model, &f->offers, s);
    if (offer < 0)
        return why_no_offer(f, s);
    if (!ab__span_has_loads(model, &f->offers, s))
        return why_no_load(f, s, offer);
    if (f->plan->infeasible)
        return (ab_why){AB_REASON_COMMITMENT, {-1, -1}, -1, "nothing is planned, since commitments cannot be kept"};
    if (!search->priced)
        return (ab_why){AB_REASON_LESS_URGENT, {-1, -1}, -1, "the search was stopped before trips there were looked at"};
    tally_loads(f, s);
    ab_why why = ab__why_of_tally(model, &f->tally, f->plan->arena);
    if (why.reason == AB_REASON_LOSSES)
        return why_losses(f, s);
    if (why.reason == AB_REASON_NONE)
        return (ab_why){AB_REASON_LESS_URGENT, {-1, -1}, -1,
                        "what could be sent relieves more hunger elsewhere or later"};
    return why;
}

/* ---- The list ----------------------------------------------------------------------------------------------- */

static void add_gap(gap_finder *f, ab_span s)
{
    const ab_model *model = f->search->model;
    double met = 0, days = 0, missing_days = 0;
    for (int32_t t = s.from; t < s.until; t++) {
        double d = days_met(f, s.place, s.category, t);
        met += d;
        days += model->days[t];
        missing_days += model->days[t] - d;
    }
    s.group = group_missed_most(f, &s);
    ab_why why = why_short(f, &s);
    ab_gap *gap = AB_PUSH(&f->gaps);
    if (!gap || !why.text) {
        f->failed = true;
        return;
    }
    double people = model->need->people[s.place];
    *gap = (ab_gap){.place = s.place, .category = s.category, .group = s.group, .from = s.from, .until = s.until,
                    .people = people,
                    .eaten_frac = met / days,
                    .missing = people * missing_days * need_per_person_day(model->need, s.category),
                    .reason = why.reason, .because = why.because, .evidence = why.evidence, .detail = why.text,
                    .also_because = {-1, -1}, .change = ""};
}

/* What stands before a place in a period: nothing that is offered arrives, and this is why. */
typedef struct door {
    bool shut;
    ab_reason reason;
    ab_ref because;
} door;

static door door_of(const gap_finder *f, int32_t place, ab_category category, int32_t t)
{
    const ab_model *model = f->search->model;
    if (f->arrives[(int64_t)place * model->periods + t])
        return (door){0};
    const ab_refusal *refusal = ab__why_refused_category(model, place, category, t, t + 1, 0);
    return refusal ? (door){true, refusal->reason, refusal->because} : (door){.shut = true};
}

static bool same_door(door a, door b)
{
    return a.shut == b.shut && a.reason == b.reason && a.because.table == b.because.table &&
           a.because.row == b.because.row;
}

/* A gap ends where the place is no longer short, or where another door shuts it: "no answer" is another
 * thing to work on than the refusal that came later. */
static void find_gaps(gap_finder *f, int32_t place, ab_category category)
{
    const ab_model *model = f->search->model;
    int32_t from = -1;
    door before = {0};
    for (int32_t t = 0; t <= model->periods && !f->failed; t++) {
        double met = t < model->periods ? days_met(f, place, category, t) : -1;
        bool is_short = met >= 0 && met < SHORT_FRAC * model->days[t];
        door now = is_short ? door_of(f, place, category, t) : (door){0};
        if (from >= 0 && (!is_short || !same_door(now, before))) {
            add_gap(f, (ab_span){place, from, t, category, -1});
            from = -1;
        }
        if (is_short && from < 0)
            from = t;
        before = now;
    }
}

/* Weighted person-days that are missing. */
static double badness(const ab_model *model, const ab_gap *gap)
{
    return ab__hunger_weight(model->op->settings, gap->category) * gap->missing / need_per_person_day(model->need, gap->category);
}

/* Worst first. Few enough to insert one by one. */
static void sort_gaps(const ab_model *model, ab_gap *gap, int32_t count)
{
    for (int32_t i = 1; i < count; i++) {
        ab_gap moved = gap[i];
        int32_t j = i;
        for (; j > 0 && badness(model, &gap[j - 1]) < badness(model, &moved); j--)
            gap[j] = gap[j - 1];
        gap[j] = moved;
    }
}

static bool start(gap_finder *f)
{
    ab_model *model = f->search->model;
    f->tally.of_row = AB_NEW(model->arena, double, model->limit.count);
    f->arrives = AB_NEW(model->arena, char, (int64_t)model->places * model->periods);
    if (!f->tally.of_row || !f->arrives || !ab__by_place(model, model->arena, &f->offers))
        return false;
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        f->arrives[(int64_t)ab__kind_of(model, o)->place * model->periods + model->trips->offer[o].arrive] = 1;
    return true;
}

/* The list, worst first, in the plan's arena; NULL when out of memory. */
static ab_gap *list_gaps(gap_finder *f)
{
    const ab_model *model = f->search->model;
    for (int32_t p = 0; p < model->places; p++) {
        static const ab_category categories[] = {AB_CATEGORY_FOOD, AB_CATEGORY_WATER, AB_CATEGORY_MEDICAL};
        for (int i = 0; i < 3 && !f->failed; i++)
            find_gaps(f, p, categories[i]);
    }
    ab_gap *gap = f->failed ? NULL : AB_NEW(f->plan->arena, ab_gap, f->gaps.count);
    for (int32_t i = 0; gap && i < f->gaps.count; i++)
        gap[i] = f->gaps.at[i];
    if (gap)
        sort_gaps(model, gap, f->gaps.count);
    return gap;
}

ab_status ab__result_gaps(const ab_search *search, const ab_hunger *with, ab_plan *plan, ab_error *err)
{
    gap_finder f = {.search = search, .with = with, .plan = plan};
    f.failed = !start(&f);
    ab_gap *gap = f.failed ? NULL : list_gaps(&f);
    int32_t count = f.gaps.count;
    AB_VEC_FREE(&f.gaps);
    if (!gap)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan was made");
    plan->gap = gap;
    plan->gap_count = count;
    ab_status status = ab__prove_gaps(search, gap, count, plan->arena, err);
    for (int32_t i = 0; i < count && status == AB_OK; i++)
        if (!gap[i].detail || !gap[i].change)
            return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan was made");
    return status;
}
