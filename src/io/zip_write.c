#include "io/zip_write.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"

enum {
    LOCAL_HEADER = 0x04034b50,
    CENTRAL_HEADER = 0x02014b50,
    END_OF_DIRECTORY = 0x06054b50,
    VERSION = 20,           /* folders and deflate */
    FIRST_DAY = 1 << 5 | 1, /* 1980-01-01: an archive must not tell when it was made */
    STORED = 0,
    DEFLATED = 8,
    NO_ZLIB_HEADER = -15, /* and the largest window */
    MEMORY_LEVEL = 8
};

static void add_number(ab_buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        ab__buf_char(out, (char)(number >> (8 * i) & 0xff));
}

/* What the headers of a part have in common, from the version that is needed on. */
static void add_common(ab_buf *out, const char *name, uint16_t method, uint32_t crc,
                       uint32_t packed, uint32_t size)
{
    add_number(out, VERSION, 2);
    add_number(out, 0, 2); /* flags */
    add_number(out, method, 2);
    add_number(out, 0, 2); /* time */
    add_number(out, FIRST_DAY, 2);
    add_number(out, crc, 4);
    add_number(out, packed, 4);
    add_number(out, size, 4);
    add_number(out, (uint32_t)strlen(name), 2);
    add_number(out, 0, 2); /* extra fields */
}

/* The packed bytes, freed by the caller; NULL: out of memory. */
static void *pack(const void *bytes, size_t size, size_t *packed_size)
{
    z_stream stream = {.zalloc = Z_NULL};

    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, NO_ZLIB_HEADER, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    size_t most = deflateBound(&stream, (uLong)size);
    void *packed = ab__realloc(NULL, most);
    bool done = false;
    if (packed != NULL) {
        stream.next_in = (z_const Bytef *)bytes;
        stream.avail_in = (uInt)size;
        stream.next_out = packed;
        stream.avail_out = (uInt)most;
        done = most <= UINT32_MAX && deflate(&stream, Z_FINISH) == Z_STREAM_END;
        *packed_size = stream.total_out;
    }
    (void)deflateEnd(&stream);
    if (!done) {
        free(packed);
        packed = NULL;
    }
    return packed;
}

void ab__zip_add(ab_zip_writer *zip, const char *name, const void *bytes, size_t size, bool packed)
{
    size_t at = zip->out->size, part_size = size;
    void *part = NULL;

    if (packed && size <= UINT32_MAX)
        part = pack(bytes, size, &part_size);
    if ((packed && part == NULL) || size > UINT32_MAX || at > UINT32_MAX - part_size) {
        free(part);
        zip->out->failed = true;
        return;
    }
    uint16_t method = packed ? DEFLATED : STORED;
    uint32_t crc = (uint32_t)crc32_z(crc32_z(0, Z_NULL, 0), bytes, size);
    add_number(zip->out, LOCAL_HEADER, 4);
    add_common(zip->out, name, method, crc, (uint32_t)part_size, (uint32_t)size);
    ab__buf_add(zip->out, name);
    ab__buf_add_n(zip->out, part != NULL ? part : bytes, part_size);
    add_number(&zip->directory, CENTRAL_HEADER, 4);
    add_number(&zip->directory, VERSION, 2); /* made by */
    add_common(&zip->directory, name, method, crc, (uint32_t)part_size, (uint32_t)size);
    add_number(&zip->directory, 0, 2); /* remark */
    add_number(&zip->directory, 0, 2); /* disk */
    add_number(&zip->directory, 0, 2); /* attributes */
    add_number(&zip->directory, 0, 4);
    add_number(&zip->directory, (uint32_t)at, 4);
    ab__buf_add(&zip->directory, name);
    zip->count++;
    free(part);
}

void ab__zip_end(ab_zip_writer *zip)
{
    size_t at = zip->out->size;

    ab__buf_add_n(zip->out, ab__buf_text(&zip->directory), zip->directory.size);
    add_number(zip->out, END_OF_DIRECTORY, 4);
    add_number(zip->out, 0, 2); /* disks */
    add_number(zip->out, 0, 2);
    add_number(zip->out, zip->count, 2);
    add_number(zip->out, zip->count, 2);
    add_number(zip->out, (uint32_t)zip->directory.size, 4);
    add_number(zip->out, (uint32_t)at, 4);
    add_number(zip->out, 0, 2); /* remark */
    zip->out->failed =
        zip->out->failed || zip->directory.failed || at > UINT32_MAX - zip->directory.size;
    ab__buf_free(&zip->directory);
}
