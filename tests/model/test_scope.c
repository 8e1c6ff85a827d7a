#include "model/mini.h"

static void a_scope_names_commodities_by_id_or_by_category(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("access", "id|subject|state|reported_at|commodities\n"
                                 "a|place:upper|open|2030-03-01T00:00Z|\n"
                                 "b|place:upper|open|2030-03-01T00:00Z|oil; medical\n"
                                 "c|place:upper|open|2030-03-01T00:00Z|food\n"
                                 "d|place:upper|open|2030-03-01T00:00Z|water\n");
    const ab_operation *op = of.op;
    static const bool want[4][4] = {
        {true, true, true, true}, /* flour, lentils, oil, kit */
        {false, false, true, true},
        {true, true, true, false},
        {false, false, false, false},
    };
    for (int32_t r = 0; r < 4; r++)
        for (int32_t c = 0; c < 4; c++)
            assert_int_equal(ab_scope_has(op, &op->access.at[r].commodities, c), want[r][c]);
    forget_operation(&of);
}

static void a_mode_covers_the_means_that_it_is_about(void **state)
{
    (void)state;
    static const struct {
        int32_t mode;
        bool road, airlift, airdrop, helicopter, link;
    } rows[] = {
        {-1, true, true, true, true, true},
        {AB_MODE_ROAD, true, false, false, false, false},
        {AB_MODE_AIR, false, true, true, false, false},
        {AB_MODE_HELICOPTER, false, false, false, true, false},
        {AB_MODE_AIRLIFT, false, true, false, false, false},
        {AB_MODE_AIRDROP, false, false, true, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(ab_mode_covers(rows[i].mode, AB_MEANS_ROAD), rows[i].road);
        assert_int_equal(ab_mode_covers(rows[i].mode, AB_MEANS_AIRLIFT), rows[i].airlift);
        assert_int_equal(ab_mode_covers(rows[i].mode, AB_MEANS_AIRDROP), rows[i].airdrop);
        assert_int_equal(ab_mode_covers(rows[i].mode, AB_MEANS_HELICOPTER), rows[i].helicopter);
        assert_int_equal(ab_mode_covers(rows[i].mode, AB_MEANS_LINK), rows[i].link);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scope_names_commodities_by_id_or_by_category),
        cmocka_unit_test(a_mode_covers_the_means_that_it_is_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
