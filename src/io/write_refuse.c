/* What a spreadsheet program, or XML itself, cannot hold. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "io/write.h"

/* Length in units of UTF-16, in which spreadsheet programs count: signs beyond the first plane are two. */
static int64_t utf16_units(const char *text)
{
    int64_t units = 0;

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        units += (c & 0xC0) != 0x80;
        units += c >= 0xF0;
    }
    return units;
}

/* What the escapes of "_x…" add at most. */
static int64_t escape_units(const char *text)
{
    int64_t units = 0;

    while ((text = strstr(text, "_x")) != NULL) {
        units += (int64_t)strlen("_x005F");
        text++;
    }
    return units;
}

/* The first sign that is none in XML 1.0 (section 2.2: Char); NULL: all are. UTF-8 without surrogates. */
static const char *unfit_for_xml(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return text;
        if (c == 0xEF && (unsigned char)text[1] == 0xBF && (unsigned char)text[2] >= 0xBE)
            return text; /* U+FFFE and U+FFFF */
    }
    return NULL;
}

static void refuse_text(const ab_outgoing *out, const ab_out_sheet *sheet,
                        const ab_grid_limits *limits, int64_t row, int32_t column, const char *text)
{
    char expected[96];

    if (unfit_for_xml(text) != NULL)
        ab__out_refuse(out, sheet, row, column,
                       (ab_issue){.code = AB_ISSUE_CANNOT_BE_WRITTEN,
                                  .expected = "a text without control characters",
                                  .found = text,
                                  .hint = "write it again: it may hold what nobody sees"});
    if (utf16_units(text) + (limits->escapes ? escape_units(text) : 0) <= limits->cell_units)
        return;
    (void)snprintf(expected, sizeof expected, "at most %lld characters, as %s takes in a cell",
                   (long long)limits->cell_units, limits->program);
    ab__out_refuse(out, sheet, row, column,
                   (ab_issue){.code = AB_ISSUE_CELL_TOO_LONG,
                              .expected = expected,
                              .found = text,
                              .hint = "shorten it, or write another kind of container"});
}

static void refuse_size(const ab_outgoing *out, const ab_out_sheet *sheet,
                        const ab_grid_limits *limits)
{
    char expected[96], found[64];
    int64_t rows = sheet->row_count + (sheet->tagged ? 2 : 1);

    if (rows <= limits->rows && sheet->column_count <= limits->columns)
        return;
    (void)snprintf(expected, sizeof expected, "at most %lld rows and %d columns, as %s takes",
                   (long long)limits->rows, (int)limits->columns, limits->program);
    (void)snprintf(found, sizeof found, "%lld rows, %d columns", (long long)rows,
                   (int)sheet->column_count);
    ab__out_refuse(out, sheet, -1, -1,
                   (ab_issue){.code = AB_ISSUE_TABLE_TOO_LARGE,
                              .expected = expected,
                              .found = found,
                              .hint = "write another kind of container"});
}

/* Is there an earlier sheet that the program would take for the same? */
static bool name_is_taken(const ab_outgoing *out, const ab_out_sheet *sheet)
{
    for (const ab_out_sheet *other = out->sheets; other < sheet; other++) {
        if (strcasecmp(other->name, sheet->name) == 0)
            return true;
    }
    return false;
}

static void refuse_name(const ab_outgoing *out, const ab_out_sheet *sheet,
                        const ab_grid_limits *limits)
{
    const char *name = sheet->name;
    size_t size = strlen(name);
    char expected[96];
    bool fits = size > 0 && utf16_units(name) <= limits->name_units &&
                name[strcspn(name, limits->not_in_name)] == '\0' && name[0] != '\'' &&
                name[size - 1] != '\'' && unfit_for_xml(name) == NULL &&
                strpbrk(name, "\t\n\r") == NULL;

    if (fits && !name_is_taken(out, sheet))
        return;
    (void)snprintf(expected, sizeof expected,
                   "a name of 1 to %lld characters, none of %s, that no other table has",
                   (long long)limits->name_units, limits->not_in_name);
    ab__out_refuse(out, sheet, -1, -1,
                   (ab_issue){.code = AB_ISSUE_TABLE_NAME, .expected = expected, .found = name});
}

static void refuse_cells(const ab_outgoing *out, const ab_out_sheet *sheet,
                         const ab_grid_limits *limits)
{
    for (int32_t c = 0; c < sheet->column_count; c++) {
        refuse_text(out, sheet, limits, -1, c, sheet->columns[c].name);
        refuse_text(out, sheet, limits, -1, c, sheet->columns[c].tag);
    }
    for (int64_t r = 0; r < sheet->row_count; r++) {
        for (int32_t c = 0; c < sheet->column_count; c++)
            refuse_text(out, sheet, limits, r, c, ab__out_cell(sheet, r, c));
    }
}

void ab__refuse_grid(const ab_outgoing *out, const ab_grid_limits *limits)
{
    for (const ab_out_sheet *sheet = out->sheets; sheet < out->sheets + out->count; sheet++) {
        refuse_size(out, sheet, limits);
        refuse_name(out, sheet, limits);
        refuse_cells(out, sheet, limits);
    }
}
