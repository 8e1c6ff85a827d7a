/* Addresses of databases: what is taken from them, and what they must not lead to. */
#include "io/support.h"

#include "base/arena.h"
#include "io/pg_name.h"

typedef struct fixture {
    ab_arena *arena;
    ab_pg_name name;
    ab_error err;
} fixture;

static ab_status parse(fixture *of, const char *path, bool network)
{
    ab_open_options options = {.allow_network = network};

    of->err = (ab_error)AB_ERROR_INIT;
    return ab__pg_name(path, &options, of->arena, &of->name, &of->err);
}

static int start(void **state)
{
    static fixture of;

    of.arena = ab__arena_new();
    *state = &of;
    (void)unsetenv("PGHOST");
    (void)unsetenv("PGHOSTADDR");
    return 0;
}

static int end(void **state)
{
    fixture *of = *state;

    ab__arena_free(of->arena);
    (void)unsetenv("PGHOST");
    (void)unsetenv("PGHOSTADDR");
    return 0;
}

static void test_parts_are_taken(void **state)
{
    fixture *of = *state;

    assert_true(ab__pg_is_name("postgres://localhost/x"));
    assert_false(ab__pg_is_name("postgresql.csv"));
    assert_int_equal(parse(of, "postgresql://anna@localhost:5433/relief?schema=syria", false),
                     AB_OK);
    assert_string_equal(of->name.schema, "syria");
    assert_string_equal(of->name.shown, "postgresql://anna@localhost:5433/relief?schema=syria");
    assert_non_null(strstr(of->name.connection, "host='localhost' port='5433' user='anna'"));
    assert_non_null(strstr(of->name.connection, "dbname='relief'"));
}

static void test_a_schema_that_would_be_taken_apart_is_refused_by_its_name(void **state)
{
    fixture *of = *state;

    assert_int_equal(parse(of, "postgresql://localhost/relief?schema=ops.2030", false), AB_USAGE);
    assert_non_null(strstr(of->err.message, "without '.'"));
    assert_non_null(strstr(of->err.message, "schema=ops.2030"));
    assert_int_equal(parse(of, "postgresql://localhost/relief?schema=ops(1)", false), AB_USAGE);
    assert_int_equal(parse(of, "postgresql://localhost/relief?schema=ops-2030", false), AB_OK);
}

static void test_what_is_left_out_is_left_to_libpq(void **state)
{
    fixture *of = *state;

    assert_int_equal(parse(of, "postgresql:///relief", false), AB_OK);
    assert_string_equal(of->name.schema, "public");
    assert_null(strstr(of->name.connection, "host="));
    assert_null(strstr(of->name.connection, "user="));
    assert_int_equal(
        parse(of, "postgres://%2Fvar%2Frun%2Fpostgresql/relief?schema=my%20own", false), AB_OK);
    assert_non_null(strstr(of->name.connection, "host='/var/run/postgresql'"));
    assert_string_equal(of->name.schema, "my own");
}

static void test_a_password_is_refused_and_not_repeated(void **state)
{
    fixture *of = *state;
    static const char *const paths[] = {
        "postgresql://anna:tulip@localhost/relief",
        "postgresql://anna@localhost/relief?password=tulip&schema=syria",
        "postgresql://anna:tu@lip@localhost/relief",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_int_equal(parse(of, paths[i], true), AB_USAGE);
        assert_null(strstr(of->err.message, "tulip"));
        assert_null(strstr(of->err.message, "lip@"));
        assert_non_null(strstr(of->err.message, ".pgpass"));
    }
}

static void test_another_machine_needs_consent(void **state)
{
    fixture *of = *state;
    static const char *const far[] = {
        "postgresql://db.example.org/relief",    "postgresql://10.0.0.7/relief",
        "postgresql:///relief?host=example.org", "postgresql://[2001:db8::1]:5432/relief",
        "postgresql://localhost.example.org/x",  "postgresql://127.example.org/x",
    };
    static const char *const near[] = {
        "postgresql://localhost/relief",
        "postgresql://127.0.0.1/relief",
        "postgresql://[::1]:5432/relief",
        "postgresql:///relief?host=/tmp",
    };

    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        assert_int_equal(parse(of, far[i], false), AB_USAGE);
        assert_non_null(strstr(of->err.message, "--allow-network"));
        assert_int_equal(parse(of, far[i], true), AB_OK);
    }
    for (size_t i = 0; i < sizeof near / sizeof near[0]; i++)
        assert_int_equal(parse(of, near[i], false), AB_OK);
}

/* libpq goes where these say when the address does not. */
static void test_the_environment_counts(void **state)
{
    fixture *of = *state;

    (void)setenv("PGHOST", "db.example.org", 1);
    assert_int_equal(parse(of, "postgresql:///relief", false), AB_USAGE);
    assert_int_equal(parse(of, "postgresql://localhost/relief", false), AB_OK);
    (void)setenv("PGHOSTADDR", "192.0.2.1", 1);
    assert_int_equal(parse(of, "postgresql://localhost/relief", false), AB_USAGE);
}

static void test_what_could_lead_elsewhere_is_refused(void **state)
{
    fixture *of = *state;
    static const char *const paths[] = {
        "postgresql://localhost/relief?service=other",
        "postgresql://localhost/relief?options=-csearch_path",
        "postgresql://localhost/relief?passfile=/etc/passwd",
        "postgresql://localhost,example.org/relief",
        "postgresql://localhost/relief%27%20host=%27example.org",
        "postgresql://localhost/a%20tables=b",
        "postgresql://localhost:54x2/relief",
        "postgresql://localhost/%zz",
        "postgresql://localhost/%00",
        "postgresql://[::1/relief",
        "postgresql://localhost?schema",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        ab_status status = parse(of, paths[i], true);
        if (status != AB_USAGE)
            fail_msg("%s was taken as %s", paths[i], of->name.connection);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parts_are_taken, start, end),
        cmocka_unit_test_setup_teardown(
            test_a_schema_that_would_be_taken_apart_is_refused_by_its_name, start, end),
        cmocka_unit_test_setup_teardown(test_what_is_left_out_is_left_to_libpq, start, end),
        cmocka_unit_test_setup_teardown(test_a_password_is_refused_and_not_repeated, start, end),
        cmocka_unit_test_setup_teardown(test_another_machine_needs_consent, start, end),
        cmocka_unit_test_setup_teardown(test_the_environment_counts, start, end),
        cmocka_unit_test_setup_teardown(test_what_could_lead_elsewhere_is_refused, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
