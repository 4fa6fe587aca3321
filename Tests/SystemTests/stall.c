// Preloaded into fxwatch by the system test: while /run/stall exists, writing or flushing a file blocks,
// as on a disk that hangs.
#include <sys/syscall.h>
#include <unistd.h>

static void wait_for_disk(void) {
  while (syscall(SYS_access, "/run/stall", F_OK) == 0) usleep(50000);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  wait_for_disk();
  return syscall(SYS_pwrite64, file, bytes, count, offset);
}

int fdatasync(int file) {
  wait_for_disk();
  return (int)syscall(SYS_fdatasync, file);
}
