/* Cells that name a row whose id changes. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "schema/fix.h"

typedef struct renaming {
    const ab_table *table;
    const char *before, *after;
    bool subject; /* written table:id */
    ab_buf text;  /* the cell with the new id */
    bool found;
} renaming;

static bool is(const char *part, size_t size, const char *word)
{
    return strlen(word) == size && memcmp(part, word, size) == 0;
}

/* "id", "table:id" or "not id"; everything else stays. */
static bool add_part(void *context, const char *part, size_t size)
{
    static const char negated[] = "not ";
    renaming *of = context;
    size_t head = 0, word = strlen(of->table->singular);
    if (of->subject)
        head = size > word && memcmp(part, of->table->singular, word) == 0 && part[word] == ':'
                   ? word + 1
                   : size;
    else if (size > sizeof negated - 1 && memcmp(part, negated, sizeof negated - 1) == 0)
        head = sizeof negated - 1;
    while (head < size && part[head] == ' ')
        head++;
    bool named = is(part + head, size - head, of->before);
    if (of->text.size > 0)
        ab__buf_add(&of->text, "; ");
    ab__buf_add_n(&of->text, part, named ? head : size);
    if (named)
        ab__buf_add(&of->text, of->after);
    of->found |= named;
    return true;
}

static bool may_name(const ab_column *column, const ab_table *table)
{
    bool subject = column->type == AB_TYPE_SUBJECT || column->type == AB_TYPE_SUBJECTS;
    return subject || (column->refers != NULL && strcmp(column->refers, table->name) == 0);
}

static void rename_in(ab_fixing *fixing, ab_fixing_sheet *in, int32_t c, const ab_table *table,
                      const char *before, const char *after)
{
    const ab_column *column = &in->table->columns[in->declared[c]];
    renaming of = {.table = table,
                   .before = before,
                   .after = after,
                   .subject = column->type == AB_TYPE_SUBJECT || column->type == AB_TYPE_SUBJECTS};
    for (int64_t r = 0; r < in->sheet.row_count; r++) {
        const char *cell = in->cells[r * in->sheet.column_count + c];
        if (strstr(cell, before) == NULL)
            continue;
        ab__buf_clear(&of.text);
        of.found = false;
        (void)ab__text_split(cell, add_part, &of);
        fixing->no_memory |= of.text.failed;
        if (of.found && !of.text.failed)
            ab__fixing_put(fixing, in, r, c, ab__buf_text(&of.text));
    }
    ab__buf_free(&of.text);
}

void ab__fixing_rename(ab_fixing *fixing, const ab_table *table, const char *before,
                       const char *after)
{
    for (int32_t s = 0; s < fixing->count; s++) {
        ab_fixing_sheet *in = &fixing->sheets[s];
        for (int32_t c = 0; in->table != NULL && c < in->sheet.column_count; c++)
            if (in->declared[c] >= 0 && may_name(&in->table->columns[in->declared[c]], table))
                rename_in(fixing, in, c, table, before, after);
    }
}
