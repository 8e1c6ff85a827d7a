#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"output", 'o', "FILE",
     "where the result goes; a device or pipe is written to; - is standard output"},
    {"json", 0, NULL, "print the summary as JSON"},
    {"quiet", 'q', NULL, "print no summary and no progress"},
    {"time-limit", 0, "SECONDS", "stop the search after so long, with the best plan so far"},
    {NULL, 0, NULL, NULL},
};

/* OPERATION.plan.gpkg beside the operation; a result OPERATION.plan.gpkg is replaced. Freed by the caller. */
static char *default_output(const char *operation)
{
    static const char ENDING[] = ".plan.gpkg";
    size_t size = strlen(operation), ending = sizeof ENDING - 1;
    char *path;

    while (size > 1 && operation[size - 1] == '/')
        size--;
    if (size > ending && strcmp(operation + size - ending, ENDING) == 0)
        size -= ending;
    path = malloc(size + sizeof ENDING);
    if (!path)
        return NULL;
    memcpy(path, operation, size);
    memcpy(path + size, ENDING, sizeof ENDING);
    return path;
}

static bool show_progress(void *context, const char *stage, double bound, double best,
                          double gap_frac)
{
    const bool *shown = context;

    if (*shown) {
        fprintf(stderr, "\r\033[K%s", stage);
        if (gap_frac >= 0 && gap_frac <= 1)
            fprintf(stderr, ": bound %.6g, best %.6g, gap %.1f %%", bound, best, 100 * gap_frac);
        fflush(stderr);
    }
    return !cli_interrupted();
}

/* Does the result itself go to where the summary would? */
static bool is_standard_output(const char *path)
{
    struct stat target, out;

    if (strcmp(path, "-") == 0)
        return true;
    return stat(path, &target) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
           target.st_dev == out.st_dev && target.st_ino == out.st_ino;
}

static ab_status print_summary(const cli_given *given, const ab_operation *op,
                               const ab_result *result, FILE *out, ab_error *err)
{
    ab_data input = ab_operation_data(op), results = ab_result_data(result);

    if (cli_value(given, "quiet"))
        return AB_OK;
    return cli_value(given, "json") ? ab_summary_json(out, &input, &results, err)
                                    : ab_summary_print(out, &input, &results, err);
}

static ab_status write_and_tell(const cli_given *given, const ab_operation *op,
                                const ab_result *result, const char *path, ab_error *err)
{
    ab_data input = ab_operation_data(op), results = ab_result_data(result);
    bool to_stdout = is_standard_output(path);
    struct stat target;
    bool a_file = !to_stdout && !(stat(path, &target) == 0 && !S_ISREG(target.st_mode));

    ab_status status = ab_result_write(path, &input, &results, err);
    if (status == AB_OK)
        status = print_summary(given, op, result, to_stdout ? stderr : stdout, err);
    if (status == AB_OK && a_file && !cli_value(given, "quiet") && !cli_value(given, "json"))
        printf("Wrote %s\nOpen it in QGIS: its layers carry their styles.\n", path);
    return status;
}

static ab_status options_from(const cli_given *given, ab_plan_options *options, ab_error *err)
{
    const char *limit = cli_value(given, "time-limit");
    char *end = NULL;

    if (!limit)
        return AB_OK;
    options->time_limit_s = strtod(limit, &end);
    if (end == limit || *end || !(options->time_limit_s > 0))
        return ab_fail(err, AB_USAGE, "--time-limit takes a number of seconds above 0, not \"%s\"",
                       limit);
    return AB_OK;
}

static ab_status plan_into(const cli_given *given, const ab_operation *op, const char *path,
                           ab_error *err)
{
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;
    bool shown = isatty(STDERR_FILENO) && !cli_value(given, "quiet");
    ab_result *result = NULL;

    options.progress = show_progress;
    options.context = &shown;
    ab_status status = options_from(given, &options, err);
    if (status == AB_OK)
        status = ab_flow_plan(op, &options, &result, err);
    if (shown)
        fprintf(stderr, "\r\033[K");
    if (result) {
        ab_error write_error = AB_ERROR_INIT;
        ab_status written = write_and_tell(given, op, result, path, &write_error);
        if (written != AB_OK)
            status = ab_fail(err, written, "%s", write_error.message);
        else if (status == AB_OK && cli_interrupted())
            status = ab_fail(err, AB_INTERRUPTED,
                             "stopped early: the plan written is the best found so far");
    }
    ab_result_free(result);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output");
    char *made = NULL;
    ab_operation *op = NULL;

    if (!output && strcmp(given->argument, "-") == 0)
        return ab_fail(err, AB_USAGE, "an operation from standard input needs -o FILE");
    ab_status status = cli_read_operation(given->argument, &op, err);
    if (status == AB_OK && !output) {
        output = made = default_output(given->argument);
        if (!made)
            status = ab_fail(err, AB_NO_MEMORY, "out of memory");
    }
    if (status == AB_OK)
        status = plan_into(given, op, output, err);
    ab_operation_free(op);
    free(made);
    return status;
}

const cli_command cli_plan = {
    "plan",
    "OPERATION",
    true,
    "work out what to send where, how and when",
    "Reads and checks OPERATION (a folder of CSV tables, or a result), plans it and writes one\n"
    "self-contained GeoPackage, OPERATION.plan.gpkg beside it or where -o says. With flaws in the\n"
    "data nothing is written. Ctrl-C ends the search with the best plan so far.",
    OPTIONS,
    run,
};
