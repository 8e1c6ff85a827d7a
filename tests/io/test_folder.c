/* An operation as a folder of CSV files. */
#include "io/support.h"

#include "airbridge/io.h"
#include "base/arena.h"

typedef struct world {
    char *folder;
    ab_book *book;
    ab_issues *issues;
    ab_buf flaws;
} world;

static world start(void)
{
    return (world){make_folder(), NULL, ab_issues_new(0), AB_BUF_INIT};
}

static void read_it(world *in)
{
    ab_error err = AB_ERROR_INIT;

    if (ab_book_read(in->folder, NULL, &in->book, in->issues, &err) != AB_OK)
        fail_msg("%s", err.message);
    add_issues(&in->flaws, in->issues);
}

static void end(world *in)
{
    ab_book_free(in->book);
    ab_issues_free(in->issues);
    ab__buf_free(&in->flaws);
    remove_folder(in->folder);
}

static void each_csv_file_is_a_table_in_the_order_of_names(void **state)
{
    world in = start();

    (void)state;
    write_text(in.folder, "stocks.csv", "hub\nport\n");
    write_text(in.folder, "places.csv", "id\ntown\n");
    write_text(in.folder, "HUBS.CSV", "id\nport\n");
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "");
    assert_int_equal(ab_book_count(in.book), 3);
    assert_string_equal(ab_book_at(in.book, 0)->name, "HUBS");
    assert_string_equal(ab_book_at(in.book, 1)->name, "places");
    assert_string_equal(ab_book_at(in.book, 1)->origin, "places.csv");
    assert_string_equal(ab_book_at(in.book, 2)->cells[0], "port");
    end(&in);
}

static void what_is_no_csv_file_is_left_alone(void **state)
{
    world in = start();
    char *sub = path_in(in.folder, "old");

    (void)state;
    write_text(in.folder, "README.md", "x\0y");
    write_text(in.folder, "places.csv.bak", "\"");
    write_text(in.folder, ".csv", "\"");
    write_text(in.folder, "._places.csv", "\"");
    write_text(in.folder, ".~lock.places.csv#", "\"");
    assert_int_equal(mkdir(sub, 0700), 0);
    write_text(sub, "places.csv", "\"");
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "");
    assert_int_equal(ab_book_count(in.book), 0);
    free(sub);
    end(&in);
}

static void flaws_of_all_files_are_told_at_once(void **state)
{
    world in = start();

    (void)state;
    write_text(in.folder, "a.csv", "id\n\"x\n");
    write_text(in.folder, "b.csv", "id,n\n1\n");
    write_text(in.folder, "c.csv", "");
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "OPEN_QUOTE 2:1 id; RAGGED 2:0; EMPTY_TABLE 0:0");
    end(&in);
}

static void a_link_inside_the_folder_is_followed_and_one_out_of_it_is_told(void **state)
{
    world in = start();
    char *inside = path_in(in.folder, "hubs.csv"), *outside = path_in(in.folder, "places.csv");
    char *loop = path_in(in.folder, "loop.csv");

    (void)state;
    write_text(in.folder, "data.txt", "id\nport\n");
    assert_int_equal(symlink("data.txt", inside), 0);
    assert_int_equal(symlink("/etc/passwd", outside), 0);
    assert_int_equal(symlink("loop.csv", loop), 0);
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "UNREADABLE 0:0; UNREADABLE 0:0");
    assert_string_equal(ab_issues_at(in.issues, 0)->origin, "loop.csv");
    assert_string_equal(ab_issues_at(in.issues, 1)->origin, "places.csv");
    assert_non_null(strstr(ab_issues_at(in.issues, 1)->expected, "leads out of it"));
    assert_int_equal(ab_book_count(in.book), 1);
    free(inside);
    free(outside);
    free(loop);
    end(&in);
}

