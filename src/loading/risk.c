#include "loading/risk.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "num/beta.h"

/* What is believed of the share of a commodity that a convoy has taken off, as Beta(a, b), before movements to the
 * place are counted. A convoy is one case whatever it carries: one gate decides. */
typedef struct belief {
    double a, b;
} belief;

/* A row names it: it may be taken off or not, nothing says how much. Uniform. */
static const belief NAMED = {1, 1};
/* Medical goods. Three convoys with some are on record: to Madaya on 14 January 2016 and to Darayya on 1 June 2016
 * with nothing said to be missing, to Duma on 5 March 2018 with about 70 % of WHO's load taken off. On a uniform. */
static const belief MEDICAL = {1 + 0.7, 1 + 2.3};
/* Anything else. None of 36 convoys to besieged places of Syria that delivered, 2015 to 2018, is said to have had any
 * taken off: mean 1 in 38. Convoys make news when they move, so it weighs as four cases, not as 38. Assumed. */
static const belief OTHER = {4.0 / 38, 4.0 * 37 / 38};
/* From this mean share on it is loaded to be taken off. Assumed. */
static const double LIKELY_FRAC = 0.2;
/* Mass that rounding of tonnes may hide. */
static const double ROUNDED_KG = 1;

/* ---- What conditions call a commodity ---- */

typedef struct names {
    ab_arena *arena;
    const char **at;
    int32_t count;
    bool failed;
} names;

/* " diesel fuel " */
static const char *folded(ab_arena *arena, const char *text)
{
    ab_buf words = AB_BUF_INIT;

    ab__buf_char(&words, ' ');
    ab__fold(text, &words);
    ab__buf_char(&words, ' ');
    const char *kept = words.failed ? NULL : ab__arena_text(arena, ab__buf_text(&words));
    ab__buf_free(&words);
    return kept;
}

enum { MOST_NAMES = 60 };

static void add_name(names *to, const char *text)
{
    const char *name = folded(to->arena, text);

    if (!name)
        to->failed = true;
    else if (strlen(name) > 3 && to->count < MOST_NAMES) /* more than two spaces and a letter */
        to->at[to->count++] = name;
}

/* The names of a label have "; " between them. */
static void add_label(names *to, const char *list)
{
    while (list && *list) {
        size_t size = strcspn(list, ";");
        char name[80];
        size_t most = size < sizeof name - 1 ? size : sizeof name - 1;
        memcpy(name, list, most);
        name[most] = '\0';
        add_name(to, name);
        list += size + (list[size] == ';');
    }
}

static const char *const *names_of(ab_arena *arena, const ab_commodity *commodity)
{
    names to = {.arena = arena, .at = AB_NEW(arena, const char *, MOST_NAMES + 1)};

    if (!to.at)
        return NULL;
    add_name(&to, commodity->id);
    if (commodity->name[0])
        add_name(&to, commodity->name);
    if (commodity->category >= 0) {
        const ab_code *code = &ab_codes_category.codes[commodity->category];
        add_name(&to, code->word);
        for (int language = 0; code->label && language < AB_LANGUAGES; language++)
            add_label(&to, code->label->in[language]);
    }
    return to.failed ? NULL : to.at;
}

bool ab__inspection_start(ab__inspection *of, ab_arena *arena)
{
    const ab_operation *op = of->op;
    int32_t rows = op->access.count + op->requests.count + op->agreements.count;

    of->arena = arena;
    of->condition = AB_NEW(arena, const char *, op->requests.count);
    of->names = AB_NEW(arena, const char *const *, op->commodities.count);
    of->because = AB_NEW(arena, ab_ref, (int64_t)rows + op->movements.count);
    if (!of->condition || !of->names || !of->because)
        return false;
    for (int32_t r = 0; r < op->requests.count; r++)
        if (!(of->condition[r] = folded(arena, op->requests.at[r].conditions)))
            return false;
    for (int32_t c = 0; c < op->commodities.count; c++)
        if (!(of->names[c] = names_of(arena, &op->commodities.at[c])))
            return false;
    return true;
}

