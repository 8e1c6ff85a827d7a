/* Figures in another unit than the column's are seen; odd but real ones are not. */
#include "model/mini.h"

typedef struct figure {
    const char *table;
    int line;
    const char *column, *text;
    const char *hint; /* NULL: nothing is said */
} figure;

static void assert_judged(const figure *of, int count)
{
    for (int i = 0; i < count; i++) {
        const figure *f = &of[i];
        if (f->hint == NULL)
            assert_cell_sound(f->table, f->line, f->column, f->text);
        else
            assert_cell_flaw(f->table, f->line, f->column, f->text, AB_ISSUE_UNLIKELY_FIGURE,
                             f->hint);
    }
}
#define JUDGED(figures) assert_judged(figures, (int)(sizeof figures / sizeof figures[0]))

static void each_kind_of_vehicle_has_its_own_figures(void **state)
{
    (void)state;
    static const figure figures[] = {
        {"vehicles", 2, "payload_t", "130", ""},
        {"vehicles", 2, "payload_t", "0.013",
         "a thousand times as much, 13, would fit: was it divided twice?"},
        {"vehicles", 2, "payload_t", "45", NULL}, /* long haul, WFP South Sudan */
        {"vehicles", 2, "speed_km_h", "300", ""},
        {"vehicles", 2, "speed_km_h", "8", NULL}, /* Madaya, 11 January 2016 */
        {"vehicles", 2, "usd_per_h", "25000", ""},
        {"vehicles", 2, "turnround_h", "180", "if it is in minutes, write 3"},
        {"vehicles", 3, "payload_t", "0.036",
         "a thousand times as much, 36, would fit: was it divided twice?"},
        {"vehicles", 3, "payload_t", "9", NULL}, /* a C-130 */
        {"vehicles", 3, "speed_km_h", "75", ""},
        {"vehicles", 3, "runway_needed_m", "30", ""},
        {"vehicles", 3, "runway_needed_m", "2", "if it is in km, write 2000"},
        {"vehicles", 4, "payload_t", "36", ""},
        {"vehicles", 4, "payload_t", "4", NULL}, /* a Mi-8 on a short leg */
        {"vehicles", 4, "speed_km_h", "750", ""},
    };
    JUDGED(figures);
}

static void places_and_hubs_have_figures_of_their_kind(void **state)
{
    (void)state;
    static const figure figures[] = {
        {"hubs", 3, "throughput_t_per_day", "90000", "if it is in kg/day, write 90"},
        {"places", 2, "stock_days", "480", "if it is in hours, write 20"},
        {"places", 2, "stock_days", "120", NULL},
        {"places", 2, "runway_m", "1.8", "if it is in km, write 1800"},
        {"places", 2, "runway_m", "0", NULL}, /* none */
        {"places", 2, "handling_t_per_day", "12000", "if it is in kg/day, write 12"},
    };
    JUDGED(figures);
}

static void commodities_have_figures_of_their_kind(void **state)
{
    (void)state;
    static const figure figures[] = {
        {"commodities", 2, "need_kg_per_person_day", "40", "if it is in g/person/day, write 0.04"},
        {"commodities", 2, "need_kg_per_person_day", "0.0004", "if it is in t/person/day, write 0.4"},
        {"commodities", 2, "need_kg_per_person_day", "0.005", NULL}, /* salt */
        {"commodities", 2, "usd_per_t", "0.45", "if it is in USD/kg, write 450"},
    };
    JUDGED(figures);
}

static void a_figure_beyond_every_kind_is_an_error_with_the_same_hint(void **state)
{
    (void)state;
    assert_cell_flaw("vehicles", 2, "payload_t", "13000", AB_ISSUE_OUT_OF_RANGE,
                     "if it is in kg, write 13");
    assert_cell_flaw("commodities", 2, "need_kg_per_person_day", "500", AB_ISSUE_OUT_OF_RANGE,
                     "if it is in g/person/day, write 0.5");
    assert_cell_flaw("commodities", 2, "kcal_per_kg", "14644", AB_ISSUE_OUT_OF_RANGE,
                     "if it is in kJ/kg, write 3500");
    assert_cell_flaw("commodities", 2, "package_kg", "50000", AB_ISSUE_OUT_OF_RANGE,
                     "if it is in g, write 50");
    assert_cell_flaw("stocks", 4, "certainty_prob", "80", AB_ISSUE_OUT_OF_RANGE,
                     "if it is in per cent, write 0.8");
    assert_cell_flaw("vehicles", 4, "payload_full_range_km", "250000", AB_ISSUE_OUT_OF_RANGE,
                     "if it is in m, write 250");
    assert_cell_flaw("stocks", 3, "mass_t", "-60", AB_ISSUE_OUT_OF_RANGE, "");
    assert_cell_flaw("vehicles", 2, "speed_km_h", "3000", AB_ISSUE_OUT_OF_RANGE, "");
}

static void people_in_thousands_are_told_by_their_fraction(void **state)
{
    (void)state;
    assert_cell_flaw("places", 2, "population", "42.5", AB_ISSUE_NOT_A_NUMBER,
                     "if it is in thousands, write 42500");
    assert_cell_flaw("places", 2, "population", "42.51234", AB_ISSUE_NOT_A_NUMBER, "");
}

static void a_stock_is_less_than_everybody_eats_in_five_years(void **state)
{
    (void)state;
    /* 161,000 people need 64.4 t of flour a day, 117,530 t in five years */
    assert_cell_flaw("stocks", 2, "mass_t", "300000", AB_ISSUE_UNLIKELY_FIGURE,
                     "if it is in kg, write 300");
    assert_cell_sound("stocks", 2, "mass_t", "117000");
    /* of the kits nobody needs a mass a day */
    assert_cell_sound("stocks", 7, "mass_t", "900000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_vehicle_has_its_own_figures),
        cmocka_unit_test(places_and_hubs_have_figures_of_their_kind),
        cmocka_unit_test(commodities_have_figures_of_their_kind),
        cmocka_unit_test(a_figure_beyond_every_kind_is_an_error_with_the_same_hint),
        cmocka_unit_test(a_stock_is_less_than_everybody_eats_in_five_years),
        cmocka_unit_test(people_in_thousands_are_told_by_their_fraction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
