#include "validate_drop/csv.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

enum { LINE_CAP = 1024 };

static bool line_of(csv *c, char line[LINE_CAP])
{
    if (!fgets(line, LINE_CAP, c->file))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    c->line++;
    return true;
}

bool csv_open(csv *c, const char *path)
{
    char line[LINE_CAP];
    *c = (csv){.file = fopen(path, "rb")};
    if (!c->file)
        return false;
    if (!line_of(c, line)) {
        csv_close(c);
        return false;
    }
    for (char *cell = line; cell && c->columns < CSV_COLUMNS;) {
        char *comma = strchr(cell, ',');
        if (comma)
            *comma = '\0';
        snprintf(c->name[c->columns++], sizeof c->name[0], "%.31s", cell);
        cell = comma ? comma + 1 : NULL;
    }
    return true;
}

void csv_close(csv *c)
{
    if (c->file)
        fclose(c->file);
    c->file = NULL;
}

int32_t csv_column(const csv *c, const char *name)
{
    for (int32_t i = 0; i < c->columns; i++) {
        if (strcmp(c->name[i], name) == 0)
            return i;
    }
    return -1;
}

csv_row csv_next(csv *c)
{
    char line[LINE_CAP];
    if (!line_of(c, line))
        return CSV_END;
    int32_t count = 0;
    for (char *cell = line; cell; count++) {
        char *comma = strchr(cell, ',');
        if (comma)
            *comma = '\0';
        if (count == c->columns)
            return CSV_BAD;
        c->value[count] = NAN;
        if (*cell && !ab__number_parse(cell, &c->value[count]))
            return CSV_BAD;
        cell = comma ? comma + 1 : NULL;
    }
    return count == c->columns ? CSV_GOOD : CSV_BAD;
}
