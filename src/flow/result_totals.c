/* What can be told of a plan without naming a place: needs by category, goods by means. */
#include <math.h>

#include "flow/result.h"

int32_t ab__total_audience(ab_audience audience, int64_t places)
{
    /* A total of one place or two is theirs: the usual threshold of statistical offices. */
    enum { LEAST_PLACES = 3 };

    return places >= LEAST_PLACES ? (int32_t)audience : (int32_t)AB_AUDIENCE_TEAM;
}

int32_t ab__places_in_need(const ab_need *need)
{
    int32_t places = 0;

    for (int32_t p = 0; p < need->place_count; p++)
        places += need->people[p] > 0;
    return places;
}

/* The need of a category of all people a day; `unit` stays NULL where there is none. */
static double needed_per_day(const ab_need *need, ab_category category, const char **unit)
{
    double per_person_day = 0, people = 0;

    for (int32_t g = 0; g < need->group_count; g++) {
        if (need->group[g].category == category && need->group[g].per_person_day > 0) {
            per_person_day += need->group[g].per_person_day;
            *unit = need->group[g].unit;
        }
    }
    for (int32_t p = 0; p < need->place_count; p++)
        people += need->people[p];
    return people * per_person_day;
}

static int32_t add_needs(ab_total *row, const ab_need *need)
{
    int32_t count = 0, places = ab__places_in_need(need);

    for (int32_t c = 0; c < ab_codes_category.count; c++) {
        const char *unit = NULL;
        double amount = needed_per_day(need, (ab_category)c, &unit);
        if (unit == NULL)
            continue;
        row[count++] = (ab_total){.what = "needed a day",
                                  .category = ab_codes_category.codes[c].word,
                                  .commodity = "",
                                  .means = "",
                                  .amount = amount,
                                  .expected = NAN,
                                  .unit = unit,
                                  .places = places,
                                  .audience = ab__total_audience(AB_AUDIENCE_PUBLIC, places)};
    }
    return count;
}

/* What is sent of a commodity by the means of the set (bit per ab_means). `seen` has a flag for each place. */
static ab_total sent_by(const ab_stages *stages, int32_t commodity, uint32_t means, bool *seen)
{
    const ab_plan *plan = stages->plan;
    ab_total total = {.unit = "t", .means = ""};

    for (int32_t p = 0; p < stages->op->places.count; p++)
        seen[p] = false;
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        const ab_chosen *chosen = &plan->chosen[i];
        if (chosen->offer < 0)
            continue;
        const ab_offer *offer = &stages->trips->offer[chosen->offer];
        const ab_trip_kind *kind = &stages->trips->kind[offer->kind];
        for (int32_t l = 0; (means >> kind->means & 1) != 0 && l < chosen->load_count; l++) {
            const ab_load *load = &plan->load[chosen->first_load + l];
            if (load->commodity != commodity)
                continue;
            total.amount += load->mass_kg / 1000;
            total.expected += load->mass_kg / 1000 * offer->arrival.mean;
            total.places += !seen[kind->place];
            seen[kind->place] = true;
        }
    }
    total.category = ab_codes_category.codes[stages->op->commodities.at[commodity].category].word;
    total.commodity = stages->op->commodities.at[commodity].id;
    total.audience = ab__total_audience(AB_AUDIENCE_PUBLIC, total.places);
    return total;
}

/* By each means; and by all together where the public may not see any of them apart: with both, it could tell
 * by subtraction what it may not see. */
static int32_t add_sent(ab_total *row, const ab_stages *stages, int32_t commodity, bool *seen)
{
    int32_t count = 0;
    bool shown = false;

    for (int32_t m = 0; m < ab_codes_means.count; m++) {
        ab_total total = sent_by(stages, commodity, 1u << m, seen);
        if (total.places == 0)
            continue;
        total.what = "sent";
        total.means = ab_codes_means.codes[m].word;
        row[count++] = total;
        shown = shown || total.audience == (int32_t)AB_AUDIENCE_PUBLIC;
    }
    if (count < 2 || shown)
        return count;
    row[count] = sent_by(stages, commodity, UINT32_MAX, seen);
    row[count++].what = "sent by all means";
    return count;
}

bool ab__table_totals(ab_result *result, const ab_stages *stages)
{
    int32_t commodities = stages->op->commodities.count;
    int32_t most = ab_codes_category.count + commodities * (ab_codes_means.count + 1);
    ab_total *row = AB_NEW(result->arena, ab_total, most);
    bool *seen = AB_NEW(result->arena, bool, stages->op->places.count);

    if (!row || !seen)
        return false;
    int32_t count = add_needs(row, stages->need);
    for (int32_t c = 0; c < commodities; c++)
        count += add_sent(row + count, stages, c, seen);
    result->rows[AB_TABLE_totals] = (ab_rows){row, count};
    return true;
}
