/* The language in which tables are declared: a column is declared once, and its struct member, its
 * reader, its checks and their words, its writer, its template and its page of the manual all follow.
 * Nothing here knows what relief is; the tables of relief are tables.def and results.def. */
#ifndef AIRBRIDGE_SCHEMA_H
#define AIRBRIDGE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "airbridge/error.h"
#include "airbridge/export.h"
#include "airbridge/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Values: what a cell becomes in a row's struct ------------------------------------------- */

/* Row `row` of table `table` of the same schema. {-1, -1}: none. In a scope, table == -1 and
 * row >= 0 is a code (a whole category instead of one row). */
typedef struct ab_ref {
    int32_t table;
    int32_t row;
} ab_ref;

typedef struct ab_refs {
    int32_t count;
    const ab_ref *at;
} ab_refs;

typedef struct ab_list {
    int32_t count;
    const char *const *at;
} ab_list;

typedef enum ab_shape_kind { AB_SHAPE_NONE, AB_SHAPE_POINT, AB_SHAPE_LINE, AB_SHAPE_POLYGON } ab_shape_kind;

/* A point, a line, or a polygon (ring 0 is the outer one, the others are holes; rings are closed:
 * first vertex = last). WGS84 degrees, longitude first. Part p has vertices
 * [part_start[p], part_start[p + 1]). */
typedef struct ab_shape {
    ab_shape_kind kind;
    int32_t part_count;
    const int32_t *part_start;    /* part_count + 1 */
    const double *lon_lat_deg;    /* 2 * part_start[part_count] */
} ab_shape;

typedef enum ab_type {
    AB_TYPE_ID,      /* const char *: lower-case letters, digits, '-', '_', '.'; unique in its table */
    AB_TYPE_TEXT,    /* const char *: "" when empty */
    AB_TYPE_REF,     /* int32_t: row in the table `refers`; -1 none */
    AB_TYPE_NUMBER,  /* double: in SI (cell value * si); NaN not known */
    AB_TYPE_COUNT,   /* int64_t: whole, not negative; -1 not known */
    AB_TYPE_FLAG,    /* int32_t: 1 yes, 0 no, -1 not known */
    AB_TYPE_CODE,    /* int32_t: place in `codes`; -1 not known */
    AB_TYPE_CODES,   /* uint32_t: bit set over `codes` */
    AB_TYPE_TIME,    /* ab_time; AB_TIME_NONE not known */
    AB_TYPE_DAY,     /* ab_time of its first second, UTC */
    AB_TYPE_CLOCK,   /* int32_t: seconds after midnight, local; -1 not known */
    AB_TYPE_LIST,    /* ab_list of texts */
    AB_TYPE_SUBJECT, /* ab_ref written `place:upper` */
    AB_TYPE_SUBJECTS,/* ab_refs written `place:upper; road:r3` */
    AB_TYPE_SCOPE,   /* ab_refs: ids of the table `refers`, or words of `codes` */
    AB_TYPE_WKT      /* ab_shape, WKT in a flat table, geometry elsewhere */
} ab_type;

typedef const char *ab_c_ID;
typedef const char *ab_c_TEXT;
typedef int32_t ab_c_REF;
typedef double ab_c_NUMBER;
typedef int64_t ab_c_COUNT;
typedef int32_t ab_c_FLAG;
typedef int32_t ab_c_CODE;
typedef uint32_t ab_c_CODES;
typedef ab_time ab_c_TIME;
typedef ab_time ab_c_DAY;
typedef int32_t ab_c_CLOCK;
typedef ab_list ab_c_LIST;
typedef ab_ref ab_c_SUBJECT;
typedef ab_refs ab_c_SUBJECTS;
typedef ab_refs ab_c_SCOPE;
typedef ab_shape ab_c_WKT;

/* Who may see a column. Restricted: it says where somebody can be hit, starved or blackmailed. */
typedef enum ab_sensitivity { AB_INTERNAL, AB_OPEN, AB_RESTRICTED } ab_sensitivity;

/* ---- Declarations ---------------------------------------------------------------------------- */

typedef enum ab_language { AB_ENGLISH, AB_FRENCH, AB_ARABIC, AB_LANGUAGES } ab_language;

/* What people call a thing: for each language one or more names with "; " between them, the usual one
 * first; NULL: none. Compared folded (base/fold.h), and without its unit. */
typedef struct ab_label {
    const char *in[AB_LANGUAGES];
} ab_label;

