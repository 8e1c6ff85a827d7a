/* report: what a person or another program reads. Works from the tables alone, so that a result read
 * back from its file looks as it did when it was made. */
#ifndef AIRBRIDGE_REPORT_H
#define AIRBRIDGE_REPORT_H

#include <stdio.h>

#include "airbridge/diff.h"
#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The summary of a plan, one screen of 80 columns and at most 48 lines, UTF-8. */
AB_API ab_status ab_summary_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);
/* The same figures as one JSON object. */
AB_API ab_status ab_summary_json(FILE *out, const ab_data *input, const ab_data *results, ab_error *err);

/* What changed from one plan to another: one screen, places worst first; `all`: every trip, place and row. Names restricted
 * things, as the summary does. And as one JSON object with all of it. */
AB_API ab_status ab_diff_print(FILE *out, const ab_diff *diff, bool all, ab_error *err);
AB_API ab_status ab_diff_json(FILE *out, const ab_diff *diff, ab_error *err);

/* Issues as lines of text with a closing count, or as one JSON object. */
AB_API ab_status ab_issues_print(FILE *out, ab_issues *issues, ab_error *err);
AB_API ab_status ab_issues_json(FILE *out, ab_issues *issues, ab_error *err);

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
