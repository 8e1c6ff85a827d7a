/* What commands have in common that look at an operation: a moment, and its tables as text, JSON or a file. */
#include "cli/cli.h"

static ab_status write_book(const char *path, const ab_data *results, ab_error *err)
{
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = NULL;

    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_data_book(results, AB_AUDIENCE_TEAM, &book, err);
    if (status == AB_OK)
        status = ab_book_write(path, book, ab_result_schema(), NULL, issues, err);
    if (status == AB_FLAWED)
        (void)ab_issues_print(stderr, issues, NULL);
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

ab_status cli_write_tables(const cli_given *given, const char *path, const ab_data *results, ab_error *err)
{
    ab_write_lock *lock = NULL;
    ab_status status = cli_lock(given, path, &lock, err);

    if (status == AB_OK)
        status = write_book(path, results, err);
    ab_lock_free(lock);
    return status;
}

ab_status cli_look_at(const cli_given *given, ab_time *at, ab_error *err)
{
    const char *text = cli_value(given, "at"), *why;

    if (text && !ab_time_parse(text, at, &why))
        return ab_fail(err, AB_USAGE, "--at takes a time as in 2030-03-04T06:00Z, not \"%.40s\": %s", text, why);
    return AB_OK;
}

ab_status cli_look_out(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output");

    if (cli_value(given, "json") && output)
        return ab_fail(err, AB_USAGE, "say one of --json and -o FILE");
    if (output && cli_is_same(given->argument, output))
        return ab_fail(err, AB_USAGE, "%s is the operation itself: name another file with -o", output);
    return AB_OK;
}
