/* What each sheet and column of somebody else's container is, as far as its words tell. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "base/number.h"
#include "base/text.h"
#include "schema/book.h"
#include "schema/find.h"
#include "schema/map_table.h"
#include "schema/match.h"
#include "schema/sheet.h"
#include "schema/similar.h"
#include "schema/tag.h"
#include "schema/unit.h"

enum { EXAMPLE_BYTES = 60 };

/* How sure each way of knowing is. Assumed: nobody counted; they order the ways, and put what wants a second look
 * under 0.9. A similar name is worth three quarters of its likeness, so that it is never as sure as a label. */
static const double SURE_NAME = 1, SURE_LABEL = 0.95, SURE_TAG = 0.9, SURE_UNIT = 0.9;
static const double SURE_SIMILAR = 0.75, LIKE_LEAST = 2.0 / 3;
/* A sheet is a table if it has this share of what the table must have and of what it has itself. */
static const double SHEET_LEAST = 0.4;

typedef struct guess {
    const char *how;
    int32_t column; /* of the target; -1: none */
    int32_t also;   /* -1: none */
    int32_t also_too;
    double sure, factor; /* factor NaN: none */
} guess;

typedef struct proposing {
    ab_arena *arena; /* of the map */
    const ab_schema *schema;
    ab_columns *columns; /* [schema->count]: what each table's columns are called */
    ab_lexicon tables;
    ab_buf spare;
    const char **cells; /* of the map, by rows */
    int32_t row_count;
} proposing;

/* ---- Tables ----------------------------------------------------------------------------------- */

static const char *tag_of(proposing *of, const ab_sheet *sheet, int32_t c)
{
    return ab_sheet_is_tagged(sheet) ? ab__map_text(of->arena, ab__sheet_cell(sheet, 0, c)) : "";
}

static bool match(proposing *of, const ab_sheet *sheet, int32_t t, int32_t c, ab_match *out)
{
    const char *header = ab__map_text(of->arena, sheet->header[c]);
    const char *tag = tag_of(of, sheet, c);
    return header != NULL && tag != NULL && ab__column_match(&of->columns[t], header, tag, out);
}

/* The share of the sheet's columns and of the table's required ones that are found in each other. */
static bool likeness(proposing *of, const ab_sheet *sheet, int32_t t, double *out)
{
    const ab_table *target = of->columns[t].table;
    uint64_t seen = 0;
    int32_t found = 0, required = 0, met = 0;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        ab_match what;
        if (!match(of, sheet, t, c, &what))
            return false;
        if (what.how == AB_KNOWN_NOT || what.how == AB_KNOWN_SEVERAL ||
            (seen >> what.column & 1u) != 0)
            continue;
        seen |= UINT64_C(1) << what.column;
        found++;
    }
    for (int32_t k = 0; k < target->column_count; k++) {
        required += target->columns[k].required;
        met += target->columns[k].required && (seen >> k & 1u) != 0;
    }
    *out = found < 2 ? 0 : (double)(found + met) / (sheet->column_count + required);
    return true;
}

/* The table that a sheet is, or -1. */
static bool table_of(proposing *of, const ab_sheet *sheet, int32_t *table)
{
    int32_t other;
    double best = SHEET_LEAST;
    *table = ab__lexicon_find(&of->tables, sheet->name, &of->spare, &other);
    for (int32_t t = 0; t < of->schema->count && *table < 0; t++) {
        double like;
        if (of->schema->tables[t].form == AB_SETTINGS)
            continue; /* key and value name any table of pairs */
        if (!likeness(of, sheet, t, &like))
            return false;
        if (like > best) {
            best = like;
            other = t;
        }
    }
    if (*table < 0 && best > SHEET_LEAST)
        *table = other;
    return true;
}

/* ---- Columns ---------------------------------------------------------------------------------- */

static guess guess_from(const ab_match *what)
{
    guess none = {"none", -1, -1, -1, 0, NAN};
    guess known = {"label", what->column, -1, -1, SURE_LABEL, NAN};
    switch (what->how) {
    case AB_KNOWN_NAME:
        known.how = "name";
        known.sure = SURE_NAME;
        return known;
    case AB_KNOWN_LABEL:
        return known;
    case AB_KNOWN_TAG:
        known.how = "hashtag";
        known.sure = SURE_TAG;
        return known;
    case AB_KNOWN_UNIT:
        if (isnan(what->factor)) {
            none.also = what->column;
            return none;
        }
        known.sure = SURE_UNIT;
        known.factor = what->factor;
        return known;
    case AB_KNOWN_SEVERAL:
        none.also = what->column;
        none.also_too = what->other;
        return none;
    case AB_KNOWN_NOT:
        break;
    }
    return none;
}

/* The first cell of column `c` that is not empty; "" if there is none. */
static const char *example_of(const ab_sheet *sheet, int32_t c)
{
    for (int64_t r = ab_sheet_is_tagged(sheet) ? 1 : 0; r < sheet->row_count; r++) {
        const char *text = sheet->cells[r * sheet->column_count + c];
        if (text[strspn(text, " \t\r\n")] != '\0')
            return text;
    }
    return "";
}

