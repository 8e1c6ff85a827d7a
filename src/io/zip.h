/* ZIP archives, as workbooks are (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4): what their directory says,
 * judged before anything is unpacked. */
#ifndef IO_ZIP_H
#define IO_ZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "airbridge/error.h"
#include "base/arena.h"
#include "base/buf.h"

enum { AB_ZIP_ENTRIES_MAX = 10000 };

/* A part of the archive. Its packed bytes lie within the archive. */
typedef struct ab_zip_entry {
    const char *name;
    const unsigned char *packed;
    size_t packed_size, size;
    uint32_t crc;
    uint16_t method;
} ab_zip_entry;

typedef struct ab_zip {
    const char *path; /* for messages */
    const ab_zip_entry *entry;
    int32_t count;
} ab_zip;

/* Do the bytes begin as those of an archive do? */
bool ab__zip_begins(const ab_buf *bytes);

/* Reads the directory into `arena`. Fails with IO when it is damaged, when a part is encrypted, and when the
 * archive would unpack to more than any real workbook: over 1 GiB, more than AB_ZIP_ENTRIES_MAX parts, or a
 * part of over 100 MiB that is packed more than a thousand times smaller. */
ab_status ab__zip_list(const char *path, const ab_buf *bytes, ab_arena *arena, ab_zip *out,
                       ab_error *err);

/* NULL: there is none of this name. */
const ab_zip_entry *ab__zip_find(const ab_zip *zip, const char *name);

/* Unpacks one part into `out`, which is empty; fails with IO where its bytes are not those that the
 * directory promises. */
ab_status ab__zip_unpack(const ab_zip *zip, const ab_zip_entry *entry, ab_buf *out, ab_error *err);

#endif
