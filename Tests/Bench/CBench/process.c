#define _GNU_SOURCE
#include "bench.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

__attribute__((noinline)) void bench_mark(void) { __asm__ volatile(""); }

pid_t bench_daemon_start(const char *program, const char *config, const char *log, double *took) {
  static int number;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  char name[64];
  snprintf(name, sizeof name, "@fxwatch-bench-%d-%d", getpid(), number++);
  memcpy(address.sun_path, name, strlen(name));
  address.sun_path[0] = 0;
  int notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (bind(notify, (struct sockaddr *)&address,
           offsetof(struct sockaddr_un, sun_path) + strlen(name)) != 0)
    return -1;
  int output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  double start = bench_now();
  pid_t pid = fork();
  if (pid == 0) {
    dup2(output, 1);
    dup2(output, 2);
    setenv("NOTIFY_SOCKET", name, 1);
    execl(program, program, "run", "--config", config, (char *)NULL);
    _exit(127);
  }
  close(output);
  bool ready = false;
  char message[4096];
  while (pid > 0 && !ready && bench_now() - start < 60) {
    struct pollfd waiting = {.fd = notify, .events = POLLIN};
    if (poll(&waiting, 1, 100) > 0) {
      ssize_t size = recv(notify, message, sizeof message - 1, 0);
      message[size > 0 ? size : 0] = 0;
      ready = strstr(message, "READY=1") != NULL;
    } else if (waitpid(pid, NULL, WNOHANG) == pid) {
      pid = -1;
    }
  }
  *took = bench_now() - start;
  close(notify);
  if (pid > 0 && !ready) {
    bench_daemon_stop(pid);
    return -1;
  }
  return pid;
}

bool bench_wait_for_text(const char *file, const char *text, double seconds) {
  static char content[65537];
  for (double end = bench_now() + seconds; bench_now() < end; usleep(500)) {
    int input = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t size = input < 0 ? 0 : read(input, content, sizeof content - 1);
    if (input >= 0) close(input);
    content[size > 0 ? size : 0] = 0;
    if (strstr(content, text) != NULL) return true;
  }
  return false;
}

void bench_daemon_stop(pid_t pid) {
  if (pid <= 0) return;
  kill(pid, SIGTERM);
  waitpid(pid, NULL, 0);
}

double bench_cpu(pid_t pid) {
  clockid_t clock;
  struct timespec used = {0};
  if (clock_getcpuclockid(pid, &clock) == 0) clock_gettime(clock, &used);
  return used.tv_sec + used.tv_nsec / 1e9;
}

double bench_script(const char *script, const char *first, const char *second, const char *third) {
  struct rusage used;
  int status = -1;
  pid_t pid = fork();
  if (pid == 0) {
    execl(script, script, first, second, third, (char *)NULL);
    _exit(127);
  }
  if (pid < 0 || wait4(pid, &status, 0, &used) != pid || status != 0) return -1;
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
         (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

size_t bench_heap(void) {
  struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}