/* Could a column of this type hold the cell? Only what is plain: no number is without a digit. */
static bool may_hold(const ab_column *column, const char *example)
{
    bool digits = column->type == AB_TYPE_NUMBER || column->type == AB_TYPE_COUNT ||
                  column->type == AB_TYPE_TIME || column->type == AB_TYPE_DAY ||
                  column->type == AB_TYPE_CLOCK;
    return !digits || *example == '\0' || strpbrk(example, "0123456789") != NULL;
}

/* The header before its brackets, and what stands in them ("" for nothing). */
static bool part_unit(proposing *of, const char *header, const char **base, const char **unit)
{
    const char *open = strpbrk(header, "([");
    *base = header;
    *unit = "";
    if (open == NULL || open == header)
        return true;
    *base = ab__arena_text_n(of->arena, header, (size_t)(open - header));
    *unit = ab__arena_text_n(of->arena, open + 1, strcspn(open + 1, ")]"));
    return *base != NULL && *unit != NULL;
}

/* Lowers the factor of a similar column to what its unit allows; false in `*fits`: none does. */
static bool fit_unit(const ab_column *column, const char *unit, double *factor, bool *fits)
{
    ab_unit_relation relation = AB_UNIT_SAME;
    double found = 1;
    bool measured = column->type == AB_TYPE_NUMBER || column->type == AB_TYPE_COUNT;
    if (measured && *unit != '\0' && !ab__unit_compare(unit, column->unit, &relation, &found))
        return false;
    *fits = relation == AB_UNIT_SAME || relation == AB_UNIT_CONVERTS;
    *factor = relation == AB_UNIT_CONVERTS ? found : NAN;
    return true;
}

/* The free column of the target that sounds most like the header, and the one after it. */
static bool guess_similar(proposing *of, const ab_table *target, uint64_t taken, const char *header,
                          const char *example, guess *out)
{
    const char *base, *unit;
    double best = LIKE_LEAST, second = LIKE_LEAST;
    ab_buf folded = AB_BUF_INIT;
    if (!part_unit(of, header, &base, &unit))
        return false;
    ab__fold(base, &folded);
    for (int32_t k = 0; k < target->column_count; k++) {
        const ab_column *column = &target->columns[k];
        if ((taken >> k & 1u) != 0 || !may_hold(column, example))
            continue;
        double like = ab__column_similarity(column, ab__buf_text(&folded), &of->spare);
        if (like > best) {
            second = best;
            out->also = out->column;
            best = like;
            out->column = k;
        } else if (like > second) {
            second = like;
            out->also = k;
        }
    }
    bool failed = folded.failed || of->spare.failed;
    ab__buf_free(&folded);
    if (out->column < 0 || failed)
        return !failed;
    bool fits;
    if (!fit_unit(&target->columns[out->column], unit, &out->factor, &fits))
        return false;
    out->how = fits ? "similar" : "none";
    out->sure = fits ? best * SURE_SIMILAR : 0;
    if (!fits) {
        out->also = out->column;
        out->column = -1;
    }
    return true;
}

/* Who knows a column best has it; the others keep it as what they could be also. */
static void settle(guess *guesses, int32_t count, uint64_t *taken)
{
    for (int32_t c = 0; c < count; c++) {
        for (int32_t k = 0; k < count && guesses[c].column >= 0; k++) {
            bool same = k != c && guesses[k].column == guesses[c].column;
            bool better =
                guesses[k].sure > guesses[c].sure || (guesses[k].sure >= guesses[c].sure && k < c);
            if (same && better)
                guesses[c] = (guess){"none", -1, guesses[c].column, -1, 0, NAN};
        }
        if (guesses[c].column >= 0)
            *taken |= UINT64_C(1) << guesses[c].column;
    }
}

static bool guess_columns(proposing *of, const ab_sheet *sheet, int32_t t, guess *guesses)
{
    const ab_table *target = of->columns[t].table;
    uint64_t taken = 0;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        ab_match what;
        if (!match(of, sheet, t, c, &what))
            return false;
        guesses[c] = guess_from(&what);
    }
    settle(guesses, sheet->column_count, &taken);
    for (int32_t c = 0; c < sheet->column_count; c++) {
        const char *header = ab__map_column(of->arena, sheet, c);
        if (header == NULL)
            return false;
        if (guesses[c].column >= 0 || guesses[c].also >= 0 || ab__is_tag(header))
            continue;
        if (!guess_similar(of, target, taken, header, example_of(sheet, c), &guesses[c]))
            return false;
    }
    settle(guesses, sheet->column_count, &taken);
    return true;
}

/* ---- The map ---------------------------------------------------------------------------------- */

/* A spreadsheet must not take an example for a formula. */
static const char *example_text(proposing *of, const char *text)
{
    const char *line = ab__map_text(of->arena, text);
    if (line == NULL)
        return NULL;
    size_t size = strlen(line);
    size_t cut = size > EXAMPLE_BYTES ? ab__utf8_cut(line, EXAMPLE_BYTES) : size;
    return ab__arena_printf(of->arena, "%s%.*s%s", strchr("=+@", *line) != NULL && *line ? " " : "",
                            (int)cut, line, cut < size ? "…" : "");
}