/* Do conditions speak of commodity c? */
static bool names_commodity(const ab__inspection *of, int32_t request, int32_t c)
{
    for (const char *const *name = of->names[c]; *name; name++)
        if (strstr(of->condition[request], *name))
            return true;
    return false;
}

/* ---- Rows that say so ---- */

/* A report that some goods are taken off or let through by turns: were it surer, they would not be carried. */
static bool report_says(const ab__inspection *of, int32_t row, int32_t c)
{
    const ab_report *report = &of->op->access.at[row];

    return report->state != AB_STATE_OPEN && report->commodities.count > 0 &&
           ab_scope_has(of->op, &report->commodities, c);
}

static bool is_answer(const ab_request *request)
{
    return request->reply >= 0 && request->reply != AB_REPLY_REFUSED;
}

/* An answer on conditions: about what it names in them, else about what was asked for by name. */
static bool condition_says(const ab__inspection *of, int32_t row, int32_t c)
{
    const ab_request *request = &of->op->requests.at[row];

    if (!is_answer(request) || !ab_scope_has(of->op, &request->commodities, c))
        return false;
    bool bare = request->conditions[0] == '\0' && request->commodities.count > 0;
    return names_commodity(of, row, c) || (bare && request->reply == AB_REPLY_CONDITIONAL);
}

/* The goods that a row lets in; NULL: it gives no leave. */
static const ab_refs *leave_of(const ab_operation *op, ab_ref row)
{
    if (row.table == AB_TABLE_requests)
        return is_answer(&op->requests.at[row.row]) ? &op->requests.at[row.row].commodities : NULL;
    if (row.table != AB_TABLE_agreements)
        return NULL;
    const ab_agreement *agreement = &op->agreements.at[row.row];
    bool permits = agreement->kind == AB_AGREED_CORRIDOR || agreement->kind == AB_AGREED_CLEARANCE;
    return permits ? &agreement->commodities : NULL;
}

/* Does some leave have it on its list? Then it does not matter that another list is silent about it. */
static bool is_listed(const ab__inspection *of, ab_refs rows, int32_t c)
{
    for (int32_t i = 0; i < rows.count; i++) {
        const ab_refs *leave = leave_of(of->op, rows.at[i]);
        if (leave && leave->count > 0 && ab_scope_has(of->op, leave, c))
            return true;
    }
    return false;
}

static bool row_says(const ab__inspection *of, ab_ref row, int32_t c, bool listed)
{
    if (row.table == AB_TABLE_access)
        return report_says(of, row.row, c);
    if (row.table == AB_TABLE_requests && condition_says(of, row.row, c))
        return true;
    const ab_refs *leave = leave_of(of->op, row);
    return leave && !listed && !ab_scope_has(of->op, leave, c);
}

static int32_t add_because(ab__inspection *of, int32_t count, ab_ref row)
{
    for (int32_t i = 0; i < count; i++)
        if (of->because[i].table == row.table && of->because[i].row == row.row)
            return count;
    of->because[count] = row;
    return count + 1;
}

static int32_t add_evidence(ab__inspection *of, int32_t count, int32_t evidence, int32_t c)
{
    if (evidence < 0)
        return count;
    ab_refs rows = ab_access_evidence(of->access, evidence);
    bool listed = is_listed(of, rows, c);
    for (int32_t i = 0; i < rows.count; i++)
        if (row_says(of, rows.at[i], c, listed))
            count = add_because(of, count, rows.at[i]);
    return count;
}

/* The place, the hub that it leaves, and the roads. */
static int32_t add_gates(ab__inspection *of, const ab_offer *offer, const ab_trip_kind *kind,
                         int32_t c)
{
    int32_t count = add_evidence(of, 0, offer->evidence, c), t = offer->depart;

    count =
        add_evidence(of, count, ab_access_hub(of->access, kind->hub, kind->means, t)->evidence, c);
    if (kind->path < 0 || !of->routes)
        return count;
    const ab_path *path = &of->routes->path[kind->path];
    for (int32_t i = 0; i < path->road_count; i++)
        count = add_evidence(
            of, count, ab_access_way(of->access, AB_TABLE_roads, path->road[i], t)->evidence, c);
    return count;
}

