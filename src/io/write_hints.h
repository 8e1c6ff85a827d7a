/* What a spreadsheet shows people besides the cells. */
#ifndef IO_WRITE_HINTS_H
#define IO_WRITE_HINTS_H

#include "base/buf.h"
#include "io/outgoing.h"

/* Adds what a column is for, in lines: its meaning, what it expects, its words, who must not see it. */
void ab__hint_note(const ab_column *declared, ab_buf *note);

/* The words of which a cell takes one; NULL: it is free. */
const ab_code_list *ab__hint_words(const ab_column *declared);

/* The cells that list what a cell of a REF may name. */
typedef struct ab_hint_ids {
    const ab_out_sheet *sheet;
    int32_t column;
} ab_hint_ids;
/* false: it names nothing, or nothing that the book has. */
bool ab__hint_ids(const ab_outgoing *out, const ab_column *declared, ab_hint_ids *ids);

/* Adds the sheet's name as it stands in an address, in quotes: 'Zones d''exclusion' */
void ab__hint_sheet(const ab_out_sheet *sheet, ab_buf *address);

/* Adds the address of these cells with `dot` between sheet and cell: 'places'!$A$3:$A$9 */
void ab__hint_range(const ab_hint_ids *ids, const char *dot, ab_buf *address);

/* The width that shows most cells, in characters. */
int ab__hint_width(const ab_out_sheet *sheet, int32_t column);

/* Adds the letters of a column: A, …, Z, AA, … */
void ab__hint_letters(int32_t column, ab_buf *letters);

/* The first row of data in a sheet with a header and perhaps hashtags, from 0. */
static inline int64_t ab__hint_first_row(const ab_out_sheet *sheet)
{
    return sheet->tagged ? 2 : 1;
}

static inline bool ab__hint_restricted(const ab_column *declared)
{
    return declared != NULL && declared->sensitivity == AB_RESTRICTED;
}

#endif
