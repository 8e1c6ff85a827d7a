/* authority: who must be asked and who holds the way: the authorities that the rows of an operation name, each once.
 *
 * Two names are one where they are equal folded: whatever their case, accents and punctuation, with one space between
 * words and without a leading "the". Nothing more is guessed: "Government of Syria and allied forces" is another
 * authority than "Government of Syria", and "Govt of Syria" a third, until somebody writes them alike. `check` says
 * which names look like two spellings of one. A cell without a letter or a digit names nobody. */
#ifndef AIRBRIDGE_AUTHORITY_H
#define AIRBRIDGE_AUTHORITY_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ab_authority {
    const char *name; /* as most often spelt; of spellings that are equally often there, that which stands first */
    int32_t rows;     /* cells that name it, or parts of cells; what it reports is not counted */
} ab_authority;

/* Numbers of authorities, each once, in the order of the cell. */
typedef struct ab_authority_set {
    int32_t count;
    const int32_t *at;
} ab_authority_set;

/* Numbered by their folded names in order, so that the order of rows does not matter. -1: nobody is named. */
typedef struct ab_authorities {
    int32_t count;
    const ab_authority *at;
    const int32_t *asked_of;             /* [op->requests.count], the whole cell is one name */
    const int32_t *gatekeeper;           /* [op->movements.count], the same */
    const int32_t *reported_by;          /* [op->access.count]: -1 too where it is none of those named elsewhere */
    const ab_authority_set *parties;     /* [op->agreements.count] */
    const ab_authority_set *besieged_by; /* [op->places.count], parted at `;` */
    const ab_authority_set *hub_held_by; /* [op->hubs.count], the same */
    const ab_authority_set *road_held_by;      /* [op->roads.count] */
    const ab_authority_set *exclusion_held_by; /* [op->exclusions.count] */
    struct ab_arena *arena;              /* owns all of it, names too */
} ab_authorities;

/* `*out` is freed by the caller, and does not refer to `op` afterwards. Fails with NO_MEMORY only. */
AB_API ab_status ab_authorities_make(const ab_operation *op, ab_authorities **out, ab_error *err);
AB_API void ab_authorities_free(ab_authorities *authorities);

/* The number of the authority with this name, however it is spelt; -1: there is none. Fails with NO_MEMORY only. */
AB_API ab_status ab_authority_find(const ab_authorities *authorities, const char *name, int32_t *out, ab_error *err);

#ifdef __cplusplus
}
#endif
#endif
