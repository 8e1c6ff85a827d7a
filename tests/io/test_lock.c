/* Two runs, one result. */
#include "io/support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>

#include "airbridge/io.h"
#include "base/arena.h"

static bool is_there(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

static void expect_busy(const char *path, const char *words)
{
    ab_error err = AB_ERROR_INIT;
    ab_write_lock *lock;

    assert_int_equal(ab_lock_take(path, "plan", false, &lock, &err), AB_BUSY);
    assert_null(lock);
    if (strstr(err.message, words) == NULL || strstr(err.message, path) == NULL)
        fail_msg("no \"%s\" or no path in \"%s\"", words, err.message);
}

static void the_second_is_told_who_writes_and_since_when(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "r.gpkg");
    char *file = path_in(folder, ".r.gpkg.lock"), *other = path_in(folder, "other.gpkg");
    char me[32];
    ab_write_lock *lock, *second;

    (void)state;
    assert_int_equal(ab_lock_take(path, "plan", false, &lock, NULL), AB_OK);
    (void)snprintf(me, sizeof me, "process %ld on ", (long)getpid());
    expect_busy(path, me);
    expect_busy(path, " since 20");
    expect_busy(path, "Z (airbridge plan)");
    assert_int_equal(ab_lock_take(other, "plan", false, &second, NULL), AB_OK);
    ab_lock_free(second);
    assert_true(is_there(file));
    ab_lock_free(lock);
    assert_false(is_there(file));
    assert_int_equal(ab_lock_take(path, "plan", false, &lock, NULL), AB_OK);
    ab_lock_free(lock);
    ab_lock_free(NULL);
    free(path);
    free(file);
    free(other);
    remove_folder(folder);
}

static void all_ways_to_a_result_are_one(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "op"), *slashed = path_in(folder, "op//");
    char *link = path_in(folder, "link"), *round = path_in(folder, "op/../op");
    ab_write_lock *lock;

    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(symlink("op", link), 0);
    assert_int_equal(ab_lock_take(link, "convert", false, &lock, NULL), AB_OK);
    expect_busy(path, "process");
    expect_busy(slashed, "process");
    expect_busy(round, "process");
    ab_lock_free(lock);
    free(path);
    free(slashed);
    free(link);
    free(round);
    remove_folder(folder);
}

static void what_many_may_write_to_needs_no_lock(void **state)
{
    static const char *const paths[] = {"-", "/dev/null", "/dev/stdout", "/dev/fd/1",
                                        "postgresql://localhost/x"};
    ab_write_lock *lock;

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_int_equal(ab_lock_take(paths[i], "plan", false, &lock, NULL), AB_OK);
        assert_null(lock);
    }
}

static void expect_refused(const char *path, const char *words)
{
    ab_error err = AB_ERROR_INIT;
    ab_write_lock *lock;

    assert_int_equal(ab_lock_take(path, "plan", true, &lock, &err), AB_IO);
    if (strstr(err.message, words) == NULL || strstr(err.message, path) == NULL)
        fail_msg("no \"%s\" or no path in \"%s\"", words, err.message);
}

static void a_result_that_could_not_be_written_is_told_at_once(void **state)
{
    char *folder = make_folder(), *deep = path_in(folder, "no/such"), *r = path_in(folder, "r");
    char *lock = path_in(folder, ".r.lock"), *under = path_in(folder, "file/r");

    (void)state;
    write_text(folder, "file", "");
    expect_refused(deep, "there is no folder");
    expect_refused(under, strerror(ENOTDIR));
    assert_int_equal(symlink("/nowhere/at/all", lock), 0);
    expect_refused(r, "its lock");
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(mkfifo(lock, 0600), 0);
    expect_refused(r, "its lock");
    if (geteuid() != 0) {
        assert_int_equal(unlink(lock), 0);
        assert_int_equal(chmod(folder, 0500), 0);
        expect_refused(r, "takes no new file");
        assert_int_equal(chmod(folder, 0700), 0);
    }
    free(deep);
    free(r);
    free(lock);
    free(under);
    remove_folder(folder);
}

/* Takes the lock in a child, which then says so and holds it until it is killed. */
static pid_t hold_in_child(const char *path)
{
    int told[2];
    char byte;

    assert_int_equal(pipe(told), 0);
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        ab_write_lock *lock;
        if (ab_lock_take(path, "plan", false, &lock, NULL) != AB_OK || write(told[1], "x", 1) != 1)
            _exit(1);
        for (;;)
            (void)pause();
    }
    assert_int_equal(read(told[0], &byte, 1), 1);
    (void)close(told[0]);
    (void)close(told[1]);
    return pid;
}

