/* AB_VERSION is the project's version, handed to this one file by the build: a new version recompiles nothing else. */
#include "airbridge/version.h"

const char *ab_version(void)
{
    return AB_VERSION;
}
