/* Folders that are written whole or not at all. */
#include "io/support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>

#include "airbridge/operation.h"
#include "base/arena.h"
#include "io/folder_ours.h"
#include "io/folder_write.h"

static const ab_folder_file first[] = {{"places.csv", "id\na\n", 5}, {"hubs.csv", "id\nh\n", 5}};
static const ab_folder_file second[] = {{"places.csv", "id\nb\n", 5}, {"wind.csv", "", 0}};

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

/* The entries of a folder, hidden ones too, in no order that matters: sorted names with a space after each. */
static char *entries(const char *folder)
{
    struct dirent **found;
    int count = scandir(folder, &found, NULL, by_bytes);
    ab_buf names = AB_BUF_INIT;

    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        if (strcmp(found[i]->d_name, ".") != 0 && strcmp(found[i]->d_name, "..") != 0)
            ab__buf_printf(&names, "%s ", found[i]->d_name);
        free(found[i]);
    }
    free(found);
    ab__buf_add(&names, "");
    assert_false(names.failed);
    return names.text != NULL ? names.text : calloc(1, 1);
}

static void expect_entries(const char *folder, const char *names)
{
    char *found = entries(folder);

    assert_string_equal(found, names);
    free(found);
}

static void expect_content(const char *folder, const char *name, const char *text)
{
    char *path = path_in(folder, name);
    ab_buf bytes = read_file(path);

    assert_string_equal(ab__buf_text(&bytes), text);
    ab__buf_free(&bytes);
    free(path);
}

static ab_status put_folder(const char *path, const ab_folder_file *files, int32_t count,
                            ab_error *err)
{
    return ab__folder_write(path, files, count, ab_input_schema(), err);
}

static void expect_refused(const char *path, const char *words)
{
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(put_folder(path, first, 2, &err), AB_IO);
    if (strstr(err.message, words) == NULL || strstr(err.message, path) == NULL)
        fail_msg("no \"%s\" or no path in \"%s\"", words, err.message);
}

static void a_folder_is_made_for_its_owner_alone_and_replaced_whole(void **state)
{
    char *top = make_folder(), *path = path_in(top, "op"), *slashed = path_in(top, "op//");
    struct stat info;

    (void)state;
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(path, "hubs.csv places.csv ");
    expect_content(path, "places.csv", "id\na\n");
    assert_int_equal(put_folder(slashed, second, 2, NULL), AB_OK);
    expect_entries(path, "places.csv wind.csv ");
    expect_content(path, "places.csv", "id\nb\n");
    assert_int_equal(put_folder(path, NULL, 0, NULL), AB_OK);
    expect_entries(path, "");
    expect_entries(top, "op ");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
    free(path);
    free(slashed);
    remove_folder(top);
}

static void a_name_without_a_folder_lies_in_the_current_one(void **state)
{
    char *top = make_folder();
    char before[4096];

    (void)state;
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(top), 0);
    assert_int_equal(put_folder("op", first, 2, NULL), AB_OK);
    assert_int_equal(put_folder("op/../op/.", second, 2, NULL), AB_OK);
    expect_entries(".", "op ");
    expect_entries("op", "places.csv wind.csv ");
    expect_refused(".", "the folder you are in");
    assert_int_equal(chdir(before), 0);
    remove_folder(top);
}

static void what_is_no_table_is_not_thrown_away(void **state)
{
    static const char *const foreign[] = {"notes.odt",  ".git",       "places.csv.bak", "a.csv.d",
                                          "visits.csv", "README.txt", "trips.csv"};
    char *top = make_folder(), *path = path_in(top, "op");

    (void)state;
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        assert_int_equal(mkdir(path, 0700), 0);
        write_text(path, "roads.CSV", "x");
        write_text(path, foreign[i], "x");
        write_text(path, "zzz", "x");
        expect_refused(path, foreign[i]);
        expect_content(path, "roads.CSV", "x");
        expect_content(path, foreign[i], "x");
        expect_entries(top, "op ");
        char *file = path_in(path, foreign[i]), *last = path_in(path, "zzz");
        assert_int_equal(unlink(file) | unlink(last), 0);
        assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
        expect_entries(path, "hubs.csv places.csv ");
        free(file);
        free(last);
        char *table = path_in(path, "places.csv"), *other = path_in(path, "hubs.csv");
        assert_int_equal(unlink(table) | unlink(other) | rmdir(path), 0);
        free(table);
        free(other);
    }
    free(path);
    remove_folder(top);
}

