/* The part of `check` that proves a result. */
#include <string.h>

#include "cli/cli.h"

/* The input of a result lies in it under names that begin so, which messages show. */
static const char INPUT[] = "in_";

bool cli_is_result(const ab_book *book)
{
    for (int32_t i = 0; book && i < ab_book_count(book); i++) {
        const ab_sheet *sheet = ab_book_at(book, i);
        const char *table = strrchr(sheet->origin, '/');
        if (table && strncmp(table + 1, INPUT, sizeof INPUT - 1) == 0 && strcmp(table + sizeof INPUT, sheet->name) == 0)
            return true;
    }
    return false;
}

/* Of drops alone only the input is checked. */
static ab_status tell_unproved(const cli_given *given, ab_issues *issues, ab_error *err)
{
    ab_status status = (cli_value(given, "json") ? ab_issues_json : ab_issues_print)(stdout, issues, err);

    if (status == AB_OK && !cli_value(given, "json"))
        printf("%s holds drops and no plan: its input was checked, and drops are not proved\n", given->argument);
    return status;
}

ab_status cli_prove(const cli_given *given, const char *path, const ab_operation *op, ab_issues *issues, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_result_rows rows = {{NULL, NULL}, NULL};
    ab_proof *proof = NULL;

    ab_status status = ab_result_read(path, &options, &rows, err);
    if (status == AB_OK && ab_result_is_drops(&rows.data)) {
        status = tell_unproved(given, issues, err);
        ab_result_rows_free(&rows);
        return status;
    }
    if (status == AB_OK)
        status = ab_verify(op, &rows.data, &proof, err);
    if (status == AB_OK && cli_value(given, "json"))
        status = ab_proof_json(stdout, proof, issues, err);
    else if (status == AB_OK)
        status = ab_issues_print(stdout, issues, err);
    if (status == AB_OK && !cli_value(given, "json"))
        status = ab_proof_print(stdout, proof, err);
    if (status == AB_OK && proof->broken > 0)
        status = ab_fail(err, AB_FLAWED, "%s breaks %lld rules of a plan", given->argument, (long long)proof->broken);
    ab_proof_free(proof);
    ab_result_rows_free(&rows);
    return status;
}
