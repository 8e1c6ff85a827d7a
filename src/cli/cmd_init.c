#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print what was made as JSON"},
    {NULL, 0, NULL, NULL},
};

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_status status = ab_template_write(given->argument, ab_input_schema(), err);

    if (status != AB_OK)
        return status;
    if (cli_value(given, "json")) {
        printf("{\"tables\": %d}\n", (int)ab_input_schema()->count);
    } else {
        printf("Made %s: one CSV file a table, with headers, hashtags and a tiny example.\n"
               "Write your rows over the example's, then:\n"
               "  airbridge check %s\n  airbridge plan %s\n",
               given->argument, given->argument, given->argument);
    }
    return AB_OK;
}

const cli_command cli_init = {
    "init", "DIR",   true, "make an empty operation to fill in: templates and a tiny example",
    NULL,   OPTIONS, run,
};
