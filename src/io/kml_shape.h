/* Geometry in KML. */
#ifndef IO_KML_SHAPE_H
#define IO_KML_SHAPE_H

#include <stdbool.h>

#include "airbridge/schema.h"
#include "base/buf.h"

/* A point, line or polygon, its numbers as they are. */
void ab__kml_shape(ab_buf *out, const ab_shape *shape);

/* A disc, or a ring just outside of it, about a place: wider the more people live there. A drawing, so seven
 * decimals are plenty. */
void ab__kml_circle(ab_buf *out, const double *center_deg, double people, bool filled);

#endif
