/* A sheet as a CSV file. */
#include <sys/stat.h>

#include "airbridge/io.h"
#include "io/book.h"
#include "io/csv_write.h"

/* Devices and pipes are written to and never lost. */
static bool is_file(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

ab_status ab_book_write_csv(const char *path, const ab_book *book, bool replace, ab_error *err)
{
    ab_buf csv = AB_BUF_INIT;
    const ab_sheet *sheet = ab_book_at(book, 0);

    if (!replace && is_file(path))
        return ab_fail(err, AB_IO, "%s is there already: --replace writes over it", path);
    for (int64_t r = -1; r < sheet->row_count; r++) {
        for (int32_t c = 0; c < sheet->column_count; c++) {
            ab__buf_add(&csv, c > 0 ? "," : "");
            ab__csv_add_cell(&csv,
                             r < 0 ? sheet->header[c] : sheet->cells[r * sheet->column_count + c]);
        }
        ab__buf_char(&csv, '\n');
    }
    ab_status status = csv.failed
                           ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path)
                           : ab_file_write(path, csv.text, csv.size, err);
    ab__buf_free(&csv);
    return status;
}
