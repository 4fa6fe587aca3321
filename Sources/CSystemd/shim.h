#pragma once
// libsystemd: readiness, watchdog and the journal's native protocol.
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
// Parts of glibc that Swift's Glibc module lacks: descriptors of processes (pidfd) and timers
// (timerfd), and clock adjustment (timex). Declared here because the headers require _GNU_SOURCE:
// pipes, memory files, and closing descriptors and changing the directory when a program is started.
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
extern int pipe2(int ends[2], int flags);
extern int memfd_create(const char *name, unsigned int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

#include <malloc.h>

// Limits all threads to a number of allocator arenas (mallopt(3)).
static inline int fx_limit_arenas(int count) { return mallopt(M_ARENA_MAX, count); }

// Gives blocks of at least so many bytes back to the system as soon as they are freed.
static inline int fx_return_blocks(int bytes) { return mallopt(M_MMAP_THRESHOLD, bytes); }

