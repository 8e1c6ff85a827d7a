/* One drop of a result and all that hangs on it, for those who show it. */
#ifndef REPORT_DROP_VIEW_H
#define REPORT_DROP_VIEW_H

#include "airbridge/operation.h"
#include "base/buf.h"

enum { AB_MOST_REGIONS = 8 };

/* What stands under all that is told of drops. */
#define NOT_AN_AUTHORITY "NOT AN AUTHORITY - advice only. Restricted: it says where aircraft can be hit."

typedef struct ab_drop_view {
    const ab_data *input, *results;
    const ab_settings *settings;
    const ab_drop_row *drop;
    /* Rows of the input; NULL where the file does not have them any more. */
    const ab_dropzone *zone;
    const ab_place *place;
    const ab_vehicle *vehicle;
    const ab_dropsystem *system;
    /* Rows of the drop: they stand together in their tables. */
    const ab_gate_row *gate;
    int32_t gate_count;
    const ab_footprint_row *footprint;
    int32_t footprint_count;
    const ab_drop_exclusion_row *exclusion;
    int32_t exclusion_count;
    const ab_drop_wind_row *wind; /* heights rise */
    int32_t wind_count;
    const ab_stick_row *stick;     /* NULL: no wind is known, or the file is of before there were any */
    const ab_sighter_row *sighter; /* NULL: none */
} ab_drop_view;

void ab__drop_view(const ab_data *input, const ab_data *results, const ab_drop_row *drop, ab_drop_view *out);

/* The place of the input with this id; NULL: there is none. */
const ab_place *ab__place_called(const ab_data *input, const char *id);

/* Do bags fall without a canopy? */
bool ab__drop_is_free(const ab_drop_view *view);

/* What falls, so many of it: "load", "loads", and without a canopy "bag", "bags". */
const char *ab__drop_load_word(const ab_drop_view *view, int64_t count);

/* Does the gate say something of this drop? Canopies say nothing of bags. */
bool ab__drop_gate_is_told(const ab_drop_view *view, const ab_gate_row *gate);

/* "a stick of 340 m over the ground, 4.0 s; nine bags of ten need 420 m along the track and 90 m across it, and the zone has 600 m"; what to do where it is too
 * short. Nothing where there is no stick. */
void ab__add_stick(ab_buf *out, const ab_drop_view *view);

/* Was a release point found? Not where no wind is known. */
bool ab__drop_is_known(const ab_drop_row *drop);

/* What people are told: the name, or the id where there is none. */
const char *ab__drop_name(const char *name, const char *id);

/* "4,750 m (15,584 ft)" and "24.2 m/s (47 kt)"; "?" where it is not known. */
void ab__add_height(ab_buf *out, double height_m);
void ab__add_speed(ab_buf *out, double speed_mps);
/* "93 % (82 to 99)" */
void ab__add_share(ab_buf *out, double mean, double low, double high);
/* People expected to be hurt: "0.0035", "under 0.0001" */
void ab__add_harm(ab_buf *out, double people);
/* "12 Feb 2016 09:00", by a clock that runs `offset_s` before UTC. */
void ab__add_moment(ab_buf *out, ab_time t, double offset_s);
/* "UTC+3", "UTC-4:30" */
void ab__add_clock(ab_buf *out, double offset_s);

/* From where a wind blows, 0 <= result < 360 degrees; and its speed. */
double ab__wind_from_deg(double wind_e_mps, double wind_n_mps);
double ab__knots(double speed_mps);
double ab__feet(double height_m);

#endif
