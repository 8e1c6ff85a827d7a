/* A ration on one screen: what a person eats a day, what it gives, where it is bought, what it costs. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/text.h"

enum { MOST_PURCHASES = 12, MOST_WAYS = 8 };

bool ab_result_is_ration(const ab_data *results)
{
    return AB_RESULT_COUNT(results, nutrition) > 0;
}

static const char *people(double value, int decimals, char out[AB_NUMBER_CAP])
{
    return ab__number_people(value, decimals, out);
}

static void right(ab_buf *out, double value, int decimals, int width)
{
    char text[AB_NUMBER_CAP];
    ab__text_right(out, isnan(value) ? "" : people(value, decimals, text), width);
}

/* Four significant digits, as a nutrient may be 2,100 kcal or 0.9 mg. */
static void figure(ab_buf *out, double value, int width)
{
    int decimals = fabs(value) >= 1000 ? 0 : fabs(value) >= 100 ? 1 : fabs(value) >= 1 ? 2 : 4;
    right(out, value, value == 0 ? 0 : decimals, width);
}

static void title(ab_buf *out, const ab_data *input, const ab_data *results)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    char n[AB_NUMBER_CAP];

    ab__text_wrap(out, settings->name, AB_SCREEN_COLUMNS, 0, 1);
    ab__buf_char(out, '\n');
    ab__buf_printf(out, "one ration for %s people", people(ab__figure(results, "people"), 0, n));
    ab__buf_printf(out, ", %s %s\n", people(ab__figure(results, "days"), 0, n),
                   ab__figure(results, "days") == 1 ? "day" : "days");
}

static void foods(ab_buf *out, const ab_data *results)
{
    const ab_ration_row *row = AB_RESULT_ROWS(results, rations, ab_ration_row);

    ab__buf_add(out, "\nRATION                        g a person and day      t in all   USD at the hub\n");
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, rations); i++) {
        ab__buf_add(out, "  ");
        ab__text_left(out, row[i].food, 28);
        figure(out, 1000 * row[i].kg_per_person_day, 18);
        right(out, row[i].mass_kg / 1000, 3, 14);
        right(out, row[i].goods_usd, 2, 17);
        ab__buf_char(out, '\n');
    }
}

static const char *short_word(const ab_nutrition_row *row)
{
    return row->short_by > 0 ? "SHORT" : row->over_by > 0 ? "TOO MUCH" : row->ratio_off_by > 0 ? "OUT OF RATIO" : row->binds;
}

static void nutrients(ab_buf *out, const ab_data *results)
{
    const ab_nutrition_row *row = AB_RESULT_ROWS(results, nutrition, ab_nutrition_row);
    bool priced = false;

    ab__buf_add(out, "\nNUTRIENT                    need      most     given  binds         USD a unit*\n");
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, nutrition); i++) {
        ab__text_left(out, row[i].nutrient, 15);
        ab__buf_char(out, ' ');
        ab__text_left(out, row[i].unit, 6);
        figure(out, row[i].need, 10);
        figure(out, row[i].most, 10);
        figure(out, row[i].amount, 10);
        ab__buf_add(out, "  ");
        ab__text_left(out, short_word(&row[i]), 12);
        if (row[i].usd_per_unit > 0)
            figure(out, 1e4 * row[i].usd_per_unit, 13);
        while (out->size && out->text[out->size - 1] == ' ')
            out->text[--out->size] = '\0';
        ab__buf_char(out, '\n');
        priced |= row[i].usd_per_unit > 0;
    }
    if (priced)
        ab__buf_add(out, "* what a unit more of the need costs for 10,000 people and a day\n");
}

