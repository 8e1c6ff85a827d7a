#include "model/spelling.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { WORDS_MOST = 16, LETTERS_MOST = 40, LETTERS_LEAST = 5, ACRONYM_MOST = 8 };

/* ---- Words ---- */

static bool is_small(const char *word)
{
    static const char *const small[] = {"of", "the", "and", "in", "for", "to",  "al", "el",
                                        "de", "du",  "des", "la", "le",  "les", "et", "en"};
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
        if (strcmp(word, small[i]) == 0)
            return true;
    return false;
}

static const char *written_out(const char *word)
{
    static const char *const short_long[][2] = {
        {"gov", "government"},     {"govt", "government"}, {"gvt", "government"},
        {"gouv", "gouvernement"},  {"min", "ministry"},    {"dept", "department"},
        {"intl", "international"}, {"natl", "national"},   {"admin", "administration"},
        {"auth", "authority"},     {"cttee", "committee"}, {"div", "division"},
        {"bde", "brigade"},        {"bn", "battalion"},    {"regt", "regiment"},
        {"dem", "democratic"},     {"rep", "republic"},
    };
    for (size_t i = 0; i < sizeof short_long / sizeof short_long[0]; i++)
        if (strcmp(word, short_long[i][0]) == 0)
            return short_long[i][1];
    return word;
}

/* "gov't" and "int'l" are two words when they are folded. */
static bool goes_on(const char *before, const char *word)
{
    return (strcmp(word, "t") == 0 && (strcmp(before, "gov") == 0 || strcmp(before, "dep") == 0)) ||
           (strcmp(word, "l") == 0 && (strcmp(before, "int") == 0 || strcmp(before, "nat") == 0));
}

/* All words of a key; those after the WORDS_MOST-th are one with it. -1: out of memory. */
static int32_t split(ab_arena *arena, const char *key, const char *out[WORDS_MOST])
{
    int32_t count = 0;
    while (*key != '\0') {
        size_t size = count + 1 < WORDS_MOST ? strcspn(key, " ") : strlen(key);
        char *word = ab__arena_text_n(arena, key, size);
        if (word == NULL)
            return -1;
        key += size + strspn(key + size, " ");
        if (count > 0 && goes_on(out[count - 1], word))
            out[count - 1] = ab__arena_printf(arena, "%s%s", out[count - 1], word);
        else
            out[count++] = word;
        if (out[count - 1] == NULL)
            return -1;
    }
    return count;
}

static char *initials_of(ab_arena *arena, const char *const *word, int32_t count)
{
    char *out = ab__arena_text_n(arena, "", 0), letters[WORDS_MOST];
    bool all = count > 1;
    for (int32_t i = 0; i < count; i++) {
        letters[i] = word[i][0];
        all = all && letters[i] >= 'a' && letters[i] <= 'z';
    }
    return all ? ab__arena_text_n(arena, letters, (size_t)count) : out;
}

/* One word with two capitals: UN, FSA, GoS. */
static bool is_acronym(const char *text, const char *key)
{
    int capitals = 0;
    for (const char *c = text; *c != '\0'; c++)
        capitals += *c >= 'A' && *c <= 'Z';
    return capitals > 1 && strchr(key, ' ') == NULL && strlen(key) <= ACRONYM_MOST;
}

bool ab__spelling_read(ab_arena *arena, const char *text, const char *key, ab_spelling *out)
{
    const char *all[WORDS_MOST];
    const char **words = AB_NEW(arena, const char *, WORDS_MOST);
    int32_t all_count = words == NULL ? -1 : split(arena, key, all), count = 0;
    ab_buf joined = AB_BUF_INIT;
    for (int32_t i = 0; i < all_count; i++)
        if (!is_small(all[i]))
            words[count++] = written_out(all[i]);
    for (int32_t i = 0; i < count; i++)
        ab__buf_add(&joined, words[i]);
    bool digits = strpbrk(ab__buf_text(&joined), "0123456789") != NULL;
    *out = (ab_spelling){
        .word = words,
        .count = count,
        .joined = joined.failed || all_count < 0
                      ? NULL
                      : ab__arena_text(arena, digits ? "" : ab__buf_text(&joined)),
        .initials = all_count < 0 ? NULL : initials_of(arena, all, all_count),
        .initials_of_words = all_count < 0 ? NULL : initials_of(arena, words, count),
        .acronym = is_acronym(text, key) ? key : "",
    };
    ab__buf_free(&joined);
    return out->joined != NULL && out->initials != NULL && out->initials_of_words != NULL;
}

