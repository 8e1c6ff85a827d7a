/* What a file is that is no container of tables, and what to do about it. */
#include <string.h>
#include <strings.h>

#include "io/book.h"

static const char READ[] = "a folder of CSV files, an .xlsx or .ods workbook, or a GeoPackage";

typedef struct foreign {
    const char *begin;
    size_t size;
    const char *what, *to_do;
} foreign;

#define BEGINS(text) (text), sizeof(text) - 1

static const foreign by_first_bytes[] = {
    {BEGINS("%PDF"), "a PDF", "copy its tables into a workbook"},
    {BEGINS("\x00\x00\x27\x0A"), "a shapefile", "export it from QGIS as GeoPackage"},
    {BEGINS("{\\rtf"), "a text document", "copy its tables into a workbook"},
    {BEGINS("{"), "JSON", "export it as GeoPackage or CSV"},
    {BEGINS("["), "JSON", "export it as GeoPackage or CSV"},
    {BEGINS("\x1F\x8B"), "a compressed file (gzip)", "unpack it and name what it holds"},
    {BEGINS("BZh"), "a compressed file (bzip2)", "unpack it and name what it holds"},
    {BEGINS("\xFD"
            "7zXZ"),
     "a compressed file (xz)", "unpack it and name what it holds"},
    {BEGINS("7z\xBC\xAF"), "an archive (7z)", "unpack it and name what it holds"},
    {BEGINS("Rar!"), "an archive (RAR)", "unpack it and name what it holds"},
    {BEGINS("PAR1"), "Parquet", "export it as GeoPackage or CSV"},
    {BEGINS("FGB"), "FlatGeobuf", "export it from QGIS as GeoPackage"},
    {BEGINS("\x89PNG"), "a picture", "type its tables into a workbook"},
    {BEGINS("\xFF\xD8\xFF"), "a picture", "type its tables into a workbook"},
};

/* Among the first words of an XML file. */
static const struct {
    const char *word, *what, *to_do;
} by_xml[] = {
    {"VRTDataset", "a VRT, which can name any file or server", "name the file itself"},
    {"VRTDataSource", "a VRT, which can name any file or server", "name the file itself"},
    {"office:document", "a flat OpenDocument file", "save it as .ods"},
    {"schemas-microsoft-com:office:spreadsheet", "an XML spreadsheet of 2003", "save it as .xlsx"},
    {"<kml", "KML", "export it from QGIS as GeoPackage"},
    {"<gpx", "GPX", "export it from QGIS as GeoPackage"},
    {"<html", "a web page", "copy its tables into a workbook"},
};

static bool contains(const ab_buf *bytes, size_t within, const char *what, size_t size)
{
    size_t end = bytes->size < within ? bytes->size : within;

    for (size_t i = 0; i + size <= end; i++)
        if (memcmp(bytes->text + i, what, size) == 0)
            return true;
    return false;
}

static ab_status refuse(const char *path, const char *what, const char *to_do, ab_error *err)
{
    return ab_fail(err, AB_IO, "%s is %s: %s (expected %s)", path, what, to_do, READ);
}

/* Compound files (MS-CFB): Office documents of before 2007, and encrypted ones of any age. */
static ab_status refuse_compound(const char *path, const ab_buf *bytes, ab_error *err)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    if (contains(bytes, bytes->size, encrypted, sizeof encrypted))
        return ab_fail(err, AB_IO,
                       "%s is encrypted: open it, remove the password, and save it again", path);
    return refuse(path, "a workbook of before 2007 (.xls), or another old Office file",
                  "save it as .xlsx", err);
}

static ab_status refuse_xml(const char *path, const ab_buf *bytes, ab_error *err)
{
    enum { LOOKED_AT = 4096 };

    for (size_t i = 0; i < sizeof by_xml / sizeof by_xml[0]; i++)
        if (contains(bytes, LOOKED_AT, by_xml[i].word, strlen(by_xml[i].word)))
            return refuse(path, by_xml[i].what, by_xml[i].to_do, err);
    return refuse(path, "an XML file of an unknown kind", "export its tables as a workbook or CSV",
                  err);
}

static bool ends_with(const char *path, const char *ending)
{
    size_t size = strlen(path), end = strlen(ending);

    return size > end && strcasecmp(path + size - end, ending) == 0;
}

ab_status ab__refuse_foreign(const char *path, const ab_buf *bytes, ab_error *err)
{
    static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    const char *text = ab__buf_text(bytes);
    size_t blank = bytes->size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    if (bytes->size == 0)
        return ab_fail(err, AB_IO, "%s is empty: expected %s", path, READ);
    if (ends_with(path, ".csv") || ends_with(path, ".tsv") || ends_with(path, ".txt"))
        return ab_fail(err, AB_IO, "%s is one table: name the folder that it lies in", path);
    if (bytes->size >= 8 && memcmp(text, compound, 8) == 0)
        return refuse_compound(path, bytes, err);
    blank += strspn(text + blank, " \t\r\n");
    if (text[blank] == '<')
        return refuse_xml(path, bytes, err);
    for (size_t i = 0; i < sizeof by_first_bytes / sizeof by_first_bytes[0]; i++) {
        const foreign *one = &by_first_bytes[i];
        size_t skip = one->begin[0] == '{' || one->begin[0] == '[' ? blank : 0;
        if (bytes->size - skip >= one->size && memcmp(text + skip, one->begin, one->size) == 0)
            return refuse(path, one->what, one->to_do, err);
    }
    return ab_fail(err, AB_IO, "%s is no container of tables: expected %s", path, READ);
}
