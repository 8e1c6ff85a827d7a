#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"zone", 0, "TEXT", "this drop zone alone"},
    {"vehicle", 0, "TEXT", "this class of aircraft alone"},
    {"dropsystem", 0, "TEXT", "this drop system alone"},
    {"at", 0, "TIME", "at this time, as in 2030-03-04T06:00Z, instead of each period at its middle"},
    {"altitude", 0, "NUMBER", "release so many metres above the zone, instead of the lowest and the highest"},
    {"heading", 0, "NUMBER", "fly the run-in toward so many degrees true, instead of the best way"},
    {"calendar", 0, NULL, "each hour of three days: go, or the gate that decides"},
    {"places", 0, NULL, "which places that are cut off could be served from the air at all, and why"},
    {"sighter", 0, "NUMBER", "tell what so many loads dropped first and watched would be worth"},
    {"card", 0, "FILE", "draw the one drop on a page for the crew: .pdf, .svg or .png"},
    {"samples", 0, "NUMBER", "passes to draw, instead of as many as make the chance sure to 0.01"},
    {"seed", 0, "NUMBER", "seed of the draws, instead of the operation's"},
    {"no-scatter", 0, NULL, "one load of which all is certain, wind and timing too"},
    {"threads", 0, "NUMBER", "processors to use; the result is the same with any"},
    {"json", 0, NULL, "print the drops as JSON"},
    {"output", 'o', "FILE", "write the drops, with all that was in RESULT, as a GeoPackage"},
    CLI_MAP_OPTION,
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

/* What one run works with. */
typedef struct drop_run {
    const cli_given *given;
    const char *path;
    ab_operation *op;
    ab_result_rows rows; /* of a result that was given; data.rows NULL: an operation was */
    ab_drop_request request;
    char *folder;
    bool shown; /* progress */
} drop_run;

/* ---- What was asked -------------------------------------------------------------------------------------- */

/* A whole number of at least `least`, or what was there before where the option is not given. */
static ab_status take_count(const cli_given *given, const char *option, long long least, long long most, long long *out, ab_error *err)
{
    const char *text = cli_value(given, option);
    char *end = NULL;

    if (!text)
        return AB_OK;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end || errno || value < least || value > most)
        return ab_fail(err, AB_USAGE, "--%s takes a whole number from %lld to %lld, not \"%.40s\"", option, least, most, text);
    *out = value;
    return AB_OK;
}

/* A number in [least, most], or what was there before. */
static ab_status take_number(const cli_given *given, const char *option, const char *what, double least, double most, double *out,
                             ab_error *err)
{
    const char *text = cli_value(given, option);

    if (!text)
        return AB_OK;
    if (!ab_number_parse(text, out) || !(*out >= least && *out <= most))
        return ab_fail(err, AB_USAGE, "--%s takes %s, %g to %g, not \"%.40s\"", option, what, least, most, text);
    return AB_OK;
}

static ab_status take_time(const cli_given *given, const ab_settings *settings, ab_time *out, ab_error *err)
{
    const char *text = cli_value(given, "at"), *why;
    char first[AB_TIME_TEXT_CAP], last[AB_TIME_TEXT_CAP];

    if (!text)
        return AB_OK;
    if (!ab_time_parse(text, out, &why))
        return ab_fail(err, AB_USAGE, "--at takes a time as in 2030-03-04T06:00Z, not \"%.40s\": %s", text, why);
    if (*out >= settings->start && *out < settings->end)
        return AB_OK;
    return ab_fail(err, AB_USAGE, "%.40s is no time of the operation, which goes from %s to %s", text,
                   ab_time_format(settings->start, first), ab_time_format(settings->end, last));
}