static void a_folder_whose_name_begins_another_is_not_taken_for_it(void **state)
{
    world in = start();
    char *op = path_in(in.folder, "op"), *other = path_in(in.folder, "op-old");
    char *link = path_in(op, "places.csv");
    ab_book *book;
    ab_error err = AB_ERROR_INIT;

    (void)state;
    assert_int_equal(mkdir(op, 0700) | mkdir(other, 0700), 0);
    write_text(other, "places.csv", "id\n1\n");
    assert_int_equal(symlink("../op-old/places.csv", link), 0);
    assert_int_equal(ab_book_read(op, NULL, &book, in.issues, &err), AB_OK);
    assert_int_equal(ab_book_count(book), 0);
    assert_int_equal(ab_issues_count(in.issues), 1);
    ab_book_free(book);
    free(op);
    free(other);
    free(link);
    end(&in);
}

static void a_pipe_or_a_folder_with_the_name_of_a_table_is_told_and_does_not_block(void **state)
{
    world in = start();
    char *fifo = path_in(in.folder, "hubs.csv"), *folder = path_in(in.folder, "places.csv");

    (void)state;
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "UNREADABLE 0:0; UNREADABLE 0:0");
    free(fifo);
    free(folder);
    end(&in);
}

static void two_files_of_one_table_are_told(void **state)
{
    world in = start();

    (void)state;
    write_text(in.folder, "places.CSV", "id\n1\n");
    write_text(in.folder, "places.csv", "id\n2\n");
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "UNREADABLE 0:0");
    assert_int_equal(ab_book_count(in.book), 1);
    end(&in);
}

static void expect_refusal(ab_status status, const char *path, const char *words)
{
    ab_book *book;
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab_book_read(path, NULL, &book, issues, &err), status);
    assert_null(book);
    if (strstr(err.message, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, err.message);
    ab_issues_free(issues);
}

static void expect_failure(const char *path, const char *words)
{
    expect_refusal(AB_IO, path, words);
}

static void an_operation_that_is_not_there_is_told_with_what_is(void **state)
{
    world in = start();
    char *near = path_in(in.folder, "syria-2016"), *wrong = path_in(in.folder, "syria-2061");
    char *far = path_in(in.folder, "gaza"), *nowhere = path_in(in.folder, "x/y/z");

    (void)state;
    assert_int_equal(mkdir(near, 0700), 0);
    expect_failure(wrong, "did you mean \"syria-2016\"?");
    expect_failure(far, " has syria-2016");
    expect_failure(nowhere, "nor is there a folder");
    assert_int_equal(rmdir(near), 0);
    expect_failure(far, "is empty");
    free(near);
    free(wrong);
    free(far);
    free(nowhere);
    end(&in);
}

static void names_that_gdal_would_fetch_are_refused(void **state)
{
    (void)state;
    expect_refusal(AB_USAGE, "/vsicurl/http://127.0.0.1/x.gpkg", "within an archive, a server");
    expect_refusal(AB_USAGE, "/vsizip//tmp/x.zip/places.csv", "take it out first");
    expect_refusal(AB_USAGE, "https://127.0.0.1/x.gpkg", "--allow-network");
    expect_refusal(AB_USAGE, "s3://bucket/x.gpkg", "fetch it first");
    expect_refusal(AB_USAGE, "GPKG:/tmp/x.gpkg", "name the file alone");
    expect_refusal(AB_USAGE, "XLSX:x.xlsx", "name the file alone");
    expect_refusal(AB_USAGE, "CSV:/vsicurl/x", "name the file alone");
}

static void a_password_in_an_address_is_not_repeated(void **state)
{
    ab_book *book;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(0);

    (void)state;
    assert_int_equal(
        ab_book_read("https://ann:s3cret@127.0.0.1/x?key=s3cret", NULL, &book, issues, &err),
        AB_USAGE);
    assert_null(strstr(err.message, "s3cret"));
    assert_non_null(strstr(err.message, "https://127.0.0.1/x"));
    ab_issues_free(issues);
}

