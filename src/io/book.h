/* The containers that a book is read from. */
#ifndef IO_BOOK_H
#define IO_BOOK_H

#include <stdbool.h>

#include "airbridge/schema.h"
#include "base/buf.h"

/* Adds a sheet for each NAME.csv in the folder at `path`, by name. Files that cannot be read are flaws, and
 * so are links that lead out of the folder unless `outside`. Fails with IO when the folder cannot be listed,
 * and NO_MEMORY. */
ab_status ab__folder_read(const char *path, bool outside, ab_book *book, ab_issues *issues, ab_error *err);

/* Fails with IO when another program has the file at `path` open in a way that reading it, or putting
 * another in its place (`writing`), would lose or mix up what that program wrote. */
ab_status ab__gpkg_refuse_in_use(const char *path, bool writing, ab_error *err);

/* The bytes of the GeoPackage at `path` (`-`: standard input). Fails with IO when it is no GeoPackage,
 * is in use, or holds what computes when it is read (io/gpkg_schema.h). */
ab_status ab__gpkg_load(const char *path, ab_buf *bytes, ab_error *err);

/* Adds a sheet for each in_ table of a result. `path` is for messages. Fails with IO when the file is
 * damaged or no result of Airbridge. */
ab_status ab__gpkg_read_input(const char *path, const ab_buf *bytes, ab_book *book,
                              ab_issues *issues, ab_error *err);

#endif
