#include "schema/tag.h"

#include <string.h>

/* A part of a hashtag: its tag or one of its attributes. */
typedef struct span {
    const char *at;
    size_t size;
} span;

/* HXL core 1.1, attributes of sex, age and household, and the groups that a population is told apart by. */
static const char *const narrowing[] = {
    "f",         "m",        "i",      "infants",       "children", "adolescents",
    "adults",    "elderly",  "hh",     "idps",          "refugees", "migrants",
    "returnees", "disabled", "host",   "non_displaced", "asylum",   "displaced",
    "affected",  "injured",  "killed", "missing"};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ab__is_tag(const char *text)
{
    while (is_space(*text))
        text++;
    return *text == '#';
}

/* The tag that `*text` begins with, or its next attribute; of size 0 at the end. */
static span next_part(const char **text)
{
    while (is_space(**text) || **text == '#' || **text == '+')
        (*text)++;
    span part = {*text, 0};
    while (**text != '\0' && **text != '+' && !is_space(**text))
        (*text)++;
    part.size = (size_t)(*text - part.at);
    return part;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(span a, span b)
{
    bool equal = a.size == b.size;
    for (size_t i = 0; equal && i < a.size; i++)
        equal = lower(a.at[i]) == lower(b.at[i]);
    return equal;
}

static bool has(const char *tag, span attribute)
{
    (void)next_part(&tag);
    for (span part = next_part(&tag); part.size > 0; part = next_part(&tag))
        if (same(part, attribute))
            return true;
    return false;
}

static bool is_narrowing(span attribute)
{
    for (size_t i = 0; i < sizeof narrowing / sizeof narrowing[0]; i++)
        if (same(attribute, (span){narrowing[i], strlen(narrowing[i])}))
            return true;
    return false;
}

/* How many attributes of `tag` the hashtag `other` lacks; `*narrow`: one of them narrows. */
static int lacking(const char *tag, const char *other, bool *narrow)
{
    int count = 0;
    (void)next_part(&tag);
    for (span part = next_part(&tag); part.size > 0; part = next_part(&tag)) {
        if (has(other, part))
            continue;
        count++;
        *narrow = *narrow || is_narrowing(part);
    }
    return count;
}

typedef enum fit { OTHER, NEAR, SAME } fit;

static fit fit_of(const char *found, const char *declared)
{
    const char *a = found, *b = declared;
    if (!same(next_part(&a), next_part(&b)))
        return OTHER;
    bool narrow = false;
    int more = lacking(found, declared, &narrow), less = lacking(declared, found, &narrow);
    if (more == 0 && less == 0)
        return SAME;
    return narrow || (more > 0 && less > 0) ? OTHER : NEAR;
}

int32_t ab__tag_find(const ab_table *table, const char *text, int32_t *one, int32_t *other)
{
    fit best = NEAR;
    *one = *other = -1;
    for (int32_t c = 0; c < table->column_count; c++) {
        const char *declared = table->columns[c].hxl;
        fit of = declared == NULL ? OTHER : fit_of(text, declared);
        if (of > best) {
            best = of;
            *one = c;
            *other = -1;
        } else if (of == best && *one < 0) {
            *one = c;
        } else if (of == best && *other < 0) {
            *other = c;
        }
    }
    int32_t found = *other < 0 ? *one : -1;
    if (*other < 0)
        *one = -1;
    return found;
}
