/* A book as an OpenDocument spreadsheet, written by us: GDAL gives a column one type, and a row of hashtags
 * would make every number a text. */
#include <string.h>

#include "io/ods.h"
#include "io/write.h"
#include "io/write_hints.h"
#include "io/xml_write.h"
#include "io/zip_write.h"

/* LibreOffice Calc, 7.4 and later: sheets of 16,384 columns. Its cells take more than Excel's, but who opens
 * the file in Excel must not lose their ends. */
static const ab_grid_limits limits = {"Calc", 1048576, 16384, 32767, false, 31, "[]:*?/\\"};

static const char MIME[] = "application/vnd.oasis.opendocument.spreadsheet";

static const char MANIFEST[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
    "manifest:version=\"1.3\">\n"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>\n"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\n"
    "</manifest:manifest>\n";

static const char STYLES[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-styles xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "office:version=\"1.3\"><office:styles/></office:document-styles>\n";

static const char META[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" office:version=\"1.3\">"
    "<office:meta><meta:generator>Airbridge</meta:generator></office:meta>"
    "</office:document-meta>\n";

/* ---- Settings: the header stays where it is when the rows are scrolled ------------------------ */

static void add_item(ab_buf *xml, const char *name, const char *type, int value)
{
    ab__buf_printf(xml,
                   "<config:config-item config:name=\"%s\" config:type=\"%s\">%d"
                   "</config:config-item>",
                   name, type, value);
}

static void add_settings(const ab_outgoing *out, ab_buf *xml)
{
    enum { FROZEN = 2, BELOW = 2 };

    ab__buf_add(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-settings "
                     "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                     "xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" "
                     "office:version=\"1.3\"><office:settings>"
                     "<config:config-item-set config:name=\"ooo:view-settings\">"
                     "<config:config-item-map-indexed config:name=\"Views\">"
                     "<config:config-item-map-entry>"
                     "<config:config-item-map-named config:name=\"Tables\">\n");
    for (int32_t s = 0; s < out->count; s++) {
        int frozen = (int)ab__hint_first_row(&out->sheets[s]);
        ab__buf_add(xml, "<config:config-item-map-entry config:name=\"");
        ab__xml_escape(xml, out->sheets[s].name);
        ab__buf_add(xml, "\">");
        add_item(xml, "VerticalSplitMode", "short", FROZEN);
        add_item(xml, "VerticalSplitPosition", "int", frozen);
        add_item(xml, "ActiveSplitRange", "short", BELOW);
        add_item(xml, "PositionTop", "int", 0);
        add_item(xml, "PositionBottom", "int", frozen);
        ab__buf_add(xml, "</config:config-item-map-entry>\n");
    }
    ab__buf_add(xml, "</config:config-item-map-named></config:config-item-map-entry>"
                     "</config:config-item-map-indexed></config:config-item-set>"
                     "</office:settings></office:document-settings>\n");
}

/* ---- The archive ------------------------------------------------------------------------------ */

/* ODF 1.3 part 2, 3.3: the first part names the format and is not packed. */
static void pack(const ab_buf *content, const ab_buf *settings, ab_buf *out)
{
    ab_zip_writer zip = {.out = out};

    ab__zip_add(&zip, "mimetype", MIME, strlen(MIME), false);
    ab__zip_add(&zip, "content.xml", content->text, content->size, true);
    ab__zip_add(&zip, "styles.xml", STYLES, strlen(STYLES), true);
    ab__zip_add(&zip, "settings.xml", settings->text, settings->size, true);
    ab__zip_add(&zip, "meta.xml", META, strlen(META), true);
    ab__zip_add(&zip, "META-INF/manifest.xml", MANIFEST, strlen(MANIFEST), true);
    ab__zip_end(&zip);
}

ab_status ab__write_ods(const ab_outgoing *out, const char *path, const ab_open_options *options,
                        ab_error *err)
{
    int64_t before = ab_issues_of(out->issues, AB_ERROR_FLAW);
    ab_buf content = AB_BUF_INIT, settings = AB_BUF_INIT, bytes = AB_BUF_INIT;

    (void)options;
    ab__refuse_grid(out, &limits);
    ab_status status = ab__write_judge(out, before, path, err);
    if (status != AB_OK)
        return status;
    ab__ods_content(out, &content);
    add_settings(out, &settings);
    if (!content.failed && !settings.failed)
        pack(&content, &settings, &bytes);
    status = content.failed || settings.failed || bytes.failed
                 ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path)
                 : ab_file_write(path, bytes.text, bytes.size, err);
    ab__buf_free(&content);
    ab__buf_free(&settings);
    ab__buf_free(&bytes);
    return status;
}
