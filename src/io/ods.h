/* OpenDocument spreadsheets (ODF 1.3), as their writer's files share them. */
#ifndef IO_ODS_H
#define IO_ODS_H

#include "base/buf.h"
#include "io/outgoing.h"

/* Adds content.xml: tables, cells, styles, drop-down lists. */
void ab__ods_content(const ab_outgoing *out, ab_buf *xml);

/* Adds a text as paragraphs, one a line, with every space that it has. */
void ab__ods_text(ab_buf *xml, const char *text);

/* Adds what stands before all tables: the styles that cells and columns have, notes and lists. */
void ab__ods_styles(ab_buf *xml);
void ab__ods_lists(const ab_outgoing *out, ab_buf *xml);

/* What a header (`row` -1) or the key of a setting is for; NULL: nobody knows. Such a cell refers to
 * note-SHEET-COLUMN or note-SHEET-COLUMN-ROW. */
const ab_column *ab__ods_noted(const ab_out_sheet *sheet, int64_t row, int32_t column);

/* The name of the list of a column, or of one row of a table of settings (`row` -1: of the column). false: it
 * has none. */
bool ab__ods_list_name(const ab_outgoing *out, const ab_out_sheet *sheet, int64_t row,
                       int32_t column, ab_buf *name);

#endif
