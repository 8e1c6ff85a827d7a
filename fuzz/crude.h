/* A crude book: "=NAME" begins a sheet, the next line is its header, the others are rows; tabs part cells. */
#ifndef FUZZ_CRUDE_H
#define FUZZ_CRUDE_H

#include "fuzz.h"
#include "schema/book.h"

enum { COLUMNS_MOST = 64, ROWS_MOST = 500 };

/* Puts the cells of the line at *text into `cells` (`count` of them; others are left out, missing ones
 * empty) and moves to the next line. Returns how many the line has. */
static inline int32_t read_line(ab_arena *arena, const char **text, const char **cells,
                                int32_t count)
{
    int32_t found = 0;
    const char *at = *text;
    for (;; at++) {
        size_t length = strcspn(at, "\t\n");
        if (found < count)
            cells[found] = ab__arena_text_n(arena, at, length);
        found++;
        at += length;
        if (*at != '\t')
            break;
    }
    for (int32_t c = found; c < count; c++)
        cells[c] = "";
    *text = *at == '\n' ? at + 1 : at;
    return found;
}

/* Reads one sheet, from the line after its name. */
static inline void read_sheet(ab_book *book, const char *name, const char **text)
{
    ab_arena *arena = ab__book_arena(book);
    ab_sheet sheet = {.name = name, .origin = name, .header_line = 1};
    const char **header = AB_NEW(arena, const char *, COLUMNS_MOST);
    int32_t found = read_line(arena, text, header, COLUMNS_MOST);
    sheet.header = header;
    sheet.column_count = found < COLUMNS_MOST ? found : COLUMNS_MOST;
    const char **cells = AB_NEW(arena, const char *, ROWS_MOST *sheet.column_count);
    int32_t *line = AB_NEW(arena, int32_t, ROWS_MOST);
    while (**text != '\0' && **text != '=' && sheet.row_count < ROWS_MOST) {
        (void)read_line(arena, text, cells + sheet.row_count * sheet.column_count,
                        sheet.column_count);
        line[sheet.row_count] = (int32_t)sheet.row_count + 2;
        sheet.row_count++;
    }
    sheet.cells = cells;
    sheet.line = line;
    must(ab__book_add(book, &sheet), "out of memory");
}

static inline ab_book *read_crude(const uint8_t *data, size_t size)
{
    ab_book *book = ab__book_new();
    char *copy = ab__arena_text_n(ab__book_arena(book), (const char *)data, size);
    for (size_t i = 0; i < size; i++)
        if (copy[i] == '\0')
            copy[i] = ' '; /* no reader of containers lets one through */
    for (const char *text = copy; *text != '\0';) {
        const char *name = "";
        bool begins = *text == '=';
        (void)read_line(ab__book_arena(book), &text, &name, 1);
        if (begins)
            read_sheet(book, name + 1, &text);
    }
    return book;
}

#endif
