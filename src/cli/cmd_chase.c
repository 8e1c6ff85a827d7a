#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"at", 0, "TIME", "the list of this time, as in 2030-03-04T06:00Z, by what was known then, instead of now"},
    {"json", 0, NULL, "print it as JSON"},
    {"output", 'o', "FILE", "write it: .xlsx, .ods, .gpkg, or a folder of CSV files"},
    CLI_MAP_OPTION,
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status tell(const cli_given *given, const ab_data *results, ab_error *err)
{
    const char *output = cli_value(given, "output");

    if (!output)
        return (cli_value(given, "json") ? ab_chase_json : ab_chase_print)(stdout, results, err);
    ab_status status = cli_write_tables(given, output, results, err);
    if (status == AB_OK)
        fprintf(stderr, "It names who decides on which convoy: for the team alone.\n");
    return status;
}

/* The tables of a plan, where that was given. */
static ab_status read_plan(const cli_given *given, const char *path, ab_result_rows *rows, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = NULL;

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read(path, &options, &book, issues, err);
    if (status == AB_OK && cli_is_result(book)) {
        options.map = NULL; /* names of the operation's sheets: a result has its own */
        status = ab_result_read(path, &options, rows, err);
    }
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

static ab_status chase(const cli_given *given, const char *path, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_chase_request request = {AB_TIME_NONE, NULL};
    ab_result_rows rows = {.arena = NULL};
    ab_operation *op = NULL;
    ab_result *result = NULL;

    ab_status status = cli_look_at(given, &request.at, err);
    if (status == AB_OK)
        status = cli_read_operation(path, &options, &op, NULL, err);
    if (status == AB_OK)
        status = read_plan(given, path, &rows, err);
    if (rows.arena && rows.data.rows[AB_TABLE_stock_days].count > 0)
        request.plan = &rows.data;
    if (status == AB_OK)
        status = ab_flow_chase(op, &request, &result, err);
    if (status == AB_OK) {
        ab_data results = ab_result_data(result);
        status = tell(given, &results, err);
    }
    ab_result_free(result);
    ab_operation_free(op);
    ab_result_rows_free(&rows);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_status status = cli_look_out(given, err);

    return status == AB_OK ? cli_on_file(given, chase, err) : status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge chase valley", "whose yes to push for today, and the hour by which it still helps"},
    {"airbridge chase valley.plan.gpkg", "the same, by the hunger that the plan leaves"},
    {"airbridge chase valley --at 2030-03-03T06:00Z --json", "the list of that morning, for programs"},
    {NULL, NULL},
};

const cli_command cli_chase = {
    .name = "chase",
    .group = CLI_ASK,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "list whose yes to push for today, and by which hour",
    .details = "For each place to which leave is missing, or ends within 14 days: of whom, since when, the last hour at which a yes still saves "
               "the next date, working backwards from the departure by notice, loading and the hours of the hub; the chance of an answer by "
               "then, and the hunger at stake, by which the list is ordered. OPERATION is what `airbridge plan` takes, or a result of it: "
               "then the hunger is what the plan leaves. Now is as_of, else the start.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
