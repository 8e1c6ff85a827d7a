#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/c_locale.h"

enum { FIRST_CAP = 64 };

void ab__buf_free(ab_buf *buf)
{
    free(buf->text);
    *buf = (ab_buf)AB_BUF_INIT;
}

void ab__buf_clear(ab_buf *buf)
{
    buf->size = 0;
    buf->failed = false;
    if (buf->text != NULL)
        buf->text[0] = '\0';
}

/* Makes room for `more` bytes and a NUL. */
static bool grow(ab_buf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (buf->text != NULL && more < buf->cap - buf->size)
        return true;
    if (more > SIZE_MAX / 2 - 1 - buf->size) {
        buf->failed = true;
        return false;
    }
    size_t cap = buf->cap > 0 ? buf->cap : FIRST_CAP;
    while (cap < buf->size + more + 1)
        cap *= 2;
    char *text = ab__realloc(buf->text, cap);
    if (text == NULL) {
        buf->failed = true;
        return false;
    }
    buf->text = text;
    buf->cap = cap;
    return true;
}

void ab__buf_add_n(ab_buf *buf, const char *text, size_t size)
{
    if (!grow(buf, size))
        return;
    if (size > 0)
        memcpy(buf->text + buf->size, text, size);
    buf->size += size;
    buf->text[buf->size] = '\0';
}

void ab__buf_add(ab_buf *buf, const char *text)
{
    ab__buf_add_n(buf, text, strlen(text));
}

void ab__buf_char(ab_buf *buf, char c)
{
    ab__buf_add_n(buf, &c, 1);
}

void ab__buf_printf(ab_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = ab__c_vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0) {
        buf->failed = true;
        return;
    }
    if (!grow(buf, (size_t)size))
        return;
    va_start(args, format);
    (void)ab__c_vsnprintf(buf->text + buf->size, (size_t)size + 1, format, args);
    va_end(args);
    buf->size += (size_t)size;
}

const char *ab__buf_text(const ab_buf *buf)
{
    return buf->text != NULL ? buf->text : "";
}
