/* Checks of the operation as a whole: what no cell shows alone. They run over whatever could be read;
 * values with flaws of their own are unknown here, so that one flaw is told once. */
#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

#include "airbridge/operation.h"
#include "base/arena.h"
#include "schema/index.h"

typedef struct ab_check {
    const ab_operation *op;
    ab_data data;        /* the same rows */
    const ab_book *book; /* for origins and lines */
    ab_issues *issues;
    ab_arena *work; /* ends with the checks */
    /* For each row of each table: bit c says that something was said of its column c. A cell is spoken of by
     * one check only, the first: what follows from a wrong figure is no flaw of its own. */
    uint64_t *told[AB_INPUT_TABLES];
    struct {
        int32_t code, table, row, column;
    } last; /* what was said last */
    bool no_memory;
} ab_check;

/* A flaw of one cell. The usual severity is that of issues.def. */
typedef struct ab_finding {
    int32_t code, table;
    int32_t row;    /* -1: the table as a whole */
    int32_t column; /* -1: none */
    const char *expected;
    const char *found; /* NULL: the cell */
    const char *hint;  /* NULL: none */
    const char *fix;   /* what the cell should read, where that is certain; NULL: not */
    bool only_warning; /* whatever the usual severity */
} ab_finding;

void ab__check_raise(ab_check *check, ab_finding finding);
/* The same with `expected` written as by printf. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void ab__check_expect(ab_check *check, ab_finding finding, const char *expected, ...);

/* Was something said of this cell? Then what other checks would conclude from it is not to be relied on. */
bool ab__check_told(const ab_check *check, int32_t table, int32_t row, int32_t column);
/* The position of a hub or place; false: not known, or one of which something was said. */
bool ab__check_position(const ab_check *check, int32_t table, int32_t row, double *lon_deg,
                        double *lat_deg);
/* Are start and end of the operation known, and in order? */
bool ab__check_spans(const ab_check *check);

const void *ab__check_row(const ab_check *check, int32_t table, int32_t row);
const ab_column *ab__check_column(int32_t table, int32_t column);
/* The cell as a time (TIME, DAY); AB_TIME_NONE: unknown. */
ab_time ab__check_time(const ab_check *check, int32_t table, int32_t row, int32_t column);
/* A NUMBER or COUNT in the unit of its cell, as a person wrote it; NaN: unknown. */
double ab__check_number(const ab_check *check, int32_t table, int32_t row, int32_t column);
/* A NUMBER in SI; NaN: unknown. */
double ab__check_si(const ab_check *check, int32_t table, int32_t row, int32_t column);
/* The ids of a table, in `check->work`; false: out of memory (noted). */
bool ab__check_index(ab_check *check, int32_t table, ab_index *out);

/* One for each subject. */
void ab__check_settings(ab_check *check);
void ab__check_windows(ab_check *check);
void ab__check_hours(ab_check *check);
void ab__check_order(ab_check *check);
void ab__check_commodities(ab_check *check);
void ab__check_vehicles(ab_check *check);
void ab__check_links(ab_check *check);
void ab__check_groups(ab_check *check);
void ab__check_replies(ab_check *check);
void ab__check_movements(ab_check *check);
void ab__check_now(ab_check *check);
void ab__check_subjects(ab_check *check);
void ab__check_names(ab_check *check);
void ab__check_unused(ab_check *check);
void ab__check_positions(ab_check *check);
void ab__check_twins(ab_check *check);
void ab__check_units(ab_check *check);
void ab__check_ratios(ab_check *check);
void ab__check_rings(ab_check *check);
void ab__check_zones(ab_check *check);
void ab__check_pcodes(ab_check *check);
void ab__check_areas(ab_check *check);
void ab__check_people(ab_check *check);
void ab__check_stranded(ab_check *check);
void ab__check_lift(ab_check *check);
void ab__check_drops(ab_check *check);
void ab__check_wind(ab_check *check);
void ab__check_scopes(ab_check *check);
void ab__check_commitments(ab_check *check);
void ab__check_promised(ab_check *check);
void ab__check_kept(ab_check *check);
void ab__check_requests(ab_check *check);
void ab__check_reports(ab_check *check);
void ab__check_rations(ab_check *check);
void ab__check_likeness(ab_check *check);
void ab__check_sources(ab_check *check);
void ab__check_totals(ab_check *check);
void ab__check_roads(ab_check *check);
void ab__check_quotes(ab_check *check);
void ab__check_asked(ab_check *check);
void ab__check_pacts(ab_check *check);
void ab__check_spellings(ab_check *check);

/* All of them. NO_MEMORY only. */
ab_status ab__check_all(const ab_operation *op, const ab_book *book, ab_issues *issues,
                        ab_error *err);

#endif
