/* The roads as drawn, for checks: what lies near them, and which of them hang together. The same rules as in
 * route/network.c and route/graph.c, which the checks cannot see. */
#ifndef MODEL_ROAD_LINES_H
#define MODEL_ROAD_LINES_H

#include "model/check.h"

typedef struct ab_road_segment {
    double lon1_deg, lat1_deg, lon2_deg, lat2_deg;
    int32_t road, line; /* lines are numbered over all roads: a road may have several */
} ab_road_segment;

typedef struct ab_road_lines {
    ab_road_segment *at;
    int32_t count, line_count;
    int32_t *net; /* [line_count] lines of one number hang together; NULL before ab__road_lines_join */
} ab_road_lines;

typedef struct ab_near_road {
    double away_m;
    int32_t road, line;
} ab_near_road;

/* In `check->work`; false: out of memory (noted). */
bool ab__road_lines_of(ab_check *check, ab_road_lines *out);
/* How many segments there are at most. */
double ab__road_lines_most(const ab_operation *op);
/* The road nearest to a point; there must be one. */
ab_near_road ab__road_lines_near(const ab_road_lines *lines, double lon_deg, double lat_deg);
/* Fills `net`. false: out of memory (noted). */
bool ab__road_lines_join(ab_check *check, ab_road_lines *lines);

#endif
