#include "airbridge/pseudonym.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/vec.h"
#include "model/authority.h"

typedef struct pair {
    const char *pseudonym, *name, *key; /* key: the name folded */
} pair;

struct ab_pseudonyms {
    ab_arena *arena;
    AB_VEC(pair) pairs;
    int64_t greatest; /* number given */
};

static const int64_t most_number = 999999;

ab_status ab_pseudonyms_new(ab_pseudonyms **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    *out = arena != NULL ? AB_NEW(arena, ab_pseudonyms, 1) : NULL;
    if (*out == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    }
    (*out)->arena = arena;
    return AB_OK;
}

void ab_pseudonyms_free(ab_pseudonyms *key)
{
    if (key != NULL) {
        AB_VEC_FREE(&key->pairs);
        ab__arena_free(key->arena);
    }
}

static const pair *find(const ab_pseudonyms *key, const char *folded)
{
    for (int32_t i = 0; i < key->pairs.count; i++) {
        if (strcmp(key->pairs.at[i].key, folded) == 0) {
            return &key->pairs.at[i];
        }
    }
    return NULL;
}

static const pair *add(ab_pseudonyms *key, const char *pseudonym, const char *name, const char *folded)
{
    const char *own = pseudonym != NULL ? ab__arena_text(key->arena, pseudonym) : NULL;
    const char *kept = ab__arena_text(key->arena, name);
    pair *added = own != NULL && kept != NULL ? AB_PUSH(&key->pairs) : NULL;
    if (added != NULL) {
        *added = (pair){own, kept, folded};
    }
    return added;
}

ab_status ab_pseudonym_give(ab_pseudonyms *key, const char *name, const char **out, ab_error *err)
{
    const char *folded = ab__authority_key(key->arena, name);
    const pair *known = folded != NULL ? find(key, folded) : NULL;
    if (folded != NULL && known == NULL) {
        known = add(key, ab__arena_printf(key->arena, "A%d", (int)(key->greatest + 1)), name, folded);
        key->greatest += known != NULL;
    }
    *out = known != NULL ? known->pseudonym : NULL;
    return known != NULL ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory");
}

/* "A12" is 12; 0: it is no pseudonym of ours. */
static int64_t number_of(const char *pseudonym)
{
    int64_t number = 0;
    bool is_ours = pseudonym[0] == 'A' && pseudonym[1] >= '1' && pseudonym[1] <= '9' && ab__count_parse(pseudonym + 1, &number);
    return is_ours && number <= most_number ? number : 0;
}

ab_status ab_pseudonym_keep(ab_pseudonyms *key, const char *pseudonym, const char *name, ab_error *err)
{
    int64_t number = number_of(pseudonym);
    const char *folded = ab__authority_key(key->arena, name);
    if (folded == NULL) {
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    }
    if (number == 0) {
        return ab_fail(err, AB_FLAWED, "\"%.40s\" is no pseudonym: one is A and a number, such as A12", pseudonym);
    }
    if (folded[0] == '\0' || find(key, folded) != NULL) {
        return ab_fail(err, AB_FLAWED, "%s stands for nobody, or for somebody who has another pseudonym already", pseudonym);
    }
    for (int32_t i = 0; i < key->pairs.count; i++) {
        if (strcmp(key->pairs.at[i].pseudonym, pseudonym) == 0) {
            return ab_fail(err, AB_FLAWED, "%s stands for two", pseudonym);
        }
    }
    if (add(key, pseudonym, name, folded) == NULL) {
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    }
    key->greatest = number > key->greatest ? number : key->greatest;
    return AB_OK;
}

int32_t ab_pseudonyms_count(const ab_pseudonyms *key)
{
    return key->pairs.count;
}

const char *ab_pseudonym_at(const ab_pseudonyms *key, int32_t i, const char **name)
{
    *name = key->pairs.at[i].name;
    return key->pairs.at[i].pseudonym;
}
