#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print what was copied as JSON"},
    {NULL, 0, NULL, NULL},
};

static int64_t rows_of(const ab_sheet *sheet)
{
    return sheet->row_count - (ab_sheet_is_tagged(sheet) ? 1 : 0);
}
