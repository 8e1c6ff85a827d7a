#include <string.h>

#include "cli/cli.h"

static const cli_option OPTIONS[] = {
    {"labels", 0, "en|fr|ar", "write headers as people say them in this language"},
    {"json", 0, NULL, "print what was made as JSON"},
    CLI_WAIT_OPTION,
    {NULL, 0, NULL, NULL},
};

static ab_status language_from(const cli_given *given, ab_language *out, ab_error *err)
{
    static const char *const CODES[AB_LANGUAGES] = {"en", "fr", "ar"};
    const char *word = cli_value(given, "labels");

    *out = AB_LANGUAGES;
    for (int i = 0; word && i < AB_LANGUAGES; i++)
        if (strcmp(word, CODES[i]) == 0)
            *out = (ab_language)i;
    return word && *out == AB_LANGUAGES
               ? ab_fail(err, AB_USAGE, "--labels takes en, fr or ar, not \"%s\"", word)
               : AB_OK;
}

static ab_status run(const cli_given *given, ab_error *err)
{
    ab_language language;
    ab_write_lock *lock = NULL;
    ab_status status = language_from(given, &language, err);

    if (status == AB_OK)
        status = cli_lock(given, given->argument, &lock, err);
    if (status == AB_OK)
        status = ab_template_write(given->argument, ab_input_schema(), language, err);
    ab_lock_free(lock);
    if (status != AB_OK)
        return status;
    if (cli_value(given, "json")) {
        printf("{\"tables\": %d}\n", (int)ab_input_schema()->count);
    } else {
        char shown[AB_ERROR_CAP];
        (void)ab_name_shown(given->argument, shown);
        printf("Made %s: one CSV file a table, with headers, hashtags and a tiny example.\n"
               "Write your rows over the example's, then:\n"
               "  airbridge check %s\n  airbridge plan %s\n",
               shown, shown, shown);
    }
    return AB_OK;
}

static const cli_example EXAMPLES[] = {
    {"airbridge init valley", "folder valley: one CSV file a table, with a tiny example"},
    {NULL, NULL},
};

const cli_command cli_init = {
    .name = "init",
    .group = CLI_BEGIN,
    .argument = "DIR",
    .argument_required = true,
    .meaning = "make an operation to fill in, with a tiny example",
    .details =
        "Makes folder DIR with one CSV file a table: a header, a line of HXL hashtags, and a few rows of a "
        "tiny example that is made up and can be planned as it is. Write your rows over them.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = run,
};
