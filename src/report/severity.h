/* How severe a flaw is, in a word. */
#ifndef REPORT_SEVERITY_H
#define REPORT_SEVERITY_H

#include "airbridge/schema.h"

static inline const char *ab__severity_word(ab_severity severity)
{
    return severity == AB_NOTE ? "note" : severity == AB_WARNING ? "warning" : "error";
}

#endif
