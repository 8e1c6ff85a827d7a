#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print the summary as JSON"},
    {NULL, 0, NULL, NULL},
};

static ab_status show(const cli_given *given, const char *path, ab_error *err)
{
    ab_operation *op = NULL;
    ab_result_rows rows = {{NULL, NULL}, NULL};

    ab_status status = ab_result_read(path, &rows, err);
    if (status == AB_OK)
        status = cli_read_operation(path, &op, NULL, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(op);
        status = cli_value(given, "json") ? ab_summary_json(stdout, &input, &rows.data, err)
                                          : ab_summary_print(stdout, &input, &rows.data, err);
    }
    ab_operation_free(op);
    ab_result_rows_free(&rows);
    return status;
}

/* Standard input as a file without a name: plan and input are read one after the other. */
static FILE *keep_standard_input(ab_error *err)
{
    FILE *kept = tmpfile();
    char bytes[65536];
    size_t size;

    while (kept && (size = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        if (fwrite(bytes, 1, size, kept) != size)
            break;
    if (!kept || ferror(stdin) || ferror(kept) || fflush(kept) != 0) {
        ab_fail(err, AB_IO, "standard input cannot be kept for reading: %s", strerror(errno));
        if (kept)
            fclose(kept);
        return NULL;
    }
    return kept;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    char path[64];

    if (strcmp(given->argument, "-") != 0)
        return show(given, given->argument, err);
    FILE *kept = keep_standard_input(err);
    if (!kept)
        return AB_IO;
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(kept));
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
    .meaning = "print the summary of a plan that was made before",
    .details = "RESULT is a GeoPackage that `airbridge plan` wrote; - is standard input.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
