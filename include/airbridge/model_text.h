/* How an engine tells others the linear programme that it solves, so that they can judge it. */
#ifndef AIRBRIDGE_MODEL_TEXT_H
#define AIRBRIDGE_MODEL_TEXT_H

#include <stddef.h>

#include "airbridge/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes a programme of `size` bytes in CPLEX's LP format; called once, before it is solved. The text belongs to
 * the caller. What it returns but AB_OK ends the engine's work. */
typedef ab_status ab_model_text_fn(void *context, const char *text, size_t size, ab_error *err);

#ifdef __cplusplus
}
#endif
#endif
