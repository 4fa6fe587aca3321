"""The promises of the package under systemd. Each is a sentence with its test; they run in this order,
and each leaves the service running with the test's config."""

import base64
import hashlib
import hmac
import json
import re

from installation import (
    CONFIG, DROP_IN, SECRET, STALLING, WATCHDOG, Elapsed, NotHere, expect, wait_for)

ALL = []


def promise(try_it):
    ALL.append(try_it)
    return try_it


@promise
def installs(world):
    """apt installs the package on a minimal system; the service is neither enabled nor started"""
    done = world.run("apt-get install --yes --no-install-recommends /packages/fxwatch.deb")
    expect(done.returncode == 0, done.stdout)
    expect(world.run("systemctl is-enabled fxwatch").stdout.strip() == "disabled")
    expect(not world.is_active())


@promise
def documents(world):
    """the manual and the shell completions contain every command"""
    text = world.run("fxwatch --help", check=True).stdout
    commands = re.findall(r"(?m)^  ([a-z]+)  ", text[text.index("SUBCOMMANDS"):])
    expect(len(commands) >= 9, text)
    for path in ("man/man1/fxwatch.1.gz", "bash-completion/completions/fxwatch",
                 "zsh/vendor-completions/_fxwatch", "fish/vendor_completions.d/fxwatch.fish"):
        found = world.run(f"zcat -f /usr/share/{path}").stdout
        for command in set(commands) - {"help"}:
            expect(command in found, f"{path} does not know {command}")
    expect(world.run("bash -n /usr/share/bash-completion/completions/fxwatch").returncode == 0)
    found = world.run("zcat /usr/share/man/man5/fxwatch.yaml.5.gz").stdout
    expect("abs(change) > 1%" in found, found)


@promise
def loads(world):
    """the unit loads without warnings, with an exposure of at most 1.5"""
    verified = world.run("systemd-analyze verify --man=no fxwatch.service")
    expect(verified.returncode == 0 and not verified.stdout.strip(), verified.stdout)
    done = world.run("systemd-analyze security --threshold=15 --no-pager fxwatch.service")
    expect(done.returncode == 0, done.stdout[-200:])


@promise
def starts_by_default(world):
    """the shipped config is valid, and commands find it without an option"""
    done = world.run("fxwatch check")
    expect(done.returncode == 0, done.stdout)


@promise
def enables(world):
    """systemctl enable --now: active, with a status line, using HTTP, TLS and DNS"""
    world.write("/usr/local/share/ca-certificates/test.crt",
                (world.folder / "tls.crt").read_bytes())
    world.run("update-ca-certificates", check=True)
    world.run("install -d -m 700 /etc/fxwatch/credentials", check=True)
    world.write("/etc/fxwatch/credentials/ops-webhook", SECRET, "600")
    world.write("/etc/fxwatch/fxwatch.yaml", CONFIG)
    world.write("/etc/systemd/system/fxwatch.service.d/test.conf", DROP_IN)
    done = world.run("systemctl daemon-reload; systemctl enable --now fxwatch")
    expect(done.returncode == 0, done.stdout + world.said())
    expect(world.is_active())
    wait_for("both sources in the status line", lambda: world.show_unit("StatusText").startswith(
        "2 sources ok, 0 late, 0 failing; 0 alerts firing; 0 deliveries waiting"))
    expect(world.polls("https") > 0)