static void what_we_wrote_is_replaced(void **state)
{
    char *top = make_folder(), *path = path_in(top, "op");
    const ab_folder_file old[] = {{"wind.csv", "", 0},
                                  {"README.txt", ab__template_readme, strlen(ab__template_readme)}};

    (void)state;
    assert_int_equal(put_folder(path, old, 2, NULL), AB_OK);
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(path, "hubs.csv places.csv ");
    /* one that somebody wrote into is theirs */
    assert_int_equal(put_folder(path, old, 2, NULL), AB_OK);
    ab_buf text = AB_BUF_INIT;
    ab__buf_printf(&text, "%sAsk Anna about the bridge.\n", ab__template_readme);
    char *readme = path_in(path, "README.txt");
    assert_int_equal(unlink(readme), 0);
    write_text(path, "README.txt", ab__buf_text(&text));
    expect_refused(path, "README.txt");
    assert_int_equal(unlink(readme), 0);
    /* and what is written from a result takes no operation's place */
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab__folder_write(path, NULL, 0, ab_result_schema(), &err), AB_IO);
    expect_entries(path, "wind.csv ");
    ab__buf_free(&text);
    free(readme);
    free(path);
    remove_folder(top);
}

/* A folder called as a table, and a link called as one, are no tables. */
static void links_lead_nowhere(void **state)
{
    char *top = make_folder(), *path = path_in(top, "op"), *link = path_in(top, "link");
    char *inside = path_in(path, "places.csv"), *folder = path_in(path, "hubs.csv");

    (void)state;
    write_text(top, "elsewhere.csv", "mine");
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(symlink("op", link), 0);
    expect_refused(link, "is a link");
    assert_int_equal(symlink("../elsewhere.csv", inside), 0);
    expect_refused(path, "places.csv");
    assert_int_equal(unlink(inside), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    expect_refused(path, "hubs.csv");
    expect_content(top, "elsewhere.csv", "mine");
    expect_entries(top, "elsewhere.csv link op ");
    free(path);
    free(link);
    free(inside);
    free(folder);
    remove_folder(top);
}

static void a_place_that_cannot_be_is_told(void **state)
{
    char *top = make_folder(), *file = path_in(top, "file"), *under = path_in(top, "file/op");
    char *deep = path_in(top, "no/such");
    char name[256];

    (void)state;
    write_text(top, "file", "x");
    expect_refused(file, "is no folder");
    expect_refused(under, strerror(ENOTDIR));
    expect_refused(deep, "there is no folder");
    memset(name, 'n', 255);
    name[255] = '\0';
    char *longest = path_in(top, name);
    expect_refused(longest, "longer than 200 bytes");
    expect_entries(top, "file ");
    free(file);
    free(under);
    free(deep);
    free(longest);
    remove_folder(top);
}

static void a_table_cannot_lead_out_of_the_folder_by_its_name(void **state)
{
    static const char *const names[] = {"../places.csv", "/etc/places.csv", ".profile", "", ".."};
    char *top = make_folder(), *path = path_in(top, "op");

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const ab_folder_file file = {names[i], "x", 1};
        ab_error err = AB_ERROR_INIT;
        assert_int_equal(put_folder(path, &file, 1, &err), AB_IO);
        assert_non_null(strstr(err.message, names[i]));
        expect_entries(top, "");
    }
    const ab_folder_file twice[] = {{"a.csv", "1", 1}, {"a.csv", "2", 1}};
    assert_int_equal(put_folder(path, twice, 2, NULL), AB_IO);
    expect_entries(top, "");
    free(path);
    remove_folder(top);
}

/* As killed writers leave them; `held`: by a writer that still runs. */
static int leave(const char *top, const char *name, bool held)
{
    char *path = path_in(top, name);
    int fd;

    assert_int_equal(mkdir(path, 0700), 0);
    write_text(path, "places.csv", name);
    fd = open(path, O_RDONLY | O_DIRECTORY);
    assert_true(fd >= 0);
    if (held)
        assert_int_equal(flock(fd, LOCK_EX), 0);
    free(path);
    return fd;
}

static void leftovers_go_but_not_those_of_others(void **state)
{
    char *top = make_folder(), *path = path_in(top, "op");

    (void)state;
    int left = leave(top, ".op.part-AAAAAA", false), held = leave(top, ".op.part-BBBBBB", true);
    int other = leave(top, ".ops.part-AAAAAA", false);
    write_text(top, ".op.part-CCCCCC", "of a file");
    write_text(top, ".op.part-CCCCCCC", "of nobody");
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(top, ".op.part-BBBBBB .op.part-CCCCCCC .ops.part-AAAAAA op ");
    (void)close(left);
    (void)close(held);
    (void)close(other);
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(top, ".op.part-CCCCCCC .ops.part-AAAAAA op ");
    free(path);
    remove_folder(top);
}

/* Where names cannot be exchanged, a writer that is killed between two steps leaves this. */
static void an_old_folder_that_was_set_aside_gets_its_name_back(void **state)
{
    char *top = make_folder(), *path = path_in(top, "op");
    const ab_folder_file bad = {"../x", "", 0}, twice[] = {{"a.csv", "", 0}, {"a.csv", "", 0}};

    (void)state;
    int left = leave(top, ".op.old-AAAAAA", false);
    assert_int_equal(put_folder(path, &bad, 1, NULL), AB_IO);
    assert_int_equal(put_folder(path, twice, 2, NULL), AB_IO);
    expect_entries(top, "op ");
    expect_content(path, "places.csv", ".op.old-AAAAAA");
    (void)close(left);
    left = leave(top, ".op.old-BBBBBB", false);
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(top, "op ");
    expect_content(path, "places.csv", "id\na\n");
    (void)close(left);
    free(path);
    remove_folder(top);
}

