/* What was compared, what was broken, and where. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "verify/prover.h"

/* The planner's own check of its rows lets a millionth pass (docs/models/plan.md). */
static const double TOLERANCE = 1e-6;
/* Of one rule; all are counted. */
enum { MOST_TOLD = 1000, MOST_TRIPS_NAMED = 12 };

/* ---- Places of a comparison ---- */

ab_where ab__where(ab_time at)
{
    return (ab_where){.at = at};
}

ab_where ab__where_row(const char *word, const char *id, ab_time at)
{
    return (ab_where){.word = {word}, .id = {id}, .at = at};
}

ab_where ab__where_rows(const char *word, const char *id, const char *word2, const char *id2, ab_time at)
{
    return (ab_where){.word = {word, word2}, .id = {id, id2}, .at = at};
}

ab_where ab__where_trip(const ab_prover *prover, const int32_t *trip)
{
    return (ab_where){.at = prover->trip[*trip].row->depart, .trip = trip, .trip_count = 1};
}

static const char *rows_text(ab_prover *prover, const ab_where *where)
{
    ab_buf text = AB_BUF_INIT;

    for (int i = 0; i < 3 && where->word[i]; i++)
        ab__buf_printf(&text, "%s%s:%s", text.size ? "; " : "", where->word[i], where->id[i]);
    for (int32_t i = 0; i < where->trip_count && i < MOST_TRIPS_NAMED; i++)
        ab__buf_printf(&text, "%s%s", i > 0 ? ", " : text.size ? "; trip:" : "trip:",
                       prover->trip[where->trip[i]].row->id);
    if (where->trip_count > MOST_TRIPS_NAMED)
        ab__buf_printf(&text, " and %d more", (int)(where->trip_count - MOST_TRIPS_NAMED));
    const char *kept = text.failed ? NULL : ab__arena_text(prover->arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

/* ---- Violations ---- */

static void add_violation(ab_prover *prover, ab_rule rule, const ab_where *where, const char *found,
                          const char *allowed)
{
    prover->account[rule].broken++;
    if (prover->told[rule]++ >= MOST_TOLD)
        return;
    ab_violation *violation = AB_PUSH(&prover->violation);
    const char *rows = rows_text(prover, where);
    if (!violation || !rows || !found || !allowed) {
        prover->failed = true;
        return;
    }
    *violation = (ab_violation){(int32_t)rule, rows, where->at, found, allowed};
}

static const char *amount_text(ab_prover *prover, const char *before, double amount, const char *unit)
{
    char number[AB_NUMBER_CAP];

    ab__number_format_n(amount, 10, number);
    return ab__arena_printf(prover->arena, "%s%s%s%s", before, number[0] ? number : "nothing known",
                            unit[0] ? " " : "", unit);
}

void ab__prove_fact(ab_prover *prover, ab_rule rule, bool holds, const ab_where *where, const char *found,
                    const char *allowed)
{
    prover->account[rule].checked++;
    if (holds)
        return;
    add_violation(prover, rule, where, ab__arena_text(prover->arena, found),
                  ab__arena_text(prover->arena, allowed));
}

static void keep_tightest(ab_rule_account *account, double frac)
{
    if (isfinite(frac) && !(account->tightest_frac >= frac))
        account->tightest_frac = frac;
}

void ab__prove_most(ab_prover *prover, ab_rule rule, double found, double allowed, double spare, const char *unit,
                    const ab_where *where)
{
    ab_rule_account *account = &prover->account[rule];

    if (allowed == INFINITY)
        return;
    account->checked++;
    if (allowed > 0)
        keep_tightest(account, found / allowed);
    if (!(found <= allowed + spare + TOLERANCE * (1 + fabs(allowed))))
        add_violation(prover, rule, where, amount_text(prover, "", found, unit),
                      amount_text(prover, "at most ", allowed, unit));
}

void ab__prove_near(ab_prover *prover, ab_rule rule, const char *what, double found, double expected, double frac,
                    const char *unit, const ab_where *where)
{
    ab_rule_account *account = &prover->account[rule];
    const char *before = ab__arena_printf(prover->arena, "%s ", what);

    account->checked++;
    if (isnan(found) && isnan(expected))
        return;
    if (!before) {
        prover->failed = true;
        return;
    }
    keep_tightest(account, fabs(found - expected) / (1 + fabs(expected)));
    if (!(fabs(found - expected) <= frac * (1 + fabs(expected))))
        add_violation(prover, rule, where, amount_text(prover, before, found, unit),
                      amount_text(prover, "", expected, unit));
}

void ab__prove_equal(ab_prover *prover, ab_rule rule, const char *what, double found, double expected,
                     const char *unit, const ab_where *where)
{
    ab__prove_near(prover, rule, what, found, expected, TOLERANCE, unit, where);
}

void ab__not_proved(ab_prover *prover, const char *sentence)
{
    const char **kept = AB_PUSH(&prover->unproved);

    if (kept)
        *kept = ab__arena_text(prover->arena, sentence);
    if (!kept || !*kept)
        prover->failed = true;
}

/* ---- Sums over trips ---- */

void ab__use(ab_prover *prover, ab_uses *uses, int64_t cell, int32_t trip, double amount)
{
    ab_use *use = AB_PUSH(uses);

    if (use)
        *use = (ab_use){cell, trip, amount};
    else
        prover->failed = true;
}

static int by_cell(const void *a, const void *b)
{
    const ab_use *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->trip > y->trip) - (x->trip < y->trip);
}

/* The trips of uses [from, until), each once; those without an amount are not to blame. */
static int32_t list_trips(const ab_uses *uses, int32_t from, int32_t until, int32_t *trip)
{
    int32_t count = 0;

    for (int32_t i = from; i < until; i++)
        if (uses->at[i].trip >= 0 && uses->at[i].amount > 0 &&
            (count == 0 || trip[count - 1] != uses->at[i].trip))
            trip[count++] = uses->at[i].trip;
    return count;
}

void ab__prove_uses(ab_prover *prover, ab_rule rule, ab_uses *uses, const char *unit, ab_allowed_fn *allowed)
{
    int32_t *trip = AB_NEW(prover->arena, int32_t, uses->count);

    if (!trip)
        prover->failed = true;
    if (uses->count > 0)
        qsort(uses->at, (size_t)uses->count, sizeof *uses->at, by_cell);
    for (int32_t from = 0, until; from < uses->count && !prover->failed; from = until) {
        double sum = 0;
        ab_where where = ab__where(AB_TIME_NONE);
        for (until = from; until < uses->count && uses->at[until].cell == uses->at[from].cell; until++)
            sum += uses->at[until].amount;
        double most = allowed(prover, uses->at[from].cell, &where);
        where.trip = trip;
        where.trip_count = list_trips(uses, from, until, trip);
        if (!isnan(most))
            ab__prove_most(prover, rule, sum, most, 0, unit, &where);
    }
    AB_VEC_FREE(uses);
}
