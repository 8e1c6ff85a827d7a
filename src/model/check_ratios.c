/* Figures that belong together and cannot both be right: mostly one of them is in another unit. */
#include <math.h>

#include "base/c_locale.h"
#include "geo/geodesic.h"
#include "model/check.h"

/* Energy of protein and carbohydrate 4 kcal/g, of fat 9 (W. O. Atwater; Codex CAC/GL 2-1985); a tenth for
 * rounding and alcohol. */
static const double KCAL_PER_G = 4, KCAL_PER_G_FAT = 9, SLACK = 1.1;
/* Cotton is 30 kg/m3 pressed, lead shot 7,000. Flour in sacks is some 650, kits 200 to 250. */
static const double LIGHTEST_KG_PER_M3 = 15, DENSEST_KG_PER_M3 = 5000;
/* A road is no shorter than the straight line, and seldom five times as long over more than some km. */
static const double SHORTEST = 0.95, LONGEST = 5, LONGEST_FREE_M = 100000;
/* Between stops; a ship or a caravan is slow, no jet is faster. */
static const double SLOWEST_MPS = 0.5, FASTEST_ROAD_MPS = 130 / 3.6, FASTEST_MPS = 1000 / 3.6;

/* A pipeline holds months. Five years of what everybody needs in one row are kilograms taken for tonnes, even of a stock of
 * two days. What is smaller than some shiploads may serve others, too. */
static const double LONGEST_STOCK_DAYS = 5 * 365.0, LEAST_STOCK_KG = 1e6;

static void raise(ab_check *check, int32_t table, int32_t row, int32_t column, const char *expected,
                  const char *hint)
{
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_UNLIKELY_FIGURE,
                                        .table = table,
                                        .row = row,
                                        .column = column,
                                        .expected = expected,
                                        .hint = hint});
}

static double grams(double g_per_kg)
{
    return isnan(g_per_kg) ? 0 : g_per_kg;
}

static void check_energy(ab_check *check, int32_t row)
{
    const ab_commodity *c = &check->op->commodities.at[row];
    double kcal = c->kcal_per_kg;
    if (c->category != AB_CATEGORY_FOOD || !(kcal > 0))
        return;
    double fat = grams(c->fat_g_per_kg), protein = grams(c->protein_g_per_kg);
    double least = KCAL_PER_G_FAT * fat + KCAL_PER_G * protein;
    double most = isnan(c->fat_g_per_kg) ? 1000 * KCAL_PER_G_FAT
                                         : KCAL_PER_G_FAT * fat + KCAL_PER_G * (1000 - fat);
    if (kcal * SLACK >= least && kcal <= most * SLACK)
        return;
    char expected[96], hint[64] = "";
    double per_100_g = kcal * 10, from_kj = kcal / 4.184;
    (void)ab__c_snprintf(expected, sizeof expected,
                         "the energy of its fat and protein, %.0f to %.0f kcal/kg", least, most);
    if (per_100_g * SLACK >= least && per_100_g <= most * SLACK)
        (void)ab__c_snprintf(hint, sizeof hint, "if it is for 100 g, write %.6g", per_100_g);
    else if (kcal > most && from_kj * SLACK >= least && from_kj <= most * SLACK)
        (void)ab__c_snprintf(hint, sizeof hint, "if it is in kJ/kg, write %.6g", round(from_kj));
    raise(check, AB_TABLE_commodities, row, AB_COL_commodity_kcal_per_kg, expected, hint);
}

static void check_density(ab_check *check, int32_t row)
{
    const ab_commodity *c = &check->op->commodities.at[row];
    if (!ab_given(&c->head, AB_COL_commodity_package_kg) ||
        !ab_given(&c->head, AB_COL_commodity_package_m3) || !(c->package_m3 > 0))
        return;
    double density = c->package_kg / c->package_m3;
    if (density >= LIGHTEST_KG_PER_M3 && density <= DENSEST_KG_PER_M3)
        return;
    char expected[96], hint[64] = "";
    (void)ab__c_snprintf(expected, sizeof expected, "the volume of %.6g kg, %.2g to %.2g m3",
                         c->package_kg, c->package_kg / DENSEST_KG_PER_M3,
                         c->package_kg / LIGHTEST_KG_PER_M3);
    if (density * 1000 >= LIGHTEST_KG_PER_M3 && density * 1000 <= DENSEST_KG_PER_M3)
        (void)ab__c_snprintf(hint, sizeof hint, "if it is in litres, write %.6g",
                             c->package_m3 / 1000);
    raise(check, AB_TABLE_commodities, row, AB_COL_commodity_package_m3, expected, hint);
}

