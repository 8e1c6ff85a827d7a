/* What worlds are drawn from. */
#ifndef WORLDS_WORLDS_H
#define WORLDS_WORLDS_H

#include "airbridge/worlds.h"

/* Four tables have subjects of reports. */
enum { AB__SUBJECT_TABLES = 4 };
typedef enum ab__subject_table { AB__PLACES, AB__HUBS, AB__ROADS, AB__LINKS } ab__subject_table;

/* A number in (0, 1) for each period that is kept from one to the next with a chance, and else drawn anew. */
typedef struct ab__process {
    uint64_t stream;
    const double *keep_prob; /* [periods], of t - 1 to t; NULL: it is not drawn for any subject */
} ab__process;

/* How an answer is waited for, of a place and means. */
typedef struct ab__waiting {
    const double *answered_prob; /* [periods] that there is one at the beginning of t; NAN: nothing is waited for then */
    const double *yes_prob;      /* [periods] of an answer */
} ab__waiting;

struct ab_worlds {
    struct ab_arena *arena;
    const ab_operation *op;
    const ab_access *access;
    const ab_authorities *authorities;
    uint64_t seed;
    int32_t periods;
    const uint64_t *authority_key, *place_key, *agreement_key; /* by what it is called */
    const ab__process *of_authority;               /* [authorities] */
    const ab__process *of_row[AB__SUBJECT_TABLES]; /* of rows that nobody is named for */
    const int32_t *holder[AB__SUBJECT_TABLES];     /* who opens and closes a row; -1: nobody is named */
    const ab__waiting *waiting;                    /* [places * AB_MEANS_LINK] */
    const double *memory_keep_prob;                /* [periods] */
    double seen_prob; /* that a decision in a period is the state of the gate, and no accident */
};

/* The number of a process in a period of a world. */
double ab__process_at(const ab_worlds *worlds, ab__process process, uint64_t world, int32_t t);

/* Fills of_authority and of_row. False: out of memory. */
bool ab__worlds_subjects(ab_worlds *worlds);

/* The chance that a row is open, as reports have it. */
double ab__subject_prob(const ab_worlds *worlds, ab_input_table table, int32_t row, ab_means means, int32_t t);
/* Who opens and closes it. */
ab__process ab__subject_process(const ab_worlds *worlds, ab_input_table table, int32_t row);

/* A key of two keys, and of a text. */
uint64_t ab__key_of(uint64_t a, uint64_t b);
uint64_t ab__key_of_text(const char *kind, const char *text);

#endif
