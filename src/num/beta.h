/* The beta distribution: what is believed of a chance after a of one kind and b of the other were seen. */
#ifndef NUM_BETA_H
#define NUM_BETA_H

/* The regularised incomplete beta function I_x(a, b), the chance that a Beta(a, b) variable is at most x.
 * a, b > 0; 0 <= x <= 1. Within 1e-13 for a, b from 0.01 to 1e5. DLMF 8.17. */
double ab__beta_cdf(double a, double b, double x);

/* The x at which I_x(a, b) = prob, 0 <= prob <= 1, to the last bits of x. */
double ab__beta_quantile(double a, double b, double prob);

#endif
