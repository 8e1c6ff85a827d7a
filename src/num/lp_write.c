#include "num/lp_write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/number.h"

enum {
    NAME_MOST = 80, /* clp takes 100; there is room for what is put behind */
    LINE_MOST = 100 /* then a line is broken */
};

/* ---- Names -------------------------------------------------------------------------------------------- */

typedef struct name {
    const char *text;
    int32_t number;
} name;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char written(char c)
{
    return is_letter(c) || is_digit(c) || c == '.' ? c : c == '-' ? '~' : '_';
}

/* Would a reader take it for a number (e5) or for a word of the format? */
static bool is_misread(const char *text)
{
    static const char *const words[] = {"minimize", "minimum", "min", "maximize", "maximum", "max", "subject",
                                        "such", "st", "s.t.", "st.", "bounds", "bound", "general", "generals",
                                        "gen", "integer", "integers", "int", "binary", "binaries", "bin", "semi",
                                        "sos", "end", "free", "inf", "infinity", "obj", "constant",
                                        "fix_constant"};
    if (!is_letter(text[0]) || ((text[0] == 'e' || text[0] == 'E') && (is_digit(text[1]) || text[1] == '.')))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

/* The name of row or column `number` as it may stand in the file. NULL: out of memory. */
static const char *make_name(ab_arena *arena, ab_lp_name *call, const void *context, int32_t number, char kind,
                             ab_buf *spare)
{
    ab__buf_clear(spare);
    if (call)
        call(context, number, spare);
    if (spare->failed)
        return NULL;
    if (spare->size == 0)
        return ab__arena_printf(arena, "%c%d", kind, (int)number);
    if (spare->size > NAME_MOST)
        spare->text[spare->size = NAME_MOST] = '\0';
    for (size_t i = 0; i < spare->size; i++)
        spare->text[i] = written(spare->text[i]);
    return ab__arena_printf(arena, "%s%s", is_misread(spare->text) ? "x_" : "", spare->text);
}

static int by_text(const void *a, const void *b)
{
    const name *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* names[i], each another. NULL: out of memory. */
static const char **make_names(ab_arena *arena, ab_lp_name *call, const void *context, int32_t count, char kind)
{
    const char **names = AB_NEW(arena, const char *, count);
    name *sorted = AB_NEW(arena, name, count);
    ab_buf spare = AB_BUF_INIT;
    bool failed = !names || !sorted;
    for (int32_t i = 0; i < count && !failed; i++) {
        names[i] = make_name(arena, call, context, i, kind, &spare);
        sorted[i] = (name){names[i], i};
        failed = !names[i];
    }
    ab__buf_free(&spare);
    if (failed)
        return NULL;
    qsort(sorted, (size_t)count, sizeof *sorted, by_text);
    for (int32_t i = 1; i < count; i++)
        if (strcmp(sorted[i].text, sorted[i - 1].text) == 0 &&
            !(names[sorted[i].number] = ab__arena_printf(arena, "%s#%d", sorted[i].text, (int)sorted[i].number)))
            return NULL;
    return names;
}

/* ---- The programme by rows ---------------------------------------------------------------------------- */

typedef struct by_row {
    int32_t *start; /* [rows + 1] */
    int32_t *col;
    double *value;
} by_row;

static bool transpose(ab_arena *arena, const ab_lp *lp, by_row *out)
{
    int32_t rows = ab__lp_rows(lp), cols = ab__lp_cols(lp);
    int32_t *next = AB_NEW(arena, int32_t, rows + 1);
    out->start = AB_NEW(arena, int32_t, rows + 1);
    out->col = AB_NEW(arena, int32_t, ab__lp_nonzeros(lp));
    out->value = AB_NEW(arena, double, ab__lp_nonzeros(lp));
    if (!next || !out->start || !out->col || !out->value)
        return false;
    for (int32_t c = 0; c < cols; c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++)
            out->start[e.row[i] + 1]++;
    }
    for (int32_t r = 0; r < rows; r++)
        next[r + 1] = out->start[r + 1] += out->start[r];
    for (int32_t c = 0; c < cols; c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++) {
            out->col[next[e.row[i]]] = c;
            out->value[next[e.row[i]]++] = e.value[i];
        }
    }
    return true;
}

/* ---- Writing ------------------------------------------------------------------------------------------ */

typedef struct writer {
    ab_lp *lp;
    const ab_lp_text *text;
    ab_buf *out;
    const char **row, **col; /* names */
    by_row at;
    size_t line;             /* where the line begins that is written */
} writer;

static bool is_open(double bound)
{
    return bound <= -AB_LP_INFINITY || bound >= AB_LP_INFINITY;
}

static void add_number(ab_buf *out, double value)
{
    char digits[AB_NUMBER_CAP];
    ab__buf_add(out, ab__number_format(value, digits));
}

static void end_line(writer *w)
{
    ab__buf_char(w->out, '\n');
    w->line = w->out->size;
}

static void add_term(writer *w, double value, const char *of)
{
    if (w->out->size - w->line > LINE_MOST) {
        end_line(w);
        ab__buf_char(w->out, ' ');
    }
    ab__buf_add(w->out, value < 0 ? " - " : " + ");
    add_number(w->out, value < 0 ? -value : value);
    ab__buf_char(w->out, ' ');
    ab__buf_add(w->out, of);
}

