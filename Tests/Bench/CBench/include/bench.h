// What fxwatch is measured against and with: a loopback HTTP server, a process starter, and bare
// loops over the C libraries fxwatch builds on. All times are in seconds of CLOCK_MONOTONIC.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

double bench_now(void);

// Does nothing; tells callgrind (--dump-before=bench_mark) that what is counted begins or ends.
void bench_mark(void);

// --- loopback.c: one thread, any number of connections, GET gives the page, POST is counted.

typedef struct bench_server bench_server;

// Starts a server on a free port of 127.0.0.1; NULL where that is not possible.
bench_server *bench_server_start(uint16_t *port);

// Serves these bytes from now on.
void bench_server_show(bench_server *server, const void *bytes, size_t count, const char *type);

// When the page shown now was first sent whole; 0 where it was not yet.
double bench_server_served(bench_server *server);

// GET requests answered so far.
uint64_t bench_server_gets(bench_server *server);

// POST requests so far.
uint64_t bench_server_posts(bench_server *server);

// Waits for so many events in all, at most so long; gives how many POST requests there are by then.
uint64_t bench_server_wait_events(bench_server *server, uint64_t events, double seconds);

// How many events the first so many POST requests had: alerts that fire, by their type.
uint64_t bench_server_events(bench_server *server, uint64_t posts);

// Waits for so many GET requests in all, at most so long; gives how many there are.
uint64_t bench_server_wait_gets(bench_server *server, uint64_t gets, double seconds);

// When POST request number `index` (from 0) was whole, and a hash of its webhook-id header.
double bench_server_post_time(bench_server *server, uint64_t index);
uint64_t bench_server_post_id(bench_server *server, uint64_t index);

// --- process.c

// Runs `program run --config config`, its output in `log`; gives its pid once it says READY=1, and
// how long that took; -1 where it does not within 60 s.
pid_t bench_daemon_start(const char *program, const char *config, const char *log, double *took);

// Asks it to end, and waits until it has.
void bench_daemon_stop(pid_t pid);

// Processor time a process used so far, in seconds.
double bench_cpu(pid_t pid);

// Bytes of this process's heap that are in use.
size_t bench_heap(void);

// Runs a script with three arguments, and gives the processor time it and what it started took, in
// seconds; below 0 where it fails.
double bench_script(const char *script, const char *first, const char *second, const char *third);

// --- sqlite.c: bare SQLite with fxwatch's table of observations

// Appends `transactions` of `rows` each with synchronous=FULL to a new file; gives rows a second.
double bench_sqlite_append(const char *path, int transactions, int rows);

// Fills fxwatch's own database with `series` of `publications` each, one a day before `newest`
// (days since 1970); gives rows written, 0 where it cannot.
int64_t bench_sqlite_fill(const char *path, int series, int publications, int64_t newest);

// Seconds for one lookup of the latest figure of a series, or of that known at an instant.
double bench_sqlite_lookup(const char *path, int series, int publications, int lookups, bool as_of);

// The first number of the answer to a question; -1 where there is none.
int64_t bench_sqlite_ask(const char *path, const char *question);

// --- curl.c: a bare libcurl multi loop

// Requests a second over so many connections; a POST of `body` bytes where that is not 0.
double bench_curl(const char *url, int connections, int requests, size_t body);

// --- readers.c

// Seconds to scan a ticker whose lines are known; `found` gives how many.
double bench_scan_ticker(const char *text, size_t count, int64_t *found);

// Seconds to build libxml2's tree of an HTML page and read two cells of each row by XPath.
double bench_html(const char *text, size_t count, const char *rows, const char *first,
                  const char *second, int64_t *found);
