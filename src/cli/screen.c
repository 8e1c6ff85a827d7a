#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

enum { PIPE_COLUMNS = 80, LEAST_COLUMNS = 40, MOST_COLUMNS = 400 };

/* By the names of locales: the one that is named need not be installed. */
static bool says_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *locale = getenv(names[i]);
        if (locale && locale[0]) {
            const char *code = strchr(locale, '.');
            return code && (strncasecmp(code, ".utf-8", 6) == 0 || strncasecmp(code, ".utf8", 5) == 0);
        }
    }
    return false;
}

ab_screen cli_screen(void)
{
    struct winsize size;
    ab_screen screen = {PIPE_COLUMNS, says_utf8()};

    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= LEAST_COLUMNS)
        screen.columns = size.ws_col < MOST_COLUMNS ? size.ws_col : MOST_COLUMNS;
    return screen;
}
