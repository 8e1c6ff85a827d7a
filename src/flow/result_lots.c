/* The lots of each vehicle. */
#include <math.h>

#include "flow/result.h"

/* Days of one person's need of the commodity's group; NaN: it meets none. */
static double person_days(const ab_need *need, const ab_lot *lot)
{
    int32_t group = need->commodity_group[lot->commodity];

    if (group < 0 || !(need->group[group].per_person_day > 0))
        return NAN;
    return lot->mass_kg * need->commodity_per_kg[lot->commodity] /
           need->group[group].per_person_day;
}

static const char *basis_text(ab_arena *arena, const ab_lot_risk *risk)
{
    switch (risk->basis) {
    case AB_LOT_NO_GATE:
        return "";
    case AB_LOT_DEFAULT:
        return "default";
    case AB_LOT_RECORD:
        break;
    }
    return ab__arena_printf(arena, "%d movement%s", (int)risk->cases, risk->cases == 1 ? "" : "s");
}

/* Texts of a risk, made once for all lots that share it. */
typedef struct ab_risk_text {
    const char *basis, *because;
} ab_risk_text;

static ab_risk_text *risk_texts(ab_arena *arena, const ab_stages *stages)
{
    const ab_loading *loading = stages->loading;
    ab_risk_text *text = AB_NEW(arena, ab_risk_text, loading->risk_count);

    for (int32_t i = 0; text && i < loading->risk_count; i++) {
        text[i].basis = basis_text(arena, &loading->risk[i]);
        text[i].because = ab__refs_text(arena, stages->op, loading->risk[i].because, UINT32_MAX);
        if (!text[i].basis || !text[i].because)
            return NULL;
    }
    return text;
}

/* A number of what is not there is not known. */
static int64_t number_or_none(int32_t number)
{
    return number > 0 ? number : -1;
}

static ab_lot_row lot_row(const ab_stages *stages, const ab_manifest *manifest, int32_t number,
                          const ab_risk_text *texts)
{
    const ab_lot *lot = &stages->loading->lot[manifest->first_lot + number];
    const ab_lot_risk *risk = &stages->loading->risk[lot->risk];

    return (ab_lot_row){.vehicle = number_or_none(manifest->first_vehicle),
                        .vehicles = number_or_none(manifest->vehicles),
                        .container = number_or_none(manifest->first_container),
                        .containers = number_or_none(manifest->containers),
                        .lot = number + 1,
                        .commodity = stages->op->commodities.at[lot->commodity].id,
                        .packages = lot->packages,
                        .mass_kg = lot->mass_kg,
                        .volume_m3 = lot->volume_m3,
                        .pallets = lot->pallets,
                        .person_days = person_days(stages->need, lot),
                        .likely_off = risk->likely,
                        .off_frac = risk->share.mean,
                        .off_frac_low = risk->share.low,
                        .off_frac_high = risk->share.high,
                        .off_basis = texts[lot->risk].basis,
                        .because = texts[lot->risk].because};
}

bool ab__table_lots(ab_result *result, const ab_stages *stages)
{
    const ab_loading *loading = stages->loading;
    const ab_trip_row *trip = result->rows[AB_TABLE_trips].at;
    ab_lot_row *row = AB_NEW(result->arena, ab_lot_row, loading->lot_count);
    const ab_risk_text *texts = risk_texts(result->arena, stages);
    int32_t count = 0;

    if (!row || !texts)
        return false;
    for (int32_t m = 0; m < loading->manifest_count; m++) {
        for (int32_t i = 0; i < loading->manifest[m].lot_count; i++) {
            row[count] = lot_row(stages, &loading->manifest[m], i, texts);
            row[count++].trip = trip[loading->manifest[m].chosen].id;
        }
    }
    result->rows[AB_TABLE_lots] = (ab_rows){row, count};
    return true;
}
