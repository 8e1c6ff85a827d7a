/* The programme as it would be with doors open: leave given, a report withdrawn, goods let through. It holds the
 * trips of the plan and, for the places asked about, all that would be offered then. */
#ifndef PLAN_AJAR_H
#define PLAN_AJAR_H

#include "plan/corner.h"
#include "plan/search.h"

/* Besides ab_door: the goods of the group that is asked about lie at every hub. */
enum { AB_DOOR_STOCK = 1 << 20 };

/* Which doors, and what was found behind each in turn. */
enum { AB_STEPS = 3 };
typedef struct ab_doors {
    uint32_t open;
    int32_t means;         /* for trips by these; -1: by any */
    int32_t step_count;
    ab_refusal step[AB_STEPS]; /* what stood in the way before each was opened; `kind` is left at 0 */
} ab_doors;

/* Opens what stands in the way of this departure, one after the other, until it would be offered: the fewest
 * doors that do. False: something stands there that is no door. */
bool ab__doors_before(const ab_model *model, const ab_trip_kind *kind, int32_t t, ab_doors *doors);

typedef struct ab_ajar {
    uint32_t open;
    int32_t means;
    ab_operation op;       /* with the stocks of AB_DOOR_STOCK */
    ab_trips trips;
    ab_model *model;
    double *x;             /* [cols] the plan, as far as it is loads, vehicles and flows; NaN elsewhere */
    ab_corners corners;
} ab_ajar;

/* `asked`: [places] 1: with what would be offered then by the doors' means. `group`: of AB_DOOR_STOCK. NO_MEMORY
 * only; free in any case. Everything but the model is in `arena`. */
ab_status ab__ajar_start(ab_ajar *ajar, const ab_search *search, const ab_doors *doors, int32_t group,
                         const char *asked, struct ab_arena *arena, ab_error *err);
void ab__ajar_free(ab_ajar *ajar);

#endif
