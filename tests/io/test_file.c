/* Files that are written whole or not at all. */
#define _GNU_SOURCE /* unshare */
#include "io/support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "airbridge/io.h"
#include "base/arena.h"

static void expect_content(const char *path, const char *text)
{
    ab_buf bytes = read_file(path);

    assert_string_equal(ab__buf_text(&bytes), text);
    ab__buf_free(&bytes);
}

/* Entries of a folder, hidden ones too. */
static int count_entries(const char *folder)
{
    DIR *dir = opendir(folder);
    int count = 0;

    assert_non_null(dir);
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    (void)closedir(dir);
    return count;
}

static void expect_refused(const char *path, const char *words)
{
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab_file_write(path, "new", 3, &err), AB_IO);
    if (strstr(err.message, words) == NULL || strstr(err.message, path) == NULL)
        fail_msg("no \"%s\" or no path in \"%s\"", words, err.message);
}

static void a_file_is_made_for_its_owner_alone_and_replaced_whole(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "out");
    struct stat info;

    (void)state;
    assert_int_equal(ab_file_write(path, "first, and longer", 17, NULL), AB_OK);
    expect_content(path, "first, and longer");
    assert_int_equal(ab_file_write(path, "second", 6, NULL), AB_OK);
    expect_content(path, "second");
    assert_int_equal(ab_file_write(path, NULL, 0, NULL), AB_OK);
    expect_content(path, "");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    assert_int_equal(count_entries(folder), 1);
    free(path);
    remove_folder(folder);
}

static void a_name_without_a_folder_lies_in_the_current_one(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "out");
    char before[4096];

    (void)state;
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(ab_file_write("out", "x", 1, NULL), AB_OK);
    assert_int_equal(chdir(before), 0);
    expect_content(path, "x");
    free(path);
    remove_folder(folder);
}

static void the_longest_name_can_be_written(void **state)
{
    char *folder = make_folder();
    char name[256];

    (void)state;
    memset(name, 'n', 255);
    name[255] = '\0';
    char *path = path_in(folder, name);
    assert_int_equal(ab_file_write(path, "x", 1, NULL), AB_OK);
    assert_int_equal(count_entries(folder), 1);
    free(path);
    remove_folder(folder);
}

static void what_a_link_leads_to_is_replaced_not_the_link(void **state)
{
    char *folder = make_folder(), *link = path_in(folder, "link"), *real = path_in(folder, "real");
    char *dangling = path_in(folder, "dangling");
    struct stat info;

    (void)state;
    write_text(folder, "real", "old");
    assert_int_equal(symlink("real", link), 0);
    assert_int_equal(symlink("nothing", dangling), 0);
    assert_int_equal(ab_file_write(link, "new", 3, NULL), AB_OK);
    expect_content(real, "new");
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    expect_refused(dangling, "a link to a file that is not there");
    free(link);
    free(real);
    free(dangling);
    remove_folder(folder);
}

