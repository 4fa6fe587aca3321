"""The parts that all attacks share: a daemon under attack, a page whose rates form chains, a receiver that
accepts everything, and the texts that must never appear in any output."""

import base64
import collections
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

PAIRS = ["KGS/USD", "KZT/USD", "TJS/USD", "TMT/USD", "UZS/USD"]

# A key with characters that each encoding writes in its own way.
KEY = "k3y+attack/4711=&<'Zq\""

# The spellings of the key in the encodings of addresses, forms, JSON, HTML and basic authentication.
SPELLINGS = {
    KEY, urllib.parse.quote(KEY, safe=""), urllib.parse.quote(KEY), urllib.parse.quote_plus(KEY),
    urllib.parse.quote(KEY, safe="").lower(), json.dumps(KEY)[1:-1],
    KEY.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&#39;"),
    base64.b64encode(KEY.encode()).decode(),
}

# C0 without tab and line feed, C1, the marks of direction, and the separators of lines and paragraphs.
RAW_CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def quick_server(handler):
    """Starts a threaded HTTP server on a free port of the loopback interface; returns it."""
    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 512

        def handle_error(self, *_):
            pass  # a client that was killed

    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Page:
    """Rates that never repeat, each more than 1 % away from the 40 before it.

    Each version of the page changes every pair, so the alerts of a pair form a chain in which
    `previous.rate` is the `rate` of the one before. If a chain is complete from the page's first rates to
    its last, no alert was lost.
    """

    def __init__(self):
        self.version = 0
        self.requests = []  # times, in seconds of the monotonic clock
        self.printed = {}  # the time of the first request that got each version
        page = self

        class Ticker(Handler):
            def do_GET(self):
                version = page.version
                page.requests.append(time.monotonic())
                page.printed.setdefault(version, page.requests[-1])
                self.reply(200, page.body(version), [("Content-Type", "text/html")])

        self.server = quick_server(Ticker)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    @staticmethod
    def rate(pair, version):
        # One of 41 levels from 1 to 3 times the base rate, with the version in the last digits.
        base = 2000 + 100 * PAIRS.index(pair)
        return "0.%09d" % (base * 5000 * (20 + version * 17 % 41) + version)

    def body(self, version):
        items = "".join(f"<li>{p} = <b>{self.rate(p, version)}</b> <i>0%</i></li>" for p in PAIRS)
        return (f'<!doctype html><html><body><ul class="ticker">{items * 2}</ul>'
                "<p>20 February 2026</p></body></html>\n").encode()

    def longest_wait(self, since, until):
        """Returns the longest time without a request, in seconds."""
        times = [since] + [t for t in list(self.requests) if since <= t <= until] + [until]
        return max(b - a for a, b in zip(times, times[1:]))


