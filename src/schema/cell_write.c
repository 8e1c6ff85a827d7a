/* Values to cells. */
#include <inttypes.h>
#include <math.h>

#include "base/number.h"
#include "geo/wkt.h"
#include "schema/convert.h"
#include "schema/find.h"

/* A change of unit there and back costs the last of a double's 17 digits; 15 hide it. */
enum { DIGITS = 15 };

bool ab__cell_empty(const ab_column *column, const void *row)
{
    const void *value = ab__value_at(column, row);
    switch (column->type) {
    case AB_TYPE_ID:
    case AB_TYPE_TEXT:
        return **(const ab_c_TEXT *)value == '\0';
    case AB_TYPE_NUMBER:
        return isnan(*(const ab_c_NUMBER *)value);
    case AB_TYPE_COUNT:
        return *(const ab_c_COUNT *)value < 0;
    case AB_TYPE_REF:
    case AB_TYPE_FLAG:
    case AB_TYPE_CODE:
    case AB_TYPE_CLOCK:
        return *(const int32_t *)value < 0;
    case AB_TYPE_CODES:
        return *(const ab_c_CODES *)value == 0;
    case AB_TYPE_TIME:
    case AB_TYPE_DAY:
        return *(const ab_time *)value == AB_TIME_NONE;
    case AB_TYPE_LIST:
        return ((const ab_list *)value)->count == 0;
    case AB_TYPE_SUBJECT:
        return ((const ab_ref *)value)->row < 0;
    case AB_TYPE_SUBJECTS:
    case AB_TYPE_SCOPE:
        return ((const ab_refs *)value)->count == 0;
    case AB_TYPE_WKT:
        return ((const ab_shape *)value)->kind == AB_SHAPE_NONE;
    }
    return true;
}

double ab__cell_number(const ab_column *column, const void *row)
{
    const void *value = ab__value_at(column, row);
    if (ab__cell_empty(column, row))
        return NAN;
    if (column->type == AB_TYPE_COUNT)
        return (double)*(const ab_c_COUNT *)value;
    char text[AB_NUMBER_CAP];
    double number = *(const ab_c_NUMBER *)value / ab__column_si(column);
    (void)ab__number_parse(ab__number_format_n(number, DIGITS, text), &number);
    return number;
}

/* Writers of one type each; the value is known. */
typedef struct writing {
    const ab_data *data;
    const ab_column *column;
    ab_buf *out;
} writing;

static void write_text(const writing *to, const void *value)
{
    ab__buf_add(to->out, *(const ab_c_TEXT *)value);
}

static void write_ref(const writing *to, const void *value)
{
    char spare[24];
    int32_t table = ab_schema_find(to->data->schema, to->column->refers);
    ab__buf_add(to->out, ab__row_id(to->data, table, *(const ab_c_REF *)value, spare));
}

static void write_number(const writing *to, const void *value)
{
    char text[AB_NUMBER_CAP];
    double number = *(const ab_c_NUMBER *)value / ab__column_si(to->column);
    ab__buf_add(to->out, ab__number_format_n(number, DIGITS, text));
}

static void write_count(const writing *to, const void *value)
{
    ab__buf_printf(to->out, "%" PRId64, *(const ab_c_COUNT *)value);
}

static void write_flag(const writing *to, const void *value)
{
    ab__buf_add(to->out, *(const ab_c_FLAG *)value != 0 ? "yes" : "no");
}

static void write_code(const writing *to, const void *value)
{
    ab__buf_add(to->out, to->column->codes->codes[*(const ab_c_CODE *)value].word);
}

static void write_time(const writing *to, const void *value)
{
    char text[AB_TIME_TEXT_CAP];
    ab__buf_add(to->out, ab_time_format(*(const ab_c_TIME *)value, text));
}

static void write_day(const writing *to, const void *value)
{
    char text[AB_TIME_TEXT_CAP];
    ab__buf_add(to->out, ab_day_format(*(const ab_c_DAY *)value, text));
}

static void write_clock(const writing *to, const void *value)
{
    char text[AB_TIME_TEXT_CAP];
    ab__buf_add(to->out, ab_clock_format(*(const ab_c_CLOCK *)value, text));
}

/* Puts ';' between the parts of a list. */
static void write_gap(const writing *to, int32_t i)
{
    if (i > 0)
        ab__buf_add(to->out, "; ");
}

static void write_codes(const writing *to, const void *value)
{
    ab_c_CODES set = *(const ab_c_CODES *)value;
    int32_t written = 0;
    for (int32_t i = 0; i < to->column->codes->count; i++) {
        if ((set >> i & 1u) == 0)
            continue;
        write_gap(to, written++);
        ab__buf_add(to->out, to->column->codes->codes[i].word);
    }
}

static void write_list(const writing *to, const void *value)
{
    const ab_list *list = value;
    for (int32_t i = 0; i < list->count; i++) {
        write_gap(to, i);
        ab__buf_add(to->out, list->at[i]);
    }
}

static void write_subject(const writing *to, const void *value)
{
    char spare[24];
    const ab_ref *ref = value;
    ab__buf_printf(to->out, "%s:%s", to->data->schema->tables[ref->table].singular,
                   ab__row_id(to->data, ref->table, ref->row, spare));
}

static void write_subjects(const writing *to, const void *value)
{
    const ab_refs *refs = value;
    for (int32_t i = 0; i < refs->count; i++) {
        write_gap(to, i);
        write_subject(to, &refs->at[i]);
    }
}

static void write_scope(const writing *to, const void *value)
{
    char spare[24];
    const ab_refs *refs = value;
    for (int32_t i = 0; i < refs->count; i++) {
        write_gap(to, i);
        ab_ref ref = refs->at[i];
        ab__buf_add(to->out, ref.table < 0 ? to->column->codes->codes[ref.row].word
                                           : ab__row_id(to->data, ref.table, ref.row, spare));
    }
}

static void write_wkt(const writing *to, const void *value)
{
    static const ab_wkt_kind kinds[] = {[AB_SHAPE_POINT] = AB_WKT_POINT,
                                        [AB_SHAPE_LINE] = AB_WKT_LINE,
                                        [AB_SHAPE_POLYGON] = AB_WKT_POLYGON};
    const ab_shape *shape = value;
    ab_wkt wkt = {kinds[shape->kind], shape->part_count, shape->part_start, shape->lon_lat_deg};
    ab__wkt_format(&wkt, to->out);
}

static void (*const writers[])(const writing *to, const void *value) = {
    [AB_TYPE_ID] = write_text,         [AB_TYPE_TEXT] = write_text,
    [AB_TYPE_REF] = write_ref,         [AB_TYPE_NUMBER] = write_number,
    [AB_TYPE_COUNT] = write_count,     [AB_TYPE_FLAG] = write_flag,
    [AB_TYPE_CODE] = write_code,       [AB_TYPE_CODES] = write_codes,
    [AB_TYPE_TIME] = write_time,       [AB_TYPE_DAY] = write_day,
    [AB_TYPE_CLOCK] = write_clock,     [AB_TYPE_LIST] = write_list,
    [AB_TYPE_SUBJECT] = write_subject, [AB_TYPE_SUBJECTS] = write_subjects,
    [AB_TYPE_SCOPE] = write_scope,     [AB_TYPE_WKT] = write_wkt,
};

void ab__cell_write(const ab_data *data, const ab_column *column, const void *row, ab_buf *out)
{
    if (ab__cell_empty(column, row))
        return;
    writing to = {data, column, out};
    writers[column->type](&to, ab__value_at(column, row));
}