static void devices_are_written_to_and_stay_devices(void **state)
{
    struct stat info;

    (void)state;
    assert_int_equal(ab_file_write("/dev/null", "x", 1, NULL), AB_OK);
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
    expect_refused("/dev/full", strerror(ENOSPC));
    assert_int_equal(stat("/dev/full", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

static void a_pipe_gets_the_bytes_and_stays_a_pipe(void **state)
{
    char *folder = make_folder(), *fifo = path_in(folder, "fifo");
    char got[8] = "";
    struct stat info;

    (void)state;
    assert_int_equal(mkfifo(fifo, 0600), 0);
    int reader = open(fifo, O_RDONLY | O_NONBLOCK);
    assert_int_equal(ab_file_write(fifo, "bytes", 5, NULL), AB_OK);
    assert_int_equal(read(reader, got, sizeof got - 1), 5);
    assert_string_equal(got, "bytes");
    (void)close(reader);
    assert_int_equal(stat(fifo, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
    free(fifo);
    remove_folder(folder);
}

/* Standard output is a file that has something already. */
static void write_to_open_file(const char *name, const char *target)
{
    int before = dup(STDOUT_FILENO);
    int fd = open(target, O_WRONLY | O_APPEND);

    (void)fflush(stdout);
    assert_true(before >= 0 && fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0);
    ab_status status = ab_file_write(name, "result", 6, NULL);
    assert_true(dup2(before, STDOUT_FILENO) >= 0);
    (void)close(before);
    (void)close(fd);
    assert_int_equal(status, AB_OK);
}

static void standard_output_by_any_name_goes_where_it_was_led(void **state)
{
    static const char *const names[] = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"};
    char *folder = make_folder(), *path = path_in(folder, "out");
    struct stat before, after;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        write_text(folder, "out", "old ");
        assert_int_equal(stat(path, &before), 0);
        write_to_open_file(names[i], path);
        expect_content(path, "old result");
        assert_int_equal(stat(path, &after), 0);
        assert_int_equal(before.st_ino, after.st_ino);
    }
    struct stat link;
    assert_int_equal(lstat("/dev/stdout", &link), 0);
    assert_true(S_ISLNK(link.st_mode));
    free(path);
    remove_folder(folder);
}

static void a_target_that_cannot_be_is_told(void **state)
{
    char *folder = make_folder(), *deep = path_in(folder, "no/such/folder");
    char *under_file = path_in(folder, "file/x");

    (void)state;
    write_text(folder, "file", "x");
    expect_refused(folder, "is a folder");
    expect_refused(deep, "there is no folder");
    expect_refused(under_file, strerror(ENOTDIR));
    free(deep);
    free(under_file);
    remove_folder(folder);
}

static void a_write_protected_file_is_left_alone(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "out");

    (void)state;
    if (geteuid() == 0) {
        free(path);
        remove_folder(folder);
        skip(); /* root may write to it */
    }
    write_text(folder, "out", "old");
    assert_int_equal(chmod(path, 0400), 0);
    expect_refused(path, strerror(EACCES));
    expect_content(path, "old");
    free(path);
    remove_folder(folder);
}

/* Runs in a child whose files cannot grow. */
static void write_past_limit(const char *path)
{
    static char big[1 << 20];
    const struct rlimit limit = {1 << 16, 1 << 16};
    ab_error err = AB_ERROR_INIT;

    (void)signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(2);
    _exit(ab_file_write(path, big, sizeof big, &err) == AB_IO ? 0 : 1);
}

static void expect_old_after(void (*child)(const char *path), const char *folder)
{
    char *path = path_in(folder, "out");
    int how;

    write_text(folder, "out", "old");
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        child(path);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
    expect_content(path, "old");
    assert_int_equal(count_entries(folder), 1);
    free(path);
}

static void a_file_that_may_not_grow_keeps_the_old_one(void **state)
{
    char *folder = make_folder();

    (void)state;
    expect_old_after(write_past_limit, folder);
    remove_folder(folder);
}

/* In a child with its own view of the file systems, so that the mount ends with it. */
static void write_on_full_disk(const char *folder)
{
    static char big[1 << 20];
    ab_error err = AB_ERROR_INIT;
    char path[4096], text[8] = "";

    (void)snprintf(path, sizeof path, "%s/out", folder);
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", folder, "tmpfs", 0, "size=64k") != 0)
        _exit(77);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    if (fd < 0 || write(fd, "old", 3) != 3 || close(fd) != 0)
        _exit(2);
    if (ab_file_write(path, big, sizeof big, &err) != AB_IO ||
        strstr(err.message, strerror(ENOSPC)) == NULL)
        _exit(3);
    fd = open(path, O_RDONLY);
    if (read(fd, text, sizeof text) != 3 || strcmp(text, "old") != 0 || count_entries(folder) != 1)
        _exit(4);
    _exit(0);
}

static void a_full_disk_keeps_the_old_file(void **state)
{
    char *folder = make_folder();
    int how;

    (void)state;
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        write_on_full_disk(folder);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    remove_folder(folder);
    assert_true(WIFEXITED(how));
    if (WEXITSTATUS(how) == 77)
        skip(); /* only root may mount a small disk */
    assert_int_equal(WEXITSTATUS(how), 0);
}

enum { SIZE = 3 << 20, KILLS = 30 };

/* Writes the two versions by turns until it is killed. */
static void write_without_end(const char *path)
{
    static char versions[2][SIZE];

    memset(versions[0], 'a', SIZE);
    memset(versions[1], 'b', SIZE);
    for (int i = 0;; i = !i) {
        if (ab_file_write(path, versions[i], SIZE, NULL) != AB_OK)
            _exit(1);
    }
}

static void expect_one_version(const char *path)
{
    ab_buf bytes = read_file(path);

    assert_int_equal(bytes.size, SIZE);
    assert_true(bytes.text[0] == 'a' || bytes.text[0] == 'b');
    for (size_t i = 1; i < bytes.size; i++)
        assert_true(bytes.text[i] == bytes.text[0]);
    ab__buf_free(&bytes);
}

static void a_writer_that_is_killed_leaves_old_or_new_and_the_next_cleans_up(void **state)
{
    static char first[SIZE];
    char *folder = make_folder(), *path = path_in(folder, "out");
    uint64_t seed = 9;
    int how, leftovers = 0;

    (void)state;
    memset(first, 'a', SIZE);
    assert_int_equal(ab_file_write(path, first, SIZE, NULL), AB_OK);
    for (int i = 0; i < KILLS; i++) {
        (void)fflush(NULL);
        pid_t pid = fork();
        if (pid == 0)
            write_without_end(path);
        const struct timespec wait = {0, (long)(1000000 + draw(&seed) % 20000000)};
        (void)nanosleep(&wait, NULL);
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(waitpid(pid, &how, 0), pid);
        assert_true(WIFSIGNALED(how));
        expect_one_version(path);
        leftovers += count_entries(folder) > 1;
        assert_in_range(count_entries(folder), 1, 2);
    }
    print_message("%d of %d kills left something behind\n", leftovers, KILLS);
    assert_int_equal(ab_file_write(path, "end", 3, NULL), AB_OK);
    expect_content(path, "end");
    assert_int_equal(count_entries(folder), 1);
    free(path);
    remove_folder(folder);
}

static void many_writers_at_once_do_not_disturb_one_another(void **state)
{
    enum { WRITERS = 4, TIMES = 50 };
    char *folder = make_folder(), *path = path_in(folder, "out");
    int how;

    (void)state;
    (void)fflush(NULL);
    for (int w = 0; w < WRITERS; w++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < TIMES; i++) {
            if (ab_file_write(path, "the same for all", 16, NULL) != AB_OK)
                _exit(1);
        }
        _exit(0);
    }
    for (int w = 0; w < WRITERS; w++) {
        assert_true(wait(&how) > 0);
        assert_true(WIFEXITED(how));
        assert_int_equal(WEXITSTATUS(how), 0);
    }
    expect_content(path, "the same for all");
    assert_int_equal(count_entries(folder), 1);
    free(path);
    remove_folder(folder);
}

static void want_of_memory_is_reported_and_leaves_nothing_behind(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "out");
    ab_status status = AB_NO_MEMORY;

    (void)state;
    write_text(folder, "out", "old");
    for (int64_t n = 1; status != AB_OK && n < 50; n++) {
        ab__fail_allocation(n);
        status = ab_file_write(path, "new", 3, NULL);
        ab__fail_allocation(0);
        expect_content(path, status == AB_OK ? "new" : "old");
        assert_int_equal(count_entries(folder), 1);
    }
    assert_int_equal(status, AB_OK);
    free(path);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_made_for_its_owner_alone_and_replaced_whole),
        cmocka_unit_test(a_name_without_a_folder_lies_in_the_current_one),
        cmocka_unit_test(the_longest_name_can_be_written),
        cmocka_unit_test(what_a_link_leads_to_is_replaced_not_the_link),
        cmocka_unit_test(devices_are_written_to_and_stay_devices),
        cmocka_unit_test(a_pipe_gets_the_bytes_and_stays_a_pipe),
        cmocka_unit_test(standard_output_by_any_name_goes_where_it_was_led),
        cmocka_unit_test(a_target_that_cannot_be_is_told),
        cmocka_unit_test(a_write_protected_file_is_left_alone),
        cmocka_unit_test(a_file_that_may_not_grow_keeps_the_old_one),
        cmocka_unit_test(a_full_disk_keeps_the_old_file),
        cmocka_unit_test(a_writer_that_is_killed_leaves_old_or_new_and_the_next_cleans_up),
        cmocka_unit_test(many_writers_at_once_do_not_disturb_one_another),
        cmocka_unit_test(want_of_memory_is_reported_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
