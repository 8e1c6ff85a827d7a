/* XML as workbooks hold it, and as somebody means harm by it. */
#include "io/support.h"

#include "io/xml.h"

/* Elements as <a ...> and </a>, texts in [], END or BAD. */
static void expect_steps(const char *text, const char *expected)
{
    ab_buf bytes = AB_BUF_INIT, told = AB_BUF_INIT, part = AB_BUF_INIT;
    ab_xml_step step;

    ab__buf_add(&bytes, text);
    ab_xml xml = ab__xml_start(&bytes);
    while ((step = ab__xml_next(&xml)) != AB_XML_END && step != AB_XML_BAD) {
        ab__buf_clear(&part);
        if (step == AB_XML_TEXT) {
            ab__xml_add_text(&xml, &part);
            ab__buf_printf(&told, "[%s]", ab__buf_text(&part));
            continue;
        }
        ab__buf_printf(&told, step == AB_XML_OPEN ? "<%.*s" : "</%.*s", (int)xml.name.size,
                       xml.name.at);
        if (step == AB_XML_OPEN && ab__xml_attribute(&xml, "k", &part))
            ab__buf_printf(&told, " %s", ab__buf_text(&part));
        ab__buf_char(&told, '>');
    }
    ab__buf_add(&told, step == AB_XML_END ? "END" : "BAD");
    assert_string_equal(ab__buf_text(&told), expected);
    ab__buf_free(&bytes);
    ab__buf_free(&told);
    ab__buf_free(&part);
}

static void elements_attributes_and_texts_come_in_order(void **state)
{
    (void)state;
    expect_steps("<?xml version=\"1.0\"?><a><b k=\"1\"/>x<c k = 'a>b' >y</c></a>",
                 "<a><b 1></b>[x]<c a>b>[y]</c></a>END");
    expect_steps("\xEF\xBB\xBF<a/>", "<a></a>END");
    expect_steps("<x:a><!-- <b> --><![CDATA[<&>]]></x:a>", "<x:a>[<&>]</x:a>END");
    expect_steps("<a k=\"&lt;&#65;&#x42;&amp;\">&quot;&apos;&gt;</a>", "<a <AB&>[\"'>]</a>END");
}

static void references_that_mean_nothing_do_no_harm(void **state)
{
    (void)state;
    expect_steps("<a>&nbsp;&#0;&#xD800;&#x110000;&#99999999999999;&x</a>",
                 "<a>[&nbsp;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD&x]</a>END");
}

static void a_document_that_is_cut_off_or_declares_entities_is_refused(void **state)
{
    (void)state;
    expect_steps("<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>", "BAD");
    expect_steps("<a><b>", "<a><b>BAD");
    expect_steps("<a><b k=\"1", "<a>BAD");
    expect_steps("</a>", "BAD");
    expect_steps("<a><![CDATA[x</a>", "<a>BAD");
    expect_steps("<a><b <c/></a>", "<a>BAD");
}

static void an_element_can_be_passed_over(void **state)
{
    ab_buf bytes = AB_BUF_INIT;

    (void)state;
    ab__buf_add(&bytes, "<a><b><c/><b>x</b></b><d/></a>");
    ab_xml xml = ab__xml_start(&bytes);
    assert_int_equal(ab__xml_next(&xml), AB_XML_OPEN);
    assert_int_equal(ab__xml_next(&xml), AB_XML_OPEN);
    ab__xml_skip(&xml);
    assert_int_equal(ab__xml_next(&xml), AB_XML_OPEN);
    assert_true(ab__xml_is(&xml, "d"));
    assert_false(ab__xml_is(&xml, "dd"));
    ab__xml_skip(&xml);
    assert_int_equal(ab__xml_next(&xml), AB_XML_CLOSE);
    assert_int_equal(ab__xml_next(&xml), AB_XML_END);
    ab__buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_texts_come_in_order),
        cmocka_unit_test(references_that_mean_nothing_do_no_harm),
        cmocka_unit_test(a_document_that_is_cut_off_or_declares_entities_is_refused),
        cmocka_unit_test(an_element_can_be_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
