#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "airbridge/pseudonym.h"
#include "base/arena.h"

static const char *give(ab_pseudonyms *key, const char *name)
{
    const char *pseudonym = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_pseudonym_give(key, name, &pseudonym, &err), AB_OK);
    return pseudonym;
}

static ab_pseudonyms *empty(void)
{
    ab_pseudonyms *key = NULL;
    assert_int_equal(ab_pseudonyms_new(&key, NULL), AB_OK);
    return key;
}

static void a_name_keeps_its_pseudonym_however_it_is_spelt(void **state)
{
    (void)state;
    ab_pseudonyms *key = empty();
    assert_string_equal(give(key, "Army of Conquest"), "A1");
    assert_string_equal(give(key, "Government"), "A2");
    assert_string_equal(give(key, "the ARMY of  conquest"), "A1");
    assert_int_equal(ab_pseudonyms_count(key), 2);
    const char *name;
    assert_string_equal(ab_pseudonym_at(key, 0, &name), "A1");
    assert_string_equal(name, "Army of Conquest");
    ab_pseudonyms_free(key);
}

static void new_names_come_after_the_greatest_that_was_kept(void **state)
{
    (void)state;
    ab_pseudonyms *key = empty();
    assert_int_equal(ab_pseudonym_keep(key, "A7", "Front", NULL), AB_OK);
    assert_int_equal(ab_pseudonym_keep(key, "A2", "Army", NULL), AB_OK);
    assert_string_equal(give(key, "front"), "A7");
    assert_string_equal(give(key, "Council"), "A8");
    ab_pseudonyms_free(key);
}

static void what_is_no_pair_is_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {{"A7", "Other"}, {"A8", "the front"}, {"B1", "Other"},       {"A0", "Other"},
                                         {"A01", "Other"}, {"A", "Other"},     {"A1000000", "Other"}, {"A9x", "Other"},
                                         {"A9", "--"},     {"", "Other"}};
    ab_pseudonyms *key = empty();
    assert_int_equal(ab_pseudonym_keep(key, "A7", "Front", NULL), AB_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ab_error err = AB_ERROR_INIT;
        assert_int_equal(ab_pseudonym_keep(key, bad[i][0], bad[i][1], &err), AB_FLAWED);
        assert_true(strlen(err.message) > 0);
    }
    assert_int_equal(ab_pseudonyms_count(key), 1);
    ab_pseudonyms_free(key);
}

static void whichever_allocation_fails_it_is_said(void **state)
{
    (void)state;
    ab_status status = AB_NO_MEMORY;
    for (int64_t nth = 1; status != AB_OK; nth++) {
        ab_pseudonyms *key = NULL;
        const char *pseudonym;
        ab__fail_allocation(nth);
        status = ab_pseudonyms_new(&key, NULL);
        status = status == AB_OK ? ab_pseudonym_give(key, "Army", &pseudonym, NULL) : status;
        ab__fail_allocation(0);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        ab_pseudonyms_free(key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_keeps_its_pseudonym_however_it_is_spelt),
        cmocka_unit_test(new_names_come_after_the_greatest_that_was_kept),
        cmocka_unit_test(what_is_no_pair_is_refused),
        cmocka_unit_test(whichever_allocation_fails_it_is_said),
    };
    return cmocka_run_group_tests_name("model/pseudonym", tests, NULL, NULL);
}
