#define _GNU_SOURCE
#include "bench.h"
#include <postgresql/libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *tables =
    "DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare;"
    "CREATE TABLE bare.publication (source_id bigint NOT NULL, number bigint NOT NULL,"
    "  value_date bigint, first_seen bigint NOT NULL, PRIMARY KEY (source_id, number));"
    "CREATE TABLE bare.observation (series_id bigint NOT NULL, publication bigint NOT NULL,"
    "  coefficient bigint, nominal bigint NOT NULL, scale smallint NOT NULL,"
    "  version integer NOT NULL, published_change text, PRIMARY KEY (series_id, publication));";

static bool ask(PGconn *connection, const char *sql) {
  PGresult *result = PQexec(connection, sql);
  ExecStatusType status = PQresultStatus(result);
  PQclear(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

// Sends a statement with up to two parameters as texts.
static bool send(PGconn *connection, const char *sql, int count, const char *first,
                 const char *second) {
  const char *values[] = {first, second};
  return PQsendQueryParams(connection, sql, count, NULL, values, NULL, NULL, 1) == 1;
}

// Reads the results of `statements` and of the end of the pipeline.
static bool finish(PGconn *connection, int statements) {
  bool works = PQpipelineSync(connection) == 1;
  while (works) {
    PGresult *result = PQgetResult(connection);
    if (result == NULL) {
      statements--;
      continue;
    }
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC) return statements == 0;
    works = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
  }
  return false;
}

// Writes `{1,2,3}`, each number made from its index and `seed`, or the index alone.
static void write_array(char *text, int count, int64_t seed) {
  char *next = text;
  *next++ = '{';
  for (int i = 0; i < count; i++) {
    int64_t number = seed == 0 ? i + 1 : 10000 + (seed * 7 + i) % 9000;
    next += sprintf(next, i == 0 ? "%lld" : ",%lld", (long long)number);
  }
  memcpy(next, "}", 2);
}

double bench_postgres_append(const char *database, int transactions, int rows) {
  PGconn *connection = PQconnectdb(database);
  double start = 0;
  bool works = PQstatus(connection) == CONNECTION_OK &&
               ask(connection, "SET client_min_messages = warning") && ask(connection, tables) &&
               PQenterPipelineMode(connection) == 1;
  char *series = malloc(rows * 12 + 3), *rates = malloc(rows * 12 + 3);
  write_array(series, rows, 0);
  // The first transaction is not measured.
  for (int t = 0; works && t <= transactions; t++) {
    if (t == 1) start = bench_now();
    char number[16], instant[32];
    snprintf(number, sizeof number, "%d", t);
    snprintf(instant, sizeof instant, "%lld", t * 86400000ll);
    write_array(rates, rows, t + 1);
    char add[256];
    snprintf(add, sizeof add,
             "INSERT INTO bare.observation SELECT s, %d, r, 1, 5, 1, NULL"
             " FROM unnest($1::bigint[], $2::bigint[]) AS t(s, r)", t);
    works = send(connection, "BEGIN", 0, NULL, NULL) &&
            send(connection, "INSERT INTO bare.publication VALUES (1, $1, $1, $2)", 2, number,
                 instant) &&
            send(connection, add, 2, series, rates) && send(connection, "COMMIT", 0, NULL, NULL) &&
            finish(connection, 4);
  }
  double took = bench_now() - start;
  free(series);
  free(rates);
  PQfinish(connection);
  return works ? transactions * (double)rows / took : 0;
}
