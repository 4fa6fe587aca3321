#pragma once
// libmicrohttpd, with wrappers for what Swift cannot call or name: variadic functions and enumerations.
#include <microhttpd.h>

// Starts a server of one thread with epoll, whose connections can be suspended; the options end with
// MHD_OPTION_END. NULL on failure.
static inline struct MHD_Daemon *fx_start_server(
    MHD_AccessHandlerCallback handler, void *context, const struct MHD_OptionItem *options) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handler, context,
      MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

// Functions as the integers that options carry.
static inline intptr_t fx_completion(MHD_RequestCompletedCallback callback) { return (intptr_t)callback; }

typedef void *(*fx_target_callback)(void *context, const char *target, struct MHD_Connection *connection);
static inline intptr_t fx_target(fx_target_callback callback) { return (intptr_t)callback; }

// Calls back with each header of a request.
static inline int fx_headers(
    struct MHD_Connection *connection, MHD_KeyValueIteratorN callback, void *context) {
  return MHD_get_connection_values_n(connection, MHD_HEADER_KIND, callback, context);
}

// Returns a response whose body comes from a callback until that ends it; `done` is called with the context
// when it is no longer used. NULL without memory.
static inline struct MHD_Response *fx_stream(
    MHD_ContentReaderCallback reader, void *context, MHD_ContentReaderFreeCallback done) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, reader, context, done);
}

// Returns a response with a copy of a body; NULL without memory.
static inline struct MHD_Response *fx_response(const void *body, size_t count) {
  return MHD_create_response_from_buffer(count, (void *)body, MHD_RESPMEM_MUST_COPY);
}
