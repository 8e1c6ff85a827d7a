/* Flaws as JSON, also within what else is told. */
#ifndef REPORT_ISSUES_REPORT_H
#define REPORT_ISSUES_REPORT_H

#include "airbridge/schema.h"
#include "base/json.h"

void ab__issues_object(ab_json *json, ab_issues *issues);

#endif
