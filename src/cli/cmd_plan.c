#include <inttypes.h>
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
    CLI_WRITE_LP_OPTION,
    {"from", 0, "RESULT", "plan again from this plan: keep what is frozen, change the rest only where it pays"},
    {"thaw", 0, "TEXT", "trips of that plan, with commas between them, that need not stay as they are"},
    {"worlds", 0, "COUNT", "judge the plan by chance too: live through so many worlds with it, 1000 say"},
    {"improve", 0, NULL, "with --worlds: also judge plans made under other settings, and write the one that is best"},
    CLI_MAP_OPTION,
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

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
    return cli_value(given, "json") ? ab_plan_json(out, &input, &results, ab_result_solve_s(result), err)
                                    : ab_summary_print(out, &input, &results, err);
}

static ab_status write_and_tell(const cli_given *given, const ab_operation *op,
                                const ab_result *result, const char *path, ab_error *err)
{
    ab_data input = ab_operation_data(op), results = ab_result_data(result);
    bool to_stdout = is_standard_output(path);
    char shown[AB_ERROR_CAP];
    struct stat target;
    bool a_file = !to_stdout && !(stat(path, &target) == 0 && !S_ISREG(target.st_mode));

    ab_status status = ab_result_write(path, &input, &results, err);
    if (status == AB_OK)
        status = print_summary(given, op, result, to_stdout ? stderr : stdout, err);
    if (status == AB_OK && a_file && !cli_value(given, "quiet") && !cli_value(given, "json"))
        printf("Wrote %s: open it in QGIS, its layers carry their styles.\n",
               ab_name_shown(path, shown));
    return status;
}

/* So many are lived through in half a minute on one core, and sampling errors are a tenth of those of a thousand. */
enum { MOST_WORLDS = 100000 };

static ab_status worlds_from(const cli_given *given, ab_plan_options *options, ab_error *err)
{
    const char *worlds = cli_value(given, "worlds");
    double count = 0;

    options->improve = cli_value(given, "improve") != NULL;
    if (options->improve && !worlds)
        return ab_fail(err, AB_USAGE, "--improve chooses by worlds: say how many with --worlds COUNT");
    if (!worlds)
        return AB_OK;
    if (!ab_number_parse(worlds, &count) || !(count >= 1 && count <= MOST_WORLDS) || count != (int32_t)count)
        return ab_fail(err, AB_USAGE, "--worlds takes a whole number from 1 to %d, not \"%s\"", (int)MOST_WORLDS, worlds);
    options->worlds = (int32_t)count;
    return options->improve && options->worlds < 2
               ? ab_fail(err, AB_USAGE, "--improve chooses by one half of the worlds and reports by the other: --worlds 2 at least")
               : AB_OK;
}

static ab_status options_from(const cli_given *given, ab_plan_options *options, ab_error *err)
{
    const char *limit = cli_value(given, "time-limit");

    if (limit && (!ab_number_parse(limit, &options->time_limit_s) || !(options->time_limit_s > 0)))
        return ab_fail(err, AB_USAGE, "--time-limit takes a number of seconds above 0, not \"%s\"",
                       limit);
    return worlds_from(given, options, err);
}

/* Did Ctrl-C end the search? One that came too late changed nothing. */
static bool was_interrupted(const ab_result *result)
{
    const ab_rows *rows = &ab_result_data(result).rows[AB_TABLE_summary];
    const ab_figure *figures = rows->at;

    for (int32_t i = 0; i < rows->count; i++)
        if (strcmp(figures[i].key, "interrupted") == 0)
            return figures[i].value > 0;
    return false;
}

/* `*better`: an operation that the plan is of in place of `op`; NULL: it is of `op`. */
static ab_status search(const cli_given *given, const ab_operation *op, const ab_before *before, ab_plan_options *options,
                        ab_operation **better, ab_result **out, ab_error *err)
{
    char *folder = cli_folder_of(given->argument);

    options->folder = folder;
    options->allow_outside = cli_value(given, "allow-outside") != NULL;
    options->issues = ab_issues_new(0);
    ab_status status = options->issues ? options_from(given, options, err) : ab_fail(err, AB_NO_MEMORY, "out of memory");
    if (status == AB_OK) {
        cli_catch_interrupt();
        status = before ? ab_flow_replan(before, options, out, err) : ab_flow_plan(op, options, out, err);
    }
    if (status == AB_OK && options->improve && !before && !was_interrupted(*out))
        status = ab_flow_plan_better(op, options, better, out, err);
    if (*(const bool *)options->context)
        fprintf(stderr, "\r\033[K");
    if (options->issues)
        cli_tell_flaws(given, given->argument, options->issues);
    ab_issues_free(options->issues);
    free(folder);
    return status;
}

/* `before`: a plan that is made again; NULL: from nothing. */
static ab_status plan_into(const cli_given *given, const ab_operation *op, const ab_before *before, const char *path,
                           ab_error *err)
{
    const char *model = cli_value(given, "write-lp");
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;
    bool shown = isatty(STDERR_FILENO) && !cli_value(given, "quiet");
    ab_result *result = NULL;
    ab_operation *better = NULL;

    options.progress = show_progress;
    options.context = &shown;
    options.model_text = model ? cli_write_model : NULL;
    options.model_context = &model;
    ab_status status = search(given, op, before, &options, &better, &result, err);
    if (result) {
        ab_error write_error = AB_ERROR_INIT;
        ab_status written = write_and_tell(given, better ? better : op, result, path, &write_error);
        if (written != AB_OK)
            status = ab_fail(err, written, "%s", write_error.message);
        else if (status == AB_OK && was_interrupted(result))
            status = ab_fail(err, AB_INTERRUPTED,
                             "stopped early: the plan written is the best found so far");
    }
    ab_result_free(result);
    ab_operation_free(better);
    return status;
}

