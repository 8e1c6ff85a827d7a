#include <string.h>

#include "cli/cli.h"

static void usage(FILE *out, const cli_command *command)
{
    fprintf(out, "airbridge %s [OPTION…]", command->name);
    if (command->argument)
        fprintf(out, command->argument_required ? " %s" : " [%s]", command->argument);
}

static void option_words(const cli_option *option, char words[64])
{
    char letter[8] = "    ";

    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(words, 64, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
             option->value ? option->value : "");
}

static void help_command(FILE *out, const cli_command *command)
{
    fprintf(out, "usage: ");
    usage(out, command);
    fprintf(out, "\n\n%s\n", command->meaning);
    if (command->details)
        fprintf(out, "\n%s\n", command->details);
    fprintf(out, "\noptions:\n");
    for (int i = 0; command->options[i].name; i++) {
        char words[64];
        option_words(&command->options[i], words);
        fprintf(out, "  %-26s %s\n", words, command->options[i].meaning);
    }
    fprintf(out, "  %-26s %s\n", "-h, --help", "show this help");
}

void cli_help(FILE *out, const cli_command *command)
{
    if (command) {
        help_command(out, command);
        return;
    }
    fprintf(
        out,
        "airbridge %s plans relief into places that are cut off: by road, airlift and airdrop.\n\n",
        ab_version());
    for (int i = 0; cli_commands[i]; i++)
        fprintf(out, "  airbridge %-8s %-12s %s\n", cli_commands[i]->name,
                cli_commands[i]->argument ? cli_commands[i]->argument : "",
                cli_commands[i]->meaning);
    fprintf(
        out,
        "\n`airbridge COMMAND --help` tells the options of each; `airbridge --version` the version.\n"
        "An operation is a folder of CSV tables, or a result, which holds its own input.\n"
        "Exit: 0 fine, 1 flaws in the data, 2 wrong use, 3 infeasible, 4 failure of the machine,\n"
        "5 interrupted with a plan.\n");
}

/* roff: a leading '.' or '\'' and every '\' and '-' must be escaped. */
static void roff(FILE *out, const char *text)
{
    for (bool start = true; *text; start = *text == '\n', text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\' || *text == '-')
            fputc('\\', out);
        fputc(*text, out);
    }
}

void cli_man(FILE *out)
{
    fprintf(
        out,
        ".TH AIRBRIDGE 1 \"\" \"airbridge %s\" \"User Commands\"\n.SH NAME\nairbridge \\- plan relief into "
        "places that are cut off\n.SH SYNOPSIS\n",
        ab_version());
    for (int i = 0; cli_commands[i]; i++) {
        fputs(".B airbridge ", out);
        roff(out, cli_commands[i]->name);
        fprintf(out, "\n[\\fIoption\\fR]... %s\n.br\n",
                cli_commands[i]->argument ? cli_commands[i]->argument : "");
    }
    fputs(".SH COMMANDS\n", out);
    for (int i = 0; cli_commands[i]; i++) {
        const cli_command *command = cli_commands[i];
        fprintf(out, ".SS %s\n", command->name);
        roff(out, command->meaning);
        fputc('\n', out);
        if (command->details) {
            fputs(".PP\n", out);
            roff(out, command->details);
            fputc('\n', out);
        }
        for (int o = 0; command->options[o].name; o++) {
            fputs(".TP\n.B ", out);
            if (command->options[o].letter)
                fprintf(out, "\\-%c, ", command->options[o].letter);
            fputs("\\-\\-", out);
            roff(out, command->options[o].name);
            if (command->options[o].value)
                fprintf(out, " \\fI%s\\fR", command->options[o].value);
            fputc('\n', out);
            roff(out, command->options[o].meaning);
            fputc('\n', out);
        }
    }
    fputs(
        ".SH EXIT STATUS\n0 fine, 1 flaws in the data, 2 wrong use, 3 infeasible, 4 failure of the machine, "
        "5 interrupted with a plan.\n",
        out);
}
