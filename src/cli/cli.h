/* The command line: each subcommand is one file and one row of the table in commands.c; its options are
 * declared once, for parsing, help and man page alike. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "airbridge/airbridge.h"

enum { CLI_MOST_OPTIONS = 12 };

typedef struct cli_option {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* what it takes, for the help; NULL: nothing */
    const char *meaning;
} cli_option;

typedef struct cli_command cli_command;

/* What was given: value[i] belongs to options[i]; "" for an option without a value; NULL if not given. */
typedef struct cli_given {
    const cli_command *command;
    const char *value[CLI_MOST_OPTIONS];
    const char *argument; /* NULL: none */
} cli_given;

struct cli_command {
    const char *name;
    const char *argument; /* "OPERATION"; NULL: takes none */
    bool argument_required;
    const char *meaning;
    const char *details;       /* for the help, may be NULL */
    const cli_option *options; /* ends with a NULL name */
    ab_status (*run)(const cli_given *given, ab_error *err);
};

extern const cli_command *const cli_commands[]; /* ends with NULL */
extern const cli_command cli_plan, cli_check, cli_schema, cli_init, cli_show;

/* NULL when the option was not given. */
const char *cli_value(const cli_given *given, const char *option);

/* Fills `given` from the words after the subcommand. */
ab_status cli_parse(const cli_command *command, int count, char *const words[], cli_given *given,
                    ab_error *err);

void cli_help(FILE *out, const cli_command *command); /* NULL: all commands */
void cli_man(FILE *out);                              /* a man page of all commands, roff */

/* What a check found besides errors. */
typedef struct cli_remarks {
    int64_t warnings, notes;
} cli_remarks;

/* Reads and checks. With errors it prints all flaws to standard error and fails with AB_FLAWED. `remarks`
 * may be NULL. */
ab_status cli_read_operation(const char *path, ab_operation **out, cli_remarks *remarks,
                             ab_error *err);

/* From here on a first Ctrl-C only asks for the best plan so far; a second one ends the program. */
void cli_catch_interrupt(void);
/* True once the user pressed Ctrl-C. */
bool cli_interrupted(void);

#endif