class Receiver:
    """A receiver of webhooks that accepts everything."""

    def __init__(self):
        self.events = []  # (time, identifier, payload)
        receiver = self

        class Hook(Handler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.events.append((time.monotonic(), self.headers["webhook-id"], json.loads(body)))
                self.reply(204)

        self.server = quick_server(Hook)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def chain(self, pair):
        """Returns a pair's alerts in the order of the page's versions, each once."""
        found = {}
        for _, _, event in list(self.events):
            if event["type"] == "alert.firing" and event["data"]["pair"] == pair:
                found[event["data"]["rate"]] = event["data"]
        return [found[rate] for rate in sorted(found, key=version)]

    def gaps(self, page, first):
        """Returns the gaps in the chain of each pair: an alert before each was lost."""
        gaps = []
        for pair in PAIRS:
            last = Page.rate(pair, first)
            for data in self.chain(pair):
                if data["previous"]["rate"].ljust(11, "0") != last:
                    gaps.append(f"{pair}: {last} is followed by {data['previous']['rate']}")
                last = data["rate"].ljust(11, "0")
            final = Page.rate(pair, page.version)
            if last != final:
                gaps.append(f"{pair}: ends at {last}, not at {final}")
        return gaps

    def delays(self, page):
        """Returns the seconds from the request that printed each alert's rate to the alert's arrival."""
        return [at - page.printed[version(event["data"]["rate"])] for at, _, event in list(self.events)
                if event["type"] == "alert.firing"]

    def identifiers(self):
        """Returns events with several identifiers, and identifiers with several contents."""
        by_event, by_identifier = collections.defaultdict(set), collections.defaultdict(set)
        for _, identifier, event in list(self.events):
            if event["type"] == "alert.firing":
                by_event[event["data"]["pair"], event["data"]["rate"]].add(identifier)
            by_identifier[identifier].add(json.dumps(event["data"], sort_keys=True))
        return ([e for e, ids in by_event.items() if len(ids) > 1],
                [i for i, contents in by_identifier.items() if len(contents) > 1])


def version(rate):
    """Returns the version of the page in the last digits of a rate."""
    return int(rate[2:].ljust(9, "0")) % 5000


class Daemon:
    """A daemon in its own directory; its output is kept in files there."""

    def __init__(self, program, folder, config):
        self.program, self.folder = program, folder
        self.config = os.path.join(folder, "fxwatch.yaml")
        self.peak = 0
        self.process = None
        self.key_file = os.path.join(folder, "key")
        with open(os.open(self.key_file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(KEY)
        with open(self.config, "w") as file:
            file.write(f"state: {folder}/state\n{config}")

    def start(self, faults=None):
        environment = {**os.environ, **(faults or {})}
        with open(f"{self.folder}/out", "ab") as out, open(f"{self.folder}/log", "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "run", "--config", self.config], stdin=subprocess.DEVNULL, stdout=out,
                stderr=log, env=environment)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Stops the daemon as systemd does; returns its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            return "none within 20 s"

    def memory(self):
        """Returns the memory of the daemon and its children in bytes, shared pages once."""
        total = 0
        for process in [self.process.pid, *children(self.process.pid)]:
            try:
                with open(f"/proc/{process}/smaps_rollup") as file:
                    fields = dict(line.split()[:2] for line in file if line.startswith("Pss:"))
                total += int(fields.get("Pss:", 0)) * 1024
            except (OSError, ValueError):
                pass  # a process that ended meanwhile
        self.peak = max(self.peak, total)
        return total

    def cpu(self):
        """Returns the processor time of the daemon and its ended children, in seconds."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def command(self, *arguments, timeout=60):
        """Runs a command on the state; returns its exit status, output and errors."""
        done = subprocess.run(
            [self.program, *arguments, "--config", self.config], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
        return done.returncode, done.stdout, done.stderr

    def files(self):
        """Returns the contents of every file that the daemon wrote, by name."""
        contents = {}
        for directory, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(directory, name)
                if path not in (self.config, self.key_file) and os.path.isfile(path):
                    with open(path, "rb") as file:
                        contents[os.path.relpath(path, self.folder)] = file.read()
        return contents


def children(process):
    try:
        with open(f"/proc/{process}/task/{process}/children") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def secrets(texts):
    """Returns the names of texts that contain the key in any spelling."""
    return [name for name, text in texts.items() if any(s.encode() in text for s in SPELLINGS)]


def raw_controls(texts):
    """Returns the names of texts with a raw control character, and the first one of each."""
    found = []
    for name, text in texts.items():
        match = RAW_CONTROLS.search(text.decode("utf-8", "replace"))
        if match:
            found.append(f"{name}: U+{ord(match.group()):04X}")
    return found


def reports(daemon):
    """Returns the outputs and errors of the commands that print what is stored, by command."""
    texts = {}
    for arguments in (
            ("rates",), ("rates", "--format", "json"), ("rates", "--format", "csv"),
            ("history", "--format", "json"), ("history", "--format", "csv"), ("alerts",),
            ("alerts", "--format", "json"), ("deliveries",), ("deliveries", "--format", "json"),
            ("status",), ("status", "--format", "json")):
        status, output, errors = daemon.command(*arguments)
        name = " ".join(arguments)
        texts[name], texts[f"{name}, errors"] = output, errors
        if status not in (0, 1, 2):
            texts[f"{name}, status"] = f"\0{status}".encode()
    return texts


def conclude(name, daemon, page, receiver, first):
    """Stops the daemon; returns what it broke, apart from the figures of the attack itself."""
    failures = []
    until(lambda: not receiver.gaps(page, first), 20)
    failures += [f"{name}: lost: {gap}" for gap in receiver.gaps(page, first)[:3]]
    if daemon.peak > 256 << 20:
        failures.append(f"{name}: {daemon.peak >> 20} MiB of memory; the unit allows 256")
    texts = reports(daemon)
    if daemon.stop() != 0:
        failures.append(f"{name}: the exit was not clean")
    files = daemon.files()
    shown = {**texts, **{kept: files[kept] for kept in ("out", "log", "events") if kept in files}}
    failures += [f"{name}: a secret in {where}" for where in secrets({**texts, **files})]
    return failures + [f"{name}: a raw control character in {where}" for where in raw_controls(shown)]


def until(condition, seconds, every=0.05):
    """Waits until a condition holds; returns False if it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(every)
    return condition()
