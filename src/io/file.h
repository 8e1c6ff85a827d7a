/* Names of files that are open already. */
#ifndef IO_FILE_H
#define IO_FILE_H

/* The descriptor that `path` names, as "-" and /dev/stdout do, or -1. */
int ab__named_descriptor(const char *path);

#endif
