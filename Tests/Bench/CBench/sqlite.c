#include "bench.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static const char *tables =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE publication (source_id INTEGER NOT NULL, number INTEGER NOT NULL,"
    "  value_date INTEGER, first_seen INTEGER NOT NULL, PRIMARY KEY (source_id, number)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE observation (series_id INTEGER NOT NULL, publication INTEGER NOT NULL,"
    "  coefficient INTEGER, scale INTEGER NOT NULL, nominal INTEGER NOT NULL,"
    "  version INTEGER NOT NULL, published_change TEXT, PRIMARY KEY (series_id, publication)"
    ") STRICT, WITHOUT ROWID;";

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  return statement;
}

static bool run(sqlite3_stmt *statement) {
  bool done = sqlite3_step(statement) == SQLITE_DONE;
  sqlite3_reset(statement);
  return done;
}

static bool insert(sqlite3_stmt *statement, int64_t series, int64_t publication) {
  sqlite3_bind_int64(statement, 1, series);
  sqlite3_bind_int64(statement, 2, publication);
  sqlite3_bind_int64(statement, 3, 10000 + (publication * 7 + series) % 9000);
  return run(statement);
}

static const char *insertion =
    "INSERT INTO observation (series_id, publication, coefficient, scale, nominal, version)"
    " VALUES (?, ?, ?, 5, 1, 1)";

double bench_sqlite_append(const char *path, int transactions, int rows) {
  sqlite3 *db;
  if (sqlite3_open(path, &db) != SQLITE_OK ||
      sqlite3_exec(db, tables, NULL, NULL, NULL) != SQLITE_OK)
    return 0;
  sqlite3_stmt *add = prepared(db, insertion);
  sqlite3_stmt *publish = prepared(db, "INSERT INTO publication VALUES (1, ?, ?, ?)");
  double start = bench_now();
  for (int t = 1; t <= transactions; t++) {
    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    sqlite3_bind_int64(publish, 1, t);
    sqlite3_bind_int64(publish, 2, t);
    sqlite3_bind_int64(publish, 3, t * 86400000ll);
    run(publish);
    for (int row = 1; row <= rows; row++) insert(add, row, t);
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
  }
  double took = bench_now() - start;
  sqlite3_finalize(add);
  sqlite3_finalize(publish);
  sqlite3_close(db);
  return transactions * (double)rows / took;
}

int64_t bench_sqlite_fill(const char *path, int series, int publications, int64_t newest) {
  sqlite3 *db;
  if (sqlite3_open(path, &db) != SQLITE_OK) return 0;
  sqlite3_exec(db, "PRAGMA synchronous = OFF; BEGIN", NULL, NULL, NULL);
  sqlite3_exec(db, "INSERT INTO source (id, name) VALUES (1, 'bank')", NULL, NULL, NULL);
  sqlite3_stmt *publish = prepared(
      db, "INSERT INTO publication (source_id, number, value_date, first_seen, last_seen, body_hash)"
          " VALUES (1, ?, ?, ?, ?, '00000000000000000000000000000000')");
  sqlite3_stmt *name = prepared(
      db, "INSERT INTO series (id, source_id, base, quote, side, scale, listed)"
          " VALUES (?, 1, ?, 'USD', 'mid', 5, 1)");
  sqlite3_stmt *add = prepared(db, insertion);
  int64_t rows = 0;
  for (int p = 1; p <= publications; p++) {
    int64_t day = newest - publications + p;
    sqlite3_bind_int64(publish, 1, p);
    sqlite3_bind_int64(publish, 2, day);
    sqlite3_bind_int64(publish, 3, day * 86400000ll);
    sqlite3_bind_int64(publish, 4, day * 86400000ll);
    if (!run(publish)) return 0;
  }
  for (int s = 0; s < series; s++) {
    char code[4] = {'A' + s / 676 % 26, 'A' + s / 26 % 26, 'A' + s % 26, 0};
    sqlite3_bind_int64(name, 1, s + 1);
    sqlite3_bind_text(name, 2, code, 3, SQLITE_TRANSIENT);
    if (!run(name)) return 0;
    for (int p = 1; p <= publications; p++) rows += insert(add, s + 1, p);
  }
  sqlite3_finalize(publish);
  sqlite3_finalize(name);
  sqlite3_finalize(add);
  sqlite3_exec(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  return sqlite3_close(db) == SQLITE_OK ? rows : 0;
}

double bench_sqlite_lookup(const char *path, int series, int publications, int lookups, bool as_of) {
  sqlite3 *db;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) return 0;
  sqlite3_stmt *find = prepared(
      db, as_of ? "SELECT o.coefficient, o.scale FROM observation o WHERE o.series_id = ?1 AND"
                  " o.publication <= (SELECT number FROM publication WHERE source_id = 1 AND"
                  " first_seen <= ?2 ORDER BY first_seen DESC LIMIT 1)"
                  " ORDER BY o.publication DESC LIMIT 1"
                : "SELECT coefficient, scale FROM observation WHERE series_id = ?1"
                  " ORDER BY publication DESC LIMIT 1");
  sqlite3_int64 newest = 0;
  sqlite3_stmt *last = prepared(db, "SELECT max(first_seen) FROM publication");
  if (sqlite3_step(last) == SQLITE_ROW) newest = sqlite3_column_int64(last, 0);
  sqlite3_finalize(last);
  int64_t found = 0;
  double start = bench_now();
  for (int i = 0; i < lookups; i++) {
    sqlite3_bind_int64(find, 1, 1 + (i * 7919ll) % series);
    if (as_of) sqlite3_bind_int64(find, 2, newest - (i * 104729ll) % publications * 86400000ll);
    if (sqlite3_step(find) == SQLITE_ROW) found += sqlite3_column_int64(find, 0) > 0;
    sqlite3_reset(find);
  }
  double took = bench_now() - start;
  sqlite3_finalize(find);
  sqlite3_close(db);
  return found == lookups ? took / lookups : 0;
}

int64_t bench_sqlite_ask(const char *path, const char *question) {
  sqlite3 *db;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) return -1;
  sqlite3_stmt *ask = prepared(db, question);
  int64_t answer = sqlite3_step(ask) == SQLITE_ROW ? sqlite3_column_int64(ask, 0) : -1;
  sqlite3_finalize(ask);
  sqlite3_close(db);
  return answer;
}
