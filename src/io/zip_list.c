/* The directory of a ZIP archive. Numbers are little-endian. */
#include <inttypes.h>
#include <string.h>

#include "io/zip.h"

/* APPNOTE 4.3.16 and 4.3.12: offsets in the record that ends the directory, and in an entry of it. */
enum {
    END_SIZE = 22,
    END_COUNT = 10,
    END_LENGTH = 12,
    END_START = 16,
    END_COMMENT = 20,
    LOCATOR_SIZE = 20, /* 4.3.15, stands before the end where numbers are too large for it */
    END64_SIZE = 56,
    END64_COUNT = 32,
    END64_LENGTH = 40,
    END64_START = 48,
    ENTRY_SIZE = 46,
    ENTRY_FLAGS = 8,
    ENTRY_METHOD = 10,
    ENTRY_CRC = 16,
    ENTRY_PACKED = 20,
    ENTRY_UNPACKED = 24,
    ENTRY_NAME = 28,
    ENTRY_EXTRA = 30,
    ENTRY_COMMENT = 32,
    ENTRY_AT = 42,
    LOCAL_SIZE = 30, /* 4.3.7 */
    LOCAL_NAME = 26,
    LOCAL_EXTRA = 28,
    EXTRA_ZIP64 = 1, /* 4.5.3 */
    ENCRYPTED = 1,
    COMMENT_MAX = 65535
};

static const uint64_t UNPACKED_MAX = (uint64_t)1 << 30;
static const uint64_t SUSPICIOUS = (uint64_t)100 << 20, RATIO_MAX = 1000;

typedef struct directory {
    const char *path;
    const unsigned char *bytes;
    size_t size;
    uint64_t count, start, length;
    uint64_t unpacked; /* of the entries read so far */
    ab_arena *arena;
    ab_error *err;
} directory;

