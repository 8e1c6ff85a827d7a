/* What a plan before is worth when an operation is planned again after a small change.
 *
 *   bench/again [NAME…]      NAME: syria-2016, made; all of none is said. Run where examples/ is.
 *
 * Each operation is planned, one row of it is changed (a report of a road becomes `closed`; a stock is cut by a tenth; or
 * nothing is changed), and what is changed is planned cold (from nothing) and warm (from the plan before). A line of JSON for
 * each: `plan` is first, cold or warm. `solve_s` is of the clock, `cpu_s` of processors, so that other work on the
 * machine counts little, and `stages_s` what of that each stage of the search took. `objective` is hunger (docs/models/plan.md, Z), without the price of
 * changes; `trips` are departures, `changed` those that are otherwise than in the first plan, `kept` those that are as they
 * were. `time_frac` and `objective_frac` of a warm plan are by the cold one's. */
#define _GNU_SOURCE

#include "clock.h"
#include "made.h"

typedef struct small_change {
    const char *name;
    const char *table, *column; /* NULL: none */
    int32_t row;
    const char *cell;           /* NULL: nine tenths of what stands there */
} small_change;

typedef struct subject {
    const char *name;
    const char *path;           /* NULL: made */
    small_change change[3];
} subject;

/* Of reports those of a way that the first plan uses. */
static const subject SUBJECTS[] = {
    {"syria-2016", "examples/syria-2016", {{"nothing", NULL, NULL, 0, NULL},
                                           {"report a26 closed", "access", "state", 25, "closed"},
                                           {"stock 0 less a tenth", "stocks", "mass_t", 0, NULL}}},
    {"made", NULL, {{"nothing", NULL, NULL, 0, NULL},
                    {"report r0 closed", "access", "state", 0, "closed"},
                    {"stock 0 less a tenth", "stocks", "mass_t", 0, NULL}}},
};
static const made_size SIZE = {5, 40, 30, 3, 1};

static void must(ab_status status, const ab_error *err)
{
    if (status == AB_OK)
        return;
    fprintf(stderr, "bench/again: %s\n", err->message);
    exit(1);
}

/* ---- An operation with a cell changed --------------------------------------------------------------------------- */

static ab_book *book_of(const subject *s)
{
    ab_issues *issues = ab_issues_new(20);
    ab_error err = AB_ERROR_INIT;
    ab_book *book = NULL;
    if (s->path)
        must(ab_book_read(s->path, NULL, &book, issues, &err), &err);
    else
        book = made_book(&SIZE);
    ab_issues_free(issues);
    return book;
}

static int32_t sheet_of(const ab_book *book, const char *table)
{
    for (int32_t i = 0; i < ab_book_count(book); i++)
        if (strcmp(ab_book_at(book, i)->name, table) == 0)
            return i;
    abort();
}

static int32_t column_of(const ab_sheet *sheet, const char *column)
{
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (strcmp(sheet->header[c], column) == 0)
            return c;
    abort();
}

static void make_change(ab_book *book, const small_change *change)
{
    if (!change->table)
        return;
    int32_t i = sheet_of(book, change->table);
    ab_sheet sheet = *ab_book_at(book, i);
    int64_t count = sheet.row_count * sheet.column_count;
    int64_t at = (int64_t)(change->row + ab_sheet_is_tagged(&sheet)) * sheet.column_count + column_of(&sheet, change->column);
    const char **cells = AB_NEW(ab__book_arena(book), const char *, count);
    if (!cells || at >= count)
        abort();
    memcpy(cells, sheet.cells, (size_t)count * sizeof *cells);
    cells[at] = change->cell ? change->cell
                             : ab__arena_printf(ab__book_arena(book), "%.3f", 0.9 * strtod(sheet.cells[at], NULL));
    sheet.cells = cells;
    ab__book_replace(book, i, &sheet);
}

static ab_operation *operation_of(const subject *s, const small_change *change)
{
    ab_book *book = book_of(s);
    make_change(book, change);
    ab_operation *op = made_read(book);
    ab_book_free(book);
    return op;
}

/* ---- A plan and what it took ------------------------------------------------------------------------------------ */

enum { STAGES = 16 };

/* Seconds of each stage of the search, by what it tells of itself; `at` is the one that runs. */
typedef struct watch {
    const char *stage[STAGES];
    double s[STAGES];
    int32_t count, at;
    double since;
} watch;

static void stop_stage(watch *w)
{
    double now = seconds();
    if (w->count > 0)
        w->s[w->at] += now - w->since;
    w->since = now;
}

