/* What the tests of io share. */
#ifndef TESTS_IO_SUPPORT_H
#define TESTS_IO_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/schema.h"
#include "base/buf.h"

/* Pseudo-random numbers (SplitMix64, Steele, Lea and Flood 2014): the same in every run. */
static inline uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* A new empty folder; the caller frees the name. */
static inline char *make_folder(void)
{
    const char *tmp = getenv("TMPDIR");
    ab_buf name = AB_BUF_INIT;

    ab__buf_printf(&name, "%s/io-XXXXXX", tmp != NULL ? tmp : "/tmp");
    assert_non_null(mkdtemp(name.text));
    return name.text;
}

static inline void remove_folder(char *folder)
{
    ab_buf command = AB_BUF_INIT;

    ab__buf_printf(&command, "rm -rf '%s'", folder);
    assert_int_equal(system(command.text), 0);
    ab__buf_free(&command);
    free(folder);
}

/* "FOLDER/NAME", freed by the caller. */
static inline char *path_in(const char *folder, const char *name)
{
    ab_buf path = AB_BUF_INIT;

    ab__buf_printf(&path, "%s/%s", folder, name);
    assert_non_null(path.text);
    return path.text;
}

static inline void write_file(const char *folder, const char *name, const void *bytes, size_t size)
{
    char *path = path_in(folder, name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static inline void write_text(const char *folder, const char *name, const char *text)
{
    write_file(folder, name, text, strlen(text));
}

/* The bytes of a file; freed by the caller. */
static inline ab_buf read_file(const char *path)
{
    ab_buf bytes = AB_BUF_INIT;
    char chunk[4096];
    size_t size;
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
        ab__buf_add_n(&bytes, chunk, size);
    (void)fclose(file);
    return bytes;
}

static inline void assert_same_bytes(const ab_buf *a, const ab_buf *b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->text, b->text, a->size);
}

/* "OPEN_QUOTE 3:5 name; RAGGED 4:0", in the order of the list. */
static inline void add_issues(ab_buf *out, ab_issues *issues)
{
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        ab__buf_printf(out, "%s%s %lld:%lld%s%s", i > 0 ? "; " : "", ab_issue_name(issue->code),
                       (long long)issue->line, (long long)issue->byte_column,
                       issue->column[0] != '\0' ? " " : "", issue->column);
    }
}

#endif
