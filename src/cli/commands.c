#include <string.h>

#include "cli/cli.h"

const cli_command *const cli_commands[] = {
    &cli_init, &cli_check,   &cli_plan,   &cli_ration,  &cli_drop, &cli_map,    &cli_show,
    &cli_why,  &cli_diff, &cli_load, &cli_access, &cli_chase, &cli_ledger, &cli_score, &cli_explain, &cli_schema, &cli_convert,
    &cli_import_events, &cli_export, NULL,
};

const cli_option cli_own_options[] = {
    {"help", 'h', NULL, "show this help; after a command, the options of that command"},
    {"version", 0, NULL, "print the version"},
    {"man", 0, "COMMAND", "print the manual page of a command, or of all without COMMAND"},
    {"completion", 0, "bash|zsh|fish",
     "print the script by which a shell completes; read it with its `source`"},
    {"examples", 0, NULL, "print the examples of all commands, as a script"},
    {NULL, 0, NULL, NULL},
};

const cli_command *cli_find(const char *name)
{
    for (int i = 0; cli_commands[i]; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    return NULL;
}
