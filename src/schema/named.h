/* A book under the names of a schema: sheets and columns that go by their labels or hashtags get the names
 * that the reader knows, and keep what was found for messages (ab_sheet.shown). */
#ifndef SCHEMA_NAMED_H
#define SCHEMA_NAMED_H

#include "airbridge/schema.h"
#include "base/arena.h"

/* `*out` refers to the texts of `book`. What goes by another name is a note; two sheets of one table, a
 * header that could be several columns and one in another unit are flaws, and passed over. Sheets and columns
 * that nobody knows stay as they are. NO_MEMORY only. */
ab_status ab__book_named(const ab_schema *schema, const ab_book *book, ab_book **out,
                         ab_issues *issues, ab_error *err);

#endif
