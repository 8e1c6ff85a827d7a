/* Every position that an operation states. */
#ifndef MODEL_POINTS_H
#define MODEL_POINTS_H

#include "model/check.h"

typedef struct ab_point {
    double lon_deg, lat_deg;
    int32_t table, row, column; /* the column that a message names */
    bool leads;                 /* stands for its row: the first vertex of a shape */
} ab_point;

typedef struct ab_points {
    ab_point *at; /* in the order of tables, rows, vertices */
    int32_t count;
} ab_points;

/* Hubs, places, wind and the vertices of all shapes, in `check->work`; false: out of memory (noted). */
bool ab__points_of(ab_check *check, ab_points *out);

#endif
