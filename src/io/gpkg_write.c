/* A result as one GeoPackage. */
#include "airbridge/io.h"
#include "io/gpkg.h"

/* One of the steps that every table of a result is taken through. */
typedef bool ab_gpkg_step(const ab_gpkg *to, const ab_gpkg_table *table);

static bool take_table(const ab_gpkg *to, const ab_data *data, int32_t number, bool input,
                       ab_gpkg_step *step)
{
    ab_gpkg_table table = ab__gpkg_table(data, number, input);
    bool taken = !table.name.failed && step(to, &table);

    ab__gpkg_table_free(&table);
    return taken;
}

/* All tables of the results that were made, be they without rows, and those of the input that have rows. */
static bool take_tables(const ab_gpkg *to, const ab_data *input, const ab_data *results,
                        ab_gpkg_step *step)
{
    for (int32_t t = 0; t < results->schema->count; t++) {
        if (results->rows[t].at != NULL && !take_table(to, results, t, false, step))
            return false;
    }
    for (int32_t t = 0; t < input->schema->count; t++) {
        if (input->rows[t].count > 0 && !take_table(to, input, t, true, step))
            return false;
    }
    return true;
}

/* What a result holds. */
typedef struct contents {
    const ab_data *input, *results;
} contents;

static bool write_tables(const ab_gpkg *to, const void *what)
{
    const contents *of = what;

    return take_tables(to, of->input, of->results, ab__gpkg_write_layer) &&
           ab__gpkg_start_notes(to) && ab__gpkg_start_styles(to) &&
           take_tables(to, of->input, of->results, ab__gpkg_write_notes);
}

ab_status ab_result_write(const char *path, const ab_data *input, const ab_data *results,
                          ab_error *err)
{
    contents of = {input, results};

    return ab__gpkg_make(path, write_tables, &of, err);
}
