/* What validate_drop prints. */
#ifndef VALIDATE_TABLES_H
#define VALIDATE_TABLES_H

#include "validate_drop/scored.h"

/* Which of the scored count: sources as bits (1 << WIND_OWN...), a height or -1 for all, judged ones alone or all. */
typedef struct choice {
    unsigned sources;
    int32_t height;
    bool judged;
} choice;

void print_tracks(const tracks_all *all);
void print_drag(const tracks_all *all);
void print_winds(const tracks_all *all);
void print_errors(const scored *s, int32_t count);
void print_heights(const scored *s, int32_t count);
void print_few(const tracks_all *all, const scored *s, int32_t count);
void print_outside(const tracks_all *all, const scored *s, int32_t count);
void print_calibration(const char *title, const scored *s, int32_t count);
void print_ranks(const char *title, const scored *s, int32_t count);
void print_skill(const char *title, const scored *s, int32_t count);
/* Lines that begin with VERDICT; of the tracks. */
void print_verdicts(const tracks_all *all, const scored *s, int32_t count);

#endif
