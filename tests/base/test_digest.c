#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/digest.h"
#include "base/draw.h"

static void assert_digest(const char *text, size_t repeats, const char *expected)
{
    ab_digest digest;
    char hex[65];
    ab__digest_start(&digest);
    for (size_t i = 0; i < repeats; i++)
        ab__digest_add(&digest, text, strlen(text));
    ab__digest_hex(&digest, hex);
    assert_string_equal(hex, expected);
}

/* NIST, "Examples with intermediate values": SHA-256; the empty and the long message from the NIST CAVP
 * test vectors and FIPS 180-2, appendix B.3. */
static void published_messages_have_their_published_digests(void **state)
{
    (void)state;
    assert_digest("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_digest(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmno"
        "pqrsmnopqrstnopqrstu",
        1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    assert_digest("aaaaaaaaaa", 100000,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void the_digest_does_not_depend_on_how_the_bytes_come(void **state)
{
    (void)state;
    unsigned char bytes[300];
    uint64_t draws = 1;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)draw_bits(&draws);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        ab_digest whole, pieces;
        char whole_hex[65], pieces_hex[65];
        ab__digest_start(&whole);
        ab__digest_add(&whole, bytes, size);
        ab__digest_hex(&whole, whole_hex);
        ab__digest_start(&pieces);
        for (size_t at = 0; at < size;) {
            size_t piece = draw_bits(&draws) % 70;
            piece = piece < size - at ? piece : size - at;
            ab__digest_add(&pieces, bytes + at, piece);
            at += piece;
        }
        ab__digest_hex(&pieces, pieces_hex);
        assert_string_equal(pieces_hex, whole_hex);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_messages_have_their_published_digests),
        cmocka_unit_test(the_digest_does_not_depend_on_how_the_bytes_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
