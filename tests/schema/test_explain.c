/* That every flaw is explained, in words of its own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "airbridge/schema.h"

static void every_code_is_explained_once(void **state)
{
    (void)state;
    static const int32_t codes[] = {
#define AB_ISSUE(name, number, severity, meaning) number,
#include "airbridge/issues.def"
#undef AB_ISSUE
    };
    int32_t count = (int32_t)(sizeof codes / sizeof codes[0]);
    assert_int_equal(ab_explanation_count(), count);
    for (int32_t i = 0; i < count; i++) {
        const ab_explanation *of = ab_issue_explain(codes[i]);
        assert_ptr_equal(of, ab_explanation_at(i)); /* so no number stands twice */
        assert_string_equal(ab_issue_name(codes[i]), of->name);
    }
    assert_null(ab_issue_explain(0));
    assert_null(ab_issue_explain(9999));
}

/* More than a word or two, and ended as a sentence is. */
static void assert_sentence(const char *name, const char *text)
{
    size_t size = strlen(text);
    if (size < 20 || strchr(text, ' ') == NULL || text[size - 1] != '.')
        fail_msg("%s: no sentence: %s", name, text);
}

static void every_text_says_something(void **state)
{
    (void)state;
    for (int32_t i = 0; i < ab_explanation_count(); i++) {
        const ab_explanation *of = ab_explanation_at(i);
        assert_sentence(of->name, of->advice->why);
        assert_sentence(of->name, of->advice->what_to_do);
        if (of->advice->repair[0] != '\0')
            assert_sentence(of->name, of->advice->repair);
        assert_true(of->advice->wrong[0] != '\0' && of->advice->right[0] != '\0');
        assert_string_not_equal(of->advice->wrong, of->advice->right);
    }
}

static void no_text_is_said_of_two_flaws(void **state)
{
    (void)state;
    for (int32_t i = 0; i < ab_explanation_count(); i++)
        for (int32_t j = 0; j < i; j++) {
            const ab_explanation *a = ab_explanation_at(i), *b = ab_explanation_at(j);
            if (strcmp(a->advice->why, b->advice->why) == 0 ||
                strcmp(a->meaning, b->meaning) == 0)
                fail_msg("%s and %s say the same", a->name, b->name);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_is_explained_once),
        cmocka_unit_test(every_text_says_something),
        cmocka_unit_test(no_text_is_said_of_two_flaws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
