/* Exports: what the audience may see of a result, in the format of another program. */
#include "io/export.h"

#include <assert.h>
#include <string.h>

#include "model/redact.h"

typedef bool write_format(const ab_export *from, ab_buf *out);

static write_format *const writers[] = {
    [AB_EXPORT_KML] = ab__export_kml,
    [AB_EXPORT_GEOJSON] = ab__export_geojson,
    [AB_EXPORT_GPX] = ab__export_gpx,
    [AB_EXPORT_CZML] = ab__export_czml,
};

static ab_status write_document(const char *path, const ab_export *from, ab_error *err)
{
    ab_buf out = AB_BUF_INIT;
    ab_status status;

    if (writers[from->options->format](from, &out) && !out.failed)
        status = ab_file_write(path, out.text, out.size, err);
    else
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    ab__buf_free(&out);
    return status;
}

static ab_status write(const char *path, ab_export *from, ab_issues *issues, ab_error *err)
{
    ab__export_words(from);
    if (from->title.failed || from->note.failed || from->description.failed)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    if (from->options->format == AB_EXPORT_CSV || from->options->format == AB_EXPORT_XLSX)
        return ab__export_book(path, from, issues, err);
    return write_document(path, from, err);
}

/* Asked of the whole result: for few places the figure itself may be redacted, but that there is no plan is
 * nobody's secret. */
static bool is_infeasible(const ab_data *results)
{
    const ab_figure *figure = results->rows[AB_TABLE_summary].at;

    for (int32_t i = 0; i < results->rows[AB_TABLE_summary].count; i++)
        if (strcmp(figure[i].key, "feasible") == 0)
            return figure[i].value == 0;
    return false;
}

/* What stands in the way names places. */
static const char *reason_of(const ab_data *results, ab_audience audience)
{
    const ab_fact *fact = results->rows[AB_TABLE_provenance].at;

    for (int32_t i = 0; i < results->rows[AB_TABLE_provenance].count; i++)
        if (audience == AB_AUDIENCE_TEAM && strcmp(fact[i].key, "answer") == 0)
            return fact[i].value;
    return "";
}

ab_status ab_export_write(const char *path, const ab_export_options *options, const ab_data *input,
                          const ab_data *results, ab_issues *issues, ab_error *err)
{
    assert(input->schema == ab_input_schema() && results->schema == ab_result_schema());
    ab_export from = {.options = options,
                      .infeasible = is_infeasible(results),
                      .reason = reason_of(results, options->audience),
                      .arena = ab__arena_new(),
                      .title = AB_BUF_INIT,
                      .note = AB_BUF_INIT};

    if (from.arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab__data_redact(input, options->audience, from.arena, &from.input, err);
    if (status == AB_OK)
        status = ab__data_redact(results, options->audience, from.arena, &from.results, err);
    if (status == AB_OK)
        status = write(path, &from, issues, err);
    ab__buf_free(&from.title);
    ab__buf_free(&from.note);
    ab__buf_free(&from.description);
    ab__arena_free(from.arena);
    return status;
}
