/* What is eaten in the places and what debt of energy that leaves. The programme may spread food over
 * the days as it likes; it cannot do better than people who eat what is there, and what is reported is
 * those people's (hunger.h), so its value stays a bound. */
#include "base/arena.h"
#include "plan/hunger.h"
#include "plan/model.h"

#include <math.h>

/* left(t) - left(t-1) + eaten(t) - arrived(t) = in the place at the start, or come by past movements. Loads join later. */
static void add_group(ab_model *model, int32_t place, int32_t group, double horizon_days)
{
    const ab_need *need = model->need;
    bool food = need->group[group].category == AB_CATEGORY_FOOD;
    double start_days = need->stock[(int64_t)place * model->groups + group] / ab__hunger_per_day(need, place, group);
    double per_day = need->people[place] / model->people * ab__hunger_weight(model->op->settings, need->group[group].category);
    double days_to_come = horizon_days;
    int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
    int32_t left_before = -1;
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        double most = model->days[t] * (food ? 1 + model->op->settings->catch_up_frac : 1);
        double start = (t == 0 ? start_days : 0) + model->moved_days[cell + t];
        int32_t row = ab__model_row(model, start, start, AB_REASON_NONE, (ab_ref){-1, -1}, t);
        int32_t left = ab__model_col(model, 0, AB_LP_INFINITY, 0, 0);
        /* Food pays through the debt; of the rest, a day met saves its weight from then to the end. */
        int32_t eaten = ab__model_col(model, 0, most, food ? 0 : -per_day * days_to_come, 0);
        model->hunger_constant += food ? 0 : per_day * days_to_come * model->days[t];
        ab__model_at(model, row, left, 1);
        ab__model_at(model, row, eaten, 1);
        if (left_before >= 0)
            ab__model_at(model, row, left_before, -1);
        left_before = left;
        model->left_col[cell + t] = left;
        days_to_come -= model->days[t];
        model->place_row[cell + t] = row;
    }
}

/* debt(t) >= kept of debt(t-1) + days(t) - rations eaten(t), the debt cut into stretches of rising cost. */
static void add_debt(ab_model *model, int32_t place, double horizon_days, int32_t *debt_row)
{
    double share = model->need->people[place] / model->people;
    int32_t before[AB_HUNGER_STRETCHES];
    ab_hunger_curve curve = ab__hunger_curve_of(model->op->settings);
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        int32_t row = ab__model_row(model, model->days[t], AB_LP_INFINITY, AB_REASON_NONE, (ab_ref){-1, -1}, t);
        debt_row[t] = row;
        double from = 0;
        for (int k = 0; k < AB_HUNGER_STRETCHES; k++) {
            double until = curve.stretch[k].until_ration_days;
            /* Nobody owes more than the days that there are. */
            double width = k == AB_HUNGER_STRETCHES - 1 ? fmax(0, horizon_days - from) + 1 : until - from;
            int32_t col = ab__model_col(model, 0, width, share * model->days[t] * curve.stretch[k].slope, 0);
            ab__model_at(model, row, col, 1);
            if (t > 0)
                ab__model_at(model, row, before[k], -ab__hunger_kept(model->op->settings, model->days[t]));
            before[k] = col;
            from = until;
        }
    }
}

/* The column of what is eaten is the one after that of what is left; see add_group. */
static void add_eaten_to_debt(ab_model *model, int32_t first_left, double share, const int32_t *debt_row,
                              int32_t floor_row)
{
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        ab__model_at(model, debt_row[t], first_left + 2 * t + 1, share);
        if (floor_row >= 0)
            ab__model_at(model, floor_row, first_left + 2 * t + 1, share);
    }
}

