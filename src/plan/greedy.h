/* A plan by itself, vehicle after vehicle: the next goes where one more full of what is short there relieves most
 * hunger a tonne. It needs no solver, so that a plan always exists, and beside the relaxation it
 * fills what is left when parts of vehicles are left out. */
#ifndef PLAN_GREEDY_H
#define PLAN_GREEDY_H

#include "plan/search.h"

/* Can it keep all of the limits? Promises that ask for something are beyond it. */
bool ab__greedy_can(const ab_model *model);
/* And can it serve everybody, so that its plan may be the last? It leaves linked groups out: who is served only with others. */
bool ab__greedy_serves(const ab_model *model);

/* Starts with the vehicles and loads `start` has whole of them (NULL: none), adds what helps, and fills `vehicles`,
 * [columns of the model], with the whole numbers that it found. false: out of memory. */
bool ab__greedy_fill(ab_search *search, const double *start, double *vehicles);

#endif
