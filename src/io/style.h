/* How the layers of a result look in QGIS. */
#ifndef IO_STYLE_H
#define IO_STYLE_H

#include <stdbool.h>

#include "airbridge/schema.h"
#include "base/buf.h"

/* What the shapes of result table `table` are meant to be, for when it has no row that tells. */
ab_shape_kind ab__style_kind(const char *table);

/* Adds the style of result table `table` as QML, for geometries of `kind`; false: it has none. */
bool ab__style_qml(const char *table, ab_shape_kind kind, ab_buf *out);

#endif
