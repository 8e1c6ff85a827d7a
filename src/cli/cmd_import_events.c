#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"output", 'o', "FILE", "write the reports there, instead of to standard output"},
    {"replace", 0, NULL, "write over a file that is there already"},
    {"json", 0, NULL, "with -o: print what became of the events as JSON"},
    CLI_WAIT_OPTION,
    CLI_MAP_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

/* The folder that holds `path`, freed by the caller; NULL: out of memory. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);
    char *folder = calloc(size + 1, 1);

    if (folder != NULL)
        memcpy(folder, slash == NULL ? "." : path, size);
    return folder;
}

/* The operation is never written to: neither over it, nor into its folder, where it would be read as one of its tables. */
static ab_status check_output(const cli_given *given, const char *output, ab_error *err)
{
    char *folder = folder_of(output);

    if (folder == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    bool inside = cli_is_same(given->second, output) || cli_is_same(given->second, folder);
    free(folder);
    if (inside)
        return ab_fail(
            err, AB_USAGE,
            "%s belongs to the operation: name a file elsewhere, and add its rows to the table access",
            output);
    if (cli_is_same(given->argument, output))
        return ab_fail(err, AB_USAGE, "%s holds the events: name another file to write to", output);
    return AB_OK;
}

/* What the file says, weighed. With flaws it prints them all. */
static ab_status weigh(const cli_given *given, const ab_operation *op, ab_book **out,
                       ab_events_tally *tally, ab_error *err)
{
    ab_book *events = NULL;
    ab_issues *issues = ab_issues_new(0);

    if (issues == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read_csv(given->argument, "events", &events, issues, err);
    if (status == AB_OK && ab_issues_of(issues, AB_ERROR_FLAW) > 0)
        status = ab_fail(err, AB_FLAWED, "%s has errors", given->argument);
    if (status == AB_OK)
        status = ab_flow_import_events(op, ab_book_at(events, 0), (ab_time)time(NULL), out, tally,
                                       issues, err);
    if (status == AB_FLAWED && ab_issues_count(issues) > 0)
        (void)ab_issues_print(stderr, issues, NULL);
    ab_book_free(events);
    ab_issues_free(issues);
    return status;
}

static ab_status tell(const cli_given *given, const ab_events_tally *tally, const char *output,
                      ab_error *err)
{
    if (output == NULL)
        return ab_events_print(stderr, tally, NULL, err);
    return cli_value(given, "json") ? ab_events_json(stdout, tally, given->argument, output, err)
                                    : ab_events_print(stdout, tally, output, err);
}

static ab_status import(const cli_given *given, const char *output, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_operation *op = NULL;
    ab_book *rows = NULL;
    ab_events_tally tally;

    ab_status status = cli_read_operation(given->second, &options, &op, NULL, err);
    if (status == AB_OK)
        status = weigh(given, op, &rows, &tally, err);
    if (status == AB_OK)
        status = ab_book_write_csv(output != NULL ? output : "-", rows,
                                   cli_value(given, "replace") != NULL, err);
    if (status == AB_OK)
        status = tell(given, &tally, output, err);
    ab_book_free(rows);
    ab_operation_free(op);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output");
    ab_write_lock *lock = NULL;
    ab_status status = AB_OK;

    if (output != NULL && strcmp(output, "-") == 0)
        output = NULL;
    if (strcmp(given->argument, "-") == 0 && strcmp(given->second, "-") == 0)
        return ab_fail(err, AB_USAGE, "- can stand for one of FILE and OPERATION only");
    if (output == NULL && cli_value(given, "json"))
        return ab_fail(err, AB_USAGE,
                       "--json needs -o FILE: the reports go to standard output without it");
    if (output != NULL)
        status = check_output(given, output, err);
    if (status == AB_OK && output != NULL)
        status = cli_lock(given, output, &lock, err);
    if (status == AB_OK)
        status = import(given, output, err);
    ab_lock_free(lock);
    return status;
}

const cli_command cli_import_events = {
    .name = "import-events",
    .group = CLI_ALSO,
    .argument = "FILE",
    .argument_required = true,
    .second = "OPERATION",
    .meaning = "turn conflict events into weak reports",
    .details =
        "Reads a CSV export of ACLED or of UCDP GED, known by its columns, and weighs each event by its kind, by how near "
        "it is to the roads, places and hubs of OPERATION, and by how well its place and day are known. Writes rows for the "
        "table access, of low grades and a few days each, to be looked at and added there by a person; OPERATION is never changed. Flaws "
        "of the file are told all at once by row and column, and nothing is written then. An event near a road is no word about the road: "
        "what it is worth is assumed, and docs/models/events.md says what.",
    .options = OPTIONS,
    .run = run,
};
