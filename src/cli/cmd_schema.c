#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print it as JSON"},
    {"markdown", 0, NULL, "print the page of TABLE for the reference, or the list of all"},
    {"results", 0, NULL, "show the tables of a result instead of those of an operation"},
    {NULL, 0, NULL, NULL},
};

static ab_status run(const cli_given *given, ab_error *err)
{
    const ab_schema *schema = cli_value(given, "results") ? ab_result_schema() : ab_input_schema();

    if (cli_value(given, "markdown") && given->argument)
        return ab_table_markdown(stdout, schema, given->argument, ab_template_cell, err);
    if (cli_value(given, "markdown"))
        return ab_schema_markdown(stdout, ab_input_schema(), ab_result_schema(), err);
    return cli_value(given, "json") ? ab_schema_json(stdout, schema, given->argument, err)
                                    : ab_schema_print(stdout, schema, given->argument, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge schema places", "every column of the table places"},
    {"airbridge schema --results trips", "a table of the result"},
    {NULL, NULL},
};

const cli_command cli_schema = {
    .name = "schema",
    .group = CLI_ALSO,
    .argument = "TABLE",
    .meaning = "show the tables and what each column takes",
    .details = "Without TABLE: all of them.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
