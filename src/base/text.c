#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST_COMPARED = 256 };

/* Bytes of the well-formed character at `text` (Unicode 15, table 3-7), or 0. */
static size_t char_size(const unsigned char *text, size_t size)
{
    unsigned char lead = text[0];
    if (lead < 0x80)
        return 1;
    size_t n = lead >= 0xC2 && lead <= 0xDF   ? 2
               : (lead & 0xF0) == 0xE0        ? 3
               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                              : 0;
    if (n == 0 || n > size)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    }
    bool overlong = (lead == 0xE0 && text[1] < 0xA0) || (lead == 0xF0 && text[1] < 0x90);
    bool surrogate = lead == 0xED && text[1] > 0x9F;
    bool beyond = lead == 0xF4 && text[1] > 0x8F;
    return overlong || surrogate || beyond ? 0 : n;
}

size_t ab__utf8_bad(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    while (at < size) {
        size_t n = char_size(bytes + at, size - at);
        if (n == 0)
            return at;
        at += n;
    }
    return size;
}

size_t ab__utf8_cut(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t start = size;
    /* A character that is not whole has three bytes here at most. */
    for (int back = 0; back < 3 && start > 0; back++) {
        unsigned char byte = bytes[--start];
        if (byte < 0x80)
            return size;
        if (byte >= 0xC0) {
            size_t n = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return start + n > size ? start : size;
        }
    }
    return size;
}

typedef struct code_range {
    uint32_t first, last;
} code_range;

/* Marks that stand over or under the letter before them (Unicode 15, categories Mn, Me, Cf), for the
 * scripts that place names come in. */
static const code_range no_columns[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
    {0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711},
    {0x0730, 0x074A}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x102D, 0x1030}, {0x1032, 0x1037},
    {0x1039, 0x103A}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};

/* Unicode Standard Annex 11: wide and full-width. */
static const code_range two_columns[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

static bool among(uint32_t code, const code_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    }
    return false;
}

static uint32_t decode(const unsigned char *text, size_t n)
{
    static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = text[0] & lead_bits[n];
    for (size_t i = 1; i < n; i++)
        code = code << 6 | (text[i] & 0x3F);
    return code;
}

uint32_t ab__utf8_next(const char *text, size_t size, size_t *bytes)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t n = char_size(at, size);
    *bytes = n > 0 ? n : 1;
    return n > 0 ? decode(at, n) : 0xFFFD;
}

int ab__text_width(const char *text)
{
    size_t left = strlen(text);
    int width = 0;
    while (left > 0) {
        size_t n;
        uint32_t code = ab__utf8_next(text, left, &n);
        if (among(code, two_columns, sizeof two_columns / sizeof *two_columns))
            width += 2;
        else if (!among(code, no_columns, sizeof no_columns / sizeof *no_columns))
            width += 1;
        text += n;
        left -= n;
    }
    return width;
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* One row of the table of distances between the first i letters of `a` and the first j of `b`: two
 * neighbours that changed places count once (Damerau 1964, restricted to one edit for each letter). */
static int next_row(const char *a, int i, const char *b, int b_size, const int *before_last,
                    const int *last, int *row)
{
    int smallest = row[0] = i;
    for (int j = 1; j <= b_size; j++) {
        char x = fold(a[i - 1]);
        char y = fold(b[j - 1]);
        int best = least(last[j], row[j - 1]) + 1;
        best = least(best, last[j - 1] + (x == y ? 0 : 1));
        if (i > 1 && j > 1 && x == fold(b[j - 2]) && fold(a[i - 2]) == y)
            best = least(best, before_last[j - 2] + 1);
        row[j] = best;
        smallest = least(smallest, best);
    }
    return smallest;
}

int ab__text_distance(const char *a, const char *b, int most)
{
    size_t a_size = strlen(a);
    size_t b_size = strlen(b);
    if (a_size > LONGEST_COMPARED || b_size > LONGEST_COMPARED)
        return strcmp(a, b) == 0 ? 0 : most + 1;
    int rows[3][LONGEST_COMPARED + 1] = {{0}};
    for (int j = 0; j <= (int)b_size; j++)
        rows[0][j] = j;
    for (int i = 1; i <= (int)a_size; i++) {
        int smallest =
            next_row(a, i, b, (int)b_size, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]);
        /* No later row can be smaller: an exchange, which reaches back two rows, costs no less than what
         * the row between makes of the same letters. */
        if (smallest > most)
            return most + 1;
    }
    return least(rows[a_size % 3][b_size], most + 1);
}

bool ab__text_split(const char *text, bool (*each)(void *context, const char *part, size_t size),
                    void *context)
{
    while (*text != '\0') {
        size_t size = strcspn(text, ";");
        const char *next = text[size] == ';' ? text + size + 1 : text + size;
        size_t start = strspn(text, " \t\r\n");
        while (size > start && strchr(" \t\r\n", text[size - 1]) != NULL)
            size--;
        if (size > start && !each(context, text + start, size - start))
            return true;
        text = next;
    }
    return false;
}
