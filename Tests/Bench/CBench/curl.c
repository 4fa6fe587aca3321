#include "bench.h"
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

static size_t drop(char *bytes, size_t size, size_t count, void *into) {
  (void)bytes;
  (void)into;
  return size * count;
}

double bench_curl(const char *url, int connections, int requests, size_t body) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM *multi = curl_multi_init();
  CURL *easy[64];
  char *text = malloc(body + 1);
  memset(text, 'x', body);
  if (connections > 64) connections = 64;
  for (int i = 0; i < connections; i++) {
    easy[i] = curl_easy_init();
    curl_easy_setopt(easy[i], CURLOPT_URL, url);
    curl_easy_setopt(easy[i], CURLOPT_WRITEFUNCTION, drop);
    if (body > 0) {
      curl_easy_setopt(easy[i], CURLOPT_POSTFIELDSIZE, (long)body);
      curl_easy_setopt(easy[i], CURLOPT_POSTFIELDS, text);
    }
  }
  int begun = 0, done = 0, running = 0;
  double start = bench_now();
  for (; begun < connections && begun < requests; begun++)
    curl_multi_add_handle(multi, easy[begun]);
  while (done < requests) {
    curl_multi_perform(multi, &running);
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi, &left))) {
      CURL *handle = message->easy_handle;
      if (message->data.result != CURLE_OK) return 0;
      done++;
      curl_multi_remove_handle(multi, handle);
      if (begun < requests) {
        begun++;
        curl_multi_add_handle(multi, handle);
      }
    }
    if (done < requests) curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
  double took = bench_now() - start;
  for (int i = 0; i < connections; i++) curl_easy_cleanup(easy[i]);
  curl_multi_cleanup(multi);
  free(text);
  return requests / took;
}
