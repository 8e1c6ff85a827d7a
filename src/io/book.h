/* The containers that a book is read from. */
#ifndef IO_BOOK_H
#define IO_BOOK_H

#include <stdbool.h>

#include "airbridge/io.h"
#include "base/buf.h"

/* Adds a sheet for each NAME.csv in the folder at `path`, by name. Files that cannot be read are flaws, and
 * so are links that lead out of the folder unless `outside`. Fails with IO when the folder cannot be listed,
 * and NO_MEMORY. */
ab_status ab__folder_read(const char *path, bool outside, ab_book *book, ab_issues *issues,
                          ab_error *err);

/* Looks for the files that settings of `table` name in the folder: one that is missing is told, and a link that
 * leads out of it unless `outside`. false: out of memory. */
bool ab__folder_paths(const char *folder, const char *real_folder, bool outside,
                      const ab_table *table, const ab_book *book, ab_issues *issues);

/* Fails with IO when another program has the file at `path` open in a way that reading it, or putting
 * another in its place (`writing`), would lose or mix up what that program wrote. */
ab_status ab__gpkg_refuse_in_use(const char *path, bool writing, ab_error *err);

/* Do the bytes begin as those of an SQLite database do? */
bool ab__gpkg_begins(const ab_buf *bytes);
/* Fails with IO when the file is cut off, or holds what computes when it is read (io/gpkg_schema.h). */
ab_status ab__gpkg_prepare(const char *path, ab_buf *bytes, ab_error *err);

/* Adds a sheet for each table of the GeoPackage that matters: the tables of `schema` if it is read as a
 * `result`; else its in_ tables, without their prefix, if it has such, or all that it has. `path` is for
 * messages. Fails with IO when the file is damaged. */
ab_status ab__gpkg_read(const char *path, ab_buf *bytes, const ab_schema *schema, bool result,
                        ab_book *book, ab_issues *issues, ab_error *err);

/* Adds the tables of the result at `path` (`-`: standard input). */
ab_status ab__result_book(const char *path, const ab_open_options *options, ab_book *book,
                          ab_issues *issues, ab_error *err);

/* Fails with IO: what the bytes are instead of a container, and what to do about it. */
ab_status ab__refuse_foreign(const char *path, const ab_buf *bytes, ab_error *err);

/* Puts the map in the CSV file at `path` to use (map.h). Fails with IO when it cannot be read, and NO_MEMORY. */
ab_status ab__map_apply(const char *path, ab_book *book, ab_issues *issues, ab_error *err);

#endif
