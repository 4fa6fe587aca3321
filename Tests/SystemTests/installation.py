"""fxwatch installed in the container, the servers it uses, and the queries of the promises."""

import base64
import json
import pathlib
import re
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent

#: The time after which an event counts as missing, in seconds.
PATIENCE = 30

#: The watchdog interval of the test; the shipped 60 s would take too long.
WATCHDOG = 4

PAGES = {
    "march": [("KGS/USD", "0.01154", "-0.86%"), ("TJS/USD", "0.09168", "0.11%"),
              ("UZS/USD", "0.00008", "0%")],
    "february": [("KGS/USD", "0.01144", "0%"), ("TJS/USD", "0.10563", "-0.09%"),
                 ("UZS/USD", "0.00008", "0%")],
}
DATES = {"march": "24 March 2025", "february": "20 February 2026"}
SECRET = b"whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef")

CONFIG = """\
sources:
  page:
    preset: timesca
    url: http://bank.test:8080/
    every: 1s
    allow_private: true
  secure:
    preset: timesca
    url: https://bank.test/
    every: 1s
    allow_private: true
rules:
  big-move:
    sources: [page]
    when: abs(change) > 1%
notifiers:
  console: {type: stdout, format: text}
  journal: {type: journald}
  ops:
    type: webhook
    url: http://ops.test:8080/hook
    secret: {credential: ops-webhook}
"""

DROP_IN = f"""\
[Service]
LoadCredential=ops-webhook:/etc/fxwatch/credentials/ops-webhook
WatchdogSec={WATCHDOG}s
RestartSec=1s
"""

#: fxwatch with a disk that hangs while /run/stall exists.
STALLING = DROP_IN + "Environment=LD_PRELOAD=/usr/lib/stall.so\n"


class Broken(Exception):
    """A promise that does not hold, with the values found."""


class NotHere(Exception):
    """The reason a promise cannot be tested on this machine."""


def wait_for(what, answer, patience=PATIENCE):
    """Calls a function until its result is true, and returns the result."""
    deadline = time.monotonic() + patience
    while True:
        value = answer()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Broken(f"{what}: not within {patience} s")
        time.sleep(0.2)


def expect(condition, found=""):
    if not condition:
        raise Broken(str(found).strip() or "it is not so")


class Elapsed:
    """True after a number of seconds; for promises that nothing happens."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def __call__(self):
        return time.monotonic() >= self.end


class World:
    """The container with fxwatch and the servers it uses."""

    def __init__(self, machine, folder):
        self.machine = machine
        self.folder = folder
        self.run = machine.run
        self.servers = None

    here = HERE

    # The servers

    def start_servers(self):
        (self.folder / "answer").write_text("204")
        self.show("march")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=fxwatch test", "-addext",
             "subjectAltName=DNS:bank.test", "-keyout", self.folder / "tls.key", "-out",
             self.folder / "tls.crt"], check=True, capture_output=True)
        self.servers = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL"] + self.machine.inside("-n") + ["python3", str(HERE / "world.py"), str(self.folder)],
            stdout=subprocess.PIPE, stderr=self.machine.log)
        expect(self.servers.stdout.readline() == b"ready\n", "the servers did not start")
        subprocess.run(
            ["gcc", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-nostdlib", "-o",
             self.folder / "stall.so", HERE / "stall.c"], check=True, capture_output=True)
        self.write("/etc/resolv.conf", "nameserver 127.0.0.1\n")

    def stop_servers(self):
        if self.servers:
            self.servers.terminate()
            self.servers.wait()

    def show(self, page, **changed):
        """Publishes a page: the rates of one day, some of them changed."""
        items = "".join(
            f"<li>{pair} = <b>{changed.get(pair[:3], rate)}</b> <i>{change}</i></li>"
            for pair, rate, change in PAGES[page])
        temporary = self.folder / "page.new"
        temporary.write_text(
            f"<!doctype html><html><body><ul class=ticker>{items * 8}</ul><p>{DATES[page]}</p>"
            # Long enough to be read by a process of its own.
            f"<!--{'x' * 65536}-->"
            "<p>Viewing results 1 - 1 of 1</p></body></html>\n")
        temporary.rename(self.folder / "page")

    def polls(self, scheme="http"):
        return self.lines("polls").count(f"{scheme} /")

    def polled_again(self, times=2):
        before = self.polls()
        wait_for("a poll", lambda: self.polls() >= before + times)

    def hooks(self):
        """Returns the webhooks that were accepted."""
        return [hook for hook in map(json.loads, self.lines("hooks")) if hook["status"] == 204]

    def lines(self, name):
        path = self.folder / name
        return path.read_text().splitlines() if path.exists() else []

    def answer_hooks_with(self, status):
        (self.folder / "answer").write_text(str(status))

    # The service

    def write(self, path, text, mode="644"):
        target = pathlib.Path(f"/proc/{self.machine.init}/root{path}")
        self.run(f"mkdir -p $(dirname {path}); touch {path}; chmod {mode} {path}", check=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def show_unit(self, name):
        return self.run(f"systemctl show fxwatch -P {name}").stdout.strip()

    def pid(self):
        pid = int(self.show_unit("MainPID"))
        expect(pid > 0, "it does not run")
        return pid

    def is_active(self):
        return self.show_unit("ActiveState") == "active" and self.show_unit("SubState") == "running"

    def restarts(self):
        return int(self.show_unit("NRestarts"))

    def journal(self, *matches, since=0):
        """Returns the journal entries of and about the unit since an instant."""
        found = self.run(
            "journalctl --sync; journalctl -u fxwatch -o json --no-pager -q "
            + " ".join(f"'{match}'" for match in matches)).stdout
        entries = [json.loads(line) for line in found.splitlines() if line.startswith("{")]
        return [entry for entry in entries if int(entry["__REALTIME_TIMESTAMP"]) > since]

    def said(self, since=0):
        """Returns the messages of and about the unit as text."""
        return "\n".join(str(entry.get("MESSAGE")) for entry in self.journal(since=since))

    def now(self):
        """Returns the current time in microseconds, as in the journal."""
        return time.time_ns() // 1000

    def fresh_start(self, config=CONFIG, drop_in=DROP_IN, wait=True):
        """Starts the service with a config; returns the exit status of `systemctl start`, which waits
        until the service is active."""
        self.run("systemctl stop fxwatch; systemctl reset-failed fxwatch")
        self.write("/etc/fxwatch/fxwatch.yaml", config)
        self.write("/etc/systemd/system/fxwatch.service.d/test.conf", drop_in)
        return self.run("systemctl daemon-reload; systemctl start fxwatch"
                        + ("" if wait else " --no-block")).returncode

    def expect_failed(self, since, sentence, patience=PATIENCE):
        """Checks that the unit failed, was not restarted and logged the reason."""
        wait_for("the unit to be failed", lambda: self.show_unit("ActiveState") == "failed", patience)
        expect(self.restarts() == 0, f"restarted {self.restarts()} times")
        said = self.said(since)
        expect(re.search(sentence, said), said)

    def build_upgrade(self):
        """Returns the package with a later version and another default config."""
        tree = self.folder / "next"
        subprocess.run(["dpkg-deb", "-R", self.folder / "fxwatch.deb", tree], check=True)
        control = tree / "DEBIAN/control"
        control.write_text(re.sub(r"(?m)^(Version: .*)$", r"\1+next", control.read_text()))
        with open(tree / "etc/fxwatch/fxwatch.yaml", "a") as config:
            config.write("# A later default.\n")
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree,
             self.folder / "fxwatch-next.deb"], check=True, capture_output=True)
