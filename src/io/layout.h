/* How a sheet lies in a database: its columns with types, and its geometry. */
#ifndef IO_LAYOUT_H
#define IO_LAYOUT_H

#include "geo/wkt.h"
#include "io/outgoing.h"

typedef enum ab_layout_kind {
    AB_LAYOUT_TEXT,
    AB_LAYOUT_NUMBER,
    AB_LAYOUT_COUNT,
    AB_LAYOUT_TIME,
    AB_LAYOUT_DAY,
    AB_LAYOUT_SHAPE /* the geometry of the row, not a column beside it */
} ab_layout_kind;

typedef struct ab_layout_column {
    const char *name;    /* as it is declared, else as in the header, without outer spaces */
    ab_layout_kind kind; /* as it is declared if every cell is that in fact, else TEXT: nothing is lost */
    int32_t number;      /* in the sheet */
} ab_layout_column;

typedef struct ab_layout {
    const ab_out_sheet *sheet;
    int32_t count; /* a column without a name and without a cell is left out */
    ab_layout_column *columns;
    int32_t shape;       /* column of the sheet that is the geometry; -1: none */
    int32_t lon, lat;    /* columns of the sheet that are a position too; -1: none */
    ab_shape_kind shapes; /* of every geometry; NONE: mixed, or none */
    const char *key, *geometry; /* names that no column has */
} ab_layout;

/* What a kind of database takes. */
typedef struct ab_layout_rules {
    const char *program;
    size_t name_most; /* bytes of the name of a table or column */
    const char *const *not_begin; /* what the name of a table must not begin with; ends with NULL */
} ab_layout_rules;

/* Tells every table and column whose name the database does not take. false: out of memory. */
bool ab__refuse_names(const ab_outgoing *out, const ab_layout_rules *rules);

/* false: out of memory. */
bool ab__layout_make(const ab_outgoing *out, const ab_out_sheet *sheet, ab_layout *layout);

static inline bool ab__layout_spatial(const ab_layout *layout)
{
    return layout->shape >= 0 || layout->lon >= 0;
}

/* The geometry of a row, in `arena`; kind NONE: it has none. false: out of memory. */
bool ab__layout_shape(const ab_layout *layout, int64_t row, ab_arena *arena, ab_shape *shape);

#endif
