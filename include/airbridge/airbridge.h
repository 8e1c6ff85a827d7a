/* Airbridge: plans relief into places that are cut off. One header for users.
 *
 * Calls return ab_status and take an ab_error that the caller owns (NULL is allowed). Objects made by
 * ab_…_make or ab_…_read are freed by the function that their header names; freeing NULL is fine. Once
 * made they are never changed, so threads may share them. Nothing here keeps state between calls. */
#ifndef AIRBRIDGE_H
#define AIRBRIDGE_H

#include "airbridge/access.h"
#include "airbridge/authority.h"
#include "airbridge/diff.h"
#include "airbridge/drop.h"
#include "airbridge/error.h"
#include "airbridge/events.h"
#include "airbridge/flow.h"
#include "airbridge/forecast.h"
#include "airbridge/io.h"
#include "airbridge/loading.h"
#include "airbridge/map.h"
#include "airbridge/model_text.h"
#include "airbridge/need.h"
#include "airbridge/number.h"
#include "airbridge/operation.h"
#include "airbridge/plan.h"
#include "airbridge/pseudonym.h"
#include "airbridge/ranks.h"
#include "airbridge/ration.h"
#include "airbridge/record.h"
#include "airbridge/report.h"
#include "airbridge/route.h"
#include "airbridge/schema.h"
#include "airbridge/score.h"
#include "airbridge/time.h"
#include "airbridge/trips.h"
#include "airbridge/verify.h"
#include "airbridge/version.h"
#include "airbridge/wind.h"

#endif
