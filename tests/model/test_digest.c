#include "model/mini.h"

static void digest_of(const table_text *others, int count, char out[65])
{
    ab_error err = AB_ERROR_INIT;
    read_operation of = read_mini(others, count);
    assert_non_null(of.op);
    assert_int_equal(ab_operation_digest(of.op, out, &err), AB_OK);
    forget_operation(&of);
}

static void assert_digest(const char *table, const char *text, bool same)
{
    char before[65], after[65];
    digest_of(NULL, 0, before);
    digest_of(&(table_text){table, text}, 1, after);
    assert_int_equal(strlen(after), 64);
    assert_int_equal(strcmp(before, after) == 0, same);
}

static void a_digest_does_not_depend_on_how_a_container_writes(void **state)
{
    (void)state;
    /* other columns first, other spaces, hashtags, an empty row, other forms of the same values */
    assert_digest("links",
                  "to_hub|from_hub|id|mode|distance_km|duration_h|capacity_t_per_day|crossload_h|"
                  "customs_h|mandate_until|source|note\n"
                  "#x|||||||||||\n"
                  " field|port |l1|road|1.2e2|4.0|+200|02|0.000||made up|\n"
                  "|||||||||||\n",
                  true);
}

static void a_digest_depends_on_every_value(void **state)
{
    (void)state;
    assert_digest("links",
                  "id|from_hub|to_hub|mode|distance_km|duration_h|capacity_t_per_day|crossload_h|"
                  "customs_h|source\nl1|port|field|road|120|4|200|2|1|made up\n",
                  false);
    assert_digest("links", NULL, false);
    assert_digest("links",
                  "id|from_hub|to_hub|mode|distance_km|duration_h|capacity_t_per_day|crossload_h|"
                  "customs_h|source|note\nl1|port|field|road|120|4|200|2|0|made up|x\n",
                  false);
}

static void a_default_that_is_written_out_is_a_value_given(void **state)
{
    (void)state;
    assert_digest("dropsystems", NULL, false);
    char with[65], without[65];
    digest_of(
        &(table_text){"exclusions", "id|kind|wkt\na|water|POLYGON((36 34,37 34,37 35,36 34))\n"}, 1,
        without);
    digest_of(&(table_text){"exclusions",
                            "id|kind|wkt|cost\na|water|POLYGON((36 34,37 34,37 35,36 34))|1\n"},
              1, with);
    assert_string_not_equal(with, without);
}

static void cells_that_run_together_are_told_apart(void **state)
{
    (void)state;
    char one[65], other[65];
    digest_of(&(table_text){"options", "id|name|note\na|x|yz\n"}, 1, one);
    digest_of(&(table_text){"options", "id|name|note\na|xy|z\n"}, 1, other);
    assert_string_not_equal(one, other);
}

static void a_digest_without_memory_fails(void **state)
{
    (void)state;
    char hex[65];
    ab_error err = AB_ERROR_INIT;
    read_operation of = read_mini(NULL, 0);
    for (int64_t n = 1; n <= 2; n++) { /* the text of a row, and its first growth */
        ab__fail_allocation(n);
        assert_int_equal(ab_operation_digest(of.op, hex, &err), AB_NO_MEMORY);
        ab__fail_allocation(0);
    }
    assert_int_equal(ab_operation_digest(of.op, hex, &err), AB_OK);
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_does_not_depend_on_how_a_container_writes),
        cmocka_unit_test(a_digest_depends_on_every_value),
        cmocka_unit_test(a_default_that_is_written_out_is_a_value_given),
        cmocka_unit_test(cells_that_run_together_are_told_apart),
        cmocka_unit_test(a_digest_without_memory_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
