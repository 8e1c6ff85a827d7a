/* For tests of what must not heed the locale: a decimal comma, where the machine has one. */
#ifndef TESTS_BASE_COMMA_H
#define TESTS_BASE_COMMA_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Sets a locale with a decimal comma for the whole process; says so and returns false if there is none. */
static inline bool set_decimal_comma(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(LC_ALL, names[i]) != NULL && strcmp(localeconv()->decimal_point, ",") == 0)
            return true;
    }
    (void)setlocale(LC_ALL, "C");
    (void)puts("no locale with a decimal comma on this machine");
    return false;
}

#endif
