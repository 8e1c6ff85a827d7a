#include <string.h>

#include "cli/cli.h"

static void add_argument(char words[64], const char *name, bool required)
{
    size_t used = strlen(words);

    if (name)
        snprintf(words + used, 64 - used, required ? "%s%s" : "%s[%s]", used > 0 ? " " : "", name);
}

/* "OPERATION", "[TABLE]", "FROM TO" */
static void first_arguments(const cli_command *command, char words[64])
{
    words[0] = '\0';
    add_argument(words, command->argument, command->argument_required);
    if (!command->second_optional)
        add_argument(words, command->second, true);
}

/* With those that narrow down what is shown: "RESULT [PLACE] [DATE]" */
static void arguments(const cli_command *command, char words[64])
{
    first_arguments(command, words);
    if (command->second_optional)
        add_argument(words, command->second, false);
    add_argument(words, command->third, false);
}

enum { SCREEN_COLUMNS = 80, MEANING_COLUMN = 29 };

/* Prints from column `at` on, in lines of our own that fit the screen, indented to it; ends the
 * line. */
static void wrap(FILE *out, const char *text, int at)
{
    int column = at;

    while (*text) {
        int bytes = (int)strcspn(text, " \n"), columns = 0;
        for (int i = 0; i < bytes; i++)
            columns += ((unsigned char)text[i] & 0xc0) != 0x80; /* UTF-8: not inside a character */
        if (column > at && column + 1 + columns > SCREEN_COLUMNS) {
            fprintf(out, "\n%*s", at, "");
            column = at;
        } else if (column > at) {
            fputc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", bytes, text);
        column += columns;
        text += bytes;
        text += strspn(text, " \n");
    }
    fputc('\n', out);
}

static void print_option(FILE *out, const cli_option *option)
{
    char letter[8] = "    ", words[64];

    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(words, sizeof words, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
             option->value ? option->value : "");
    fprintf(out, "  %-26s ", words);
    if (strlen(words) > MEANING_COLUMN - 3)
        fprintf(out, "\n%*s", MEANING_COLUMN, "");
    wrap(out, option->meaning, MEANING_COLUMN);
}

static void help_command(FILE *out, const cli_command *command)
{
    char words[64];

    arguments(command, words);
    fprintf(out, "usage: airbridge %s [OPTION…]%s%s\n\n%s\n", command->name, *words ? " " : "",
            words, command->meaning);
    if (command->details) {
        fputc('\n', out);
        wrap(out, command->details, 0);
    }
    fprintf(out, "\noptions:\n");
    for (int i = 0; command->options[i].name; i++)
        print_option(out, &command->options[i]);
    fprintf(out, "  %-26s %s\n", "-h, --help", "show this help");
    if (command->examples)
        fprintf(out, "\nexamples:\n");
    for (int i = 0; command->examples && command->examples[i].line; i++)
        fprintf(out, "  %s\n      %s\n", command->examples[i].line, command->examples[i].meaning);
}

/* What a newcomer needs first, then what makes, then what looks: without titles, so that all of it fits a screen. */
static void help_group(FILE *out, cli_group group)
{
    for (int i = 0; cli_commands[i]; i++) {
        char words[64], line[96];
        if (cli_commands[i]->group != group)
            continue;
        first_arguments(cli_commands[i], words);
        snprintf(line, sizeof line, "%s %s", cli_commands[i]->name, words);
        fprintf(out, "  airbridge %-16s ", line);
        wrap(out, cli_commands[i]->meaning, MEANING_COLUMN);
    }
}

void cli_help(FILE *out, const cli_command *command)
{
    if (command) {
        help_command(out, command);
        return;
    }
    fprintf(out, "airbridge %s plans relief into places that are cut off.\n\n", ab_version());
    for (cli_group group = 0; group < CLI_GROUPS; group++)
        help_group(out, group);
    fprintf(out,
            "\n`airbridge COMMAND --help` has the options of each; `airbridge --man` says more.\n"
            "OPERATION is a folder of CSV tables, a workbook, GeoPackage, database or result.\n");
}

void cli_examples(FILE *out)
{
    for (int c = 0; cli_commands[c]; c++)
        for (const cli_example *example = cli_commands[c]->examples; example && example->line;
             example++)
            fprintf(out, "# %s\n%s\n", example->meaning, example->line);
}