/* missing + rations eaten over the operation >= the floor. -1: no floor. */
static int32_t add_floor(ab_model *model, int32_t place)
{
    double floor_days = ab__hunger_floor_days(model->op);
    if (!(floor_days > 0))
        return -1;
    double share = model->need->people[place] / model->people;
    int32_t row = ab__model_row(model, floor_days, AB_LP_INFINITY, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    model->floor_col[place] = ab__model_col(model, 0, floor_days, share * ab__hunger_floor_weight(model->op), 0);
    model->floor_row[place] = row;
    ab__model_at(model, row, model->floor_col[place], 1);
    return row;
}

/* Days of the floor in what past movements brought. */
static double moved_nutrient(const ab_model *model, int32_t place, ab_nutrient nutrient, int32_t t)
{
    double days = 0;
    for (int32_t g = 0; g < model->groups; g++)
        days += model->moved_arrivals.nutrient[(((int64_t)place * model->groups + g) * AB_NUTRIENTS + nutrient) *
                                                   model->periods + t];
    return days;
}

/* left(t) - left(t-1) + eaten(t) - arrived(t) = what a ration in the place holds at the start. */
static void add_nutrient(ab_model *model, int32_t place, ab_nutrient nutrient, double horizon_days)
{
    double per_day = model->need->people[place] / model->people * model->op->settings->nutrient_weight;
    double days_to_come = horizon_days, start = 0;
    for (int32_t g = 0; g < model->groups; g++)
        if (ab__hunger_share(model->need, g) > 0 && ab__hunger_counts(model->op, model->need, place, g))
            start += ab__hunger_share(model->need, g) * model->need->stock[(int64_t)place * model->groups + g] /
                     ab__hunger_per_day(model->need, place, g);
    int32_t left_before = -1;
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        double there = (t == 0 ? start : 0) + moved_nutrient(model, place, nutrient, t);
        int32_t row = ab__model_row(model, there, there, AB_REASON_NONE, (ab_ref){-1, -1}, t);
        int32_t left = ab__model_col(model, 0, AB_LP_INFINITY, 0, 0);
        int32_t eaten = ab__model_col(model, 0, model->days[t], -per_day * days_to_come, 0);
        model->hunger_constant += per_day * days_to_come * model->days[t];
        ab__model_at(model, row, left, 1);
        ab__model_at(model, row, eaten, 1);
        if (left_before >= 0)
            ab__model_at(model, row, left_before, -1);
        left_before = left;
        days_to_come -= model->days[t];
        model->nutrient_row[((int64_t)place * AB_NUTRIENTS + nutrient) * model->periods + t] = row;
    }
}

static void add_place(ab_model *model, int32_t place, double horizon_days, int32_t *debt_row)
{
    bool fed = model->need->people[place] > 0 && model->need->food_kcal_per_person_day > 0;
    int32_t floor_row = fed ? add_floor(model, place) : -1;
    if (fed)
        add_debt(model, place, horizon_days, debt_row);
    for (int32_t g = 0; g < model->groups && !model->failed; g++) {
        if (!ab__hunger_counts(model->op, model->need, place, g))
            continue;
        int32_t first_left = ab__lp_cols(model->lp);
        add_group(model, place, g, horizon_days);
        double share = ab__hunger_share(model->need, g);
        if (share > 0)
            add_eaten_to_debt(model, first_left, share, debt_row, floor_row);
    }
    for (int n = 0; n < AB_NUTRIENTS && !model->failed; n++)
        if (ab__hunger_counts_nutrient(model->need, place, (ab_nutrient)n))
            add_nutrient(model, place, (ab_nutrient)n, horizon_days);
}

void ab__rows_hunger(ab_model *model)
{
    double horizon_days = 0;
    int32_t *debt_row = ab__model_slots(model, model->periods);
    model->place_row = ab__model_slots(model, (int64_t)model->places * model->groups * model->periods);
    model->left_col = ab__model_slots(model, (int64_t)model->places * model->groups * model->periods);
    model->floor_col = ab__model_slots(model, model->places);
    model->floor_row = ab__model_slots(model, model->places);
    model->nutrient_row = ab__model_slots(model, (int64_t)model->places * AB_NUTRIENTS * model->periods);
    for (int32_t t = 0; t < model->periods; t++)
        horizon_days += model->days[t];
    for (int32_t p = 0; p < model->places && !model->failed; p++)
        add_place(model, p, horizon_days, debt_row);
}
