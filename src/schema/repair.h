/* What a cell with flaws was meant to say, where that is certain. */
#ifndef SCHEMA_REPAIR_H
#define SCHEMA_REPAIR_H

#include "base/buf.h"
#include "schema/cell.h"

/* Adds to `out` what `cell->text` should read, for a flaw of this code. false, and nothing is added: it could
 * mean something else, too, or nobody can say. What is added reads without a flaw. */
bool ab__repair(ab_cell *cell, int32_t code, ab_buf *out);

/* One for each kind of cell; what they add may still have flaws. */
bool ab__repair_number(const char *text, const char *unit, ab_buf *out);
bool ab__repair_time(const char *text, ab_buf *out);
bool ab__repair_day(const char *text, ab_buf *out);
bool ab__repair_clock(const char *text, ab_buf *out);
bool ab__repair_wkt(const char *text, ab_buf *out);

#endif
