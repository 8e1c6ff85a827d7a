/* Manual pages, in the macros of man(7): one for each command and one that leads to them. */
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"

typedef struct passage {
    const char *word;
    const char *meaning;
} passage;

static const passage EXITS[] = {
    {"0", "fine"},
    {"1", "flaws in the data: every one was told"},
    {"2", "wrong use of the command line"},
    {"3", "no plan can keep what was promised; the reason was told"},
    {"4", "the machine failed: out of memory, or a file cannot be read or written"},
    {"5", "interrupted; the plan written is the best found so far"},
    {NULL, NULL},
};

/* What the words for arguments mean, where a page uses them. */
static const passage FILES[] = {
    {"OPERATION",
     "a folder with one CSV file a table, places.csv and so on; an Excel or LibreOffice workbook or a GeoPackage "
     "with one sheet or layer a table; a schema of a database, postgresql://server/database?schema=name; or a "
     "result, which holds its own input"},
    {"RESULT",
     "a GeoPackage that airbridge plan wrote. It holds positions, routes and times, so only its owner may read it"},
    {NULL, NULL},
};

static const passage ENVIRONMENT[] = {
    {"LC_ALL, LC_MESSAGES, LANG",
     "the language of the system's own messages. Numbers and times are written the same in every one"},
    {"PGPASSFILE, PGHOST, PGPORT, PGUSER and their like",
     "as in every program that asks PostgreSQL: where the file of passwords lies (else ~/.pgpass), and what the address of a "
     "database does not say"},
    {NULL, NULL},
};

/* A leading '.' or '\'' and every '\' and '-' mean something to roff. */
static void roff(FILE *out, const char *text)
{
    for (bool start = true; *text; start = *text == '\n', text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
    }
}

static void line(FILE *out, const char *macro, const char *text)
{
    fputs(macro, out);
    roff(out, text);
    fputc('\n', out);
}

static void section(FILE *out, const char *title)
{
    fprintf(out, ".SH %s\n", title);
}

static void passages(FILE *out, const passage *at)
{
    for (; at->word; at++) {
        line(out, ".TP\n.B ", at->word);
        line(out, "", at->meaning);
    }
}

static void title(FILE *out, const char *command)
{
    fputs(".TH AIRBRIDGE", out);
    for (const char *c = command ? command : ""; *c; c++)
        fprintf(out, "%s%c", c == command ? "\\-" : "", toupper((unsigned char)*c));
    fprintf(out, " 1 \"\" \"airbridge %s\" \"User Commands\"\n", ab_version());
}

static void options(FILE *out, const cli_option *option)
{
    for (; option->name; option++) {
        fputs(".TP\n", out);
        if (option->letter)
            fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
        fputs("\\fB\\-\\-", out);
        roff(out, option->name);
        fputs("\\fR", out);
        if (option->value) {
            fputs(" \\fI", out);
            roff(out, option->value);
            fputs("\\fR", out);
        }
        line(out, "\n", option->meaning);
    }
}

static void examples(FILE *out, const cli_command *command)
{
    for (const cli_example *example = command->examples; example && example->line; example++) {
        line(out, ".TP\n.B ", example->line);
        line(out, "", example->meaning);
    }
}

static bool takes(const cli_command *command, const char *word)
{
    return (command->argument && strcmp(command->argument, word) == 0) ||
           (command->second && strcmp(command->second, word) == 0);
}

static void files(FILE *out, const cli_command *command)
{
    bool titled = false;

    for (const passage *file = FILES; file->word; file++) {
        if (command && !takes(command, file->word))
            continue;
        if (!titled)
            section(out, "FILES");
        titled = true;
        line(out, ".TP\n.I ", file->word);
        line(out, "", file->meaning);
    }
}

/* Leads to all pages but that of `except`. */
static void see_also(FILE *out, const cli_command *except)
{
    section(out, "SEE ALSO");
    if (except)
        fprintf(out, ".BR airbridge (1)%s\n", cli_commands[1] ? "," : "");
    for (int i = 0; cli_commands[i]; i++) {
        bool last = !cli_commands[i + 1] || (cli_commands[i + 1] == except && !cli_commands[i + 2]);
        if (cli_commands[i] == except)
            continue;
        fputs(".BR airbridge\\-", out);
        roff(out, cli_commands[i]->name);
        fprintf(out, " (1)%s\n", last ? "" : ",");
    }
}

static void ending(FILE *out, const cli_command *command)
{
    section(out, "EXIT STATUS");
    passages(out, EXITS);
    files(out, command);
    section(out, "ENVIRONMENT");
    passages(out, ENVIRONMENT);
    if (!command || command->examples)
        section(out, "EXAMPLES");
    for (int i = 0; !command && cli_commands[i]; i++)
        if (cli_commands[i]->group == CLI_BEGIN)
            examples(out, cli_commands[i]);
    if (command)
        examples(out, command);
    see_also(out, command);
}

static void argument(FILE *out, const char *name, bool required)
{
    if (name)
        fprintf(out, required ? " \\fI%s\\fR" : " [\\fI%s\\fR]", name);
}

static void man_command(FILE *out, const cli_command *command)
{
    title(out, command->name);
    section(out, "NAME");
    fprintf(out, "airbridge\\-");
    roff(out, command->name);
    line(out, " \\- ", command->meaning);
    section(out, "SYNOPSIS");
    line(out, ".B airbridge ", command->name);
    fputs("[\\fIOPTION\\fR ...]", out);
    argument(out, command->argument, command->argument_required);
    argument(out, command->second, !command->second_optional);
    argument(out, command->third, false);
    fputc('\n', out);
    section(out, "DESCRIPTION");
    line(out, "", command->details ? command->details : command->meaning);
    section(out, "OPTIONS");
    options(out, command->options);
    fputs(".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nshow the options and examples\n", out);
    ending(out, command);
}

static void man_all(FILE *out)
{
    title(out, NULL);
    section(out, "NAME");
    fputs("airbridge \\- plan relief into places that are cut off\n", out);
    section(out, "SYNOPSIS");
    fputs(".B airbridge\n\\fICOMMAND\\fR [\\fIOPTION\\fR ...] [\\fIARGUMENT\\fR ...]\n", out);
    section(out, "DESCRIPTION");
    fputs(
        "Airbridge reads tables about a relief operation, tells everything that is wrong with them, and\n"
        "works out what to send where, how and when: by road while a road is open, by airlift where there\n"
        "is a runway, by airdrop where there is neither. It says what gets through, how surely, who is still\n"
        "hungry on which day, and why.\n",
        out);
    section(out, "COMMANDS");
    for (int i = 0; cli_commands[i]; i++) {
        fputs(".TP\n.BR airbridge\\-", out);
        roff(out, cli_commands[i]->name);
        fputs(" (1)\n", out);
        line(out, "", cli_commands[i]->meaning);
    }
    section(out, "OPTIONS");
    options(out, cli_own_options);
    ending(out, NULL);
}

void cli_man(FILE *out, const cli_command *command)
{
    if (command)
        man_command(out, command);
    else
        man_all(out);
}
