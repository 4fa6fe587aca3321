#define _GNU_SOURCE
#include "bench.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_BYTES = 1 << 16, MOST_POSTS = 1 << 22 };

typedef struct {
  int fd;
  size_t have, body_left, out_sent, out_size;
  bool is_post, is_page, waits_to_send;
  uint64_t id, events;
  size_t matched;
  char *out;
  char in[REQUEST_BYTES];
} connection;

struct bench_server {
  int listener, poll;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  char *page;
  size_t page_size;
  double served;
  uint64_t gets, posts, page_number;
  double *post_times;
  uint64_t *post_ids, *post_events, events;
  // The counts that waiting threads need: they are woken only when these are reached.
  uint64_t *awaited, wanted;
};

double bench_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

// Call with the lock held, after incrementing a counter.
static void tell(bench_server *server) {
  if (server->awaited && *server->awaited >= server->wanted)
    pthread_cond_broadcast(&server->changed);
}

static void hang_up(bench_server *server, connection *c) {
  epoll_ctl(server->poll, EPOLL_CTL_DEL, c->fd, NULL);
  close(c->fd);
  free(c->out);
  free(c);
}

// Sends the remaining bytes; returns false if the connection is closed.
static bool flush(bench_server *server, connection *c) {
  while (c->out_sent < c->out_size) {
    ssize_t sent = send(c->fd, c->out + c->out_sent, c->out_size - c->out_sent, MSG_NOSIGNAL);
    if (sent > 0) {
      c->out_sent += sent;
    } else if (errno == EAGAIN) {
      struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
      epoll_ctl(server->poll, EPOLL_CTL_MOD, c->fd, &event);
      c->waits_to_send = true;
      return true;
    } else if (errno != EINTR) {
      return false;
    }
  }
  if (c->out_size > 0) {
    pthread_mutex_lock(&server->lock);
    if (c->is_page) {
      server->gets++;
      if (server->served == 0 && c->is_page) server->served = bench_now();
      tell(server);
    }
    pthread_mutex_unlock(&server->lock);
    c->out_size = c->out_sent = 0;
    if (c->waits_to_send) {
      struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
      epoll_ctl(server->poll, EPOLL_CTL_MOD, c->fd, &event);
      c->waits_to_send = false;
    }
  }
  return true;
}

static const char *header(const char *head, const char *end, const char *name) {
  size_t length = strlen(name);
  for (const char *line = head; line < end;) {
    const char *next = memmem(line, end - line, "\r\n", 2);
    if (!next) break;
    if ((size_t)(next - line) > length && !strncasecmp(line, name, length)) return line + length;
    line = next + 2;
  }
  return NULL;
}

static uint64_t hash(const char *text) {
  uint64_t value = 14695981039346656037ull;
  for (; text && *text != '\r' && *text != '\n' && *text; text++)
    value = (value ^ (unsigned char)*text) * 1099511628211ull;
  return value;
}

static void answer(bench_server *server, connection *c) {
  free(c->out);
  c->out_sent = 0;
  pthread_mutex_lock(&server->lock);
  if (c->is_page) {
    c->out = malloc(server->page_size);
    c->out_size = server->page_size;
    memcpy(c->out, server->page, server->page_size);
  } else {
    static const char done[] = "HTTP/1.1 204 No Content\r\n\r\n";
    c->out = strdup(done);
    c->out_size = sizeof done - 1;
    if (server->posts < MOST_POSTS) {
      server->events += c->events;
      server->post_times[server->posts] = bench_now();
      server->post_ids[server->posts] = c->id;
      server->post_events[server->posts++] = server->events;
    }
    tell(server);
  }
  pthread_mutex_unlock(&server->lock);
}

// Counts the events in a part of a body by their types.
static void count_events(connection *c, const char *bytes, size_t count) {
  static const char type[] = "\"alert.firing\"";
  for (size_t i = 0; i < count; i++) {
    if (bytes[i] == type[c->matched]) {
      if (++c->matched < sizeof type - 1) continue;
      c->events++;
      c->matched = 0;
    } else {
      c->matched = bytes[i] == '"';
    }
  }
}

// Reads complete requests; returns false if the connection is closed.
static bool take(bench_server *server, connection *c) {
  for (;;) {
    if (c->body_left > 0) {
      size_t part = c->have < c->body_left ? c->have : c->body_left;
      count_events(c, c->in, part);
      memmove(c->in, c->in + part, c->have - part);
      c->have -= part;
      c->body_left -= part;
      if (c->body_left > 0) return true;
      answer(server, c);
      if (!flush(server, c)) return false;
      continue;
    }
    char *end = memmem(c->in, c->have, "\r\n\r\n", 4);
    if (!end) return c->have < REQUEST_BYTES;
    c->is_post = c->in[0] == 'P';
    c->is_page = !c->is_post;
    const char *length = header(c->in, end + 2, "content-length:");
    size_t body = length ? strtoul(length, NULL, 10) : 0;
    if (c->is_post) {
      c->id = hash(header(c->in, end + 2, "webhook-id:"));
      c->events = c->matched = 0;
    }
    size_t head = end + 4 - c->in;
    memmove(c->in, c->in + head, c->have - head);
    c->have -= head;
    c->body_left = body;
    if (body == 0) {
      answer(server, c);
      if (!flush(server, c)) return false;
    }
  }
}

