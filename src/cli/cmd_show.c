#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print the summary as JSON"},
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

/* Drops, and which places could take one, as far as the file holds them. */
static ab_status show_drops(const ab_data *input, const ab_data *results, bool json, ab_error *err)
{
    bool places = results->rows[AB_TABLE_air_places].count > 0, drops = results->rows[AB_TABLE_drops].count > 0;
    ab_status status = AB_OK;

    if (json)
        return ab_drops_json(stdout, input, results, false, err);
    if (drops || !places)
        status = ab_drops_print(stdout, input, results, false, err);
    if (status == AB_OK && drops && places)
        putchar('\n');
    if (status == AB_OK && places)
        status = ab_air_places_print(stdout, input, results, err);
    return status;
}

static ab_status show(const cli_given *given, const char *path, ab_error *err)
{
    cli_result from;

    ab_status status = cli_read_result(given, path, &from, err);
    if (status == AB_OK) {
        ab_data input = ab_operation_data(from.op);
        bool json = cli_value(given, "json") != NULL;
        if (ab_result_is_drops(&from.rows.data))
            status = show_drops(&input, &from.rows.data, json, err);
        else
            status = (ab_result_is_ration(&from.rows.data) ? json ? ab_ration_json : ab_ration_print
                      : json                               ? ab_summary_json
                                                           : ab_summary_print)(stdout, &input, &from.rows.data, err);
    }
    cli_free_result(&from);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    return cli_on_file(given, show, err);
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
    .meaning = "print a plan, ration or drops made before",
    .details = "RESULT is a GeoPackage that `airbridge plan`, `ration` or `drop` wrote; - is standard input.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
