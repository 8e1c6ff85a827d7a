/* The parts of an XLSX workbook that its sheets refer to (ECMA-376 part 1, 18.2, 18.4, 18.8; part 2, 9.3). */
#ifndef IO_READ_XLSX_PARTS_H
#define IO_READ_XLSX_PARTS_H

#include "base/vec.h"
#include "io/read_workbook.h"
#include "io/serial.h"

typedef struct ab_xlsx_sheet {
    const char *name;
    const char *part;
    bool hidden;
} ab_xlsx_sheet;

typedef struct ab_xlsx_book {
    AB_VEC(ab_xlsx_sheet) sheet;
    AB_VEC(const char *) text; /* shared ones; in the workbook's work arena */
    AB_VEC(ab_shown) style;    /* what a cell of this style shows */
    bool from_1904;
} ab_xlsx_book;

/* The name of the part that lists the sheets, whether it is there or not. */
ab_status ab__xlsx_workbook_part(ab_workbook *from, const char **out);

/* Reads what stands beside the sheets. Freed with ab__xlsx_free, on failure too. */
ab_status ab__xlsx_parts(ab_workbook *from, const char *workbook_part, ab_xlsx_book *out);
void ab__xlsx_free(ab_xlsx_book *xlsx);

/* Adds `text` with its _xHHHH_ written out: control characters, which XML cannot hold. */
void ab__xlsx_unescape(const char *text, ab_buf *out);

/* Adds the texts (<t>) within the element that was just opened, and passes over it: the runs of a rich text,
 * without how it is to be read aloud. */
void ab__xlsx_add_runs(ab_xml *xml, ab_buf *out);

#endif
