#include "io/xml_write.h"

void ab__xml_escape(ab_buf *xml, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
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
            ab__buf_printf(xml, "&#%d;", *text);
            break;
        default:
            ab__buf_char(xml, *text);
        }
    }
}
