#include "plan/span.h"

static bool arrives(const ab_model *model, int32_t offer, const ab_span *s)
{
    int32_t t = model->trips->offer[offer].arrive;
    return t >= s->from && t < s->until;
}

int32_t ab__span_offer(const ab_model *model, const ab_by_place *offers, const ab_span *s)
{
    for (int32_t i = offers->start[s->place]; i < offers->start[s->place + 1]; i++)
        if (arrives(model, offers->offer[i], s))
            return offers->offer[i];
    return -1;
}

static bool gives(const ab_model *model, int32_t commodity, int32_t group)
{
    return model->need->commodity_group[commodity] == group && model->need->commodity_per_kg[commodity] > 0;
}

bool ab__span_has_loads(const ab_model *model, const ab_by_place *offers, const ab_span *s)
{
    for (int32_t i = offers->start[s->place]; i < offers->start[s->place + 1]; i++) {
        const ab_offer_cols *cols = &model->offer[offers->offer[i]];
        for (int32_t j = 0; cols->vehicles >= 0 && arrives(model, offers->offer[i], s) && j < cols->load_count; j++)
            if (gives(model, model->load.at[cols->first_load + j].commodity, s->group))
                return true;
    }
    return false;
}

bool ab__span_fits(const ab_model *model, const ab_trip_kind *kind, const ab_span *s)
{
    for (int32_t c = 0; c < model->commodities; c++)
        if (gives(model, c, s->group) && (kind->commodities >> c & 1))
            return true;
    return false;
}

ab_span_goods ab__span_goods(const ab_model *model, const ab_by_place *offers, const ab_span *s)
{
    ab_span_goods goods = {-1, -1};
    for (int32_t i = offers->start[s->place]; i < offers->start[s->place + 1]; i++) {
        int32_t o = offers->offer[i];
        for (int32_t c = 0; arrives(model, o, s) && c < model->commodities; c++) {
            if (!gives(model, c, s->group))
                continue;
            if (ab__kind_of(model, o)->commodities >> c & 1)
                goods.fits = goods.fits < 0 ? o : goods.fits;
            if (model->trips->offer[o].commodities >> c & 1)
                goods.let = goods.let < 0 ? o : goods.let;
        }
    }
    return goods;
}

bool ab__span_is_known(const ab_model *model, const ab_span *s)
{
    for (int32_t c = 0; c < model->commodities; c++)
        if (gives(model, c, s->group))
            return true;
    return false;
}

bool ab__span_is_stocked(const ab_model *model, const ab_span *s)
{
    for (int32_t h = 0; h < model->hubs; h++)
        for (int32_t c = 0; c < model->commodities; c++)
            if (gives(model, c, s->group) && model->stock_from[h * model->commodities + c] < model->periods)
                return true;
    return false;
}