static ab_status take_options(drop_run *run, ab_error *err)
{
    const cli_given *given = run->given;
    ab_drop_options *drop = &run->request.drop;
    long long samples = 0, seed = 0, threads = 0, sighter = 0;

    ab_status status = ab_drop_find(run->op, cli_value(given, "zone"), cli_value(given, "vehicle"),
                                    cli_value(given, "dropsystem"), drop, err);
    if (status == AB_OK)
        status = take_time(given, run->op->settings, &drop->at, err);
    if (status == AB_OK)
        status = take_number(given, "altitude", "metres above the zone", 10, 15000, &drop->release_agl_m, err);
    if (status == AB_OK)
        status = take_number(given, "heading", "degrees", 0, 360, &drop->heading_deg, err);
    if (status == AB_OK)
        status = take_count(given, "samples", 1, 10000000, &samples, err);
    if (status == AB_OK)
        status = take_count(given, "seed", 1, INT64_MAX, &seed, err);
    if (status == AB_OK)
        status = take_count(given, "threads", 1, 1024, &threads, err);
    if (status == AB_OK)
        status = take_count(given, "sighter", 1, 20, &sighter, err);
    drop->passes = (int32_t)samples;
    drop->seed = (uint64_t)seed;
    drop->threads = (int32_t)threads;
    drop->over_ranks = true;
    drop->no_scatter = cli_value(given, "no-scatter") != NULL;
    run->request.sighter = (int32_t)sighter;
    run->request.places = cli_value(given, "places") != NULL;
    run->request.calendar = cli_value(given, "calendar") != NULL;
    run->request.allow_outside = cli_value(given, "allow-outside") != NULL;
    return status;
}

/* ---- What was given -------------------------------------------------------------------------------------- */

