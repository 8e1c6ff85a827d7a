#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"output", 'o', "FILE", "where the result goes; a device or pipe is written to"},
    {"into", 0, "COPY", "write the operation with this ration as its need, for `airbridge plan COPY`"},
    {"json", 0, NULL, "print the ration as JSON"},
    {"quiet", 'q', NULL, "print nothing"},
    CLI_WRITE_LP_OPTION,
    CLI_MAP_OPTION,
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status write_copy(const cli_given *given, const char *to, const ab_book *book, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_issues *issues = ab_issues_new(0);

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_write(to, book, ab_input_schema(), &options, issues, err);
    if (status == AB_FLAWED)
        (void)ab_issues_print(stderr, issues, NULL);
    ab_issues_free(issues);
    return status;
}

static ab_status tell(const cli_given *given, const ab_data *input, const ab_data *results, ab_error *err)
{
    if (cli_value(given, "quiet"))
        return AB_OK;
    return cli_value(given, "json") ? ab_ration_json(stdout, input, results, err)
                                    : ab_ration_print(stdout, input, results, err);
}

static ab_status write_and_tell(const cli_given *given, const ab_operation *op, const char *path,
                                const ab_result *result, const ab_book *copy, ab_error *err)
{
    ab_data input = ab_operation_data(op), results = ab_result_data(result);
    const char *into = cli_value(given, "into");
    bool words = !cli_value(given, "quiet") && !cli_value(given, "json");

    ab_status status = ab_result_write(path, &input, &results, err);
    if (status == AB_OK && copy)
        status = write_copy(given, into, copy, err);
    if (status == AB_OK)
        status = tell(given, &input, &results, err);
    if (status == AB_OK && words)
        printf("Wrote %s\n", path);
    if (status == AB_OK && words && copy)
        printf("Wrote %s: the operation with this ration; `airbridge plan %s` plans with it\n", into, into);
    return status;
}

static ab_status choose(const cli_given *given, const ab_operation *op, const char *path, ab_error *err)
{
    const char *model = cli_value(given, "write-lp"), *into = cli_value(given, "into");
    ab_ration_options options = {model ? cli_write_model : NULL, &model};
    ab_result *result = NULL;
    ab_book *copy = NULL;

    ab_status status = ab_flow_ration(op, &options, &result, into ? &copy : NULL, err);
    if (result) {
        ab_error write_error = AB_ERROR_INIT;
        ab_status written = write_and_tell(given, op, path, result, copy, &write_error);
        if (written != AB_OK)
            status = ab_fail(err, written, "%s", write_error.message);
    }
    ab_book_free(copy);
    ab_result_free(result);
    return status;
}

static ab_status lock_and_choose(const cli_given *given, const char *path, ab_error *err)
{
    const char *into = cli_value(given, "into");
    ab_open_options options = cli_open_options(given);
    ab_write_lock *lock = NULL, *copy_lock = NULL;
    ab_operation *op = NULL;

    ab_status status = cli_lock(given, path, &lock, err);
    if (status == AB_OK && into)
        status = cli_lock(given, into, &copy_lock, err);
    if (status == AB_OK)
        status = cli_read_operation(given->argument, &options, &op, NULL, err);
    if (status == AB_OK)
        status = choose(given, op, path, err);
    ab_operation_free(op);
    ab_lock_free(copy_lock);
    ab_lock_free(lock);
    return status;
}

/* Nothing that is written may take the place of the operation, nor of another that is written. */
static ab_status refuse_same(const cli_given *given, const char *path, ab_error *err)
{
    const char *const names[] = {given->argument, path, cli_value(given, "into"), cli_value(given, "write-lp")};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t j = i + 1; names[i] && j < sizeof names / sizeof *names; j++)
            if (names[j] && (strcmp(names[i], names[j]) == 0 || cli_is_same(names[i], names[j])))
                return ab_fail(err, AB_USAGE, "%s and %s are the same: name another one to write to", names[i],
                               names[j]);
    return AB_OK;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output");
    char *made = NULL;
    ab_status status = AB_OK;

    if (!output && (strcmp(given->argument, "-") == 0 || strstr(given->argument, "://")))
        return ab_fail(err, AB_USAGE, "an operation from standard input, a server or a database needs -o FILE");
    if (output && strcmp(output, "-") == 0)
        return ab_fail(err, AB_USAGE, "the result of a ration cannot go to standard output: name a file with -o");
    if (!output)
        status = cli_beside(given->argument, ".ration.gpkg", &made, err);
    if (status == AB_OK)
        status = refuse_same(given, output ? output : made, err);
    if (status == AB_OK)
        status = lock_and_choose(given, output ? output : made, err);
    free(made);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge ration valley", "prints the cheapest ration, and writes valley.ration.gpkg"},
    {"airbridge ration valley --into fed --write-lp ration.lp",
     "also the operation with that ration, and the programme that was solved"},
    {"airbridge plan fed -q", "plans with it"},
    {NULL, NULL},
};

const cli_command cli_ration = {
    .name = "ration",
    .group = CLI_MAKE,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "choose what food to buy where, at the least cost",
    .details =
        "Reads the tables foods, nutrients, contents and prices of OPERATION and finds the one ration for all of its "
        "people that gives them what they need for the least money, purchase and transport together; and says what "
        "to buy where, which needs make it dear, and what asking for more would cost. Food goes over links and by "
        "tariffs; to a place without tariffs from every hub, by distance. Where no ration gives all that is asked, "
        "it says what is missing and by how much, and ends with 3.\n"
        "--into writes a copy of the operation in which that ration is the need, and what is bought is stock.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
