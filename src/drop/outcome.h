/* What becomes of the loads of a release. */
#ifndef DROP_OUTCOME_H
#define DROP_OUTCOME_H

#include "airbridge/drop.h"
#include "drop/cloud.h"
#include "drop/field.h"
#include "drop/scatter.h"

typedef struct ab__fallen {
    const ab__site *site;
    const ab_drop_case *drop;
    const ab_landings *all;     /* with the failures that were drawn */
    const ab_landings *failed;  /* of loads whose canopy failed; passes 0: none can */
    double release_e_m, release_n_m, heading_deg;
    double fail_prob;
    double track_deg, stick_m;  /* of the aircraft over the ground, first exit to last */
    ab__burst burst;            /* recovered_frac of the site counts it already, in the mean */
    bool controlled;            /* somebody keeps people away */
} ab__fallen;

/* Fills centre, fall, impact, inside, failed, burst, recovered, what loads need of the zone, exclusions, edge, regions, harm and value of `out`, whose loads and load_kg are set. Lists go to
 * `keep`. *off_terrain: the terrain does not tell the height where some landed. false: out of memory. */
bool ab__outcome_of(const ab__fallen *fallen, ab_arena *keep, ab_arena *work, ab_airdrop *out, bool *off_terrain);

#endif
