#include "io/xml.h"

#include <string.h>

#include "base/text.h"

enum { DEPTH_MAX = 200 }; /* workbooks have about ten */

static const char REPLACEMENT[] = "\xEF\xBF\xBD"; /* U+FFFD */

ab_xml ab__xml_start(const ab_buf *bytes)
{
    const char *text = ab__buf_text(bytes);
    bool marked = bytes->size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;

    return (ab_xml){.at = text + (marked ? 3 : 0), .end = text + bytes->size};
}

static bool begins(const ab_xml *xml, const char *with)
{
    size_t size = strlen(with);
    return (size_t)(xml->end - xml->at) >= size && memcmp(xml->at, with, size) == 0;
}

/* The place behind the next `mark`; NULL: there is none. */
static const char *behind(const ab_xml *xml, const char *mark)
{
    size_t size = strlen(mark);

    for (const char *at = xml->at; (size_t)(xml->end - at) >= size; at++) {
        at = memchr(at, mark[0], (size_t)(xml->end - at) - size + 1);
        if (at == NULL)
            return NULL;
        if (memcmp(at, mark, size) == 0)
            return at + size;
    }
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The '>' of a tag: one within quotes is none. */
static const char *tag_end(const ab_xml *xml)
{
    char quote = '\0';

    for (const char *at = xml->at; at < xml->end; at++) {
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at;
        else if (*at == '<')
            return NULL;
    }
    return NULL;
}

static ab_xml_step take_close(ab_xml *xml)
{
    const char *end = memchr(xml->at, '>', (size_t)(xml->end - xml->at));

    if (end == NULL || xml->depth == 0)
        return AB_XML_BAD;
    xml->name = (ab_xml_span){xml->at + 2, (size_t)(end - xml->at) - 2};
    while (xml->name.size > 0 && is_space(xml->name.at[xml->name.size - 1]))
        xml->name.size--;
    xml->at = end + 1;
    xml->closing = true;
    return AB_XML_CLOSE;
}

static ab_xml_step take_open(ab_xml *xml)
{
    xml->at++;
    const char *name = xml->at, *end = tag_end(xml);
    if (end == NULL || end == name || xml->depth >= DEPTH_MAX)
        return AB_XML_BAD;
    xml->empty = end[-1] == '/';
    const char *last = xml->empty ? end - 1 : end, *at = name;
    while (at < last && !is_space(*at))
        at++;
    xml->name = (ab_xml_span){name, (size_t)(at - name)};
    xml->attributes = (ab_xml_span){at, (size_t)(last - at)};
    xml->at = end + 1;
    xml->depth++;
    return AB_XML_OPEN;
}

static ab_xml_step take_text(ab_xml *xml, const char *from, const char *to, const char *next,
                             bool literal)
{
    xml->text = (ab_xml_span){from, (size_t)(to - from)};
    xml->literal = literal;
    xml->at = next;
    return AB_XML_TEXT;
}

ab_xml_step ab__xml_next(ab_xml *xml)
{
    static const char cdata[] = "<![CDATA[";

    if (xml->closing) {
        xml->closing = false;
        xml->depth--;
    }
    if (xml->empty) {
        xml->empty = false;
        xml->closing = true;
        return AB_XML_CLOSE;
    }
    while (xml->at < xml->end) {
        if (*xml->at != '<') {
            const char *tag = memchr(xml->at, '<', (size_t)(xml->end - xml->at));
            const char *to = tag != NULL ? tag : xml->end;
            return take_text(xml, xml->at, to, to, false);
        }
        if (begins(xml, cdata)) {
            const char *from = xml->at + sizeof cdata - 1, *next = behind(xml, "]]>");
            return next != NULL ? take_text(xml, from, next - 3, next, true) : AB_XML_BAD;
        }
        if (begins(xml, "</"))
            return take_close(xml);
        if (!begins(xml, "<?") && !begins(xml, "<!"))
            return take_open(xml);
        const char *mark = begins(xml, "<?") ? "?>" : begins(xml, "<!--") ? "-->" : NULL;
        const char *next = mark != NULL ? behind(xml, mark) : NULL;
        if (next == NULL)
            return AB_XML_BAD;
        xml->at = next;
    }
    return xml->depth == 0 ? AB_XML_END : AB_XML_BAD;
}

bool ab__xml_is(const ab_xml *xml, const char *name)
{
    size_t size = strlen(name);

    if (xml->name.size < size || memcmp(xml->name.at + xml->name.size - size, name, size) != 0)
        return false;
    return xml->name.size == size || xml->name.at[xml->name.size - size - 1] == ':';
}

void ab__xml_skip(ab_xml *xml)
{
    int32_t depth = xml->depth;
    ab_xml_step step;

    do
        step = ab__xml_next(xml);
    while (step != AB_XML_END && step != AB_XML_BAD &&
           !(step == AB_XML_CLOSE && xml->depth == depth));
}

/* ---- Text ------------------------------------------------------------------------------------- */

static void add_character(ab_buf *out, uint32_t code)
{
    char utf8[4];
    size_t size = 0;

    if (code < 0x80) {
        utf8[size++] = (char)code;
    } else if (code < 0x800) {
        utf8[size++] = (char)(0xC0 | code >> 6);
        utf8[size++] = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        utf8[size++] = (char)(0xE0 | code >> 12);
        utf8[size++] = (char)(0x80 | (code >> 6 & 0x3F));
        utf8[size++] = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x110000) {
        utf8[size++] = (char)(0xF0 | code >> 18);
        utf8[size++] = (char)(0x80 | (code >> 12 & 0x3F));
        utf8[size++] = (char)(0x80 | (code >> 6 & 0x3F));
        utf8[size++] = (char)(0x80 | (code & 0x3F));
    }
    if (code == 0 || size == 0 || ab__utf8_bad(utf8, size) < size)
        ab__buf_add(out, REPLACEMENT);
    else
        ab__buf_add_n(out, utf8, size);
}

/* "#65" or "#x41" without the '#'; above what Unicode has: 0. */
static uint32_t number_of(const char *at, size_t size)
{
    bool hex = size > 0 && (*at == 'x' || *at == 'X');
    uint32_t code = 0;

    for (size_t i = hex ? 1 : 0; i < size; i++) {
        const char *digits = "0123456789abcdef";
        char c = at[i] >= 'A' && at[i] <= 'F' ? (char)(at[i] - 'A' + 'a') : at[i];
        const char *digit = memchr(digits, c, hex ? 16 : 10);
        code = digit != NULL ? code * (hex ? 16 : 10) + (uint32_t)(digit - digits) : UINT32_MAX;
        if (code > 0x10FFFF)
            return 0;
    }
    return code;
}

/* A reference without its '&' and ';'; one that XML does not know stays as it stands. */
static void add_reference(ab_buf *out, const char *at, size_t size)
{
    static const struct {
        const char *name;
        char character;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};

    if (size > 1 && *at == '#') {
        add_character(out, number_of(at + 1, size - 1));
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strlen(known[i].name) == size && memcmp(known[i].name, at, size) == 0) {
            ab__buf_char(out, known[i].character);
            return;
        }
    }
    ab__buf_add_n(out, at - 1, size + 2);
}

