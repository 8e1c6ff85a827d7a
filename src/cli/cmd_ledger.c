#define _GNU_SOURCE /* realpath */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"at", 0, "TIME", "what was known at this time, as in 2030-03-04T06:00Z, instead of now"},
    {"authority", 0, "TEXT", "this authority alone"},
    {"json", 0, NULL, "print it as JSON, with pseudonyms for names"},
    {"output", 'o', "FILE", "write it, with pseudonyms for names: .xlsx, .ods, .gpkg, or a folder of CSV files"},
    {"names", 0, NULL, "write names instead of pseudonyms"},
    {"key", 0, "FILE", "keep in FILE whose pseudonyms they are, and give the same again"},
    CLI_MAP_OPTION,
    CLI_WAIT_OPTION,
    CLI_OPEN_OPTIONS,
    {NULL, 0, NULL, NULL},
};

/* ---- The key --------------------------------------------------------------------------------------------- */

/* The folder that `path` lies in, or is to lie in, without links; NULL where it is not there. Freed by the caller. */
static char *folder_of(const char *path)
{
    size_t size = strlen(path);
    while (size > 0 && path[size - 1] == '/') /* a folder that is to be written */
        size--;
    while (size > 0 && path[size - 1] != '/')
        size--;
    char *folder = size > 0 ? strndup(path, size) : strdup(".");
    char *real = folder ? realpath(folder, NULL) : NULL;
    free(folder);
    return real;
}

/* Who gives away the folder of an export would give away the key with it. */
static ab_status refuse_beside(const char *key, const char *output, ab_error *err)
{
    char *of_key = folder_of(key), *of_output = folder_of(output), *itself = realpath(output, NULL);
    bool beside = of_key && ((of_output && strcmp(of_key, of_output) == 0) || (itself && strcmp(of_key, itself) == 0));
    free(of_key);
    free(of_output);
    free(itself);
    if (beside)
        return ab_fail(err, AB_USAGE, "the key must not lie beside what it opens: name a file in another folder than that of %s", output);
    return AB_OK;
}

/* Reads the key that is there. */
static ab_status read_key(const char *path, ab_pseudonyms **out, ab_error *err)
{
    struct stat info;
    ab_status status = ab_pseudonyms_new(out, err);

    if (status == AB_OK && path && stat(path, &info) == 0)
        status = ab_pseudonyms_read(path, *out, err);
    return status;
}

/* Writes what was added to it. A key in which nobody of this operation stood before is that of another one. */
static ab_status keep_key(const char *path, const ab_pseudonyms *key, int32_t before, int32_t used, ab_error *err)
{
    int32_t added = ab_pseudonyms_count(key) - before;

    if (before > 0 && used > 0 && added >= used)
        return ab_fail(err, AB_USAGE, "%s is the key of other names: nobody of this operation is in it; name another file", path);
    return added > 0 ? ab_pseudonyms_write(path, key, err) : AB_OK;
}

/* ---- What leaves ------------------------------------------------------------------------------------------- */

/* The result that leaves, with pseudonyms for names: those of the key, which is kept with what is new. */
static ab_status make_secret(const cli_given *given, const ab_operation *op, ab_ledger_request request, ab_result **out, ab_error *err)
{
    const char *path = cli_value(given, "key");
    ab_write_lock *lock = NULL; /* two runs at once would give one pseudonym to two names */
    ab_result *whole = NULL;
    int32_t before = 0;
    ab_status status = path ? cli_lock(given, path, &lock, err) : AB_OK;

    if (status == AB_OK)
        status = read_key(path, &request.key, err);
    if (status == AB_OK) { /* all authorities first, to count whom of them the key knows whoever is looked at */
        before = ab_pseudonyms_count(request.key);
        status = ab_flow_ledger(op, &(ab_ledger_request){request.at, NULL, request.key}, &whole, err);
    }
    if (status == AB_OK)
        status = ab_flow_ledger(op, &request, out, err);
    if (status == AB_OK && path)
        status = keep_key(path, request.key, before, ab_result_data(whole).rows[AB_TABLE_ledger].count, err);
    ab_result_free(whole);
    ab_pseudonyms_free(request.key);
    ab_lock_free(lock);
    return status;
}

