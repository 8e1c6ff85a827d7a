/* Cells of exports. */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "events/event.h"
#include "schema/issues.h"

enum { TEXT_MOST = 80 };

static bool is_space(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

const char *ab__event_cell(ab__event_reader *reader, ab__event_column column)
{
    const ab_sheet *sheet = reader->sheet;
    int32_t c = reader->column[column];
    const char *text = c < 0 ? "" : sheet->cells[(int64_t)reader->row * sheet->column_count + c];

    while (*text != '\0' && is_space(*text))
        text++;
    size_t size = strlen(text);
    if (size == 0 || !is_space(text[size - 1]))
        return text;
    while (size > 0 && is_space(text[size - 1]))
        size--;
    const char *kept = ab__arena_text_n(reader->arena, text, size);
    reader->no_memory = reader->no_memory || kept == NULL;
    return kept != NULL ? kept : "";
}

bool ab__event_flaw(ab__event_reader *reader, ab__event_column column, int32_t code,
                    const char *expected, const char *hint)
{
    const char *text = ab__event_cell(reader, column);

    ab__issue_raise(reader->issues, (ab_issue){.code = code,
                                               .origin = reader->sheet->origin,
                                               .line = reader->sheet->line[reader->row],
                                               .column = ab__event_column_word(column),
                                               .expected = expected,
                                               .found = *text != '\0' ? text : NULL,
                                               .hint = hint});
    return false;
}

static bool missing(ab__event_reader *reader, ab__event_column column, const char *expected)
{
    return ab__event_flaw(reader, column, AB_ISSUE_MISSING_VALUE, expected, "");
}

/* At most TEXT_MOST bytes, in one line, without signs that a table may not hold. */
bool ab__event_text(ab__event_reader *reader, ab__event_column column, const char **out)
{
    const char *text = ab__event_cell(reader, column);
    size_t size = strlen(text), cut = size <= TEXT_MOST ? size : ab__utf8_cut(text, TEXT_MOST);
    char *kept = ab__arena_text_n(reader->arena, text, cut);

    *out = "";
    if (size == 0)
        return false;
    if (kept == NULL) {
        reader->no_memory = true;
        return false;
    }
    for (char *c = kept; *c != '\0'; c++)
        *c = is_space(*c) ? ' ' : *c;
    *out = kept;
    return true;
}

static bool number(ab__event_reader *reader, ab__event_column column, const char *expected,
                   double *out)
{
    const char *text = ab__event_cell(reader, column);

    if (*text == '\0')
        return missing(reader, column, expected);
    if (ab__number_parse(text, out))
        return true;
    if (ab__number_has_comma(text))
        return ab__event_flaw(reader, column, AB_ISSUE_DECIMAL_COMMA, expected,
                              "write it with a point");
    return ab__event_flaw(reader, column, AB_ISSUE_NOT_A_NUMBER, expected, "");
}

bool ab__event_degrees(ab__event_reader *reader, ab__event_column column, double most, double *out)
{
    const char *expected =
        most > 90 ? "a longitude in degrees, -180 to 180" : "a latitude in degrees, -90 to 90";

    if (!number(reader, column, expected, out))
        return false;
    if (*out < -most || *out > most)
        return ab__event_flaw(reader, column, AB_ISSUE_OUT_OF_RANGE, expected,
                              "it lies outside the globe");
    return true;
}

bool ab__event_digit(ab__event_reader *reader, ab__event_column column, int32_t most,
                     const char *expected, int32_t *out)
{
    const char *text = ab__event_cell(reader, column);
    int64_t value = 0;

    if (*text == '\0')
        return missing(reader, column, expected);
    if (!ab__count_parse(text, &value) || value < 1 || value > most)
        return ab__event_flaw(reader, column, AB_ISSUE_UNKNOWN_CODE, expected, "");
    *out = (int32_t)value;
    return true;
}

bool ab__event_day(ab__event_reader *reader, ab__event_column column, int32_t *out)
{
    static const char expected[] = "a day, as 2016-02-03 or 3 February 2016";
    const char *text = ab__event_cell(reader, column);

    if (*text == '\0')
        return missing(reader, column, expected);
    if (!ab__event_day_parse(text, out))
        return ab__event_flaw(reader, column, AB_ISSUE_NOT_A_TIME, expected,
                              strchr(text, '/') != NULL
                                  ? "day and month can be taken for one another: write 2016-02-03"
                                  : "");
    if (*out > reader->today)
        return ab__event_flaw(reader, column, AB_ISSUE_EVENT_LATER, "a day up to today",
                              "is the year right?");
    return true;
}

bool ab__event_deaths(ab__event_reader *reader, ab__event_column column, int64_t *out)
{
    static const char expected[] = "a whole number of people, 0 or more";
    const char *text = ab__event_cell(reader, column);

    *out = -1;
    if (*text == '\0')
        return true;
    if (!ab__count_parse(text, out))
        return ab__event_flaw(reader, column, AB_ISSUE_NOT_A_NUMBER, expected, "");
    if (*out < 0)
        return ab__event_flaw(reader, column, AB_ISSUE_OUT_OF_RANGE, expected, "");
    return true;
}
