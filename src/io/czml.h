/* The parts of a CZML packet. */
#ifndef IO_CZML_H
#define IO_CZML_H

#include "base/json.h"
#include "io/export.h"
#include "io/palette.h"

typedef struct ab_czml {
    const ab_export *from;
    ab_json json;
} ab_czml;

/* Begins the packet of row `number`: its id, its name from the columns `words` (a NULL ends them), and its cells
 * to click on. Ended with ab__czml_close. */
void ab__czml_packet(ab_czml *to, const ab_export_layer *layer, int32_t number,
                     const char *const *words);

/* Members, each with its key. */
void ab__czml_text(ab_czml *to, const char *key, const char *text);
void ab__czml_number(ab_czml *to, const char *key, double value);
void ab__czml_interval(ab_czml *to, const char *key, ab_time begin, ab_time end);
void ab__czml_rgba(ab_czml *to, ab_color color, int alpha);
void ab__czml_color(ab_czml *to, const char *key, ab_color color, int alpha);
void ab__czml_material(ab_czml *to, ab_color color, int alpha);
void ab__czml_label(ab_czml *to, const char *text);
/* All vertices of a part of a shape. */
void ab__czml_vertices(ab_czml *to, const char *key, const ab_shape *shape, int32_t part);

/* An object under `key`, and its end. */
void ab__czml_open(ab_czml *to, const char *key);
void ab__czml_close(ab_czml *to);

/* Longitude, latitude and height of an array. */
void ab__czml_vertex(ab_czml *to, const double *lon_lat_deg);

#endif
