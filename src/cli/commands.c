#include "cli/cli.h"

const cli_command *const cli_commands[] = {&cli_init, &cli_check,  &cli_plan,
                                           &cli_show, &cli_schema, NULL};
