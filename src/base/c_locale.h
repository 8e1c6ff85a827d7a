/* The two functions of the C library that heed the decimal sign of the locale, held to the C locale.
 * The locale of the calling thread is switched for the length of one call: no other thread sees it. */
#ifndef BASE_C_LOCALE_H
#define BASE_C_LOCALE_H

#include <stdarg.h>
#include <stddef.h>

#if defined(__GNUC__)
__attribute__((format(printf, 3, 0)))
#endif
int ab__c_vsnprintf(char *out, size_t cap, const char *format, va_list args);
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
int ab__c_snprintf(char *out, size_t cap, const char *format, ...);
double ab__c_strtod(const char *text, char **end);

#endif
