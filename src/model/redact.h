/* What an audience may see of the rows of a schema. */
#ifndef MODEL_REDACT_H
#define MODEL_REDACT_H

#include "airbridge/operation.h"
#include "base/arena.h"

/* May `audience` see columns of this sensitivity? */
bool ab__audience_sees(ab_audience audience, ab_sensitivity sensitivity);

/* A copy of `data` without what `audience` may not see, as if it had never been declared: its schema has the
 * columns that may be seen (in tables of the same numbers, some of them without any), the members of the
 * others are unknown in its rows, and rows that say in a column `audience` that they are for fewer people
 * are gone, as are all rows of a table of which nothing may be seen. Texts still belong to `data`, the rest
 * to `arena`. What stands beside settings (ab_row_head.remarks) is for the team alone. NO_MEMORY only. */
ab_status ab__data_redact(const ab_data *data, ab_audience audience, ab_arena *arena, ab_data *out,
                          ab_error *err);

#endif