/* ---- The record ---- */

static double known_kg(double mass_kg)
{
    return isnan(mass_kg) ? 0 : mass_kg;
}

/* The share of a movement that was taken off; NaN: it does not tell. */
static double removed_frac(const ab_movement *m)
{
    double out_kg = known_kg(m->offloaded_kg) + known_kg(m->returned_kg) + known_kg(m->lost_kg);
    double loaded_kg = isnan(m->loaded_kg) ? out_kg + known_kg(m->removed_kg) : m->loaded_kg;

    if (!(loaded_kg > 0))
        return NAN;
    if (!isnan(m->removed_kg))
        return fmin(1, m->removed_kg / loaded_kg);
    return out_kg >= loaded_kg - ROUNDED_KG && !isnan(m->loaded_kg) ? 0 : NAN;
}

static bool is_of(const ab_operation *op, const ab_movement *m, const ab_trip_kind *kind, int32_t c)
{
    if (m->place != kind->place || m->commodity != c)
        return false;
    return m->vehicle < 0 || ab_mode_covers(op->vehicles.at[m->vehicle].mode, kind->means);
}

static int32_t add_record(ab__inspection *of, const ab_trip_kind *kind, int32_t c, int32_t count,
                          belief *believed, ab_lot_risk *out)
{
    const ab_operation *op = of->op;

    for (int32_t i = 0; i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        double frac = is_of(op, m, kind, c) ? removed_frac(m) : NAN;
        if (isnan(frac))
            continue;
        believed->a += frac;
        believed->b += 1 - frac;
        out->cases++;
        if (frac > 0)
            count = add_because(of, count, (ab_ref){AB_TABLE_movements, i});
    }
    return count;
}

/* ---- Together ---- */

static ab_chance share_of(belief of)
{
    double mean = of.a / (of.a + of.b);

    return (ab_chance){.mean = mean,
                       .low = fmin(mean, ab__beta_quantile(of.a, of.b, 0.05)),
                       .high = fmax(mean, ab__beta_quantile(of.a, of.b, 0.95))};
}

static bool keep_because(ab__inspection *of, int32_t count, ab_lot_risk *out)
{
    ab_ref *kept = AB_NEW(of->arena, ab_ref, count);

    if (!kept)
        return false;
    memcpy(kept, of->because, (size_t)count * sizeof *kept);
    out->because = (ab_refs){count, kept};
    return true;
}

bool ab__inspection_ask(ab__inspection *of, int32_t offer, int32_t c, ab_lot_risk *out)
{
    const ab_offer *o = &of->trips->offer[offer];
    const ab_trip_kind *kind = &of->trips->kind[o->kind];
    const ab_access_cell *cell = ab_access_place(of->access, kind->place, kind->means, o->depart);

    *out = (ab_lot_risk){.share = {NAN, NAN, NAN}};
    if (kind->means == AB_MEANS_AIRDROP)
        return true;
    int32_t named = add_gates(of, o, kind, c);
    bool medical = of->op->commodities.at[c].category == AB_CATEGORY_MEDICAL;
    belief believed = named > 0 ? NAMED : medical ? MEDICAL : OTHER;
    int32_t count = add_record(of, kind, c, named, &believed, out);
    if (cell->permission == AB_PERMISSION_NOT_NEEDED && named == 0 && out->cases == 0)
        return true;
    out->basis = out->cases > 0 ? AB_LOT_RECORD : AB_LOT_DEFAULT;
    out->share = share_of(believed);
    out->likely = count > 0 || out->share.mean >= LIKELY_FRAC;
    return keep_because(of, count, out);
}
