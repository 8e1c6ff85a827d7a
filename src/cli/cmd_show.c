#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print the summary as JSON"},
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status show(const cli_given *given, const char *path, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_operation *op = NULL;
    ab_result_rows rows = {{NULL, NULL}, NULL};

    ab_status status = ab_result_read(path, &options, &rows, err);
    if (status == AB_OK)
        status = cli_read_operation(path, &options, &op, NULL, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(op);
        bool json = cli_value(given, "json") != NULL;
        status = (ab_result_is_ration(&rows.data) ? json ? ab_ration_json : ab_ration_print
                  : json                          ? ab_summary_json
                                                  : ab_summary_print)(stdout, &input, &rows.data, err);
    }
    ab_operation_free(op);
    ab_result_rows_free(&rows);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    char path[64];

    if (strcmp(given->argument, "-") != 0)
        return show(given, given->argument, err);
    FILE *kept = cli_keep_standard_input(path, err);
    if (!kept)
        return AB_IO;
    ab_status status = show(given, path, err);
    fclose(kept);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge show valley.plan.gpkg", "the summary once more"},
    {"airbridge show --json - < valley.plan.gpkg", "its figures for another program"},
    {NULL, NULL},
};

const cli_command cli_show = {
    .name = "show",
    .group = CLI_LOOK,
    .argument = "RESULT",
    .argument_required = true,
    .meaning = "print a plan or a ration that was made before",
    .details = "RESULT is a GeoPackage that `airbridge plan` or `airbridge ration` wrote; - is standard input.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
