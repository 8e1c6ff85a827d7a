/* Movements: mass is conserved. */
#include <math.h>

#include "base/number.h"
#include "model/check.h"

static double known_kg(double mass_kg)
{
    return isnan(mass_kg) ? 0 : mass_kg;
}

void ab__check_movements(ab_check *check)
{
    for (int32_t r = 0; r < check->op->movements.count; r++) {
        const ab_movement *m = &check->op->movements.at[r];
        double out_kg = known_kg(m->removed_kg) + known_kg(m->offloaded_kg) +
                        known_kg(m->returned_kg) + known_kg(m->lost_kg);
        /* A kilogram for what is rounded when tonnes are written down. */
        if (isnan(m->loaded_kg) || out_kg <= m->loaded_kg + 1)
            continue;
        char loaded[AB_NUMBER_CAP], out[AB_NUMBER_CAP];
        ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
        ab__buf_printf(&expected, "at least what came out: %s t",
                       ab__number_format_n(out_kg / 1000, 9, out));
        ab__buf_printf(&hint, "removed, offloaded, returned and lost are %s t too much",
                       ab__number_format_n((out_kg - m->loaded_kg) / 1000, 6, loaded));
        ab__check_raise(check, (ab_finding){.code = AB_ISSUE_MASS_BALANCE,
                                            .table = AB_TABLE_movements,
                                            .row = r,
                                            .column = AB_COL_movement_loaded_kg,
                                            .expected = ab__buf_text(&expected),
                                            .hint = ab__buf_text(&hint)});
        ab__buf_free(&expected);
        ab__buf_free(&hint);
    }
}
