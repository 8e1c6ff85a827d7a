#include <errno.h>
#include <string.h>

#include "cli/cli.h"

FILE *cli_keep_standard_input(char path[64], ab_error *err)
{
    FILE *kept = tmpfile(); /* without a name, gone when it is closed */
    char bytes[65536];
    size_t size;

    while (kept && (size = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        if (fwrite(bytes, 1, size, kept) != size)
            break;
    if (!kept || ferror(stdin) || ferror(kept) || fflush(kept) != 0) {
        ab_fail(err, AB_IO, "standard input cannot be kept for reading: %s", strerror(errno));
        if (kept)
            fclose(kept);
        return NULL;
    }
    snprintf(path, 64, "/dev/fd/%d", fileno(kept));
    return kept;
}
