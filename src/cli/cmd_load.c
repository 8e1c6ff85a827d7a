#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print the lists as JSON, each lot with what goes on without it"},
    {"each", 0, NULL,
     "a page for every vehicle, to travel with it: blanks for seals and signatures, no risks"},
    {"output", 'o', "FILE",
     "write sheets for the warehouse: .xlsx, .ods, or a folder of CSV files"},
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status write_book(const cli_given *given, const cli_result *from, const char *path,
                            ab_error *err)
{
    ab_data input = ab_operation_data(from->op);
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = NULL;

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_load_book(&input, &from->rows.data, given->second, &book, err);
    if (status == AB_OK)
        status = ab_book_write(path, book, ab_load_schema(), NULL, issues, err);
    if (status == AB_FLAWED)
        (void)ab_issues_print(stderr, issues, NULL);
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

static ab_status write_to(const cli_given *given, const cli_result *from, const char *path,
                          ab_error *err)
{
    ab_write_lock *lock = NULL;
    ab_status status = cli_lock(given, path, &lock, err);

    if (status == AB_OK)
        status = write_book(given, from, path, err);
    ab_lock_free(lock);
    if (status == AB_OK)
        fprintf(stderr,
                "%s is for the team and the warehouse alone: it says where convoys can be hit.\n",
                path);
    return status;
}

static ab_status load(const cli_given *given, const char *path, ab_error *err)
{
    const char *output = cli_value(given, "output");
    cli_result from;

    if (output && cli_is_same(path, output))
        return ab_fail(err, AB_USAGE, "%s is the plan itself: name another file with -o", output);
    ab_status status = cli_read_plan(given, path, &from, err);
    if (status == AB_OK && output) {
        status = write_to(given, &from, output, err);
    } else if (status == AB_OK) {
        ab_data input = ab_operation_data(from.op);
        const ab_data *results = &from.rows.data;
        status = cli_value(given, "json")
                     ? ab_load_json(stdout, &input, results, given->second, err)
                     : ab_load_print(stdout, &input, results, given->second,
                                     cli_value(given, "each") != NULL, err);
    }
    cli_free_result(&from);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    int forms = (cli_value(given, "json") != NULL) + (cli_value(given, "each") != NULL) +
                (cli_value(given, "output") != NULL);

    if (forms > 1)
        return ab_fail(err, AB_USAGE, "say one of --json, --each and -o FILE");
    return cli_on_file(given, load, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge load valley.plan.gpkg", "all trips, a line each"},
    {"airbridge load valley.plan.gpkg t0001", "what each vehicle of a trip carries, lot by lot"},
    {"airbridge load valley.plan.gpkg t0001 --each", "a page for each vehicle, to print and sign"},
    {"airbridge load valley.plan.gpkg -o lists.xlsx", "a workbook for the warehouse"},
    {NULL, NULL},
};

const cli_command cli_load = {
    .name = "load",
    .group = CLI_LOOK,
    .argument = "RESULT",
    .argument_required = true,
    .second = "TRIP|DAY",
    .second_optional = true,
    .meaning = "print or write the loading lists of a plan",
    .details =
        "For a trip by its number, or for all that leave on a local day YYYY-MM-DD: which vehicle carries "
        "what, in lots that can be taken off one by one. What is likely to be taken off at inspection is "
        "marked, loaded last, and on few vehicles; below it stands what goes on without it. RESULT is a "
        "GeoPackage that `airbridge plan` wrote; - is standard input.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
