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

/* A first Ctrl-C asks the search to end with its best plan, a second one ends the program. A closed pipe
 * is an error of writing, not a death. */
static void catch_signals(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static const cli_command *find(const char *name)
{
    for (int i = 0; cli_commands[i]; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    return NULL;
}

static bool asks_for_help(int count, char *const words[])
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

static ab_status run_command(int count, char *const words[], ab_error *err)
{
    const cli_command *command = find(words[0]);
    cli_given given;

    if (!command)
        return ab_fail(err, AB_USAGE, "there is no command \"%s\"; `airbridge --help` lists them",
                       words[0]);
    if (asks_for_help(count - 1, words + 1)) {
        cli_help(stdout, command);
        return AB_OK;
    }
    ab_status status = cli_parse(command, count - 1, words + 1, &given, err);
    return status == AB_OK ? command->run(&given, err) : status;
}

int main(int argc, char *argv[])
{
    ab_error err = AB_ERROR_INIT;

    setlocale(LC_MESSAGES, "");
    umask(077); /* results say where people are hungry and when trucks leave */
    catch_signals();
    if (argc < 2) {
        cli_help(stderr, NULL);
        return ab_status_exit_code(AB_USAGE);
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
        printf("airbridge %s\n", ab_version());
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        cli_help(stdout, argc > 2 ? find(argv[2]) : NULL);
        return 0;
    }
    if (strcmp(argv[1], "--man") == 0) {
        cli_man(stdout);
        return 0;
    }
    ab_status status = run_command(argc - 1, argv + 1, &err);
    if (status != AB_OK)
        fprintf(stderr, "airbridge: %s\n", err.message);
    return ab_status_exit_code(status);
}
