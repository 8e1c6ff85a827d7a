#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"

ab_open_options cli_open_options(const cli_given *given)
{
    return (ab_open_options){.allow_network = cli_value(given, "allow-network") != NULL,
                             .allow_outside = cli_value(given, "allow-outside") != NULL,
                             .map = cli_value(given, "map")};
}

ab_status cli_read_operation(const char *path, const ab_open_options *options, ab_operation **out,
                             cli_remarks *remarks, ab_error *err)
{
    ab_book *book = NULL;
    ab_issues *issues = ab_issues_new(0);

    *out = NULL;
    if (!issues)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read(path, options, &book, issues, err);
    if (status == AB_OK)
        status = ab_operation_read(book, out, issues, err);
    if (status == AB_FLAWED || ab_issues_of(issues, AB_ERROR_FLAW) > 0) {
        ab_operation_free(*out);
        *out = NULL;
        ab_issues_print(stderr, issues, NULL);
        status = ab_fail(err, AB_FLAWED, "%s has errors; nothing was written", path);
    }
    if (remarks)
        *remarks = (cli_remarks){ab_issues_of(issues, AB_WARNING), ab_issues_of(issues, AB_NOTE)};
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

void cli_tell_remarks(const cli_given *given, const cli_remarks *remarks)
{
    char shown[AB_ERROR_CAP];

    if (remarks->warnings + remarks->notes == 0)
        return;
    fprintf(stderr, "%" PRId64 " %s, %" PRId64 " %s: `airbridge check %s` shows them\n",
            remarks->warnings, remarks->warnings == 1 ? "warning" : "warnings", remarks->notes,
            remarks->notes == 1 ? "note" : "notes", ab_name_shown(given->argument, shown));
}

/* The file or sheet of the table that is called `name`; NULL: there is none, or it cannot be read again. */
static const char *origin_of(const ab_book *book, const char *name)
{
    for (int32_t i = 0; book && i < ab_book_count(book); i++)
        if (strcmp(ab_book_at(book, i)->name, name) == 0)
            return ab_book_at(book, i)->origin;
    return NULL;
}

void cli_tell_flaws(const cli_given *given, const char *path, ab_issues *issues)
{
    ab_open_options options = cli_open_options(given);
    ab_issues *named = ab_issues_count(issues) > 0 ? ab_issues_new(0) : NULL, *spare = named ? ab_issues_new(0) : NULL;
    ab_book *book = NULL;

    if (spare && strcmp(path, "-") != 0)
        (void)ab_book_read(path, &options, &book, spare, NULL);
    for (int32_t i = 0; named && i < ab_issues_count(issues); i++) {
        ab_issue issue = *ab_issues_at(issues, i);
        const char *origin = origin_of(book, issue.origin);
        issue.origin = origin ? origin : issue.origin;
        ab_issues_add(named, &issue);
    }
    if (named)
        (void)ab_issues_print(stderr, named, NULL);
    ab_book_free(book);
    ab_issues_free(spare);
    ab_issues_free(named);
}
