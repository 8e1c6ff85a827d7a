#include <math.h>

#include "num/beta.h"
#include "trips/build.h"

ab_chance ab__drop_received(const ab__drop_record *record, const ab_dropzone *zone)
{
    double a = record->alpha, b = record->beta;
    double recovered_frac = isnan(zone->recovered_frac) ? 1 : zone->recovered_frac;
    return (ab_chance){.mean = b / (a + b) * recovered_frac,
                       .low = (1 - ab__beta_quantile(a, b, 0.95)) * recovered_frac,
                       .high = (1 - ab__beta_quantile(a, b, 0.05)) * recovered_frac};
}

const ab_airdrop *ab__drop_of(const ab__trip_lists *lists, const ab_trip_kind *kind, int32_t t)
{
    if (lists->drops == NULL || kind->dropsystem < 0) {
        return NULL;
    }
    return ab_airdrops_best(lists->drops, kind->dropzone, kind->vehicle, kind->dropsystem,
                            ab_period_start(lists->op, t), ab_period_start(lists->op, t + 1));
}

ab_reason ab__drop_refused(const ab_airdrop *drop, ab_ref *because)
{
    static const struct {
        ab_gate_kind gate;
        ab_reason reason;
    } judged[] = {{AB_GATE_WIND, AB_REASON_WIND},
                  {AB_GATE_HEIGHT, AB_REASON_ZONE},
                  {AB_GATE_ZONE, AB_REASON_ZONE},
                  {AB_GATE_HARM, AB_REASON_HARM}};
    for (size_t i = 0; i < sizeof judged / sizeof *judged; i++) {
        const ab_gate *gate = &drop->gate[judged[i].gate];
        if (gate->state == AB_GATE_NOT_MET) {
            *because = gate->because;
            return judged[i].reason;
        }
    }
    return AB_REASON_NONE;
}
