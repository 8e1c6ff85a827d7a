#include "base/fold.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* U+00C0 to U+017F; those of two letters stand in `doubles`. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                            "aaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiiiiiiijjkkqlllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssss"
                            "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* U+1E00 to U+1EFF */
static const char latin_additional[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyassssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

typedef struct replacement {
    uint32_t code;
    const char *by; /* "": nothing */
} replacement;

static const replacement doubles[] = {{0xC6, "ae"},  {0xDE, "th"},  {0xDF, "ss"},  {0xE6, "ae"},
                                      {0xFE, "th"},  {0x132, "ij"}, {0x133, "ij"}, {0x152, "oe"},
                                      {0x153, "oe"}, {0x1A0, "o"},  {0x1A1, "o"},  {0x1AF, "u"},
                                      {0x1B0, "u"}};

/* Letters that Arabic keyboards and writers use for one another. */
static const replacement arabic[] = {
    {0x0622, "\xD8\xA7"}, /* alef with madda: alef */
    {0x0623, "\xD8\xA7"}, /* alef with hamza above */
    {0x0624, "\xD9\x88"}, /* waw with hamza: waw */
    {0x0625, "\xD8\xA7"}, /* alef with hamza below */
    {0x0626, "\xD9\x8A"}, /* ya with hamza: ya */
    {0x0629, "\xD9\x87"}, /* ta marbuta: ha */
    {0x0640, ""},         /* tatweel */
    {0x0649, "\xD9\x8A"}, /* alef maqsura: ya */
    {0x0671, "\xD8\xA7"}, /* alef wasla */
    {0x06A9, "\xD9\x83"}, /* keheh: kaf */
    {0x06C1, "\xD9\x87"}, /* heh goal: ha */
    {0x06CC, "\xD9\x8A"}, /* Farsi yeh: ya */
};

typedef struct code_range {
    uint32_t first, last;
} code_range;

/* Marks over or under a letter, and signs that only steer how a line is set. */
static const code_range silent[] = {
    {0x0300, 0x036F}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06ED},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2069}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
};

static const code_range parting[] = {
    {0x0080, 0x00A9}, {0x00AB, 0x00B1}, {0x00B4, 0x00B4}, {0x00B6, 0x00B8},
    {0x00BB, 0x00BF}, {0x060C, 0x060D}, {0x061B, 0x061F}, {0x066A, 0x066D},
    {0x06D4, 0x06D4}, {0x2000, 0x206F}, {0x3000, 0x3003}, {0xFD3E, 0xFD3F},
};

static bool among(uint32_t code, const code_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

static const char *replaced(uint32_t code, const replacement *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].code == code)
            return list[i].by;
    return NULL;
}

#define AMONG(code, ranges)  among((code), (ranges), sizeof(ranges) / sizeof *(ranges))
#define REPLACED(code, list) replaced((code), (list), sizeof(list) / sizeof *(list))

/* The digit or letter of ASCII that `code` is but for case and dress; 0: none, ' ': it parts words. */
static char plain(uint32_t code)
{
    if (code < 0x80) {
        bool upper = code >= 'A' && code <= 'Z';
        bool word = upper || (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
        return !word ? ' ' : (char)(upper ? code - 'A' + 'a' : code);
    }
    if (code >= 0xC0 && code <= 0x17F)
        return latin[code - 0xC0];
    if (code >= 0x1E00 && code <= 0x1EFF)
        return latin_additional[code - 0x1E00];
    if (code >= 0x0660 && code <= 0x0669)
        return (char)('0' + (code - 0x0660));
    if (code >= 0x06F0 && code <= 0x06F9)
        return (char)('0' + (code - 0x06F0));
    if (code == 0xB2 || code == 0xB3)
        return (char)('0' + (code - 0xB0));
    return AMONG(code, parting) ? ' ' : 0;
}

/* Puts the space that parts a word from the one before it. */
static void start_word(ab_buf *out, bool *parted)
{
    if (*parted)
        ab__buf_char(out, ' ');
    *parted = false;
}

void ab__fold(const char *text, ab_buf *out)
{
    size_t start = out->size;
    bool parted = false;
    for (size_t n, left = strlen(text); left > 0; text += n, left -= n) {
        uint32_t code = ab__utf8_next(text, left, &n);
        if (AMONG(code, silent))
            continue;
        const char *several = REPLACED(code, doubles);
        several = several != NULL ? several : REPLACED(code, arabic);
        char one = several != NULL ? 0 : plain(code);
        if (one == ' ') {
            parted = out->size > start;
        } else if (several == NULL || *several != '\0') {
            start_word(out, &parted);
            if (several != NULL)
                ab__buf_add(out, several);
            else if (one != 0)
                ab__buf_char(out, one);
            else
                ab__buf_add_n(out, text, n);
        }
    }
}
