"""Hostile servers: slow, endless, lying and refusing publishers, beside a good one."""

import gzip
import random
import socket
import threading
import time

from world import KEY, Daemon, Page, Receiver, conclude, until

OK = b"HTTP/1.1 200 OK\r\n"


def endless(unit, pause=0.0):
    """Returns a conduct that sends a unit until the client leaves."""
    def conduct(connection):
        while True:
            connection.sendall(unit)
            time.sleep(pause)
    return conduct


def after(head, rest=None):
    """Returns a conduct that sends a head and goes on with another conduct, or closes."""
    def conduct(connection):
        connection.sendall(head)
        if rest:
            rest(connection)
    return conduct


def silent(connection):
    time.sleep(600)


def refuse_validators(connection, request):
    """Gives a validator and then refuses requests that have it."""
    if b"if-none-match" in request.lower():
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    else:
        body = b"KGS/USD = 1.5 0%"
        connection.sendall(OK + b'ETag: "%s"\r\nContent-Length: %d\r\n\r\n' % (b"e" * 100, len(body)) + body)


def redirect(port):
    """Redirects to another origin, where the key must not arrive."""
    return after(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n" % port)


BOMB = gzip.compress(b"\0" * (64 << 20))

CONDUCTS = [
    silent, after(OK, silent), after(b""), after(b"\0" * 4000), after(OK + b"X: " + b"y" * (1 << 20)),
    after(OK, endless(b"X-Header: text\r\n")), after(OK, endless(b"X: y\r\n", 0.5)), endless(b"H", 0.5),
    endless(b"HTTP/1.1 100 Continue\r\n\r\n"), endless(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n"),
    after(OK + b"\r\n", endless(b"<td>1")), after(OK + b"\r\n", endless(b"x", 0.5)),
    after(OK + b"Content-Length: 99999999999\r\n\r\n", silent), after(OK + b"Content-Length: 5\r\n\r\nabc"),
    after(OK + b"Content-Length: -1\r\n\r\nabc"), after(OK + b"Content-Length: 5, 6\r\n\r\nabcdef"),
    after(OK + b"Transfer-Encoding: chunked\r\n\r\n1;", endless(b"extension=" * 100)),
    after(OK + b"Transfer-Encoding: chunked\r\n\r\n", endless(b"1;a=b\r\nx\r\n")),
    after(OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", endless(b"x" * 1000)),
    after(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
    after(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB),
    after(OK + b"Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\nContent-Length: 3\r\n\r\nabc"),
    after(OK + b"Content-Encoding: deflate\r\nContent-Length: 4\r\n\r\n\x78\x9c\x00\x00"),
    after(OK + b"Content-Encoding: br\r\nContent-Length: 4\r\n\r\n\xff\xff\xff\xff"),
    after(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
    after(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
    after(b"HTTP/1.1 302 Found\r\nLocation: http://[::1]:1/%s\r\nContent-Length: 0\r\n\r\n" % (b"a" * 9000)),
    after(b"HTTP/1.1 429 Too Many\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"),
    after(b"HTTP/1.1 503 \x1b[31m%s\r\nRetry-After: -5\r\nContent-Length: 0\r\n\r\n" % KEY.encode()),
    after(b"HTTP/1.1 401 \xc2\x9b\r\nContent-Length: 60\r\n\r\nkey %s" % KEY.encode(), silent),
    after(b"HTTP/9.9 999 What\r\n\r\n"), after(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n", endless(b"\0" * 99)),
    after(OK + b"Date: Fri, 31 Feb 99999 00:00:00 GMT\r\nLast-Modified: never\r\nContent-Length: 1\r\n\r\n1"),
    after(OK + b"ETag: " + b"e" * 60_000 + b"\r\nContent-Length: 1\r\n\r\n1"), refuse_validators,
]


class Server:
    """A server on a free port that treats every connection by one conduct."""

    def __init__(self, conduct):
        self.conduct, self.requests = conduct, []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with connection:
                request = connection.recv(65536)
                self.requests.append(request)
                if self.conduct is refuse_validators:
                    refuse_validators(connection, request)
                else:
                    self.conduct(connection)
        except OSError:
            pass  # the client left


def run(program, folder, share, seed):
    """Polls up to 100 hostile servers for a minute, beside a good source."""
    chance, page, receiver, failures = random.Random(seed), Page(), Receiver(), []
    other = Server(after(OK + b"Content-Length: 1\r\n\r\n1"))
    conducts = [*CONDUCTS, redirect(other.port)]
    servers = [Server(conducts[n % len(conducts)]) for n in range(max(len(conducts), round(100 * share)))]
    chance.shuffle(servers)
    config = ["sources:"]
    for number, server in enumerate(servers):
        config.append(
            f'  s{number}: {{url: "http://127.0.0.1:{server.port}/{number}", every: {chance.choice((1, 2, 5))}s,'
            f" timeout: 9s, allow_private: true, key: {{file: {folder}/key}}, headers: {{X-Account: '{{key}}'}},"
            " format: text, pattern: '(?<pair>[A-Z]{3}/[A-Z]{3}) = (?<rate>[0-9.]+)'}")
    config += [f'  good: {{preset: timesca, url: "{page.url}", every: 1s, allow_private: true}}', "rules:",
               "  move: {when: abs(change) > 1%}", "notifiers:", f'  good: {{type: webhook, url: "{receiver.url}"}}']
    daemon = Daemon(program, folder, "\n".join(config) + "\n")
    daemon.start()
    began = time.monotonic()
    until(lambda: len(page.requests) > 1, 20)
    first = page.version

    def ended():
        page.version += 1
        daemon.memory() if daemon.process.poll() is None else None
        return daemon.process.poll() is not None

    until(ended, max(20, 60 * share), 0.5)
    lasted = time.monotonic() - began
    if daemon.process.poll() is not None:
        return "the daemon crashed", [f"servers: the daemon exited with {daemon.process.returncode}"]
    wait, cpu = page.longest_wait(began, time.monotonic()), daemon.cpu()
    if wait > 6:
        failures.append(f"servers: the good source, polled every second, waited {wait:.1f} s")
    failures += conclude("servers", daemon, page, receiver, first)
    if any(KEY.encode() in request for request in other.requests):
        failures.append("servers: a redirect took the key to another origin")
    refusing = [s for s in servers if s.conduct is refuse_validators and len(s.requests) > 2]
    if any(all(b"if-none-match" in r.lower() for r in s.requests[1:]) for s in refusing):
        failures.append("servers: a refused validator was sent again and again")
    return (f"{len(servers)} servers, {sum(len(s.requests) for s in servers)} requests, {cpu / lasted:.0%} of a"
            f" processor, at most {daemon.peak >> 20} MiB; a good source of 1 s waited at most {wait:.1f} s"), failures
