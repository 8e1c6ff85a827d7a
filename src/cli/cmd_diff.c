#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print all of it as JSON"},
    {"all", 0, NULL, "print every trip, place and row, and not only one screen"},
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

/* A result with the operation that it carries, as read back. */
typedef struct planned {
    ab_operation *op;
    ab_result_rows rows;
} planned;

static ab_status read(const cli_given *given, const char *path, planned *out, ab_error *err)
{
    ab_open_options options = cli_open_options(given);

    ab_status status = ab_result_read(path, &options, &out->rows, err);
    return status == AB_OK ? cli_read_operation(path, &options, &out->op, NULL, err) : status;
}

static ab_status compare(const cli_given *given, const planned *before, const planned *after, ab_error *err)
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
    planned before = {NULL, {{NULL, NULL}, NULL}}, after = {NULL, {{NULL, NULL}, NULL}};

    ab_status status = read(given, given->argument, &before, err);
    if (status == AB_OK)
        status = read(given, given->second, &after, err);
    if (status == AB_OK)
        status = compare(given, &before, &after, err);
    ab_operation_free(before.op);
    ab_operation_free(after.op);
    if (before.rows.arena)
        ab_result_rows_free(&before.rows);
    if (after.rows.arena)
        ab_result_rows_free(&after.rows);
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
