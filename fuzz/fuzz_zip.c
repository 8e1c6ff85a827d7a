/* Any bytes as a ZIP archive: every part that is promised lies within the bytes, and unpacks to what is promised
 * or not at all. */
#include <zlib.h>

#include "fuzz.h"
#include "io/zip.h"

enum { UNPACKED_MOST = 1 << 20 }; /* larger ones only cost time */

static void check_entry(const ab_zip *zip, const ab_zip_entry *entry, const ab_buf *bytes)
{
    const unsigned char *begin = (const unsigned char *)bytes->text;
    ab_error err = AB_ERROR_INIT;
    ab_buf out = AB_BUF_INIT;

    must(entry->packed >= begin && entry->packed_size <= bytes->size &&
             (size_t)(entry->packed - begin) <= bytes->size - entry->packed_size,
         "a part lies within the archive");
    must(ab__zip_find(zip, entry->name) != NULL, "a part is found by its name");
    if (entry->size > UNPACKED_MOST)
        return;
    ab_status status = ab__zip_unpack(zip, entry, &out, &err);
    must(status == AB_OK || status == AB_IO, "it is unpacked, or refused");
    if (status == AB_OK) {
        must(out.size == entry->size, "a part is as long as promised");
        must(crc32(0, (const unsigned char *)out.text, (unsigned)out.size) == entry->crc,
             "a part has the sum that was promised");
    }
    ab__buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_arena *arena = ab__arena_new();
    ab_error err = AB_ERROR_INIT;
    ab_buf bytes = AB_BUF_INIT;
    ab_zip zip;

    ab__buf_add_n(&bytes, (const char *)data, size);
    must(arena != NULL && !bytes.failed, "there is memory");
    if (size > 0 && ab__zip_begins(&bytes)) {
        ab_status status = ab__zip_list("a.xlsx", &bytes, arena, &zip, &err);
        must(status == AB_OK || status == AB_IO, "it is listed, or refused");
        must((status == AB_OK) == (err.message[0] == '\0'), "a refusal has words");
        for (int32_t i = 0; status == AB_OK && i < zip.count; i++)
            check_entry(&zip, &zip.entry[i], &bytes);
    }
    ab__buf_free(&bytes);
    ab__arena_free(arena);
    return 0;
}
