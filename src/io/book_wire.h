/* Sheets, issues and an ending on their way from a child that read a hostile file to its parent, which trusts
 * none of the bytes: lengths and counts have bounds, texts are UTF-8, and nothing is taken for whole that
 * has no end. Both are one program, so numbers lie as they lie in memory. */
#ifndef IO_BOOK_WIRE_H
#define IO_BOOK_WIRE_H

#include "airbridge/schema.h"

/* Where the bytes go to and come from. */
typedef struct ab_wire {
    /* Puts or takes exactly `size` bytes; false: that cannot be done. */
    bool (*move)(void *context, void *bytes, size_t size);
    void *context;
} ab_wire;

enum {
    AB_WIRE_SHEETS_MAX = 20000,
    AB_WIRE_COLUMNS_MAX = 20000,
    AB_WIRE_ISSUES_MAX = 20000,
};

typedef enum ab_wire_end {
    AB_WIRE_WHOLE,
    AB_WIRE_TORN, /* the bytes ended, or are none of ours */
    AB_WIRE_NO_MEMORY
} ab_wire_end;

/* Sends all of `book` and `issues` and then how the reading ended. false: a move failed. */
bool ab__wire_send(const ab_wire *to, const ab_book *book, ab_issues *issues,
                   const ab_error *ended);

/* Adds what comes to `book` and `issues`; `ended` then says how the reading ended. */
ab_wire_end ab__wire_receive(const ab_wire *from, ab_book *book, ab_issues *issues,
                             ab_error *ended);

#endif
