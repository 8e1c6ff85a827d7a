#include "geo/wkt.h"

#include <string.h>

#include "base/number.h"

const char ab__wkt_no_memory[] = "out of memory";

/* What is being read, and what is found so far. The arrays have room for all that the text can hold. */
typedef struct wkt_reader {
    const char *text;
    const char *at;
    const char *why;
    double *lon_lat_deg;
    int32_t vertex_count;
    int32_t *part_start;
    int32_t part_count;
} wkt_reader;

static bool refuse(wkt_reader *reader, const char *at, const char *why)
{
    reader->at = at;
    reader->why = why;
    return false;
}

static void skip_spaces(wkt_reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
}

static bool take(wkt_reader *reader, char c)
{
    skip_spaces(reader);
    if (*reader->at != c)
        return false;
    reader->at++;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Does the word at the reader say `word` (capitals), in any case? If so it is taken. */
static bool take_word(wkt_reader *reader, const char *word)
{
    skip_spaces(reader);
    const char *at = reader->at;
    for (; *word != '\0'; word++, at++) {
        if (*at != *word && *at != *word - 'A' + 'a')
            return false;
    }
    if (is_letter(*at))
        return false;
    reader->at = at;
    return true;
}

static bool read_degrees(wkt_reader *reader, double limit_deg, const char *why_beyond,
                         double *out_deg)
{
    skip_spaces(reader);
    const char *end = ab__number_scan(reader->at, out_deg);
    if (end == NULL)
        return refuse(reader, reader->at, "expected a number of degrees with a decimal point");
    if (!(*out_deg >= -limit_deg && *out_deg <= limit_deg))
        return refuse(reader, reader->at, why_beyond);
    reader->at = end;
    return true;
}

static bool read_vertex(wkt_reader *reader)
{
    double *vertex = reader->lon_lat_deg + 2 * (size_t)reader->vertex_count;
    if (!read_degrees(reader, 180, "expected a longitude from -180 to 180: longitude comes first",
                      vertex))
        return false;
    if (strchr(" \t\r\n", *reader->at) == NULL)
        return refuse(reader, reader->at, "expected a space and a latitude after the longitude");
    if (!read_degrees(reader, 90, "expected a latitude from -90 to 90: longitude comes first",
                      vertex + 1))
        return false;
    skip_spaces(reader);
    double height;
    if (ab__number_scan(reader->at, &height) != NULL)
        return refuse(
            reader, reader->at,
            "expected longitude and latitude only: leave heights (Z) and measures (M) away");
    reader->vertex_count++;
    return true;
}

/* "(vertex, vertex, …)" as one more part. */
static bool read_part(wkt_reader *reader)
{
    if (!take(reader, '('))
        return refuse(reader, reader->at, "expected '('");
    reader->part_start[reader->part_count] = reader->vertex_count;
    do {
        if (!read_vertex(reader))
            return false;
    } while (take(reader, ','));
    if (!take(reader, ')'))
        return refuse(reader, reader->at, "expected ',' or ')' after a vertex");
    reader->part_count++;
    reader->part_start[reader->part_count] = reader->vertex_count;
    return true;
}

static int32_t last_part_size(const wkt_reader *reader)
{
    return reader->vertex_count - reader->part_start[reader->part_count - 1];
}

static bool read_point(wkt_reader *reader)
{
    const char *start = reader->at;
    if (!read_part(reader))
        return false;
    return last_part_size(reader) == 1 || refuse(reader, start, "expected one vertex in a POINT");
}

static bool read_line(wkt_reader *reader)
{
    const char *start = reader->at;
    if (!read_part(reader))
        return false;
    return last_part_size(reader) >= 2 ||
           refuse(reader, start, "expected two vertices or more in a LINESTRING");
}

static bool read_ring(wkt_reader *reader)
{
    skip_spaces(reader);
    const char *start = reader->at;
    if (*start != '(')
        return refuse(
            reader, start,
            "expected '(': a POLYGON has its rings in brackets of their own, as ((…), (…))");
    if (!read_part(reader))
        return false;
    if (last_part_size(reader) < 4)
        return refuse(reader, start, "expected four vertices or more in a ring");
    const double *first =
        reader->lon_lat_deg + 2 * (size_t)reader->part_start[reader->part_count - 1];
    const double *last = reader->lon_lat_deg + 2 * (size_t)(reader->vertex_count - 1);
    if (first[0] != last[0] || first[1] != last[1])
        return refuse(reader, start,
                      "expected a closed ring: its last vertex must repeat its first");
    return true;
}

static bool read_polygon(wkt_reader *reader)
{
    if (!take(reader, '('))
        return refuse(reader, reader->at, "expected '('");
    do {
        if (!read_ring(reader))
            return false;
    } while (take(reader, ','));
    return take(reader, ')') || refuse(reader, reader->at, "expected ',' or ')' after a ring");
}

static bool refuse_forms_unknown(wkt_reader *reader)
{
    skip_spaces(reader);
    const char *at = reader->at;
    if (take_word(reader, "EMPTY"))
        return refuse(reader, at, "expected coordinates: EMPTY lies nowhere");
    if (take_word(reader, "Z") || take_word(reader, "M") || take_word(reader, "ZM"))
        return refuse(
            reader, at,
            "expected longitude and latitude only: leave heights (Z) and measures (M) away");
    return true;
}

static bool read_shape(wkt_reader *reader, ab_wkt_kind *kind)
{
    static const struct {
        const char *word;
        ab_wkt_kind kind;
        bool (*read)(wkt_reader *reader);
    } kinds[] = {{"POINT", AB_WKT_POINT, read_point},
                 {"LINESTRING", AB_WKT_LINE, read_line},
                 {"POLYGON", AB_WKT_POLYGON, read_polygon}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!take_word(reader, kinds[i].word))
            continue;
        *kind = kinds[i].kind;
        if (!refuse_forms_unknown(reader) || !kinds[i].read(reader))
            return false;
        skip_spaces(reader);
        return *reader->at == '\0' ||
               refuse(reader, reader->at, "expected nothing after the shape");
    }
    return refuse(reader, reader->at, "expected POINT, LINESTRING or POLYGON");
}