/* As JSON or as a file, with pseudonyms or names. */
static ab_status send(const cli_given *given, const ab_operation *op, const ab_ledger_request *request, ab_error *err)
{
    const char *output = cli_value(given, "output");
    bool named = cli_value(given, "names") != NULL;
    ab_result *result = NULL;
    ab_status status = named ? ab_flow_ledger(op, request, &result, err) : make_secret(given, op, *request, &result, err);

    if (status == AB_OK) {
        ab_data results = ab_result_data(result);
        status = output ? cli_write_tables(given, output, &results, err) : ab_ledger_json(stdout, &results, err);
    }
    if (status == AB_OK && output)
        fprintf(stderr, "%s\n", named ? "It names who decides: for the team alone."
                                      : "Names are pseudonyms; what it says of them is for the team all the same.");
    ab_result_free(result);
    return status;
}

/* On the terminal, to who has the operation and so the names. */
static ab_status show(const ab_operation *op, const ab_ledger_request *request, ab_error *err)
{
    ab_result *result = NULL;
    ab_status status = ab_flow_ledger(op, request, &result, err);

    if (status == AB_OK) {
        ab_data results = ab_result_data(result);
        status = ab_ledger_print(stdout, &results, err);
    }
    ab_result_free(result);
    return status;
}

/* ---- The run ------------------------------------------------------------------------------------------------ */

static ab_status ledger(const cli_given *given, const char *path, ab_error *err)
{
    ab_open_options options = cli_open_options(given);
    ab_ledger_request request = {AB_TIME_NONE, cli_value(given, "authority"), NULL};
    ab_operation *op = NULL;

    ab_status status = cli_look_at(given, &request.at, err);
    if (status == AB_OK)
        status = cli_read_operation(path, &options, &op, NULL, err);
    if (status == AB_OK)
        status = cli_value(given, "json") || cli_value(given, "output") ? send(given, op, &request, err) : show(op, &request, err);
    ab_operation_free(op);
    return status;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    const char *output = cli_value(given, "output"), *key = cli_value(given, "key");
    bool json = cli_value(given, "json") != NULL;

    ab_status status = cli_look_out(given, err);
    if (status != AB_OK)
        return status;
    if (!json && !output && (key || cli_value(given, "names")))
        return ab_fail(err, AB_USAGE, "--key and --names go with --json or -o FILE: on the terminal names are shown");
    if (key && cli_value(given, "names"))
        return ab_fail(err, AB_USAGE, "say one of --key and --names: with names there is nothing to keep");
    if (key && strcmp(key, "-") == 0)
        return ab_fail(err, AB_USAGE, "--key takes a file: whoever reads standard output would have the key with the ledger");
    if (key && output && refuse_beside(key, output, err) != AB_OK)
        return AB_USAGE;
    return cli_on_file(given, ledger, err);
}

static const cli_example EXAMPLES[] = {
    {"airbridge ledger valley", "what became of what was asked, authority by authority"},
    {"airbridge ledger valley --at 2030-03-02T00:00Z", "as far as it was known then"},
    {"airbridge ledger valley -o ledger.xlsx", "the same as a workbook, with pseudonyms for names"},
    {NULL, NULL},
};

const cli_command cli_ledger = {
    .name = "ledger",
    .group = CLI_ASK,
    .argument = "OPERATION",
    .argument_required = true,
    .meaning = "tell each authority's record, asked to offloaded",
    .details = "For each authority: what was asked of it, answered, approved, what set out and was let through, kept whole, offloaded; and "
               "the chance of each next time, with its 90 % interval and what made it. What was known at as_of counts, or at the end where "
               "nobody says when now is. On the terminal names are shown; in what is written they are pseudonyms (A1, A2, ...) unless --names "
               "is said. With --key the same name keeps its pseudonym from run to run; the key is for its owner alone.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
