#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"subject", 's', "TEXT", "one place, hub, road or link, as in place:town; its chain and the rows behind it"},
    {"means", 0, "road|airlift|airdrop|helicopter", "these means alone"},
    {"at", 0, "TIME", "as it was known then, as in 2030-03-04T06:00Z: what was said or asked later is left out"},
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
    ab_screen screen = cli_screen();

    if (output) {
        ab_status status = cli_write_tables(given, output, results, err);
        if (status == AB_OK)
            fprintf(stderr, "It names who decides and who told: for the team alone.\n");
        return status;
    }
    return cli_value(given, "json") ? ab_access_json(stdout, results, err) : ab_access_print(stdout, results, &screen, err);
}

static ab_status look(const cli_given *given, const char *path, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_access_request request = {AB_TIME_NONE, cli_value(given, "subject"), cli_value(given, "means")};
    ab_operation *op = NULL;
    ab_result *result = NULL;

    ab_status status = cli_look_at(given, &request.at, err);
    if (status == AB_OK)
        status = cli_read_operation(path, &options, &op, NULL, err);
    if (status == AB_OK)
        status = ab_flow_access(op, &request, &result, err);
    if (status == AB_OK) {
        ab_data results = ab_result_data(result);
        status = tell(given, &results, err);
    }
    ab_result_free(result);
    ab_operation_free(op);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_status status = cli_look_out(given, err);

    return status == AB_OK ? cli_on_file(given, look, err) : status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge access valley", "each place, and each way of which something is said, now and in four weeks"},
    {"airbridge access valley --subject place:town", "its chance day by day, the chain of gatekeepers, and the rows behind it"},
    {"airbridge access valley --at 2030-03-03T00:00Z --json", "as it was known then, for programs"},
    {NULL, NULL},
};

const cli_command cli_access = {
    .name = "access",
    .group = CLI_ASK,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "show who lets through, how surely, by which rows",
    .details = "The chance that a load is let through, now and in one, two and four weeks, with its 90 % interval; whose leave it goes by, and "
               "what is missing. With --subject: its chance day by day with a chart, the chain of gatekeepers with their records, and each "
               "report with its weight. Without --at it is as known at as_of; where nobody says when now is, from the start on by all that "
               "the tables say, as plans take it.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
