/* Units as people write them: "t", "tonnes/jour", "km per hour", "%". */
#ifndef SCHEMA_UNIT_H
#define SCHEMA_UNIT_H

#include <stdbool.h>

typedef enum ab_unit_relation {
    AB_UNIT_UNKNOWN, /* no unit that is known */
    AB_UNIT_SAME,
    AB_UNIT_CONVERTS, /* a number of it times `*factor` is one of the other */
    AB_UNIT_FOREIGN   /* a unit of something else */
} ab_unit_relation;

/* How the unit `text` stands to `wanted_unit`, that of a column. false: out of memory. */
bool ab__unit_compare(const char *text, const char *wanted_unit, ab_unit_relation *out,
                      double *factor);

#endif
