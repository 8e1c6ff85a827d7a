/* The codes of issues and what is said of them, from issues.def and explain.def. */
#include "schema/issues.h"

#define AB_EXPLAIN(name, ...) static const ab_advice advice_on_##name = {__VA_ARGS__};
#include "airbridge/explain.def"
#undef AB_EXPLAIN

static const ab_explanation every[] = {
#define AB_ISSUE(name, number, severity, meaning)                                                  \
    {number, #name, severity, meaning, &advice_on_##name},
#include "airbridge/issues.def"
#undef AB_ISSUE
};

enum { CODES = sizeof every / sizeof every[0] };

int32_t ab_explanation_count(void)
{
    return CODES;
}

const ab_explanation *ab_explanation_at(int32_t i)
{
    return &every[i];
}

const ab_explanation *ab_issue_explain(int32_t code)
{
    for (int32_t i = 0; i < CODES; i++)
        if (every[i].code == code)
            return &every[i];
    return NULL;
}

const char *ab_issue_name(int32_t code)
{
    const ab_explanation *issue = ab_issue_explain(code);
    return issue == NULL ? NULL : issue->name;
}

const char *ab_issue_meaning(int32_t code)
{
    const ab_explanation *issue = ab_issue_explain(code);
    return issue == NULL ? NULL : issue->meaning;
}

ab_severity ab__issue_severity(int32_t code)
{
    const ab_explanation *issue = ab_issue_explain(code);
    return issue == NULL ? AB_ERROR_FLAW : issue->severity;
}
