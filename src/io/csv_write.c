#include "io/csv_write.h"

#include <string.h>

void ab__csv_add_cell(ab_buf *csv, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        ab__buf_add(csv, text);
        return;
    }
    ab__buf_char(csv, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            ab__buf_char(csv, '"');
        ab__buf_char(csv, *text);
    }
    ab__buf_char(csv, '"');
}
