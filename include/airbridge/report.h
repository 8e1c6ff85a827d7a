/* report: what a person or another program reads. Works from the tables alone, so that a result read
 * back from its file looks as it did when it was made. */
#ifndef AIRBRIDGE_REPORT_H
#define AIRBRIDGE_REPORT_H

#include <stdio.h>

#include "airbridge/diff.h"
#include "airbridge/events.h"
#include "airbridge/operation.h"
#include "airbridge/verify.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The summary of a plan, one screen of 80 columns and at most 48 lines, UTF-8. */
AB_API ab_status ab_summary_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);
/* The same figures as one JSON object. */
AB_API ab_status ab_summary_json(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);
/* The same with `solve_s`, which no result holds: seconds that making the plan took. */
AB_API ab_status ab_plan_json(FILE *out, const ab_data *input, const ab_data *results, double solve_s, ab_error *err);

/* Is it the result of choosing a ration, not of planning? */
AB_API bool ab_result_is_ration(const ab_data *results);
/* A ration, for a terminal of 80 columns, UTF-8; and as one JSON object. */
AB_API ab_status ab_ration_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);
AB_API ab_status ab_ration_json(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);
/* Loading lists of the trip that `what` names, or of those that leave on the local day YYYY-MM-DD: what each vehicle
 * carries, lot by lot, those loaded alike together. NULL: all trips, a line each; `each`: a page for every vehicle, to
 * be signed, each ending in a form feed. USAGE where no trip is meant, or the result has no lists. */
AB_API ab_status ab_load_print(FILE *out, const ab_data *input, const ab_data *results, const char *what, bool each,
                               ab_error *err);
AB_API ab_status ab_load_json(FILE *out, const ab_data *input, const ab_data *results, const char *what,
                              ab_error *err);
/* The same as two sheets, `waybills` with a row for each vehicle and `lots` with one for each lot of each, with blanks
 * for seals and signatures, as ab_load_schema declares them. Freed with ab_book_free. */
AB_API ab_status ab_load_book(const ab_data *input, const ab_data *results, const char *what, ab_book **out,
                              ab_error *err);
AB_API const ab_schema *ab_load_schema(void);

/* Why a place goes short, from the result alone: how it stands, its gaps with the rows that say so, its ways. `place`
 * is an id or a name, NULL: all places, a line each; `day` YYYY-MM-DD, local, NULL: the whole operation. USAGE where
 * there is no such place or day. As words of 80 columns, or as one JSON object. */
AB_API ab_status ab_why_print(FILE *out, const ab_data *input, const ab_data *results, const char *place,
                              const char *day, ab_error *err);
AB_API ab_status ab_why_json(FILE *out, const ab_data *input, const ab_data *results, const char *place,
                             const char *day, ab_error *err);

/* Does the result tell of drops, and of no plan or ration? */
AB_API bool ab_result_is_drops(const ab_data *results);
/* Drops for a terminal of 80 columns, UTF-8: one in all detail, many a line each. `calendar`: a letter an hour, go or
 * the gate that decides. And as one JSON object: with one drop its figures are members, `drops` always has all. */
AB_API ab_status ab_drops_print(FILE *out, const ab_data *input, const ab_data *results, bool calendar, ab_error *err);
AB_API ab_status ab_drops_json(FILE *out, const ab_data *input, const ab_data *results, bool calendar, ab_error *err);

/* The table air_places, place by place. */
AB_API ab_status ab_air_places_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);

/* The tables ledger and ledger_stages for a terminal of 80 columns, UTF-8; and as one JSON object. */
AB_API ab_status ab_ledger_print(FILE *out, const ab_data *results, ab_error *err);
AB_API ab_status ab_ledger_json(FILE *out, const ab_data *results, ab_error *err);

/* Where a report is to be read. */
typedef struct ab_screen {
    int32_t columns; /* for charts; tables keep to 80 */
    bool utf8;       /* it shows block characters; else charts are of ASCII */
} ab_screen;

/* The tables access_days, access_gates and access_words: all subjects, a line or two each, or, where one was asked for, its chance
 * over time with a chart, its chain and the rows behind it. And as one JSON object. */
AB_API ab_status ab_access_print(FILE *out, const ab_data *results, const ab_screen *screen, ab_error *err);
AB_API ab_status ab_access_json(FILE *out, const ab_data *results, ab_error *err);

/* The tables chase and chase_dates for a terminal of 80 columns, UTF-8; and as one JSON object. */
AB_API ab_status ab_chase_print(FILE *out, const ab_data *results, ab_error *err);
AB_API ab_status ab_chase_json(FILE *out, const ab_data *results, ab_error *err);

