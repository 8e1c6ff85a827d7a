/* The styles that QGIS takes from a result. */
#include "io/support.h"

#include <cpl_conv.h>
#include <cpl_minixml.h>

#include "airbridge/operation.h"
#include "io/style.h"

static CPLXMLNode *style_of(const char *table, ab_shape_kind kind)
{
    ab_buf qml = AB_BUF_INIT;

    assert_true(ab__style_qml(table, kind, &qml));
    CPLXMLNode *tree = CPLParseXMLString(qml.text);
    assert_non_null(tree);
    ab__buf_free(&qml);
    return tree;
}

static int count_children(const CPLXMLNode *node, const char *name)
{
    int count = 0;

    for (const CPLXMLNode *child = node->psChild; child != NULL; child = child->psNext)
        count += child->eType == CXT_Element && strcmp(child->pszValue, name) == 0;
    return count;
}

static bool has_category(CPLXMLNode *categories, const char *value)
{
    for (CPLXMLNode *child = categories->psChild; child != NULL; child = child->psNext) {
        if (strcmp(CPLGetXMLValue(child, "value", ""), value) == 0)
            return true;
    }
    return false;
}

static void every_legend_entry_has_a_symbol_of_its_own(void **state)
{
    static const struct {
        const char *table, *legend, *entry;
        ab_shape_kind kind;
    } layers[] = {
        {"reach", "categories", "category", AB_SHAPE_LINE},
        {"trips", "categories", "category", AB_SHAPE_LINE},
        {"stock_days", "ranges", "range", AB_SHAPE_POINT},
        {"gaps", "categories", "category", AB_SHAPE_POLYGON},
    };

    (void)state;
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        CPLXMLNode *tree = style_of(layers[i].table, layers[i].kind);
        CPLXMLNode *renderer = CPLGetXMLNode(tree, "=qgis.renderer-v2");
        assert_non_null(renderer);
        int entries = count_children(CPLGetXMLNode(renderer, layers[i].legend), layers[i].entry);
        assert_true(entries > 3);
        assert_int_equal(entries, count_children(CPLGetXMLNode(renderer, "symbols"), "symbol"));
        CPLDestroyXMLNode(tree);
    }
}

static void every_means_and_every_reason_has_its_colour(void **state)
{
    CPLXMLNode *trips = style_of("trips", AB_SHAPE_LINE), *gaps = style_of("gaps", AB_SHAPE_POINT);
    CPLXMLNode *reach = style_of("reach", AB_SHAPE_LINE);

    (void)state;
    for (int32_t i = 0; i < ab_codes_means.count; i++) {
        const char *word = ab_codes_means.codes[i].word;
        assert_true(has_category(CPLGetXMLNode(trips, "=qgis.renderer-v2.categories"), word));
        if (i != AB_MEANS_LINK)
            assert_true(has_category(CPLGetXMLNode(reach, "=qgis.renderer-v2.categories"), word));
    }
    for (int32_t i = 0; i < ab_codes_reason.count; i++)
        assert_true(has_category(CPLGetXMLNode(gaps, "=qgis.renderer-v2.categories"),
                                 ab_codes_reason.codes[i].word));
    CPLDestroyXMLNode(trips);
    CPLDestroyXMLNode(gaps);
    CPLDestroyXMLNode(reach);
}

static void shares_of_the_ration_are_ranges_without_a_gap(void **state)
{
    CPLXMLNode *tree = style_of("stock_days", AB_SHAPE_POINT);
    double last = 0;

    (void)state;
    CPLXMLNode *ranges = CPLGetXMLNode(tree, "=qgis.renderer-v2.ranges");
    for (CPLXMLNode *range = ranges->psChild; range != NULL; range = range->psNext) {
        assert_true(CPLAtof(CPLGetXMLValue(range, "lower", "")) == last);
        double upper = CPLAtof(CPLGetXMLValue(range, "upper", ""));
        assert_true(upper > last);
        last = upper;
    }
    assert_true(last > 3); /* 1 + the greatest catch_up_frac, 2 */
    CPLDestroyXMLNode(tree);
}

static void places_and_hubs_are_named_on_the_map_and_trips_are_not(void **state)
{
    CPLXMLNode *places = style_of("in_places", AB_SHAPE_POINT),
               *trips = style_of("trips", AB_SHAPE_LINE);

    (void)state;
    assert_non_null(CPLGetXMLNode(places, "=qgis.labeling"));
    assert_null(CPLGetXMLNode(trips, "=qgis.labeling"));
    CPLDestroyXMLNode(places);
    CPLDestroyXMLNode(trips);
}

static void tables_without_shapes_have_no_style(void **state)
{
    ab_buf qml = AB_BUF_INIT;

    (void)state;
    assert_false(ab__style_qml("in_wind", AB_SHAPE_POINT, &qml));
    assert_false(ab__style_qml("summary", AB_SHAPE_NONE, &qml));
    assert_int_equal(qml.size, 0);
    assert_int_equal(ab__style_kind("trips"), AB_SHAPE_LINE);
    assert_int_equal(ab__style_kind("summary"), AB_SHAPE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_legend_entry_has_a_symbol_of_its_own),
        cmocka_unit_test(every_means_and_every_reason_has_its_colour),
        cmocka_unit_test(shares_of_the_ration_are_ranges_without_a_gap),
        cmocka_unit_test(places_and_hubs_are_named_on_the_map_and_trips_are_not),
        cmocka_unit_test(tables_without_shapes_have_no_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