static void purchases(ab_buf *out, const ab_data *results)
{
    const ab_purchase_row *row = AB_RESULT_ROWS(results, purchases, ab_purchase_row);
    int32_t count = AB_RESULT_COUNT(results, purchases);

    ab__buf_add(out, "\nBUY                     at                            t     USD/t           USD\n");
    for (int32_t i = 0; i < count && i < MOST_PURCHASES; i++) {
        ab__buf_add(out, "  ");
        ab__text_left(out, row[i].food, 21);
        ab__buf_char(out, ' ');
        ab__text_left(out, row[i].hub, 18);
        right(out, row[i].mass_kg / 1000, 3, 13);
        right(out, row[i].usd_per_kg * 1000, 0, 10);
        right(out, row[i].cost_usd, 2, 14);
        ab__buf_char(out, '\n');
    }
    if (count > MOST_PURCHASES)
        ab__buf_printf(out, "  and %d more in the table purchases\n", (int)(count - MOST_PURCHASES));
}

static bool is_same_way(const ab_carriage_row *a, const ab_carriage_row *b)
{
    return strcmp(a->hub, b->hub) == 0 && strcmp(a->to_hub, b->to_hub) == 0 && strcmp(a->place, b->place) == 0 &&
           strcmp(a->link, b->link) == 0;
}

/* All foods of a way together; the rows of one way follow one another. */
static void carriage(ab_buf *out, const ab_data *results)
{
    const ab_carriage_row *row = AB_RESULT_ROWS(results, carriage, ab_carriage_row);
    int32_t count = AB_RESULT_COUNT(results, carriage), ways = 0;

    ab__buf_add(out, "\nBRING from              to                            t     USD/t           USD\n");
    for (int32_t i = 0, next; i < count; i = next, ways++) {
        double kg = 0, usd = 0;
        for (next = i; next < count && is_same_way(&row[i], &row[next]); next++) {
            kg += row[next].mass_kg;
            usd += row[next].cost_usd;
        }
        if (ways >= MOST_WAYS)
            continue;
        ab__buf_add(out, "  ");
        ab__text_left(out, row[i].hub, 21);
        ab__buf_char(out, ' ');
        ab__text_left(out, row[i].place[0] ? row[i].place : row[i].to_hub, 18);
        right(out, kg / 1000, 3, 13);
        right(out, row[i].usd_per_kg * 1000, 0, 10);
        right(out, usd, 2, 14);
        ab__buf_char(out, '\n');
    }
    if (ways > MOST_WAYS)
        ab__buf_printf(out, "  and by %d more ways in the table carriage\n", (int)(ways - MOST_WAYS));
}

static void costs(ab_buf *out, const ab_data *results)
{
    char a[AB_NUMBER_CAP], b[AB_NUMBER_CAP], c[AB_NUMBER_CAP], d[AB_NUMBER_CAP];

    ab__buf_printf(out, "\nCOST  %s USD a person and day; %s USD in all:\n      food %s, bringing it %s\n",
                   people(ab__figure(results, "usd_per_person_day"), 4, a),
                   people(ab__figure(results, "cost_usd"), 2, b), people(ab__figure(results, "goods_usd"), 2, c),
                   people(ab__figure(results, "transport_usd"), 2, d));
}

/* How much of what is carried goes at a cost that nobody has given. */
static void assumed(ab_buf *out, const ab_data *results)
{
    const ab_carriage_row *row = AB_RESULT_ROWS(results, carriage, ab_carriage_row);
    double usd = 0, all = 0;

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, carriage); i++) {
        all += row[i].cost_usd;
        usd += row[i].origin[0] == 'a' ? row[i].cost_usd : 0;
    }
    if (usd > 0)
        ab__buf_printf(out, "ASSUMED    %.0f %% of the cost of transport is made up from distances\n", 100 * usd / all);
    ab__buf_add(out, "UNCHECKED  ");
    ab__text_wrap(out, ab__fact(results, "not checked"), AB_SCREEN_COLUMNS - 11, 11, 2);
    ab__buf_add(out, "\nNo authority: a nutritionist and a named person decide.\n");
}

