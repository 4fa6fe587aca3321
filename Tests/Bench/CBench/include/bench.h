// The parts of the bench in C: a loopback HTTP server, a process starter, and baselines: plain
// loops over the C libraries fxwatch builds on. All times are in seconds of CLOCK_MONOTONIC.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

double bench_now(void);

// Does nothing; marks the start and end of a count for callgrind (--dump-before=bench_mark).
void bench_mark(void);

// --- loopback.c: one thread, any number of connections; serves the page for GET and counts POST requests.

typedef struct bench_server bench_server;

// Starts a server on a free port of 127.0.0.1; returns NULL on failure.
bench_server *bench_server_start(uint16_t *port);

// Serves these bytes from now on.
void bench_server_show(bench_server *server, const void *bytes, size_t count, const char *type);

// Returns the time at which the current page was first sent completely; 0 if it was not.
double bench_server_served(bench_server *server);

// Returns the number of answered GET requests.
uint64_t bench_server_gets(bench_server *server);

// Returns the number of POST requests.
uint64_t bench_server_posts(bench_server *server);

// Waits until this many events have arrived, or for the timeout; returns the number of POST requests.
uint64_t bench_server_wait_events(bench_server *server, uint64_t events, double seconds);

// Returns the number of events (alert.firing) in the first POST requests.
uint64_t bench_server_events(bench_server *server, uint64_t posts);

// Waits until this many GET requests have arrived, or for the timeout; returns their number.
uint64_t bench_server_wait_gets(bench_server *server, uint64_t gets, double seconds);

// Returns the time at which POST request `index` (from 0) was complete, and a hash of its webhook-id.
double bench_server_post_time(bench_server *server, uint64_t index);
uint64_t bench_server_post_id(bench_server *server, uint64_t index);

// --- process.c

// Runs `program run --config config`, its output in `log`; returns its pid after READY=1, and the time
// until then; -1 if it is not ready within 60 s.
pid_t bench_daemon_start(const char *program, const char *config, const char *log, double *took);

// Waits until a file of up to 64 KiB contains a text, or for the timeout; returns false then.
bool bench_wait_for_text(const char *file, const char *text, double seconds);

// Sends SIGTERM and waits for the exit.
void bench_daemon_stop(pid_t pid);

// Returns the processor time of a process so far, in seconds.
double bench_cpu(pid_t pid);

// Returns the bytes in use of this process's heap.
size_t bench_heap(void);

// Runs a script with three arguments; returns the processor time of it and its children in seconds; below
// 0 if it fails.
double bench_script(const char *script, const char *first, const char *second, const char *third);

// --- sqlite.c: plain SQLite with fxwatch's table of observations

// Appends `transactions` of `rows` each with synchronous=FULL to a new file; returns rows per second.
double bench_sqlite_append(const char *path, int transactions, int rows);

// Fills fxwatch's own database with `series` of `publications` each, one a day before `newest`
// (days since 1970); returns the rows written, 0 on failure.
int64_t bench_sqlite_fill(const char *path, int series, int publications, int64_t newest);

// Returns the seconds of one lookup of the latest rate of a series, or of the rate at an instant.
double bench_sqlite_lookup(const char *path, int series, int publications, int lookups, bool as_of);

// Returns the first number of a query's result; -1 if there is none.
int64_t bench_sqlite_ask(const char *path, const char *question);

// --- postgres.c: plain libpq in pipeline mode, with fxwatch's table of observations

// Appends `transactions` of `rows` each, one round trip each, to a database; returns rows per second, 0 on
// failure.
double bench_postgres_append(const char *database, int transactions, int rows);

// --- curl.c: a plain libcurl multi loop

// Returns the requests per second over this many connections; POST of `body` bytes unless 0.
double bench_curl(const char *url, int connections, int requests, size_t body);

// --- readers.c

// Returns the seconds of scanning a ticker; `found` is the number of its lines.
double bench_scan_ticker(const char *text, size_t count, int64_t *found);

// Returns the seconds of building libxml2's tree of an HTML page and reading two cells of each row by
// XPath.
double bench_html(const char *text, size_t count, const char *rows, const char *first,
                  const char *second, int64_t *found);
