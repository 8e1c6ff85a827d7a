/* Addresses of PostgreSQL databases: postgresql://[USER@]HOST[:PORT]/DATABASE?schema=NAME */
#ifndef IO_PG_NAME_H
#define IO_PG_NAME_H

#include <stdbool.h>

#include "airbridge/io.h"
#include "base/arena.h"

typedef struct ab_pg_name {
    const char *shown;      /* the address, for messages: no password is in it */
    const char *connection; /* as GDAL's driver PostgreSQL takes it */
    const char *schema;     /* public where the address names none */
} ab_pg_name;

/* Is `path` meant to be such an address? */
bool ab__pg_is_name(const char *path);

/* Takes the address apart, into `arena`. Fails with USAGE where it is no address, where a password is in it
 * (all who share the machine see the words of a command; libpq finds passwords in ~/.pgpass), where it has settings
 * that could lead elsewhere, and where the server is on another machine without options->allow_network. What
 * PGHOST and PGHOSTADDR say counts, as libpq heeds them. */
ab_status ab__pg_name(const char *path, const ab_open_options *options, ab_arena *arena,
                      ab_pg_name *out, ab_error *err);

#endif
