/* ZIP archives and workbooks made by hand. */
#ifndef TESTS_IO_ZIP_SUPPORT_H
#define TESTS_IO_ZIP_SUPPORT_H

#include "io/support.h"

#include <zlib.h>

#include "airbridge/io.h"
#include "io/read_workbook.h"
#include "schema/book.h"

/* A part as it is put into an archive; `packed` deflates it. */
typedef struct zip_part {
    const char *name;
    const void *bytes;
    size_t size;
    bool packed;
    uint32_t claimed; /* size that the directory tells instead; 0: the true one */
    uint16_t flags;
} zip_part;

static inline void put_little_endian(ab_buf *out, uint64_t number, int size)
{
    for (int i = 0; i < size; i++)
        ab__buf_char(out, (char)(number >> (8 * i) & 0xFF));
}

static inline ab_buf deflated(const void *bytes, size_t size)
{
    ab_buf out = AB_BUF_INIT;
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size};
    char chunk[65536];
    int step;

    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
    do {
        stream.next_out = (Bytef *)chunk;
        stream.avail_out = sizeof chunk;
        step = deflate(&stream, Z_FINISH);
        ab__buf_add_n(&out, chunk, sizeof chunk - stream.avail_out);
    } while (step == Z_OK);
    assert_int_equal(step, Z_STREAM_END);
    (void)deflateEnd(&stream);
    return out;
}

/* What a part's own header and its entry of the directory have in common. */
static inline void put_facts(ab_buf *out, const zip_part *part, size_t packed_size)
{
    put_little_endian(out, 20, 2);
    put_little_endian(out, part->flags, 2);
    put_little_endian(out, part->packed ? 8 : 0, 2);
    put_little_endian(out, 0x00210000, 4); /* 1980-01-01 */
    put_little_endian(out, crc32(crc32(0, Z_NULL, 0), part->bytes, (uInt)part->size), 4);
    put_little_endian(out, packed_size, 4);
    put_little_endian(out, part->claimed != 0 ? part->claimed : part->size, 4);
    put_little_endian(out, strlen(part->name), 2);
    put_little_endian(out, 0, 2);
}

static inline ab_buf zip_of(const zip_part *parts, int count)
{
    ab_buf out = AB_BUF_INIT, directory = AB_BUF_INIT;

    for (int i = 0; i < count; i++) {
        const zip_part *part = &parts[i];
        size_t at = out.size;
        ab_buf packed = AB_BUF_INIT;
        if (part->packed)
            packed = deflated(part->bytes, part->size);
        else
            ab__buf_add_n(&packed, part->bytes, part->size);
        ab__buf_add_n(&out, "PK\x03\x04", 4);
        put_facts(&out, part, packed.size);
        ab__buf_add(&out, part->name);
        ab__buf_add_n(&out, packed.text, packed.size);
        ab__buf_add_n(&directory, "PK\x01\x02", 4);
        put_little_endian(&directory, 20, 2);
        put_facts(&directory, part, packed.size);
        put_little_endian(&directory, 0, 8); /* no comment, disk 0, no attributes */
        put_little_endian(&directory, 0, 2);
        put_little_endian(&directory, at, 4);
        ab__buf_add(&directory, part->name);
        ab__buf_free(&packed);
    }
    size_t start = out.size;
    ab__buf_add_n(&out, directory.text, directory.size);
    ab__buf_add_n(&out, "PK\x05\x06", 4);
    put_little_endian(&out, 0, 4);
    put_little_endian(&out, (uint64_t)count, 2);
    put_little_endian(&out, (uint64_t)count, 2);
    put_little_endian(&out, directory.size, 4);
    put_little_endian(&out, start, 4);
    put_little_endian(&out, 0, 2);
    ab__buf_free(&directory);
    assert_false(out.failed);
    return out;
}

static inline zip_part text_part(const char *name, const char *text)
{
    return (zip_part){.name = name, .bytes = text, .size = strlen(text), .packed = true};
}

/* A book that was read, and its issues: "CODE LINE column found" each on a line. */
typedef struct workbook_world {
    ab_book *book;
    ab_issues *issues;
    ab_buf told;
    ab_error err;
    ab_status status;
} workbook_world;

static inline workbook_world read_workbook(const ab_buf *bytes)
{
    workbook_world in = {ab__book_new(), ab_issues_new(0), AB_BUF_INIT, AB_ERROR_INIT, AB_OK};

    in.status = ab__workbook_read("w.xlsx", bytes, ab_input_schema(), in.book, in.issues, &in.err);
    for (int32_t i = 0; i < ab_issues_count(in.issues); i++) {
        const ab_issue *issue = ab_issues_at(in.issues, i);
        ab__buf_printf(&in.told, "%s%s %d %s", i > 0 ? "\n" : "", ab_issue_name(issue->code),
                       (int)issue->line, issue->column);
    }
    return in;
}

static inline void end_workbook(workbook_world *in)
{
    ab_book_free(in->book);
    ab_issues_free(in->issues);
    ab__buf_free(&in->told);
}

/* Whichever allocation fails, reading says so or needs it not. */
static inline void expect_to_bear_want_of_memory(const ab_buf *bytes)
{
    ab_status status = AB_NO_MEMORY;
    int64_t n = 0;

    while (status != AB_OK) {
        ab_book *book = ab__book_new();
        ab_issues *issues = ab_issues_new(0);
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(++n);
        status = ab__workbook_read("w.xlsx", bytes, ab_input_schema(), book, issues, &err);
        ab__fail_allocation(0);
        if (status != AB_OK && status != AB_NO_MEMORY)
            fail_msg("allocation %d: %s", (int)n, err.message);
        ab_issues_free(issues);
        ab_book_free(book);
    }
    assert_true(n > 3);
}

/* The sheet as text: its header, and its rows behind their lines, cells between bars. */
static inline void expect_sheet(const workbook_world *in, const char *name, const char *expected)
{
    const ab_sheet *sheet = ab_book_find(in->book, name);
    ab_buf text = AB_BUF_INIT;

    assert_non_null(sheet);
    ab__buf_printf(&text, "%d:", (int)sheet->header_line);
    for (int32_t c = 0; c < sheet->column_count; c++)
        ab__buf_printf(&text, "%s|", sheet->header[c]);
    for (int64_t r = 0; r < sheet->row_count; r++) {
        ab__buf_printf(&text, "\n%d:", (int)sheet->line[r]);
        for (int32_t c = 0; c < sheet->column_count; c++)
            ab__buf_printf(&text, "%s|", sheet->cells[r * sheet->column_count + c]);
    }
    assert_string_equal(ab__buf_text(&text), expected);
    ab__buf_free(&text);
}

#endif
