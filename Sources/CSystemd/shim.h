#pragma once
// libsystemd: readiness, watchdog and the journal's native protocol.
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
// Of glibc, but not in Swift's Glibc module: descriptors that tell when a process has ended and when
// the clock was set, and how a clock is moved; and what its headers show only with _GNU_SOURCE: a
// file that is memory only, leaving a new program no descriptor but the first three, and starting it
// in another directory.
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
extern int memfd_create(const char *name, unsigned int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

#include <malloc.h>

/// Has all threads allocate from at most so many arenas: mallopt(3).
static inline int fx_limit_arenas(int count) { return mallopt(M_ARENA_MAX, count); }

