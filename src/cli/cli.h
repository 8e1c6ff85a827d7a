/* The command line: each subcommand is one file and one row of the table in commands.c; its options are
 * declared once, for parsing, help and man page alike. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "airbridge/airbridge.h"

enum { CLI_MOST_OPTIONS = 24 };

/* A word for what is taken says what may be given, and so what the shell can complete: TABLE a table,
 * CODE a flaw's code, COMMAND a command, DIR a folder, `team|public` one of these words, SECONDS, NUMBER or
 * TEXT, PLACE, DATE, TIME or TRIP|DAY what cannot be guessed; any other word is a file. */
typedef struct cli_option {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* the word for what it takes; NULL: nothing */
    const char *meaning;
} cli_option;

/* A line as it is typed, and what it does. They are run as tests, one command's after another's, in a folder
 * where the operation "valley" and its plan were made by those before. */
typedef struct cli_example {
    const char *line;
    const char *meaning;
} cli_example;

/* Where a command stands in the help. */
/* Of those that stand with the others the overview tells the names alone, so that it fits a screen. */
typedef enum cli_group { CLI_BEGIN, CLI_MAKE, CLI_LOOK, CLI_ASK, CLI_ALSO, CLI_GROUPS } cli_group;

typedef struct cli_command cli_command;

/* What was given: value[i] belongs to options[i]; "" for an option without a value; NULL if not given. */
typedef struct cli_given {
    const cli_command *command;
    const char *value[CLI_MOST_OPTIONS];
    const char *argument; /* NULL: none */
    const char *second, *third;
} cli_given;

struct cli_command {
    const char *name;
    cli_group group;
    const char *argument; /* "OPERATION"; NULL: takes none */
    bool argument_required;
    const char *second;          /* required where there is one, */
    bool second_optional;        /* unless it is said here */
    const char *third;           /* never required */
    const char *meaning;         /* fits behind the name on a line of 80 */
    const char *details;         /* for the help, may be NULL */
    const cli_option *options;   /* ends with a NULL name */
    const cli_example *examples; /* ends with a NULL line; may be NULL */
    ab_status (*run)(const cli_given *given, ab_error *err);
};

extern const cli_command *const cli_commands[]; /* in the order of the help; ends with NULL */
extern const cli_option cli_own_options[];      /* of the program itself; ends with a NULL name */
extern const cli_command cli_plan, cli_check, cli_schema, cli_init, cli_show, cli_explain;
extern const cli_command cli_convert, cli_export, cli_map, cli_ration, cli_load, cli_why, cli_diff, cli_drop;
extern const cli_command cli_ledger, cli_score, cli_access, cli_chase, cli_import_events;

/* NULL when the option was not given. */
const char *cli_value(const cli_given *given, const char *option);

/* The option that `word` (-o, -oFILE, --output, --output=FILE) names, or NULL; `*joined` is its value if that
 * stands in the same word, else NULL. */
const cli_option *cli_find_option(const cli_option *options, const char *word, const char **joined);

/* Fills `given` from the words after the subcommand. */
ab_status cli_parse(const cli_command *command, int count, char *const words[], cli_given *given,
                    ab_error *err);

/* Of every command that writes a result; for cli_lock. */
#define CLI_WAIT_OPTION                                                                              \
    {                                                                                                \
        "wait", 0, NULL, "wait while another run writes the same result, instead of giving up"       \
    }

/* Of those that solve a linear programme. */
#define CLI_WRITE_LP_OPTION                                                                          \
    {                                                                                                \
        "write-lp", 0, "FILE", "write the linear programme, for another solver to judge (CPLEX LP)"  \
    }
/* For model_text in the options of an engine: writes the text to the file whose name `context`, a const char **,
 * leads to. */
ab_status cli_write_model(void *context, const char *text, size_t size, ab_error *err);

/* Takes the right to write `path` for the time of the run, waiting for it if the user said --wait. Freed with
 * ab_lock_free. */
ab_status cli_lock(const cli_given *given, const char *path, ab_write_lock **out, ab_error *err);

/* Writes the tables of a look, what the team may see, under such a lock. */
ab_status cli_write_tables(const cli_given *given, const char *path, const ab_data *results, ab_error *err);
/* Reads --at, if it was given. USAGE. */
ab_status cli_look_at(const cli_given *given, ab_time *at, ab_error *err);
/* Refuses --json together with -o, and the operation itself as -o. USAGE. */
ab_status cli_look_out(const cli_given *given, ab_error *err);

/* The terminal, or a pipe of 80 columns. */
ab_screen cli_screen(void);

