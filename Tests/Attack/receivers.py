"""Hostile receivers: silent, slow, endless, refusing and quoting ones, beside a good one."""

import random
import time

from servers import BOMB, Server, after, endless, silent
from world import KEY, Daemon, Page, Receiver, conclude, until

OK = b"HTTP/1.1 204 No Content\r\n"

CONDUCTS = [
    silent, after(OK, silent), after(b""), after(b"\0" * 4000), after(OK, endless(b"X: y\r\n")), endless(b"H", 0.5),
    endless(b"HTTP/1.1 100 Continue\r\n\r\n"), after(b"HTTP/1.1 200 OK\r\n\r\n", endless(b"a" * 1000)),
    after(b"HTTP/1.1 500 No\r\n\r\n", endless(b"a" * 1000)), after(b"HTTP/1.1 200 OK\r\n\r\n", endless(b"a", 0.5)),
    after(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", endless(b"extension=" * 100)),
    after(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB),
    after(b"HTTP/1.1 429 Slow\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"),
    after(b"HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"),
    after(b"HTTP/1.1 500 \xc2\x9b31m\r\nContent-Length: 40\r\n\r\nyour key is %s" % KEY.encode(), silent),
    after(b"HTTP/1.1 400 \x1b]0;\r\nContent-Length: 4\r\n\r\n\xe2\x80\xae!"),
    after(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
    after(b"HTTP/1.1 503 Busy\r\nRetry-After: -1\r\nContent-Length: 0\r\n\r\n"), after(b"HTTP/9.9 999 What\r\n\r\n"),
]


def run(program, folder, share, seed):
    """Sends the alerts of a moving page to up to 50 hostile receivers and to a good one."""
    chance, page, receiver, failures = random.Random(seed), Page(), Receiver(), []
    hostile = [Server(CONDUCTS[n % len(CONDUCTS)]) for n in range(max(len(CONDUCTS), round(50 * share)))]
    chance.shuffle(hostile)
    config = ["sources:", f'  timesca: {{preset: timesca, url: "{page.url}", every: 1s, allow_private: true}}',
              "rules:", "  move: {when: abs(change) > 1%}", "notifiers:"]
    config += [f'  n{number}: {{type: webhook, url: "http://127.0.0.1:{server.port}/",'
               f" headers: {{X-Api-Key: {{file: {folder}/key}}}}}}" for number, server in enumerate(hostile)]
    config.append(f'  good: {{type: webhook, url: "{receiver.url}"}}')
    daemon = Daemon(program, folder, "\n".join(config) + "\n")
    daemon.start()
    began = time.monotonic()
    until(lambda: len(page.requests) > 1, 20)
    first, read = page.version, {}

    def ended():
        # The page changes as soon as it was read.
        if len(page.requests) > read.get("requests", 0):
            read["requests"] = len(page.requests)
            page.version += 1
        daemon.memory() if daemon.process.poll() is None else None
        return daemon.process.poll() is not None

    until(ended, max(20, 60 * share), 0.1)
    if daemon.process.poll() is not None:
        return "the daemon crashed", [f"receivers: the daemon exited with {daemon.process.returncode}"]
    lasted, cpu = time.monotonic() - began, daemon.cpu()
    failures += conclude("receivers", daemon, page, receiver, first)
    delays = receiver.delays(page)
    if max(delays, default=99) > 2:
        failures.append(f"receivers: an event reached the good receiver after {max(delays, default=99):.1f} s")
    return (f"{len(hostile)} receivers, {sum(len(s.requests) for s in hostile)} requests, {cpu / lasted:.0%} of a"
            f" processor, at most {daemon.peak >> 20} MiB; {len(receiver.events)} events reached a good one,"
            f" after at most {max(delays, default=0):.2f} s"), failures
