#ifndef AIRBRIDGE_VERSION_H
#define AIRBRIDGE_VERSION_H

#include "airbridge/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library in use, as "0.1.0"; a static text, never NULL. */
AB_API const char *ab_version(void);

#ifdef __cplusplus
}
#endif
#endif