/* Do both names lead to one file or folder that is there? Written over by what is made from it, it would be lost. */
bool cli_is_same(const char *from, const char *to);

/* USAGE where `output` (NULL: none) is a table of the operation that was given, or a file that its settings name. */
ab_status cli_refuse_own(const cli_given *given, const ab_settings *settings, const char *output, ab_error *err);

/* NULL: there is none. */
const cli_command *cli_find(const char *name);

void cli_help(FILE *out, const cli_command *command); /* NULL: all commands */
void cli_man(FILE *out, const cli_command *command);  /* a man page, roff; NULL: the overview */
void cli_examples(FILE *out);                         /* all of them, as a script */

/* The script by which a shell (bash, zsh, fish) completes; AB_USAGE for another. */
ab_status cli_completion(FILE *out, const char *shell, ab_error *err);
/* What such a script asks: words that may stand where the last of `words` stands and begin with it, one a
 * line with a tab and its meaning; or :files or :folders, which the shell knows better. */
void cli_complete(FILE *out, int count, char *const words[]);

/* Options of every command that reads a container, and what was given of them. */
#define CLI_OPEN_OPTIONS                                                                           \
    {"allow-network", 0, NULL, "read what another machine has: a web address, a database there"},  \
    {                                                                                              \
        "allow-outside", 0, NULL, "follow links that lead out of the operation's folder" \
    }
/* Of those that take sheets under other people's names. */
#define CLI_MAP_OPTION                                                                             \
    {                                                                                              \
        "map", 0, "FILE", "names for sheets and columns, as `airbridge map` writes them"           \
    }
ab_open_options cli_open_options(const cli_given *given);

/* What a check found besides errors. */
typedef struct cli_remarks {
    int64_t warnings, notes;
} cli_remarks;

/* Reads and checks. With errors it prints all flaws to standard error and fails with AB_FLAWED. `remarks`
 * may be NULL. */
ab_status cli_read_operation(const char *path, const ab_open_options *options, ab_operation **out,
                             cli_remarks *remarks, ab_error *err);

/* Prints to standard error a line on what the check found besides errors, or nothing. */
void cli_tell_remarks(const cli_given *given, const cli_remarks *remarks);
/* Prints to standard error what was found flawed in an operation that was read from `path`, after it was read: of rows of its tables with
 * the name of their file or sheet. */
void cli_tell_flaws(const cli_given *given, const char *path, ab_issues *issues);

/* A result and the operation in it. */
typedef struct cli_result {
    ab_operation *op;
    ab_result_rows rows;
} cli_result;
/* Whether it fails or not, the caller frees it. */
ab_status cli_read_result(const cli_given *given, const char *path, cli_result *out, ab_error *err);
/* USAGE where a result that was read from `path` holds drops or a ration alone. */
ab_status cli_refuse_no_plan(const cli_given *given, const char *path, const ab_data *results, ab_error *err);
/* Reads a result that must hold a plan. */
ab_status cli_read_plan(const cli_given *given, const char *path, cli_result *out, ab_error *err);
void cli_free_result(cli_result *result);

/* The name of a file beside the operation: its own without the ending of its kind, and `ending`; freed by the
 * caller. USAGE where the operation has no name, or is no file. */
ab_status cli_beside(const char *operation, const char *ending, char **out, ab_error *err);

/* The folder in which files lie that settings name: the operation's, or the one that its file lies in; freed by the caller. NULL: there
 * is none. */
char *cli_folder_of(const char *operation);

/* Was the book read from a result of `airbridge plan`? */
bool cli_is_result(const ab_book *book);
/* Proves the result at `path`, whose operation is `op`, and prints what was proved, with the flaws of its input.
 * FLAWED where it breaks a rule. */
ab_status cli_prove(const cli_given *given, const char *path, const ab_operation *op, ab_issues *issues, ab_error *err);

/* Standard input as a file that can be read more than once: its name in `path`. NULL: it cannot be kept. Closed
 * by the caller. */
FILE *cli_keep_standard_input(char path[64], ab_error *err);

/* Calls `run` with the file that was given, or with standard input kept as one. */
typedef ab_status cli_file_fn(const cli_given *given, const char *path, ab_error *err);
ab_status cli_on_file(const cli_given *given, cli_file_fn *run, ab_error *err);

/* From here on a first Ctrl-C only asks for the best plan so far; a second one ends the program. */
void cli_catch_interrupt(void);
/* True once the user pressed Ctrl-C. */
bool cli_interrupted(void);

#endif
