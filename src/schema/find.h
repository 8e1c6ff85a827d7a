/* Finding declarations and rows, inside schema and model. */
#ifndef SCHEMA_FIND_H
#define SCHEMA_FIND_H

#include "airbridge/schema.h"

/* The number of the table's ID column, or -1. */
int32_t ab__table_id_column(const ab_table *table);
/* The table whose singular is the first `size` bytes of `word`, or -1. */
int32_t ab__schema_find_singular(const ab_schema *schema, const char *word, size_t size);
/* The number of the code that is written `word`, or -1. */
int32_t ab__code_find(const ab_code_list *list, const char *word);

/* The first column of `sheet` with this header, or -1. */
int32_t ab__sheet_column(const ab_sheet *sheet, const char *name);
/* Is column `c` passed over, as its flaw was told? */
static inline bool ab__sheet_passes(const ab_sheet *sheet, int32_t c)
{
    return sheet->shown != NULL && sheet->shown[c] == NULL;
}
/* The header of column `c` as it stands in the container. */
static inline const char *ab__sheet_shown(const ab_sheet *sheet, int32_t c)
{
    return sheet->shown != NULL && sheet->shown[c] != NULL ? sheet->shown[c] : sheet->header[c];
}
/* What the column of this name is called in the container; `name` if it is not there. */
const char *ab__column_shown(const ab_sheet *sheet, const char *name);

/* The line on which a sheet of the form AB_SETTINGS has `key`; 0: nowhere. */
int32_t ab__setting_line(const ab_sheet *sheet, const char *key);

static inline const void *ab__row_at(const ab_rows *rows, const ab_table *table, int32_t row)
{
    return (const char *)rows->at + (size_t)row * table->row_size;
}

/* Was nothing of the row read, for a flaw of the row as a whole? */
static inline bool ab__row_unread(const void *row)
{
    return ((const ab_row_head *)row)->given == ~UINT64_C(0);
}

static inline const void *ab__value_at(const ab_column *column, const void *row)
{
    return (const char *)row + column->offset;
}

/* What a cell's value is multiplied by to give the struct's. */
static inline double ab__column_si(const ab_column *column)
{
    return column->si == 0 ? 1 : column->si;
}

#endif