static size_t count_of(const char *text, char c)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == c ? 1 : 0;
    return count;
}

bool ab__wkt_parse(const char *text, ab_arena *arena, ab_wkt *out, const char **why, int32_t *at)
{
    *at = 0;
    if (strlen(text) >= INT32_MAX) {
        *why = "expected a text of less than 2 GB";
        return false;
    }
    /* Each vertex but the first has a comma before it, and each part has a bracket. */
    size_t vertices = count_of(text, ',') + 1;
    size_t parts = count_of(text, '(');
    wkt_reader reader = {.text = text, .at = text};
    reader.lon_lat_deg = AB_NEW(arena, double, 2 * vertices);
    reader.part_start = AB_NEW(arena, int32_t, parts + 1);
    if (reader.lon_lat_deg == NULL || reader.part_start == NULL) {
        *why = ab__wkt_no_memory;
        return false;
    }
    ab_wkt_kind kind;
    if (!read_shape(&reader, &kind)) {
        *why = reader.why;
        *at = (int32_t)(reader.at - reader.text);
        return false;
    }
    *out = (ab_wkt){kind, reader.part_count, reader.part_start, reader.lon_lat_deg};
    return true;
}

static void format_part(const ab_wkt *wkt, int32_t part, ab_buf *out)
{
    ab__buf_char(out, '(');
    for (int32_t i = wkt->part_start[part]; i < wkt->part_start[part + 1]; i++) {
        char number[AB_NUMBER_CAP];
        if (i > wkt->part_start[part])
            ab__buf_add(out, ", ");
        ab__buf_add(out, ab__number_format(wkt->lon_lat_deg[2 * (size_t)i], number));
        ab__buf_char(out, ' ');
        ab__buf_add(out, ab__number_format(wkt->lon_lat_deg[2 * (size_t)i + 1], number));
    }
    ab__buf_char(out, ')');
}

void ab__wkt_format(const ab_wkt *wkt, ab_buf *out)
{
    static const char *const words[] = {
        [AB_WKT_POINT] = "POINT ", [AB_WKT_LINE] = "LINESTRING ", [AB_WKT_POLYGON] = "POLYGON ("};
    ab__buf_add(out, words[wkt->kind]);
    for (int32_t part = 0; part < wkt->part_count; part++) {
        if (part > 0)
            ab__buf_add(out, ", ");
        format_part(wkt, part, out);
    }
    if (wkt->kind == AB_WKT_POLYGON)
        ab__buf_char(out, ')');
}