static uint64_t little_endian(const unsigned char *bytes, int size)
{
    uint64_t number = 0;
    for (int i = size - 1; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

static ab_status damaged(const directory *dir)
{
    return ab_fail(
        dir->err, AB_IO,
        "%s is damaged: the directory of its parts cannot be read; get it again, or save "
        "it again in the program that made it",
        dir->path);
}

bool ab__zip_begins(const ab_buf *bytes)
{
    return bytes->size >= 4 &&
           (memcmp(bytes->text, "PK\x03\x04", 4) == 0 || memcmp(bytes->text, "PK\x05\x06", 4) == 0);
}

/* Where the record is that ends the archive; -1: there is none. A comment may follow it. */
static int64_t find_end(const directory *dir)
{
    for (size_t comment = 0; comment <= COMMENT_MAX && END_SIZE + comment <= dir->size; comment++) {
        const unsigned char *at = dir->bytes + (dir->size - END_SIZE - comment);
        if (memcmp(at, "PK\x05\x06", 4) == 0 && little_endian(at + END_COMMENT, 2) == comment)
            return at - dir->bytes;
    }
    return -1;
}

static bool read_end(directory *dir)
{
    int64_t end = find_end(dir);

    if (end < 0)
        return false;
    const unsigned char *at = dir->bytes + end;
    dir->count = little_endian(at + END_COUNT, 2);
    dir->length = little_endian(at + END_LENGTH, 4);
    dir->start = little_endian(at + END_START, 4);
    if (end >= LOCATOR_SIZE && memcmp(at - LOCATOR_SIZE, "PK\x06\x07", 4) == 0) {
        uint64_t large = little_endian(at - LOCATOR_SIZE + 8, 8);
        if (large > dir->size || dir->size - large < END64_SIZE ||
            memcmp(dir->bytes + large, "PK\x06\x06", 4) != 0)
            return false;
        at = dir->bytes + large;
        dir->count = little_endian(at + END64_COUNT, 8);
        dir->length = little_endian(at + END64_LENGTH, 8);
        dir->start = little_endian(at + END64_START, 8);
    }
    return dir->start <= dir->size && dir->length <= dir->size - dir->start;
}

/* Numbers that do not fit into 32 bits stand in an extra field, in this order. */
static bool take_large(const unsigned char *extra, size_t size, uint64_t *numbers[3])
{
    while (size >= 4) {
        uint64_t kind = little_endian(extra, 2), length = little_endian(extra + 2, 2);
        if (length > size - 4)
            return false;
        if (kind == EXTRA_ZIP64) {
            const unsigned char *at = extra + 4;
            for (int i = 0; i < 3; i++) {
                if (*numbers[i] != UINT32_MAX)
                    continue;
                if (at + 8 > extra + 4 + length)
                    return false;
                *numbers[i] = little_endian(at, 8);
                at += 8;
            }
            return true;
        }
        extra += 4 + length;
        size -= 4 + (size_t)length;
    }
    return true;
}

/* The packed bytes stand behind a header of their own. */
static bool locate(const directory *dir, uint64_t at, ab_zip_entry *entry, uint64_t packed_size)
{
    if (at > dir->size || dir->size - at < LOCAL_SIZE)
        return false;
    const unsigned char *local = dir->bytes + at;
    uint64_t head =
        LOCAL_SIZE + little_endian(local + LOCAL_NAME, 2) + little_endian(local + LOCAL_EXTRA, 2);
    if (memcmp(local, "PK\x03\x04", 4) != 0 || dir->size - at < head ||
        dir->size - at - head < packed_size)
        return false;
    entry->packed = local + head;
    entry->packed_size = (size_t)packed_size;
    return true;
}

static ab_status judge(directory *dir, const char *name, uint64_t packed, uint64_t unpacked)
{
    if (unpacked > UNPACKED_MAX - dir->unpacked)
        return ab_fail(
            dir->err, AB_IO,
            "%s would unpack to more than 1 GiB: no workbook of an operation is so large",
            dir->path);
    if (unpacked > SUSPICIOUS && unpacked / RATIO_MAX > packed)
        return ab_fail(dir->err, AB_IO,
                       "%s holds %" PRIu64 " MiB packed into %" PRIu64
                       " KiB (%s): it is made to fill the memory of those who open it",
                       dir->path, unpacked >> 20, packed >> 10, name);
    dir->unpacked += unpacked;
    return AB_OK;
}

/* Reads the entry at *at and moves past it. */
static ab_status read_entry(directory *dir, const unsigned char **at, const unsigned char *end,
                            ab_zip_entry *entry)
{
    const unsigned char *head = *at;

    if (end - head < ENTRY_SIZE || memcmp(head, "PK\x01\x02", 4) != 0)
        return damaged(dir);
    size_t name = (size_t)little_endian(head + ENTRY_NAME, 2);
    size_t extra = (size_t)little_endian(head + ENTRY_EXTRA, 2);
    size_t all = ENTRY_SIZE + name + extra + (size_t)little_endian(head + ENTRY_COMMENT, 2);
    uint64_t packed = little_endian(head + ENTRY_PACKED, 4);
    uint64_t unpacked = little_endian(head + ENTRY_UNPACKED, 4);
    uint64_t start = little_endian(head + ENTRY_AT, 4);
    if ((size_t)(end - head) < all ||
        !take_large(head + ENTRY_SIZE + name, extra, (uint64_t *[]){&unpacked, &packed, &start}) ||
        !locate(dir, start, entry, packed) || memchr(head + ENTRY_SIZE, '\0', name) != NULL)
        return damaged(dir);
    if ((little_endian(head + ENTRY_FLAGS, 2) & ENCRYPTED) != 0)
        return ab_fail(dir->err, AB_IO,
                       "%s is encrypted: open it, remove the password, and save it again",
                       dir->path);
    entry->name = ab__arena_text_n(dir->arena, (const char *)head + ENTRY_SIZE, name);
    if (entry->name == NULL)
        return ab_fail(dir->err, AB_NO_MEMORY, "out of memory while %s was read", dir->path);
    entry->size = (size_t)unpacked;
    entry->crc = (uint32_t)little_endian(head + ENTRY_CRC, 4);
    entry->method = (uint16_t)little_endian(head + ENTRY_METHOD, 2);
    *at += all;
    return judge(dir, entry->name, packed, unpacked);
}

ab_status ab__zip_list(const char *path, const ab_buf *bytes, ab_arena *arena, ab_zip *out,
                       ab_error *err)
{
    directory dir = {.path = path,
                     .bytes = (const unsigned char *)ab__buf_text(bytes),
                     .size = bytes->size,
                     .arena = arena,
                     .err = err};

    *out = (ab_zip){.path = path};
    if (!read_end(&dir))
        return damaged(&dir);
    if (dir.count > AB_ZIP_ENTRIES_MAX)
        return ab_fail(err, AB_IO, "%s has more than 10,000 parts: it is no workbook", path);
    ab_zip_entry *entries = AB_NEW(arena, ab_zip_entry, dir.count);
    if (entries == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    const unsigned char *at = dir.bytes + dir.start, *end = at + dir.length;
    ab_status status = AB_OK;
    for (uint64_t i = 0; status == AB_OK && i < dir.count; i++)
        status = read_entry(&dir, &at, end, &entries[i]);
    out->entry = entries;
    out->count = (int32_t)dir.count;
    return status;
}

const ab_zip_entry *ab__zip_find(const ab_zip *zip, const char *name)
{
    for (int32_t i = 0; i < zip->count; i++)
        if (strcmp(zip->entry[i].name, name) == 0)
            return &zip->entry[i];
    return NULL;
}
