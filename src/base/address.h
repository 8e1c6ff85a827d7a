/* Addresses as they may be shown: what is printed is read by others, kept in logs, and sent on. */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Takes out of every address SCHEME://… in `text`, in place: user and password, and everything from `?` or `#` on,
 * where signatures and keys stand. Of postgresql:// the user and what is no secret (schema, sslmode, host, port, user)
 * stay. Also the value of every `password=`. Where an `@` may belong to either (a password with a `/` in it), only
 * what stands before the first of `:/?#` is left of what follows the scheme. An address ends at a space; `cut`: the
 * text ends within one, perhaps. */
void ab__address_redact(char *text, bool cut);

/* The same where the whole of `text` is one name: spaces do not end it. */
void ab__address_redact_name(char *text);

#endif
