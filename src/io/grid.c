#include "io/grid.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "io/csv.h"
#include "schema/book.h"
#include "schema/issues.h"
#include "schema/settings.h"

/* Above a header stand a title, a date, a logo's place: not more. */
enum { LOOKED_AT = 50 };

static const char SPACES[] = " \t\r\n";

/* `text` without spaces around it, in the arena; NULL: out of memory. */
static const char *trimmed(ab_arena *arena, const char *text)
{
    text += strspn(text, SPACES);
    size_t size = strlen(text);
    while (size > 0 && strchr(SPACES, text[size - 1]) != NULL)
        size--;
    return ab__arena_text_n(arena, text, size);
}

bool ab__grid_table(const ab_schema *schema, const char *name, ab_arena *work, const ab_table **out)
{
    ab_lexicon tables;
    ab_buf spare = AB_BUF_INIT;
    int32_t other;

    *out = NULL;
    if (!ab__lexicon_make(&tables, work, schema->count, ab__table_called, schema))
        return false;
    const char *sought = trimmed(work, name);
    int32_t t = sought != NULL ? ab__lexicon_find(&tables, sought, &spare, &other) : -1;
    bool made = sought != NULL && !spare.failed;
    ab__buf_free(&spare);
    if (made && t >= 0)
        *out = &schema->tables[t];
    return made;
}

bool ab__grid_start(ab_grid *grid, const ab_schema *schema, const char *file, const char *name,
                    ab_book *book, ab_issues *issues)
{
    ab_arena *arena = ab__book_arena(book);

    *grid = (ab_grid){.maker = {.book = book, .arena = arena, .issues = issues},
                      .work = ab__arena_new(),
                      .wkt = -1};
    ab_sheet *sheet = &grid->maker.sheet;
    sheet->origin = ab__arena_printf(arena, "%s/%s", file, name);
    sheet->name = trimmed(arena, name);
    if (grid->work == NULL || sheet->origin == NULL || sheet->name == NULL)
        return false;
    if (!ab__grid_table(schema, sheet->name, grid->work, &grid->table))
        return false;
    if (grid->table == NULL)
        return true;
    if (strcasecmp(grid->table->name, sheet->name) == 0)
        sheet->name = grid->table->name;
    return ab__columns_make(&grid->columns, grid->work,
                            grid->table->form == AB_SETTINGS ? ab__settings_table() : grid->table);
}

/* ---- Rows under the header -------------------------------------------------------------------- */

static void judge_width(ab_grid *grid, const ab_grid_row *row)
{
    int32_t columns = grid->maker.sheet.column_count;
    const ab_grid_cell *last = &grid->cell.at[row->first + row->count - 1];
    char expected[64];

    if (last->column < columns || ++grid->flaws > AB_CSV_FLAWS_MAX)
        return;
    (void)snprintf(expected, sizeof expected, "%d %s, as in the header", (int)columns,
                   columns == 1 ? "cell" : "cells");
    ab__maker_raise(&grid->maker, -1,
                    (ab_issue){.code = AB_ISSUE_RAGGED,
                               .expected = expected,
                               .found = last->text,
                               .hint = "give that column a name in the header, or clear the cell"});
}

static bool keep_row(ab_grid *grid, const ab_grid_row *row)
{
    ab_sheet_maker *maker = &grid->maker;
    int32_t next = row->first, end = row->first + row->count;

    if (!ab__maker_row(maker, row->line))
        return false;
    if (maker->full)
        return true;
    for (int32_t c = 0; c < maker->sheet.column_count; c++) {
        bool there = next < end && grid->cell.at[next].column == c;
        if (!ab__maker_cell(maker, there ? grid->cell.at[next].text : "", c == grid->wkt))
            return false;
        next += there ? 1 : 0;
    }
    judge_width(grid, row);
    return true;
}

/* ---- The header ------------------------------------------------------------------------------- */

