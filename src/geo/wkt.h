/* Well-known text: POINT, LINESTRING, POLYGON (with holes), longitude first. */
#ifndef GEO_WKT_H
#define GEO_WKT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

typedef enum ab_wkt_kind { AB_WKT_POINT = 1, AB_WKT_LINE, AB_WKT_POLYGON } ab_wkt_kind;

typedef struct ab_wkt {
    ab_wkt_kind kind;
    int32_t part_count;
    const int32_t *part_start; /* part_count + 1 */
    const double *lon_lat_deg;
} ab_wkt;

/* Parses into `arena`. On a flaw returns false with a static text in *why and its byte in *at. A line has
 * two vertices or more, a ring four or more and its first = last; all within +-180, +-90. Where memory ran
 * out, *why is ab__wkt_no_memory: compare the pointer. */
extern const char ab__wkt_no_memory[];
bool ab__wkt_parse(const char *text, ab_arena *arena, ab_wkt *out, const char **why, int32_t *at);
void ab__wkt_format(const ab_wkt *wkt, ab_buf *out); /* shortest numbers that read back the same */

/* Twice-counted boundary cases: a point on the edge is inside. Plane in degrees. */
bool ab__ring_holds(const double *lon_lat_deg, int32_t count, double lon_deg, double lat_deg);
/* The same without the edge. */
bool ab__ring_encloses(const double *lon_lat_deg, int32_t count, double lon_deg, double lat_deg);
bool ab__polygon_holds(const ab_wkt *polygon, double lon_deg, double lat_deg);

#endif
