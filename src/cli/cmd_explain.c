#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print it as JSON"},
    {"markdown", 0, NULL, "print the reference page of all flaws"},
    {NULL, 0, NULL, NULL},
};

/* AB0123, ab123, 0123 or 123 as 123; 0: none of these. */
static int32_t code_of(const char *word)
{
    int32_t code = 0;

    if (strncmp(word, "AB", 2) == 0 || strncmp(word, "ab", 2) == 0)
        word += 2;
    if (strlen(word) > 4 || word[strspn(word, "0123456789")] != '\0')
        return 0;
    for (; *word; word++)
        code = code * 10 + (*word - '0');
    return code;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    int32_t code = given->argument ? code_of(given->argument) : 0;

    if (given->argument && code == 0)
        return ab_fail(err, AB_USAGE,
                       "\"%s\" is no code of a flaw: write it as the check does, AB0206",
                       given->argument);
    if (cli_value(given, "markdown"))
        return ab_explain_markdown(stdout, err);
    return cli_value(given, "json") ? ab_explain_json(stdout, code, err)
                                    : ab_explain_print(stdout, code, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge explain AB0206", "what a decimal comma does to a plan, and what to do about it"},
    {"airbridge explain", "the list of all flaws that a check can find"},
    {NULL, NULL},
};

const cli_command cli_explain = {
    .name = "explain",
    .group = CLI_ALSO,
    .argument = "CODE",
    .meaning = "tell what a flaw means and what to do",
    .details = "CODE is written as the check prints it, AB0206, or as its number. Without it, all are "
               "listed.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
