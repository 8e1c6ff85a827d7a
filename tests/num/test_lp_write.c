/* The writer of linear programmes: what it writes, that it says exactly what was meant, and that glpsol and clp
 * find the optimum in it that we find. */
#define _GNU_SOURCE /* popen, setenv */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/c_locale.h"
#include "base/draw.h"
#include "num/lp_write.h"

static const double INF = AB_LP_INFINITY;

static void write_text(ab_lp *lp, const ab_lp_text *text, ab_buf *out)
{
    ab__buf_clear(out);
    assert_int_equal(ab__lp_write(lp, text, out, NULL), AB_OK);
}

/* ---- What it looks like ------------------------------------------------------------------------------- */

static void col_name(const void *context, int32_t number, ab_buf *out)
{
    ab__buf_add(out, ((const char *const *)context)[number]);
}

static void row_name(const void *context, int32_t number, ab_buf *out)
{
    (void)context;
    if (number == 0)
        ab__buf_add(out, "stock");
}

static void text_is_as_declared(void **state)
{
    (void)state;
    static const char *const names[] = {"n_truck_deir-ez-zor", "e5", "free", "y", "y", "\xc3\xa9t\xc3\xa9 x"};
    static const int32_t whole[] = {0};
    const ab_lp_text text = {.title = "two lines\nof remarks",
                             .constant = 2.5,
                             .whole = whole,
                             .whole_count = 1,
                             .row = row_name,
                             .col = col_name,
                             .context = names};
    ab_buf out = AB_BUF_INIT;
    ab_lp *lp = ab__lp_new();
    ab__lp_col(lp, 0, 3, 1);
    ab__lp_col(lp, -INF, INF, -1e-7);
    ab__lp_col(lp, -4, -2, 0);
    ab__lp_col(lp, 7, 7, 1.0 / 3);
    ab__lp_col(lp, -INF, -1, 0);
    ab__lp_col(lp, 1, INF, 0);
    ab__lp_row(lp, 1, 4);
    ab__lp_row(lp, -INF, INF);
    ab__lp_row(lp, -INF, -0.1);
    ab__lp_row(lp, 0, INF);
    ab__lp_at(lp, 0, 0, 1);
    ab__lp_at(lp, 0, 1, -2);
    ab__lp_at(lp, 1, 2, 1);
    ab__lp_at(lp, 2, 3, 0.1);
    ab__lp_at(lp, 0, 0, 1);
    write_text(lp, &text, &out);
    assert_string_equal(ab__buf_text(&out), "\\ two lines\n"
                                            "\\ of remarks\n"
                                            "Minimize\n"
                                            " obj: + 2.5 constant + 1 n_truck_deir~ez~zor - 1e-07 x_e5 + "
                                            "0 x_free + 0.3333333333333333 y + 0 y#4 + 0 x___t___x\n"
                                            "Subject To\n"
                                            " stock#least: + 2 n_truck_deir~ez~zor - 2 x_e5 >= 1\n"
                                            " stock#most: + 2 n_truck_deir~ez~zor - 2 x_e5 <= 4\n"
                                            " r2: + 0.1 y <= -0.1\n"
                                            " r3: + 0 constant >= 0\n"
                                            " fix_constant: + 1 constant = 1\n"
                                            "Bounds\n"
                                            " 0 <= n_truck_deir~ez~zor <= 3\n"
                                            " x_e5 free\n"
                                            " -4 <= x_free <= -2\n"
                                            " y = 7\n"
                                            " -inf <= y#4 <= -1\n"
                                            " 1 <= x___t___x\n"
                                            "Generals\n"
                                            " n_truck_deir~ez~zor\n"
                                            "End\n");
    ab__buf_free(&out);
    ab__lp_free(lp);
}

/* ---- Random programmes -------------------------------------------------------------------------------- */

/* A number with all its digits. */
static double odd_number(uint64_t *draw, double most)
{
    return draw_between(draw, -most, most);
}

