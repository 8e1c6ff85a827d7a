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

/* The line on which a sheet of the form AB_SETTINGS has `key`; 0: nowhere. */
int32_t ab__setting_line(const ab_sheet *sheet, const char *key);

static inline const void *ab__row_at(const ab_rows *rows, const ab_table *table, int32_t row)
{
    return (const char *)rows->at + (size_t)row * table->row_size;
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
