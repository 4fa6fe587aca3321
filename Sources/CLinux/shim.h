#pragma once
// What the network's thread is started with and waits by: Swift's own Glibc module leaves out epoll
// and eventfd.
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// Starts a thread that nobody joins and that takes no signals; 0 or the error's number.
static inline int fx_thread_start(pthread_t *thread, void *(*body)(void *), void *argument) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = pthread_create(thread, 0, body, argument);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  if (error == 0) pthread_detach(*thread);
  return error;
}

// Names the calling thread; the system keeps 15 bytes.
static inline void fx_thread_set_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

static inline int fx_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

// A descriptor that becomes ready each time it is written to.
static inline int fx_bell_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline void fx_bell_ring(int bell) { (void)eventfd_write(bell, 1); }

// Makes `descriptor` a member waited for with `events`, whether or not it was one; 0 on success.
static inline int fx_epoll_watch(int set, int descriptor, unsigned int events) {
  struct epoll_event event = {.events = events, .data = {.fd = descriptor}};
  if (epoll_ctl(set, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
  return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

static inline void fx_epoll_forget(int set, int descriptor) {
  struct epoll_event event = {0};
  epoll_ctl(set, EPOLL_CTL_DEL, descriptor, &event);
}