/* All kinds of bounds; feasible, because a point is drawn first, and bounded, because costs follow the open ends. */
static ab_lp *random_lp(uint64_t *draw, int32_t cols, int32_t rows)
{
    ab_lp *lp = ab__lp_new();
    double *x = malloc((size_t)cols * sizeof *x), *activity = calloc((size_t)rows, sizeof *activity);
    for (int32_t c = 0; c < cols; c++) {
        int kind = (int)(draw_bits(draw) % 5);
        double a = odd_number(draw, 10), b = a + draw_between(draw, 0, 1) * 5;
        double lo = kind == 0 ? 0 : kind == 1 || kind == 3 ? a : kind == 2 ? -INF : a;
        double hi = kind == 0 || kind == 1 ? INF : kind == 4 ? a : b;
        x[c] = kind == 0 ? draw_between(draw, 0, 1) : kind == 1 || kind == 4 ? a : b;
        ab__lp_col(lp, lo, hi, (kind == 2 ? -1 : 1) * draw_between(draw, 0, 1) * pow(10, odd_number(draw, 3)));
    }
    int32_t at[400];
    double value[400];
    int count = 0;
    for (int32_t r = 0; r < rows; r++)
        for (int32_t c = 0; c < cols && count < 400; c++)
            if ((draw_bits(draw) % 4) == 0) {
                at[count] = r * cols + c;
                value[count] = odd_number(draw, 3);
                activity[r] += value[count++] * x[c];
            }
    for (int32_t r = 0; r < rows; r++) {
        int kind = (int)(draw_bits(draw) % 5);
        double slack = draw_between(draw, 0, 1);
        ab__lp_row(lp, kind == 0 || kind == 4 ? -INF : activity[r] - (kind == 3 ? 0 : slack),
                   kind == 1 || kind == 4 ? INF : activity[r] + (kind == 3 ? 0 : slack));
    }
    for (int i = 0; i < count; i++)
        ab__lp_at(lp, at[i] / cols, at[i] % cols, value[i]);
    free(x);
    free(activity);
    return lp;
}

/* ---- Read back ---------------------------------------------------------------------------------------- */

/* A reader of its own, of this writer's text only: words, one after the other. */
typedef struct reader {
    char *at;
    char *word;
} reader;

static bool next_word(reader *in)
{
    in->word = strtok(in->at, " \n");
    in->at = NULL;
    return in->word != NULL;
}

static double number_at(reader *in)
{
    char *end;
    double value = ab__c_strtod(in->word, &end);
    assert_true(*end == '\0');
    return value;
}

static int32_t number_of(const char *name)
{
    return (int32_t)strtol(name + 1, NULL, 10);
}

/* "+ 2 c7 - 3 c8" and so on, until another word; cost or row -1 is the objective. */
static void read_terms(reader *in, const ab_lp *lp, int32_t row, int32_t *terms)
{
    while (next_word(in) && (strcmp(in->word, "+") == 0 || strcmp(in->word, "-") == 0)) {
        double sign = in->word[0] == '-' ? -1 : 1;
        next_word(in);
        double value = sign * number_at(in), meant = 0;
        next_word(in);
        if (strcmp(in->word, "constant") == 0)
            continue;
        int32_t col = number_of(in->word);
        ab_lp_entries e = ab__lp_entries(lp, col);
        for (int32_t i = 0; row >= 0 && i < e.count; i++)
            meant = e.row[i] == row ? e.value[i] : meant;
        assert_true(value == (row >= 0 ? meant : ab__lp_col_cost(lp, col)));
        ++*terms;
    }
}

static int32_t read_rows(reader *in, const ab_lp *lp, double *lo, double *hi)
{
    int32_t terms = 0;
    while (next_word(in) && strcmp(in->word, "fix_constant:") != 0) {
        int32_t row = number_of(in->word);
        read_terms(in, lp, row, &terms);
        char relation = in->word[0];
        next_word(in);
        if (relation != '<')
            lo[row] = number_at(in);
        if (relation != '>')
            hi[row] = number_at(in);
    }
    return terms;
}

