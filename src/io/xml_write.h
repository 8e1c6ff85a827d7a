/* Text in XML 1.0, for texts whose signs XML has. */
#ifndef IO_XML_WRITE_H
#define IO_XML_WRITE_H

#include "base/buf.h"

/* Adds `text` so that it can stand between tags or in an attribute, tabs and line breaks included. */
void ab__xml_escape(ab_buf *xml, const char *text);

#endif
