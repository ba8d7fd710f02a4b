/* The event of TracerEmit, for LTTng-UST. */
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER bench

#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "./request.h"

#if !defined(REQUEST_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define REQUEST_H

#include <lttng/tracepoint.h>
#include <stdint.h>

LTTNG_UST_TRACEPOINT_EVENT(
	bench, request,
	LTTNG_UST_TP_ARGS(int64_t, id, int32_t, status, const char *, path),
	LTTNG_UST_TP_FIELDS(
		lttng_ust_field_integer(int64_t, id, id)
		lttng_ust_field_integer(int32_t, status, status)
		lttng_ust_field_string(path, path)
	)
)

#endif

#include <lttng/tracepoint-event.h>
