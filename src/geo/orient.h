/* On which side of a line a point lies. */
#ifndef GEO_ORIENT_H
#define GEO_ORIENT_H

/* 1: c lies left of the line from a to b, -1: right, 0: on it; exact. Points are pairs (x, y). */
int ab__orient(const double *a, const double *b, const double *c);

#endif
