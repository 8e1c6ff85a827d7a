/* Foreign bytes are read in a child of this process, which has no more than it needs: 2 GiB of memory, a time,
 * no file to write, no program to start, and no network unless it is what is read from. What it finds comes
 * back through a pipe (io/book_wire.h). A child that dies is an error in plain words.
 *
 * The child is made by fork: it has the memory of the parent as it was, and only the thread that called. The
 * libraries that it uses there are GDAL, ecCodes, zlib and libpq; a thread of the caller that holds one of GDAL's
 * locks at that moment lets the child wait in vain, until its time is over. */
#ifndef IO_CHILD_H
#define IO_CHILD_H

#include "airbridge/schema.h"
#include "io/book_wire.h"

typedef struct ab_child_limits {
    int seconds;  /* of the clock on the wall; half as much of the processor */
    bool network; /* it may talk to others */
} ab_child_limits;

/* What passes between a child and its parent: the one speaks, the other hears. */
typedef struct ab_child_task {
    /* In the child: does the work, and sends what it found and how it ended. `shut_in` has a status if the child is
     * not: then nothing is read, and that is sent instead. false: a move failed. */
    bool (*speak)(void *context, const ab_error *shut_in, const ab_wire *to);
    /* In the parent: takes that, believes none of it, and fills `ended`. */
    ab_wire_end (*hear)(void *context, const ab_wire *from, ab_error *ended);
    void *context;
} ab_child_task;

/* Lets a child do `task`. `name` is that of what it reads, for messages. Fails as the work failed, with IO when the
 * child died or ran out of a limit, or could not be made. */
ab_status ab__child_do(const char *name, const ab_child_task *task, const ab_child_limits *limits,
                       ab_error *err);

/* What a child that reads a book does: reads into `book` and `issues`, which are its own and empty. */
typedef ab_status ab_child_work(void *context, ab_book *book, ab_issues *issues, ab_error *err);

/* Lets a child do `work`, and adds what it read. Fails as ab__child_do does. */
ab_status ab__child_read(const char *name, ab_child_work *work, void *context,
                         const ab_child_limits *limits, ab_book *book, ab_issues *issues,
                         ab_error *err);

/* Takes from this process, for good, what a reader does not need (seccomp). Where the system or the processor
 * is not known (io/child_filter.c), nothing is taken. false: the system refused. */
bool ab__child_filter(bool network);

#endif
