/* What Airbridge writes into folders, and may replace with them. */
#ifndef IO_FOLDER_OURS_H
#define IO_FOLDER_OURS_H

#include "airbridge/schema.h"

/* The README.txt of a template. */
extern const char ab__template_readme[];

/* Is the entry `name` of the open folder `dir` a file that one who writes tables of `schema` may replace: NAME.csv of
 * one of these tables or, where an operation is written, the README.txt of a template, unchanged? Files of other tables may
 * be the only copy of something: an export does not replace an operation. What is gone meanwhile may be replaced. */
bool ab__folder_ours(int dir, const char *name, const ab_schema *schema);

#endif
