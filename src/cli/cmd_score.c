#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print it as JSON, with every request"},
    {"svg", 0, "FILE", "draw reliability diagrams: how often that came which was foretold so"},
    CLI_MAP_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status tell(const cli_given *given, const ab_data *results, ab_error *err)
{
    const char *svg = cli_value(given, "svg");
    bool json = cli_value(given, "json") != NULL;
    char shown[AB_ERROR_CAP];
    ab_status status = svg ? ab_score_svg(svg, results, err) : AB_OK;

    if (status == AB_OK)
        status = (json ? ab_score_json : ab_score_print)(stdout, results, err);
    if (status == AB_OK && svg && !json)
        printf("Wrote %s: it names nobody.\n", ab_name_shown(svg, shown));
    return status;
}

static ab_status score(const cli_given *given, const char *path, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_operation *op = NULL;
    ab_result *result = NULL;

    ab_status status = cli_read_operation(path, &options, &op, NULL, err);
    if (status == AB_OK && op->requests.count == 0)
        status = ab_fail(err, AB_USAGE, "the operation has no requests: there is nothing to foretell and to judge");
    if (status == AB_OK)
        status = ab_flow_score(op, &result, err);
    if (status == AB_OK) {
        ab_data results = ab_result_data(result);
        status = tell(given, &results, err);
    }
    ab_result_free(result);
    ab_operation_free(op);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *svg = cli_value(given, "svg");
    size_t size = svg ? strlen(svg) : 0;

    if (svg && (size < 4 || strcmp(svg + size - 4, ".svg") != 0))
        return ab_fail(err, AB_USAGE, "--svg draws SVG: name a file that ends in .svg");
    return cli_on_file(given, score, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge score valley", "how good the chances are that the record gives, judged by what came"},
    {"airbridge score valley --svg reliability.svg", "with diagrams"},
    {NULL, NULL},
};

const cli_command cli_score = {
    .name = "score",
    .group = CLI_ASK,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "judge what the record foretells by what came",
    .details = "For every request, from what was known when it was asked and nothing later: the chance of an answer by the due date, of a yes "
               "by then, and that something sets out on it and is let through, refusals and silence included; the last once more when it is "
               "approved. Then what came: Brier scores, skill over the rate known at the time and over the share in the end, intervals over "
               "resampled decisions, and how often that came which was foretold so. Priors are those of 2015, as later ones rest on later "
               "years.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
