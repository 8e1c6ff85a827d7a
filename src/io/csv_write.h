/* Cells of a CSV file as we write them (RFC 4180). */
#ifndef IO_CSV_WRITE_H
#define IO_CSV_WRITE_H

#include "base/buf.h"

/* Adds `text`, in quotes where it needs them. */
void ab__csv_add_cell(ab_buf *csv, const char *text);

#endif
