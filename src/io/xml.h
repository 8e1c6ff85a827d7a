/* XML as workbooks hold it: elements, attributes, text, in a buffer that is all there. Only UTF-8, and no
 * document type: no office program writes one, and entities of a file's own are how small files become
 * large ones. */
#ifndef IO_XML_H
#define IO_XML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A piece of the buffer. */
typedef struct ab_xml_span {
    const char *at;
    size_t size;
} ab_xml_span;

typedef enum ab_xml_step {
    AB_XML_OPEN,  /* xml->name begins; its attributes can be asked for */
    AB_XML_CLOSE, /* xml->name ends; comes for an empty element too */
    AB_XML_TEXT,  /* between two tags */
    AB_XML_END,
    AB_XML_BAD /* no XML, or none of ours */
} ab_xml_step;

typedef struct ab_xml {
    const char *at, *end;
    int32_t depth;    /* elements that are open, the one at hand included */
    bool empty;       /* the element at hand has no content: its end comes next */
    bool closing;     /* the element at hand has ended: the depth sinks with the next step */
    bool literal;     /* the text at hand is as it is: no references in it */
    ab_xml_span name; /* with its prefix */
    ab_xml_span attributes, text;
} ab_xml;

/* `bytes` must be UTF-8 and outlive the reader. */
ab_xml ab__xml_start(const ab_buf *bytes);
ab_xml_step ab__xml_next(ab_xml *xml);

/* Is the element at hand called so, whatever prefix it has? */
bool ab__xml_is(const ab_xml *xml, const char *name);

/* The attribute `name` (with its prefix) of the element that was just opened, its references resolved, in
 * `out`, which is cleared. false: it has none; out then is empty. */
bool ab__xml_attribute(const ab_xml *xml, const char *name, ab_buf *out);
/* The same as a whole number from 0 to `most`; `otherwise` where it is missing or none. */
int32_t ab__xml_count(const ab_xml *xml, const char *name, int32_t most, int32_t otherwise);

/* Adds the text at hand, its references resolved. */
void ab__xml_add_text(const ab_xml *xml, ab_buf *out);

/* Passes over the rest of the element that was just opened, its end included. */
void ab__xml_skip(ab_xml *xml);

#endif
