#pragma once
// System calls that Swift's Glibc module lacks: epoll, eventfd, pidfd and prctl.
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

// Starts a detached thread with all signals blocked; returns 0 or an error number.
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

// Returns a descriptor that becomes ready each time it is written to.
static inline int fx_wake_up_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline void fx_wake_up_send(int descriptor) { (void)eventfd_write(descriptor, 1); }

// Adds a descriptor to an epoll set, or changes the events it is watched for; returns 0 on success.
static inline int fx_epoll_watch(int set, int descriptor, unsigned int events) {
  struct epoll_event event = {.events = events, .data = {.fd = descriptor}};
  if (epoll_ctl(set, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
  return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

static inline void fx_epoll_forget(int set, int descriptor) {
  struct epoll_event event = {0};
  epoll_ctl(set, EPOLL_CTL_DEL, descriptor, &event);
}

// glibc declares syscall in <unistd.h>; including that here would take its names away from the other
// modules.
long syscall(long, ...);

// Returns a descriptor of a running process; -1 with errno on failure.
static inline int fx_pidfd_open(int process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// Sends a signal to the process of a descriptor, and to no other that has its number by now.
static inline int fx_pidfd_send_signal(int descriptor, int number) {
  return (int)syscall(SYS_pidfd_send_signal, descriptor, number, 0, 0);
}

// Forbids core dumps of this process, and access to its memory by other processes of its user.
static inline int fx_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

// glibc declares accept4 for GNU programs only. Including <sys/socket.h> here would take its names
// away from the other modules.
struct sockaddr;
int accept4(int, struct sockaddr *, unsigned int *, int);

// The next connection of a listening socket, with flags such as SOCK_CLOEXEC; -1 with errno on
// failure.
static inline int fx_accept(int listener, int flags) { return accept4(listener, 0, 0, flags); }
