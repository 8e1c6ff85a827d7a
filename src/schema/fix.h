/* A copy of a book whose cells can be changed. */
#ifndef SCHEMA_FIX_H
#define SCHEMA_FIX_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/vec.h"

/* A sheet of the copy, and the table that it is; NULL: none that is known. */
typedef struct ab_fixing_sheet {
    ab_sheet sheet;
    const char **cells;
    const ab_table *table;
    int32_t *declared;   /* for each column of the sheet its column of the table, or -1 */
    const char **called; /* for each column what messages call it */
    int32_t value;       /* of settings: the column of their values, or -1 */
} ab_fixing_sheet;

typedef struct ab_fixing {
    const ab_schema *schema;
    ab_arena *arena;      /* of the copy */
    const ab_book *named; /* the book under the names of the schema */
    ab_fixing_sheet *sheets;
    int32_t count;
    AB_VEC(ab_change) changes;
    bool no_memory;
} ab_fixing;

/* Puts `text` into a cell and notes the change. */
void ab__fixing_put(ab_fixing *fixing, ab_fixing_sheet *in, int64_t row, int32_t column,
                    const char *text);

/* Puts id `after` in place of `before` wherever a cell names that row of `table`. */
void ab__fixing_rename(ab_fixing *fixing, const ab_table *table, const char *before,
                       const char *after);

#endif
