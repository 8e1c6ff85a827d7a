/* Open files of this process. */
#ifndef IO_DESCRIPTORS_H
#define IO_DESCRIPTORS_H

#include <stdbool.h>

/* Closes every descriptor from `first` on. false: some may be open still. */
bool ab__close_from(int first);

/* The same where the kernel has no call for it (Linux before 5.9), or a sandbox forbids that call: one by one, as
 * /proc lists them; without /proc each that may be there. */
bool ab__close_each_from(int first);

#endif
