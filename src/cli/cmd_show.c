#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print the summary as JSON"},
    {NULL, 0, NULL, NULL},
};

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_operation *op = NULL;
    ab_result_rows rows = {{NULL, NULL}, NULL};

    if (strcmp(given->argument, "-") == 0)
        return ab_fail(err, AB_USAGE, "show reads its file twice: name a file, not standard input");
    ab_status status = ab_result_read(given->argument, &rows, err);
    if (status == AB_OK)
        status = cli_read_operation(given->argument, &op, NULL, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(op);
        status = cli_value(given, "json") ? ab_summary_json(stdout, &input, &rows.data, err)
                                          : ab_summary_print(stdout, &input, &rows.data, err);
    }
    ab_operation_free(op);
    ab_result_rows_free(&rows);
    return status;
}

const cli_command cli_show = {
    "show", "RESULT", true, "print the summary of a plan that was made before", NULL, OPTIONS, run,
};
