#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"table", 0, "TABLE", "OPERATION is one CSV file (or -), this table: check it alone"},
    {"fix", 0, "COPY", "write a copy to COPY in which what is certain is corrected"},
    CLI_WAIT_OPTION,
    {"json", 0, NULL, "print the flaws, and what is proved, as JSON"},
    CLI_MAP_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status read_book(const cli_given *given, ab_book **book, ab_issues *issues, ab_error *err)
{
    const char *table = cli_value(given, "table");
    ab_open_options options = cli_open_options(given);

    return table ? ab_book_read_csv(given->argument, table, book, issues, err)
                 : ab_book_read(given->argument, &options, book, issues, err);
}

/* Reads and checks what was given; `*book` is NULL if it cannot be read at all, `*op` if it has errors. */
static ab_status check(const cli_given *given, ab_book **book, ab_operation **op, ab_issues *issues,
                       ab_error *err)
{
    ab_status status = read_book(given, book, issues, err);
    if (status == AB_OK)
        status = cli_value(given, "table") ? ab_table_check(*book, issues, err)
                                           : ab_operation_read(*book, op, issues, err);
    return status == AB_FLAWED ? AB_OK : status;
}

static ab_status print(const cli_given *given, const ab_changes *changes, ab_issues *issues,
                       ab_error *err)
{
    bool json = cli_value(given, "json") != NULL;

    if (json)
        return changes ? ab_changes_json(stdout, changes, issues, err)
                       : ab_issues_json(stdout, issues, err);
    ab_status status = changes ? ab_changes_print(stdout, changes, err) : AB_OK;
    return status == AB_OK ? ab_issues_print(stdout, issues, err) : status;
}

/* Writes the copy; `*left` gets what a check of it finds. */
static ab_status fix(const cli_given *given, const ab_book *book, ab_issues *issues,
                     ab_issues *left, ab_error *err)
{
    const char *path = cli_value(given, "fix");
    ab_open_options options = cli_open_options(given);
    ab_book *fixed = NULL, *copy = NULL;
    ab_operation *op = NULL;
    ab_changes changes;

    ab_status status = ab_book_fix(book, ab_input_schema(), issues, &fixed, &changes, err);
    if (status == AB_OK)
        status = ab_book_write(path, fixed, ab_input_schema(), &options, left, err);
    options.map = NULL; /* the copy has the names that a map gave */
    if (status == AB_OK)
        status = ab_book_read(path, &options, &copy, left, err);
    if (status == AB_OK)
        status = ab_operation_read(copy, &op, left, err);
    if (status == AB_OK || (status == AB_FLAWED && copy))
        status = print(given, &changes, left, err);
    ab_operation_free(op);
    ab_book_free(copy);
    ab_book_free(fixed);
    return status;
}

static ab_status refuse_misuse(const cli_given *given, ab_error *err)
{
    const char *table = cli_value(given, "table");

    if (table && ab_schema_find(ab_input_schema(), table) < 0)
        return ab_schema_print(stdout, ab_input_schema(), table, err); /* refuses, with the names */
    if (cli_value(given, "fix") && cli_is_same(given->argument, cli_value(given, "fix")))
        return ab_fail(err, AB_USAGE, "%s is what is to be corrected: name another one for the copy",
                       given->argument);
    if (table && cli_value(given, "fix"))
        return ab_fail(err, AB_USAGE, "--fix corrects whole operations, not --table alone");
    return AB_OK;
}

static ab_status tell(const cli_given *given, const char *path, const ab_book *book, const ab_operation *op,
                      ab_issues *issues, ab_issues *left, ab_error *err)
{
    if (cli_value(given, "fix"))
        return fix(given, book, issues, left, err);
    return op && cli_is_result(book) ? cli_prove(given, path, op, issues, err)
                                     : print(given, NULL, issues, err);
}

/* `path`: where a result can be read once more. */
static ab_status check_and_tell(const cli_given *given, const char *path, ab_error *err)
{
    bool fixing = cli_value(given, "fix") != NULL;
    ab_issues *issues = ab_issues_new(0), *left = ab_issues_new(0);
    ab_book *book = NULL;
    ab_operation *op = NULL;

    ab_status status = AB_OK;
    if (!issues || !left)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory");
    if (status == AB_OK)
        status = check(given, &book, &op, issues, err);
    if (status == AB_OK)
        status = tell(given, path, book, op, issues, left, err);
    if (status == AB_FLAWED && fixing)
        ab_issues_print(stderr, issues, NULL);
    if (status == AB_OK && ab_issues_of(fixing ? left : issues, AB_ERROR_FLAW) > 0)
        status = ab_fail(err, AB_FLAWED, "%s has errors",
                         fixing ? cli_value(given, "fix") : given->argument);
    ab_operation_free(op);
    ab_book_free(book);
    ab_issues_free(left);
    ab_issues_free(issues);
    return status;
}

/* What comes by standard input may be a result, which is read twice. */
static ab_status check_what_was_given(const cli_given *given, ab_error *err)
{
    char path[64];

    if (strcmp(given->argument, "-") != 0 || cli_value(given, "table"))
        return check_and_tell(given, given->argument, err);
    FILE *kept = cli_keep_standard_input(path, err);
    if (!kept)
        return AB_IO;
    bool again = lseek(fileno(kept), 0, SEEK_SET) == 0 && dup2(fileno(kept), STDIN_FILENO) >= 0;
    ab_status status = again ? check_and_tell(given, path, err)
                             : ab_fail(err, AB_IO, "standard input cannot be read again: %s", strerror(errno));
    fclose(kept);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *copy = cli_value(given, "fix");
    ab_write_lock *lock = NULL;

    ab_status status = refuse_misuse(given, err);
    if (status == AB_OK && copy)
        status = cli_lock(given, copy, &lock, err);
    if (status == AB_OK)
        status = check_what_was_given(given, err);
    ab_lock_free(lock);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge check valley", "everything that is wrong with the operation in folder valley"},
    {"airbridge check --table places valley/places.csv", "one table alone"},
    {"airbridge check valley --fix corrected",
     "a copy in which what is certain is corrected, and what is left"},
    {"airbridge check --table places - < valley/places.csv", "what another program prints"},
    {"airbridge plan valley && airbridge check valley.plan.gpkg", "prove a plan from its file alone"},
    {NULL, NULL},
};

const cli_command cli_check = {
    .name = "check",
    .group = CLI_BEGIN,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "say all that is wrong at once, or prove a plan",
    .details =
        "Each flaw is one line: table, line, column, what was expected, what was found. Errors end with "
        "exit code 1; warnings and notes do not. With --fix, what can only be meant in one way is corrected in "
        "a copy: COPY names it, as for convert; each changed cell is listed, then what is left in the copy. OPERATION may "
        "be a result of `airbridge plan`: then its input is checked, and its plan is proved from the file alone, by code "
        "that shares nothing with the planner: no tonne is carried twice, no truck is in two places, no window is broken. "
        "Each rule is told with how often it was tried and how near the plan comes to it; one that is broken "
        "ends with exit code 1.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