static bool note_stage(void *context, const char *stage, double bound, double best, double gap_frac)
{
    watch *w = context;
    (void)bound;
    (void)best;
    (void)gap_frac;
    stop_stage(w);
    for (w->at = 0; w->at < w->count && strcmp(w->stage[w->at], stage) != 0; w->at++)
        ;
    if (w->at == STAGES)
        abort();
    if (w->at == w->count)
        w->stage[w->count++] = stage;
    return true;
}

typedef struct planned {
    ab_result *result;
    double cpu_s;
    watch watch;
} planned;

static planned plan(const ab_operation *op, const ab_before *before)
{
    planned p = {.cpu_s = 0};
    double start = seconds();
    ab_error err = AB_ERROR_INIT;
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;
    options.progress = note_stage;
    options.context = &p.watch;
    must(before ? ab_flow_replan(before, &options, &p.result, &err) : ab_flow_plan(op, &options, &p.result, &err), &err);
    stop_stage(&p.watch);
    p.cpu_s = seconds() - start;
    return p;
}

static double figure(const planned *p, const char *key)
{
    ab_rows rows = ab_result_data(p->result).rows[AB_TABLE_summary];
    const ab_figure *at = rows.at;
    for (int32_t i = 0; i < rows.count; i++)
        if (strcmp(at[i].key, key) == 0)
            return at[i].value;
    return NAN;
}

static void print_plan(const char *name, const char *change, const char *which, const planned *p)
{
    printf("{\"operation\": \"%s\", \"change\": \"%s\", \"plan\": \"%s\", \"solve_s\": %.2f, \"cpu_s\": %.2f, "
           "\"gap_frac\": %.5f, \"objective\": %.6g, \"bound\": %.6g, \"stages_s\": {",
           name, change, which, ab_result_solve_s(p->result), p->cpu_s, figure(p, "gap_frac"), figure(p, "objective"),
           figure(p, "bound"));
    for (int32_t i = 0; i < p->watch.count; i++)
        printf("%s\"%s\": %.2f", i > 0 ? ", " : "", p->watch.stage[i], p->watch.s[i]);
    printf("}");
}

/* Departures against those of the first plan. */
static void print_trips(const planned *first, const planned *p)
{
    ab_error err = AB_ERROR_INIT;
    ab_trip_changes *changes;
    ab_data before = ab_result_data(first->result), after = ab_result_data(p->result);
    must(ab_trip_changes_make(&before, &after, AB_TIME_NONE, &changes, &err), &err);
    printf(", \"trips\": %d, \"changed\": %d, \"kept\": %d", (int)after.rows[AB_TABLE_trips].count,
           (int)(changes->count - changes->of_kind[AB_TRIP_KEPT]), (int)changes->of_kind[AB_TRIP_KEPT]);
    ab_trip_changes_free(changes);
}

static void plan_twice(const subject *s, const small_change *change, const planned *first)
{
    ab_error err = AB_ERROR_INIT;
    ab_operation *op = operation_of(s, change);
    ab_data results = ab_result_data(first->result);
    ab_before *before;
    planned cold = plan(op, NULL);
    print_plan(s->name, change->name, "cold", &cold);
    print_trips(first, &cold);
    printf("}\n");
    fflush(stdout);
    must(ab_before_make(op, &results, NULL, &before, &err), &err);
    planned warm = plan(op, before);
    print_plan(s->name, change->name, "warm", &warm);
    print_trips(first, &warm);
    printf(", \"time_frac\": %.3f, \"objective_frac\": %.5f}\n", warm.cpu_s / cold.cpu_s,
           figure(&warm, "objective") / figure(&cold, "objective"));
    fflush(stdout);
    ab_result_free(warm.result);
    ab_before_free(before);
    ab_result_free(cold.result);
    ab_operation_free(op);
}

static void measure(const subject *s)
{
    ab_operation *op = operation_of(s, &s->change[0]);
    planned first = plan(op, NULL);
    print_plan(s->name, "", "first", &first);
    printf(", \"trips\": %d}\n", (int)ab_result_data(first.result).rows[AB_TABLE_trips].count);
    fflush(stdout);
    for (size_t i = 0; i < sizeof s->change / sizeof *s->change; i++)
        plan_twice(s, &s->change[i], &first);
    ab_result_free(first.result);
    ab_operation_free(op);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof *SUBJECTS; i++) {
        bool wanted = argc == 1;
        for (int a = 1; a < argc; a++)
            wanted = wanted || strcmp(argv[a], SUBJECTS[i].name) == 0;
        if (wanted)
            measure(&SUBJECTS[i]);
    }
    return 0;
}