static void add_resolved(ab_buf *out, ab_xml_span span)
{
    const char *at = span.at, *end = span.at + span.size;

    while (at < end) {
        const char *mark = memchr(at, '&', (size_t)(end - at));
        ab__buf_add_n(out, at, (size_t)((mark != NULL ? mark : end) - at));
        if (mark == NULL)
            return;
        const char *stop = memchr(mark, ';', (size_t)(end - mark));
        if (stop == NULL) {
            ab__buf_add_n(out, mark, (size_t)(end - mark));
            return;
        }
        add_reference(out, mark + 1, (size_t)(stop - mark) - 1);
        at = stop + 1;
    }
}

void ab__xml_add_text(const ab_xml *xml, ab_buf *out)
{
    if (xml->literal)
        ab__buf_add_n(out, xml->text.at, xml->text.size);
    else
        add_resolved(out, xml->text);
}

/* The value of the attribute, quotes apart; at == NULL: there is none. */
static ab_xml_span find_attribute(const ab_xml *xml, const char *name)
{
    const char *at = xml->attributes.at, *end = at + xml->attributes.size;
    size_t size = strlen(name);

    for (;;) {
        while (at < end && is_space(*at))
            at++;
        const char *start = at, *equals = memchr(at, '=', (size_t)(end - at));
        if (equals == NULL)
            return (ab_xml_span){NULL, 0};
        size_t length = (size_t)(equals - start);
        while (length > 0 && is_space(start[length - 1]))
            length--;
        const char *quote = equals + 1;
        while (quote < end && is_space(*quote))
            quote++;
        const char *close = quote < end && (*quote == '"' || *quote == '\'')
                                ? memchr(quote + 1, *quote, (size_t)(end - quote) - 1)
                                : NULL;
        if (close == NULL)
            return (ab_xml_span){NULL, 0};
        if (length == size && memcmp(start, name, size) == 0)
            return (ab_xml_span){quote + 1, (size_t)(close - quote) - 1};
        at = close + 1;
    }
}

bool ab__xml_attribute(const ab_xml *xml, const char *name, ab_buf *out)
{
    ab_xml_span value = find_attribute(xml, name);

    ab__buf_clear(out);
    if (value.at == NULL)
        return false;
    add_resolved(out, value);
    return true;
}

int32_t ab__xml_count(const ab_xml *xml, const char *name, int32_t most, int32_t otherwise)
{
    ab_xml_span value = find_attribute(xml, name);
    int64_t number = 0;

    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return otherwise;
        number = number * 10 + (value.at[i] - '0');
        if (number > most)
            return otherwise;
    }
    return value.size > 0 ? (int32_t)number : otherwise;
}