/* NaN where an end or its position is not known. */
static double straight_m(const ab_check *check, const ab_link *link)
{
    double from_lon_deg, from_lat_deg, to_lon_deg, to_lat_deg;
    if (link->from_hub < 0 || link->to_hub < 0 || link->from_hub == link->to_hub ||
        !ab__check_position(check, AB_TABLE_hubs, link->from_hub, &from_lon_deg, &from_lat_deg) ||
        !ab__check_position(check, AB_TABLE_hubs, link->to_hub, &to_lon_deg, &to_lat_deg))
        return NAN;
    return ab__geodesic_m(from_lon_deg, from_lat_deg, to_lon_deg, to_lat_deg);
}

static bool is_length(double distance_m, double straight)
{
    return distance_m >= straight * SHORTEST &&
           (distance_m <= straight * LONGEST || distance_m <= LONGEST_FREE_M);
}

static bool check_length(ab_check *check, int32_t row, double straight)
{
    const ab_link *link = &check->op->links.at[row];
    char expected[96], hint[64] = "";
    if (isnan(link->distance_m) || isnan(straight) || is_length(link->distance_m, straight))
        return true;
    (void)ab__c_snprintf(expected, sizeof expected,
                         "at least the straight line, %.4g km, and seldom %g times that",
                         straight / 1000, LONGEST);
    if (link->distance_m > straight && is_length(link->distance_m / 1000, straight))
        (void)ab__c_snprintf(hint, sizeof hint, "if it is in m, write %.6g",
                             link->distance_m / 1e6);
    raise(check, AB_TABLE_links, row, AB_COL_link_distance_m, expected, hint);
    return false;
}

static void check_pace(ab_check *check, int32_t row, double straight)
{
    const ab_link *link = &check->op->links.at[row];
    double distance_m = isnan(link->distance_m) ? straight : link->distance_m;
    double most_mps = link->mode == AB_MODE_ROAD ? FASTEST_ROAD_MPS : FASTEST_MPS;
    if (!(link->duration_s > 0) || isnan(distance_m))
        return;
    double mps = distance_m / link->duration_s;
    if (mps >= SLOWEST_MPS && mps <= most_mps)
        return;
    char expected[96], hint[64] = "";
    (void)ab__c_snprintf(expected, sizeof expected, "the time for %.4g km, %.2g to %.4g h",
                         distance_m / 1000, distance_m / most_mps / 3600,
                         distance_m / SLOWEST_MPS / 3600);
    if (mps < SLOWEST_MPS && mps * 60 >= SLOWEST_MPS && mps * 60 <= most_mps)
        (void)ab__c_snprintf(hint, sizeof hint, "if it is in minutes, write %.6g",
                             link->duration_s / 216000);
    raise(check, AB_TABLE_links, row, AB_COL_link_duration_s, expected, hint);
}

static void check_stock(ab_check *check, int32_t row, double people)
{
    const ab_stock *stock = &check->op->stocks.at[row];
    if (stock->commodity < 0 || !(stock->mass_kg > 0) || !(people > 0))
        return;
    double kg_per_day = people * check->op->commodities.at[stock->commodity].need_kg_per_person_day;
    double most_kg = kg_per_day * LONGEST_STOCK_DAYS;
    if (!(kg_per_day > 0) || stock->mass_kg <= fmax(most_kg, LEAST_STOCK_KG))
        return;
    char expected[128], hint[64];
    (void)ab__c_snprintf(expected, sizeof expected,
                         "a stock, which is not as much as %.0f people need in 5 years, %.4g t",
                         people, most_kg / 1000);
    (void)ab__c_snprintf(hint, sizeof hint, "if it is in kg, write %.6g", stock->mass_kg / 1e6);
    raise(check, AB_TABLE_stocks, row, AB_COL_stock_mass_kg, expected, hint);
}

static void check_stocks(ab_check *check)
{
    double people = 0;
    for (int32_t p = 0; p < check->op->places.count; p++) {
        int64_t here = check->op->places.at[p].population;
        if (here < 0)
            return; /* of whom nobody knows how many they are */
        people += (double)here;
    }
    for (int32_t r = 0; r < check->op->stocks.count; r++)
        check_stock(check, r, people);
}

void ab__check_ratios(ab_check *check)
{
    check_stocks(check);
    for (int32_t r = 0; r < check->op->commodities.count; r++) {
        check_energy(check, r);
        check_density(check, r);
    }
    for (int32_t r = 0; r < check->op->links.count; r++) {
        double straight = straight_m(check, &check->op->links.at[r]);
        if (check_length(check, r, straight))
            check_pace(check, r, straight);
    }
}
