/* ZIP archives in the making (PKWARE's APPNOTE 6.3), without dates and without extra fields, which ODF forbids
 * in the part that names its format. */
#ifndef IO_ZIP_WRITE_H
#define IO_ZIP_WRITE_H

#include <stdint.h>

#include "base/buf.h"

typedef struct ab_zip_writer {
    ab_buf *out;      /* the archive; `failed` where memory ran out or 4 GiB were not enough */
    ab_buf directory; /* stands at its end */
    uint16_t count;
} ab_zip_writer;

/* Adds a part, packed or as it is. */
void ab__zip_add(ab_zip_writer *zip, const char *name, const void *bytes, size_t size, bool packed);

/* Ends the archive, and the writer. */
void ab__zip_end(ab_zip_writer *zip);

#endif