/* A row with two bounds is written twice, one without not at all. */
static int32_t terms_meant(const ab_lp *lp)
{
    int32_t terms = 0;
    for (int32_t c = 0; c < ab__lp_cols(lp); c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++) {
            double lo = ab__lp_row_lo(lp, e.row[i]), hi = ab__lp_row_hi(lp, e.row[i]);
            terms += lo == hi ? 1 : (lo > -INF) + (hi < INF);
        }
    }
    return terms;
}

/* `5 <= c1 <= 7`, `-inf <= c1 <= 7`, `5 <= c1`, `c1 = 5`, `c1 free`; one line after the other. */
static void read_bound(char *line, double *lo, double *hi)
{
    reader in = {.at = line};
    char *words[5] = {0};
    int count = 0;
    while (count < 5 && next_word(&in))
        words[count++] = in.word;
    bool named_first = words[0][0] == 'c';
    int32_t col = number_of(named_first ? words[0] : words[2]);
    if (named_first && strcmp(words[1], "free") == 0) {
        lo[col] = -INF;
        return;
    }
    if (named_first) {
        in.word = words[2];
        lo[col] = hi[col] = number_at(&in);
        return;
    }
    in.word = words[0];
    lo[col] = strcmp(words[0], "-inf") == 0 ? -INF : number_at(&in);
    in.word = words[count - 1];
    hi[col] = count == 5 ? number_at(&in) : INF;
}

static void every_number_reads_back_as_it_was(void **state)
{
    (void)state;
    uint64_t draw = 2016;
    ab_buf out = AB_BUF_INIT;
    for (int n = 0; n < 200; n++) {
        int32_t cols = 1 + (int32_t)(draw_bits(&draw) % 12), rows = 1 + (int32_t)(draw_bits(&draw) % 9);
        ab_lp *lp = random_lp(&draw, cols, rows);
        double lo[16], hi[16], row_lo[16], row_hi[16];
        int32_t terms = 0;
        write_text(lp, &(ab_lp_text){.constant = 1}, &out);
        for (int i = 0; i < 16; i++) {
            lo[i] = 0;
            hi[i] = INF;
            row_lo[i] = -INF;
            row_hi[i] = INF;
        }
        char *bounds = strstr(out.text, "Bounds\n") + 7;
        char *copy = strdup(bounds), *rest = copy;
        reader in = {.at = out.text};
        next_word(&in);
        assert_string_equal(in.word, "Minimize");
        next_word(&in);
        read_terms(&in, lp, -1, &terms);
        assert_string_equal(in.word, "Subject");
        next_word(&in);
        assert_int_equal(read_rows(&in, lp, row_lo, row_hi), terms_meant(lp));
        for (char *line = strsep(&rest, "\n"); strcmp(line, "End") != 0; line = strsep(&rest, "\n"))
            read_bound(line, lo, hi);
        for (int32_t c = 0; c < cols; c++)
            assert_true(lo[c] == ab__lp_col_lo(lp, c) && hi[c] == ab__lp_col_hi(lp, c));
        for (int32_t r = 0; r < rows; r++)
            assert_true(row_lo[r] == ab__lp_row_lo(lp, r) && row_hi[r] == ab__lp_row_hi(lp, r));
        free(copy);
        ab__lp_free(lp);
    }
    ab__buf_free(&out);
}

/* ---- Judged by others --------------------------------------------------------------------------------- */

static bool is_there(const char *program)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s > /dev/null 2>&1", program);
    return system(command) == 0;
}

/* The number behind `key` in what the command prints; NaN: it prints none. */
static double ask(const char *command, const char *key)
{
    char line[400];
    double value = NAN;
    FILE *in = popen(command, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        const char *at = strstr(line, key);
        if (at)
            value = ab__c_strtod(at + strlen(key), NULL);
    }
    pclose(in);
    return value;
}

