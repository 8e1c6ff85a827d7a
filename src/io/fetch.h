/* Files of the web. */
#ifndef IO_FETCH_H
#define IO_FETCH_H

#include "airbridge/error.h"
#include "base/buf.h"

/* Fetches `address` (http or https) into `out`, which is empty; at most 1 GiB. `name` is for messages. Only
 * in a child that may talk to others. */
ab_status ab__fetch(const char *address, const char *name, ab_buf *out, ab_error *err);

#endif
