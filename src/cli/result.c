#include <string.h>

#include "cli/cli.h"

ab_status cli_read_result(const cli_given *given, const char *path, cli_result *out, ab_error *err)
{
    ab_open_options options = cli_open_options(given);

    *out = (cli_result){.op = NULL};
    ab_status status = ab_result_read(path, &options, &out->rows, err);
    return status == AB_OK ? cli_read_operation(path, &options, &out->op, NULL, err) : status;
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
