#include <string.h>

#include "io/ods.h"
#include "io/xml_write.h"

/* ODF 1.3 part 3, 6.1.2: white space collapses, so all but a single space between words has an element. */
static void add_paragraph(ab_buf *xml, const char *text, size_t size)
{
    ab__buf_add(xml, "<text:p>");
    for (size_t i = 0; i < size; i++) {
        bool inner = i > 0 && i + 1 < size && text[i - 1] != ' ' && text[i + 1] != ' ';
        char one[2] = {text[i], '\0'};
        if (text[i] == ' ' && !inner)
            ab__buf_add(xml, "<text:s/>");
        else if (text[i] == '\t')
            ab__buf_add(xml, "<text:tab/>");
        else
            ab__xml_escape(xml, one);
    }
    ab__buf_add(xml, "</text:p>");
}

void ab__ods_text(ab_buf *xml, const char *text)
{
    for (;;) {
        size_t size = strcspn(text, "\n");
        add_paragraph(xml, text, size);
        if (text[size] == '\0')
            return;
        text += size + 1;
    }
}
