/* A row at the end of a sheet that adds up the others, "Total", is no row of the table: taken for a place it would be fed
 * beside all whom it counts. It is known by its word, or by its people, who are those of all other rows. */
#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "model/check.h"
#include "schema/find.h"

/* Folded, as people write them in the languages of labels.def, and in German and Spanish. */
static const char *const words[] = {
    "total",     "totals",  "grand total",   "sub total",  "subtotal",      "sum",      "overall",
    "totaux",    "somme",   "total general", "sous total", "ensemble",      "summe",    "gesamt",
    "insgesamt", "totales", "المجموع",       "مجموع",      "المجموع الكلي", "الاجمالي", "اجمالي",
};

/* So few people can be as many as others by chance. */
static const int64_t LEAST_PEOPLE = 1000;
enum { LEAST_OTHERS = 3 };

/* "Total", "TOTAL:", "Total général", "Total (3 places)" */
static bool is_word(const char *text)
{
    ab_buf folded = AB_BUF_INIT;
    bool found = false;

    if (strlen(text) > 60)
        return false;
    ab__fold(text, &folded);
    for (size_t i = 0; i < sizeof words / sizeof words[0] && !found; i++)
        found = strcmp(ab__buf_text(&folded), words[i]) == 0;
    found = found || strncmp(ab__buf_text(&folded), "total ", 6) == 0;
    ab__buf_free(&folded);
    return found;
}

/* The cell that says so, as it stands in the sheet: its flaws do not matter. Ids, names and what a row names; a note
 * may say anything. NULL: none. */
static const char *word_in(const ab_table *table, const ab_sheet *sheet, int64_t row)
{
    for (int32_t c = 0; c < sheet->column_count; c++) {
        int32_t column = ab_table_find(table, sheet->header[c]);
        const char *text = sheet->cells[row * sheet->column_count + c];
        bool names = column >= 0 && (table->columns[column].type == AB_TYPE_ID ||
                                     table->columns[column].type == AB_TYPE_REF ||
                                     strcmp(table->columns[column].name, "name") == 0);
        if (names && text[0] != '\0' && is_word(text))
            return text;
    }
    return NULL;
}

/* Adds "population, mass_t": the columns of figures whose cell is the sum of the others. */
static void summed_columns(const ab_check *check, int32_t t, int32_t row, ab_buf *out)
{
    const ab_table *table = &check->data.schema->tables[t];
    for (int32_t c = 0; c < table->column_count; c++) {
        ab_type type = table->columns[c].type;
        if (type != AB_TYPE_NUMBER && type != AB_TYPE_COUNT)
            continue;
        double own = ab__check_number(check, t, row, c), sum = 0;
        for (int32_t r = 0; r < check->data.rows[t].count; r++) {
            double other = r == row ? NAN : ab__check_number(check, t, r, c);
            sum += isnan(other) ? 0 : other;
        }
        if (own > 0 && fabs(own - sum) <= 1e-9 * sum)
            ab__buf_printf(out, "%s%s", out->size > 0 ? ", " : "", table->columns[c].name);
    }
}

static void raise_total(ab_check *check, int32_t t, int32_t row, const char *found,
                        const ab_buf *sums)
{
    ab_buf hint = AB_BUF_INIT;
    if (sums->size > 0)
        ab__buf_printf(&hint, "its %s: as much as all other rows together; ", sums->text);
    ab__buf_add(&hint, "if it adds up the others, remove it, or all of them count twice");
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_TOTAL_ROW,
                                  .table = t,
                                  .row = row,
                                  .column = -1,
                                  .found = found,
                                  .hint = ab__buf_text(&hint)},
                     "a %s, and no total of the rows above",
                     check->data.schema->tables[t].singular);
    ab__buf_free(&hint);
}

/* By the word alone only where it stands: a sum of small figures can be chance. */
static void check_rows(ab_check *check, int32_t t, const ab_sheet *sheet)
{
    const ab_table *table = &check->data.schema->tables[t];
    int64_t at = 0;
    for (int32_t r = 0; r < check->data.rows[t].count; r++) {
        int32_t line = ((const ab_row_head *)ab__check_row(check, t, r))->line;
        while (at < sheet->row_count && sheet->line[at] < line)
            at++;
        const char *word =
            at < sheet->row_count && sheet->line[at] == line ? word_in(table, sheet, at) : NULL;
        if (word == NULL)
            continue;
        ab_buf sums = AB_BUF_INIT;
        summed_columns(check, t, r, &sums);
        raise_total(check, t, r, word, &sums);
        ab__buf_free(&sums);
    }
}

/* A place without the word whose people are those of all others. */
static void check_people(ab_check *check, const ab_sheet *sheet)
{
    const ab_operation *op = check->op;
    int64_t all = 0, most = 0;
    int32_t row = -1, known = 0;
    for (int32_t r = 0; r < op->places.count; r++) {
        int64_t people = op->places.at[r].population;
        known += people > 0;
        all += people > 0 ? people : 0;
        if (people > most) {
            most = people;
            row = r;
        }
    }
    if (known <= LEAST_OTHERS || most < LEAST_PEOPLE || all != 2 * most)
        return;
    for (int64_t at = 0; at < sheet->row_count; at++)
        if (sheet->line[at] == op->places.at[row].head.line &&
            word_in(&check->data.schema->tables[AB_TABLE_places], sheet, at) != NULL)
            return; /* told by its word */
    ab_buf sums = AB_BUF_INIT;
    ab__buf_add(&sums, "population");
    raise_total(check, AB_TABLE_places, row,
                op->places.at[row].name[0] != '\0' ? op->places.at[row].name
                                                   : op->places.at[row].id,
                &sums);
    ab__buf_free(&sums);
}

void ab__check_totals(ab_check *check)
{
    for (int32_t t = 0; t < AB_INPUT_TABLES; t++) {
        const ab_sheet *sheet = ab_book_find(check->book, check->data.schema->tables[t].name);
        if (sheet == NULL || check->data.schema->tables[t].form == AB_SETTINGS)
            continue;
        check_rows(check, t, sheet);
        if (t == AB_TABLE_places)
            check_people(check, sheet);
    }
}
