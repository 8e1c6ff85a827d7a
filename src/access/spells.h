/* How long subjects of a kind stay open and closed, learnt from the operation's own reports. docs/models/access.md,
 * "How long a state lasts". */
#ifndef ACCESS_SPELLS_H
#define ACCESS_SPELLS_H

#include "access/reports.h"

/* Fills the watches of all groups, [reports->group_count], and of all kinds. false: out of memory. */
bool ab__spells_watch(ab__reports *reports, ab__group *group);

/* Whether 5 % and 95 % points are worked out, which takes time, or left 0. */
typedef enum ab__spell_ends { AB__MEANS_ONLY, AB__WITH_ENDS } ab__spell_ends;

/* Spells of a kind, from what is assumed before any report and what was seen; `except`: the number of a group that is left
 * out, -1: none. */
ab_spells ab__spells_of_kind(const ab__reports *reports, ab_spell_kind kind, int32_t except, ab__spell_ends ends);

/* Those by which the reports [first, until) on `subject` age: its kind's without what they saw themselves. */
ab_spells ab__spells_around(const ab__reports *reports, ab_ref subject, int32_t first, int32_t until, ab_means means,
                            ab__spell_ends ends);

/* The same lengthened by what had lasted already when one of them was said: the subject's own. */
ab_spells ab__spells_lasted(ab_spells around, const ab__reports *reports, int32_t first, int32_t until, ab_means means);

/* Days for which the state had lasted when this was said and lasted still, as far as the word is believed. */
double ab__spells_believed_days(const ab__reports *reports, const ab__report *prepared);

/* The sum of the rates: what was known decays by exp(-it days). */
double ab__spells_per_day(const ab_spells *spells);

/* Share of time open. */
double ab__spells_base(const ab_spells *spells);

#endif
