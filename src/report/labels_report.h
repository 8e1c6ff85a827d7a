/* By which other names tables, columns and codes are known. */
#ifndef REPORT_LABELS_REPORT_H
#define REPORT_LABELS_REPORT_H

#include "airbridge/schema.h"
#include "base/json.h"

/* A line with the names of a column in each language, or nothing. */
void ab__labels_print(ab_buf *out, const ab_label *label);
/* The member `labels`: for each language a list of names. */
void ab__labels_json(ab_json *json, const ab_label *label);
/* The section of a table's page. */
void ab__labels_markdown(ab_buf *out, const ab_table *table);

#endif
