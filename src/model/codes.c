/* The lists of words, from codes.def. */
#include "airbridge/operation.h"
#include "model/labels.h"

/* clang-format off */
#define AB_CODES(list) static const ab_code words_of_##list[] = {
#define AB_CODE(enumerator, word, meaning) {word, meaning, &ab__code_labels[ab__code_of_##enumerator]},
#define AB_CODES_END(list) }; \
    const ab_code_list ab_codes_##list = {#list, words_of_##list, ab_##list##_count};
#include "airbridge/codes.def"
