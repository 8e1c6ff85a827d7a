/* ranks: processes that work out one thing together, started as in `mpirun -n 4 airbridge drop …`. */
#ifndef AIRBRIDGE_RANKS_H
#define AIRBRIDGE_RANKS_H

#include <stdbool.h>
#include <stdint.h>

#include "airbridge/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which of how many this is: 0 of 1 unless mpirun started it and the library was built with AB_MPI. Rank 0 is the one that prints and writes. Call from the
 * main thread. */
AB_API int32_t ab_rank(void);
AB_API int32_t ab_ranks(void);

/* Before the process ends: waits for the others, for ten seconds if this one `failed`, and then ends them too. */
AB_API void ab_ranks_end(bool failed);

#ifdef __cplusplus
}
#endif
#endif
