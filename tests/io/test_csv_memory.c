/* A line of hundreds of megabytes takes no more memory than a short one. */
#include "io/support.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include "io/csv.h"
#include "schema/book.h"

enum { MEGABYTES = 300, ALLOWED_KIB = 32 * 1024 };

/* What a second process writes into the pipe: two sound rows around one enormous line. */
static void write_stream(int fd, const char *first, const char *fill)
{
    static char chunk[1 << 20];
    size_t size = strlen(fill);

    for (size_t i = 0; i < sizeof chunk; i++)
        chunk[i] = fill[i % size];
    if (write(fd, first, strlen(first)) < 0)
        _exit(1);
    for (int i = 0; i < MEGABYTES; i++) {
        for (size_t done = 0; done < sizeof chunk;) {
            ssize_t written = write(fd, chunk + done, sizeof chunk - done);
            if (written <= 0)
                _exit(1);
            done += (size_t)written;
        }
    }
    static const char last[] = "\n3,4\n";
    _exit(write(fd, last, sizeof last - 1) < 0);
}

static int64_t peak_kib(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void read_stream(const char *first, const char *fill, const char *flaws, int64_t rows)
{
    int ends[2], how;
    ab_buf found = AB_BUF_INIT;
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    int64_t before = peak_kib();

    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        (void)close(ends[0]);
        write_stream(ends[1], first, fill);
    }
    (void)close(ends[1]);
    assert_int_equal(ab__csv_read_fd(ends[0], "t", "t.csv", book, issues, NULL), AB_OK);
    (void)close(ends[0]);
    assert_int_equal(waitpid(writer, &how, 0), writer);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    add_issues(&found, issues);
    assert_string_equal(ab__buf_text(&found), flaws);
    assert_int_equal(ab_book_find(book, "t")->row_count, rows);
    assert_in_range(peak_kib() - before, 0, ALLOWED_KIB);
    ab__buf_free(&found);
    ab_book_free(book);
    ab_issues_free(issues);
}

static void a_line_without_end_takes_bounded_memory(void **state)
{
    (void)state;
    read_stream("a,b\n1,2\n", "x", "TOO_LONG 3:0", 2);
    read_stream("a,b\n1,2\n", ",", "TOO_LONG 3:0", 2);
}

static void a_quoted_cell_without_end_takes_bounded_memory(void **state)
{
    (void)state;
    read_stream("a,b\n1,2\n\"", "x", "TOO_LONG 3:0", 2);
}

static void a_header_without_end_takes_bounded_memory(void **state)
{
    (void)state;
    read_stream("", "x,", "TOO_LONG 1:0", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_without_end_takes_bounded_memory),
        cmocka_unit_test(a_quoted_cell_without_end_takes_bounded_memory),
        cmocka_unit_test(a_header_without_end_takes_bounded_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
