#include <string.h>

#include "cli/cli.h"

const char *cli_value(const cli_given *given, const char *option)
{
    for (int i = 0; given->command->options[i].name; i++)
        if (strcmp(given->command->options[i].name, option) == 0)
            return given->value[i];
    return NULL;
}

/* The option that `word` (-o, --output, --output=FILE) names, and where its joined value begins. */
static int find(const cli_command *command, const char *word, const char **joined)
{
    *joined = NULL;
    if (word[1] != '-') {
        for (int i = 0; command->options[i].name; i++)
            if (command->options[i].letter == word[1]) {
                if (word[2])
                    *joined = word + 2;
                return i;
            }
        return -1;
    }
    size_t size = strcspn(word + 2, "=");
    for (int i = 0; command->options[i].name; i++) {
        const char *name = command->options[i].name;
        if (strlen(name) != size || strncmp(name, word + 2, size) != 0)
            continue;
        if (word[2 + size] == '=')
            *joined = word + 3 + size;
        return i;
    }
    return -1;
}

static ab_status take_option(cli_given *given, int count, char *const words[], int *at,
                             ab_error *err)
{
    const cli_command *command = given->command;
    const char *word = words[*at], *joined;
    int i = find(command, word, &joined);

    if (i < 0)
        return ab_fail(err, AB_USAGE, "%s has no option %s; see `airbridge %s --help`",
                       command->name, word, command->name);
    if (!command->options[i].value) {
        if (joined)
            return ab_fail(err, AB_USAGE, "%s takes no value", word);
        given->value[i] = "";
        return AB_OK;
    }
    if (!joined && *at + 1 < count)
        joined = words[++*at];
    if (!joined)
        return ab_fail(err, AB_USAGE, "%s needs a value: %s", word, command->options[i].value);
    given->value[i] = joined;
    return AB_OK;
}

static ab_status need_arguments(const cli_given *given, ab_error *err)
{
    const cli_command *command = given->command;
    const char *missing = NULL;

    if (command->argument_required && !given->argument)
        missing = command->argument;
    else if (command->second && !given->second)
        missing = command->second;
    if (!missing)
        return AB_OK;
    return ab_fail(err, AB_USAGE, "%s needs %s; see `airbridge %s --help`", command->name, missing,
                   command->name);
}

ab_status cli_parse(const cli_command *command, int count, char *const words[], cli_given *given,
                    ab_error *err)
{
    bool only_arguments = false;

    memset(given, 0, sizeof *given);
    given->command = command;
    for (int at = 0; at < count; at++) {
        const char *word = words[at];
        if (!only_arguments && strcmp(word, "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && word[0] == '-' && word[1]) {
            ab_status status = take_option(given, count, words, &at, err);
            if (status != AB_OK)
                return status;
        } else if (command->argument && !given->argument) {
            given->argument = word;
        } else if (command->second && !given->second) {
            given->second = word;
        } else {
            return ab_fail(err, AB_USAGE,
                           "%s does not know what to do with \"%s\"; see `airbridge %s --help`",
                           command->name, word, command->name);
        }
    }
    return need_arguments(given, err);
}