/* Is it the result of a plan, or of drops, whose other tables go with the new ones? */
static ab_status read_other_tables(drop_run *run, ab_error *err)
{
    ab_open_options options = cli_open_options(run->given);
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = NULL;

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read(run->path, &options, &book, issues, err);
    if (status == AB_OK && cli_is_result(book)) {
        options.map = NULL; /* names of the operation's sheets: a result has its own */
        status = ab_result_read(run->path, &options, &run->rows, err);
    }
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

/* ---- The run --------------------------------------------------------------------------------------------- */

static bool show_progress(void *context, int32_t done, int32_t of)
{
    const drop_run *run = context;

    if (run->shown && of > 0) {
        fprintf(stderr, "\r\033[Kdrops: %d of %d", done, of);
        fflush(stderr);
    }
    return !cli_interrupted();
}

static ab_status make(drop_run *run, ab_result **out, ab_error *err)
{
    ab_issues *issues = ab_issues_new(0);

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    run->shown = isatty(STDERR_FILENO) && ab_rank() == 0;
    run->request.drop.progress = show_progress;
    run->request.drop.context = run;
    run->request.folder = run->folder;
    cli_catch_interrupt();
    ab_status status = ab_flow_drop(run->op, run->rows.arena ? &run->rows.data : NULL, &run->request, out, issues, err);
    if (run->shown)
        fprintf(stderr, "\r\033[K");
    if (ab_rank() == 0)
        cli_tell_flaws(run->given, run->path, issues);
    ab_issues_free(issues);
    return status;
}

static ab_status tell(const drop_run *run, const ab_data *input, const ab_data *results, ab_error *err)
{
    if (ab_rank() > 0) /* has worked out its part; the first tells */
        return AB_OK;
    const char *output = cli_value(run->given, "output"), *card = cli_value(run->given, "card");
    bool calendar = run->request.calendar, json = cli_value(run->given, "json") != NULL;
    char shown[AB_ERROR_CAP];
    ab_status status = AB_OK;

    if (card)
        status = ab_drop_card(card, input, results, NULL, err);
    if (status == AB_OK && output)
        status = ab_result_write(output, input, results, err);
    if (status == AB_OK && run->request.places && !json)
        status = ab_air_places_print(stdout, input, results, err);
    else if (status == AB_OK)
        status = (json ? ab_drops_json : ab_drops_print)(stdout, input, results, calendar, err);
    if (status == AB_OK && output && !json)
        printf("Wrote %s: open it in QGIS, its layers carry their styles.\n", ab_name_shown(output, shown));
    if (status == AB_OK && card && !json)
        printf("Wrote %s: for the crew alone.\n", ab_name_shown(card, shown));
    return status;
}

static ab_status work_out(drop_run *run, ab_error *err)
{
    ab_open_options options = cli_open_options(run->given);
    ab_result *result = NULL;
    cli_remarks remarks = {0, 0};

    ab_status status = cli_read_operation(run->path, &options, &run->op, &remarks, err);
    if (status == AB_OK)
        status = cli_refuse_own(run->given, run->op->settings, cli_value(run->given, "output"), err);
    if (status == AB_OK)
        status = cli_refuse_own(run->given, run->op->settings, cli_value(run->given, "card"), err);
    if (status == AB_OK)
        status = read_other_tables(run, err);
    if (status == AB_OK)
        status = take_options(run, err);
    if (status == AB_OK && ab_rank() == 0)
        cli_tell_remarks(run->given, &remarks);
    if (status == AB_OK)
        status = make(run, &result, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(run->op), results = ab_result_data(result);
        status = tell(run, &input, &results, err);
    }
    ab_result_free(result);
    return status;
}

static ab_status drop(const cli_given *given, const char *path, ab_error *err)
{
    const char *output = cli_value(given, "output");
    drop_run run = {.given = given, .path = path, .request = AB_DROP_REQUEST_INIT, .folder = cli_folder_of(given->argument)};
    ab_write_lock *lock = NULL;
    ab_status status = output && ab_rank() == 0 ? cli_lock(given, output, &lock, err) : AB_OK;

    if (status == AB_OK)
        status = work_out(&run, err);
    ab_operation_free(run.op);
    ab_result_rows_free(&run.rows);
    free(run.folder);
    ab_lock_free(lock);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output"), *card = cli_value(given, "card");

    if (cli_value(given, "calendar") && cli_value(given, "at"))
        return ab_fail(err, AB_USAGE, "say one of --calendar and --at");
    if (cli_value(given, "places") && (cli_value(given, "calendar") || card))
        return ab_fail(err, AB_USAGE, "--places goes without --calendar and --card");
    if (cli_value(given, "calendar") && card)
        return ab_fail(err, AB_USAGE, "--card is of one drop: say its time with --at instead of --calendar");
    if ((output && cli_is_same(given->argument, output)) || (card && cli_is_same(given->argument, card)))
        return ab_fail(err, AB_USAGE, "%s is what the drops are worked out from: name another file", output ? output : card);
    if (output && card && strcmp(output, card) == 0)
        return ab_fail(err, AB_USAGE, "--card and -o name the same file");
    return cli_on_file(given, drop, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge drop valley", "all drop zones and days: go, or what stands in the way"},
    {"airbridge drop valley --places", "who could be served from the air at all, and why not"},
    {"airbridge drop valley --calendar", "the next three days, hour by hour"},
    {"airbridge drop valley --at 2030-03-04T09:00Z --altitude 400",
     "one drop with its release point, chances, wind and gates"},
    {"airbridge drop valley --at 2030-03-04T09:00Z --altitude 400 --card card.pdf", "the same as a page for the crew"},
    {NULL, NULL},
};

const cli_command cli_drop = {
    .name = "drop",
    .group = CLI_MAKE,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "tell where and whether to drop over a zone",
    .details =
        "For each drop zone, aircraft, drop system, period and height: the best release point and run-in, where the loads will "
        "land, what share is recovered, whom it may hurt, and a list of gates (wind, zone, harm, clearance, controller, canopies, "
        "daylight, height) that say go or no-go. OPERATION is what `airbridge plan` takes, or a result of it; with a result -o "
        "writes its tables with the drops. Wind comes from the file that the setting wind names, or from the table wind; the ground "
        "from the file that terrain names, or from the zones. It is advice: a named person decides.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
