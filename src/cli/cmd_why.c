#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print it as JSON, with the trips and days of the span"},
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status why(const cli_given *given, const char *path, ab_error *err)
{
    cli_result from;

    ab_status status = cli_read_plan(given, path, &from, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(from.op);
        status = (cli_value(given, "json") ? ab_why_json : ab_why_print)(stdout, &input, &from.rows.data, given->second,
                                                                         given->third, err);
    }
    cli_free_result(&from);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    return cli_on_file(given, why, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge why valley.plan.gpkg", "the worst gap of each place, and the reason"},
    {"airbridge why valley.plan.gpkg town", "all of one place: its gaps, the rows that say so, its ways"},
    {"airbridge why valley.plan.gpkg town 2030-03-03", "the same of one day"},
    {NULL, NULL},
};

const cli_command cli_why = {
    .name = "why",
    .group = CLI_LOOK,
    .argument = "RESULT",
    .argument_required = true,
    .second = "PLACE",
    .second_optional = true,
    .third = "DATE",
    .meaning = "tell why a place goes short",
    .details = "RESULT is a GeoPackage that `airbridge plan` wrote; - is standard input. PLACE is the id or the "
               "name of a place, DATE a day of the operation, YYYY-MM-DD. A reason is proved where a second plan of "
               "the place, without the limit or with the door open, meets more of the need; else it is "
               "indicated by prices and refusals.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
