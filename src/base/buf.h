/* A growing text. After a failed growth `failed` stays true and nothing more is added, so that callers
 * check once at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ab_buf {
    char *text;   /* NUL-terminated once anything was added; NULL before */
    size_t size;  /* without the NUL */
    size_t cap;
    bool failed;
} ab_buf;
#define AB_BUF_INIT {NULL, 0, 0, false}

void ab__buf_free(ab_buf *buf);
void ab__buf_clear(ab_buf *buf);
void ab__buf_add(ab_buf *buf, const char *text);
void ab__buf_add_n(ab_buf *buf, const char *text, size_t size);
void ab__buf_char(ab_buf *buf, char c);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void ab__buf_printf(ab_buf *buf, const char *format, ...); /* in the C locale: numbers have points */
const char *ab__buf_text(const ab_buf *buf);                /* never NULL */

#endif
