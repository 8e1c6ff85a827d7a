/* Preloaded into a program, sets the locale of the environment before main(), as a host program or a
 * plug-in may do to a library at any time. Numbers must be read and written the same all the same. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void force_locale(void)
{
    if (setlocale(LC_ALL, "") == NULL) {
        (void)fputs("force_locale: the locale of the environment is not there\n", stderr);
        _Exit(99);
    }
}
