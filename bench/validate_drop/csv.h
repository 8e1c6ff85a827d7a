/* Comma-separated numbers under a line of names. */
#ifndef VALIDATE_CSV_H
#define VALIDATE_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { CSV_COLUMNS = 24 };

typedef struct csv {
    FILE *file;
    char name[CSV_COLUMNS][32];
    int32_t columns;
    int64_t line;                 /* of the row read last; the names are line 1 */
    double value[CSV_COLUMNS];    /* NAN: empty */
} csv;

/* What csv_next found. */
typedef enum csv_row { CSV_END, CSV_GOOD, CSV_BAD } csv_row;

/* false: it cannot be opened, or has no line of names. */
bool csv_open(csv *c, const char *path);
void csv_close(csv *c);
/* -1: no such column. */
int32_t csv_column(const csv *c, const char *name);
/* A row is bad if it has not as many cells as names, or a cell that is neither empty nor a number. */
csv_row csv_next(csv *c);

#endif
