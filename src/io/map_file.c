/* Maps as CSV files. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "airbridge/map.h"
#include "io/book.h"
#include "io/csv_write.h"

ab_status ab_map_write(const char *path, const ab_book *map, bool replace, ab_error *err)
{
    ab_buf csv = AB_BUF_INIT;
    const ab_sheet *sheet = ab_book_at(map, 0);

    if (!replace && access(path, F_OK) == 0)
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

ab_status ab__map_apply(const char *path, ab_book *book, ab_issues *issues, ab_error *err)
{
    ab_book *map = NULL;
    ab_status status = ab_book_read_csv(path, "map", &map, issues, err);

    if (status == AB_OK)
        status = ab_book_map(book, ab_input_schema(), map, issues, err);
    ab_book_free(map);
    return status;
}
