/* What of an address may be printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/error.h"
#include "base/address.h"

static void check(const char *text, const char *expected)
{
    char found[1000];
    (void)snprintf(found, sizeof found, "%s", text);
    ab__address_redact(found, false);
    assert_string_equal(found, expected);
    ab__address_redact(found, false); /* a message is told again with more */
    assert_string_equal(found, expected);
}

static void users_passwords_and_queries_of_the_web_are_left_out(void **state)
{
    (void)state;
    check("https://anna:geheim@files.example.org/op.xlsx?sig=AbC%3D&se=2030 cannot be fetched: 403",
          "https://files.example.org/op.xlsx cannot be fetched: 403");
    check("http://key@h/x", "http://h/x");
    check("https://h/x?sig=1: no answer", "https://h/x: no answer");
    check("https://h/x#token=1.", "https://h/x.");
    check("say `airbridge check https://h/x?sig=1`", "say `airbridge check https://h/x`");
    check("\"ftp://u:p@h/x?y\" and \"s3://k:s@bucket?z\"", "\"ftp://h/x\" and \"s3://bucket\"");
    check("/vsicurl/https://u:p@h/x?y", "/vsicurl/https://h/x");
    check("HTTPS://U:P@H:8080/x", "HTTPS://H:8080/x");
    check("https://u:p@[::1]:8080/x", "https://[::1]:8080/x");
}

static void what_is_no_secret_stays(void **state)
{
    (void)state;
    static const char *const plain[] = {
        "",
        "valley/places.csv:3: lon_deg: expected a number",
        "https://files.example.org:8080/a/op.xlsx",
        "place:upper; road:r3",
        "what? nothing @ all: //",
        "postgresql://USER@HOST:5432/DATABASE?schema=NAME; besides",
        "postgres:///relief?schema=visits&sslmode=require",
    };
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        check(plain[i], plain[i]);
}

static void of_a_database_the_user_and_the_schema_stay(void **state)
{
    (void)state;
    check("postgresql://anna:geheim@db/relief?schema=a&password=geheim&sslmode=require",
          "postgresql://anna@db/relief?schema=a&sslmode=require");
    check("postgresql://anna:geheim@db/relief?password=x", "postgresql://anna@db/relief");
    check("postgresql://db/relief?options=-csearch_path", "postgresql://db/relief");
    check("PG:host=db password=geheim dbname=x", "PG:host=db password= dbname=x");
    check("PG:host='db' password='ge heim' dbname='x'", "PG:host='db' password= dbname='x'");
}

static void where_an_at_sign_is_unclear_little_is_left(void **state)
{
    (void)state;
    check("https://anna:ge/heim@h/x", "https://anna");
    check("https://anna:ge?heim@h/x", "https://anna");
    check("https://h/x?sig=ab@cd", "https://h");
    check("postgresql://anna:ge/heim@db/relief", "postgresql://anna");
}

/* Property: whatever signs a password or a signature has, it is not in a message. */
static void no_secret_survives(void **state)
{
    (void)state;
    static const char signs[] = "Zz9!$&'()*+,;=:@/?#%-._~[]\"`";
    uint64_t seed = 2030;
    for (int turn = 0; turn < 20000; turn++) {
        char secret[16] = "", address[200], shown[AB_ERROR_CAP];
        /* begins and ends with what occurs nowhere else, so that what is left of it is found */
        for (size_t i = 0; i < 9; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            secret[i] = i % 4 == 0 ? 'Q' : signs[(seed >> 33) % (sizeof signs - 1)];
        }
        const char *const forms[] = {"https://anna:%s@h.org/x.csv", "https://h.org/x.csv?sig=%s",
                                     "postgresql://anna:%s@db/relief?schema=a",
                                     "postgresql://db/relief?schema=a&password=%s"};
        (void)snprintf(address, sizeof address, forms[turn % 4], secret);
        ab_error err = AB_ERROR_INIT;
        (void)ab_fail(&err, AB_IO, "%s: no answer", address);
        assert_null(strchr(err.message, 'Q'));
        assert_null(strchr(ab_name_shown(address, shown), 'Q'));
    }
}

static void a_name_with_spaces_is_one_name(void **state)
{
    (void)state;
    char shown[AB_ERROR_CAP];
    assert_string_equal(ab_name_shown("https://h/x?sig=a b c", shown), "https://h/x");
    assert_string_equal(ab_name_shown("my valley/op.xlsx", shown), "my valley/op.xlsx");
}

static void an_address_that_a_message_cuts_shows_no_password(void **state)
{
    (void)state;
    char address[3000] = "https://anna:", shown[AB_ERROR_CAP];
    memset(address + strlen(address), 'Q', 2500);
    strcat(address, "@h/x");
    ab_error err = AB_ERROR_INIT;
    (void)ab_fail(&err, AB_IO, "%s cannot be opened", address);
    assert_string_equal(err.message, "https://anna");
    assert_string_equal(ab_name_shown(address, shown), "https://anna");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_passwords_and_queries_of_the_web_are_left_out),
        cmocka_unit_test(what_is_no_secret_stays),
        cmocka_unit_test(of_a_database_the_user_and_the_schema_stay),
        cmocka_unit_test(where_an_at_sign_is_unclear_little_is_left),
        cmocka_unit_test(no_secret_survives),
        cmocka_unit_test(a_name_with_spaces_is_one_name),
        cmocka_unit_test(an_address_that_a_message_cuts_shows_no_password),
    };
    return cmocka_run_group_tests_name("base/address", tests, NULL, NULL);
}
