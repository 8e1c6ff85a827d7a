/* The programme as text, for other solvers, with names that say what a row or column is. Where a family keeps no
 * numbers of its rows and columns, these are named after what they stand beside. */
#include <string.h>

#include "airbridge/version.h"
#include "base/arena.h"
#include "base/number.h"
#include "num/lp_write.h"
#include "plan/search.h"

#define PLACE "place_" /* balances of what lies in places */
#define STOCK "stock_" /* and at hubs */

typedef struct names {
    const ab_model *model;
    const char **row, **col; /* NULL: not named yet */
    bool failed;
} names;

static void set(names *n, const char **slot, const char *text)
{
    *slot = text;
    n->failed = n->failed || !text;
}

/* A row of any table; NULL where there is none. */
static const void *row_at(const ab_operation *op, ab_ref ref)
{
    /* clang-format off */
    switch (ref.table) {
#define AB_TABLE(name, ...) \
    case AB_TABLE_##name: return ref.row >= 0 && ref.row < op->name.count ? &op->name.at[ref.row] : NULL;
#define AB_COLUMN(...)
#define AB_TABLE_END(...)
#include "airbridge/tables.def"
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END
    }
    /* clang-format on */
    return NULL;
}

/* "r3", or "stock2" where rows have no id, or "all" for no row. NULL: out of memory. */
static const char *id_of(const ab_model *model, ab_ref ref)
{
    const char *row = row_at(model->op, ref);
    if (!row)
        return "all";
    const ab_table *table = &ab_input_schema()->tables[ref.table];
    int32_t column = ab_table_find(table, "id");
    return column < 0 ? ab__arena_printf(model->arena, "%s%d", table->singular, (int)ref.row)
                      : *(const char *const *)(const void *)(row + table->columns[column].offset);
}

static void name_offer(names *n, int32_t offer)
{
    const ab_model *model = n->model;
    const ab_operation *op = model->op;
    const ab_offer_cols *cols = &model->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    if (cols->vehicles < 0)
        return;
    const char *what = ab__arena_printf(model->arena, "%s_%s_%s_%d", op->vehicles.at[kind->vehicle].id,
                                        op->hubs.at[kind->hub].id, op->places.at[kind->place].id,
                                        (int)model->trips->offer[offer].depart);
    if (!what) {
        n->failed = true;
        return;
    }
    set(n, &n->col[cols->vehicles], ab__arena_printf(model->arena, "n_%s", what));
    if (cols->drops >= 0)
        set(n, &n->col[cols->drops], ab__arena_printf(model->arena, "b_%s", what));
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        set(n, &n->col[load->col],
            ab__arena_printf(model->arena, "y_%s_%s", what, op->commodities.at[load->commodity].id));
    }
    for (int32_t r = 0; r < cols->row_count; r++)
        set(n, &n->row[cols->first_row + r], ab__arena_printf(model->arena, "carry_%s", what));
}

static void name_moves(names *n)
{
    const ab_model *model = n->model;
    for (int32_t i = 0; i < model->move.count; i++) {
        const ab_move_col *move = &model->move.at[i];
        const ab_transfer *transfer = &model->trips->transfer[move->transfer];
        set(n, &n->col[move->col],
            ab__arena_printf(model->arena, "z_%s_%d_%s", model->op->links.at[transfer->link].id,
                             (int)transfer->depart, model->op->commodities.at[move->commodity].id));
    }
}

static void name_stocks(names *n)
{
    const ab_model *model = n->model;
    for (int32_t h = 0; h < model->hubs; h++)
        for (int32_t c = 0; c < model->commodities; c++)
            for (int32_t t = 0; t < model->periods; t++) {
                int32_t row = model->stock_row[((int64_t)h * model->commodities + c) * model->periods + t];
                if (row >= 0)
                    set(n, &n->row[row], ab__arena_printf(model->arena, "%s%s_%s_%d", STOCK, model->op->hubs.at[h].id,
                                                          model->op->commodities.at[c].id, (int)t));
            }
}

static void name_places(names *n)
{
    const ab_model *model = n->model;
    for (int32_t p = 0; p < model->places; p++)
        for (int32_t g = 0; g < model->groups; g++)
            for (int32_t t = 0; t < model->periods; t++) {
                const ab_need_group *group = &model->need->group[g];
                int64_t cell = ((int64_t)p * model->groups + g) * model->periods + t;
                const char *what =
                    ab__arena_printf(model->arena, "%s_%s_%d", model->op->places.at[p].id,
                                     group->name[0] ? group->name : ab_codes_category.codes[group->category].word, (int)t);
                if (what && model->place_row[cell] >= 0)
                    set(n, &n->row[model->place_row[cell]], ab__arena_printf(model->arena, "%s%s", PLACE, what));
                if (what && model->left_col[cell] >= 0)
                    set(n, &n->col[model->left_col[cell]], ab__arena_printf(model->arena, "left_%s", what));
                n->failed = n->failed || !what;
            }
}

/* What is left of protein and fat is named after their rows, later. */
static void name_nutrients(names *n)
{
    static const char *const words[AB_NUTRIENTS] = {[AB_NUTRIENT_PROTEIN] = "protein", [AB_NUTRIENT_FAT] = "fat"};
    const ab_model *model = n->model;
    for (int32_t p = 0; p < model->places; p++)
        for (int i = 0; i < AB_NUTRIENTS; i++)
            for (int32_t t = 0; t < model->periods; t++) {
                int32_t row = model->nutrient_row[((int64_t)p * AB_NUTRIENTS + i) * model->periods + t];
                if (row >= 0)
                    set(n, &n->row[row], ab__arena_printf(model->arena, "%s%s_%s_%d", PLACE, model->op->places.at[p].id,
                                                          words[i], (int)t));
            }
}