@promise
def tells(world):
    """a rate changes: the signed webhook arrives, once"""
    world.polled_again()
    expect(world.hooks() == [], world.hooks())
    world.show("february")
    hook = wait_for("the webhook", world.hooks)[0]
    world.polled_again(3)
    events = [json.loads(hook["body"])["data"]["pair"] for hook in world.hooks()]
    expect(events == ["TJS/USD"], events)
    headers = hook["headers"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{hook['body']}".encode()
    key = base64.b64decode(SECRET[len(b"whsec_"):])
    signature = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    expect(headers["webhook-signature"] == f"v1,{signature}", headers)


@promise
def reads_apart(world):
    """pages are read by processes of their own, which the system ends first"""
    world.polled_again()
    children = world.run(f"cat /proc/{world.pid()}/task/*/children", check=True).stdout.split()
    expect(children, "no process waits for a page")
    score = world.run(f"cat /proc/{children[0]}/oom_score_adj", check=True).stdout.strip()
    expect(score == "1000", score)
    command = world.run(f"cat /proc/{children[0]}/cmdline", check=True).stdout
    expect("read-body" in command, command)


@promise
def shows_in_journal(world):
    """journalctl -u fxwatch FXWATCH_PAIR=TJS/USD -o json shows the alert, once, with its rates"""
    entries = world.journal("FXWATCH_PAIR=TJS/USD")
    expect(len(entries) == 1, entries)
    wanted = {"FXWATCH_RATE": "0.10563", "FXWATCH_PREVIOUS": "0.09168", "FXWATCH_CHANGE": "15.22",
              "FXWATCH_RULE": "big-move", "FXWATCH_SOURCE": "page", "PRIORITY": "4",
              "FXWATCH_VALUE_DATE": "2026-02-20", "_SYSTEMD_UNIT": "fxwatch.service"}
    expect(wanted.items() <= entries[0].items(), entries[0])


@promise
def explains(world):
    """journalctl -x explains the alert and the entries of the log"""
    text = world.run("journalctl -u fxwatch -x --no-pager -q").stdout
    for sentence in ("Rule big-move fires for TJS/USD at page", "fxwatch explain",
                     "The condition of the rule is certainly true", "Subject: fxwatch has started"):
        expect(sentence in text, f"'{sentence}' is not in:\n{text[-3000:]}")


@promise
def journalctl_lines(world):
    """each journalctl command of the README and the manual prints entries"""
    text = (world.here.parent.parent / "README.md").read_text()
    for page in ("man1/fxwatch.1", "man7/fxwatch-operations.7"):
        text += world.run(f"zcat /usr/share/man/{page}.gz", check=True).stdout.replace("\\", "")
    lines = re.findall(r"(?m)^(?:sudo )?journalctl (.*?)(?:  .*)?$", text)
    expect(len(lines) >= 10, lines)
    for line in lines:
        line = line.replace(" -f", "").replace("KGS/USD", "TJS/USD").replace("=timesca", "=page")
        expect(world.run(f"journalctl --no-pager -q {line}").stdout.strip(), line)


@promise
def logs_natively(world):
    """log entries have MESSAGE_IDs and fields, and appear once"""
    started = world.journal("MESSAGE_ID=eb23a9294698423a820780bbad7fa145")
    expect(len(started) == 1 and started[0]["PRIORITY"] == "5", started)
    expect(started[0]["_TRANSPORT"] == "journal", started)
    published = world.journal("_TRANSPORT=journal", "FXWATCH_SOURCE=page", "PRIORITY=6")
    expect(published, "no line of the source")


@promise
def commands_beside(world):
    """rates and history, run by root beside the service, find its state"""
    for command, word in (("rates", "0.10563"), ("history TJS/USD", "0.09168")):
        done = world.run(f"fxwatch {command}")
        expect(done.returncode == 0 and word in done.stdout, done.stdout)


@promise
def reloads(world):
    """systemctl reload applies a valid config without a new process"""
    pid, since = world.pid(), world.now()
    world.write("/etc/fxwatch/fxwatch.yaml", CONFIG.replace("big-move", "large-move"))
    done = world.run("systemctl reload fxwatch")
    expect(done.returncode == 0, world.said(since))
    wait_for("a word of it", lambda: world.journal(
        "MESSAGE_ID=8bad249d4adb4d7fb811209c766e0b6a", since=since))
    expect(world.is_active() and world.pid() == pid)
    world.write("/etc/fxwatch/fxwatch.yaml", CONFIG)
    world.run("systemctl reload fxwatch", check=True)


@promise
def refuses_reload(world):
    """an invalid config fails with file:line:column, and the previous one stays active"""
    pid, since = world.pid(), world.now()
    world.write("/etc/fxwatch/fxwatch.yaml", CONFIG.replace("abs(change) > 1%", "abs(chnge) > 1%"))
    done = world.run("systemctl reload fxwatch")
    expect(done.returncode != 0, "it succeeded")
    refused = world.journal("MESSAGE_ID=75412c02c9b345fb8a65fa97ae235fa2", since=since)
    expect(any("/etc/fxwatch/fxwatch.yaml:15:" in entry["MESSAGE"] for entry in refused), refused)
    expect(world.said(since).count("/etc/fxwatch/fxwatch.yaml:15:") == 1, world.said(since))
    expect(world.is_active() and world.pid() == pid)
    world.polled_again()
    world.write("/etc/fxwatch/fxwatch.yaml", CONFIG)


@promise
def restarts(world):
    """systemctl restart takes seconds and sends nothing again"""
    before = len(world.hooks())
    done = world.run("systemctl restart fxwatch", timeout=15)
    expect(done.returncode == 0, world.said())
    world.polled_again(3)
    expect(len(world.hooks()) == before, world.hooks()[before:])
    expect(world.journal("MESSAGE_ID=c4cf3d90bf5745a092b1d4481444b764"), "no word of stopping")


@promise
def survives_kill(world):
    """kill -9 while webhooks fail: restarted, nothing lost, the same id"""
    before, restarts = len(world.hooks()), world.restarts()
    world.answer_hooks_with(503)
    tried = len(world.lines("hooks"))
    world.show("february", TJS="0.11000")
    wait_for("an attempt", lambda: len(world.lines("hooks")) > tried)
    world.run(f"kill -9 {world.pid()}")
    wait_for("the restart", lambda: world.restarts() > restarts and world.is_active())
    world.answer_hooks_with(204)
    wait_for("the webhook", lambda: len(world.hooks()) > before)
    world.polled_again(3)
    hooks = world.hooks()[before:]
    expect(len(hooks) == 1, hooks)
    attempts = [json.loads(line) for line in world.lines("hooks")[tried:]]
    expect(len({hook["headers"]["webhook-id"] for hook in attempts}) == 1, attempts)


@promise
def watched(world):
    """SIGSTOP: the watchdog restarts it"""
    restarts, since = world.restarts(), world.now()
    world.run(f"kill -STOP {world.pid()}")
    wait_for("the restart", lambda: world.restarts() > restarts and world.is_active(),
             WATCHDOG * 2 + 20)
    expect("Watchdog timeout" in world.said(since), world.said(since))


@promise
def asks_for_patience(world):
    """a database that opens slowly: the daemon requests more time than TimeoutStartSec="""
    world.run("install -m 644 /packages/stall.so /usr/lib/stall.so; touch /run/stall", check=True)
    since = world.now()
    try:
        world.fresh_start(drop_in=STALLING + "TimeoutStartSec=3s\n", wait=False)
        wait_for("the status line", lambda: world.show_unit("StatusText").startswith(
            "opening the history in /var/lib/"))
        pid = world.pid()
        wait_for("time to pass", Elapsed(6))
        expect(world.show_unit("ActiveState") == "activating", world.said(since))
        expect(world.pid() == pid, world.said(since))
    finally:
        world.run("rm -f /run/stall")
    wait_for("the start", world.is_active)
    expect(world.pid() == pid and world.restarts() == 0, world.said(since))


@promise
def watches_store(world):
    """a disk that hangs: the watchdog restarts it, and changes in the meantime are sent, once"""
    expect(world.fresh_start(drop_in=STALLING) == 0, world.said())
    world.polled_again()
    before, restarts, since = len(world.hooks()), world.restarts(), world.now()
    world.run("touch /run/stall")
    try:
        world.show("february", TJS="0.11500")
        wait_for("the watchdog", lambda: "Watchdog timeout" in world.said(since), WATCHDOG * 2 + 20)
    finally:
        world.run("rm -f /run/stall")
    wait_for("the restart", lambda: world.restarts() > restarts and world.is_active())
    wait_for("the webhook", lambda: len(world.hooks()) > before)
    world.polled_again(3)
    expect(len(world.hooks()) == before + 1, world.hooks()[before:])
    expect(world.fresh_start() == 0, world.said())
    world.run("rm /usr/lib/stall.so")


@promise
def outlives_full_disk(world):
    """a disk that fills up: it logs the reason, is not killed, and continues when there is space"""
    world.run("systemctl stop fxwatch; mv /var/lib/private/fxwatch /var/lib/private/kept; "
              "mkdir -m 700 /var/lib/private/fxwatch; "
              "mount -t tmpfs -o size=8M,mode=700 tmpfs /var/lib/private/fxwatch")
    try:
        expect(world.run("systemctl start fxwatch").returncode == 0, world.said())
        world.polled_again(3)
        pid, since, before = world.pid(), world.now(), len(world.hooks())
        world.run("cat /dev/zero >/var/lib/private/fxwatch/filler")
        world.show("february", TJS="0.12000")
        wait_for("a word of it", lambda: world.journal(
            "MESSAGE_ID=0e93fda526164e048e491db6e488e14c", since=since))
        expect("the disk is full; free some space" in world.said(since), world.said(since))
        wait_for("the status line", lambda: "the disk is full" in world.show_unit("StatusText"))
        polls = world.polls("https")
        # Two watchdog intervals, after which it would have been killed.
        wait_for("time to pass", Elapsed(WATCHDOG * 2 + 1))
        expect(world.pid() == pid and polls, world.said(since))
        world.run("rm /var/lib/private/fxwatch/filler")
        wait_for("the webhook", lambda: len(world.hooks()) > before, 90)
        wait_for("a word of the end", lambda: world.journal(
            "MESSAGE_ID=d294606e405a48feb9e6955621148130", since=since))
    finally:
        world.run("systemctl stop fxwatch; umount /var/lib/private/fxwatch")


@promise
def full_at_start(world):
    """a full state directory at startup: one message, slow retries, and success when there is space"""
    world.run("mount -t tmpfs -o size=64k,mode=700 tmpfs /var/lib/private/fxwatch; "
              "cat /dev/zero >/var/lib/private/fxwatch/filler")
    since = world.now()
    try:
        status = world.fresh_start(drop_in=DROP_IN.replace("RestartSec=1s", "RestartSec=5s"))
        expect(status != 0, "it started")
        expect("free some space" in world.said(since), world.said(since))
        wait_for("a retry", lambda: world.restarts() > 0)
        expect(world.restarts() == 1, "a restart storm")
        expect("Failed" not in world.show_unit("StatusText"))
        world.run("mount -o remount,size=4M /var/lib/private/fxwatch")
        wait_for("it to heal", world.is_active)
    finally:
        world.run("systemctl stop fxwatch; umount /var/lib/private/fxwatch; "
                  "rmdir /var/lib/private/fxwatch; mv /var/lib/private/kept /var/lib/private/fxwatch")


@promise
def read_only(world):
    """a read-only state directory: failed with one message, and not retried"""
    world.run("systemctl stop fxwatch; mount --bind /var/lib/private/fxwatch "
              "/var/lib/private/fxwatch; mount -o remount,ro,bind /var/lib/private/fxwatch")
    since = world.now()
    try:
        world.fresh_start()
        world.expect_failed(since, "may not be written|Read-only file system")
    finally:
        world.run("umount /var/lib/private/fxwatch")


@promise
def credential_not_loaded(world):
    """a secret that the unit does not load: failed with file:line:column and the remedy"""
    since = world.now()
    world.fresh_start(drop_in="[Service]\nRestartSec=1s\n")
    world.expect_failed(since, r"fxwatch\.yaml:\d+:\d+: .*ops-webhook.*LoadCredential=ops-webhook:")
    expect(world.show_unit("ExecMainStatus") == "78")
    text = world.run("systemctl status fxwatch").stdout
    expect("LoadCredential" in text, text)
    expect("Subject: fxwatch could not start" in world.run(
        "journalctl -u fxwatch -x -n 20 --no-pager").stdout, "not explained")


@promise
def credential_missing(world):
    """a secret whose file is missing: failed, reported by systemd, and not retried"""
    since = world.now()
    world.fresh_start(drop_in=DROP_IN.replace("credentials/ops-webhook", "credentials/nothing"))
    world.expect_failed(since, "CREDENTIALS")


@promise
def config_unreadable(world):
    """a config that only root can read: failed with one message and the remedy"""
    since = world.now()
    world.run("chmod 600 /etc/fxwatch/fxwatch.yaml")
    world.run("systemctl stop fxwatch; systemctl reset-failed fxwatch; systemctl start fxwatch")
    world.write("/etc/systemd/system/fxwatch.service.d/test.conf", DROP_IN)
    world.run("systemctl daemon-reload; systemctl restart fxwatch")
    try:
        world.expect_failed(since, "/etc/fxwatch/fxwatch.yaml: .*may not|cannot be read|readable")
    finally:
        world.run("chmod 644 /etc/fxwatch/fxwatch.yaml")


@promise
def config_bad(world):
    """an invalid config: failed at once, each problem with its line"""
    since = world.now()
    world.fresh_start(CONFIG.replace("every: 1s", "every: 1x").replace("journald", "jurnald"))
    world.expect_failed(since, r"fxwatch\.yaml:5:12: ")
    expect("fxwatch.yaml:10:" in world.said(since) and "jurnald" in world.said(since))


@promise
def sandboxed(world):
    """the sandbox works: other paths, programs, address families and system calls are refused"""
    world.fresh_start()
    world.write("/usr/local/lib/probe.pl", (world.here / "probe.pl").read_bytes())
    unit = world.run("cat /lib/systemd/system/fxwatch.service", check=True).stdout
    world.write("/run/systemd/system/probe.service", unit)
    world.write("/run/systemd/system/probe.service.d/probe.conf", """\
[Service]
Type=oneshot
NotifyAccess=none
WatchdogSec=0
Restart=no
StateDirectory=
StateDirectory=probe
RuntimeDirectory=
RuntimeDirectory=probe
ExecPaths=/usr/bin/perl
ExecStart=
ExecStart=/usr/bin/perl /usr/local/lib/probe.pl
""")
    world.run("systemctl daemon-reload; systemctl start probe")
    world.run("journalctl --sync")
    lines = world.run("journalctl -u probe -o cat --no-pager -q").stdout.splitlines()
    answers = dict(line.rsplit(": ", 1) for line in lines
                   if line.endswith((": allowed", ": refused")))
    allowed = {name for name, answer in answers.items() if answer == "allowed"}
    expect(allowed == {"write /var/lib/probe/fxwatch-probe", "write /run/probe/fxwatch-probe",
                       "write /tmp/fxwatch-probe", "socket AF_INET", "socket AF_INET6",
                       "socket AF_UNIX", "socket AF_NETLINK"}, "\n".join(lines))
    expect(len(answers) == 39, f"{len(answers)} attempts:\n" + "\n".join(lines))
    status = world.run(f"cat /proc/{world.pid()}/status").stdout
    for line in ("NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000",
                 "CapBnd:\t0000000000000000"):
        expect(line in status, status)
    expect(world.run(f"stat -c %U /proc/{world.pid()}").stdout.strip() != "root", "runs as root")


@promise
def delivers_otherwise(world):
    """mail is sent over TLS; programs and files work after the unit allows them"""
    config = CONFIG + """\
  mail: {type: email, server: "bank.test:465", tls: implicit, from: fx@bank.test, to: [desk@bank.test]}
  program: {type: command, command: [/usr/bin/tee, /run/fxwatch/told]}
  lines: {type: file, path: /var/log/fxwatch/events}
"""
    expect(world.fresh_start(config, DROP_IN + "ExecPaths=/usr/bin/tee\nLogsDirectory=fxwatch\n") == 0,
           world.said())
    world.polled_again()
    since = world.now()
    world.show("february", TJS="0.12500")
    wait_for("the mail", lambda: any(
        mail["to"] == ["<desk@bank.test>"] and "TJS/USD" in mail["text"]
        for mail in map(json.loads, world.lines("mails"))))
    for path in ("/run/fxwatch/told", "/var/log/fxwatch/events"):
        wait_for(path, lambda: "TJS/USD" in world.run(f"cat {path}").stdout)
    refused = world.journal("MESSAGE_ID=9b670ad566d84b5fb0e199f07868463e", since=since)
    expect(not refused, refused)
    world.fresh_start()


@promise
def serves(world):
    """the page is served at an address of its own and through fxwatch.socket, in the sandbox"""
    def answer(port, path):
        request = f"GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n"
        return world.run(
            f"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}; printf \"{request}\" >&3; cat <&3'").stdout
    expect(world.fresh_start(CONFIG + 'web: {listen: "127.0.0.1:9781"}\n') == 0, world.said())
    wait_for("a page", lambda: "<h1>" in answer(9781, "/"))
    expect(answer(9781, "/readyz").startswith("HTTP/1.1 200 "), answer(9781, "/readyz"))
    verified = world.run("systemd-analyze verify --man=no fxwatch.socket")
    expect(verified.returncode == 0 and not verified.stdout.strip(), verified.stdout)
    done = world.run("systemctl stop fxwatch; systemctl start fxwatch.socket")
    expect(done.returncode == 0, done.stdout)
    try:
        expect(world.fresh_start(CONFIG + "web: {listen: systemd}\n") == 0, world.said())
        wait_for("a page", lambda: "<h1>" in answer(9780, "/"))
    finally:
        world.run("systemctl stop fxwatch.socket")
        world.fresh_start()


@promise
def reloads_by_notification(world):
    """with the drop-in for systemd 253 and later, a reload uses RELOADING=1 and READY=1"""
    version = int(re.findall(r"\d+", world.run("systemctl --version").stdout)[0])
    if version < 253:
        raise NotHere(f"systemd {version} has no Type=notify-reload")
    drop_in = "/etc/systemd/system/fxwatch.service.d/notify-reload.conf"
    world.run(f"install -m 644 /usr/share/doc/fxwatch/examples/notify-reload.conf {drop_in}",
              check=True)
    try:
        expect(world.fresh_start() == 0, world.said())
        expect(world.show_unit("Type") == "notify-reload")
        verified = world.run("systemd-analyze verify --man=no fxwatch.service")
        expect(verified.returncode == 0 and not verified.stdout.strip(), verified.stdout)
        reloads(world)
        pid, since = world.pid(), world.now()
        world.write("/etc/fxwatch/fxwatch.yaml", CONFIG.replace("every: 1s", "every: 1x"))
        world.run("systemctl reload fxwatch")
        expect(world.journal("MESSAGE_ID=75412c02c9b345fb8a65fa97ae235fa2", since=since),
               world.said(since))
        expect(world.is_active() and world.pid() == pid, world.said(since))
    finally:
        world.run(f"rm {drop_in}")
        world.fresh_start()


@promise
def explains_everything(world):
    """journalctl -x has a text for every kind of entry, and finds every field of those written here"""
    catalog = (world.here.parent.parent / "systemd/fxwatch.catalog").read_text()
    subjects = dict(re.findall(r"(?m)^-- (\w{32})\nSubject: (.*)$", catalog))
    expect(len(subjects) >= 23, subjects)
    fields = {name: f"[{name}]" for name in re.findall(r"@(\w+)@", catalog)}
    entries = "".join(
        "\n".join([f"MESSAGE_ID={name}", "MESSAGE=a try"]
                  + [f"{field}={value}" for field, value in fields.items()]) + "\n---\n"
        for name in subjects)
    world.write("/run/entries", entries)
    world.run("awk 'BEGIN { RS = \"---\\n\" } { f = \"/run/entry\"; printf \"%s\", $0 >f; close(f); "
              "system(\"logger --journald=\" f) }' /run/entries; journalctl --sync", check=True)
    text = world.run("journalctl -x --no-pager -q -t logger").stdout
    for subject in subjects.values():
        expect("Subject: " + re.sub(r"@(\w+)@", r"[\1]", subject) in text,
               f"'{subject}' is not in:\n{text}")
    written = {entry.get("MESSAGE_ID") for entry in world.journal("SYSLOG_IDENTIFIER=fxwatch")}
    expect(len(written & set(subjects)) >= 8, written)
    text = world.run("journalctl -u fxwatch -x --no-pager -q").stdout
    blanks = re.findall(r"(?m)^.*FXWATCH_\w+.*$", text)
    expect(not blanks, "\n".join(blanks))


@promise
def namespaced(world):
    """a log namespace receives the log and the alerts"""
    world.fresh_start(drop_in=DROP_IN + "LogNamespace=rates\n")
    expect(world.is_active(), world.said())
    world.show("february", TJS="0.13000")
    found = wait_for("the alert", lambda: world.run(
        "journalctl --namespace=rates --sync 2>/dev/null; journalctl --namespace=rates -u fxwatch "
        "FXWATCH_PAIR=TJS/USD -o json --no-pager -q").stdout.strip())
    expect(json.loads(found.splitlines()[-1])["_TRANSPORT"] == "journal", found)
    expect(world.run("journalctl --namespace=rates -u fxwatch --no-pager -q "
                     "MESSAGE_ID=eb23a9294698423a820780bbad7fa145").stdout.strip())
    world.fresh_start()


@promise
def upgrades(world):
    """an upgrade keeps config and history, and restarts the service"""
    pid, before = world.pid(), len(world.hooks())
    history = world.run("fxwatch history TJS/USD --versions --format json").stdout
    expect(len(json.loads(history)) >= 1, history)
    world.build_upgrade()
    done = world.run("apt-get install --yes --no-install-recommends "
                     "-o Dpkg::Options::=--force-confold /packages/fxwatch-next.deb")
    expect(done.returncode == 0, done.stdout)
    installed = world.run("dpkg-query -W fxwatch").stdout
    expect("+next" in installed, installed)
    wait_for("the service", world.is_active)
    expect(world.pid() != pid, "not restarted")
    expect(world.run("cat /etc/fxwatch/fxwatch.yaml").stdout == CONFIG, "the config was changed")
    world.polled_again()
    kept = world.run("fxwatch history TJS/USD --versions --format json").stdout
    expect(set(rates(history)) <= set(rates(kept)), f"had {history}, kept {kept}")
    expect(len(world.hooks()) == before, "sent again")


def rates(history):
    return [entry["rate"] for entry in json.loads(history)]


@promise
def removes(world):
    """remove stops it and keeps config and history; a new installation uses them"""
    done = world.run("apt-get remove --yes fxwatch")
    expect(done.returncode == 0, done.stdout)
    expect(world.show_unit("LoadState") in ("not-found", "masked"), world.show_unit("LoadState"))
    expect(world.run("pidof fxwatch").stdout.strip() == "", "still runs")
    expect(world.run("cat /etc/fxwatch/fxwatch.yaml").stdout == CONFIG)
    expect(world.run("test -s /var/lib/private/fxwatch/fxwatch.db").returncode == 0)
    done = world.run("apt-get install --yes --no-install-recommends "
                     "-o Dpkg::Options::=--force-confold /packages/fxwatch-next.deb")
    expect(done.returncode == 0, done.stdout)
    done = world.run("systemctl start fxwatch")
    expect(done.returncode == 0 and world.is_active(), world.said())


@promise
def purges(world):
    """purge leaves only the administrator's own files"""
    done = world.run("apt-get purge --yes fxwatch")
    expect(done.returncode == 0, done.stdout)
    left = world.run("find / -xdev -path /proc -prune -o -path /sys -prune -o -path /var/log -prune "
                     "-o -path /var/cache -prune -o -name '*fxwatch*' -print; "
                     "dpkg-query -W fxwatch 2>/dev/null; systemctl --failed --no-legend").stdout
    expected = {"/etc/fxwatch", "/etc/systemd/system/fxwatch.service.d"}
    expect({line for line in left.split("\n") if line} <= expected, left)