/* How many cells of the row name a column of the table; -1: out of memory. */
static int32_t count_names(ab_grid *grid, const ab_grid_row *row)
{
    int32_t count = 0;

    if (grid->table == NULL || row->count < 2)
        return 0;
    for (int32_t i = row->first; i < row->first + row->count; i++) {
        const char *name = trimmed(grid->work, grid->cell.at[i].text);
        ab_match match;
        if (name == NULL || !ab__column_match(&grid->columns, name, "", &match))
            return -1;
        count += match.how != AB_KNOWN_NOT;
    }
    return count;
}

static bool has_hashtags(const ab_grid *grid, const ab_grid_row *row)
{
    for (int32_t i = row->first; i < row->first + row->count; i++)
        if (grid->cell.at[i].text[strspn(grid->cell.at[i].text, SPACES)] != '#')
            return false;
    return row->count > 1;
}

/* A note on what stands above the header. */
static void tell_title(ab_grid *grid, int32_t header)
{
    char expected[80];

    if (header == 0)
        return;
    (void)snprintf(expected, sizeof expected, "the header first: it was found in row %d",
                   (int)grid->row.at[header].line);
    ab__issue_raise(grid->maker.issues,
                    (ab_issue){.code = AB_ISSUE_TITLE_ROWS,
                               .origin = grid->maker.sheet.origin,
                               .line = grid->row.at[0].line,
                               .expected = expected,
                               .found = grid->cell.at[grid->row.at[0].first].text,
                               .hint = "what stands above it was passed over"});
}

static bool name_columns(ab_grid *grid, const ab_grid_row *row)
{
    ab_sheet *sheet = &grid->maker.sheet;
    int32_t count = grid->cell.at[row->first + row->count - 1].column + 1;

    if (count > AB_CSV_COLUMNS_MAX) {
        count = AB_CSV_COLUMNS_MAX;
        ab__issue_raise(grid->maker.issues, (ab_issue){.code = AB_ISSUE_TOO_LONG,
                                                       .origin = sheet->origin,
                                                       .line = row->line,
                                                       .expected = "at most 1,000 columns",
                                                       .hint = "the others were not read"});
    }
    const char **header = AB_NEW(grid->maker.arena, const char *, count);
    if (header == NULL)
        return false;
    for (int32_t c = 0; c < count; c++)
        header[c] = "";
    for (int32_t i = row->first; i < row->first + row->count; i++) {
        int32_t c = grid->cell.at[i].column;
        if (c >= count)
            break;
        header[c] = trimmed(grid->maker.arena, grid->cell.at[i].text);
        if (header[c] == NULL)
            return false;
        if (strcmp(header[c], "wkt") == 0)
            grid->wkt = c;
    }
    sheet->header = header;
    sheet->header_line = row->line;
    sheet->column_count = count;
    return true;
}

/* Takes the rows that waited; row `header` of them is it. */
static bool settle(ab_grid *grid, int32_t header)
{
    grid->found = true;
    tell_title(grid, header);
    if (!name_columns(grid, &grid->row.at[header]))
        return false;
    for (int32_t i = header + 1; i < grid->row.count; i++)
        if (!keep_row(grid, &grid->row.at[i]))
            return false;
    grid->row.count = grid->cell.count = 0;
    return true;
}

/* The header where no row has two names of columns. */
static int32_t likely_header(const ab_grid *grid)
{
    for (int32_t i = 0; i < grid->row.count; i++)
        if (grid->row.at[i].names > 0)
            return i;
    for (int32_t i = 0; i < grid->row.count; i++)
        if (grid->row.at[i].count > 1)
            return i;
    return 0;
}

/* The row at hand is complete. */
static bool end_row(ab_grid *grid)
{
    int32_t last = grid->row.count - 1;

    if (last < 0)
        return true;
    ab_grid_row *row = &grid->row.at[last];
    if (row->count == 0) {
        grid->row.count--;
        return true;
    }
    if (grid->found) {
        bool kept = keep_row(grid, row);
        grid->row.count = grid->cell.count = 0;
        return kept;
    }
    if (has_hashtags(grid, row))
        return settle(grid, last > 0 && grid->row.at[last - 1].count > 1 ? last - 1 : last);
    row->names = count_names(grid, row);
    if (row->names < 0)
        return false;
    /* One alone may be a word of a title: "Date". */
    if (row->names > 1)
        return settle(grid, last);
    return grid->row.count < LOOKED_AT || settle(grid, likely_header(grid));
}

