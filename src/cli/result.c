#include <string.h>

#include "cli/cli.h"

ab_status cli_read_result(const cli_given *given, const char *path, cli_result *out, ab_error *err)
{
    ab_open_options options = cli_open_options(given);

    *out = (cli_result){.op = NULL};
    ab_status status = ab_result_read(path, &options, &out->rows, err);
    return status == AB_OK ? cli_read_operation(path, &options, &out->op, NULL, err) : status;
}

ab_status cli_refuse_no_plan(const cli_given *given, const char *path, const ab_data *results, ab_error *err)
{
    bool drops = ab_result_is_drops(results);
    char shown[AB_ERROR_CAP];

    if (!drops && !ab_result_is_ration(results))
        return AB_OK;
    return ab_fail(err, AB_USAGE, "%s holds %s and no plan: `airbridge show` prints it, `airbridge plan` makes a plan of its operation",
                   strcmp(given->argument, "-") == 0 ? "standard input" : ab_name_shown(path, shown), drops ? "drops" : "a ration");
}

ab_status cli_read_plan(const cli_given *given, const char *path, cli_result *out, ab_error *err)
{
    ab_status status = cli_read_result(given, path, out, err);
    return status == AB_OK ? cli_refuse_no_plan(given, path, &out->rows.data, err) : status;
}

void cli_free_result(cli_result *result)
{
    ab_operation_free(result->op);
    ab_result_rows_free(&result->rows);
}

ab_status cli_on_file(const cli_given *given, cli_file_fn *run, ab_error *err)
{
    char path[64];

    if (strcmp(given->argument, "-") != 0)
        return run(given, given->argument, err);
    FILE *kept = cli_keep_standard_input(path, err);
    if (!kept)
        return AB_IO;
    ab_status status = run(given, path, err);
    fclose(kept);
    return status;
}
