/* Members of JSON objects, for all reports that programs read. */
#ifndef REPORT_MEMBERS_H
#define REPORT_MEMBERS_H

#include "airbridge/time.h"
#include "base/json.h"

void ab__member_text(ab_json *json, const char *key, const char *value); /* NULL: null */
void ab__member_number(ab_json *json, const char *key, double value);    /* NaN: null */
/* With twelve digits: what a file keeps of a number is enough to print it again the same. */
void ab__member_rounded(ab_json *json, const char *key, double value);
void ab__member_time(ab_json *json, const char *key, ab_time t);         /* AB_TIME_NONE: "" */

#endif
