#include "schema/similar.h"

#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "base/text.h"

enum { WORDS_MOST = 16 };

typedef struct words {
    int count;
    const char *at[WORDS_MOST];
    size_t size[WORDS_MOST];
} words;

static words words_of(const char *text)
{
    words of = {0};
    while (*text != '\0' && of.count < WORDS_MOST) {
        size_t size = strcspn(text, " ");
        of.at[of.count] = text;
        of.size[of.count++] = size;
        text += size + strspn(text + size, " ");
    }
    return of;
}

/* Twice the common words over all words (Dice 1945). */
static double common_words(const char *a, const char *b)
{
    words left = words_of(a), right = words_of(b);
    int common = 0;
    for (int i = 0; i < left.count; i++)
        for (int j = 0; j < right.count; j++) {
            if (left.size[i] != right.size[j] || right.size[j] == 0 ||
                memcmp(left.at[i], right.at[j], left.size[i]) != 0)
                continue;
            common++;
            right.size[j] = 0; /* counted once */
            break;
        }
    int all = left.count + right.count;
    return all == 0 ? 0 : 2.0 * common / all;
}

static double common_letters(const char *a, const char *b)
{
    size_t left = strlen(a), right = strlen(b);
    int longer = (int)(left > right ? left : right);
    if (longer == 0 || longer > 200)
        return 0;
    return 1 - (double)ab__text_distance(a, b, longer) / longer;
}

double ab__similarity(const char *a, const char *b)
{
    return fmax(common_letters(a, b), common_words(a, b));
}

typedef struct comparing {
    const char *folded;
    ab_buf *spare;
    double best;
} comparing;

static bool compare(void *context, const char *word, size_t size)
{
    comparing *of = context;
    char copy[200];
    if (size >= sizeof copy)
        return true;
    memcpy(copy, word, size);
    copy[size] = '\0';
    ab__buf_clear(of->spare);
    ab__fold(copy, of->spare);
    of->best = fmax(of->best, ab__similarity(of->folded, ab__buf_text(of->spare)));
    return true;
}

double ab__column_similarity(const ab_column *column, const char *folded, ab_buf *spare)
{
    comparing of = {.folded = folded, .spare = spare};
    (void)compare(&of, column->name, strlen(column->name));
    for (int l = 0; column->label != NULL && l < AB_LANGUAGES; l++)
        if (column->label->in[l] != NULL)
            (void)ab__text_split(column->label->in[l], compare, &of);
    return of.best;
}