ab_status ab_ration_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    title(&text, input, results);
    if (!(ab__figure(results, "ration_feasible") > 0)) {
        ab__buf_add(&text, "\nNO RATION GIVES ALL THAT IS ASKED; below is the nearest\n  ");
        ab__text_wrap(&text, ab__fact(results, "answer"), AB_SCREEN_COLUMNS - 2, 2, 12);
        ab__buf_char(&text, '\n');
    }
    foods(&text, results);
    nutrients(&text, results);
    purchases(&text, results);
    carriage(&text, results);
    costs(&text, results);
    assumed(&text, results);
    return ab__text_end(out, &text, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------- */

static void foods_json(ab_json *json, const ab_data *results)
{
    const ab_ration_row *row = AB_RESULT_ROWS(results, rations, ab_ration_row);

    ab__json_key(json, "ration");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, rations); i++) {
        ab__json_object(json);
        ab__member_text(json, "food", row[i].food);
        ab__member_text(json, "commodity", row[i].commodity);
        ab__member_rounded(json, "g_per_person_day", 1000 * row[i].kg_per_person_day);
        ab__member_rounded(json, "short_g_per_person_day", 1000 * row[i].short_kg_per_person_day);
        ab__member_rounded(json, "mass_t", row[i].mass_kg / 1000);
        ab__member_rounded(json, "goods_usd", row[i].goods_usd);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

static void nutrients_json(ab_json *json, const ab_data *results)
{
    const ab_nutrition_row *row = AB_RESULT_ROWS(results, nutrition, ab_nutrition_row);

    ab__json_key(json, "nutrition");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, nutrition); i++) {
        ab__json_object(json);
        ab__member_text(json, "nutrient", row[i].nutrient);
        ab__member_text(json, "unit", row[i].unit);
        ab__member_rounded(json, "need", row[i].need);
        ab__member_rounded(json, "most", row[i].most);
        ab__member_rounded(json, "amount", row[i].amount);
        ab__member_text(json, "binds", row[i].binds);
        ab__member_rounded(json, "usd_per_unit", row[i].usd_per_unit);
        ab__member_rounded(json, "short_by", row[i].short_by);
        ab__member_rounded(json, "over_by", row[i].over_by);
        ab__member_rounded(json, "ratio_off_by", row[i].ratio_off_by);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

static void purchases_json(ab_json *json, const ab_data *results)
{
    const ab_purchase_row *row = AB_RESULT_ROWS(results, purchases, ab_purchase_row);

    ab__json_key(json, "purchases");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, purchases); i++) {
        ab__json_object(json);
        ab__member_text(json, "food", row[i].food);
        ab__member_text(json, "hub", row[i].hub);
        ab__member_rounded(json, "mass_t", row[i].mass_kg / 1000);
        ab__member_rounded(json, "usd_per_t", row[i].usd_per_kg * 1000);
        ab__member_rounded(json, "cost_usd", row[i].cost_usd);
        ab__member_rounded(json, "saved_usd_per_t", row[i].saved_usd_per_kg * 1000);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

static void carriage_json(ab_json *json, const ab_data *results)
{
    const ab_carriage_row *row = AB_RESULT_ROWS(results, carriage, ab_carriage_row);

    ab__json_key(json, "carriage");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, carriage); i++) {
        ab__json_object(json);
        ab__member_text(json, "food", row[i].food);
        ab__member_text(json, "hub", row[i].hub);
        ab__member_text(json, "to_hub", row[i].to_hub);
        ab__member_text(json, "place", row[i].place);
        ab__member_text(json, "link", row[i].link);
        ab__member_rounded(json, "mass_t", row[i].mass_kg / 1000);
        ab__member_rounded(json, "usd_per_t", row[i].usd_per_kg * 1000);
        ab__member_rounded(json, "cost_usd", row[i].cost_usd);
        ab__member_text(json, "origin", row[i].origin);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

ab_status ab_ration_json(FILE *out, const ab_data *input, const ab_data *results, ab_error *err)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    const ab_figure *figures = AB_RESULT_ROWS(results, summary, ab_figure);
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "operation", settings->name);
    ab__member_text(&json, "answer", ab__fact(results, "answer"));
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, summary); i++)
        ab__member_rounded(&json, figures[i].key, figures[i].value);
    foods_json(&json, results);
    nutrients_json(&json, results);
    purchases_json(&json, results);
    carriage_json(&json, results);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
