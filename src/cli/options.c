#include <string.h>

#include "cli/cli.h"

const char *cli_value(const cli_given *given, const char *option)
{
    for (int i = 0; given->command->options[i].name; i++)
        if (strcmp(given->command->options[i].name, option) == 0)
            return given->value[i];
    return NULL;
}

const cli_option *cli_find_option(const cli_option *options, const char *word, const char **joined)
{
    bool is_long = word[0] == '-' && word[1] == '-';
    size_t size = is_long ? strcspn(word + 2, "=") : 1;

    *joined = NULL;
    if (word[0] != '-' || !word[1])
        return NULL;
    for (; options->name; options++) {
        const char *name = options->name;
        bool found = is_long ? strlen(name) == size && strncmp(name, word + 2, size) == 0
                             : options->letter == word[1];
        if (!found)
            continue;
        if (is_long && word[2 + size] == '=')
            *joined = word + 3 + size;
        else if (!is_long && word[2])
            *joined = word + 2;
        return options;
    }
    return NULL;
}

static ab_status take_option(cli_given *given, int count, char *const words[], int *at,
                             ab_error *err)
{
    const cli_command *command = given->command;
    const char *word = words[*at], *joined;
    const cli_option *option = cli_find_option(command->options, word, &joined);

    if (!option)
        return ab_fail(err, AB_USAGE, "%s has no option %s; see `airbridge %s --help`",
                       command->name, word, command->name);
    const char **value = &given->value[option - command->options];
    if (!option->value) {
        if (joined)
            return ab_fail(err, AB_USAGE, "%s takes no value", word);
        *value = "";
        return AB_OK;
    }
    if (!joined && *at + 1 < count)
        joined = words[++*at];
    if (!joined)
        return ab_fail(err, AB_USAGE, "%s needs a value: %s", word, option->value);
    *value = joined;
    return AB_OK;
}

static ab_status need_arguments(const cli_given *given, ab_error *err)
{
    const cli_command *command = given->command;
    const char *missing = NULL;

    if (command->argument_required && !given->argument)
        missing = command->argument;
    else if (command->second && !command->second_optional && !given->second)
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
        } else if (command->third && !given->third) {
            given->third = word;
        } else {
            return ab_fail(err, AB_USAGE,
                           "%s does not know what to do with \"%s\"; see `airbridge %s --help`",
                           command->name, word, command->name);
        }
    }
    return need_arguments(given, err);
}
