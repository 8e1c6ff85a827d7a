/* What is needed and sent in all places together, without naming one. */
#include <math.h>
#include <string.h>

#include "verify/prover.h"

/* A total of one place or two is theirs. */
enum { LEAST_PLACES = 3 };

static int32_t word_in(const ab_code_list *list, const char *word)
{
    for (int32_t i = 0; i < list->count; i++)
        if (strcmp(list->codes[i].word, word) == 0)
            return i;
    return -1;
}

static double people_in_all(const ab_prover *prover, int64_t *places)
{
    double people = 0;

    *places = 0;
    for (int32_t p = 0; p < prover->op->places.count; p++) {
        people += (double)prover->op->places.at[p].population;
        *places += prover->op->places.at[p].population > 0;
    }
    return people;
}

static double needed_a_day(const ab_prover *prover, int32_t category)
{
    double need = 0;

    for (int32_t g = 0; g < prover->needs.group_count; g++)
        need += (int32_t)prover->needs.group[g].category == category ? prover->needs.group[g].per_person_day : 0;
    return need;
}

/* A row's commodity and means; -1: all, -2: no such one. */
typedef struct what {
    int32_t commodity, means, category;
} what;

static what read_what(const ab_prover *prover, const ab_total *row)
{
    what w = {row->commodity[0] ? -2 : -1, row->means[0] ? word_in(&ab_codes_means, row->means) : -1,
              word_in(&ab_codes_category, row->category)};

    for (int32_t c = 0; c < prover->op->commodities.count; c++)
        if (strcmp(prover->op->commodities.at[c].id, row->commodity) == 0)
            w.commodity = c;
    return w;
}

/* Sent of a commodity by some means (-1: all), t, with how much is expected and to how many places. */
static double sent_t(const ab_prover *prover, what w, double *expected_t, int64_t *places)
{
    double sent = 0;

    *expected_t = 0;
    *places = 0;
    for (int32_t p = 0; p < prover->op->places.count; p++) {
        bool here = false;
        for (int32_t i = 0; i < prover->load_count; i++) {
            const ab_told_load *load = &prover->load[i];
            const ab_told_trip *trip = &prover->trip[load->trip];
            if (!ab__is_delivery(trip) || trip->place != p || load->commodity != w.commodity ||
                (w.means >= 0 && trip->means != w.means))
                continue;
            sent += load->row->mass_kg / 1000;
            *expected_t += load->row->mass_kg / 1000 * trip->row->arrival_prob;
            here = true;
        }
        *places += here;
    }
    return sent;
}

static void prove_need_row(ab_prover *prover, const ab_total *row, what w, const ab_where *where)
{
    int64_t places;
    double people = people_in_all(prover, &places);

    ab__prove_equal(prover, AB_PROVE_TOTALS, "need", row->amount, people * needed_a_day(prover, w.category), row->unit, where);
    ab__prove_equal(prover, AB_PROVE_TOTALS, "places", (double)row->places, (double)places, "places", where);
}

static void prove_sent_row(ab_prover *prover, const ab_total *row, what w, const ab_where *where)
{
    double expected;
    int64_t places;
    double sent = sent_t(prover, w, &expected, &places);

    ab__prove_equal(prover, AB_PROVE_TOTALS, "sent", row->amount, sent, row->unit, where);
    ab__prove_equal(prover, AB_PROVE_TOTALS, "expected", row->expected, expected, row->unit, where);
    ab__prove_equal(prover, AB_PROVE_TOTALS, "places", (double)row->places, (double)places, "places", where);
}

/* How often there is such a row. */
static int32_t times_told(const ab_prover *prover, const char *row_what, what w)
{
    int32_t found = 0;

    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, totals); i++) {
        const ab_total *row = AB_TOLD(prover, totals, total, i);
        what told = read_what(prover, row);
        found += strcmp(row->what, row_what) == 0 && told.category == w.category && told.commodity == w.commodity &&
                 told.means == w.means;
    }
    return found;
}

/* By all means together only where the public may not see any of them apart: else it could tell by subtraction
 * what it may not see. */
static void prove_all_means(ab_prover *prover, int32_t commodity)
{
    what w = {commodity, -1, prover->op->commodities.at[commodity].category};
    ab_where where = ab__where_row("commodity", prover->op->commodities.at[commodity].id, AB_TIME_NONE);
    int32_t means = 0;
    bool shown = false;

    for (w.means = 0; w.means < AB_MEANS_LINK; w.means++) {
        double expected;
        int64_t places;
        means += sent_t(prover, w, &expected, &places) > 0;
        shown = shown || places >= LEAST_PLACES;
    }
    w.means = -1;
    ab__prove_fact(prover, AB_PROVE_TOTALS, times_told(prover, "sent by all means", w) == (means >= 2 && !shown), &where,
                   "a total by all means too many or too few", "one where no means may be told apart, else none");
}

/* The public may see totals of three places and more. */
static void prove_audience(ab_prover *prover, const ab_total *row, const ab_where *where)
{
    bool told = row->audience == AB_AUDIENCE_PUBLIC;

    ab__prove_fact(prover, AB_PROVE_TOTALS, told == (row->places >= LEAST_PLACES), where, "an audience too wide or too narrow",
                   "the public for three places and more, else the team");
}

/* Nothing that is needed or sent is left out. */
static void prove_all_told(ab_prover *prover)
{
    for (int32_t category = 0; category < ab_codes_category.count; category++) {
        what w = {-1, -1, category};
        ab_where where = ab__where_row("category", ab_codes_category.codes[category].word, AB_TIME_NONE);
        if (needed_a_day(prover, category) > 0)
            ab__prove_fact(prover, AB_PROVE_TOTALS, times_told(prover, "needed a day", w) == 1, &where, "no total of what is needed", "one");
    }
    for (int32_t c = 0; c < prover->op->commodities.count; c++) {
        for (int32_t means = 0; means < AB_MEANS_LINK; means++) {
            what w = {c, means, prover->op->commodities.at[c].category};
            double expected;
            int64_t places;
            ab_where where = ab__where_rows("commodity", prover->op->commodities.at[c].id, "means",
                                            ab_codes_means.codes[means].word, AB_TIME_NONE);
            if (sent_t(prover, w, &expected, &places) > 0)
                ab__prove_fact(prover, AB_PROVE_TOTALS, times_told(prover, "sent", w) == 1, &where, "no total of what is sent",
                               "one");
        }
        prove_all_means(prover, c);
    }
}

void ab__prove_totals(ab_prover *prover)
{
    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, totals); i++) {
        const ab_total *row = AB_TOLD(prover, totals, total, i);
        ab_where where = ab__where_rows("total", row->what, "of", row->commodity[0] ? row->commodity : row->category, AB_TIME_NONE);
        what w = read_what(prover, row);
        bool need = strcmp(row->what, "needed a day") == 0, sent = strncmp(row->what, "sent", 4) == 0;
        bool known = w.category >= 0 && ((need && w.commodity == -1) || (sent && w.commodity >= 0));
        ab__prove_fact(prover, AB_PROVE_NAMES, known, &where, row->what, "a need of a category, or what is sent of a commodity");
        prove_audience(prover, row, &where);
        if (known && need)
            prove_need_row(prover, row, w, &where);
        else if (known)
            prove_sent_row(prover, row, w, &where);
    }
    prove_all_told(prover);
}
