/* The descent as SUNDIALS CVODE integrates it, by a right-hand side of its own: shares nothing with src/phys but the
 * structs that say what falls through what. */
#ifndef TESTS_PHYS_REFERENCE_H
#define TESTS_PHYS_REFERENCE_H

#include "phys/descent.h"

/* BDF of variable order, its tolerance of each quantity relative and absolute, restarted wherever the equations
 * change. false: CVODE failed, or it does not come down within 3 hours. */
bool reference_descent(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m, double tolerance,
                       ab_touchdown *out);

#endif
