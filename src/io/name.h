/* What the name of a container means, and what it may not mean. Only names of files, addresses of databases and,
 * if allowed, of the web get further; no name ever reaches GDAL, which would open archives, servers and
 * programs' memory by them. */
#ifndef IO_NAME_H
#define IO_NAME_H

#include "airbridge/io.h"
#include "base/buf.h"

typedef enum ab_name_kind { AB_NAME_FILE, AB_NAME_URL, AB_NAME_DATABASE } ab_name_kind;

/* Fails with USAGE for any other name, saying why. */
ab_status ab__name_judge(const char *path, const ab_open_options *options, ab_name_kind *out,
                         ab_error *err);

/* Adds the name as it may be shown: see ab_name_shown. */
void ab__name_shown(const char *path, ab_buf *out);

#endif
