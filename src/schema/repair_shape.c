/* Shapes: rings that were left open, and the prefix with which PostGIS names the reference system. */
#include <string.h>

#include "schema/repair.h"

/* The text without SRID=4326; NULL: it names another system. */
static const char *without_srid(const char *text)
{
    static const char prefix[] = "SRID=";
    static const char wgs84[] = "SRID=4326;";
    if (strncmp(text, prefix, sizeof prefix - 1) != 0)
        return text;
    if (strncmp(text, wgs84, sizeof wgs84 - 1) != 0)
        return NULL;
    text += sizeof wgs84 - 1;
    return text + strspn(text, " ");
}

static size_t trimmed(const char *text, size_t size)
{
    while (size > 0 && text[size - 1] == ' ')
        size--;
    return size;
}

/* Adds the ring between the brackets, and its first vertex once more if it does not end with it. */
static void add_ring(const char *ring, size_t size, ab_buf *out)
{
    size_t lead = strspn(ring, " "), from = size;
    size_t first = 0;
    while (lead + first < size && ring[lead + first] != ',')
        first++;
    first = trimmed(ring + lead, first);
    while (from > 0 && ring[from - 1] != ',')
        from--;
    while (from < size && ring[from] == ' ')
        from++;
    size_t last = trimmed(ring + from, size - from);
    ab__buf_add_n(out, ring, size);
    if (last == first && strncmp(ring + from, ring + lead, first) == 0)
        return;
    ab__buf_char(out, ',');
    ab__buf_add_n(out, ring + lead, first);
}

bool ab__repair_wkt(const char *text, ab_buf *out)
{
    text = without_srid(text);
    if (text == NULL)
        return false;
    if (strncmp(text, "POLYGON", 7) != 0 && strncmp(text, "polygon", 7) != 0 &&
        strncmp(text, "Polygon", 7) != 0) {
        ab__buf_add(out, text);
        return true;
    }
    for (;;) {
        size_t open = strcspn(text, "(");
        ab__buf_add_n(out, text, open);
        text += open;
        if (*text == '\0')
            return true;
        ab__buf_char(out, '(');
        text++;
        size_t inside = strcspn(text, "()");
        if (text[inside] == ')') { /* an innermost pair of brackets: a ring */
            add_ring(text, inside, out);
            text += inside;
        }
    }
}
