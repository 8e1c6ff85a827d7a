/* What may follow on a command line, for the shells' completion. */
#include <string.h>

#include "cli/cli.h"

static void offer(FILE *out, const char *begun, const char *word, const char *meaning)
{
    if (strncmp(word, begun, strlen(begun)) == 0)
        fprintf(out, "%s\t%s\n", word, meaning);
}

static void offer_commands(FILE *out, const char *begun)
{
    for (int i = 0; cli_commands[i]; i++)
        offer(out, begun, cli_commands[i]->name, cli_commands[i]->meaning);
}

static void offer_tables(FILE *out, const char *begun, const ab_schema *schema)
{
    for (int32_t t = 0; t < schema->count; t++)
        offer(out, begun, schema->tables[t].name, schema->tables[t].meaning);
}

static void offer_codes(FILE *out, const char *begun)
{
    for (int32_t code = 1; code <= 9999; code++) {
        char word[16];
        if (!ab_issue_name(code))
            continue;
        snprintf(word, sizeof word, "AB%04d", (int)code);
        offer(out, begun, word, ab_issue_meaning(code));
    }
}

/* "team|public": each by itself. */
static void offer_words(FILE *out, const char *begun, const char *words)
{
    while (*words) {
        char word[32];
        size_t size = strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int)size, words);
        offer(out, begun, word, "");
        words += size + (words[size] == '|');
    }
}

static bool is_one_of(const char *word, const char *const list[])
{
    for (; *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

/* What stands for `wanted`, the word of an option or argument (cli.h tells which there are). */
static void offer_values(FILE *out, const char *begun, const char *wanted, const cli_given *given)
{
    static const char *const FREE[] = {"SECONDS", "NUMBER", "TEXT", "PLACE", "DATE", "TIME", "TRIP|DAY", NULL};

    if (is_one_of(wanted, FREE))
        return;
    if (strchr(wanted, '|'))
        offer_words(out, begun, wanted);
    else if (strcmp(wanted, "TABLE") == 0)
        offer_tables(out, begun,
                     given && cli_value(given, "results") ? ab_result_schema() : ab_input_schema());
    else if (strcmp(wanted, "CODE") == 0)
        offer_codes(out, begun);
    else if (strcmp(wanted, "COMMAND") == 0)
        offer_commands(out, begun);
    else if (strcmp(wanted, "DIR") == 0)
        fputs(":folders\n", out);
    else
        fputs(":files\n", out);
}

static void offer_options(FILE *out, const char *begun, const cli_option *option,
                          const cli_given *given)
{
    for (int i = 0; option[i].name; i++) {
        char word[64];
        if (given && given->value[i])
            continue;
        snprintf(word, sizeof word, "--%s", option[i].name);
        offer(out, begun, word, option[i].meaning);
    }
}

/* The option that still waits for its value after these words, or NULL; `given` has what came before. */
static const cli_option *read_words(const cli_command *command, int count, char *const words[],
                                    cli_given *given)
{
    const char *joined;
    const cli_option *last =
        count > 0 ? cli_find_option(command->options, words[count - 1], &joined) : NULL;
    bool waits = last && last->value && !joined;

    /* What is still wanting is no failure here. */
    (void)cli_parse(command, waits ? count - 1 : count, words, given, NULL);
    return waits ? last : NULL;
}

static void complete_command(FILE *out, const cli_command *command, int count, char *const words[])
{
    const char *begun = words[count - 1], *joined;
    cli_given given;
    const cli_option *waiting = read_words(command, count - 1, words, &given);
    const cli_option *option = cli_find_option(command->options, begun, &joined);

    if (waiting) {
        offer_values(out, begun, waiting->value, &given);
    } else if (option && option->value && joined) {
        offer_values(out, joined, option->value, &given);
    } else if (begun[0] == '-') {
        offer_options(out, begun, command->options, &given);
        offer(out, begun, "--help", "show the options and examples");
    } else if (command->argument && !given.argument) {
        offer_values(out, begun, command->argument, &given);
    } else if (command->second && !given.second) {
        offer_values(out, begun, command->second, &given);
    } else if (command->third && !given.third) {
        offer_values(out, begun, command->third, &given);
    }
}

void cli_complete(FILE *out, int count, char *const words[])
{
    const char *begun = count > 0 ? words[count - 1] : "";

    if (count <= 1) {
        if (begun[0] == '-')
            offer_options(out, begun, cli_own_options, NULL);
        else
            offer_commands(out, begun);
        return;
    }
    const cli_command *command = cli_find(words[0]);
    const char *joined;
    const cli_option *own = cli_find_option(cli_own_options, words[0], &joined);
    if (command)
        complete_command(out, command, count - 1, words + 1);
    else if (own && own->value && count == 2)
        offer_values(out, begun, own->value, NULL);
}
