#include <stdlib.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"output", 'o', "FILE", "where the map goes, instead of beside the container"},
    {"replace", 0, NULL, "write over a map that is there already"},
    {"json", 0, NULL, "print the map as JSON"},
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

static ab_status tell(const cli_given *given, const ab_book *map, const char *path, ab_error *err)
{
    if (cli_value(given, "json"))
        return ab_map_json(stdout, map, err);
    char operation[AB_ERROR_CAP], map_file[AB_ERROR_CAP];
    (void)ab_name_shown(path, map_file);
    ab_status status = ab_map_print(stdout, map, err);
    if (status == AB_OK)
        printf(
            "\nWrote %s\nCorrect it in a spreadsheet where it is wrong; a column without a name\n"
            "is left out. Then:\n  airbridge check %s --map %s\n",
            map_file, ab_name_shown(given->argument, operation), map_file);
    return status;
}

/* Reads the container, flaws and all: what is wrong in its cells the check tells. */
static ab_status propose(const cli_given *given, ab_book **map, ab_error *err)
{
    ab_book *book = NULL;
    ab_open_options options = cli_open_options(given);
    ab_issues *issues = ab_issues_new(0);

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read(given->argument, &options, &book, issues, err);
    if (status == AB_OK && ab_book_count(book) == 0)
        status = ab_fail(err, AB_FLAWED, "%s has no table", given->argument);
    if (status == AB_OK)
        status = ab_map_propose(ab_input_schema(), book, map, err);
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output");
    char *made = NULL;
    ab_book *map = NULL;
    ab_write_lock *lock = NULL;
    ab_status status = AB_OK;

    if (!output)
        status = cli_beside(given->argument, ".map.csv", &made, err);
    const char *path = output ? output : made;
    if (status == AB_OK)
        status = cli_lock(given, path, &lock, err);
    if (status == AB_OK)
        status = propose(given, &map, err);
    if (status == AB_OK)
        status = ab_map_write(path, map, cli_value(given, "replace") != NULL, err);
    if (status == AB_OK)
        status = tell(given, map, path, err);
    ab_book_free(map);
    ab_lock_free(lock);
    free(made);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge map valley -o agencies.csv", "what each sheet and column is taken for"},
    {"airbridge check valley --map agencies.csv", "check the sheets under these names"},
    {NULL, NULL},
};

const cli_command cli_map = {
    .name = "map",
    .group = CLI_ALSO,
    .argument = "FILE",
    .argument_required = true,
    .meaning = "propose what the columns of other people are",
    .details =
        "Reads any container and says for every sheet its table and for every column its column, how "
        "that is known (name, label, hashtag, similar or none) and how sure it is, and what the "
        "numbers are to be multiplied by. Writes it as CSV, FILE.map.csv beside it or where -o says, "
        "to be corrected in a spreadsheet and given to check, plan and convert with --map.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
