// Makes writes and synchronizations of regular files fail, for a process that is started with this
// library in LD_PRELOAD. Standard streams, pipes and sockets are not affected.
//
// FAULT_SPACE: the bytes that can be written to files before the disk is full (ENOSPC).
// FAULT_ERRORS: the share of calls that fail with EIO, in parts of 10 000; FAULT_SEED seeds the choice.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_llong space = -1;
static atomic_ullong state = 1;
static int errors = 0;

__attribute__((constructor)) static void start(void) {
  const char *text = getenv("FAULT_SPACE");
  if (text) space = atoll(text);
  if ((text = getenv("FAULT_ERRORS"))) errors = atoi(text);
  if ((text = getenv("FAULT_SEED"))) state = strtoull(text, NULL, 10) * 2 + 1;
}

static int is_file(int descriptor) {
  struct stat status;
  return descriptor > 2 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// Returns 1 if this call fails with EIO (splitmix64).
static int fails(int descriptor) {
  if (errors == 0 || !is_file(descriptor)) return 0;
  uint64_t z = atomic_fetch_add(&state, 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  if ((int)((z ^ (z >> 31)) % 10000) >= errors) return 0;
  errno = EIO;
  return 1;
}

// Returns how many of these bytes have space, or -1 with ENOSPC if none has.
static ssize_t room(int descriptor, size_t count) {
  if (space < 0 || count == 0 || !is_file(descriptor)) return (ssize_t)count;
  long long left = atomic_fetch_sub(&space, (long long)count);
  if (left >= (long long)count) return (ssize_t)count;
  atomic_store(&space, 0);
  if (left > 0) return (ssize_t)left;
  errno = ENOSPC;
  return -1;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(write);
  if (fails(descriptor)) return -1;
  ssize_t fit = room(descriptor, count);
  return fit < 0 ? -1 : real(descriptor, bytes, (size_t)fit);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  if (fails(descriptor)) return -1;
  ssize_t fit = room(descriptor, count);
  return fit < 0 ? -1 : real(descriptor, bytes, (size_t)fit, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  if (fails(descriptor)) return -1;
  ssize_t fit = room(descriptor, count);
  return fit < 0 ? -1 : real(descriptor, bytes, (size_t)fit, offset);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  REAL(writev);
  if (fails(descriptor)) return -1;
  size_t total = 0;
  for (int i = 0; i < count; i++) total += parts[i].iov_len;
  ssize_t fit = room(descriptor, total);
  if (fit < 0) return -1;
  if ((size_t)fit == total) return real(descriptor, parts, count);
  return write(descriptor, parts[0].iov_base, parts[0].iov_len);
}

int fsync(int descriptor) {
  REAL(fsync);
  return fails(descriptor) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
  REAL(fdatasync);
  return fails(descriptor) ? -1 : real(descriptor);
}

int ftruncate64(int descriptor, off64_t length) {
  REAL(ftruncate64);
  return fails(descriptor) ? -1 : real(descriptor, length);
}

int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
  REAL(fallocate64);
  if (fails(descriptor) || room(descriptor, (size_t)length) < length) return -1;
  return real(descriptor, mode, offset, length);
}
