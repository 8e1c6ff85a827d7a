/* The files that the settings wind, terrain and density name. */
#ifndef FLOW_DROP_FILES_H
#define FLOW_DROP_FILES_H

#include "airbridge/drop.h"

/* Where they lie. */
typedef struct ab_file_place {
    const char *folder; /* NULL: there is none */
    bool allow_outside; /* links may lead out of it */
} ab_file_place;

/* Each NULL where no setting names it, or nothing asks for it. */
typedef struct ab_drop_files {
    ab_forecast *forecast; /* else the wind table */
    ab_terrain *terrain;   /* else the zones' heights */
    ab_terrain *people;    /* a square kilometre; else built-up exclusions */
} ab_drop_files;

/* As much of them as lies around the zone (-1: all zones) and, with `places`, the air around places that are cut off and the ground around those of which
 * nobody says how high they lie; nothing where there is none. USAGE where a file is named and there is no folder; IO; FLAWED with `issues`;
 * NO_MEMORY. Whether it fails or not, the caller frees it. */
ab_status ab__drop_files_read(const ab_operation *op, int32_t zone, bool places, const ab_file_place *place, ab_drop_files *out,
                              ab_issues *issues, ab_error *err);
void ab__drop_files_free(ab_drop_files *files);

#endif
