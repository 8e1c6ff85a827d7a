#include "cli/cli.h"

ab_status cli_write_model(void *context, const char *text, size_t size, ab_error *err)
{
    const char *const *path = context;

    return ab_file_write(*path, text, size, err);
}
