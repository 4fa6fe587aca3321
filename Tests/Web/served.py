"""A daemon with a page, a publisher whose rates change, and a receiver of webhooks."""

import datetime
import http.server
import json
import math
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

TOKEN = "0123456789abcdef0123456789abcdef"
LETTERS = "ABCDEFGHIJKLMN"
CODES = {"USD": 1.0843, "JPY": 163.52, "GBP": 0.8561, "CHF": 0.9432}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(handler):
    """Starts a threaded HTTP server on a free port; returns it."""
    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 512

    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Site:
    """The parts in a directory of their own."""

    def __init__(self, program, directory):
        self.program, self.directory = program, directory
        self.today = datetime.date.today()
        self.day, self.rates = self.before(1), dict(CODES)
        self.hooks = []
        self.publisher = serve(self.handler(self.page))
        self.ticker = serve(self.handler(self.marquee))
        self.moves = [f"X{a}{b}" for a in LETTERS for b in LETTERS]
        self.moving = {code: 0.3 + 0.00137 * place for place, code in enumerate(self.moves)}
        self.receiver = serve(self.handler(self.hook))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.config = os.path.join(directory, "fxwatch.yaml")
        self.changes = {}
        self.write("token", TOKEN + "\n", 0o600)
        self.configure()
        self.imported()
        self.daemon = None

    def before(self, days):
        """Returns the day so many days ago."""
        return (self.today - datetime.timedelta(days)).isoformat()

    def handler(self, answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                body = answer(b"")
                self.send_response(200)
                self.send_header("Content-Type", "text/xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()

        return Handler

    def page(self, _):
        cubes = "".join(f"<Cube currency='{code}' rate='{rate}'/>" for code, rate in self.rates.items())
        return (
            '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"'
            ' xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
            f"<Cube><Cube time='{self.day}'>{cubes}</Cube></Cube></gesmes:Envelope>").encode()

    def marquee(self, _):
        """A page without a date, whose every change is an event."""
        rates = "".join(f"<li>{code}/USD = <b>{rate:.5f}</b> <i>0%</i></li>" for code, rate in self.moving.items())
        return f"<ul>{rates * 4}</ul><p>Viewing results</p>".encode()

    def hook(self, body):
        self.hooks.append((time.monotonic(), json.loads(body)))
        return b""

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)

    def configure(self):
        self.write("fxwatch.yaml", f"""\
state: {self.directory}/state
sources:
  ecb:
    preset: ecb
    url: http://127.0.0.1:{self.publisher.server_port}/
    every: 1s
    allow_private: true
  ticker:
    preset: timesca
    url: http://127.0.0.1:{self.ticker.server_port}/
    every: 1s
    allow_private: true
  calendar:
    preset: ecb
    url: http://127.0.0.1:{self.publisher.server_port}/
    allow_private: true
rules:
  move: {{when: "abs(change) > 1%", sources: [ecb]}}
  tick: {{when: "abs(change) > 1%", sources: [ticker]}}
  high: {{when: "rate > 1.2", pairs: [EUR/USD], sources: [ecb], severity: critical}}
quiet:
  night: {{from: "22:00", to: "07:00", zone: Europe/Berlin, pass: critical, notify: [console]}}
notifiers:
  console: {{type: stdout}}
  hook: {{type: webhook, url: "http://127.0.0.1:{self.receiver.server_port}/"}}
web: {{listen: "127.0.0.1:{self.port}", write_token: {{file: token}}}}
""")

    def imported(self):
        """Imports a year of rates, as the ECB's archive has them, and counts how often each changes."""
        lines = ["Date," + ",".join(CODES) + ","]
        last = {}
        for day in range(365, 1, -1):
            row = [self.before(day)]
            for code, rate in CODES.items():
                wave = math.sin(day / 31 + rate) / 40 + (day * 7919 % 83 - 41) / 40_000
                text = f"{rate * (1 + wave):.4f}"
                if code in last and last[code] != text:
                    self.changes[code] = self.changes.get(code, 0) + 1
                last[code] = text
                row.append(text)
            lines.append(",".join(row) + ",")
        head, rows = lines[0], lines[:0:-1]
        self.write("eurofxref-hist.csv", "\n".join([head] + rows) + "\n")
        self.run("import", "ecb", os.path.join(self.directory, "eurofxref-hist.csv"))

    def run(self, *arguments):
        result = subprocess.run(
            [self.program, *arguments, "--config", self.config], capture_output=True, text=True, timeout=120)
        if result.returncode != 0:
            raise AssertionError(f"fxwatch {' '.join(arguments)}: {result.stdout}{result.stderr}")
        return result.stdout

    def start(self):
        log = open(os.path.join(self.directory, "log"), "ab")
        self.daemon = subprocess.Popen([self.program, "run", "--config", self.config], stdout=log, stderr=log)
        self.until("the first rates", lambda: self.day in self.text("/api/v1/rates"))

    def until(self, what, check, patience=30):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                if check():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        with open(os.path.join(self.directory, "log"), encoding="utf-8", errors="replace") as log:
            raise AssertionError(f"{what}: not within {patience} s\n{log.read()[-3000:]}")

    def ask(self, path, body=None, headers=None, method=None):
        """Returns status, headers and body of an answer."""
        request = urllib.request.Request(
            self.url + path, body, {"Connection": "close", **(headers or {})}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def text(self, path):
        status, _, body = self.ask(path)
        if status != 200:
            raise AssertionError(f"{path}: {status} {body[:300]}")
        return body.decode()

    def json(self, path):
        return json.loads(self.text(path))

    def move(self, code, rate):
        """Changes a rate; returns the time at which the webhook about it arrived."""
        count = len(self.hooks)
        self.rates[code] = rate
        self.until("the webhook", lambda: len(self.hooks) > count)
        return self.hooks[count][0]

    def tick(self):
        """Moves a rate that has not moved; returns the seconds until its webhook."""
        code, count = self.moves.pop(), len(self.hooks)
        begin = time.monotonic()
        self.moving[code] *= 1.1
        self.until("the webhook", lambda: any(b["data"].get("pair") == f"{code}/USD" for _, b in self.hooks[count:]))
        return next(at for at, b in self.hooks[count:] if b["data"].get("pair") == f"{code}/USD") - begin

    def stop(self):
        if self.daemon:
            self.daemon.send_signal(signal.SIGTERM)
            if self.daemon.wait(15) != 0:
                raise AssertionError(f"the daemon ended with {self.daemon.returncode}")
