#include "io/xml_write.h"

#include <string.h>

static void add_sign(ab_buf *xml, char sign)
{
    switch (sign) {
    case '&':
        ab__buf_add(xml, "&amp;");
        break;
    case '<':
        ab__buf_add(xml, "&lt;");
        break;
    case '>':
        ab__buf_add(xml, "&gt;");
        break;
    case '"':
        ab__buf_add(xml, "&quot;");
        break;
    case '\t':
    case '\n':
    case '\r': /* in an attribute they would be read as spaces */
        ab__buf_printf(xml, "&#%d;", sign);
        break;
    default:
        ab__buf_char(xml, sign);
    }
}

void ab__xml_escape(ab_buf *xml, const char *text)
{
    for (; *text != '\0'; text++)
        add_sign(xml, *text);
}

/* How many bytes of a sign that XML does not have `text` begins with; 0: none. */
static size_t unsayable(const char *text)
{
    if (strncmp(text, "\xef\xbf\xbe", 3) == 0 || strncmp(text, "\xef\xbf\xbf", 3) == 0)
        return 3;
    return (unsigned char)*text < ' ' && strchr("\t\n\r", *text) == NULL;
}

void ab__xml_text(ab_buf *xml, const char *text)
{
    while (*text != '\0') {
        size_t size = unsayable(text);
        if (size > 0)
            ab__buf_add(xml, "\xef\xbf\xbd");
        else
            add_sign(xml, *text);
        text += size > 0 ? size : 1;
    }
}

void ab__xml_element(ab_buf *xml, const char *name, const char *text)
{
    ab__buf_printf(xml, "<%s>", name);
    ab__xml_text(xml, text);
    ab__buf_printf(xml, "</%s>\n", name);
}
