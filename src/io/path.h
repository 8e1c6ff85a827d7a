/* Names of files, for messages and for those who open them. */
#ifndef IO_PATH_H
#define IO_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "airbridge/error.h"
#include "base/arena.h"
#include "base/buf.h"

/* The part after the last '/': "b.gpkg" of "a/b.gpkg". */
const char *ab__path_name(const char *path);
/* The folder that `path` lies in, "." where none is named, added to `out`. */
void ab__path_folder(const char *path, ab_buf *out);

/* Does the file lie in the folder in fact, all links followed? */
bool ab__path_lies_in(const char *file, const char *real_folder);

/* The entries of a folder that are not hidden, by their bytes' order whatever the locale. Fails with
 * NO_MEMORY, or IO when the folder cannot be read. */
ab_status ab__folder_list(const char *folder, ab_arena *arena, const char *const **names,
                          int32_t *count, ab_error *err);

/* Fails with IO: nothing is there, and what there is of a similar name. Call when errno says why `path`
 * could not be opened. */
ab_status ab__path_missing(const char *path, ab_error *err);

/* Reads the whole file, or standard input for "-", added to `out`. Fails with IO or NO_MEMORY. */
ab_status ab__path_read(const char *path, ab_buf *out, ab_error *err);

#endif
