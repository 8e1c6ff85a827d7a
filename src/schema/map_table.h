/* A map as a table, and what maps call the columns of a sheet. */
#ifndef SCHEMA_MAP_TABLE_H
#define SCHEMA_MAP_TABLE_H

#include "airbridge/map.h"
#include "base/arena.h"

typedef struct ab_map_line {
    ab_row_head head;
    const char *sheet, *column, *table, *name;
    double factor; /* NaN: none */
    const char *how;
    double sure_frac;
    const char *also, *example;
} ab_map_line;

/* With the one table `map`. */
const ab_schema *ab__map_schema(void);

/* `text` on one line, without spaces around it and other control characters; NULL: out of memory. */
const char *ab__map_text(ab_arena *arena, const char *text);
/* What a map calls column `c`: its header, or where that is empty its hashtag. NULL: out of memory. */
const char *ab__map_column(ab_arena *arena, const ab_sheet *sheet, int32_t c);

/* The columns that a map may name: those of the table, or for settings key, value, source and note. */
const ab_table *ab__map_target(const ab_table *table);

#endif
