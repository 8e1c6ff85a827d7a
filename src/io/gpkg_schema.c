/* The table sqlite_schema, read by hand: SQLite's database file format, sections 1.3, 1.5, 1.6 and 2.1. */
#include "io/gpkg_schema.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "io/sql_words.h"

enum {
    PAGE_SIZE_AT = 16,
    RESERVED_AT = 20,
    ENCODING_AT = 56,
    UTF8 = 1,
    FIRST_HEADER = 100, /* of page 1: the file's header stands before its own */
    LEAF = 13,
    INTERIOR = 5,
    DEPTH_MAX = 20,
    ENTRIES_MAX = 10000,
    SQL_MAX = 1 << 20, /* bytes of one entry; declarations of ours have less than 10,000 */
};

typedef struct schema_reader {
    const unsigned char *bytes;
    size_t size, page_size, usable;
    const char *path;
    ab_arena *work;
    int32_t entries;
    ab_error *err;
} schema_reader;

/* An entry of the schema; its texts lie in the arena. */
typedef struct schema_entry {
    const char *type, *name, *sql;
} schema_entry;

static ab_status damaged(const schema_reader *reader)
{
    return ab_fail(reader->err, AB_IO, "%s is damaged: its list of tables cannot be read",
                   reader->path);
}

static size_t big_endian(const unsigned char *bytes, int size)
{
    size_t number = 0;
    for (int i = 0; i < size; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* NULL: no such page. */
static const unsigned char *page_at(const schema_reader *reader, size_t number)
{
    if (number == 0 || number > reader->size / reader->page_size)
        return NULL;
    return reader->bytes + (number - 1) * reader->page_size;
}

/* A number of 1 to 9 bytes at *at, which moves past it; false: it does not end before `end`. */
static bool varint(const unsigned char **at, const unsigned char *end, uint64_t *out)
{
    uint64_t number = 0;
    for (int i = 0; i < 9 && *at < end; i++) {
        unsigned char byte = *(*at)++;
        if (i == 8) {
            *out = number << 8 | byte;
            return true;
        }
        number = number << 7 | (byte & 0x7fu);
        if ((byte & 0x80u) == 0) {
            *out = number;
            return true;
        }
    }
    return false;
}

/* ---- Entries ---------------------------------------------------------------------------------- */

static ab_status refuse(const schema_reader *reader, const schema_entry *entry, const char *what)
{
    return ab_fail(reader->err, AB_IO,
                   "%s holds what computes when it is read: %s is no plain table but %s; remove "
                   "it, or export the tables into a new file",
                   reader->path, entry->name, what);
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Names of the triggers that keep up the indexes and counts of a GeoPackage (its extensions
 * gpkg_rtree_index, and GDAL's gpkg_ogr_contents), and of those that the format itself asks for. */
static bool is_usual_trigger(const schema_entry *entry)
{
    static const char *const names[] = {"rtree_", "gpkg_", "trigger_insert_feature_count_",
                                        "trigger_delete_feature_count_"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (begins(entry->name, names[i]))
            return true;
    return false;
}

/* Triggers run when a file is written, and nobody writes here; but a file with foreign ones is not ours. */
static ab_status judge(const schema_reader *reader, const schema_entry *entry)
{
    if (strcmp(entry->type, "index") == 0)
        return AB_OK;
    if (strcmp(entry->type, "trigger") == 0)
        return is_usual_trigger(entry) ? AB_OK : refuse(reader, entry, "a trigger");
    if (strcmp(entry->type, "view") == 0)
        return refuse(reader, entry, "a view");
    if (strcmp(entry->type, "table") != 0)
        return damaged(reader);
    switch (ab__sql_table_kind(entry->sql)) {
    case AB_SQL_PLAIN:
        return AB_OK;
    case AB_SQL_MAP_INDEX:
        return begins(entry->name, "rtree_") ? AB_OK : refuse(reader, entry, "a virtual table");
    case AB_SQL_VIRTUAL:
        return refuse(reader, entry, "a virtual table");
    case AB_SQL_COMPUTED:
        return refuse(reader, entry, "a table with a computed column");
    case AB_SQL_OTHER:
        break;
    }
    return refuse(reader, entry, "something else");
}

/* The bytes of a value of this serial type (section 2.1). */
static uint64_t value_size(uint64_t type)
{
    static const unsigned char sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    return type < 12 ? sizes[type] : (type - 12) / 2;
}

/* Judges a record: type, name, tbl_name, rootpage, sql. */
static ab_status judge_record(schema_reader *reader, const unsigned char *record, size_t size)
{
    enum { TYPE, NAME, TABLE, ROOT, SQL, VALUES };
    const unsigned char *at = record, *end = record + size;
    const char *text[VALUES] = {"", "", "", "", ""};
    uint64_t header, types[VALUES];

    if (!varint(&at, end, &header) || header > size)
        return damaged(reader);
    for (int i = 0; i < VALUES; i++)
        if (!varint(&at, record + header, &types[i]))
            return damaged(reader);
    const unsigned char *value = record + header;
    for (int i = 0; i < VALUES; i++) {
        uint64_t bytes = value_size(types[i]);
        bool is_text = types[i] >= 13 && types[i] % 2 == 1;
        if (bytes > (uint64_t)(end - value) || (i != ROOT && !is_text && types[i] != 0))
            return damaged(reader);
        if (is_text && (memchr(value, '\0', (size_t)bytes) != NULL ||
                        ab__utf8_bad((const char *)value, (size_t)bytes) < bytes))
            return damaged(reader);
        if (is_text)
            text[i] = ab__arena_text_n(reader->work, (const char *)value, (size_t)bytes);
        if (text[i] == NULL)
            return ab_fail(reader->err, AB_NO_MEMORY, "out of memory while %s was read",
                           reader->path);
        value += bytes;
    }
    return judge(reader, &(schema_entry){text[TYPE], text[NAME], text[SQL]});
}

/* Puts together a cell's payload of `size` bytes, of which the page has the first ones (section 1.6). */
static ab_status judge_cell(schema_reader *reader, const unsigned char *at,
                            const unsigned char *page_end)
{
    uint64_t size, row;
    if (++reader->entries > ENTRIES_MAX || !varint(&at, page_end, &size) ||
        !varint(&at, page_end, &row) || size > SQL_MAX)
        return damaged(reader);
    size_t usable = reader->usable, most = usable - 35, least = (usable - 12) * 32 / 255 - 23;
    size_t spill = least + ((size_t)size - least) % (usable - 4);
    size_t here = size <= most ? (size_t)size : spill <= most ? spill : least;
    if ((size_t)(page_end - at) < here + (here < size ? 4 : 0))
        return damaged(reader);
    unsigned char *record = AB_NEW(reader->work, unsigned char, size);
    if (record == NULL)
        return ab_fail(reader->err, AB_NO_MEMORY, "out of memory while %s was read", reader->path);
    memcpy(record, at, here);
    size_t next = here < size ? big_endian(at + here, 4) : 0;
    for (size_t done = here; done < size;) {
        const unsigned char *page = page_at(reader, next);
        size_t part = size - done < usable - 4 ? (size_t)size - done : usable - 4;
        if (page == NULL)
            return damaged(reader);
        memcpy(record + done, page + 4, part);
        done += part;
        next = big_endian(page, 4);
    }
    return judge_record(reader, record, (size_t)size);
}

static ab_status judge_page(schema_reader *reader, size_t number, int depth)
{
    const unsigned char *page = page_at(reader, number);
    if (page == NULL || depth > DEPTH_MAX || ++reader->entries > ENTRIES_MAX)
        return damaged(reader);
    const unsigned char *header = page + (number == 1 ? FIRST_HEADER : 0);
    bool leaf = header[0] == LEAF;
    size_t cells = big_endian(header + 3, 2);
    const unsigned char *pointers = header + (leaf ? 8 : 12), *end = page + reader->usable;
    if ((!leaf && header[0] != INTERIOR) || (size_t)(end - pointers) < 2 * cells)
        return damaged(reader);
    ab_status status = AB_OK;
    for (size_t i = 0; i < cells && status == AB_OK; i++) {
        size_t offset = big_endian(pointers + 2 * i, 2);
        if (offset + 4 > reader->usable)
            return damaged(reader);
        status = leaf ? judge_cell(reader, page + offset, end)
                      : judge_page(reader, big_endian(page + offset, 4), depth + 1);
    }
    if (status == AB_OK && !leaf)
        status = judge_page(reader, big_endian(header + 8, 4), depth + 1);
    return status;
}

ab_status ab__gpkg_refuse_computed(const char *path, const ab_buf *bytes, ab_error *err)
{
    const unsigned char *file = (const unsigned char *)bytes->text;
    size_t page_size = big_endian(file + PAGE_SIZE_AT, 2);
    schema_reader reader = {.bytes = file, .size = bytes->size, .path = path, .err = err};

    reader.page_size = page_size == 1 ? 65536 : page_size;
    /* Section 1.3.4: at least 480 bytes of a page are usable. */
    if (reader.page_size < 512 || (reader.page_size & (reader.page_size - 1)) != 0 ||
        reader.page_size - file[RESERVED_AT] < 480 || reader.size < reader.page_size)
        return damaged(&reader);
    reader.usable = reader.page_size - file[RESERVED_AT];
    if (big_endian(file + ENCODING_AT, 4) != UTF8)
        return ab_fail(err, AB_IO,
                       "%s keeps its texts in UTF-16: export the tables into a new GeoPackage",
                       path);
    reader.work = ab__arena_new();
    ab_status status = reader.work == NULL
                           ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path)
                           : judge_page(&reader, 1, 0);
    ab__arena_free(reader.work);
    return status;
}
