/* Where authorities are named, cell by cell: for the list of them, and for what is checked of their names. */
#ifndef MODEL_AUTHORITY_H
#define MODEL_AUTHORITY_H

#include "airbridge/authority.h"
#include "base/arena.h"

typedef struct ab_mention {
    int32_t table, column, row;
    bool reports;      /* who said a thing: one of the authorities named elsewhere, or none */
    const char *text;  /* as spelt, without spaces around it; never empty */
    const char *key;   /* folded, without a leading "the"; "": names nobody */
    int32_t name;      /* number of its key among all keys, in order */
    int32_t authority; /* -1: none */
} ab_mention;

typedef struct ab_mentions {
    ab_mention *at; /* in the order of tables, rows and parts of a cell */
    int32_t count;
    int32_t name_count; /* different keys */
    ab_authority *authority;
    int32_t authority_count;
} ab_mentions;

/* All of them, and the authorities that they are of, in `arena`; false: out of memory. */
bool ab__mentions_find(const ab_operation *op, ab_arena *arena, ab_mentions *out);

/* What is equal for two spellings of one name: "The Army of  Conquest" as "army of conquest". In the arena; NULL: out of memory. */
char *ab__authority_key(struct ab_arena *arena, const char *text);

#endif
