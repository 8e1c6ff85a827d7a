/* The worked example of docs/models/access.md, and what becomes of any load. */
#include "verify/draft.h"

static planned example;

static int read_it(void **state)
{
    (void)state;
    read_example(&example, "deir-ez-zor-2016");
    example.whole = copy_op(example.read, example.read->settings);
    example.whole.settings.as_of = INT64_C(1467331200); /* 1 July 2016 */
    settle_rows(&example.whole);
    return 0;
}

static int free_it(void **state)
{
    (void)state;
    ab_operation_free(example.read);
    return 0;
}

static ab_access *make_access(void)
{
    ab_access *access = NULL;
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab_access_make(&example.whole.op, &access, &err), AB_OK);
    return access;
}

static void near(double found, double expected)
{
    if (!(fabs(found - expected) <= 6e-5))
        fail_msg("found %.6f, expected %.5f", found, expected);
}

/* 7 July 2016 in weeks from 31 March. */
enum { WEEK = 14 };

static void al_waer_by_hand(void **state)
{
    ab_access *access = make_access();
    int32_t place = small_row(&example.whole.op, AB_TABLE_places, "al_waer");
    const ab_access_cell *cell = ab_access_place(access, place, AB_MEANS_ROAD, WEEK);
    ab_passage passage = {.place = place, .means = AB_MEANS_ROAD, .depart = WEEK};
    uint32_t goods = 1U << AB_CATEGORY_FOOD | 1U << AB_CATEGORY_MEDICAL;
    ab_outcomes out = ab_access_outcomes(access, &passage, goods);

    (void)state;
    assert_int_equal(cell->permission, AB_PERMISSION_GIVEN);
    near(cell->leave.mean, 1);
    near(cell->go.mean, 0.63802);
    near(cell->gate.mean, 0.92992);
    near(cell->permit.mean, 0.59331);
    near(out.refused, 0.36198);
    near(out.hurt, 0.03220);
    near(out.lost, 0.00624);
    near(out.turned_back, 0.04202);
    near(out.part, 0.01430);
    near(out.stripped, 0.21731);
    near(out.delivered, 0.32596);
    ab_access_free(access);
}

/* Leave of the Government for a town that ISIL besieges: both gates. */
static void two_gates_by_hand(void **state)
{
    ab_access *access = make_access();
    int32_t place = small_row(&example.whole.op, AB_TABLE_places, "deir_ez_zor");
    const ab_access_cell *cell = ab_access_place(access, place, AB_MEANS_ROAD, WEEK);

    (void)state;
    near(cell->gate.mean, 0.92084 * 0.92193);
    ab_access_free(access);
}

/* Asked on 14 April, silent for 77.5 days; and the same asked today. */
static void silence_by_hand(void **state)
{
    ab_access *access = make_access();
    const ab_record *record = ab_access_record(access);
    int32_t government = -1;
    ab_error err = AB_ERROR_INIT;

    (void)state;
    assert_int_equal(ab_authority_find(ab_record_authorities(record), "Government of Syria", &government, &err), AB_OK);
    near(ab_record_answered(record, government, 77.5 * 86400, 28 * 86400).mean, 0.00268);
    near(ab_record_answered(record, government, 0, 28 * 86400).mean, 0.61345);
    ab_access_free(access);
}

/* Of any place, means, week and goods. */
static void what_becomes_of_it_sums_to_one(void **state)
{
    ab_access *access = make_access();
    const ab_operation *op = &example.whole.op;

    (void)state;
    for (int32_t p = 0; p < op->places.count; p++)
        for (int32_t t = 0; t < op->period_count; t++)
            for (uint32_t i = 0; i < 8; i++) {
                ab_passage passage = {.place = p, .means = i % 2 ? AB_MEANS_ROAD : AB_MEANS_AIRDROP, .depart = t};
                ab_outcomes o = ab_access_outcomes(access, &passage, i);
                double sum = o.refused + o.hurt + o.lost + o.turned_back + o.part + o.stripped + o.delivered;
                double least = fmin(fmin(fmin(o.refused, o.hurt), fmin(o.lost, o.turned_back)), fmin(fmin(o.part, o.stripped), o.delivered));
                assert_true(fabs(sum - 1) < 1e-12 && least >= 0);
            }
    ab_access_free(access);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(al_waer_by_hand),
        cmocka_unit_test(two_gates_by_hand),
        cmocka_unit_test(silence_by_hand),
        cmocka_unit_test(what_becomes_of_it_sums_to_one),
    };
    return cmocka_run_group_tests(tests, read_it, free_it);
}