/* The tables scores and score_bins for a terminal of 80 columns, UTF-8; all of a score as one JSON object; and its reliability
 * diagrams as an SVG file, written whole or not at all. */
AB_API ab_status ab_score_print(FILE *out, const ab_data *results, ab_error *err);
AB_API ab_status ab_score_json(FILE *out, const ab_data *results, ab_error *err);
AB_API ab_status ab_score_svg(const char *path, const ab_data *results, ab_error *err);

/* Draws the drop whose id is `drop` (NULL: the only one) on one page of A4 that a crew can carry: map, wind, release point, gates. The
 * ending of `path` says how: .pdf, .svg or .png (150 dots an inch). Written whole or not at all; the same rows give the same
 * bytes on the same machine. USAGE for another ending, where no drop is so called, or NULL may mean several. */
AB_API ab_status ab_drop_card(const char *path, const ab_data *input, const ab_data *results, const char *drop, ab_error *err);

/* What changed from one plan to another: one screen, places worst first; `all`: every trip, place and row. Names restricted
 * things, as the summary does. And as one JSON object with all of it. */
AB_API ab_status ab_diff_print(FILE *out, const ab_diff *diff, bool all, ab_error *err);
AB_API ab_status ab_diff_json(FILE *out, const ab_diff *diff, ab_error *err);

/* Issues as lines of text with a closing count, or as one JSON object. */
AB_API ab_status ab_issues_print(FILE *out, ab_issues *issues, ab_error *err);
AB_API ab_status ab_issues_json(FILE *out, ab_issues *issues, ab_error *err);

/* What was proved of a result: its rules with their counts and what is tightest, what is broken, what is not proved.
 * As text, or with the flaws of its input as one JSON object. */
AB_API ab_status ab_proof_print(FILE *out, const ab_proof *proof, ab_error *err);
AB_API ab_status ab_proof_json(FILE *out, const ab_proof *proof, ab_issues *issues, ab_error *err);

/* What a correction changed, a line each with the cell before and after, and their count; or with what is left
 * in the copy as one JSON object. */
AB_API ab_status ab_changes_print(FILE *out, const ab_changes *changes, ab_error *err);
AB_API ab_status ab_changes_json(FILE *out, const ab_changes *changes, ab_issues *left, ab_error *err);

/* What an issue code means and what to do about it, for a terminal; code 0: the list of all. As JSON; and all of
 * them as Markdown (docs/reference). USAGE where there is no such code. */
AB_API ab_status ab_explain_print(FILE *out, int32_t code, ab_error *err);
AB_API ab_status ab_explain_json(FILE *out, int32_t code, ab_error *err);
AB_API ab_status ab_explain_markdown(FILE *out, ab_error *err);

/* A map, sheet by sheet, or as one JSON object. */
AB_API ab_status ab_map_print(FILE *out, const ab_book *map, ab_error *err);
AB_API ab_status ab_map_json(FILE *out, const ab_book *map, ab_error *err);

/* What became of the events of an export, as lines of 80 columns or as one JSON object. `to`: where the reports are now; NULL: not
 * said. */
AB_API ab_status ab_events_print(FILE *out, const ab_events_tally *tally, const char *to, ab_error *err);
AB_API ab_status ab_events_json(FILE *out, const ab_events_tally *tally, const char *from, const char *to, ab_error *err);

/* What was copied: each sheet of `book` with its rows, and where it is now. */
AB_API ab_status ab_copy_print(FILE *out, const ab_book *book, const char *from, const char *to, ab_error *err);
AB_API ab_status ab_copy_json(FILE *out, const ab_book *book, const char *from, const char *to, ab_error *err);

/* The text of a cell of an example, "" when empty; NULL when there is no such row. */
typedef const char *ab_example_cell(const char *table, int32_t row, const char *column);

/* The schema as text for a terminal or as JSON (`table` NULL: all). As Markdown (docs/reference): the list of
 * all tables, and the page of one, with rows of `example` (NULL: without). */
AB_API ab_status ab_schema_print(FILE *out, const ab_schema *schema, const char *table, ab_error *err);
AB_API ab_status ab_schema_json(FILE *out, const ab_schema *schema, const char *table, ab_error *err);
AB_API ab_status ab_schema_markdown(FILE *out, const ab_schema *input, const ab_schema *results, ab_error *err);
AB_API ab_status ab_table_markdown(FILE *out, const ab_schema *schema, const char *table,
                                   ab_example_cell *example, ab_error *err);

#ifdef __cplusplus
}
#endif
#endif
