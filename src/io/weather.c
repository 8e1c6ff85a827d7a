#include "io/weather.h"

#include <stdarg.h>

#include "base/c_locale.h"
#include "schema/issues.h"

ab_status ab__weather_flaw(ab_weather *from, int32_t code, int64_t message, const char *expected,
                           const char *hint, const char *found, ...)
{
    ab_buf words = AB_BUF_INIT;
    char text[AB_ERROR_CAP];
    va_list args;

    va_start(args, found);
    (void)ab__c_vsnprintf(text, sizeof text, found, args);
    va_end(args);
    if (message > 0)
        ab__buf_printf(&words, "message %lld: ", (long long)message);
    ab__buf_add(&words, text);
    ab__issue_raise(from->issues, (ab_issue){.code = code,
                                             .origin = from->name,
                                             .line = message,
                                             .expected = expected,
                                             .found = ab__buf_text(&words),
                                             .hint = hint});
    ab_status status = AB_OK;
    if (ab__issue_severity(code) == AB_ERROR_FLAW)
        status = ab_fail(from->err, AB_FLAWED, "%s: %s; expected %s", from->name,
                         ab__buf_text(&words), expected);
    ab__buf_free(&words);
    return status;
}

ab_status ab__weather_no_memory(ab_weather *from)
{
    return ab_fail(from->err, AB_NO_MEMORY, "out of memory while %s was read", from->name);
}
