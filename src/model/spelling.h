/* Whether two names look like two spellings of one authority. */
#ifndef MODEL_SPELLING_H
#define MODEL_SPELLING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct ab_spelling {
    const char *const
        *word; /* folded, abbreviations written out, without "of", "and" and the like */
    int32_t count;
    const char *joined;   /* all words as one; "" where there are digits, which spaces part */
    const char *initials; /* of all words, */
    const char *
        initials_of_words; /* and of those in `word`; "" where one begins with no letter of ASCII */
    const char *acronym;   /* the name, folded, if it may be the initials of another; else "" */
} ab_spelling;

/* `key` is `text` folded (base/fold.h). In `arena`; false: out of memory. */
bool ab__spelling_read(ab_arena *arena, const char *text, const char *key, ab_spelling *out);

/* Alike are names with the same words, whatever their order ("Syrian Government", "Government of Syria"), one of which
 * may have a wrong letter, though not its first, if it is a word of five letters or more; names that differ in
 * spaces; and a name and its initials. Names with other words or other digits are two. */
bool ab__spellings_alike(const ab_spelling *a, const ab_spelling *b);

/* Do they differ in nothing but capital letters of ASCII and spaces? */
bool ab__same_but_case(const char *a, const char *b);

#endif
