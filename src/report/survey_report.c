/* Which places could be served from the air at all, for a terminal. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/drop_view.h"
#include "report/figures.h"
#include "report/text.h"

static void add_title(ab_buf *out, const ab_data *input, const char *id)
{
    const ab_place *place = ab__place_called(input, id);
    char people[AB_NUMBER_CAP];
    ab__buf_printf(out, "%s", ab__drop_name(place ? place->name : NULL, id));
    if (place)
        ab__buf_printf(out, ", %s people", ab__number_people((double)place->population, 0, people));
    ab__buf_char(out, '\n');
}

static void add_row(ab_buf *out, const ab_air_place_row *row)
{
    ab_buf line = AB_BUF_INIT;
    ab__buf_printf(&line, "%s: %s", row->verdict, row->vehicle[0] ? row->vehicle : row->means);
    if (row->dropsystem[0])
        ab__buf_printf(&line, " with %s", row->dropsystem);
    if (!isnan(row->release_agl_m)) {
        ab__buf_add(&line, " from ");
        ab__add_height(&line, row->release_agl_m);
    }
    ab__buf_printf(&line, ": %s", row->reason);
    ab__buf_add(out, "  ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 2, 4, 6);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static bool is_first(const ab_air_place_row *row, int32_t i)
{
    for (int32_t k = 0; k < i; k++)
        if (strcmp(row[k].place, row[i].place) == 0)
            return false;
    return true;
}

ab_status ab_air_places_print(FILE *out, const ab_data *input, const ab_data *results, ab_error *err)
{
    const ab_air_place_row *row = AB_RESULT_ROWS(results, air_places, ab_air_place_row);
    int32_t count = AB_RESULT_COUNT(results, air_places);
    ab_buf text = AB_BUF_INIT;
    for (int32_t i = 0; i < count; i++) {
        if (!is_first(row, i))
            continue;
        add_title(&text, input, row[i].place);
        for (int32_t k = i; k < count; k++)
            if (strcmp(row[k].place, row[i].place) == 0)
                add_row(&text, &row[k]);
    }
    ab__buf_printf(&text, "%s\n", count > 0 ? NOT_AN_AUTHORITY : "no place is cut off, or nothing flies");
    bool written = !text.failed && fputs(ab__buf_text(&text), out) >= 0;
    bool room = !text.failed;
    ab__buf_free(&text);
    return written ? AB_OK : room ? ab_fail(err, AB_IO, "cannot write the report") : ab_fail(err, AB_NO_MEMORY, "out of memory");
}