/* Reads the plan before and plans again from it. */
static ab_status plan_again(const cli_given *given, const ab_operation *op, const char *from, const char *path,
                            ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_result_rows rows = {{NULL, NULL}, NULL};
    ab_before *before = NULL;

    options.map = NULL; /* names of the operation's sheets: a result has its own */
    ab_status status = ab_result_read(from, &options, &rows, err);
    if (status == AB_OK)
        status = cli_refuse_no_plan(given, from, &rows.data, err);
    if (status == AB_OK)
        status = ab_before_make(op, &rows.data, cli_value(given, "thaw"), &before, err);
    if (status == AB_OK)
        status = plan_into(given, ab_before_operation(before), before, path, err);
    ab_before_free(before);
    ab_result_rows_free(&rows);
    return status;
}

/* Before it reads, since it may have to wait. What is wrong with the operation is told before what is wrong
 * with the folder of its result. */
static ab_status lock_and_plan(const cli_given *given, const char *path, ab_error *err)
{
    ab_write_lock *lock = NULL;
    ab_operation *op = NULL;
    cli_remarks remarks = {0, 0};
    ab_open_options options = cli_open_options(given);
    const char *from = cli_value(given, "from");
    ab_error refusal = AB_ERROR_INIT;
    ab_status locked = cli_lock(given, path, &lock, &refusal);
    ab_status status = AB_OK;

    if (locked == AB_OK || locked == AB_IO)
        status = cli_read_operation(given->argument, &options, &op, &remarks, err);
    if (status == AB_OK && locked != AB_OK)
        status = ab_fail(err, locked, "%s", refusal.message);
    if (status == AB_OK)
        status = cli_refuse_own(given, op->settings, path, err);
    if (status == AB_OK)
        status = cli_refuse_own(given, op->settings, cli_value(given, "write-lp"), err);
    if (status == AB_OK) {
        if (!cli_value(given, "quiet"))
            cli_tell_remarks(given, &remarks);
        status = from ? plan_again(given, op, from, path, err) : plan_into(given, op, NULL, path, err);
    }
    ab_operation_free(op);
    ab_lock_free(lock);
    return status;
}

/* The model must not be written over what it is made from, nor the result over it. */
static ab_status refuse_same_model(const cli_given *given, const char *path, ab_error *err)
{
    const char *model = cli_value(given, "write-lp");

    if (model && (cli_is_same(given->argument, model) || cli_is_same(path, model) || strcmp(path, model) == 0))
        return ab_fail(err, AB_USAGE, "--write-lp: %s is the operation or its result: name another file", model);
    return AB_OK;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output");
    char *made = NULL;
    ab_status status = AB_OK;

    if (cli_value(given, "thaw") && !cli_value(given, "from"))
        return ab_fail(err, AB_USAGE, "--thaw names trips of the plan before: say which plan with --from RESULT");
    if (!output && strcmp(given->argument, "-") == 0)
        return ab_fail(err, AB_USAGE, "an operation from standard input needs -o FILE");
    if (!output && strstr(given->argument, "://"))
        return ab_fail(err, AB_USAGE, "an operation from a server or database needs -o FILE");
    if (!output)
        status = cli_beside(given->argument, ".plan.gpkg", &made, err);
    if (status == AB_OK)
        status = refuse_same_model(given, output ? output : made, err);
    if (status == AB_OK)
        status = lock_and_plan(given, output ? output : made, err);
    free(made);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge plan valley",
     "writes valley.plan.gpkg, which opens in QGIS, and prints the summary"},
    {"airbridge plan valley -o monday.gpkg --time-limit 60",
     "another name, and at most a minute of search"},
    {"airbridge plan valley.plan.gpkg -o again.gpkg", "plans the input that a result holds"},
    {"airbridge plan valley -o valley.plan.gpkg --write-lp valley.lp",
     "also the model, so that glpsol --lp valley.lp --nomip finds its bound"},
    {"airbridge plan valley --from valley.plan.gpkg -o tuesday.gpkg",
     "plans again the day after: the rest changes only where it pays"},
    {"airbridge plan valley -o valley.plan.gpkg --worlds 1000",
     "also what comes of it by chance: hunger beyond what averages tell"},
    {NULL, NULL},
};

const cli_command cli_plan = {
    .name = "plan",
    .group = CLI_BEGIN,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "work out what to send where, how and when",
    .details =
        "Reads and checks OPERATION (a folder of CSV tables, a workbook, a GeoPackage, or a result), plans it and writes one "
        "self-contained GeoPackage, OPERATION.plan.gpkg beside it or where -o says. With flaws in the "
        "data nothing is written. Ctrl-C ends the search with the best plan so far. --write-lp writes the whole model, "
        "all trips on offer and vehicles whole, before the search: with them relaxed (glpsol --nomip) its optimum "
        "is the plan's bound for each person, and the file's first lines say how many people. With --from, departures from now (the "
        "setting as_of) until freeze_h later go as RESULT has them; a change of the others costs change_person_days a vehicle. With "
        "--worlds the plan is lived through COUNT times by chance, in each of which a load arrives or does not.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
