#include "report/text.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

/* Bytes of the longest start of `text` that takes at most `width` columns. */
static size_t fit(const char *text, int width)
{
    size_t size = strlen(text);
    char part[256];

    if (size >= sizeof part)
        size = ab__utf8_cut(text, sizeof part - 1);
    for (;;) {
        memcpy(part, text, size);
        part[size] = '\0';
        if (size == 0 || ab__text_width(part) <= width)
            return size;
        size = ab__utf8_cut(text, size - 1);
    }
}

/* Adds text with control characters shown as '?'. */
static void add_plain(ab_buf *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ab__buf_char(out, (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? '?' : text[i]);
}

static void spaces(ab_buf *out, int count)
{
    for (int i = 0; i < count; i++)
        ab__buf_char(out, ' ');
}

void ab__text_plain(ab_buf *out, const char *text)
{
    add_plain(out, text, strlen(text));
}

void ab__text_left(ab_buf *out, const char *text, int width)
{
    int columns = ab__text_width(text);

    if (columns <= width) {
        add_plain(out, text, strlen(text));
        spaces(out, width - columns);
        return;
    }
    add_plain(out, text, fit(text, width - 1));
    ab__buf_add(out, "…");
}

void ab__text_right(ab_buf *out, const char *text, int width)
{
    spaces(out, width - ab__text_width(text));
    ab__buf_add(out, text);
}

void ab__text_wrap(ab_buf *out, const char *text, int width, int indent, int lines)
{
    for (int line = 1; *text; line++) {
        if (line > 1) {
            ab__buf_char(out, '\n');
            spaces(out, indent);
        }
        if (ab__text_width(text) <= width) {
            add_plain(out, text, strlen(text));
            return;
        }
        if (line == lines) {
            add_plain(out, text, fit(text, width - 1));
            ab__buf_add(out, "…");
            return;
        }
        size_t size = fit(text, width), cut = size;
        while (cut > 0 && text[cut] != ' ')
            cut--;
        if (cut == 0)
            cut = size;
        add_plain(out, text, cut);
        text += cut;
        while (*text == ' ')
            text++;
    }
}

void ab__text_item(ab_buf *out, const char *word, const char *text, int lines)
{
    enum { WORD_COLUMNS = 10 };

    ab__text_left(out, word, WORD_COLUMNS);
    ab__text_wrap(out, text, AB_SCREEN_COLUMNS - WORD_COLUMNS, WORD_COLUMNS, lines);
    ab__buf_char(out, '\n');
}

void ab__text_day(ab_buf *out, ab_time t, bool year)
{
    static const char *const MONTH[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char day[AB_TIME_TEXT_CAP];

    if (t == AB_TIME_NONE) {
        ab__buf_char(out, '?');
        return;
    }
    ab_day_format(t, day); /* YYYY-MM-DD */
    int month = (day[5] - '0') * 10 + day[6] - '0', number = (day[8] - '0') * 10 + day[9] - '0';
    ab__buf_printf(out, "%d %s", number, MONTH[month - 1]);
    if (year)
        ab__buf_printf(out, " %.4s", day);
}

void ab__text_last_day(ab_buf *out, ab_time until)
{
    ab__text_day(out, until == AB_TIME_NONE ? until : until - 1, false);
}

ab_status ab__text_flush(FILE *out, const ab_buf *text, ab_error *err)
{
    if (text->failed)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while a report was made");
    if (fwrite(ab__buf_text(text), 1, text->size, out) != text->size || fflush(out) != 0)
        return ab_fail(err, AB_IO, "cannot write the report: %s", strerror(errno));
    return AB_OK;
}

ab_status ab__text_end(FILE *out, ab_buf *text, ab_error *err)
{
    ab_status status = ab__text_flush(out, text, err);
    ab__buf_free(text);
    return status;
}
