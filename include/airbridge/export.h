/* What libairbridge.so shows: it is built with hidden visibility, and only names marked AB_API are seen. */
#ifndef AIRBRIDGE_EXPORT_H
#define AIRBRIDGE_EXPORT_H

#if defined(__GNUC__)
#define AB_API __attribute__((visibility("default")))
#else
#define AB_API
#endif

#endif
