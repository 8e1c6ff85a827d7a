#include "base/c_locale.h"

#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

/* Neither glibc nor musl allocates for the whole C locale: newlocale gives a static object, and cannot
 * fail. */
static locale_t enter(locale_t *c)
{
    *c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    assert(*c != (locale_t)0);
    return uselocale(*c);
}

static void leave(locale_t callers, locale_t c)
{
    (void)uselocale(callers);
    freelocale(c);
}

int ab__c_vsnprintf(char *out, size_t cap, const char *format, va_list args)
{
    locale_t c;
    locale_t callers = enter(&c);
    int size = vsnprintf(out, cap, format, args);
    leave(callers, c);
    return size;
}

int ab__c_snprintf(char *out, size_t cap, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = ab__c_vsnprintf(out, cap, format, args);
    va_end(args);
    return size;
}

double ab__c_strtod(const char *text, char **end)
{
    locale_t c;
    locale_t callers = enter(&c);
    double value = strtod(text, end);
    leave(callers, c);
    return value;
}