typedef struct ab_code {
    const char *word;    /* as written in a cell */
    const char *meaning;
    const ab_label *label; /* NULL: none */
} ab_code;

typedef struct ab_code_list {
    const char *name;
    const ab_code *codes;
    int32_t count;
} ab_code_list;

typedef struct ab_column {
    const char *name;       /* as in the header; ends in its unit */
    ab_type type;
    size_t offset;          /* of the member in the row's struct */
    const char *unit;       /* for people; "" where there is none */
    double si;              /* struct value = cell value * si; 0 is read as 1 */
    const char *hxl;        /* HXL hashtag with attributes; NULL: none */
    bool required;          /* an empty cell is an error */
    bool ranged;
    double least, greatest; /* valid range in the cell's unit, if ranged */
    const char *standard;   /* what an empty cell stands for (reported as a default); NULL: not known */
    const char *refers;     /* table that a REF or SCOPE names; a TEXT or LIST may, beside other words */
    const ab_code_list *codes;
    bool path;              /* a TEXT that names a file inside the operation */
    ab_shape_kind shape;    /* that a WKT must have; NONE: any */
    ab_sensitivity sensitivity;
    const char *meaning;    /* one line */
    const ab_label *label;  /* NULL: none */
} ab_column;

/* RANGE(0, 10) inside a declaration. */
#define AB_RANGE(lo, hi) .ranged = true, .least = (lo), .greatest = (hi)

typedef enum ab_form {
    AB_ROWS,    /* a header, then a row each */
    AB_SETTINGS /* columns `key` and `value`: the declared columns are the keys, the struct is one row */
} ab_form;

typedef struct ab_table {
    const char *name;     /* plural: places */
    const char *singular; /* place: the word before ':' in a subject */
    ab_form form;
    bool required;        /* the table must be there and have a row */
    bool result;          /* written by Airbridge */
    const char *meaning;
    const ab_column *columns;
    int32_t column_count; /* at most 64 */
    size_t row_size;
    const ab_label *label; /* NULL: none */
} ab_table;

/* Tables in a fixed order; ab_ref.table and REF rows count in it. */
typedef struct ab_schema {
    const ab_table *tables;
    int32_t count;
    int32_t version;
} ab_schema;

/* What stands beside a setting: "" where nothing does. */
typedef struct ab_remark {
    const char *source;
    const char *note;
} ab_remark;

/* Every row's struct begins with this. */
typedef struct ab_row_head {
    int32_t line;   /* in its sheet, counted from 1 with the header; 0: not read from a sheet */
    uint64_t given; /* bit c: the cell of column c was not empty (else it is the default, or unknown) */
    const ab_remark *remarks; /* of settings: [column_count] where a source or note is given, else NULL */
} ab_row_head;

/* Rows of one table: `at` points to `count` structs of `row_size` bytes. */
typedef struct ab_rows {
    const void *at;
    int32_t count;
} ab_rows;

/* The declaration of table or column `name`, or -1. */
AB_API int32_t ab_schema_find(const ab_schema *schema, const char *name);
AB_API int32_t ab_table_find(const ab_table *table, const char *column);

/* ---- Issues: what is wrong with the data ------------------------------------------------------ */

typedef enum ab_severity { AB_NOTE, AB_WARNING, AB_ERROR_FLAW } ab_severity;

/* One flaw, in the user's terms. All texts belong to the list. */
typedef struct ab_issue {
    ab_severity severity;
    int32_t code;         /* stable number, printed AB0123; issues.def */
    const char *origin;   /* "places.csv" */
    int64_t line;         /* 0: the whole table */
    int64_t byte_column;  /* in the line, from 1; 0: not known */
    const char *column;   /* "population"; "" none */
    const char *expected; /* "a whole number of people, 0 or more" */
    const char *found;    /* "12k", unquoted; NULL: nothing to quote */
    const char *hint;     /* what to do; "" none */
    const char *fix;      /* what the cell should read, where that is certain; NULL: not */
} ab_issue;

typedef struct ab_issues ab_issues;

/* Keeps at most `cap` issues (0: 10,000) and counts the rest. NULL when out of memory. */
AB_API ab_issues *ab_issues_new(int32_t cap);
AB_API void ab_issues_free(ab_issues *issues);

/* Copies `issue` and its texts (`found` is cut to 120 bytes at a character's border, control
 * characters shown as \xNN). When memory runs out the issue is only counted. */
