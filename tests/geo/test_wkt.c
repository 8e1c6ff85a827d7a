#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/comma.h"
#include "base/draw.h"
#include "geo/wkt.h"

static void assert_reads(const char *text, ab_wkt_kind kind, int32_t parts, const char *again)
{
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    ab_wkt wkt;
    const char *why = NULL;
    int32_t at = -1;
    if (!ab__wkt_parse(text, arena, &wkt, &why, &at))
        fail_msg("%s: byte %d: %s", text, at, why);
    assert_int_equal(wkt.kind, kind);
    assert_int_equal(wkt.part_count, parts);
    assert_int_equal(wkt.part_start[0], 0);
    ab_buf out = AB_BUF_INIT;
    ab__wkt_format(&wkt, &out);
    assert_string_equal(ab__buf_text(&out), again);
    ab__buf_free(&out);
    ab__arena_free(arena);
}

static void shapes_are_read_and_written(void **state)
{
    (void)state;
    assert_reads("POINT (36.1 33.5)", AB_WKT_POINT, 1, "POINT (36.1 33.5)");
    assert_reads("point(36.1 33.5)", AB_WKT_POINT, 1, "POINT (36.1 33.5)");
    assert_reads(" \tPoInT\n( 36.1  \t33.5 )\r\n", AB_WKT_POINT, 1, "POINT (36.1 33.5)");
    assert_reads("POINT(-180 +90)", AB_WKT_POINT, 1, "POINT (-180 90)");
    assert_reads("POINT(1.80e2 -90.0)", AB_WKT_POINT, 1, "POINT (180 -90)");
    assert_reads("LineString(36 34,36.9 33.9 , 37 33)", AB_WKT_LINE, 1,
                 "LINESTRING (36 34, 36.9 33.9, 37 33)");
    assert_reads("POLYGON((38.42 34.18,38.46 34.18,38.46 34.21,38.42 34.21,38.42 34.18))",
                 AB_WKT_POLYGON, 1,
                 "POLYGON ((38.42 34.18, 38.46 34.18, 38.46 34.21, 38.42 34.21, 38.42 34.18))");
    assert_reads("POLYGON ((0 0,9 0,9 9,0 0), (5 2, 6 2, 6 3, 5 2))", AB_WKT_POLYGON, 2,
                 "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 2, 6 2, 6 3, 5 2))");
}

static void vertices_and_parts_lie_where_the_header_says(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    ab_wkt wkt;
    const char *why = NULL;
    int32_t at = -1;
    assert_true(
        ab__wkt_parse("POLYGON((0 1,9 0,9 9,0 1),(5 2,6 2,6 3,4 3,5 2))", arena, &wkt, &why, &at));
    assert_int_equal(wkt.part_start[0], 0);
    assert_int_equal(wkt.part_start[1], 4);
    assert_int_equal(wkt.part_start[2], 9);
    assert_true(wkt.lon_lat_deg[0] == 0 && wkt.lon_lat_deg[1] == 1);
    assert_true(wkt.lon_lat_deg[2 * 4] == 5 && wkt.lon_lat_deg[2 * 4 + 1] == 2);
    assert_true(wkt.lon_lat_deg[2 * 7] == 4 && wkt.lon_lat_deg[2 * 7 + 1] == 3);
    ab__arena_free(arena);
}

