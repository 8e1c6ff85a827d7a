/* A book as a folder of CSV files (RFC 4180): UTF-8, commas, LF. */
#include <string.h>

#include "base/buf.h"
#include "io/csv_write.h"
#include "io/folder_write.h"
#include "io/write.h"

static const char SUFFIX[] = ".csv";
enum { NAME_MOST = 255 }; /* bytes of a file's name */

/* ---- The bytes -------------------------------------------------------------------------------- */

static void add_sheet(ab_buf *csv, const ab_out_sheet *sheet)
{
    for (int32_t c = 0; c < sheet->column_count; c++) {
        ab__buf_add(csv, c > 0 ? "," : "");
        ab__csv_add_cell(csv, sheet->columns[c].name);
    }
    ab__buf_char(csv, '\n');
    for (int32_t c = 0; sheet->tagged && c < sheet->column_count; c++) {
        ab__buf_add(csv, c > 0 ? "," : "");
        ab__csv_add_cell(csv, sheet->columns[c].tag);
    }
    ab__buf_add(csv, sheet->tagged ? "\n" : "");
    for (int64_t r = 0; r < sheet->row_count; r++) {
        for (int32_t c = 0; c < sheet->column_count; c++) {
            ab__buf_add(csv, c > 0 ? "," : "");
            ab__csv_add_cell(csv, ab__out_cell(sheet, r, c));
        }
        ab__buf_char(csv, '\n');
    }
}

/* ---- What may not be written ------------------------------------------------------------------ */

static void refuse_names(const ab_outgoing *out)
{
    for (const ab_out_sheet *sheet = out->sheets; sheet < out->sheets + out->count; sheet++) {
        const char *name = sheet->name;
        if (name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL &&
            strlen(name) + strlen(SUFFIX) <= NAME_MOST)
            continue;
        ab__out_refuse(out, sheet, -1, -1,
                       (ab_issue){.code = AB_ISSUE_TABLE_NAME,
                                  .expected = "a name that a file can have: no '/', no '.' at its "
                                              "start, at most 251 bytes",
                                  .found = name});
    }
}

/* ---- The folder ------------------------------------------------------------------------------- */

/* Makes the files' names and bytes, all in the arena. false: out of memory. */
static bool make_files(const ab_outgoing *out, ab_folder_file *files)
{
    for (int32_t s = 0; s < out->count; s++) {
        ab_buf csv = AB_BUF_INIT;
        add_sheet(&csv, &out->sheets[s]);
        files[s].name = ab__arena_printf(out->arena, "%s%s", out->sheets[s].name, SUFFIX);
        files[s].bytes = csv.failed ? NULL : ab__arena_text_n(out->arena, csv.text, csv.size);
        files[s].size = csv.size;
        ab__buf_free(&csv);
        if (files[s].name == NULL || files[s].bytes == NULL)
            return false;
    }
    return true;
}

ab_status ab__write_folder(const ab_outgoing *out, const char *path, const ab_open_options *options,
                           ab_error *err)
{
    int64_t before = ab_issues_of(out->issues, AB_ERROR_FLAW);
    ab_folder_file *files = AB_NEW(out->arena, ab_folder_file, out->count);

    (void)options;
    refuse_names(out);
    ab_status status = ab__write_judge(out, before, path, err);
    if (status == AB_OK && (files == NULL || !make_files(out, files)))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
    return status == AB_OK ? ab__folder_write(path, files, out->count, out->schema, err) : status;
}
