/* Any parts as a workbook, XLSX or ODS. The input is a crude archive: a line "=== NAME" begins a part, what
 * follows is its content; it is packed here, so that the fuzzer need not find the sums of archives. */
#include <zlib.h>

#include "airbridge/operation.h"
#include "fuzz.h"
#include "io/read_workbook.h"
#include "sheets.h"

enum { PARTS_MOST = 40 };
static const char MARK[] = "=== ";

typedef struct part {
    const char *name, *text;
    size_t name_size, size, offset;
} part;

static void add_number(ab_buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        ab__buf_char(out, (char)(number >> 8 * i & 0xff));
}

/* What the header of a part and its entry in the directory share. */
static void add_common(ab_buf *out, const part *one)
{
    add_number(out, 20, 2); /* version */
    add_number(out, 0, 2);  /* flags */
    add_number(out, 0, 2);  /* stored */
    add_number(out, 0, 4);  /* time */
    add_number(out, (uint32_t)crc32(0, (const unsigned char *)one->text, (unsigned)one->size), 4);
    add_number(out, (uint32_t)one->size, 4);
    add_number(out, (uint32_t)one->size, 4);
    add_number(out, (uint32_t)one->name_size, 2);
    add_number(out, 0, 2); /* extra */
}

static void pack(part *parts, int count, ab_buf *out)
{
    for (int i = 0; i < count; i++) {
        parts[i].offset = out->size;
        add_number(out, 0x04034b50, 4);
        add_common(out, &parts[i]);
        ab__buf_add_n(out, parts[i].name, parts[i].name_size);
        ab__buf_add_n(out, parts[i].text, parts[i].size);
    }
    size_t directory = out->size;
    for (int i = 0; i < count; i++) {
        add_number(out, 0x02014b50, 4);
        add_number(out, 20, 2);
        add_common(out, &parts[i]);
        add_number(out, 0, 2); /* comment */
        add_number(out, 0, 4); /* disk, kind */
        add_number(out, 0, 4); /* rights */
        add_number(out, (uint32_t)parts[i].offset, 4);
        ab__buf_add_n(out, parts[i].name, parts[i].name_size);
    }
    size_t end = out->size;
    add_number(out, 0x06054b50, 4);
    add_number(out, 0, 4);
    add_number(out, (uint32_t)count, 2);
    add_number(out, (uint32_t)count, 2);
    add_number(out, (uint32_t)(end - directory), 4);
    add_number(out, (uint32_t)directory, 4);
    add_number(out, 0, 2);
}

/* Finds the parts; the text before the first is thrown away. */
static int split(const char *text, size_t size, part *parts)
{
    const char *end = text + size;
    int count = 0;

    for (const char *at = text; at < end && count < PARTS_MOST;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop != NULL ? stop : end) - at);
        if (length > strlen(MARK) && memcmp(at, MARK, strlen(MARK)) == 0 && length < 200)
            parts[count++] = (part){at + strlen(MARK), at + length + (stop != NULL ? 1 : 0),
                                    length - strlen(MARK), 0, 0};
        else if (count > 0)
            parts[count - 1].size += length + (stop != NULL ? 1 : 0);
        at += length + 1;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = text_of(data, size);
    part parts[PARTS_MOST];
    ab_buf bytes = AB_BUF_INIT;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(100);
    ab_book *book = ab__book_new();

    must(issues != NULL && book != NULL, "there is memory");
    pack(parts, split(text, size, parts), &bytes);
    must(!bytes.failed, "there is memory");
    ab_status status = ab__workbook_read("a.xlsx", &bytes, ab_input_schema(), book, issues, &err);
    must(status == AB_OK || status == AB_IO, "it is read, or refused");
    must((status == AB_OK) == (err.message[0] == '\0'), "a refusal has words");
    must(is_utf8(err.message), "words are UTF-8");
    check_book(book, issues);
    ab_book_free(book);
    ab_issues_free(issues);
    ab__buf_free(&bytes);
    free(text);
    return 0;
}
