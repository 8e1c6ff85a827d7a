/* Figures that no real thing has: mostly in another unit than the column's. The declaration's ranges hold
 * for every kind of vehicle and commodity; these for one kind each. */
#include <math.h>

#include "base/number.h"
#include "model/check.h"
#include "schema/suggest.h"

enum { ANY_KIND = -1 };

typedef struct bound {
    int32_t table, column;
    int32_t kind; /* of vehicle (mode) or commodity (category) */
    double least, greatest; /* in the cell's unit; 0 is always allowed */
    const char *what;
} bound;

/* Sources: [A] data/facts/aircraft.csv, [C] transport_costs_tempo.csv of the Syrian record: lorries on record carried
 * 7.7 to 26.4 t and long-haul ones 40 to 45 t [A, C]; Mi-8 2 to 4 t [A], the Mi-26, the largest in service, 20 t
 * (maker's figure); Dornier 228 about 2 t, C-130 9 t, Il-76 20 to 40 t [A], An-124 150 t (maker's figure).
 * Convoys made 8 to 60 km/h [C]. An hour of an Il-76 is some 10,000 USD, of a Mi-8 some 3,500 USD (charter
 * rates; the record has only the excess of 910 to 8,060 USD a tonne [C]). Each bound is two to four times
 * beyond what is on record, so that an odd vehicle passes and a factor of a thousand does not. */
static const bound bounds[] = {
    {AB_TABLE_vehicles, AB_COL_vehicle_payload_kg, AB_MODE_ROAD, 0.3, 60, "the payload of a lorry"},
    {AB_TABLE_vehicles, AB_COL_vehicle_payload_kg, AB_MODE_HELICOPTER, 0.1, 20,
     "the payload of a helicopter"},
    {AB_TABLE_vehicles, AB_COL_vehicle_payload_kg, AB_MODE_AIR, 0.2, 150,
     "the payload of an aeroplane"},
    {AB_TABLE_vehicles, AB_COL_vehicle_speed_mps, AB_MODE_ROAD, 3, 110, "the speed of a lorry"},
    {AB_TABLE_vehicles, AB_COL_vehicle_speed_mps, AB_MODE_HELICOPTER, 80, 350,
     "the speed of a helicopter"},
    {AB_TABLE_vehicles, AB_COL_vehicle_speed_mps, AB_MODE_AIR, 120, 1000,
     "the speed of an aeroplane"},
    {AB_TABLE_vehicles, AB_COL_vehicle_payload_full_range_m, AB_MODE_HELICOPTER, 50, 1500,
     "the range of a helicopter"},
    {AB_TABLE_vehicles, AB_COL_vehicle_payload_full_range_m, AB_MODE_AIR, 150, 15000,
     "the range of an aeroplane"},
    {AB_TABLE_vehicles, AB_COL_vehicle_runway_needed_m, AB_MODE_AIR, 150, 4500,
     "a runway that an aeroplane needs"},
    {AB_TABLE_vehicles, AB_COL_vehicle_usd_per_s, AB_MODE_ROAD, 0.5, 2000,
     "the cost of a lorry's hour"},
    {AB_TABLE_vehicles, AB_COL_vehicle_usd_per_s, AB_MODE_HELICOPTER, 200, 60000,
     "the cost of a helicopter's hour"},
    {AB_TABLE_vehicles, AB_COL_vehicle_usd_per_s, AB_MODE_AIR, 300, 150000,
     "the cost of an aeroplane's hour"},
    {AB_TABLE_vehicles, AB_COL_vehicle_turnround_s, ANY_KIND, 0.05, 72, "a turn-round"},
    /* Longest in use: 5,500 m (Qamdo Bamda, OurAirports); shortest for any aeroplane of relief: some 200 m. */
    {AB_TABLE_hubs, AB_COL_hub_runway_m, ANY_KIND, 150, 5600, "a runway"},
    {AB_TABLE_places, AB_COL_place_runway_m, ANY_KIND, 150, 5600, "a runway"},
    {AB_TABLE_places, AB_COL_place_stock_s, ANY_KIND, 0.05, 400,
     "food for a year at most in a place that is cut off"},
    /* All of WFP in Syria moved some 15,000 t a month in 2013 (examples/syria-2016). */
    {AB_TABLE_hubs, AB_COL_hub_throughput_kg_per_day, ANY_KIND, 0.1, 30000,
     "what a hub can load out"},
    {AB_TABLE_places, AB_COL_place_handling_kg_per_day, ANY_KIND, 0.01, 10000,
     "what a place can hand out"},
    /* A whole ration is some 0.5 to 0.6 kg (UNHCR Handbook for Emergencies); water 7.5 to 20 l (Sphere). */
    {AB_TABLE_commodities, AB_COL_commodity_need_kg_per_person_day, AB_CATEGORY_FOOD, 0.0005, 2,
     "a person's need of one food"},
    {AB_TABLE_commodities, AB_COL_commodity_need_kg_per_person_day, AB_CATEGORY_WATER, 0.5, 50,
     "a person's need of water"},
    /* A sack is 50 kg, a drop container 1 t at most, the P-7 platform carries 9.5 t [A]. */
    {AB_TABLE_commodities, AB_COL_commodity_package_kg, ANY_KIND, 0.05, 10000, "a package"},
    {AB_TABLE_commodities, AB_COL_commodity_usd_per_kg, AB_CATEGORY_FOOD, 20, 50000,
     "the price of a food"},
    {AB_TABLE_dropsystems, AB_COL_dropsystem_load_max_kg, ANY_KIND, 5, 20000,
     "the heaviest load of a drop"},
};

static int32_t kind_of(const ab_check *check, int32_t table, int32_t row)
{
    if (table == AB_TABLE_vehicles)
        return check->op->vehicles.at[row].mode;
    return table == AB_TABLE_commodities ? check->op->commodities.at[row].category : ANY_KIND;
}

static void add_range(const bound *of, const char *unit, ab_buf *out)
{
    char least[AB_NUMBER_CAP], greatest[AB_NUMBER_CAP];
    ab__buf_printf(out, "%s, %s to %s %s", of->what, ab__number_format_n(of->least, 6, least),
                   ab__number_people(of->greatest, 0, greatest), unit);
}

static void check_row(ab_check *check, const bound *of, int32_t row)
{
    double value = ab__check_number(check, of->table, row, of->column);
    if ((of->kind != ANY_KIND && kind_of(check, of->table, row) != of->kind) || isnan(value) ||
        value == 0 || (value >= of->least && value <= of->greatest))
        return;
    const char *unit = ab__check_column(of->table, of->column)->unit;
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    add_range(of, unit, &expected);
    (void)ab__suggest_unit(unit, value, of->least, of->greatest, &hint);
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_UNLIKELY_FIGURE,
                                        .table = of->table,
                                        .row = row,
                                        .column = of->column,
                                        .expected = ab__buf_text(&expected),
                                        .hint = ab__buf_text(&hint)});
    ab__buf_free(&expected);
    ab__buf_free(&hint);
}

void ab__check_units(ab_check *check)
{
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
        for (int32_t r = 0; r < check->data.rows[bounds[i].table].count; r++)
            check_row(check, &bounds[i], r);
}
