/* Numbers in other ways of writing that can mean one thing only: 40,14 and 1 234 567,5 and ٤٠٫١٤, 13 t in a
 * column of tonnes, 80 % in one of shares. Not 1,234, which is one and a bit or a thousand and more: there
 * the column must decide (ab__number_meant). */
#include <string.h>

#include "base/number.h"
#include "schema/repair.h"

enum { CAP = 64 };

/* How a sign is written, and what it is here: 'g' parts groups of thousands and nothing else, 'd' is a
 * decimal sign and nothing else; ',' and '.' may be either. */
typedef struct sign {
    const char *bytes;
    char as;
} sign;

static const sign signs[] = {
    {",", ','},
    {".", '.'},
    {"-", '-'},
    {"+", '+'},
    {"\xE2\x88\x92", '-'}, /* U+2212 minus */
    {" ", 'g'},
    {"'", 'g'},
    {"\xE2\x80\x99", 'g'}, /* U+2019 apostrophe */
    {"\xC2\xA0", 'g'},     /* no-break spaces */
    {"\xE2\x80\xAF", 'g'},
    {"\xE2\x80\x89", 'g'}, /* thin space */
    {"\xD9\xAC", 'g'},     /* Arabic separators of thousands and decimals */
    {"\xD9\xAB", 'd'},
};

/* The digit at `text` and its bytes, among those of ASCII, Arabic (U+0660) and Persian (U+06F0); -1: none. */
static int digit_at(const char *text, size_t *size)
{
    const unsigned char *c = (const unsigned char *)text;
    *size = 2;
    if (c[0] == 0xD9 && c[1] >= 0xA0 && c[1] <= 0xA9)
        return c[1] - 0xA0;
    if (c[0] == 0xDB && c[1] >= 0xB0 && c[1] <= 0xB9)
        return c[1] - 0xB0;
    *size = 1;
    return c[0] >= '0' && c[0] <= '9' ? c[0] - '0' : -1;
}

static const sign *sign_at(const char *text)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strncmp(text, signs[i].bytes, strlen(signs[i].bytes)) == 0)
            return &signs[i];
    return NULL;
}

/* `text` with each digit and sign as one byte; false: there is something else in it, or too much. */
static bool plain(const char *text, size_t size, char out[CAP])
{
    size_t n = 0;
    for (const char *end = text + size; text < end;) {
        size_t bytes;
        int digit = digit_at(text, &bytes);
        const sign *found = digit < 0 ? sign_at(text) : NULL;
        if (n + 1 >= CAP || (digit < 0 && found == NULL))
            return false;
        out[n++] = digit < 0 ? found->as : (char)('0' + digit);
        text += digit < 0 ? strlen(found->bytes) : bytes;
    }
    out[n] = '\0';
    return n > 0;
}

static int count_of(const char *text, char mark)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += *text == mark;
    return count;
}

/* Is [text, end) digits in groups of three but for the first, with `mark` between them, or with none? */
static bool is_grouped(const char *text, const char *end, char mark)
{
    size_t first = strspn(text, "0123456789");
    if (first == 0 || text + first > end)
        return false;
    if (text + first == end)
        return true;
    if (first > 3)
        return false;
    for (text += first; text < end; text += 4)
        if (*text != mark || end - text < 4 || strspn(text + 1, "0123456789") < 3 ||
            (end - text > 4 && text[4] != mark))
            return false;
    return true;
}

/* The sign that stands for the decimal point: 0 there is none, -1 nobody can say. `*mark` parts groups. */
static int decimal_of(const char *digits, char *mark)
{
    int commas = count_of(digits, ','), points = count_of(digits, '.');
    *mark = 'g';
    if (count_of(digits, 'd') > 0)
        return 'd';
    if (count_of(digits, 'g') > 0 || commas + points == 0)
        return commas + points == 0 ? 0 : commas + points > 1 ? -1 : commas > 0 ? ',' : '.';
    if (commas > 0 && points > 0) {
        int last = strrchr(digits, ',') > strrchr(digits, '.') ? ',' : '.';
        *mark = last == ',' ? '.' : ',';
        return last;
    }
    char only = commas > 0 ? ',' : '.';
    *mark = only;
    if (commas + points > 1)
        return 0;
    const char *at = strchr(digits, only);
    bool either = at > digits && at - digits <= 3 && *digits != '0' && strlen(at + 1) == 3;
    return either ? -1 : only;
}

/* The number as a program writes it. */
static bool decoded(const char *text, char out[CAP])
{
    const char *digits = text + (*text == '-' || *text == '+' ? 1 : 0);
    char mark;
    int decimal = decimal_of(digits, &mark);
    if (decimal < 0)
        return false;
    const char *end = digits + strlen(digits),
               *point = decimal == 0 ? NULL : strchr(digits, decimal);
    const char *whole_end = point == NULL ? end : point;
    if (!is_grouped(digits, whole_end, mark) ||
        (point != NULL &&
         (point[1] == '\0' || strspn(point + 1, "0123456789") != strlen(point + 1))))
        return false;
    size_t n = 0;
    if (*text == '-')
        out[n++] = '-';
    for (const char *c = digits; c < end; c++)
        if (*c >= '0' && *c <= '9')
            out[n++] = *c;
        else if (c == point)
            out[n++] = '.';
    out[n] = '\0';
    return true;
}

/* The bytes of `text` without `ending` and the spaces before it; 0: it does not end so, or is nothing else. */
static size_t without(const char *text, const char *ending)
{
    size_t size = strlen(text), cut = strlen(ending);
    if (cut == 0 || size <= cut || strcmp(text + size - cut, ending) != 0)
        return 0;
    size -= cut;
    while (size > 0 && (text[size - 1] == ' ' ||
                        (size > 1 && text[size - 1] == '\xA0' && text[size - 2] == '\xC2')))
        size -= text[size - 1] == ' ' ? 1 : 2;
    return size;
}

static bool is_share(const char *unit)
{
    return strcmp(unit, "probability") == 0 || strncmp(unit, "share", 5) == 0;
}

bool ab__repair_number(const char *text, const char *unit, ab_buf *out)
{
    char signs_only[CAP], number[CAP], shown[AB_NUMBER_CAP];
    double value;
    size_t size = without(text, unit), percent = 0;
    if (is_share(unit)) {
        percent = without(text, "%");
        percent = percent > 0 ? percent : without(text, "\xD9\xAA"); /* U+066A */
    }
    size = percent > 0 ? percent : size > 0 ? size : strlen(text);
    if (!plain(text, size, signs_only) || !decoded(signs_only, number) ||
        !ab__number_parse(number, &value))
        return false;
    ab__buf_add(out, percent > 0 ? ab__number_format_n(value / 100, 15, shown) : number);
    return true;
}
