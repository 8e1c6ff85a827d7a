/* Files that settings name, looked for in the operation's folder. */
#define _GNU_SOURCE /* realpath */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/book.h"
#include "io/path.h"
#include "schema/book.h"
#include "schema/issues.h"

typedef struct place {
    const char *folder, *real_folder;
    bool outside;
    const ab_sheet *sheet;
    ab_issues *issues;
} place;

static int32_t column_of(const ab_sheet *sheet, const char *name)
{
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (strcmp(sheet->header[c], name) == 0)
            return c;
    return -1;
}

static void tell(const place *in, int64_t row, const char *key, const char *path, int32_t code,
                 const char *expected, const char *hint)
{
    ab__issue_raise(in->issues, (ab_issue){.code = code,
                                           .origin = in->sheet->origin,
                                           .line = in->sheet->line[row],
                                           .column = key,
                                           .expected = expected,
                                           .found = path,
                                           .hint = hint});
}

/* What leads out by its words alone is told where the cell is read. false: out of memory. */
static bool look(const place *in, int64_t row, const char *key, const char *path)
{
    ab_buf file = AB_BUF_INIT;

    if (path[0] == '\0' || path[0] == '/')
        return true;
    ab__buf_printf(&file, "%s/%s", in->folder, path);
    bool made = !file.failed, there = made && access(file.text, F_OK) == 0;
    if (made && !there)
        tell(in, row, key, path, AB_ISSUE_FILE_MISSING, "a file in the operation's folder",
             "put it there, or empty the setting");
    else if (made && !in->outside && !ab__path_lies_in(file.text, in->real_folder))
        tell(in, row, key, path, AB_ISSUE_PATH_OUTSIDE,
             "a file of this folder, found a link that leads out of it",
             "put a copy of the file here, or say --allow-outside");
    ab__buf_free(&file);
    return made;
}

bool ab__folder_paths(const char *folder, const char *real_folder, bool outside,
                      const ab_table *table, const ab_book *book, ab_issues *issues)
{
    const ab_sheet *sheet = ab_book_find(book, table->name);
    place in = {folder, real_folder, outside, sheet, issues};
    int32_t key = sheet != NULL ? column_of(sheet, "key") : -1;
    int32_t value = sheet != NULL ? column_of(sheet, "value") : -1;
    bool made = true;

    if (table->form != AB_SETTINGS || key < 0 || value < 0)
        return true;
    for (int64_t r = 0; made && r < sheet->row_count; r++) {
        const char *const *cells = &sheet->cells[r * sheet->column_count];
        int32_t c = ab_table_find(table, cells[key]);
        if (c >= 0 && table->columns[c].path)
            made = look(&in, r, cells[key], cells[value]);
    }
    return made;
}
