/* A book as a folder of CSV files: what is written, what is added, and what is not replaced. */
#include "io/book_support.h"

static const char OPERATION[] = "key,value,note\nschema_version,1,ours\n";

static void expect_file(const char *folder, const char *name, const char *expected)
{
    char *text = text_of(folder, name);

    assert_string_equal(text, expected);
    free(text);
}

static void test_cells_stay_and_hashtags_are_added(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book =
        book_of("places",
                "id,name,population,mood\r\nupper,\"Upper, \"\"old\"\" town\",042,\"a\r\nb\"\r\n");

    add_csv(book, "operation", OPERATION);
    write_expecting(AB_OK, book, folder, "ops/", NULL, &err);
    expect_file(folder, "ops/places.csv",
                "id,name,population,mood\n#loc+code,#loc+name,#population,\n"
                "upper,\"Upper, \"\"old\"\" town\",042,\"a\nb\"\n");
    expect_file(folder, "ops/operation.csv", OPERATION);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_own_hashtags_are_kept(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("places", "id,name\n#loc+id,\nupper,Upper\n");

    add_csv(book, "diary", "day,what\n#date,#event\n2030-03-01,=1+1\n");
    write_expecting(AB_OK, book, folder, "ops", NULL, &err);
    expect_file(folder, "ops/places.csv", "id,name\n#loc+id,\nupper,Upper\n");
    expect_file(folder, "ops/diary.csv", "day,what\n#date,#event\n2030-03-01,=1+1\n");
    ab_book_free(book);
    remove_folder(folder);
}

/* What people called a table and its columns stays, beside the hashtags that say what they are. */
static void test_other_names_are_kept(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("Lieux", "Code,Nom,Humeur\nu,Ville,bonne\n");

    write_expecting(AB_OK, book, folder, "ops", NULL, &err);
    expect_file(folder, "ops/Lieux.csv", "Code,Nom,Humeur\n#loc+code,#loc+name,\nu,Ville,bonne\n");
    ab_book_free(book);
    remove_folder(folder);
}

static void test_the_version_is_said_once(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *without = book_of("operation", "note,key,value\nx,name,Valley\n");
    ab_book *none = book_of("places", "id\nupper\n");

    write_expecting(AB_OK, without, folder, "without", NULL, &err);
    expect_file(folder, "without/operation.csv",
                "note,key,value\nx,name,Valley\n,schema_version,1\n");
    write_expecting(AB_OK, none, folder, "none", NULL, &err);
    expect_file(folder, "none/operation.csv", "key,value\nschema_version,1\n");
    ab_book_free(without);
    ab_book_free(none);
    remove_folder(folder);
}

static void test_a_folder_with_other_files_is_left_alone(void **state)
{
    (void)state;
    static const char *const others[] = {"notes.txt", "links2.csv", ".git"};
    ab_book *book = book_of("places", "id\nupper\n");

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char *folder = make_folder();
        char *path = path_in(folder, others[i]);
        ab_error err = AB_ERROR_INIT;
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fclose(file), 0);
        write_expecting(AB_IO, book, folder, "", NULL, &err);
        assert_non_null(strstr(err.message, others[i]));
        assert_int_equal(access(path, F_OK), 0);
        free(path);
        remove_folder(folder);
    }
    ab_book_free(book);
}

static void test_a_folder_of_tables_is_replaced(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *before = book_of("wind", "lon_deg\n1\n"), *after = book_of("places", "id\nupper\n");

    write_expecting(AB_OK, before, folder, "ops", NULL, &err);
    write_expecting(AB_OK, after, folder, "ops", NULL, &err);
    char *old = path_in(folder, "ops/wind.csv");
    assert_int_equal(access(old, F_OK), -1);
    expect_file(folder, "ops/places.csv", "id\n#loc+code\nupper\n");
    free(old);
    ab_book_free(before);
    ab_book_free(after);
    remove_folder(folder);
}

/* Names of sheets come from other people's files. */
static void test_a_name_that_leads_elsewhere_is_refused(void **state)
{
    (void)state;
    char *folder = make_folder(), issue[512];
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("../places", "id\nupper\n");

    write_expecting(AB_FLAWED, book, folder, "ops", issue, &err);
    assert_non_null(strstr(issue, "../places"));
    char *path = path_in(folder, "ops");
    assert_int_equal(access(path, F_OK), -1);
    free(path);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_names_that_are_no_container_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"ops.xls", "ops.json", "places.csv", "ops.tar.gz"};
    char *folder = make_folder();
    ab_book *book = book_of("places", "id\nupper\n");

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ab_error err = AB_ERROR_INIT;
        write_expecting(AB_USAGE, book, folder, names[i], NULL, &err);
        assert_non_null(strstr(err.message, ".xlsx"));
    }
    ab_error err = AB_ERROR_INIT;
    write_expecting(AB_OK, book, folder, "ops.2016/", NULL, &err);
    ab_book_free(book);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_stay_and_hashtags_are_added),
        cmocka_unit_test(test_own_hashtags_are_kept),
        cmocka_unit_test(test_other_names_are_kept),
        cmocka_unit_test(test_the_version_is_said_once),
        cmocka_unit_test(test_a_folder_with_other_files_is_left_alone),
        cmocka_unit_test(test_a_folder_of_tables_is_replaced),
        cmocka_unit_test(test_a_name_that_leads_elsewhere_is_refused),
        cmocka_unit_test(test_names_that_are_no_container_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
