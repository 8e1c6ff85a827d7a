/* Words that tables are described with, on a terminal and on a page. */
#ifndef REPORT_SCHEMA_WORDS_H
#define REPORT_SCHEMA_WORDS_H

#include "airbridge/schema.h"
#include "base/buf.h"

const char *ab__sensitivity_word(ab_sensitivity sensitivity);
/* Adds "required", "default 24" or nothing. */
void ab__schema_presence(ab_buf *out, const ab_column *column);
/* Fails with USAGE and the names of the tables. */
ab_status ab__schema_no_table(const ab_schema *schema, const char *name, ab_error *err);

#endif