AB_API void ab_issues_add(ab_issues *issues, const ab_issue *issue);

/* Kept issues in order of origin as first seen, then line, then column. */
AB_API int32_t ab_issues_count(const ab_issues *issues);
AB_API const ab_issue *ab_issues_at(ab_issues *issues, int32_t i);
/* All of this severity, kept or not. */
AB_API int64_t ab_issues_of(const ab_issues *issues, ab_severity severity);

/* "places.csv:14: population: expected a whole number of people, 0 or more; found \"12k\"".
 * Returns the length that the whole text needs; writes at most `cap` bytes with the final NUL. */
AB_API size_t ab_issue_format(const ab_issue *issue, char *out, size_t cap);

/* The name and the one-line meaning of an issue code; NULL when there is none. */
AB_API const char *ab_issue_name(int32_t code);
AB_API const char *ab_issue_meaning(int32_t code);

/* What a planner should know of a flaw; static texts in plain words. None is empty but `repair`, which is
 * "" where only a person can decide. */
typedef struct ab_advice {
    const char *why; /* it matters to the plan */
    const char *what_to_do;
    const char *wrong, *right; /* an example */
    const char *repair;        /* what `check --fix` does */
} ab_advice;

typedef struct ab_explanation {
    int32_t code;
    const char *name;
    ab_severity severity; /* the usual one */
    const char *meaning;  /* one line */
    const ab_advice *advice;
} ab_explanation;

/* All codes, in the order of issues.def. */
AB_API int32_t ab_explanation_count(void);
AB_API const ab_explanation *ab_explanation_at(int32_t i);
/* NULL: there is no such code. */
AB_API const ab_explanation *ab_issue_explain(int32_t code);

typedef enum ab_issue_code {
#define AB_ISSUE(name, number, severity, meaning) AB_ISSUE_##name = number,
#include "airbridge/issues.def"
#undef AB_ISSUE
    AB_ISSUE_NONE = 0
} ab_issue_code;

/* ---- Sheets: cells as text, before any meaning ------------------------------------------------ */

/* A table as it stands in a container. Cells are UTF-8, NUL-terminated, "" when empty, and belong
 * to the book. Cell (r, c) is cells[r * column_count + c]. */
typedef struct ab_sheet {
    const char *name;          /* "places" */
    const char *origin;        /* "places.csv": the name in messages */
    int32_t column_count;
    const char *const *header;
    int32_t header_line;
    int64_t row_count;
    const char *const *cells;
    const int32_t *line;       /* per row: its line in the container */
    /* Where `header` has the names of a schema in place of those found: per column what was found, for
     * messages. NULL for a column: it is passed over, for a flaw that was told. NULL: as `header`. */
    const char *const *shown;
} ab_sheet;

/* Does the sheet's first row hold its HXL hashtags? */
AB_API bool ab_sheet_is_tagged(const ab_sheet *sheet);

/* Sheets of one container. Made by io, read by the model, written back as in_ tables. */
typedef struct ab_book ab_book;

AB_API void ab_book_free(ab_book *book);
AB_API int32_t ab_book_count(const ab_book *book);
AB_API const ab_sheet *ab_book_at(const ab_book *book, int32_t i);
/* NULL when there is none of that name. */
AB_API const ab_sheet *ab_book_find(const ab_book *book, const char *name);
/* One cell that was changed, in the words of an issue. */
typedef struct ab_change {
    const char *origin;
    int64_t line;
    const char *column;
    const char *before, *after;
} ab_change;

typedef struct ab_changes {
    int32_t count;
    const ab_change *at;
} ab_changes;

/* A copy of `book` in which each cell reads what its issue has for `fix`; where an id changes, so do the cells
 * that name its row, and where a position was swapped, both its cells. Nothing else is changed. `*out` is
 * freed by the caller, and owns the texts of `*changes`, which are in the order of the issues. Fails with
 * FLAWED where not all of the container could be read, as the copy would lose it. */
AB_API ab_status ab_book_fix(const ab_book *book, const ab_schema *schema, ab_issues *issues,
                             ab_book **out, ab_changes *changes, ab_error *err);

/* ---- Data: typed rows of every table of a schema ---------------------------------------------- */

typedef struct ab_data {
    const ab_schema *schema;
    const ab_rows *rows; /* [schema->count] */
} ab_data;

#ifdef __cplusplus
}
#endif
#endif
