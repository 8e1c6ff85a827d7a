/* A workbook in the making, as its writer's files share it. */
#ifndef IO_XLSX_H
#define IO_XLSX_H

#include <xlsxwriter.h>

#include "io/outgoing.h"

enum { XLSX_OPEN, XLSX_RESTRICTED, XLSX_TINTS };

typedef struct ab_xlsx {
    const ab_outgoing *out;
    lxw_workbook *workbook;
    lxw_format *header[XLSX_TINTS], *tag[XLSX_TINTS], *number[XLSX_TINTS], *text[XLSX_TINTS];
} ab_xlsx;

/* Writes one sheet. false: out of memory, for want of other reasons after what was refused. */
bool ab__xlsx_sheet(const ab_xlsx *to, const ab_out_sheet *sheet);

#endif