static const char *number_text(proposing *of, double value)
{
    char text[AB_NUMBER_CAP];
    return ab__arena_text(of->arena, isnan(value) ? "" : ab__number_format_n(value, 15, text));
}

static const char *also_text(proposing *of, const ab_table *target, const guess *what)
{
    if (what->also < 0)
        return "";
    const char *one = target->columns[what->also].name;
    return what->also_too < 0
               ? one
               : ab__arena_printf(of->arena, "%s; %s", one, target->columns[what->also_too].name);
}

/* Adds the line of column `c`; `table` NULL: the sheet is none that is known. */
static bool add_line(proposing *of, const ab_sheet *sheet, int32_t c, const ab_table *table,
                     const guess *what)
{
    const char **cell = of->cells + (int64_t)of->row_count * AB_MAP_COLUMNS;
    const ab_table *target = table == NULL ? NULL : ab__map_target(table);
    bool known = table != NULL && what->column >= 0;
    cell[AB_MAP_SHEET] = ab__map_text(of->arena, sheet->name);
    cell[AB_MAP_COLUMN] = ab__map_column(of->arena, sheet, c);
    cell[AB_MAP_TABLE] = table == NULL ? "" : table->name;
    cell[AB_MAP_NAME] = known ? target->columns[what->column].name : "";
    cell[AB_MAP_FACTOR] = known ? number_text(of, what->factor) : "";
    cell[AB_MAP_HOW] = table == NULL ? "none" : what->how;
    cell[AB_MAP_SURE] = number_text(of, table == NULL ? 0 : round(what->sure * 100) / 100);
    cell[AB_MAP_ALSO] = table == NULL ? "" : also_text(of, target, what);
    cell[AB_MAP_EXAMPLE] = example_text(of, example_of(sheet, c));
    for (int k = 0; k < AB_MAP_COLUMNS; k++)
        if (cell[k] == NULL)
            return false;
    of->row_count++;
    return true;
}

static bool propose_sheet(proposing *of, const ab_sheet *sheet)
{
    int32_t t;
    guess *guesses = AB_NEW(of->arena, guess, sheet->column_count);
    if (guesses == NULL || !table_of(of, sheet, &t) ||
        (t >= 0 && !guess_columns(of, sheet, t, guesses)))
        return false;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        const char *name = ab__map_column(of->arena, sheet, c);
        if (name == NULL)
            return false;
        if (*name == '\0' && *example_of(sheet, c) == '\0')
            continue; /* as spreadsheets leave behind */
        if (!add_line(of, sheet, c, t < 0 ? NULL : &of->schema->tables[t], &guesses[c]))
            return false;
    }
    return true;
}

static bool start(proposing *of, const ab_book *book)
{
    int64_t lines = 0;
    for (int32_t i = 0; i < ab_book_count(book); i++)
        lines += ab_book_at(book, i)->column_count;
    of->cells = AB_NEW(of->arena, const char *, lines *AB_MAP_COLUMNS);
    of->columns = AB_NEW(of->arena, ab_columns, of->schema->count);
    if (of->cells == NULL || of->columns == NULL ||
        !ab__lexicon_make(&of->tables, of->arena, of->schema->count, ab__table_called, of->schema))
        return false;
    for (int32_t t = 0; t < of->schema->count; t++)
        if (!ab__columns_make(&of->columns[t], of->arena, ab__map_target(&of->schema->tables[t])))
            return false;
    return true;
}

static bool propose(proposing *of, const ab_book *book, ab_book *into)
{
    const ab_table *table = &ab__map_schema()->tables[0];
    const char **header = AB_NEW(of->arena, const char *, AB_MAP_COLUMNS);
    if (header == NULL || !start(of, book))
        return false;
    for (int32_t c = 0; c < AB_MAP_COLUMNS; c++)
        header[c] = table->columns[c].name;
    for (int32_t i = 0; i < ab_book_count(book); i++)
        if (!propose_sheet(of, ab_book_at(book, i)))
            return false;
    int32_t *line = AB_NEW(of->arena, int32_t, of->row_count);
    if (line == NULL || of->spare.failed)
        return false;
    for (int32_t r = 0; r < of->row_count; r++)
        line[r] = r + 2;
    return ab__book_add(into, &(ab_sheet){.name = table->name,
                                          .origin = table->name,
                                          .column_count = AB_MAP_COLUMNS,
                                          .header = header,
                                          .header_line = 1,
                                          .row_count = of->row_count,
                                          .cells = of->cells,
                                          .line = line});
}

ab_status ab_map_propose(const ab_schema *schema, const ab_book *book, ab_book **out, ab_error *err)
{
    ab_book *into = ab__book_new();
    proposing of = {.schema = schema};
    *out = NULL;
    if (into != NULL) {
        of.arena = ab__book_arena(into);
        if (propose(&of, book, into))
            *out = into;
    }
    ab__buf_free(&of.spare);
    if (*out != NULL)
        return AB_OK;
    ab_book_free(into);
    return ab_fail(err, AB_NO_MEMORY, "out of memory while a map was made");
}
