/* What is written whole or not at all: it is made as ".NAME.part-XXXXXX" beside its place, locked by its
 * maker, and takes the place in one step once all of it is on the disk. A part that nobody holds was left
 * by a maker that was killed. Locks of NFS do not reach folders: there, leftovers stay. */
#ifndef IO_PART_H
#define IO_PART_H

#include <stdbool.h>

#include "airbridge/error.h"
#include "base/buf.h"

enum {
    AB_PART_NAME_KEPT = 200, /* bytes of NAME in a hidden name: names have at most 255 */
    AB_PART_RANDOM = 6       /* letters at its end */
};

/* Adds the name of a hidden file beside `path`: ".NAME" and then `ending`. */
void ab__name_beside(const char *path, const char *ending, ab_buf *out);

/* Adds the name of a part of `path`, `kind` being "part" or what else lies beside it, with X for each letter
 * that is not known yet. */
void ab__part_name(const char *path, const char *kind, ab_buf *out);

/* Makes a file or an empty folder of a name that the X in `name` make room for, for its owner alone, and
 * locks it for as long as it is open. -1: errno. */
int ab__part_file(char *name);
int ab__part_folder(char *name);

/* Calls `each` for everything that has a name like `part` and that nobody holds any more. */
void ab__parts_left(const char *part, void (*each)(void *context, const char *path), void *context);
/* Removes them. */
void ab__parts_remove(const char *part);
/* Removes a file, or a folder with the files in it, but not with folders. Links are not followed. */
void ab__part_remove(const char *path);

/* false: errno. */
bool ab__write_all(int fd, const void *bytes, size_t size);
/* Makes a renaming last through a power cut. A file system that cannot is no failure: by then what was
 * renamed is in its place. */
void ab__folder_sync(const char *folder);

/* Fails with IO for the reason that errno has. */
ab_status ab__cannot_write(const char *path, ab_error *err);

#endif