static void a_file_that_a_setting_names_is_looked_for(void **state)
{
    world in = start();

    (void)state;
    write_text(in.folder, "dem.tif", "");
    write_text(in.folder, "operation.csv", "key,value\nterrain,dem.tif\n");
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "");
    end(&in);

    in = start();
    char *dem = path_in(in.folder, "dem.tif");
    write_text(in.folder, "operation.csv", "key,value\nname,dem.tif\nterrain,dem.tif\n");
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "FILE_MISSING 3:0 terrain");
    end(&in);
    free(dem);

    in = start();
    dem = path_in(in.folder, "dem.tif");
    write_text(in.folder, "operation.csv", "key,value\nterrain,dem.tif\n");
    assert_int_equal(symlink("/etc/passwd", dem), 0);
    read_it(&in);
    assert_string_equal(ab__buf_text(&in.flaws), "PATH_OUTSIDE 2:0 terrain");
    end(&in);
    free(dem);
}

static void a_single_table_is_told_from_an_operation(void **state)
{
    world in = start();
    char *path = path_in(in.folder, "places.csv");

    (void)state;
    write_text(in.folder, "places.csv", "id\n1\n");
    expect_failure(path, "one table");
    free(path);
    end(&in);
}

static void one_csv_file_is_read_as_the_table_that_is_named(void **state)
{
    world in = start();
    char *path = path_in(in.folder, "draft.csv"), *missing = path_in(in.folder, "drift.csv");
    ab_error err = AB_ERROR_INIT;

    (void)state;
    write_text(in.folder, "draft.csv", "id\ntown\n");
    assert_int_equal(ab_book_read_csv(path, "places", &in.book, in.issues, &err), AB_OK);
    assert_string_equal(ab_book_at(in.book, 0)->name, "places");
    assert_string_equal(ab_book_at(in.book, 0)->origin, "draft.csv");
    ab_book_free(in.book);
    assert_int_equal(ab_book_read_csv(missing, "places", &in.book, in.issues, &err), AB_IO);
    assert_non_null(strstr(err.message, "draft.csv"));
    assert_int_equal(ab_book_read_csv(in.folder, "places", &in.book, in.issues, &err), AB_IO);
    free(path);
    free(missing);
    end(&in);
}

static void want_of_memory_is_reported_and_leaves_nothing_behind(void **state)
{
    world in = start();
    ab_status status = AB_NO_MEMORY;

    (void)state;
    write_text(in.folder, "hubs.csv", "id\nport\n");
    write_text(in.folder, "places.csv", "id\n\"town\n");
    for (int64_t n = 1; status != AB_OK && n < 300; n++) {
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(n);
        status = ab_book_read(in.folder, NULL, &in.book, in.issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && in.book == NULL));
    }
    assert_int_equal(status, AB_OK);
    assert_int_equal(ab_book_count(in.book), 2);
    end(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_csv_file_is_a_table_in_the_order_of_names),
        cmocka_unit_test(what_is_no_csv_file_is_left_alone),
        cmocka_unit_test(flaws_of_all_files_are_told_at_once),
        cmocka_unit_test(a_link_inside_the_folder_is_followed_and_one_out_of_it_is_told),
        cmocka_unit_test(a_folder_whose_name_begins_another_is_not_taken_for_it),
        cmocka_unit_test(a_pipe_or_a_folder_with_the_name_of_a_table_is_told_and_does_not_block),
        cmocka_unit_test(two_files_of_one_table_are_told),
        cmocka_unit_test(an_operation_that_is_not_there_is_told_with_what_is),
        cmocka_unit_test(names_that_gdal_would_fetch_are_refused),
        cmocka_unit_test(a_password_in_an_address_is_not_repeated),
        cmocka_unit_test(a_file_that_a_setting_names_is_looked_for),
        cmocka_unit_test(a_single_table_is_told_from_an_operation),
        cmocka_unit_test(one_csv_file_is_read_as_the_table_that_is_named),
        cmocka_unit_test(want_of_memory_is_reported_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
