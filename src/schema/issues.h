/* Raising issues, inside schema and model. */
#ifndef SCHEMA_ISSUES_H
#define SCHEMA_ISSUES_H

#include "airbridge/schema.h"

/* The severity that issues.def gives a code. */
ab_severity ab__issue_severity(int32_t code);
/* Adds `issue` with the severity of its code. */
void ab__issue_raise(ab_issues *issues, ab_issue issue);
/* Counts `more` issues that whoever found them could not keep. */
void ab__issues_count_more(ab_issues *issues, ab_severity severity, int64_t more);
/* Was this already said of `origin`? Among the kept issues. */
bool ab__issues_has(const ab_issues *issues, int32_t code, const char *origin);

#endif
