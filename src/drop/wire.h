/* Drops as bytes, for ranks of one program on machines of one kind. */
#ifndef DROP_WIRE_H
#define DROP_WIRE_H

#include "base/buf.h"
#include "drop/job.h"

/* Adds `done` and, if it is AB__WORKED, the drop with all that it points to. */
void ab__drop_pack(ab_buf *out, ab__worked done, const ab_airdrop *drop);

typedef struct ab__packed {
    const char *at, *end;
} ab__packed;

/* Takes the next from the bytes; lists in `keep`, the wind in an arena of its own. false: out of memory, or the bytes are none of ab__drop_pack. */
bool ab__drop_unpack(ab__packed *from, ab_arena *keep, ab__worked *done, ab_airdrop *drop);

#endif