static void name_convoys(names *n)
{
    const ab_model *model = n->model;
    for (int32_t i = 0; i < model->convoy.count; i++) {
        const ab_convoy_col *convoy = &model->convoy.at[i];
        set(n, &n->col[convoy->col],
            ab__arena_printf(model->arena, "v_%s_%s_%d", model->op->vehicles.at[convoy->vehicle].id,
                             model->op->places.at[convoy->place].id, (int)convoy->block));
    }
}

/* Limits by what a reader of a gap would be told. */
static void name_limits(names *n)
{
    const ab_model *model = n->model;
    for (int32_t r = 0; r < model->limit.count && !n->failed; r++) {
        const ab_limit *limit = &model->limit.at[r];
        if (n->row[r] || limit->reason == AB_REASON_NONE)
            continue;
        const char *id = id_of(model, limit->because);
        const char *word = ab_codes_reason.codes[limit->reason].word;
        if (!id)
            n->failed = true;
        else if (limit->period >= 0)
            set(n, &n->row[r], ab__arena_printf(model->arena, "%s_%s_%d", word, id, (int)limit->period));
        else
            set(n, &n->row[r], ab__arena_printf(model->arena, "%s_%s", word, id));
    }
}

/* What is kept in a balance, if it is no load, move or rest, is the stock or what is eaten. */
static const char *name_beside(ab_arena *arena, const char *row)
{
    if (strncmp(row, PLACE, strlen(PLACE)) == 0)
        return ab__arena_printf(arena, "eaten_%s", row + strlen(PLACE));
    if (strncmp(row, STOCK, strlen(STOCK)) == 0)
        return ab__arena_printf(arena, "s_%s", row + strlen(STOCK));
    return ab__arena_printf(arena, "x_%s", row);
}

/* Columns after their first row that has a name. */
static void name_columns_by_rows(names *n)
{
    for (int32_t c = 0; c < ab__lp_cols(n->model->lp) && !n->failed; c++) {
        ab_lp_entries e = ab__lp_entries(n->model->lp, c);
        for (int32_t i = 0; i < e.count && !n->col[c]; i++)
            if (n->row[e.row[i]])
                set(n, &n->col[c], name_beside(n->model->arena, n->row[e.row[i]]));
    }
}

static void name_rows_by_columns(names *n)
{
    for (int32_t c = 0; c < ab__lp_cols(n->model->lp) && !n->failed; c++) {
        ab_lp_entries e = ab__lp_entries(n->model->lp, c);
        for (int32_t i = 0; i < e.count && n->col[c]; i++)
            if (!n->row[e.row[i]] && e.row[i] != n->model->hunger_row)
                set(n, &n->row[e.row[i]], ab__arena_printf(n->model->arena, "of_%s", n->col[c]));
    }
}

static bool make_names(names *n)
{
    const ab_model *model = n->model;
    n->row = AB_NEW(model->arena, const char *, ab__lp_rows(model->lp));
    n->col = AB_NEW(model->arena, const char *, ab__lp_cols(model->lp));
    if (!n->row || !n->col)
        return false;
    for (int32_t o = 0; o < model->trips->offer_count && !n->failed; o++)
        name_offer(n, o);
    name_moves(n);
    name_stocks(n);
    name_places(n);
    name_nutrients(n);
    name_convoys(n);
    name_limits(n);
    name_columns_by_rows(n);
    name_rows_by_columns(n);
    name_columns_by_rows(n);
    return !n->failed;
}

static void row_name(const void *context, int32_t number, ab_buf *out)
{
    const names *n = context;
    if (n->row[number])
        ab__buf_add(out, n->row[number]);
}

static void col_name(const void *context, int32_t number, ab_buf *out)
{
    const names *n = context;
    if (n->col[number])
        ab__buf_add(out, n->col[number]);
}

static void add_title(const ab_model *model, ab_buf *out)
{
    char digits[AB_NUMBER_CAP], time[AB_TIME_TEXT_CAP];
    ab__buf_printf(out, "Airbridge %s: all trips on offer, hunger alone, as docs/models/plan.md has it.\n", ab_version());
    ab__buf_printf(out, "The objective is hunger for each of %s people: with whole numbers relaxed, its optimum\n",
                   ab__number_format(model->people, digits));
    ab__buf_printf(out, "times %s is the bound of the plan.\n", digits);
    ab__buf_add(out, "n vehicles, v convoys, b containers, y tonnes loaded, z tonnes moved, s tonnes at a hub, left days of need in a place;\n");
    ab__buf_add(out, "x_ROW a column of that row that has no name, of_COLUMN a row of that column.\n");
    ab__buf_printf(out, "Numbers in names are periods, 0 from %s.", ab_time_format(model->op->settings->start, time));
}

ab_status ab__model_tell(const ab_model *model, const ab_plan_options *options, ab_error *err)
{
    names n = {.model = model};
    ab_buf title = AB_BUF_INIT, text = AB_BUF_INIT;
    add_title(model, &title);
    bool named = make_names(&n) && !title.failed;
    ab_lp_text what = {.title = ab__buf_text(&title),
                       .cost = model->hunger.at,
                       .constant = model->hunger_constant,
                       .whole = model->whole.at,
                       .whole_count = model->whole.count,
                       .row = row_name,
                       .col = col_name,
                       .context = &n};
    ab_status status = named ? ab__lp_write(model->lp, &what, &text, err)
                             : ab_fail(err, AB_NO_MEMORY, "out of memory while the model was written");
    if (status == AB_OK)
        status = options->model_text(options->model_context, text.text, text.size, err);
    ab__buf_free(&title);
    ab__buf_free(&text);
    return status;
}
