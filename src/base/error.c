#include "airbridge/error.h"

#include <stdarg.h>
#include <string.h>

#include "base/address.h"
#include "base/c_locale.h"
#include "base/text.h"

/* Names and words of foreign files may hold bytes that are no UTF-8, or signs that would steer a terminal. */
static void make_plain(char *message, size_t size)
{
    for (size_t bad; (bad = ab__utf8_bad(message, size)) < size;)
        message[bad] = '?';
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)message[i];
        if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F)
            message[i] = '?';
    }
}

ab_status ab_fail(ab_error *err, ab_status status, const char *format, ...)
{
    if (err == NULL)
        return status;
    /* Apart from err->message, which may be among the arguments: a message that is told again with more. */
    char message[AB_ERROR_CAP];
    va_list args;
    va_start(args, format);
    int size = ab__c_vsnprintf(message, sizeof message, format, args);
    va_end(args);
    size_t kept = 0;
    if (size > 0)
        kept = ab__utf8_cut(message,
                            (size_t)size < sizeof message ? (size_t)size : sizeof message - 1);
    message[kept] = '\0';
    make_plain(message, kept);
    ab__address_redact(message, size >= (int)sizeof message);
    memcpy(err->message, message, strlen(message) + 1);
    err->status = status;
    return status;
}

const char *ab_name_shown(const char *name, char out[AB_ERROR_CAP])
{
    size_t size = strlen(name),
           kept = ab__utf8_cut(name, size < AB_ERROR_CAP ? size : AB_ERROR_CAP - 1);
    memcpy(out, name, kept);
    out[kept] = '\0';
    make_plain(out, kept);
    if (kept < size)
        ab__address_redact(out, true);
    else
        ab__address_redact_name(out);
    return out;
}

const char *ab_status_text(ab_status status)
{
    switch (status) {
#define AB_STATUS(name, exit_code, text)                                                           \
    case AB_##name:                                                                                \
        return text;
#include "airbridge/status.def"
#undef AB_STATUS
    }
    return "an unknown status";
}

int ab_status_exit_code(ab_status status)
{
    switch (status) {
#define AB_STATUS(name, exit_code, text)                                                           \
    case AB_##name:                                                                                \
        return exit_code;
#include "airbridge/status.def"
#undef AB_STATUS
    }
    return 4;
}
