#include "io/read_workbook.h"

#include <string.h>

#include "base/text.h"
#include "io/read_xlsx_parts.h"

ab_status ab__workbook_no_memory(const ab_workbook *from)
{
    return ab_fail(from->err, AB_NO_MEMORY, "out of memory while %s was read", from->path);
}

ab_status ab__workbook_damaged(const ab_workbook *from, const char *name)
{
    return ab_fail(from->err, AB_IO,
                   "%s is damaged: its part %s is no XML of a workbook; save it again in the "
                   "program that made it",
                   from->path, name);
}

ab_status ab__workbook_part(ab_workbook *from, const char *name, ab_buf *out, bool *there)
{
    const ab_zip_entry *entry = ab__zip_find(&from->zip, name);

    *there = entry != NULL;
    if (entry == NULL)
        return AB_OK;
    ab_status status = ab__zip_unpack(&from->zip, entry, out, from->err);
    if (status == AB_OK && (memchr(out->text, '\0', out->size) != NULL ||
                            ab__utf8_bad(out->text, out->size) < out->size))
        status =
            ab_fail(from->err, AB_IO, "%s is damaged: its part %s is not UTF-8", from->path, name);
    return status;
}

bool ab__workbook_passes(const ab_workbook *from, const char *name, bool hidden, bool *out)
{
    const ab_table *table = NULL;
    bool made = !hidden || ab__grid_table(from->schema, name, from->work, &table);

    *out = hidden && table == NULL;
    return made;
}

/* OpenDocument encrypts its parts, not the archive. */
static ab_status refuse_locked(ab_workbook *from)
{
    ab_buf manifest = AB_BUF_INIT;
    bool there;
    ab_status status = ab__workbook_part(from, "META-INF/manifest.xml", &manifest, &there);

    if (status == AB_OK && strstr(ab__buf_text(&manifest), "encryption-data") != NULL)
        status =
            ab_fail(from->err, AB_IO,
                    "%s is encrypted: open it, remove the password, and save it again", from->path);
    ab__buf_free(&manifest);
    return status;
}

/* OpenDocument archives say in a part of their own what they are. */
static ab_status look_for_ods(ab_workbook *from, bool *is_ods)
{
    static const char kind[] = "application/vnd.oasis.opendocument.spreadsheet";
    ab_buf mimetype = AB_BUF_INIT;
    bool there;
    ab_status status = ab__workbook_part(from, "mimetype", &mimetype, &there);

    *is_ods = strncmp(ab__buf_text(&mimetype), kind, sizeof kind - 1) == 0;
    ab__buf_free(&mimetype);
    return status;
}

static ab_status read_xlsx(ab_workbook *from)
{
    const char *part = NULL;
    ab_status status = ab__xlsx_workbook_part(from, &part);

    if (status != AB_OK)
        return status;
    if (ab__zip_find(&from->zip, part) != NULL)
        return ab__xlsx_read(from, part);
    if (ab__zip_find(&from->zip, "xl/workbook.bin") != NULL)
        return ab_fail(from->err, AB_IO,
                       "%s is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx)",
                       from->path);
    return ab_fail(from->err, AB_IO,
                   "%s is a ZIP archive, but neither an .xlsx nor an .ods workbook: unpack it and "
                   "name what it holds",
                   from->path);
}

static ab_status read_known(ab_workbook *from)
{
    bool is_ods;
    ab_status status = look_for_ods(from, &is_ods);

    if (status == AB_OK && !is_ods)
        return read_xlsx(from);
    if (status == AB_OK)
        status = refuse_locked(from);
    return status == AB_OK ? ab__ods_read(from) : status;
}

ab_status ab__workbook_read(const char *path, const ab_buf *bytes, const ab_schema *schema,
                            ab_book *book, ab_issues *issues, ab_error *err)
{
    ab_workbook from = {.path = path,
                        .schema = schema,
                        .book = book,
                        .issues = issues,
                        .work = ab__arena_new(),
                        .err = err};

    if (from.work == NULL)
        return ab__workbook_no_memory(&from);
    ab_status status = ab__zip_list(path, bytes, from.work, &from.zip, err);
    if (status == AB_OK)
        status = read_known(&from);
    ab__arena_free(from.work);
    return status;
}
