#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print all of it as JSON"},
    {"all", 0, NULL, "print every trip, place and row, and not only one screen"},
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status compare(const cli_given *given, const cli_result *before, const cli_result *after, ab_error *err)
{
    ab_planned a = {ab_operation_data(before->op), before->rows.data};
    ab_planned b = {ab_operation_data(after->op), after->rows.data};
    ab_diff *diff = NULL;

    ab_status status = ab_diff_make(&a, &b, &diff, err);
    if (status == AB_OK)
        status = cli_value(given, "json") ? ab_diff_json(stdout, diff, err)
                                          : ab_diff_print(stdout, diff, cli_value(given, "all") != NULL, err);
    ab_diff_free(diff);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    cli_result before, after = {.op = NULL};

    ab_status status = cli_read_plan(given, given->argument, &before, err);
    if (status == AB_OK)
        status = cli_read_plan(given, given->second, &after, err);
    if (status == AB_OK)
        status = compare(given, &before, &after, err);
    cli_free_result(&before);
    cli_free_result(&after);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge diff valley.plan.gpkg tuesday.gpkg", "what is otherwise on Tuesday, and which rows may be why"},
    {"airbridge diff --json valley.plan.gpkg again.gpkg", "the same for another program"},
    {NULL, NULL},
};

const cli_command cli_diff = {
    .name = "diff",
    .group = CLI_LOOK,
    .argument = "RESULT_A",
    .argument_required = true,
    .second = "RESULT_B",
    .meaning = "tell what changed from one plan to another",
    .details =
        "Trips added, dropped, moved, or with other vehicles or loads; places worse and better; the rows of the input that "
        "differ, and for each place those of them that a plan names for it or that are about it, its ways, hubs or goods. "
        "That a row is the cause is not proved by that. Departures that are past in one of the plans are not compared. "
        "Exit code 0 also where they differ.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
