/* The programme as text, for other solvers. */
#include "airbridge/version.h"
#include "base/number.h"
#include "num/lp_write.h"
#include "ration/model.h"

static void way_name(const ab_ration_model *model, int32_t number, ab_buf *out)
{
    const ab_ration_way *way = &model->way.at[number];
    const ab_operation *op = model->op;
    if (way->place < 0)
        ab__buf_add(out, op->links.at[way->because.row].id);
    else
        ab__buf_printf(out, "%s_%s", op->hubs.at[way->from_hub].id, op->places.at[way->place].id);
}

static void col_name(const void *context, int32_t number, ab_buf *out)
{
    const ab_ration_model *model = context;
    const ab_operation *op = model->op;
    const ab_col_mark *col = &model->col.at[number];
    switch (col->part) {
    case AB_PART_RATION:
        ab__buf_printf(out, "x_%s", op->foods.at[col->a].id);
        break;
    case AB_PART_BUY:
        ab__buf_printf(out, "buy_%s_%s", op->foods.at[op->prices.at[col->a].food].id,
                       op->hubs.at[op->prices.at[col->a].hub].id);
        break;
    case AB_PART_CARRY:
        ab__buf_printf(out, "carry_%s_", op->foods.at[col->b].id);
        way_name(model, col->a, out);
        break;
    case AB_PART_FOOD_SHORT:
        ab__buf_printf(out, "short_%s", op->foods.at[col->a].id);
        break;
    case AB_PART_SHORT:
        ab__buf_printf(out, "short_of_%s", op->nutrients.at[col->a].id);
        break;
    case AB_PART_OVER:
        ab__buf_printf(out, "over_%s", op->nutrients.at[col->a].id);
        break;
    case AB_PART_RATIO_LOW:
    case AB_PART_RATIO_HIGH:
        ab__buf_printf(out, "off_ratio_%s", op->nutrients.at[col->a].id);
    }
}

static void row_name(const void *context, int32_t number, ab_buf *out)
{
    const ab_ration_model *model = context;
    const ab_operation *op = model->op;
    const ab_row_mark *row = &model->row.at[number];
    static const char *const words[] = {"need", "most", "least_ratio", "most_ratio"};
    switch (row->rule) {
    case AB_RULE_HUB:
        ab__buf_printf(out, "hub_%s_%s", op->hubs.at[row->a].id, op->foods.at[row->b].id);
        break;
    case AB_RULE_PLACE:
        ab__buf_printf(out, "place_%s_%s", op->places.at[row->a].id, op->foods.at[row->b].id);
        break;
    case AB_RULE_NEED:
    case AB_RULE_MOST:
    case AB_RULE_RATIO_LEAST:
    case AB_RULE_RATIO_MOST:
        ab__buf_printf(out, "%s_%s", words[row->rule - AB_RULE_NEED], op->nutrients.at[row->a].id);
        break;
    case AB_RULE_FOOD_LEAST:
        ab__buf_printf(out, "least_%s", op->foods.at[row->a].id);
        break;
    case AB_RULE_WAY:
        ab__buf_add(out, "way_");
        way_name(model, row->a, out);
        break;
    case AB_RULE_THROUGHPUT:
        ab__buf_printf(out, "throughput_%s", op->hubs.at[row->a].id);
        break;
    case AB_RULE_HANDLING:
        ab__buf_printf(out, "handling_%s", op->places.at[row->a].id);
        break;
    case AB_RULE_BUDGET:
        ab__buf_add(out, "budget");
    }
}

ab_status ab__ration_tell(const ab_ration_model *model, const ab_ration_options *options, ab_error *err)
{
    char people[AB_NUMBER_CAP], days[AB_NUMBER_CAP], portion[AB_NUMBER_CAP];
    ab_buf title = AB_BUF_INIT, text = AB_BUF_INIT;
    ab__buf_printf(&title, "Airbridge %s: the cheapest ration, as docs/models/ration.md has it.\n", ab_version());
    ab__buf_printf(&title, "The objective is USD for 10,000 people and days; there are %s people and %s days.\n",
                   ab__number_format(model->people, people), ab__number_format(model->days, days));
    ab__buf_printf(&title, "x_FOOD is 100 g of it a person and day; bought and carried is counted in %s kg.",
                   ab__number_format(model->portion_kg, portion));
    ab_lp_text what = {.title = ab__buf_text(&title), .row = row_name, .col = col_name, .context = model};
    ab_status status = title.failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while the model was written")
                                    : ab__lp_write(model->lp, &what, &text, err);
    if (status == AB_OK)
        status = options->model_text(options->model_context, text.text, text.size, err);
    ab__buf_free(&title);
    ab__buf_free(&text);
    return status;
}
