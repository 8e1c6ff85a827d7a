/* A book as a workbook for Excel, through libxlsxwriter. */
#define _GNU_SOURCE /* memfd_create */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/write.h"
#include "io/xlsx.h"

/* "Excel specifications and limits", Microsoft, as of 2024. */
static const ab_grid_limits limits = {"Excel", 1048576, 16384, 32767, true, 31, "[]:*?/\\"};

enum {
    MADE = 946684800, /* 2000-01-01T00:00Z: a workbook must not tell when it was made */
    GREY = 0x7F7F7F,
    HEADER_FILL = 0xE7E6E6,
    HEADER_RESTRICTED_FILL = 0xF4B183,
    RESTRICTED_FILL = 0xFBE5D6,
    TAG_POINTS = 8
};

/* NULL: out of memory. */
static lxw_format *make_format(lxw_workbook *workbook, bool text, lxw_color_t fill)
{
    lxw_format *format = workbook_add_format(workbook);

    if (format == NULL)
        return NULL;
    if (text) /* what is typed there stays as it is typed: 007, 1e5, 2030-03-01 */
        format_set_num_format(format, "@");
    if (fill != 0)
        format_set_bg_color(format, fill);
    return format;
}

static bool make_formats(ab_xlsx *to)
{
    for (int tint = 0; tint < XLSX_TINTS; tint++) {
        bool restricted = tint == XLSX_RESTRICTED;
        lxw_color_t head = restricted ? HEADER_RESTRICTED_FILL : HEADER_FILL;
        lxw_color_t cell = restricted ? RESTRICTED_FILL : 0;
        to->header[tint] = make_format(to->workbook, true, head);
        to->tag[tint] = make_format(to->workbook, true, cell);
        to->number[tint] = make_format(to->workbook, false, cell);
        to->text[tint] = make_format(to->workbook, true, cell);
        if (to->header[tint] == NULL || to->tag[tint] == NULL || to->number[tint] == NULL ||
            to->text[tint] == NULL)
            return false;
        format_set_bold(to->header[tint]);
        format_set_font_color(to->tag[tint], GREY);
        format_set_font_size(to->tag[tint], TAG_POINTS);
    }
    return true;
}

static bool fill(ab_xlsx *to)
{
    lxw_doc_properties properties = {.title = "Airbridge", .created = MADE};
    bool filled =
        make_formats(to) && workbook_set_properties(to->workbook, &properties) == LXW_NO_ERROR;

    for (int32_t s = 0; filled && s < to->out->count; s++)
        filled = ab__xlsx_sheet(to, &to->out->sheets[s]);
    return filled;
}

/* Makes the workbook in the file that `fd` holds. */
static ab_status make(const ab_outgoing *out, int fd, const char *path, ab_error *err)
{
    char name[40];
    (void)snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ab_xlsx to = {.out = out, .workbook = workbook_new(name)};

    if (to.workbook == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    bool filled = fill(&to);
    lxw_error closed = workbook_close(to.workbook); /* frees it in any case */
    if (filled && closed == LXW_NO_ERROR)
        return AB_OK;
    if (!filled || closed == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    return ab_fail(err, AB_IO, "%s cannot be made: %s", path, lxw_strerror(closed));
}

static ab_status make_in_c_locale(const ab_outgoing *out, int fd, const char *path, ab_error *err)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);

    if (c == (locale_t)0)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    locale_t before =
        uselocale(c); /* of this thread: the library prints numbers as the locale does */
    ab_status status = make(out, fd, path, err);
    (void)uselocale(before);
    freelocale(c);
    return status;
}

/* Copies what was made, all at once, to where it belongs. */
static ab_status deliver(int fd, const char *path, ab_error *err)
{
    struct stat info;

    if (fstat(fd, &info) != 0 || info.st_size <= 0)
        return ab_fail(err, AB_IO, "%s cannot be made: %s", path, strerror(errno));
    size_t size = (size_t)info.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
    ab_status status = ab_file_write(path, bytes, size, err);
    (void)munmap(bytes, size);
    return status;
}

ab_status ab__write_xlsx(const ab_outgoing *out, const char *path, const ab_open_options *options,
                         ab_error *err)
{
    int64_t before = ab_issues_of(out->issues, AB_ERROR_FLAW);

    (void)options;
    ab__refuse_grid(out, &limits);
    ab_status status = ab__write_judge(out, before, path, err);
    if (status != AB_OK)
        return status;
    /* In memory: a workbook half made must not lie in a folder that others read. */
    int fd = memfd_create("airbridge", MFD_CLOEXEC);
    if (fd < 0)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    status = make_in_c_locale(out, fd, path, err);
    if (status == AB_OK)
        status = deliver(fd, path, err);
    (void)close(fd);
    return status;
}
