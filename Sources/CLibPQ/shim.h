#pragma once
// libpq, opened when a config names a PostgreSQL database. The program is not linked with it, so that an
// installation with SQLite does not need the package libpq5.
#include <dlfcn.h>
#include <poll.h>
#include <postgresql/libpq-fe.h>
#include <stddef.h>

// The functions of libpq that are used, with the types of its header.
#define FX_LIBPQ_FUNCTIONS(function) \
  function(PQconnectStartParams) function(PQconnectPoll) function(PQfinish) \
  function(PQconninfoParse) function(PQconninfoFree) function(PQfreemem) function(PQstatus) \
  function(PQsocket) function(PQerrorMessage) function(PQserverVersion) \
  function(PQtransactionStatus) function(PQsetnonblocking) function(PQflush) \
  function(PQenterPipelineMode) function(PQpipelineSync) function(PQsendQueryParams) \
  function(PQconsumeInput) function(PQisBusy) function(PQgetResult) function(PQresultStatus) \
  function(PQresultErrorField) function(PQntuples) function(PQnfields) function(PQfname) \
  function(PQgetisnull) function(PQgetlength) function(PQgetvalue) function(PQcmdTuples) \
  function(PQclear) function(PQsetNoticeProcessor)

typedef struct fx_libpq {
#define FX_LIBPQ_MEMBER(name) __typeof__(&name) name;
  FX_LIBPQ_FUNCTIONS(FX_LIBPQ_MEMBER)
#undef FX_LIBPQ_MEMBER
} fx_libpq;

// Opens libpq and looks its functions up; returns 0 if it is not installed or lacks one of them.
static inline int fx_libpq_open(fx_libpq *table) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
#define FX_LIBPQ_LOOKUP(name) \
  if ((table->name = (__typeof__(&name))dlsym(library, #name)) == NULL) return 0;
  FX_LIBPQ_FUNCTIONS(FX_LIBPQ_LOOKUP)
#undef FX_LIBPQ_LOOKUP
  return 1;
}

// Keeps the server's notices from standard error.
static inline void fx_libpq_ignore_notice(void *context, const char *text) {
  (void)context;
  (void)text;
}
static inline void fx_libpq_ignore_notices(const fx_libpq *table, PGconn *connection) {
  table->PQsetNoticeProcessor(connection, fx_libpq_ignore_notice, NULL);
}
