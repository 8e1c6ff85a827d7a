/* Parts of a ZIP archive, unpacked by zlib. */
#include <string.h>
#include <zlib.h>

#include "io/zip.h"

enum { STORED = 0, DEFLATED = 8, RAW = -15 /* zlib: no header, the largest window */ };

/* Exactly `entry->size` bytes, or false. */
static bool inflate_into(const ab_zip_entry *entry, char *out)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)entry->packed,
                       .avail_in = (uInt)entry->packed_size,
                       .next_out = (Bytef *)out,
                       .avail_out = (uInt)entry->size};

    if (inflateInit2(&stream, RAW) != Z_OK)
        return false;
    int end = inflate(&stream, Z_FINISH);
    (void)inflateEnd(&stream);
    return end == Z_STREAM_END && stream.total_out == entry->size;
}

static bool unpack(const ab_zip_entry *entry, char *out)
{
    if (entry->method == DEFLATED)
        return inflate_into(entry, out);
    if (entry->method != STORED || entry->packed_size != entry->size)
        return false;
    memcpy(out, entry->packed, entry->size);
    return true;
}

ab_status ab__zip_unpack(const ab_zip *zip, const ab_zip_entry *entry, ab_buf *out, ab_error *err)
{
    /* The directory's limits keep both sizes far below 4 GiB. */
    out->text = ab__realloc(NULL, entry->size + 1);
    if (out->text == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", zip->path);
    out->cap = entry->size + 1;
    out->size = entry->size;
    out->text[entry->size] = '\0';
    if (!unpack(entry, out->text) ||
        crc32(crc32(0, Z_NULL, 0), (const Bytef *)out->text, (uInt)out->size) != entry->crc)
        return ab_fail(err, AB_IO, "%s is damaged: its part %s cannot be unpacked", zip->path,
                       entry->name);
    return AB_OK;
}
