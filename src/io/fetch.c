#include "io/fetch.h"

#include <cpl_http.h>
#include <cpl_string.h>

#include "io/gdal.h"

enum { LARGEST = 1 << 30 };

static ab_status take(const CPLHTTPResult *result, const char *name, const ab_gdal *gdal,
                      ab_buf *out, ab_error *err)
{
    if (result == NULL || result->nStatus != 0 || result->pszErrBuf != NULL)
        return ab_fail(err, AB_IO, "%s cannot be fetched: %s", name,
                       result != NULL && result->pszErrBuf != NULL ? result->pszErrBuf
                       : gdal->why[0] != '\0'                      ? gdal->why
                                                                   : "no answer");
    if (result->nDataLen <= 0 || result->nDataLen > LARGEST)
        return ab_fail(err, AB_IO, "%s is %s", name,
                       result->nDataLen <= 0 ? "empty" : "larger than 1 GiB");
    ab__buf_add_n(out, (const char *)result->pabyData, (size_t)result->nDataLen);
    return out->failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was fetched", name)
                       : AB_OK;
}

ab_status ab__fetch(const char *address, const char *name, ab_buf *out, ab_error *err)
{
    ab_gdal gdal;
    char **options = NULL;

    ab__gdal_start(&gdal);
    options = CSLSetNameValue(options, "CONNECTTIMEOUT", "30");
    options = CSLSetNameValue(options, "TIMEOUT", "300");
    CPLHTTPResult *result = CPLHTTPFetch(address, options);
    ab_status status = take(result, name, &gdal, out, err);
    CPLHTTPDestroyResult(result);
    CSLDestroy(options);
    ab__gdal_end(&gdal);
    return status;
}
