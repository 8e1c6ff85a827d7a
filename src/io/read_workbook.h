/* Workbooks as books of text: what a spreadsheet program made of a cell comes out as the text that was meant.
 * A day is 2016-02-10, a time 2016-02-10T06:00:00 (no zone: spreadsheets know none), a time of day 06:00, a
 * span of a day 24:00, a truth value yes or no, a number the shortest text that gives it back; a formula is
 * its result, or itself (=A1*2) where none was stored; hidden rows and columns are read. A row's line is its number
 * in the sheet. Sheets that are hidden and no tables are passed over. */
#ifndef IO_READ_WORKBOOK_H
#define IO_READ_WORKBOOK_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "io/grid.h"
#include "io/xml.h"
#include "io/zip.h"

/* A workbook that is being read. */
typedef struct ab_workbook {
    const char *path; /* for messages */
    ab_zip zip;
    const ab_schema *schema; /* that the sheets are for */
    ab_book *book;
    ab_issues *issues;
    ab_arena *work; /* thrown away after reading */
    ab_error *err;
} ab_workbook;

/* Reads XLSX or ODS, whichever it is; fails with IO when it is neither, or damaged. */
ab_status ab__workbook_read(const char *path, const ab_buf *bytes, const ab_schema *schema,
                            ab_book *book, ab_issues *issues, ab_error *err);

/* Adds the sheets of one kind. */
ab_status ab__xlsx_read(ab_workbook *from, const char *workbook_part);
ab_status ab__ods_read(ab_workbook *from);

/* The text of part `name`, which is UTF-8 without NUL; `*there` false: there is no such part. */
ab_status ab__workbook_part(ab_workbook *from, const char *name, ab_buf *out, bool *there);

/* Fails with IO: part `name` is no XML that we know. */
ab_status ab__workbook_damaged(const ab_workbook *from, const char *name);
ab_status ab__workbook_no_memory(const ab_workbook *from);

/* Is a sheet that its owner hid passed over, as it is no table's? false: out of memory. */
bool ab__workbook_passes(const ab_workbook *from, const char *name, bool hidden, bool *out);

#endif