/* ---- The sheet -------------------------------------------------------------------------------- */

bool ab__grid_row(ab_grid *grid, int32_t line)
{
    if (!end_row(grid))
        return false;
    ab_grid_row *row = AB_PUSH(&grid->row);
    if (row == NULL)
        return false;
    *row = (ab_grid_row){line, grid->cell.count, 0, 0};
    return true;
}

bool ab__grid_cell(ab_grid *grid, int32_t column, const char *text, size_t size)
{
    size_t blank = 0;

    while (blank < size && strchr(SPACES, text[blank]) != NULL)
        blank++;
    if (blank == size || grid->maker.full)
        return true;
    const char *kept = ab__arena_text_n(grid->maker.arena, text, size);
    return kept != NULL && ab__grid_copy(grid, &(ab_grid_cell){column, kept});
}

bool ab__grid_copy(ab_grid *grid, const ab_grid_cell *cell)
{
    ab_grid_cell *added = AB_PUSH(&grid->cell);

    if (added == NULL)
        return false;
    *added = *cell;
    grid->row.at[grid->row.count - 1].count++;
    if (++grid->seen > AB_CSV_CELLS_MAX && !grid->maker.full)
        ab__maker_fill(&grid->maker, "at most 50,000,000 cells");
    return true;
}

bool ab__grid_merge(ab_grid *grid, ab_grid_merge merge)
{
    ab_grid_merge *added = AB_PUSH(&grid->merge);

    if (added != NULL)
        *added = merge;
    return added != NULL;
}

/* Only the first of merged cells has a value, and what people see is that all have it. */
static void judge_merges(ab_grid *grid)
{
    const ab_sheet *sheet = &grid->maker.sheet;

    for (int32_t i = 0; i < grid->merge.count; i++) {
        const ab_grid_merge *merge = &grid->merge.at[i];
        if (!grid->found || merge->last_line < sheet->header_line ||
            merge->first_column >= sheet->column_count)
            continue;
        char found[64];
        (void)snprintf(found, sizeof found, "%d x %d cells in one",
                       (int)(merge->last_line - merge->first_line) + 1,
                       (int)(merge->last_column - merge->first_column) + 1);
        ab__issue_raise(
            grid->maker.issues,
            (ab_issue){.code = AB_ISSUE_MERGED_CELLS,
                       .origin = sheet->origin,
                       .line = merge->first_line,
                       .column = sheet->header[merge->first_column],
                       .expected = "each cell by itself",
                       .found = found,
                       .hint = merge->first_line <= sheet->header_line
                                   ? "unmerge them: the names of columns stand in one "
                                     "row, each in its own cell"
                                   : "unmerge them and fill each: the first cell has the "
                                     "value, the others are empty"});
    }
}

bool ab__grid_end(ab_grid *grid)
{
    if (!end_row(grid))
        return false;
    if (!grid->found && grid->row.count > 0 && !settle(grid, likely_header(grid)))
        return false;
    judge_merges(grid);
    if (grid->found)
        return ab__maker_end(&grid->maker);
    if (grid->table == NULL)
        return true;
    ab__issue_raise(grid->maker.issues,
                    (ab_issue){.code = AB_ISSUE_EMPTY_TABLE,
                               .origin = grid->maker.sheet.origin,
                               .expected = "a header with the names of the columns",
                               .hint = "`airbridge init` writes templates"});
    return ab__maker_end(&grid->maker);
}

void ab__grid_free(ab_grid *grid)
{
    ab__maker_free(&grid->maker);
    AB_VEC_FREE(&grid->row);
    AB_VEC_FREE(&grid->cell);
    AB_VEC_FREE(&grid->merge);
    ab__arena_free(grid->work);
    grid->work = NULL;
}
