/* PostgreSQL databases as books. */
#ifndef IO_READ_POSTGRES_H
#define IO_READ_POSTGRES_H

#include "io/pg_name.h"

/* Adds a sheet for each table of the schema that `name` says: those that `schema` has or that we made; others are
 * told. All as it was at one moment. A row's line is its number where the table has a whole number for its
 * key, else the place in which the database gives it. Fails with IO where the database cannot be reached or
 * does not let us read. Only in a child that may talk to others. */
ab_status ab__postgres_read(const ab_pg_name *name, const ab_schema *schema, ab_book *book,
                            ab_issues *issues, ab_error *err);

#endif
