#include "schema/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

struct ab_book {
    ab_arena *arena;
    AB_VEC(ab_sheet) sheets;
};

ab_book *ab__book_new(void)
{
    ab_book *book = ab__realloc(NULL, sizeof *book);
    if (book == NULL)
        return NULL;
    *book = (ab_book){.arena = ab__arena_new()};
    if (book->arena == NULL) {
        free(book);
        return NULL;
    }
    return book;
}

ab_arena *ab__book_arena(ab_book *book)
{
    return book->arena;
}

bool ab__book_add(ab_book *book, const ab_sheet *sheet)
{
    ab_sheet *added = AB_PUSH(&book->sheets);
    if (added == NULL)
        return false;
    *added = *sheet;
    return true;
}

void ab__book_replace(ab_book *book, int32_t i, const ab_sheet *sheet)
{
    book->sheets.at[i] = *sheet;
}

void ab__book_remove(ab_book *book, int32_t i)
{
    book->sheets.count--;
    for (; i < book->sheets.count; i++)
        book->sheets.at[i] = book->sheets.at[i + 1];
}

void ab_book_free(ab_book *book)
{
    if (book == NULL)
        return;
    AB_VEC_FREE(&book->sheets);
    ab__arena_free(book->arena);
    free(book);
}

int32_t ab_book_count(const ab_book *book)
{
    return book->sheets.count;
}

const ab_sheet *ab_book_at(const ab_book *book, int32_t i)
{
    return &book->sheets.at[i];
}

const ab_sheet *ab_book_find(const ab_book *book, const char *name)
{
    for (int32_t i = 0; i < book->sheets.count; i++)
        if (strcmp(book->sheets.at[i].name, name) == 0)
            return &book->sheets.at[i];
    return NULL;
}
