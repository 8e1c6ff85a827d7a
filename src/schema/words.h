/* The words of codes, in each language that people write them in. */
#ifndef SCHEMA_WORDS_H
#define SCHEMA_WORDS_H

#include "schema/cell.h"

/* The number of the code that `text` is a word for, or -1. The word itself needs no more than a comparison;
 * other words are looked up in a lexicon that the reader keeps. When memory runs out it is noted. */
int32_t ab__word_find(ab_reader *reader, const ab_code_list *list, const char *text);

#endif
