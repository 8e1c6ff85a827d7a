/* Making a book, for those who read containers. */
#ifndef SCHEMA_BOOK_H
#define SCHEMA_BOOK_H

#include "airbridge/schema.h"
#include "base/arena.h"

ab_book *ab__book_new(void);
ab_arena *ab__book_arena(ab_book *book);
/* Adds a sheet; its texts and arrays must lie in the book's arena. false: out of memory. */
bool ab__book_add(ab_book *book, const ab_sheet *sheet);
/* Puts another sheet in the place of sheet `i`, or none. */
void ab__book_replace(ab_book *book, int32_t i, const ab_sheet *sheet);
void ab__book_remove(ab_book *book, int32_t i);

#endif