static void add_title(writer *w)
{
    const char *at = w->text->title;
    while (at && *at) {
        size_t size = strcspn(at, "\n");
        ab__buf_add(w->out, "\\ ");
        ab__buf_add_n(w->out, at, size);
        end_line(w);
        at += size + (at[size] == '\n');
    }
}

static double cost_of(const writer *w, int32_t col)
{
    return w->text->cost ? w->text->cost[col] : ab__lp_col_cost(w->lp, col);
}

static bool is_written(const writer *w, int32_t row)
{
    return !is_open(ab__lp_row_lo(w->lp, row)) || !is_open(ab__lp_row_hi(w->lp, row));
}

static bool is_in_a_row(const writer *w, int32_t col)
{
    ab_lp_entries e = ab__lp_entries(w->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (is_written(w, e.row[i]))
            return true;
    return false;
}

/* A column that stands in no row is named here, with a cost of 0: a reader knows only what it has met before the
 * bounds. So is `constant`, so that there always is an objective. */
static void add_objective(writer *w)
{
    ab__buf_add(w->out, "Minimize\n");
    w->line = w->out->size;
    ab__buf_add(w->out, " obj:");
    add_term(w, w->text->constant, "constant");
    for (int32_t c = 0; c < ab__lp_cols(w->lp); c++)
        if (cost_of(w, c) != 0 || !is_in_a_row(w, c))
            add_term(w, cost_of(w, c), w->col[c]);
    end_line(w);
}

static void add_row(writer *w, int32_t row, const char *ending, const char *relation, double bound)
{
    ab__buf_printf(w->out, " %s%s:", w->row[row], ending);
    for (int32_t i = w->at.start[row]; i < w->at.start[row + 1]; i++)
        add_term(w, w->at.value[i], w->col[w->at.col[i]]);
    if (w->at.start[row] == w->at.start[row + 1])
        add_term(w, 0, "constant");
    ab__buf_printf(w->out, " %s ", relation);
    add_number(w->out, bound);
    end_line(w);
}

/* The last row holds the constant, for a programme that has no other. */
static void add_rows(writer *w)
{
    ab__buf_add(w->out, "Subject To\n");
    w->line = w->out->size;
    for (int32_t r = 0; r < ab__lp_rows(w->lp); r++) {
        double lo = ab__lp_row_lo(w->lp, r), hi = ab__lp_row_hi(w->lp, r);
        bool both = !is_open(lo) && !is_open(hi);
        if (both && lo >= hi) {
            add_row(w, r, "", "=", lo);
            continue;
        }
        if (!is_open(lo))
            add_row(w, r, both ? "#least" : "", ">=", lo);
        if (!is_open(hi))
            add_row(w, r, both ? "#most" : "", "<=", hi);
    }
    ab__buf_add(w->out, " fix_constant: + 1 constant = 1\n");
}

static void add_bound(writer *w, int32_t col)
{
    double lo = ab__lp_col_lo(w->lp, col), hi = ab__lp_col_hi(w->lp, col);
    if (lo == 0 && is_open(hi))
        return;
    ab__buf_char(w->out, ' ');
    if (is_open(lo) && is_open(hi)) {
        ab__buf_printf(w->out, "%s free\n", w->col[col]);
        return;
    }
    if (lo >= hi) {
        ab__buf_printf(w->out, "%s = ", w->col[col]);
        add_number(w->out, lo);
        ab__buf_char(w->out, '\n');
        return;
    }
    if (is_open(lo))
        ab__buf_add(w->out, "-inf");
    else
        add_number(w->out, lo);
    ab__buf_printf(w->out, " <= %s", w->col[col]);
    if (!is_open(hi)) {
        ab__buf_add(w->out, " <= ");
        add_number(w->out, hi);
    }
    ab__buf_char(w->out, '\n');
}

static void write_all(writer *w)
{
    add_title(w);
    add_objective(w);
    add_rows(w);
    ab__buf_add(w->out, "Bounds\n");
    for (int32_t c = 0; c < ab__lp_cols(w->lp); c++)
        add_bound(w, c);
    if (w->text->whole_count > 0)
        ab__buf_add(w->out, "Generals\n");
    for (int32_t i = 0; i < w->text->whole_count; i++)
        ab__buf_printf(w->out, " %s\n", w->col[w->text->whole[i]]);
    ab__buf_add(w->out, "End\n");
}

ab_status ab__lp_write(ab_lp *lp, const ab_lp_text *text, ab_buf *out, ab_error *err)
{
    writer w = {.lp = lp, .text = text, .out = out, .line = out->size};
    ab_arena *arena = ab__arena_new();
    ab_status status = ab__lp_pack(lp, err);
    if (status == AB_OK && arena) {
        w.row = make_names(arena, text->row, text->context, ab__lp_rows(lp), 'r');
        w.col = make_names(arena, text->col, text->context, ab__lp_cols(lp), 'c');
        if (w.row && w.col && transpose(arena, lp, &w.at))
            write_all(&w);
        else
            out->failed = true;
    }
    ab__arena_free(arena);
    if (status == AB_OK && (!arena || out->failed))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while a linear programme was written");
    return status;
}
