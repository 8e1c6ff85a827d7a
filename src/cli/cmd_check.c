#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"table", 0, "TABLE", "OPERATION is one CSV file (or -), this table: check it alone"},
    {"json", 0, NULL, "print the flaws as JSON"},
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

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_book *book = NULL;
    ab_operation *op = NULL;
    const char *table = cli_value(given, "table");

    if (table && ab_schema_find(ab_input_schema(), table) < 0)
        return ab_schema_print(stdout, ab_input_schema(), table, err); /* refuses, with the names */
    ab_issues *issues = ab_issues_new(0);
    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = read_book(given, &book, issues, err);
    if (status == AB_OK) {
        status =
            table ? ab_table_check(book, issues, err) : ab_operation_read(book, &op, issues, err);
        if (status == AB_FLAWED)
            status = AB_OK;
    }
    if (status == AB_OK)
        status = cli_value(given, "json") ? ab_issues_json(stdout, issues, err)
                                          : ab_issues_print(stdout, issues, err);
    if (status == AB_OK && ab_issues_of(issues, AB_ERROR_FLAW) > 0)
        status = ab_fail(err, AB_FLAWED, "%s has errors", given->argument);
    ab_operation_free(op);
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge check valley", "everything that is wrong with the operation in folder valley"},
    {"airbridge check --table places valley/places.csv", "one table alone"},
    {"airbridge check --table places - < valley/places.csv", "what another program prints"},
    {NULL, NULL},
};

const cli_command cli_check = {
    .name = "check",
    .group = CLI_BEGIN,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "say everything that is wrong, at once",
    .details =
        "Each flaw is one line: table, line, column, what was expected, what was found. Errors end with "
        "exit code 1; warnings and notes do not.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