static void the_lock_of_a_killed_run_is_taken_over(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "r"), *file = path_in(folder, ".r.lock");
    ab_write_lock *lock;
    int how;

    (void)state;
    pid_t pid = hold_in_child(path);
    expect_busy(path, "process");
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(is_there(file));
    assert_int_equal(ab_lock_take(path, "plan", false, &lock, NULL), AB_OK);
    ab_lock_free(lock);
    assert_false(is_there(file));
    free(path);
    free(file);
    remove_folder(folder);
}

static void who_waits_gets_it_when_the_other_is_done(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "r"), *file = path_in(folder, ".r.lock");
    const struct timespec wait = {0, 100000000};
    ab_write_lock *lock;
    int how;

    (void)state;
    assert_int_equal(ab_lock_take(path, "plan", false, &lock, NULL), AB_OK);
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        ab_write_lock *mine;
        _exit(ab_lock_take(path, "plan", true, &mine, NULL) == AB_OK && is_there(file) ? 0 : 1);
    }
    (void)nanosleep(&wait, NULL);
    assert_int_equal(waitpid(pid, &how, WNOHANG), 0);
    ab_lock_free(lock);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
    free(path);
    free(file);
    remove_folder(folder);
}

/* A foreign or broken file of that name is nothing to show as it is. */
static void what_the_lock_says_is_not_trusted(void **state)
{
    static const char *const texts[] = {"", "\n", "\033]0;evil\007", "a\033[2J"};
    static const char *const shown[] = {"by another process", "by another process",
                                        "by another process", "by a"};
    char *folder = make_folder(), *path = path_in(folder, "r"), *file = path_in(folder, ".r.lock");

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        write_text(folder, ".r.lock", texts[i]);
        int fd = open(file, O_RDWR);
        assert_int_equal(flock(fd, LOCK_EX), 0);
        expect_busy(path, shown[i]);
        (void)close(fd);
    }
    free(path);
    free(file);
    remove_folder(folder);
}

/* A counter without any protection of its own, which many count up. */
static int add_one(const char *path)
{
    char text[32] = "";
    FILE *file = fopen(path, "r+");
    long count =
        file != NULL && fgets(text, sizeof text, file) != NULL ? strtol(text, NULL, 10) : 0;

    if (file == NULL)
        return 1;
    rewind(file);
    (void)fprintf(file, "%ld\n", count + 1);
    return fclose(file);
}

static void no_two_ever_hold_it_at_once(void **state)
{
    enum { WRITERS = 4, TIMES = 200 };
    char *folder = make_folder(), *path = path_in(folder, "r"), *file = path_in(folder, ".r.lock");
    int how;

    (void)state;
    write_text(folder, "r", "0\n");
    (void)fflush(NULL);
    for (int w = 0; w < WRITERS; w++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < TIMES; i++) {
            ab_write_lock *lock;
            if (ab_lock_take(path, "plan", true, &lock, NULL) != AB_OK || add_one(path) != 0)
                _exit(1);
            ab_lock_free(lock);
        }
        _exit(0);
    }
    for (int w = 0; w < WRITERS; w++) {
        assert_true(wait(&how) > 0);
        assert_true(WIFEXITED(how));
        assert_int_equal(WEXITSTATUS(how), 0);
    }
    ab_buf count = read_file(path);
    assert_int_equal(strtol(count.text, NULL, 10), WRITERS * TIMES);
    ab__buf_free(&count);
    assert_false(is_there(file));
    free(path);
    free(file);
    remove_folder(folder);
}

static void want_of_memory_is_reported_and_holds_nothing(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "r"), *file = path_in(folder, ".r.lock");
    ab_status status = AB_NO_MEMORY;
    ab_write_lock *lock = NULL;

    (void)state;
    for (int64_t n = 1; status != AB_OK && n < 50; n++) {
        ab__fail_allocation(n);
        status = ab_lock_take(path, "plan", false, &lock, NULL);
        ab__fail_allocation(0);
        assert_int_equal(is_there(file), status == AB_OK);
    }
    assert_int_equal(status, AB_OK);
    ab_lock_free(lock);
    free(path);
    free(file);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_is_told_who_writes_and_since_when),
        cmocka_unit_test(all_ways_to_a_result_are_one),
        cmocka_unit_test(what_many_may_write_to_needs_no_lock),
        cmocka_unit_test(a_result_that_could_not_be_written_is_told_at_once),
        cmocka_unit_test(the_lock_of_a_killed_run_is_taken_over),
        cmocka_unit_test(who_waits_gets_it_when_the_other_is_done),
        cmocka_unit_test(what_the_lock_says_is_not_trusted),
        cmocka_unit_test(no_two_ever_hold_it_at_once),
        cmocka_unit_test(want_of_memory_is_reported_and_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