static void a_flaw_is_named_with_its_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t at;
        const char *says;
    } cases[] = {
        {"", 0, "POINT, LINESTRING or POLYGON"},
        {"   ", 3, "POINT, LINESTRING or POLYGON"},
        {"36.1 33.5", 0, "POINT, LINESTRING or POLYGON"},
        {"MULTIPOLYGON(((0 0,1 0,1 1,0 0)))", 0, "POINT, LINESTRING or POLYGON"},
        {"SRID=4326;POINT(1 2)", 0, "POINT, LINESTRING or POLYGON"},
        {"POINTS(1 2)", 0, "POINT, LINESTRING or POLYGON"},
        {"POINT", 5, "'('"},
        {"POINT EMPTY", 6, "EMPTY"},
        {"polygon empty", 8, "EMPTY"},
        {"POINT Z (1 2 3)", 6, "heights (Z)"},
        {"POINT ZM(1 2 3 4)", 6, "heights (Z)"},
        {"LINESTRING m (1 2 3, 2 2 3)", 11, "heights (Z)"},
        {"POINT(1 2 3)", 10, "heights (Z)"},
        {"POINT()", 6, "a number of degrees"},
        {"POINT(1)", 7, "a latitude after"},
        {"POINT(1 )", 8, "a number of degrees"},
        {"POINT(1,2)", 7, "a latitude after"},
        {"POINT(1-2)", 7, "a latitude after"},
        {"POINT(1 2", 9, "',' or ')'"},
        {"POINT(1 2))", 10, "nothing after"},
        {"POINT(1 2) x", 11, "nothing after"},
        {"POINT(1 2);", 10, "nothing after"},
        {"POINT(1 2, 3 4)", 5, "one vertex"},
        {"POINT(181 2)", 6, "from -180 to 180"},
        {"POINT(33.5 136.1)", 11, "from -90 to 90"},
        {"POINT(33.5 -90.00001)", 11, "from -90 to 90"},
        {"POINT(nan 2)", 6, "a number of degrees"},
        {"POINT(1 inf)", 8, "a number of degrees"},
        {"POINT(0x10 2)", 6, "a number of degrees"},
        {"POINT(1e999 2)", 6, "a number of degrees"},
        {"POINT(36,1 33,5)", 8, "a latitude after"},
        {"POINT(36\xC2\xB0 33)", 8, "a latitude after"},
        {"LINESTRING(1 2)", 10, "two vertices"},
        {"LINESTRING(1 2,)", 15, "a number of degrees"},
        {"LINESTRING((1 2,3 4))", 11, "a number of degrees"},
        {"POLYGON(0 0,1 0,1 1,0 0)", 8, "brackets of their own"},
        {"POLYGON(())", 9, "a number of degrees"},
        {"POLYGON((0 0,1 0,0 0))", 8, "four vertices"},
        {"POLYGON((0 0,1 0,1 1,0 1))", 8, "closed ring"},
        {"POLYGON((0 0,1 0,1 1,1 0))", 8, "closed ring"},
        {"POLYGON((0 0,1 0,1 1,0 0)", 25, "after a ring"},
        {"POLYGON((0 0,1 0,1 1,0 0),)", 26, "brackets of their own"},
        {"POLYGON((0 0,9 0,9 9,0 0), (5 2,6 2,6 3))", 27, "four vertices"},
    };
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_wkt wkt;
        const char *why = NULL;
        int32_t at = -1;
        if (ab__wkt_parse(cases[i].text, arena, &wkt, &why, &at))
            fail_msg("\"%s\" was read as a shape", cases[i].text);
        if (at != cases[i].at || strstr(why, cases[i].says) == NULL)
            fail_msg("\"%s\": byte %d: %s", cases[i].text, at, why);
    }
    ab__arena_free(arena);
}

static void written_shapes_read_back_the_same(void **state)
{
    (void)state;
    uint64_t draws = 1;
    for (int i = 0; i < 300; i++) {
        double vertices[2 * 50];
        int32_t count = 2 + (int32_t)(draw_bits(&draws) % 49);
        for (int32_t j = 0; j < count; j++) {
            vertices[2 * j] = draw_between(&draws, -180, 180);
            vertices[2 * j + 1] = draw_between(&draws, -90, 90);
        }
        const int32_t starts[] = {0, count};
        ab_wkt line = {AB_WKT_LINE, 1, starts, vertices};
        ab_buf out = AB_BUF_INIT;
        ab__wkt_format(&line, &out);
        ab_arena *arena = ab__arena_new();
        assert_non_null(arena);
        ab_wkt again;
        const char *why = NULL;
        int32_t at = -1;
        assert_true(ab__wkt_parse(ab__buf_text(&out), arena, &again, &why, &at));
        assert_int_equal(again.part_start[1], count);
        assert_memory_equal(again.lon_lat_deg, vertices, 2 * (size_t)count * sizeof(double));
        ab__arena_free(arena);
        ab__buf_free(&out);
    }
}

static void a_decimal_comma_of_the_locale_changes_nothing(void **state)
{
    (void)state;
    if (!set_decimal_comma())
        skip();
    assert_reads("LINESTRING(36.5 34.25,37 33.5)", AB_WKT_LINE, 1,
                 "LINESTRING (36.5 34.25, 37 33.5)");
    (void)setlocale(LC_ALL, "C");
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    char text[20000] = "LINESTRING(0 0";
    for (size_t size = strlen(text); size + 10 < sizeof text; size += 4)
        memcpy(text + size, ",1 1", 5);
    strcat(text, ")");
    int nth = 1;
    for (bool parsed = false; !parsed; nth++) {
        ab_arena *arena = ab__arena_new();
        assert_non_null(arena);
        ab_wkt wkt;
        const char *why = NULL;
        int32_t at = -1;
        ab__fail_allocation(nth);
        parsed = ab__wkt_parse(text, arena, &wkt, &why, &at);
        ab__fail_allocation(0);
        if (!parsed)
            assert_ptr_equal(why, ab__wkt_no_memory);
        ab__arena_free(arena);
    }
    assert_true(nth > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_read_and_written),
        cmocka_unit_test(vertices_and_parts_lie_where_the_header_says),
        cmocka_unit_test(a_flaw_is_named_with_its_byte),
        cmocka_unit_test(written_shapes_read_back_the_same),
        cmocka_unit_test(a_decimal_comma_of_the_locale_changes_nothing),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
