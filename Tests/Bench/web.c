// The baseline of `make bench ONLY=web`: libmicrohttpd with one thread and epoll, which answers every request
// with the bytes of a file. Usage: web FILE; prints its port.
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *body;
static size_t length;

static enum MHD_Result answer(
    void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *data, size_t *count, void **request) {
  static int seen;
  if (!*request) {
    *request = &seen;
    return MHD_YES;
  }
  struct MHD_Response *response = MHD_create_response_from_buffer(length, body, MHD_RESPMEM_MUST_COPY);
  MHD_add_response_header(response, "Content-Type", "application/json");
  enum MHD_Result result = MHD_queue_response(connection, 200, response);
  MHD_destroy_response(response);
  return result;
}

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (!file) return 1;
  body = malloc(1 << 20);
  length = fread(body, 1, 1 << 20, file);
  struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct MHD_Daemon *server = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL, MHD_OPTION_SOCK_ADDR, &loopback, MHD_OPTION_END);
  if (!server) return 1;
  printf("%d\n", MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT)->port);
  fflush(stdout);
  pause();
}
