/* How a call says that it failed. The caller owns the error; there is no last-error state.
 * Flaws in the data are not failures of a call: they are rows of an issue list (schema.h). */
#ifndef AIRBRIDGE_ERROR_H
#define AIRBRIDGE_ERROR_H

#include "airbridge/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ab_status {
#define AB_STATUS(name, exit_code, text) AB_##name,
#include "airbridge/status.def"
#undef AB_STATUS
} ab_status;

enum { AB_ERROR_CAP = 1024 };

/* `message` is one UTF-8 sentence for a person: what was found and what to do. Empty when AB_OK. */
typedef struct ab_error {
    ab_status status;
    char message[AB_ERROR_CAP];
} ab_error;

#define AB_ERROR_INIT {AB_OK, ""}

/* Fills `err` (NULL is allowed: the message is then lost) and returns `status`. Long messages are
 * cut at a character's border. Users, passwords and queries are taken out of the addresses in it: what is printed is
 * read by others, and kept. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
AB_API ab_status ab_fail(ab_error *err, ab_status status, const char *format, ...);

/* The name of a file, or an address, as it may be printed: the same is taken out of it. Returns `out`. */
AB_API const char *ab_name_shown(const char *name, char out[AB_ERROR_CAP]);

/* A short lower-case text for `status`; never NULL. */
AB_API const char *ab_status_text(ab_status status);

/* The process exit code for `status`: 0 fine, 1 flaws in the data, 2 wrong use, 3 infeasible,
 * 4 failure of the machine, 5 interrupted. */
AB_API int ab_status_exit_code(ab_status status);

#ifdef __cplusplus
}
#endif
#endif
