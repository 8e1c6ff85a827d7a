/* Who may see what: rules that hold for every column that is declared, now and later. */
#include "model/mini.h"

#include <math.h>

#include "model/redact.h"
#include "schema/convert.h"

static int rank(const ab_column *column)
{
    for (int audience = AB_AUDIENCE_PUBLIC; audience < AB_AUDIENCE_TEAM; audience++) {
        if (ab__audience_sees((ab_audience)audience, column->sensitivity))
            return audience;
    }
    return AB_AUDIENCE_TEAM;
}

/* Free text for the public is dangerous: it may name a place. These are words of a catalogue. */
static bool is_catalogue(const char *table)
{
    static const char *const tables[] = {"commodities", "dropsystems", "foods", "nutrients",
                                         "contents", "rations", "nutrition", "totals",
                                         "summary", "provenance"};

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (strcmp(tables[i], table) == 0)
            return true;
    }
    return false;
}

static void check_column(const ab_schema *schema, const ab_table *table, const ab_column *column)
{
    bool text = column->type == AB_TYPE_TEXT || column->type == AB_TYPE_ID ||
                column->type == AB_TYPE_LIST;

    if (strcmp(column->name, "source") == 0 || strcmp(column->name, "note") == 0)
        assert_int_equal(rank(column), AB_AUDIENCE_TEAM);
    if (column->type == AB_TYPE_TIME || column->type == AB_TYPE_DAY ||
        column->type == AB_TYPE_CLOCK || column->type == AB_TYPE_WKT ||
        column->type == AB_TYPE_SUBJECT || column->type == AB_TYPE_SUBJECTS)
        assert_int_equal(rank(column), AB_AUDIENCE_TEAM);
    if (strcmp(column->name, "lon_deg") == 0 || strcmp(column->name, "lat_deg") == 0)
        assert_true(rank(column) > AB_AUDIENCE_PUBLIC);
    if (text && !is_catalogue(table->name) && strcmp(column->name, "currency") != 0)
        assert_true(rank(column) > AB_AUDIENCE_PUBLIC);
    if (column->type == AB_TYPE_REF) {
        const ab_table *to = &schema->tables[ab_schema_find(schema, column->refers)];
        assert_true(rank(column) >= rank(&to->columns[ab_table_find(to, "id")]));
    }
}

static void no_day_way_position_source_or_remark_is_open(void **state)
{
    const ab_schema *schemas[] = {ab_input_schema(), ab_result_schema()};

    (void)state;
    for (int s = 0; s < 2; s++) {
        for (int32_t t = 0; t < schemas[s]->count; t++) {
            const ab_table *table = &schemas[s]->tables[t];
            for (int32_t c = 0; c < table->column_count; c++)
                check_column(schemas[s], table, &table->columns[c]);
        }
    }
}

/* A trip, a load or a day of a place says something of that place even without its name. */
static void rows_of_the_plan_are_for_the_team(void **state)
{
    static const ab_result_table tables[] = {AB_TABLE_reach, AB_TABLE_trips, AB_TABLE_loads,
                                             AB_TABLE_stock_days, AB_TABLE_gaps};

    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const ab_table *table = &ab_result_schema()->tables[tables[i]];
        for (int32_t c = 0; c < table->column_count; c++)
            assert_int_equal(rank(&table->columns[c]), AB_AUDIENCE_TEAM);
    }
}

static ab_data redacted(const ab_data *data, ab_audience audience, ab_arena *arena)
{
    ab_data out;

    assert_int_equal(ab__data_redact(data, audience, arena, &out, NULL), AB_OK);
    assert_int_equal(out.schema->count, data->schema->count);
    return out;
}

static void what_may_not_be_seen_is_gone_from_the_rows_too(void **state)
{
    read_operation of = read_mini(NULL, 0);
    const ab_operation *op = of.op;
    ab_arena *arena = ab__arena_new();
    ab_data data = ab_operation_data(op);
    ab_data team = redacted(&data, AB_AUDIENCE_TEAM, arena);
    ab_data partners = redacted(&data, AB_AUDIENCE_PARTNERS, arena);
    ab_data open = redacted(&data, AB_AUDIENCE_PUBLIC, arena);

    (void)state;
    const ab_place *place = team.rows[AB_TABLE_places].at;
    assert_int_equal(team.rows[AB_TABLE_places].count, op->places.count);
    assert_string_equal(place->name, op->places.at[0].name);
    assert_true(place->stock_s == op->places.at[0].stock_s);
    assert_int_equal(place->head.given, op->places.at[0].head.given);

    place = partners.rows[AB_TABLE_places].at;
    assert_string_equal(place->name, op->places.at[0].name);
    assert_true(place->lon_deg == op->places.at[0].lon_deg);
    assert_true(isnan(place->stock_s));
    assert_true(place->cut_off_since == AB_TIME_NONE);
    assert_string_equal(place->source, "");
    const ab_table *table = &partners.schema->tables[AB_TABLE_places];
    assert_int_equal(ab_table_find(table, "stock_days"), -1);
    int32_t column = ab_table_find(table, "population");
    assert_true(ab_given(&place->head, column));
    assert_true(ab__cell_number(&table->columns[column], place) ==
                (double)op->places.at[0].population);
    assert_int_equal(partners.rows[AB_TABLE_dropzones].count, 0);

    assert_int_equal(open.rows[AB_TABLE_places].count, 0);
    assert_int_equal(open.schema->tables[AB_TABLE_places].column_count, 0);
    const ab_settings *settings = open.rows[AB_TABLE_operation].at;
    assert_true(settings->start == AB_TIME_NONE);
    assert_string_equal(settings->name, "");
    assert_null(settings->head.remarks);
    assert_int_equal(open.rows[AB_TABLE_commodities].count, op->commodities.count);
    ab__arena_free(arena);
    forget_operation(&of);
}

static void a_row_that_says_for_whom_it_is_goes_to_nobody_else(void **state)
{
    const ab_figure figures[] = {
        {.key = "a", .unit = "", .meaning = "", .audience = AB_AUDIENCE_PUBLIC},
        {.key = "b", .unit = "", .meaning = "", .audience = AB_AUDIENCE_TEAM},
        {.key = "c", .unit = "", .meaning = "", .audience = AB_AUDIENCE_PARTNERS},
        {.key = "d", .unit = "", .meaning = "", .audience = -1},
    };
    ab_rows rows[AB_RESULT_TABLES] = {[AB_TABLE_summary] = {figures, 4}};
    ab_data data = {ab_result_schema(), rows};
    ab_arena *arena = ab__arena_new();

    (void)state;
    ab_rows left = redacted(&data, AB_AUDIENCE_PUBLIC, arena).rows[AB_TABLE_summary];
    assert_int_equal(left.count, 1);
    assert_string_equal(((const ab_figure *)left.at)[0].key, "a");
    left = redacted(&data, AB_AUDIENCE_PARTNERS, arena).rows[AB_TABLE_summary];
    assert_int_equal(left.count, 2);
    assert_string_equal(((const ab_figure *)left.at)[1].key, "c");
    assert_int_equal(
        redacted(&data, AB_AUDIENCE_TEAM, arena).rows[AB_TABLE_summary].count, 4);
    ab__arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_day_way_position_source_or_remark_is_open),
        cmocka_unit_test(rows_of_the_plan_are_for_the_team),
        cmocka_unit_test(what_may_not_be_seen_is_gone_from_the_rows_too),
        cmocka_unit_test(a_row_that_says_for_whom_it_is_goes_to_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
