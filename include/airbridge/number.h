/* Numbers as people give them to a program. */
#ifndef AIRBRIDGE_NUMBER_H
#define AIRBRIDGE_NUMBER_H

#include <stdbool.h>

#include "airbridge/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The whole of `text` (spaces around it allowed) as a finite number with a point, whatever the locale; no hex, no commas. */
AB_API bool ab_number_parse(const char *text, double *out);

#ifdef __cplusplus
}
#endif
#endif
