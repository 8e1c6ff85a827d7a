/* What a column expects, in words. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "schema/convert.h"

static void add_limit(double limit, ab_buf *out)
{
    char text[AB_NUMBER_CAP];
    if (limit == floor(limit) && fabs(limit) < 1e15)
        ab__buf_add(out, ab__number_people(limit, 0, text));
    else
        ab__buf_add(out, ab__number_format(limit, text));
}

static void add_range(const ab_column *column, ab_buf *out)
{
    if (column->ranged) {
        ab__buf_add(out, ", ");
        add_limit(column->least, out);
        ab__buf_add(out, " to ");
        add_limit(column->greatest, out);
    } else if (column->type == AB_TYPE_COUNT) {
        ab__buf_add(out, ", 0 or more");
    }
}

/* "a number of km, 0 to 500"; a probability or a share is its own noun. */
static void add_number(const ab_column *column, ab_buf *out)
{
    bool noun = strcmp(column->unit, "probability") == 0 || strncmp(column->unit, "share", 5) == 0;
    if (noun && column->type == AB_TYPE_NUMBER) {
        ab__buf_printf(out, "a %s", column->unit);
    } else {
        ab__buf_add(out, column->type == AB_TYPE_COUNT ? "a whole number" : "a number");
        if (column->unit[0] != '\0')
            ab__buf_printf(out, " of %s", column->unit);
    }
    add_range(column, out);
}

static void add_words(const ab_code_list *codes, ab_buf *out)
{
    for (int32_t i = 0; i < codes->count; i++) {
        if (i > 0)
            ab__buf_add(out, i + 1 < codes->count ? ", " : " or ");
        ab__buf_add(out, codes->codes[i].word);
    }
}

static void add_scope(const ab_column *column, ab_buf *out)
{
    ab__buf_printf(out, "ids of %s", column->refers);
    if (column->codes != NULL) {
        ab__buf_add(out, ", or ");
        add_words(column->codes, out);
    }
    ab__buf_add(out, ", with ';' between them");
}

static void add_shape(const ab_column *column, ab_buf *out)
{
    static const char *const kinds[] = {
        [AB_SHAPE_NONE] = "a POINT, LINESTRING or POLYGON in WKT",
        [AB_SHAPE_POINT] = "a POINT",
        [AB_SHAPE_LINE] = "a LINESTRING",
        [AB_SHAPE_POLYGON] = "a POLYGON",
    };
    ab__buf_printf(out, "%s, longitude before latitude", kinds[column->shape]);
}

void ab__column_expects(const ab_column *column, ab_buf *out)
{
    switch (column->type) {
    case AB_TYPE_ID:
        ab__buf_add(out, "an id of lower-case letters, digits, '-', '_' and '.'");
        break;
    case AB_TYPE_TEXT:
        ab__buf_add(out, "a text");
        break;
    case AB_TYPE_REF:
        ab__buf_printf(out, "the id of a row of %s", column->refers);
        break;
    case AB_TYPE_NUMBER:
    case AB_TYPE_COUNT:
        add_number(column, out);
        break;
    case AB_TYPE_FLAG:
        ab__buf_add(out, "yes or no");
        break;
    case AB_TYPE_CODE:
        add_words(column->codes, out);
        break;
    case AB_TYPE_CODES:
        add_words(column->codes, out);
        ab__buf_add(out, ", with ';' between them");
        break;
    case AB_TYPE_TIME:
        ab__buf_add(out, "a time with its zone, as 2030-03-01T06:00Z");
        break;
    case AB_TYPE_DAY:
        ab__buf_add(out, "a day, as 2030-03-01");
        break;
    case AB_TYPE_CLOCK:
        ab__buf_add(out, "a time of day, 00:00 to 24:00");
        break;
    case AB_TYPE_LIST:
        ab__buf_add(out, "texts, with ';' between them");
        break;
    case AB_TYPE_SUBJECT:
        ab__buf_add(out, "table:id, the table in the singular");
        break;
    case AB_TYPE_SUBJECTS:
        ab__buf_add(out, "table:id, the table in the singular, with ';' between them");
        break;
    case AB_TYPE_SCOPE:
        add_scope(column, out);
        break;
    case AB_TYPE_WKT:
        add_shape(column, out);
        break;
    }
}
