/* Where no ration meets all that is asked: the least that must be given up, what stands in the way, and the cheapest
 * ration that gives up no more. The least is the smallest sum of shares: of each need, limit, ratio and least amount. */
#include <math.h>

#include "base/buf.h"
#include "base/number.h"
#include "ration/model.h"

static const double NOTHING = 1e-7; /* CLP's tolerance */

static ab_status solve(ab_ration_model *model, ab_error *err)
{
    ab_lp_outcome outcome;
    ab_status status = ab__lp_solve(model->lp, &outcome, err);
    if (status == AB_OK && outcome != AB_LP_OPTIMAL)
        status = ab_fail(err, AB_SOLVER, "CLP found no nearest ration, though there always is one");
    return status;
}

/* Slacks open and nothing else counted, or slacks held at what they were and money counted. */
static void weigh(ab_ration_model *model, bool slacks, const double *held)
{
    for (int32_t c = 0; c < model->col.count; c++) {
        const ab_col_mark *col = &model->col.at[c];
        bool slack = ab__ration_is_slack(col);
        ab__lp_cost(model->lp, c, slacks ? slack : col->usd);
        if (slack)
            ab__lp_col_bounds(model->lp, c, 0, held ? fmax(0, held[c]) * (1 + 1e-9) + 1e-9 : AB_LP_INFINITY);
    }
}

/* ---- Words -------------------------------------------------------------------------------------------- */

static const char *figure(double value, char out[AB_NUMBER_CAP])
{
    return ab__number_format_n(value, 4, out);
}

static void add_comma(ab_buf *out, size_t start)
{
    if (out->size > start)
        ab__buf_add(out, "; ");
}

/* "vitamin_c 12.3 of 28 mg" */
static void tell_nutrient(const ab_ration_model *model, const ab_col_mark *col, double slack, ab_buf *out)
{
    const ab_nutrient_need *n = &model->op->nutrients.at[col->a];
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP], c[AB_NUMBER_CAP];
    double off = slack * model->scale[col->a];
    switch (col->part) {
    case AB_PART_SHORT:
        ab__buf_printf(out, "%s %s of %s %s (%s short)", n->id, figure(n->need_per_person_day - off, a),
                       figure(n->need_per_person_day, b), n->unit, figure(off, c));
        break;
    case AB_PART_OVER:
        ab__buf_printf(out, "%s %s %s over its most of %s", n->id, figure(off, a), n->unit,
                       figure(n->most_per_person_day, b));
        break;
    default:
        ab__buf_printf(out, "%s %s %s too %s for its ratio to %s", n->id, figure(off, a), n->unit,
                       col->part == AB_PART_RATIO_LOW ? "little" : "much", model->op->nutrients.at[n->ratio_to].id);
    }
}

static void tell_slacks(const ab_ration_model *model, const double *x, ab_buf *out)
{
    size_t start = out->size;
    for (int32_t c = 0; c < model->col.count; c++) {
        const ab_col_mark *col = &model->col.at[c];
        if (!ab__ration_is_slack(col) || !(x[c] > NOTHING))
            continue;
        add_comma(out, start);
        if (col->part == AB_PART_FOOD_SHORT) {
            const ab_food *food = &model->op->foods.at[col->a];
            char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP];
            ab__buf_printf(out, "%s %s of at least %s g", food->id,
                           figure(1000 * food->least_kg_per_person_day * (1 - x[c]), a),
                           figure(1000 * food->least_kg_per_person_day, b));
        } else {
            tell_nutrient(model, col, x[c], out);
        }
    }
}

/* A limit that more of would help, in words. */
static void tell_limit(const ab_ration_model *model, const ab_row_mark *row, ab_buf *out)
{
    const ab_operation *op = model->op;
    switch (row->rule) {
    case AB_RULE_WAY:
        if (model->way.at[row->a].place >= 0)
            ab__buf_printf(out, "most_t_per_day from %s to %s", op->hubs.at[model->way.at[row->a].from_hub].id,
                           op->places.at[model->way.at[row->a].place].id);
        else
            ab__buf_printf(out, "capacity_t_per_day of link %s", op->links.at[model->way.at[row->a].because.row].id);
        break;
    case AB_RULE_THROUGHPUT:
        ab__buf_printf(out, "throughput_t_per_day of %s", op->hubs.at[row->a].id);
        break;
    case AB_RULE_HANDLING:
        ab__buf_printf(out, "handling_t_per_day of %s", op->places.at[row->a].id);
        break;
    default:
        ab__buf_add(out, "budget_usd");
    }
}

