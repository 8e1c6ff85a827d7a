/* People of a place: that there are any, and since when they are cut off. */
#include "model/check.h"

void ab__check_people(ab_check *check)
{
    const ab_settings *settings = check->op->settings;
    char end[AB_TIME_TEXT_CAP];
    for (int32_t r = 0; r < check->op->places.count; r++) {
        const ab_place *place = &check->op->places.at[r];
        if (place->population == 0 && place->population_low <= 0 && place->population_high <= 0)
            ab__check_expect(
                check,
                (ab_finding){.code = AB_ISSUE_NOBODY_THERE,
                             .table = AB_TABLE_places,
                             .row = r,
                             .column = AB_COL_place_population,
                             .hint = "as it is, the place needs nothing and gets nothing"},
                "people who need something");
        if (place->cut_off_since != AB_TIME_NONE && ab__check_spans(check) &&
            place->cut_off_since >= settings->end)
            ab__check_expect(check,
                             (ab_finding){.code = AB_ISSUE_CUT_OFF_LATER,
                                          .table = AB_TABLE_places,
                                          .row = r,
                                          .column = AB_COL_place_cut_off_since,
                                          .hint = "as it is, the place counts as open"},
                             "a day before the end of the operation, %s",
                             ab_day_format(settings->end, end));
    }
}
