/* The length of a vector of which both components are normal about a known mean, alike and independent: Rice's distribution. */
#ifndef NUM_RICE_H
#define NUM_RICE_H

/* The chance that the length is more than `limit`: `mean` the length of the mean vector, `rms` that of what is added, both components together (0: the
 * mean is certain). All 0 or more, of one unit. Within 1e-9 where mean and limit are up to 50 rms. Rice 1945, Bell System Technical Journal 24, section 3.10. */
double ab__rice_above(double mean, double rms, double limit);

#endif