static void judge(ab_lp *lp, const ab_buf *out, bool glpsol, bool clp)
{
    ab_lp_outcome outcome;
    FILE *file = fopen("judged.lp", "w");
    assert_non_null(file);
    assert_int_equal(fwrite(out->text, 1, out->size, file), out->size);
    fclose(file);
    assert_int_equal(ab__lp_solve(lp, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_OPTIMAL);
    double ours = ab__lp_objective(lp) + 0.125;
    if (glpsol) {
        /* As a file: glpsol removes what it will write first, be it /dev/stdout. */
        double theirs = ask("glpsol --lp judged.lp --nomip -o judged.out > judged.log && cat judged.out",
                            "Objective:  obj =");
        if (!(fabs(theirs - ours) <= 1e-8 * (1 + fabs(ours))))
            fail_msg("glpsol finds %.12g, we %.12g", theirs, ours);
    }
    if (clp) {
        double theirs = ask("clp judged.lp -solve -quit", "Optimal objective");
        if (!(fabs(theirs - ours) <= 1e-8 * (1 + fabs(ours))))
            fail_msg("clp finds %.12g, we %.12g", theirs, ours);
    }
}

static void glpsol_and_clp_read_the_same(void **state)
{
    (void)state;
    bool glpsol = is_there("glpsol"), clp = is_there("clp");
    if (!glpsol || !clp)
        print_message("skipped in part: %s%sis not installed\n", glpsol ? "" : "glpsol ", clp ? "" : "clp ");
    if (!glpsol && !clp)
        skip();
    uint64_t draw = 7;
    ab_buf out = AB_BUF_INIT;
    setenv("LC_ALL", "C", 1);
    for (int n = 0; n < 40; n++) {
        ab_lp *lp = random_lp(&draw, 3 + (int32_t)(draw_bits(&draw) % 12), 2 + (int32_t)(draw_bits(&draw) % 9));
        write_text(lp, &(ab_lp_text){.constant = 0.125}, &out);
        judge(lp, &out, glpsol, clp);
        ab__lp_free(lp);
    }
    ab__buf_free(&out);
}

/* ---- Equal bytes, and want of memory ------------------------------------------------------------------ */

static void equal_programmes_have_equal_bytes(void **state)
{
    (void)state;
    ab_buf one = AB_BUF_INIT, other = AB_BUF_INIT;
    for (int n = 0; n < 2; n++) {
        uint64_t draw = 99;
        ab_lp *lp = random_lp(&draw, 12, 9);
        write_text(lp, &(ab_lp_text){0}, n ? &other : &one);
        write_text(lp, &(ab_lp_text){0}, n ? &other : &one);
        ab__lp_free(lp);
    }
    assert_string_equal(one.text, other.text);
    ab__buf_free(&one);
    ab__buf_free(&other);
}

static void want_of_memory_is_told(void **state)
{
    (void)state;
    bool done = false;
    for (int64_t nth = 1; !done; nth++) {
        uint64_t draw = 5;
        ab_buf out = AB_BUF_INIT;
        ab_error err = AB_ERROR_INIT;
        ab_lp *lp = random_lp(&draw, 12, 9);
        ab__fail_allocation(nth);
        ab_status status = ab__lp_write(lp, &(ab_lp_text){.constant = 1}, &out, &err);
        ab__fail_allocation(0);
        done = status == AB_OK;
        if (!done)
            assert_int_equal(status, AB_NO_MEMORY);
        assert_true(nth < 1000);
        ab__buf_free(&out);
        ab__lp_free(lp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_as_declared),
        cmocka_unit_test(every_number_reads_back_as_it_was),
        cmocka_unit_test(glpsol_and_clp_read_the_same),
        cmocka_unit_test(equal_programmes_have_equal_bytes),
        cmocka_unit_test(want_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
