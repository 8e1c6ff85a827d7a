/* One cell on its way to a value. */
#ifndef SCHEMA_CELL_H
#define SCHEMA_CELL_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/buf.h"
#include "schema/index.h"

/* What all cells of one reading share. */
typedef struct ab_reader {
    const ab_schema *schema;
    ab_arena *arena; /* keeps the values */
    ab_arena *work;  /* ends with the reading */
    ab_issues *issues;
    ab_index *index;     /* [schema->count] */
    struct ab_words *words; /* of the code lists met so far; schema/words.h */
    int64_t comparisons; /* with known names that may still be made for the sake of hints */
    bool alone;          /* the book has some tables only: what is not in it is not missed */
    bool no_memory;
} ab_reader;

typedef struct ab_cell {
    ab_reader *reader;
    const ab_table *table;
    const ab_column *column;
    const ab_sheet *sheet; /* NULL: no cell but the column's standard value, which has no flaws */
    const char *shown;     /* what the sheet calls the column; NULL: its name */
    const char *text;      /* all of it, trimmed; NULL: not known */
    int32_t row;           /* in its table */
    int32_t line;
    bool quiet; /* a trial: nothing is reported */
} ab_cell;

/* Turns `text`, which is not empty and has no spaces around it, into the value at `out`. false: it has
 * flaws, which were reported, or there is no memory; `out` is then as it was. */
bool ab__cell_read(ab_cell *cell, const char *text, void *out);

/* `text` with each run of tabs and line breaks as one space, in `arena`. NULL: it has other control
 * characters, which was reported, or there is no memory. */
const char *ab__cell_plain(ab_cell *cell, ab_arena *arena, const char *text);

/* Readers of one type each, of the same shape. */
bool ab__read_id(ab_cell *cell, const char *text, void *out);
bool ab__read_text(ab_cell *cell, const char *text, void *out);
bool ab__read_list(ab_cell *cell, const char *text, void *out);
bool ab__read_number(ab_cell *cell, const char *text, void *out);
bool ab__read_count(ab_cell *cell, const char *text, void *out);
/* Of a number that may be read in two ways (1,250), the one that the column takes, added to `meant`, and why, added to
 * `hint`. false: it takes both, or neither. */
bool ab__number_meant(const ab_column *column, const char *text, ab_buf *meant, ab_buf *hint);
bool ab__read_flag(ab_cell *cell, const char *text, void *out);
bool ab__read_code(ab_cell *cell, const char *text, void *out);
bool ab__read_codes(ab_cell *cell, const char *text, void *out);
bool ab__read_time(ab_cell *cell, const char *text, void *out);
bool ab__read_day(ab_cell *cell, const char *text, void *out);
bool ab__read_clock(ab_cell *cell, const char *text, void *out);
bool ab__read_ref(ab_cell *cell, const char *text, void *out);
bool ab__read_subject(ab_cell *cell, const char *text, void *out);
bool ab__read_subjects(ab_cell *cell, const char *text, void *out);
bool ab__read_scope(ab_cell *cell, const char *text, void *out);
bool ab__read_wkt(ab_cell *cell, const char *text, void *out);

/* Reports a flaw; `expected` NULL: what the column expects; `hint` may be NULL. Returns false. */
bool ab__cell_flaw(ab_cell *cell, int32_t code, const char *expected, const char *found,
                   const char *hint);
/* Reports what a parser refused, of which it says `why`: "expected …", which then stands for what the
 * column expects, or a remark. `hint` may be empty. Returns false. */
bool ab__cell_refused(ab_cell *cell, int32_t code, const char *found, const char *why,
                      const char *hint);
/* Notes that memory ran out. Returns false. */
bool ab__cell_no_memory(ab_cell *cell);

/* The parts of a cell with ';' between them. */
typedef struct ab_parts {
    char **at;
    int32_t count;
} ab_parts;
/* Splits into `arena`; false when out of memory. */
bool ab__cell_split(ab_cell *cell, const char *text, ab_arena *arena, ab_parts *out);

#endif
