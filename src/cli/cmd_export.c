#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"kml", 0, NULL, "for Google Earth; its slider plays the plan"},
    {"geojson", 0, NULL, "for QGIS and maps on the web"},
    {"czml", 0, NULL, "for Cesium: trips move, places change colour"},
    {"gpx", 0, NULL, "for drivers: a track for each trip by road"},
    {"flights", 0, NULL, "with --gpx: trips by air as well"},
    {"csv", 0, NULL, "tables as a folder of CSV files"},
    {"xlsx", 0, NULL, "tables as a workbook"},
    {"output", 'o', "FILE", "where it goes; - is standard output"},
    {"audience", 0, "public|partners|team", "who may read it (public)"},
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static const struct {
    const char *option, *ending;
    ab_export_format format;
} FORMATS[] = {
    {"kml", ".kml", AB_EXPORT_KML},    {"geojson", ".geojson", AB_EXPORT_GEOJSON},
    {"czml", ".czml", AB_EXPORT_CZML}, {"gpx", ".gpx", AB_EXPORT_GPX},
    {"csv", "-csv", AB_EXPORT_CSV},    {"xlsx", ".xlsx", AB_EXPORT_XLSX},
};

enum { FORMAT_COUNT = sizeof FORMATS / sizeof FORMATS[0] };

/* The number in FORMATS of the one format that was asked for. */
static ab_status format_from(const cli_given *given, int *out, ab_error *err)
{
    int asked = 0;

    for (int i = 0; i < FORMAT_COUNT; i++) {
        if (cli_value(given, FORMATS[i].option)) {
            *out = i;
            asked++;
        }
    }
    if (asked == 1)
        return AB_OK;
    return ab_fail(err, AB_USAGE,
                   "say one format: --kml, --geojson, --czml, --gpx, --csv or --xlsx%s",
                   asked > 1 ? ", and one only" : "");
}

static ab_status audience_from(const cli_given *given, ab_audience *out, ab_error *err)
{
    const char *word = cli_value(given, "audience");

    *out = AB_AUDIENCE_PUBLIC;
    for (int32_t i = 0; word && i < ab_codes_audience.count; i++) {
        if (strcmp(word, ab_codes_audience.codes[i].word) == 0) {
            *out = (ab_audience)i;
            return AB_OK;
        }
    }
    return word ? ab_fail(err, AB_USAGE, "--audience takes public, partners or team, not \"%s\"",
                          word)
                : AB_OK;
}

/* The result's name with another ending; NULL: out of memory. */
static char *beside(const char *result, const char *ending)
{
    static const char OLD[] = ".gpkg";
    size_t size = strlen(result), old = sizeof OLD - 1;
    char *path = malloc(size + strlen(ending) + 1);

    if (!path)
        return NULL;
    if (size > old && strcmp(result + size - old, OLD) == 0)
        size -= old;
    memcpy(path, result, size);
    strcpy(path + size, ending);
    return path;
}

/* Says what is missing, so that nobody takes a redacted file for the plan. */
static void tell(const cli_given *given, const char *path, int format, ab_audience audience)
{
    static const char *const missing[] = {
        [AB_AUDIENCE_PUBLIC] = "the public: no place, position, day, way or stock is in it",
        [AB_AUDIENCE_PARTNERS] = "partners: who needs what and where, but no day, way or stock",
        [AB_AUDIENCE_TEAM] = "the team alone: it says where people can be hit or starved",
    };

    char shown[AB_ERROR_CAP];

    fprintf(stderr, "%s is for %s.\n", strcmp(path, "-") == 0 ? "This" : ab_name_shown(path, shown),
            missing[audience]);
    if (audience != AB_AUDIENCE_TEAM)
        fprintf(stderr, "All of it, for those who plan: airbridge export %s --%s --audience team\n",
                ab_name_shown(given->argument, shown), FORMATS[format].option);
}

static ab_status write_to(const char *path, const char *result, const cli_given *given,
                          const ab_export_options *options, ab_error *err)
{
    ab_open_options open = cli_open_options(given);
    ab_operation *op = NULL;
    ab_result_rows rows = {{NULL, NULL}, NULL};
    ab_issues *issues = ab_issues_new(0);

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_result_read(result, &open, &rows, err);
    if (status == AB_OK)
        status = cli_read_operation(result, &open, &op, NULL, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(op);
        status = ab_export_write(path, options, &input, &rows.data, issues, err);
        if (status == AB_FLAWED)
            ab_issues_print(stderr, issues, NULL);
    }
    ab_issues_free(issues);
    ab_operation_free(op);
    ab_result_rows_free(&rows);
    return status;
}

static ab_status export_to(const char *path, const char *result, const cli_given *given,
                           const ab_export_options *options, ab_error *err)
{
    ab_write_lock *lock = NULL;

    if (cli_is_same(result, path))
        return ab_fail(err, AB_USAGE, "%s is the plan itself: name another file with -o", path);
    ab_status status = cli_lock(given, path, &lock, err);
    if (status == AB_OK)
        status = write_to(path, result, given, options, err);
    ab_lock_free(lock);
    return status;
}

static ab_status export_from(const char *result, const cli_given *given, int format,
                             ab_audience audience, ab_error *err)
{
    const ab_export_options options = {.format = FORMATS[format].format,
                                       .audience = audience,
                                       .flights = cli_value(given, "flights") != NULL};
    const char *output = cli_value(given, "output");
    char *made = output ? NULL : beside(given->argument, FORMATS[format].ending);

    if (!output && !made)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = export_to(output ? output : made, result, given, &options, err);
    if (status == AB_OK)
        tell(given, output ? output : made, format, audience);
    free(made);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_audience audience = AB_AUDIENCE_PUBLIC;
    char path[64];
    int format = 0;

    ab_status status = format_from(given, &format, err);
    if (status == AB_OK)
        status = audience_from(given, &audience, err);
    if (status != AB_OK)
        return status;
    if (cli_value(given, "flights") && FORMATS[format].format != AB_EXPORT_GPX)
        return ab_fail(err, AB_USAGE, "--flights goes with --gpx");
    if (strcmp(given->argument, "-") != 0)
        return export_from(given->argument, given, format, audience, err);
    if (!cli_value(given, "output"))
        return ab_fail(err, AB_USAGE, "a result from standard input needs -o FILE");
    FILE *kept = cli_keep_standard_input(path, err);
    if (!kept)
        return AB_IO;
    status = export_from(path, given, format, audience, err);
    fclose(kept);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge export --kml valley.plan.gpkg", "for anybody: totals, and nothing that harms"},
    {"airbridge export --geojson --audience partners valley.plan.gpkg",
     "who needs what, and where"},
    {"airbridge export --kml --audience team -o team.kml valley.plan.gpkg",
     "all of it, for Google Earth"},
    {"airbridge export --xlsx --audience team valley.plan.gpkg", "all tables as a workbook"},
    {NULL, NULL},
};

const cli_command cli_export = {
    .name = "export",
    .group = CLI_LOOK,
    .argument = "RESULT",
    .argument_required = true,
    .meaning = "write a plan for other programs and other people",
    .details =
        "Writes RESULT in one format, beside it or where -o says. Unless --audience says otherwise, all is\n"
        "left out that could tell where people can be hit, starved or blackmailed: names, positions, days,\n"
        "ways, stocks. docs/manual/sharing.md says what stays for whom. An existing file is replaced.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
