/* A reader that is shut in: what it finds arrives, what it must not do it cannot, and its death is a message. */
#define _GNU_SOURCE /* syscall */
#include "io/book_support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "io/child.h"
#include "io/descriptors.h"
#include "schema/issues.h"

static const ab_child_limits quick = {2, false};

/* Runs the work and expects it to end so, with these words. */
static void expect_end(ab_child_work *work, void *context, ab_status status, const char *words)
{
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab__child_read("x.gpkg", work, context, &quick, book, issues, &err), status);
    if (strstr(err.message, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, err.message);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left behind */
    ab_issues_free(issues);
    ab_book_free(book);
}

static ab_status reads_a_table(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    ab__issue_raise(issues, (ab_issue){.code = AB_ISSUE_RAGGED, .origin = "x", .line = 7});
    return ab__csv_read_bytes(context, strlen(context), "places", "x", book, issues, err);
}

static void what_a_child_reads_arrives(void **state)
{
    static char csv[] = "id\nup\n";
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    (void)state;
    assert_int_equal(ab__child_read("x", reads_a_table, csv, &quick, book, issues, &err), AB_OK);
    assert_string_equal(ab_book_find(book, "places")->cells[0], "up");
    assert_int_equal(ab_issues_at(issues, 0)->line, 7);
    ab_issues_free(issues);
    ab_book_free(book);
}

static ab_status fails(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    (void)book;
    (void)issues;
    return ab_fail(err, AB_IO, "%s is damaged", (const char *)context);
}

static void a_failure_is_that_of_the_work(void **state)
{
    static char name[] = "x.gpkg";

    (void)state;
    expect_end(fails, name, AB_IO, "x.gpkg is damaged");
}

static ab_status dies(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    (void)book;
    (void)issues;
    (void)err;
    (void)signal(*(int *)context, SIG_DFL);
    (void)raise(*(int *)context);
    return AB_OK;
}

static void the_death_of_a_child_is_a_message(void **state)
{
    int number = SIGSEGV;

    (void)state;
    expect_end(dies, &number, AB_IO, "x.gpkg ended its reader");
    number = SIGABRT;
    expect_end(dies, &number, AB_IO, "could not be read within 2 GiB");
    number = SIGKILL;
    expect_end(dies, &number, AB_IO, "too little memory");
    number = SIGINT;
    expect_end(dies, &number, AB_INTERRUPTED, "stopped");
}

static ab_status leaves(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    (void)context;
    (void)book;
    (void)issues;
    (void)err;
    _exit(0);
}

static ab_status works_for_ever(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    (void)context;
    (void)book;
    (void)issues;
    (void)err;
    volatile bool on = true;
    while (on)
        continue;
    return AB_OK;
}

static ab_status waits_for_ever(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    (void)context;
    (void)book;
    (void)issues;
    (void)err;
    while (pause() < 0)
        continue;
    return AB_OK;
}

static void a_child_that_does_not_come_to_its_end_is_ended(void **state)
{
    (void)state;
    expect_end(leaves, NULL, AB_IO, "without a word");
    expect_end(works_for_ever, NULL, AB_IO, "within 2 seconds");
    expect_end(waits_for_ever, NULL, AB_IO, "within 2 seconds");
}

static ab_status takes_memory(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    enum { PIECES = 48 };
    int taken = 0;

    (void)context;
    (void)book;
    (void)issues;
    /* Touched, so that no compiler leaves it out; given back with the child. */
    for (; taken < PIECES; taken++) {
        char *piece = malloc((size_t)64 << 20);
        if (piece == NULL)
            break;
        ((volatile char *)piece)[0] = 1;
    }
    return taken < PIECES ? ab_fail(err, AB_NO_MEMORY, "out of memory")
                          : ab_fail(err, AB_FAULT, "took %d pieces", taken);
}

static void memory_has_a_limit(void **state)
{
    const char *sanitized = getenv("AB_SANITIZED");

    (void)state;
    if (sanitized != NULL && sanitized[0] != '\0')
        skip(); /* its allocator ends the program instead */
    expect_end(takes_memory, NULL, AB_NO_MEMORY, "x.gpkg could not be read within 2 GiB of memory");
}

static ab_status tries(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    char *path = context;

    (void)book;
    (void)issues;
    if (open(path, O_RDONLY) < 0)
        return ab_fail(err, AB_IO, "cannot read: %s", strerror(errno));
    if (open(path, O_WRONLY) >= 0 || open(path, O_RDONLY | O_TRUNC) >= 0 ||
        creat("/tmp/airbridge-must-not-be", 0600) >= 0)
        return ab_fail(err, AB_IO, "it could write");
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        return ab_fail(err, AB_IO, "it could talk");
    if (unlink(path) == 0 || rename(path, "/tmp/airbridge-must-not-be") == 0)
        return ab_fail(err, AB_IO, "it could remove");
    if (kill(getppid(), 0) == 0 || ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
        return ab_fail(err, AB_IO, "it could reach other programs");
    char *const words[] = {"/bin/true", NULL};
    (void)execv(words[0], words);
    return ab_fail(err, AB_IO, "could do nothing of it");
}

static void a_child_cannot_write_talk_or_start_programs(void **state)
{
    char *folder = make_folder();
    char *path = path_in(folder, "mine");

    (void)state;
    write_text(folder, "mine", "mine");
    expect_end(tries, path, AB_IO, "could do nothing of it");
    free(path);
    remove_folder(folder);
}

/* In a child of our own: what is open here stays open. */
static void open_files_are_closed_with_and_without_the_kernels_help(void **state)
{
    static bool (*const ways[])(int first) = {ab__close_from, ab__close_each_from};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        int how;
        (void)fflush(NULL);
        pid_t pid = fork();
        if (pid == 0) {
            int low = dup2(STDERR_FILENO, 10), kept = dup2(STDERR_FILENO, 9);
            for (int fd = 11; fd < 200; fd += 3)
                (void)dup2(STDERR_FILENO, fd);
            bool done = low == 10 && kept == 9 && ways[i](10) && fcntl(9, F_GETFD) >= 0;
            for (int fd = 10; fd < 256; fd++)
                done = done && fcntl(fd, F_GETFD) < 0;
            _exit(done ? 0 : 1);
        }
        assert_int_equal(waitpid(pid, &how, 0), pid);
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_child_reads_arrives),
        cmocka_unit_test(a_failure_is_that_of_the_work),
        cmocka_unit_test(the_death_of_a_child_is_a_message),
        cmocka_unit_test(a_child_that_does_not_come_to_its_end_is_ended),
        cmocka_unit_test(memory_has_a_limit),
        cmocka_unit_test(a_child_cannot_write_talk_or_start_programs),
        cmocka_unit_test(open_files_are_closed_with_and_without_the_kernels_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