/* ---- Likeness ---- */

/* "iraqi" of "iraq", "syrian" of "syria". */
static bool is_adjective_of(const char *word, const char *noun)
{
    static const char *const endings[] = {"n", "an", "ian", "i", "ese"};
    size_t size = strlen(noun);
    if (size < 4 || strncmp(word, noun, size) != 0)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(word + size, endings[i]) == 0)
            return true;
    return false;
}

static bool same_word(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || is_adjective_of(a, b) || is_adjective_of(b, a);
}

/* Letters of a word; 0: more than any word has, or a digit among them. */
static int32_t letters_of(const char *word, uint32_t out[LETTERS_MOST])
{
    int32_t count = 0;
    for (size_t n, left = strlen(word); left > 0; word += n, left -= n) {
        uint32_t letter = ab__utf8_next(word, left, &n);
        if (count == LETTERS_MOST || (letter >= '0' && letter <= '9'))
            return 0;
        out[count++] = letter;
    }
    return count;
}

/* One letter other, more or less, or two that changed places; never the first, in which few err and by which
 * Gambia differs from Zambia. Short words differ by a letter and are two: Iran, Iraq. */
static bool one_letter_apart(const char *a, const char *b)
{
    uint32_t x[LETTERS_MOST], y[LETTERS_MOST];
    int32_t m = letters_of(a, x), n = letters_of(b, y), head = 0, tail = 0;
    if (m < LETTERS_LEAST || n < LETTERS_LEAST || x[0] != y[0])
        return false;
    while (head < m && head < n && x[head] == y[head])
        head++;
    while (tail < m - head && tail < n - head && x[m - 1 - tail] == y[n - 1 - tail])
        tail++;
    m -= head + tail;
    n -= head + tail;
    bool changed_places = m == 2 && n == 2 && x[head] == y[head + 1] && x[head + 1] == y[head];
    return (m <= 1 && n <= 1) || changed_places;
}

/* The same words in any order, but for one that has a wrong letter. */
static bool same_words(const ab_spelling *a, const ab_spelling *b)
{
    bool used[WORDS_MOST] = {false};
    const char *left_over = NULL;
    if (a->count != b->count || a->count == 0)
        return false;
    for (int32_t i = 0; i < a->count; i++) {
        int32_t j = 0;
        while (j < b->count && (used[j] || !same_word(a->word[i], b->word[j])))
            j++;
        if (j < b->count)
            used[j] = true;
        else if (left_over == NULL)
            left_over = a->word[i];
        else
            return false;
    }
    for (int32_t j = 0; left_over != NULL && j < b->count; j++)
        if (!used[j])
            return one_letter_apart(left_over, b->word[j]);
    return true;
}

static bool abbreviates(const ab_spelling *name, const ab_spelling *whole)
{
    return name->acronym[0] != '\0' && (strcmp(name->acronym, whole->initials) == 0 ||
                                        strcmp(name->acronym, whole->initials_of_words) == 0);
}

bool ab__spellings_alike(const ab_spelling *a, const ab_spelling *b)
{
    bool parted = a->joined[0] != '\0' && strcmp(a->joined, b->joined) == 0;
    return parted || same_words(a, b) || abbreviates(a, b) || abbreviates(b, a);
}

static const char *after_spaces(const char *text)
{
    for (;; text++)
        if (strncmp(text, "\xC2\xA0", 2) == 0) /* the space of web pages */
            text++;
        else if (*text != ' ')
            return text;
}

bool ab__same_but_case(const char *a, const char *b)
{
    a = after_spaces(a);
    b = after_spaces(b);
    for (;;) {
        const char *left = after_spaces(a), *right = after_spaces(b);
        if (*left == '\0' || *right == '\0')
            return *left == *right;
        char x = *left >= 'A' && *left <= 'Z' ? (char)(*left - 'A' + 'a') : *left;
        char y = *right >= 'A' && *right <= 'Z' ? (char)(*right - 'A' + 'a') : *right;
        if (x != y || (left == a) != (right == b)) /* a space parts words in both or in neither */
            return false;
        a = left + 1;
        b = right + 1;
    }
}
