/* pseudonym: names that stand for authorities in what leaves the team, and the key that tells whose they are. */
#ifndef AIRBRIDGE_PSEUDONYM_H
#define AIRBRIDGE_PSEUDONYM_H

#include <stdint.h>

#include "airbridge/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names with their pseudonyms A1, A2, …; names are equal as authorities are (authority.h). */
typedef struct ab_pseudonyms ab_pseudonyms;

/* None yet. Freed with ab_pseudonyms_free. NO_MEMORY. */
AB_API ab_status ab_pseudonyms_new(ab_pseudonyms **out, ab_error *err);
AB_API void ab_pseudonyms_free(ab_pseudonyms *key);

/* The pseudonym of `name`, a new one if it has none: the number after the greatest. It belongs to `key`. NO_MEMORY. */
AB_API ab_status ab_pseudonym_give(ab_pseudonyms *key, const char *name, const char **out, ab_error *err);
/* Keeps a pair as it was; FLAWED where the name or the pseudonym is there already or the pseudonym is not `A` and a number
 * from 1 to 999,999, NO_MEMORY. */
AB_API ab_status ab_pseudonym_keep(ab_pseudonyms *key, const char *pseudonym, const char *name, ab_error *err);

AB_API int32_t ab_pseudonyms_count(const ab_pseudonyms *key);
/* Pair i, in the order in which they came. */
AB_API const char *ab_pseudonym_at(const ab_pseudonyms *key, int32_t i, const char **name);

#ifdef __cplusplus
}
#endif
#endif
