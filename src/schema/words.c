#include "schema/words.h"

#include "schema/find.h"
#include "schema/lexicon.h"

typedef struct ab_words {
    const ab_code_list *list;
    ab_lexicon lexicon;
    struct ab_words *next;
} ab_words;

static const ab_words *words_of(ab_reader *reader, const ab_code_list *list)
{
    for (ab_words *words = reader->words; words != NULL; words = words->next)
        if (words->list == list)
            return words;
    ab_words *made = AB_NEW(reader->work, ab_words, 1);
    if (made == NULL ||
        !ab__lexicon_make(&made->lexicon, reader->work, list->count, ab__code_called, list)) {
        reader->no_memory = true;
        return NULL;
    }
    made->list = list;
    made->next = reader->words;
    return reader->words = made;
}

int32_t ab__word_find(ab_reader *reader, const ab_code_list *list, const char *text)
{
    int32_t code = ab__code_find(list, text), other = -1;
    const ab_words *words = code < 0 ? words_of(reader, list) : NULL;
    if (words == NULL)
        return code;
    ab_buf spare = AB_BUF_INIT;
    code = ab__lexicon_find(&words->lexicon, text, &spare, &other);
    reader->no_memory |= spare.failed;
    ab__buf_free(&spare);
    return other < 0 ? code : -1;
}
