/* An operation as the engines see it: every row of every table, checked, in SI, never changed
 * afterwards. Structs, enums and declarations come from tables.def, codes.def and results.def. */
#ifndef AIRBRIDGE_OPERATION_H
#define AIRBRIDGE_OPERATION_H

#include "airbridge/schema.h"

#ifdef __cplusplus
extern "C" {
#endif

/* enum { AB_MODE_ROAD, … } and the lists of words, one of each kind for each code list */
#define AB_CODES(list) typedef enum ab_##list {
#define AB_CODE(enumerator, word, meaning) AB_##enumerator,
#define AB_CODES_END(list) ab_##list##_count } ab_##list;
#include "airbridge/codes.def"
#undef AB_CODES
#undef AB_CODE
#undef AB_CODES_END

#define AB_CODES(list) AB_API extern const ab_code_list ab_codes_##list;
#define AB_CODE(enumerator, word, meaning)
#define AB_CODES_END(list)
#include "airbridge/codes.def"
#undef AB_CODES
#undef AB_CODE
#undef AB_CODES_END

/* typedef struct ab_place { ab_row_head head; const char *id; … } ab_place; for each table */
#define AB_TABLE(table, row, ...) typedef struct ab_##row { ab_row_head head;
#define AB_COLUMN(row, type, column, member, ...) ab_c_##type member;
#define AB_TABLE_END(table, row) } ab_##row;
#include "airbridge/tables.def"
#include "airbridge/results.def"
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END

/* AB_TABLE_places: the table's number in the schema, as in ab_ref.table */
typedef enum ab_input_table {
#define AB_TABLE(table, row, ...) AB_TABLE_##table,
#define AB_COLUMN(row, type, column, member, ...)
#define AB_TABLE_END(table, row)
#include "airbridge/tables.def"
    AB_INPUT_TABLES
} ab_input_table;

typedef enum ab_result_table {
#include "airbridge/results.def"
    AB_RESULT_TABLES
} ab_result_table;

/* AB_COL_place_population: the column's number in its table, as in ab_row_head.given */
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END
#define AB_TABLE(table, row, ...) enum {
#define AB_COLUMN(row, type, column, member, ...) AB_COL_##row##_##member,
#define AB_TABLE_END(table, row) AB_COLS_##row };
#include "airbridge/tables.def"
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END

AB_API const ab_schema *ab_input_schema(void);
AB_API const ab_schema *ab_result_schema(void);

/* Is column AB_COL_… of this row given in the data (true) or a default or unknown (false)? */
static inline bool ab_given(const ab_row_head *head, int column)
{
    return (head->given >> column) & 1u;
}

/* op->places.at[i] for i < op->places.count; op->settings is the one row of `operation`. */
typedef struct ab_operation {
    const ab_settings *settings;
#define AB_TABLE(table, row, ...) struct { const ab_##row *at; int32_t count; } table;
#define AB_COLUMN(row, type, column, member, ...)
#define AB_TABLE_END(table, row)
#include "airbridge/tables.def"
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END
    int32_t period_count;
    ab_time frozen_until;   /* departures before it go only where a commitment names them; 0: none is frozen */
    struct ab_arena *arena; /* owns all of it */
} ab_operation;

/* Turns a container's sheets into an operation. All flaws of the data go to `issues`; the call
 * itself fails (NO_MEMORY) only for want of memory. `*out` is NULL if there was an error among the
 * flaws (the return is then AB_FLAWED), else an operation that the caller frees. The operation does
 * not refer to the book afterwards. */
AB_API ab_status ab_operation_read(const ab_book *book, ab_operation **out, ab_issues *issues, ab_error *err);
/* Checks the cells of a book that holds some tables of an operation only: no table is missed, and whether
 * the rows exist that a cell names is not judged. NO_MEMORY only. */
AB_API ab_status ab_table_check(const ab_book *book, ab_issues *issues, ab_error *err);
AB_API void ab_operation_free(ab_operation *op);

/* All rows of all tables, for those who do not care which table it is (writers, digests). */
AB_API ab_data ab_operation_data(const ab_operation *op);

/* How many settings have a source that begins with `assumed`. */
AB_API int32_t ab_settings_assumed(const ab_settings *settings);

/* SHA-256, as 64 hex digits, over the values that were given, not over how a container writes them:
 * the same operation in another container has the same digest. */
AB_API ab_status ab_operation_digest(const ab_operation *op, char out_hex[65], ab_error *err);

/* First second of period `t` (0 <= t <= period_count); the last period may be shorter. */
AB_API ab_time ab_period_start(const ab_operation *op, int32_t t);
/* Days in period t. */
AB_API double ab_period_days(const ab_operation *op, int32_t t);
/* The period that holds `time`, clamped: -1 before the start, period_count at or after the end. */
AB_API int32_t ab_period_of(const ab_operation *op, ab_time time);

/* Can those who plan know what was said at `time`? Not what was said after now (`as_of`), nor at or after the end. */
AB_API bool ab_known_at(const ab_operation *op, ab_time time);

/* The periods [*from, *until) of the local day whose date is `day` (a DAY cell): those whose middle lies in
 * it, or the longer one that holds its noon. Empty where the day lies outside the operation. */
AB_API void ab_periods_of_day(const ab_operation *op, ab_time day, int32_t *from, int32_t *until);

/* The first period in which a departure can still be planned: that which begins at or after the setting `as_of`;
 * 0 where none was given. What begins before is past, the period that holds `as_of` among it. */
AB_API int32_t ab_first_departure(const ab_operation *op);
/* Did movement number `movement` leave before `as_of`, on a day of the operation? `*t`: the period of that day. */
AB_API bool ab_movement_is_past(const ab_operation *op, int32_t movement, int32_t *t);

/* Does commitment number `commitment` bind nothing any more? It failed; or, where some of the operation is past, it is
 * done, a past movement fulfils it, or its day is past. */
AB_API bool ab_commitment_is_over(const ab_operation *op, int32_t commitment);

/* Who decides, in a commitment that holds what is frozen. */
#define AB_PLAN_BEFORE "the plan before"

/* The same operation with `count` more commitments behind its own, and `until` as its `frozen_until`. It has
 * all other rows in common with `op`, which must outlive it. Freed with ab_operation_free. NO_MEMORY only. */
AB_API ab_status ab_operation_freeze(const ab_operation *op, const ab_commitment *more, int32_t count, ab_time until,
                                     ab_operation **out, ab_error *err);

/* The operation as it was known at `at`, which becomes its `as_of`: without the requests that were asked later, the agreements
 * that became known later and what moved later, and without answers that came later. Reports stay, as ab_known_at tells
 * which count. What is not dated (an agreement without known_at, an answer without reply_at) was always known. Rows of
 * requests, agreements and movements have other numbers than in `op`, which must outlive it. Freed with
 * ab_operation_free. NO_MEMORY only. */
AB_API ab_status ab_operation_as_known(const ab_operation *op, ab_time at, ab_operation **out, ab_error *err);

/* The same operation with another value, in SI, of the setting AB_COL_settings_…, a number, which is given from then on, and comes
 * from `source`. It has all else in common with `op`, which must outlive it. Freed with ab_operation_free. NO_MEMORY only. */
AB_API ab_status ab_operation_with_number(const ab_operation *op, int column, double value, const char *source, ab_operation **out,
                                          ab_error *err);

/* The moment by which `span_s` seconds have passed since `from`, or, if it is less than 0, before which they have to begin to
 * be over at `from`; days of `weekend` (bits of ab_weekday, local) do not count. All seven: INT64_MAX or AB_TIME_NONE. */
AB_API ab_time ab_working_from(const ab_operation *op, uint32_t weekend, ab_time from, double span_s);

/* Does commitment number `commitment` speak of a departure in period t of this vehicle class from this hub
 * to this place? What is over (ab_commitment_is_over) speaks of none. */
AB_API bool ab_commitment_binds(const ab_operation *op, int32_t commitment, int32_t vehicle, int32_t hub,
                                int32_t place, int32_t t);

/* Does `scope` (empty: all) name this commodity, by id or by its category? */
AB_API bool ab_scope_has(const ab_operation *op, const ab_refs *scope, int32_t commodity);
/* Does mode code `mode` (-1: all) of a report or an agreement cover deliveries by `means`? */
AB_API bool ab_mode_covers(int32_t mode, ab_means means);

#ifdef __cplusplus
}
#endif
#endif
