/* Maps as CSV files. */
#include "airbridge/io.h"
#include "airbridge/map.h"
#include "io/book.h"

ab_status ab_map_write(const char *path, const ab_book *map, bool replace, ab_error *err)
{
    return ab_book_write_csv(path, map, replace, err);
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
