#include "schema/match.h"

#include <math.h>
#include <string.h>

#include "schema/tag.h"
#include "schema/unit.h"

bool ab__columns_make(ab_columns *out, ab_arena *arena, const ab_table *table)
{
    *out = (ab_columns){.table = table, .arena = arena};
    return ab__lexicon_make(&out->lexicon, arena, table->column_count, ab__column_called, table);
}

typedef struct matching {
    const ab_columns *columns;
    ab_buf spare;
    ab_match found;
    bool no_memory;
} matching;

static bool is_measured(const ab_column *column)
{
    return (column->type == AB_TYPE_NUMBER || column->type == AB_TYPE_COUNT) &&
           column->unit[0] != '\0';
}

/* Of these the cells themselves say in which zone or form they are. */
static bool is_time(const ab_column *column)
{
    return column->type == AB_TYPE_TIME || column->type == AB_TYPE_DAY ||
           column->type == AB_TYPE_CLOCK;
}

static bool by_label(matching *of, const char *text)
{
    int32_t other;
    int32_t column = ab__lexicon_find(&of->columns->lexicon, text, &of->spare, &other);
    of->no_memory |= of->spare.failed;
    if (column < 0 || of->no_memory)
        return false;
    of->found = (ab_match){other < 0 ? AB_KNOWN_LABEL : AB_KNOWN_SEVERAL, column, other, NULL, 1};
    return true;
}

/* `base` is the header without `unit`; `sure`: the unit stands in brackets, so that it must be one. */
static bool by_label_and_unit(matching *of, const char *base, const char *unit, bool sure)
{
    ab_unit_relation relation;
    ab_match before = of->found;
    if (!by_label(of, base) || of->found.how == AB_KNOWN_SEVERAL)
        return of->found.how == AB_KNOWN_SEVERAL;
    const ab_column *column = &of->columns->table->columns[of->found.column];
    if (sure && is_time(column))
        return true;
    if (is_measured(column)) {
        of->no_memory |= !ab__unit_compare(unit, column->unit, &relation, &of->found.factor);
        if (relation == AB_UNIT_SAME)
            return true;
        if (sure || relation == AB_UNIT_CONVERTS) {
            of->found.how = AB_KNOWN_UNIT;
            of->found.unit = unit;
            if (relation != AB_UNIT_CONVERTS)
                of->found.factor = NAN;
            return true;
        }
    }
    of->found = before;
    return false;
}

static const char *copied(matching *of, const char *text, size_t size)
{
    while (size > 0 && text[size - 1] == ' ')
        size--;
    const char *copy = ab__arena_text_n(of->columns->arena, text, size);
    of->no_memory |= copy == NULL;
    return copy;
}

/* "Distance (km)", "Distance [km]" */
static bool by_brackets(matching *of, const char *header)
{
    size_t size = strlen(header);
    char close = size > 0 ? header[size - 1] : '\0';
    const char *open = close == ')'   ? strrchr(header, '(')
                       : close == ']' ? strrchr(header, '[')
                                      : NULL;
    if (open == NULL || open == header)
        return false;
    const char *base = copied(of, header, (size_t)(open - header));
    const char *unit = copied(of, open + 1, size - (size_t)(open - header) - 2);
    return base != NULL && unit != NULL && by_label_and_unit(of, base, unit, true);
}

/* "Distance km", "stock_kg", "Stock en kg" */
static bool by_last_word(matching *of, const char *header)
{
    size_t end = strlen(header), cut = end;
    while (cut > 0 && strchr(" _,", header[cut - 1]) == NULL)
        cut--;
    if (cut < 2)
        return false;
    const char *base = copied(of, header, cut - 1);
    const char *unit = copied(of, header + cut, end - cut);
    if (base == NULL || unit == NULL || *unit == '\0')
        return false;
    if (by_label_and_unit(of, base, unit, false))
        return true;
    size_t size = strlen(base);
    bool in =
        size > 3 && (strcmp(base + size - 3, " en") == 0 || strcmp(base + size - 3, " in") == 0);
    const char *shorter = in ? copied(of, base, size - 3) : NULL;
    return shorter != NULL && by_label_and_unit(of, shorter, unit, false);
}

/* What the header alone says, into `found`. */
static void by_header(matching *of, const char *header)
{
    if (by_label(of, header) || by_brackets(of, header))
        return;
    (void)by_last_word(of, header);
}

static void by_tag(matching *of, const char *tag)
{
    int32_t one, other;
    int32_t column = ab__tag_find(of->columns->table, tag, &one, &other);
    if (column >= 0)
        of->found = (ab_match){AB_KNOWN_TAG, column, -1, NULL, 1};
    else if (one >= 0 && of->found.how == AB_KNOWN_NOT)
        of->found = (ab_match){AB_KNOWN_SEVERAL, one, other, NULL, 1};
}

bool ab__column_match(const ab_columns *columns, const char *header, const char *tag, ab_match *out)
{
    matching of = {.columns = columns, .found = {AB_KNOWN_NOT, -1, -1, NULL, 1}};
    int32_t named = ab_table_find(columns->table, header);
    bool header_is_tag = ab__is_tag(header);
    if (named >= 0)
        of.found = (ab_match){AB_KNOWN_NAME, named, -1, NULL, 1};
    else if (!header_is_tag && *header != '\0')
        by_header(&of, header);
    if (of.found.how == AB_KNOWN_NOT || of.found.how == AB_KNOWN_SEVERAL) {
        if (header_is_tag)
            tag = header;
        if (ab__is_tag(tag))
            by_tag(&of, tag);
    }
    ab__buf_free(&of.spare);
    *out = of.found;
    return !of.no_memory;
}
