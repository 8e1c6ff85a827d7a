/* Folders that are written whole or not at all. */
#ifndef IO_FOLDER_WRITE_H
#define IO_FOLDER_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "airbridge/schema.h"

typedef struct ab_folder_file {
    const char *name; /* without a folder */
    const void *bytes;
    size_t size;
} ab_folder_file;

/* Makes the folder `path` with these files and no others, for its owner alone. At any moment, a power cut
 * included, `path` is the old folder or the new one, whole (on file systems that cannot exchange two names it
 * may be missing for a moment; the next call brings the old one back). Fails with IO and leaves the old folder
 * alone when it holds anything but files of the new names and tables of `schema` (folder_ours.h), when `path` is a link,
 * or when it is the folder that the process works in. */
ab_status ab__folder_write(const char *path, const ab_folder_file *files, int32_t count,
                           const ab_schema *schema, ab_error *err);

#endif