static void *serve(void *argument) {
  bench_server *server = argument;
  struct epoll_event events[64];
  for (;;) {
    int count = epoll_wait(server->poll, events, 64, -1);
    for (int i = 0; i < count; i++) {
      connection *c = events[i].data.ptr;
      if (!c) {
        int fd = accept4(server->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) continue;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        c = calloc(1, sizeof *c);
        c->fd = fd;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(server->poll, EPOLL_CTL_ADD, fd, &event);
        continue;
      }
      bool alive = true;
      if (events[i].events & EPOLLOUT) alive = flush(server, c);
      if (alive && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        ssize_t got = recv(c->fd, c->in + c->have, REQUEST_BYTES - c->have, 0);
        if (got > 0) {
          c->have += got;
          alive = take(server, c);
        } else {
          alive = got < 0 && (errno == EAGAIN || errno == EINTR);
        }
      }
      if (!alive) hang_up(server, c);
    }
  }
  return NULL;
}

bench_server *bench_server_start(uint16_t *port) {
  bench_server *server = calloc(1, sizeof *server);
  server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(server->listener, (struct sockaddr *)&address, size) != 0 ||
      listen(server->listener, 128) != 0 ||
      getsockname(server->listener, (struct sockaddr *)&address, &size) != 0)
    return NULL;
  *port = ntohs(address.sin_port);
  server->poll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(server->poll, EPOLL_CTL_ADD, server->listener, &event);
  pthread_mutex_init(&server->lock, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&server->changed, &attributes);
  server->post_times = calloc(MOST_POSTS, sizeof(double));
  server->post_ids = calloc(MOST_POSTS, sizeof(uint64_t));
  server->post_events = calloc(MOST_POSTS, sizeof(uint64_t));
  bench_server_show(server, "", 0, "text/plain");
  pthread_t thread;
  if (pthread_create(&thread, NULL, serve, server) != 0) return NULL;
  pthread_detach(thread);
  return server;
}

void bench_server_show(bench_server *server, const void *bytes, size_t count, const char *type) {
  char head[256];
  int size = snprintf(head, sizeof head,
                      "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", type,
                      count);
  char *page = malloc(size + count);
  memcpy(page, head, size);
  memcpy(page + size, bytes, count);
  pthread_mutex_lock(&server->lock);
  free(server->page);
  server->page = page;
  server->page_size = size + count;
  server->served = 0;
  pthread_mutex_unlock(&server->lock);
}

double bench_server_served(bench_server *server) {
  pthread_mutex_lock(&server->lock);
  double served = server->served;
  pthread_mutex_unlock(&server->lock);
  return served;
}

uint64_t bench_server_gets(bench_server *server) { return bench_server_wait_gets(server, 0, 0); }

static uint64_t wait_for(bench_server *server, uint64_t *counter, uint64_t wanted, double seconds) {
  double end = bench_now() + seconds;
  struct timespec limit = {.tv_sec = (time_t)end, .tv_nsec = (long)((end - (time_t)end) * 1e9)};
  pthread_mutex_lock(&server->lock);
  server->awaited = counter;
  server->wanted = wanted;
  while (*counter < wanted &&
         pthread_cond_timedwait(&server->changed, &server->lock, &limit) != ETIMEDOUT) {
  }
  server->awaited = NULL;
  uint64_t count = *counter;
  pthread_mutex_unlock(&server->lock);
  return count;
}

uint64_t bench_server_wait_events(bench_server *server, uint64_t events, double seconds) {
  wait_for(server, &server->events, events, seconds);
  return bench_server_posts(server);
}

uint64_t bench_server_posts(bench_server *server) { return wait_for(server, &server->posts, 0, 0); }

uint64_t bench_server_wait_gets(bench_server *server, uint64_t gets, double seconds) {
  return wait_for(server, &server->gets, gets, seconds);
}

uint64_t bench_server_events(bench_server *server, uint64_t posts) {
  return posts > 0 ? server->post_events[posts - 1] : 0;
}

double bench_server_post_time(bench_server *server, uint64_t index) {
  return server->post_times[index];
}

uint64_t bench_server_post_id(bench_server *server, uint64_t index) {
  return server->post_ids[index];
}
