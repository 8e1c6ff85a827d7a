#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

enum { DEPTHS = sizeof((ab_json *)NULL)->first / sizeof(bool) };

void ab__json_start(ab_json *json, ab_buf *out)
{
    *json = (ab_json){.out = out, .first = {true}};
}

/* Every key and every value without a key begins here. */
static void separate(ab_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->first[json->depth])
        ab__buf_add(json->out, json->depth > 0 ? ", " : "\n");
    json->first[json->depth] = false;
}

static void open(ab_json *json, char bracket)
{
    assert(json->depth + 1 < DEPTHS);
    separate(json);
    ab__buf_char(json->out, bracket);
    json->first[++json->depth] = true;
}

static void close(ab_json *json, char bracket)
{
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    ab__buf_char(json->out, bracket);
}

void ab__json_object(ab_json *json)
{
    open(json, '{');
}

void ab__json_object_end(ab_json *json)
{
    close(json, '}');
}

void ab__json_array(ab_json *json)
{
    open(json, '[');
}

void ab__json_array_end(ab_json *json)
{
    close(json, ']');
}

static void add_escaped(ab_buf *out, char c)
{
    switch (c) {
    case '"':
    case '\\':
        ab__buf_char(out, '\\');
        ab__buf_char(out, c);
        return;
    case '\n':
        ab__buf_add(out, "\\n");
        return;
    case '\r':
        ab__buf_add(out, "\\r");
        return;
    case '\t':
        ab__buf_add(out, "\\t");
        return;
    default:
        if ((unsigned char)c < 0x20)
            ab__buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
        else
            ab__buf_char(out, c);
    }
}

static void add_quoted(ab_buf *out, const char *text)
{
    size_t size = strlen(text);
    ab__buf_char(out, '"');
    while (size > 0) {
        size_t good = ab__utf8_bad(text, size);
        for (size_t i = 0; i < good; i++)
            add_escaped(out, text[i]);
        if (good < size) {
            ab__buf_add(out, "\xEF\xBF\xBD"); /* U+FFFD for each byte that is not UTF-8 */
            good++;
        }
        text += good;
        size -= good;
    }
    ab__buf_char(out, '"');
}

void ab__json_key(ab_json *json, const char *key)
{
    assert(json->depth > 0 && !json->after_key);
    separate(json);
    add_quoted(json->out, key);
    ab__buf_add(json->out, ": ");
    json->after_key = true;
}

void ab__json_text(ab_json *json, const char *text)
{
    separate(json);
    if (text == NULL)
        ab__buf_add(json->out, "null");
    else
        add_quoted(json->out, text);
}

void ab__json_number(ab_json *json, double value)
{
    char text[AB_NUMBER_CAP];
    separate(json);
    ab__number_format(value, text);
    ab__buf_add(json->out, text[0] != '\0' ? text : "null");
}

void ab__json_count(ab_json *json, int64_t value)
{
    separate(json);
    ab__buf_printf(json->out, "%" PRId64, value);
}

void ab__json_bool(ab_json *json, bool value)
{
    separate(json);
    ab__buf_add(json->out, value ? "true" : "false");
}
