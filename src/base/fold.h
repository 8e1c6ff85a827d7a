/* Texts as people compare them: whatever their case, accents and punctuation. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/buf.h"

/* Adds `text`, UTF-8, folded: lower-case words with one space between them.
 *   Latin       letters of ASCII, Latin-1, Latin Extended-A and Extended Additional (Vietnamese), and the
 *               Vietnamese ơ and ư, lose case, accents and hooks, composed or not; ae, oe, ss and th for
 *               their ligatures.
 *   Arabic      loses vowel signs, tatweel, the hamza on its seats and the madda; alef maqsura and the
 *               Persian yeh are ya, ta marbuta is ha, the Persian kaf is kaf.
 *   digits      Arabic and Persian ones and ² and ³ become 0 to 9.
 *   the rest    of ASCII, Latin-1 and the general and Arabic punctuation parts words, as spaces do.
 * Other scripts stay as they are, byte for byte. */
void ab__fold(const char *text, ab_buf *out);

#endif
