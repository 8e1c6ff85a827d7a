/* Text in XML 1.0. */
#ifndef IO_XML_WRITE_H
#define IO_XML_WRITE_H

#include "base/buf.h"

/* Adds `text`, whose signs XML has, so that it can stand between tags or in an attribute, tabs and line breaks
 * included. */
void ab__xml_escape(ab_buf *xml, const char *text);

/* The same for any text: what XML 1.0 cannot say (control characters, U+FFFE, U+FFFF) becomes U+FFFD. */
void ab__xml_text(ab_buf *xml, const char *text);

/* Adds <name>text</name> and a line break. */
void ab__xml_element(ab_buf *xml, const char *name, const char *text);

#endif
