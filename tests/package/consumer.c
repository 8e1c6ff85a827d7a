/* A user's program: sees only what is installed. */
#include <stdio.h>
#include <string.h>

#include "airbridge/version.h"

int main(int argc, char **argv)
{
    const char *version = ab_version();
    (void)printf("airbridge %s\n", version);
    if (argc == 2 && strcmp(version, argv[1]) != 0) {
        (void)fprintf(stderr, "expected %s\n", argv[1]);
        return 1;
    }
    return 0;
}
