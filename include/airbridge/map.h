/* Maps: which sheet of somebody else's container is which table, and which of its columns are which. A map is
 * itself a sheet, so that it can be kept as CSV and edited in a spreadsheet. */
#ifndef AIRBRIDGE_MAP_H
#define AIRBRIDGE_MAP_H

#include "airbridge/schema.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The columns of a map's sheet, in their order. */
typedef enum ab_map_column {
    AB_MAP_SHEET,   /* name of the sheet */
    AB_MAP_COLUMN,  /* its header as it stands; of equal ones the lines' order decides */
    AB_MAP_TABLE,   /* the table; "": the column is left out */
    AB_MAP_NAME,    /* the table's column; "": left out */
    AB_MAP_FACTOR,  /* what numbers are multiplied by; "": nothing */
    AB_MAP_HOW,     /* name, label, hashtag, similar or none */
    AB_MAP_SURE,    /* share, 0 to 1 */
    AB_MAP_ALSO,    /* what else it could be */
    AB_MAP_EXAMPLE, /* the first cell that is not empty */
    AB_MAP_COLUMNS
} ab_map_column;

/* Proposes what each sheet and column of `book` is, as a book with the one sheet `map`. A sheet of a name
 * that nobody knows is the table of which it has most columns. Each column of a table is proposed once; what
 * is less sure than the share 0.5 is left empty and named in `also`. NO_MEMORY only. */
AB_API ab_status ab_map_propose(const ab_schema *schema, const ab_book *book, ab_book **out,
                                ab_error *err);

/* Puts the names of `map`, a book as ab_map_propose makes it, in place of those found; leaves out what it leaves
 * out, which is a note; multiplies. Cells that are no numbers stay as they are. Flaws of the map are issues with
 * its lines; sheets and columns of which the map says nothing stay. NO_MEMORY only. */
AB_API ab_status ab_book_map(ab_book *book, const ab_schema *schema, const ab_book *map,
                             ab_issues *issues, ab_error *err);

#ifdef __cplusplus
}
#endif
#endif
