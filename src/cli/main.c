#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

bool cli_interrupted(void)
{
    return interrupted != 0;
}

void cli_catch_interrupt(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static bool asks_for_help(int count, char *const words[])
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

static ab_status no_command(const char *name, ab_error *err)
{
    return ab_fail(err, AB_USAGE, "there is no command \"%s\"; `airbridge --help` lists them",
                   name);
}

static ab_status run_command(int count, char *const words[], ab_error *err)
{
    const cli_command *command = cli_find(words[0]);
    cli_given given;

    if (!command)
        return no_command(words[0], err);
    if (asks_for_help(count - 1, words + 1)) {
        cli_help(stdout, command);
        return AB_OK;
    }
    ab_status status = cli_parse(command, count - 1, words + 1, &given, err);
    return status == AB_OK ? command->run(&given, err) : status;
}

/* Prints a page of the command that is named, or that of all. */
static ab_status print_page(void (*page)(FILE *out, const cli_command *command), const char *name,
                            ab_error *err)
{
    const cli_command *command = name ? cli_find(name) : NULL;

    if (name && !command)
        return no_command(name, err);
    page(stdout, command);
    return AB_OK;
}

/* Drops are worked out by all ranks together, anything else by the first alone. */
static bool is_for_first(int count, char *const words[])
{
    return strcmp(words[0], cli_drop.name) != 0 || asks_for_help(count, words);
}

static ab_status run(int count, char *const words[], ab_error *err)
{
    const char *word = words[0];

    if (ab_rank() > 0 && is_for_first(count, words))
        return AB_OK;
    if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0) {
        printf("airbridge %s\n", ab_version());
        return AB_OK;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
        return print_page(cli_help, count > 1 ? words[1] : NULL, err);
    if (strcmp(word, "--man") == 0)
        return print_page(cli_man, count > 1 ? words[1] : NULL, err);
    if (strcmp(word, "--completion") == 0)
        return cli_completion(stdout, count > 1 ? words[1] : "", err);
    if (strcmp(word, "--complete") == 0) {
        cli_complete(stdout, count - 1, words + 1);
        return AB_OK;
    }
    if (strcmp(word, "--examples") == 0) {
        cli_examples(stdout);
        return AB_OK;
    }
    return run_command(count, words, err);
}

/* What was printed may still wait in memory for a disk that is full. */
static ab_status end_output(ab_status status, ab_error *err)
{
    bool written = fflush(stdout) == 0 && !ferror(stdout);

    if (written || status == AB_IO)
        return status;
    return ab_fail(err, AB_IO, "standard output cannot be written: %s", strerror(errno));
}

int main(int argc, char *argv[])
{
    ab_error err = AB_ERROR_INIT;

    setlocale(LC_MESSAGES, "");
    umask(077);               /* results say where people are hungry and when trucks leave */
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing, not a death */
    if (argc < 2) {
        cli_help(stderr, NULL);
        return ab_status_exit_code(AB_USAGE);
    }
    ab_status status = end_output(run(argc - 1, argv + 1, &err), &err);
    if (status != AB_OK && ab_rank() == 0)
        fprintf(stderr, "airbridge: %s\n", err.message);
    ab_ranks_end(status != AB_OK);
    return ab_status_exit_code(status);
}
