/* Tables turned on their side. */
#ifndef SCHEMA_SETTINGS_H
#define SCHEMA_SETTINGS_H

#include "airbridge/schema.h"

/* The columns key, value, source and note of a sheet of settings. */
const ab_table *ab__settings_table(void);

#endif
