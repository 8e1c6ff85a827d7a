
#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"json", 0, NULL, "print what was copied as JSON"},
    CLI_MAP_OPTION,
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

/* All flaws of the text of `from`: what is torn must not be copied as if it were whole. */
static ab_status refuse_flawed(const char *from, ab_issues *issues, ab_error *err)
{
    if (ab_issues_of(issues, AB_ERROR_FLAW) == 0)
        return AB_OK;
    ab_status status = ab_issues_print(stderr, issues, err);
    return status == AB_OK ? ab_fail(err, AB_FLAWED, "%s has errors; nothing was written", from)
                           : status;
}

static ab_status write_book(const cli_given *given, const ab_book *book, ab_issues *issues,
                            ab_error *err)
{
    const char *from = given->argument, *to = given->second;
    ab_open_options options = cli_open_options(given);
    ab_status status = ab_book_write(to, book, ab_input_schema(), &options, issues, err);

    if (status == AB_FLAWED)
        (void)ab_issues_print(stderr, issues, NULL);
    if (status != AB_OK)
        return status;
    return cli_value(given, "json") ? ab_copy_json(stdout, book, from, to, err)
                                    : ab_copy_print(stdout, book, from, to, err);
}

static ab_status copy(const cli_given *given, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_book *book = NULL;
    ab_issues *issues = ab_issues_new(0);

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read(given->argument, &options, &book, issues, err);
    if (status == AB_OK)
        status = refuse_flawed(given->argument, issues, err);
    if (status == AB_OK)
        status = write_book(given, book, issues, err);
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_write_lock *lock = NULL;

    if (cli_is_same(given->argument, given->second))
        return ab_fail(err, AB_USAGE, "%s and %s are the same: name another one to write to",
                       given->argument, given->second);
    ab_status status = cli_lock(given, given->second, &lock, err);
    if (status == AB_OK)
        status = copy(given, err);
    ab_lock_free(lock);
    return status;
}

static const cli_example EXAMPLES[] = {
    {"airbridge convert valley valley.xlsx", "a workbook for Excel, with lists to choose from"},
    {"airbridge convert valley.xlsx repaired", "back to a folder of CSV files"},
    {"airbridge convert valley.plan.gpkg input.gpkg", "what a plan was made from, for QGIS"},
    {NULL, NULL},
};

const cli_command cli_convert = {
    .name = "convert",
    .group = CLI_ALSO,
    .argument = "FROM",
    .argument_required = true,
    .second = "TO",
    .meaning = "copy tables into another kind of container",
    .details =
        "The name TO says what is written: .xlsx, .ods, .gpkg, a PostgreSQL database as "
        "postgresql://USER@HOST/DATABASE?schema=NAME, or else a folder of CSV files. Cells are copied "
        "as they are, and their meaning is not judged, so that tables can be repaired where that is "
        "easiest. Text that is torn is not copied: bytes that are no UTF-8, rows with too few cells. What "
        "TO cannot hold is told by table, row and column, and nothing is written. Of a result, "
        "the tables that it was made from are copied.\n"
        "A file that is there, or a folder of nothing but tables, is replaced as a whole. So are the tables that "
        "airbridge made in the schema of a database; tables that it did not make are left "
        "alone. The password of a database stands in the file ~/.pgpass, never in its address.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
