/* The directory of a ZIP archive is judged before anything of it is unpacked. */
#include "io/zip_support.h"

static ab_status list(const ab_buf *bytes, ab_arena *arena, ab_zip *out, ab_error *err)
{
    *err = (ab_error)AB_ERROR_INIT;
    return ab__zip_list("w.xlsx", bytes, arena, out, err);
}

static void expect_refused(ab_buf bytes, const char *words)
{
    ab_arena *arena = ab__arena_new();
    ab_zip zip;
    ab_error err;

    assert_int_equal(list(&bytes, arena, &zip, &err), AB_IO);
    if (strstr(err.message, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, err.message);
    ab__arena_free(arena);
    ab__buf_free(&bytes);
}

static void parts_come_out_as_they_were_put_in(void **state)
{
    zip_part parts[] = {text_part("a.xml", "<a>first first first first</a>"),
                        text_part("folder/b.xml", "second"), text_part("empty", "")};
    ab_arena *arena = ab__arena_new();
    ab_zip zip;
    ab_error err;

    (void)state;
    parts[1].packed = false;
    ab_buf bytes = zip_of(parts, 3);
    assert_int_equal(list(&bytes, arena, &zip, &err), AB_OK);
    assert_int_equal(zip.count, 3);
    assert_null(ab__zip_find(&zip, "b.xml"));
    for (int i = 0; i < 3; i++) {
        const ab_zip_entry *entry = ab__zip_find(&zip, parts[i].name);
        ab_buf part = AB_BUF_INIT;
        assert_non_null(entry);
        assert_int_equal(ab__zip_unpack(&zip, entry, &part, &err), AB_OK);
        assert_int_equal(part.size, parts[i].size);
        assert_memory_equal(part.text, parts[i].bytes, part.size);
        ab__buf_free(&part);
    }
    ab__arena_free(arena);
    ab__buf_free(&bytes);
}

static void a_part_that_is_not_what_the_directory_says_is_refused(void **state)
{
    zip_part parts[] = {text_part("a.xml", "<a>first first first first</a>")};
    ab_arena *arena = ab__arena_new();
    ab_zip zip;
    ab_error err;

    (void)state;
    for (int claim = 0; claim < 2; claim++) {
        parts[0].claimed = claim == 0 ? 29 : 31; /* it has 30 */
        ab_buf bytes = zip_of(parts, 1), part = AB_BUF_INIT;
        assert_int_equal(list(&bytes, arena, &zip, &err), AB_OK);
        assert_int_equal(ab__zip_unpack(&zip, &zip.entry[0], &part, &err), AB_IO);
        assert_non_null(strstr(err.message, "part a.xml cannot be unpacked"));
        ab__buf_free(&part);
        ab__buf_free(&bytes);
    }
    ab__arena_free(arena);
}

static void archives_that_are_too_much_are_refused(void **state)
{
    enum { MANY = 10001 };
    zip_part bomb[] = {text_part("a.xml", "x"), text_part("b.xml", "x")};
    zip_part *many = calloc(MANY, sizeof *many);

    (void)state;
    bomb[0].claimed = 200u << 20;
    expect_refused(zip_of(bomb, 2), "made to fill the memory");
    zip_part pieces[11];
    for (int i = 0; i < 11; i++) {
        pieces[i] = text_part("a.xml", "x");
        pieces[i].claimed = 99u << 20; /* none of them suspicious by itself */
    }
    expect_refused(zip_of(pieces, 11), "more than 1 GiB");
    bomb[0].claimed = bomb[1].claimed = 0;
    bomb[1].flags = 1;
    expect_refused(zip_of(bomb, 2), "remove the password");
    assert_non_null(many);
    for (int i = 0; i < MANY; i++)
        many[i] = text_part("a", "");
    expect_refused(zip_of(many, MANY), "more than 10,000 parts");
    free(many);
}

/* Wherever a download was cut off, and whichever bit a disk turned. */
static void damage_is_told_and_harms_nobody(void **state)
{
    zip_part parts[] = {text_part("a.xml", "<a>first first</a>"), text_part("b.xml", "second")};
    ab_buf bytes = zip_of(parts, 2);
    uint64_t random = 1;

    (void)state;
    for (size_t size = 0; size < bytes.size; size++) {
        ab_buf cut = AB_BUF_INIT;
        ab__buf_add_n(&cut, bytes.text, size);
        expect_refused(cut, "damaged");
    }
    for (int i = 0; i < 20000; i++) {
        ab_arena *arena = ab__arena_new();
        ab_zip zip;
        ab_error err;
        size_t at = draw(&random) % bytes.size;
        char before = bytes.text[at];
        bytes.text[at] = (char)draw(&random);
        if (list(&bytes, arena, &zip, &err) == AB_OK)
            for (int32_t e = 0; e < zip.count; e++) {
                ab_buf part = AB_BUF_INIT;
                (void)ab__zip_unpack(&zip, &zip.entry[e], &part, &err);
                ab__buf_free(&part);
            }
        bytes.text[at] = before;
        ab__arena_free(arena);
    }
    ab__buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_come_out_as_they_were_put_in),
        cmocka_unit_test(a_part_that_is_not_what_the_directory_says_is_refused),
        cmocka_unit_test(archives_that_are_too_much_are_refused),
        cmocka_unit_test(damage_is_told_and_harms_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
