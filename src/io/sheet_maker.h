/* A sheet in the making, whatever container it comes from. */
#ifndef IO_SHEET_MAKER_H
#define IO_SHEET_MAKER_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/vec.h"

typedef struct ab_sheet_maker {
    ab_book *book;
    ab_arena *arena; /* of the book */
    ab_issues *issues;
    ab_sheet
        sheet; /* name, origin, header, header_line and column_count stand before the first row */
    bool trusted; /* what we wrote is as long as it is; what others wrote is held to io/csv.h */
    bool full;    /* a table larger than any real one: told, and no more rows are taken */
    size_t kept;  /* bytes of the cells that were kept */
    AB_VEC(const char *) cell;
    AB_VEC(int32_t) line;
} ab_sheet_maker;

/* A flaw in the last row that was begun; `column` -1: of the whole row. */
void ab__maker_raise(ab_sheet_maker *maker, int32_t column, ab_issue issue);

/* Takes no more rows, and tells what was expected of the table. */
void ab__maker_fill(ab_sheet_maker *maker, const char *expected);

/* Begins a row; does nothing once the sheet is full. false: out of memory. */
bool ab__maker_row(ab_sheet_maker *maker, int64_t line);

/* Adds the next cell of the row; `text` lies in the arena. A cell of more than AB_CSV_CELL_MAX bytes is a
 * flaw and cut, unless it is `long_too`. false: out of memory. */
bool ab__maker_cell(ab_sheet_maker *maker, const char *text, bool long_too);

/* Adds the sheet to the book. false: out of memory. */
bool ab__maker_end(ab_sheet_maker *maker);
void ab__maker_free(ab_sheet_maker *maker);

#endif
