/* Any bytes as what a child sends that a hostile file may have taken over: what is taken is a sound book, and
 * comes through a second wire as it is. */
#include "base/buf.h"
#include "fuzz.h"
#include "io/book_wire.h"
#include "sheets.h"

typedef struct wire_bytes {
    const uint8_t *at;
    size_t left;
} wire_bytes;

static bool take(void *context, void *bytes, size_t size)
{
    wire_bytes *from = context;

    if (size > from->left)
        return false;
    if (size > 0)
        memcpy(bytes, from->at, size);
    from->at += size;
    from->left -= size;
    return true;
}

static bool put(void *context, void *bytes, size_t size)
{
    ab_buf *to = context;

    ab__buf_add_n(to, bytes, size);
    return !to->failed;
}

typedef struct received {
    ab_book *book;
    ab_issues *issues;
    ab_error ended;
    ab_wire_end end;
} received;

static received receive(const uint8_t *data, size_t size)
{
    wire_bytes from = {data, size};
    received got = {ab__book_new(), ab_issues_new(0), AB_ERROR_INIT, AB_WIRE_TORN};

    must(got.book != NULL && got.issues != NULL, "there is memory");
    got.end = ab__wire_receive(&(ab_wire){take, &from}, got.book, got.issues, &got.ended);
    must(got.end != AB_WIRE_NO_MEMORY, "no more is asked for than came");
    must(is_utf8(got.ended.message), "words are UTF-8");
    check_book(got.book, got.issues);
    return got;
}

static void forget(received *got)
{
    ab_book_free(got->book);
    ab_issues_free(got->issues);
}

static void check_again(const received *first)
{
    ab_buf bytes = AB_BUF_INIT, more = AB_BUF_INIT;

    must(ab__wire_send(&(ab_wire){put, &bytes}, first->book, first->issues, &first->ended),
         "it is sent");
    received second = receive((const uint8_t *)bytes.text, bytes.size);
    must(second.end == AB_WIRE_WHOLE, "what we send is whole");
    must(ab__wire_send(&(ab_wire){put, &more}, second.book, second.issues, &second.ended),
         "it is sent again");
    must(bytes.size == more.size && memcmp(bytes.text, more.text, bytes.size) == 0,
         "nothing changes on the way");
    forget(&second);
    ab__buf_free(&bytes);
    ab__buf_free(&more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    received got = receive(data, size);

    if (got.end == AB_WIRE_WHOLE)
        check_again(&got);
    forget(&got);
    return 0;
}