/* What the least shortage would fall with: limits of mass and money, what is for sale, most of a food. After the
 * solve over slacks. */
static void tell_limits(const ab_ration_model *model, ab_buf *out)
{
    const double *dual = ab__lp_dual(model->lp), *reduced = ab__lp_reduced_cost(model->lp);
    size_t start = out->size;
    for (int32_t r = 0; r < model->row.count; r++)
        if (model->row.at[r].rule >= AB_RULE_WAY && dual[r] < -NOTHING) {
            add_comma(out, start);
            tell_limit(model, &model->row.at[r], out);
        }
    for (int32_t c = 0; c < model->col.count; c++) {
        const ab_col_mark *col = &model->col.at[c];
        if (ab__ration_is_slack(col) || !(reduced[c] < -NOTHING))
            continue;
        add_comma(out, start);
        if (col->part == AB_PART_BUY) {
            const ab_price *price = &model->op->prices.at[col->a];
            ab__buf_printf(out, "most_t of %s at %s", model->op->foods.at[price->food].id,
                           model->op->hubs.at[price->hub].id);
        } else {
            ab__buf_printf(out, "most_g_per_person_day of %s", model->op->foods.at[col->a].id);
        }
    }
}

/* ---- Places that nothing reaches ----------------------------------------------------------------------- */

static bool *hubs_with_food(const ab_ration_model *model)
{
    bool *has = AB_NEW(model->arena, bool, model->op->hubs.count);
    for (int32_t i = 0; has && i < model->op->prices.count; i++)
        has[model->op->prices.at[i].hub] = true;
    for (bool changed = has != NULL; changed;) {
        changed = false;
        for (int32_t w = 0; w < model->way.count; w++) {
            const ab_ration_way *way = &model->way.at[w];
            if (way->to_hub >= 0 && has[way->from_hub] && !has[way->to_hub])
                has[way->to_hub] = changed = true;
        }
    }
    return has;
}

static bool is_reached(const ab_ration_model *model, const bool *has, int32_t place)
{
    for (int32_t w = 0; w < model->way.count; w++)
        if (model->way.at[w].place == place && has[model->way.at[w].from_hub])
            return true;
    return model->op->places.at[place].population <= 0;
}

/* false: out of memory. */
static bool tell_unreached(const ab_ration_model *model, ab_buf *out)
{
    const bool *has = hubs_with_food(model);
    size_t start = out->size;
    if (model->op->settings->loss_frac >= 1)
        ab__buf_add(out, "loss_frac, by which nothing that is sent arrives");
    for (int32_t p = 0; has && p < model->op->places.count; p++)
        if (!is_reached(model, has, p)) {
            add_comma(out, start);
            ab__buf_printf(out, "no tariff or link leads to %s from where food is sold", model->op->places.at[p].id);
        }
    return has != NULL;
}

static bool tell_reason(const ab_ration_model *model, ab_buf *out)
{
    ab_buf why = AB_BUF_INIT;
    bool told = tell_unreached(model, &why);
    ab__buf_add(out, "no ration gives all that is asked; the least that must be given up, a person and day: ");
    tell_slacks(model, ab__lp_x(model->lp), out);
    if (why.size == 0)
        tell_limits(model, &why);
    ab__buf_printf(out, "; %s%s", why.size ? "in the way: " : "no food on sale has enough of it within the other needs",
                   ab__buf_text(&why));
    told = told && !why.failed && !out->failed;
    ab__buf_free(&why);
    return told;
}

ab_status ab__ration_relax(ab_ration_model *model, ab_arena *arena, const char **reason, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    weigh(model, true, NULL);
    ab_status status = solve(model, err);
    if (status != AB_OK)
        return status;
    *reason = tell_reason(model, &text) ? ab__arena_text(arena, ab__buf_text(&text)) : NULL;
    ab__buf_free(&text);
    double *held = AB_NEW(model->arena, double, model->col.count);
    if (!*reason || !held)
        return ab_fail(err, AB_NO_MEMORY, "out of memory for a ration");
    for (int32_t c = 0; c < model->col.count; c++)
        held[c] = ab__lp_x(model->lp)[c];
    weigh(model, false, held);
    return solve(model, err);
}