enum { SIZE = 1 << 16, KILLS = 30 };

/* Two files that belong together, written by turns in two versions until killed. */
static void write_without_end(const char *path)
{
    static char versions[2][SIZE];

    memset(versions[0], 'a', SIZE);
    memset(versions[1], 'b', SIZE);
    for (int i = 0;; i = !i) {
        const ab_folder_file files[] = {{"hubs.csv", versions[i], SIZE},
                                        {"places.csv", versions[i], SIZE}};
        if (put_folder(path, files, 2, NULL) != AB_OK)
            _exit(1);
    }
}

static char version_of(const char *folder, const char *name)
{
    char *path = path_in(folder, name);
    ab_buf bytes = read_file(path);

    assert_int_equal(bytes.size, SIZE);
    for (size_t i = 1; i < bytes.size; i++)
        assert_true(bytes.text[i] == bytes.text[0]);
    char version = bytes.text[0];
    ab__buf_free(&bytes);
    free(path);
    return version;
}

static void a_writer_that_is_killed_leaves_old_or_new_and_the_next_cleans_up(void **state)
{
    static char a[SIZE];
    char *top = make_folder(), *path = path_in(top, "op");
    uint64_t seed = 5;
    int how, leftovers = 0;

    (void)state;
    memset(a, 'a', SIZE);
    const ab_folder_file files[] = {{"hubs.csv", a, SIZE}, {"places.csv", a, SIZE}};
    assert_int_equal(put_folder(path, files, 2, NULL), AB_OK);
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
        expect_entries(path, "hubs.csv places.csv ");
        assert_int_equal(version_of(path, "hubs.csv"), version_of(path, "places.csv"));
        char *found = entries(top);
        leftovers += strcmp(found, "op ") != 0;
        free(found);
    }
    print_message("%d of %d kills left something behind\n", leftovers, KILLS);
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(top, "op ");
    free(path);
    remove_folder(top);
}

static void many_writers_at_once_do_not_disturb_one_another(void **state)
{
    enum { WRITERS = 4, TIMES = 30 };
    char *top = make_folder(), *path = path_in(top, "op");
    int how;

    (void)state;
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    (void)fflush(NULL);
    for (int w = 0; w < WRITERS; w++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < TIMES; i++) {
            if (put_folder(path, w % 2 == 0 ? first : second, 2, NULL) != AB_OK)
                _exit(1);
        }
        _exit(0);
    }
    for (int w = 0; w < WRITERS; w++) {
        assert_true(wait(&how) > 0);
        assert_true(WIFEXITED(how));
        assert_int_equal(WEXITSTATUS(how), 0);
    }
    char *found = entries(path);
    assert_true(strcmp(found, "hubs.csv places.csv ") == 0 ||
                strcmp(found, "places.csv wind.csv ") == 0);
    free(found);
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    expect_entries(top, "op ");
    free(path);
    remove_folder(top);
}

static void want_of_memory_is_reported_and_leaves_nothing_behind(void **state)
{
    char *top = make_folder(), *path = path_in(top, "op");
    ab_status status = AB_NO_MEMORY;

    (void)state;
    assert_int_equal(put_folder(path, first, 2, NULL), AB_OK);
    for (int64_t n = 1; status != AB_OK && n < 50; n++) {
        ab__fail_allocation(n);
        status = put_folder(path, second, 2, NULL);
        ab__fail_allocation(0);
        expect_content(path, "places.csv", status == AB_OK ? "id\nb\n" : "id\na\n");
        expect_entries(top, "op ");
    }
    assert_int_equal(status, AB_OK);
    free(path);
    remove_folder(top);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_made_for_its_owner_alone_and_replaced_whole),
        cmocka_unit_test(a_name_without_a_folder_lies_in_the_current_one),
        cmocka_unit_test(what_is_no_table_is_not_thrown_away),
        cmocka_unit_test(what_we_wrote_is_replaced),
        cmocka_unit_test(links_lead_nowhere),
        cmocka_unit_test(a_place_that_cannot_be_is_told),
        cmocka_unit_test(a_table_cannot_lead_out_of_the_folder_by_its_name),
        cmocka_unit_test(leftovers_go_but_not_those_of_others),
        cmocka_unit_test(an_old_folder_that_was_set_aside_gets_its_name_back),
        cmocka_unit_test(a_writer_that_is_killed_leaves_old_or_new_and_the_next_cleans_up),
        cmocka_unit_test(many_writers_at_once_do_not_disturb_one_another),
        cmocka_unit_test(want_of_memory_is_reported_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
