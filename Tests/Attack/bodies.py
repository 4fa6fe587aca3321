"""Hostile bodies: every reader gets bodies that no publisher sends, while a good source is polled beside."""

import base64
import os
import random
import time
import urllib.parse

from world import KEY, Daemon, Handler, Page, Receiver, conclude, quick_server, raw_controls, secrets, until

PRESETS = ["bnr", "boc", "cbr", "cbu", "cnb", "ecb", "nbk", "nbp-a", "nbu", "norges", "tcmb", "timesca"]

READERS = [
    "format: html, rows: '//table//tr[td]', base: 'td[1]', quote: KZT, rate: 'td[2]'",
    "format: html, rows: \"//h2[.='Rates']/following::tr\", base: 'td[1]', quote: KZT, rate: 'td[2]'",
    "format: html, table: //table, base: Code, quote: KZT, rate: Rate",
    "format: xml, rows: //item, base: title, quote: KZT, rate: description",
    "format: json, rows: 'rates.*', base: '#', quote: KZT, rate: '.'",
    "format: json",
    "format: json, rows: 'data.*', parallel: true, base: c, quote: KZT, rate: r",
    "format: csv, base: Code, quote: KZT, rate: Rate",
    "format: csv, wide: quote, base: EUR, date: Date",
    "format: text, pattern: '(?<base>[A-Z]{3}) = (?<rate>[0-9.]+)', quote: KZT",
    "format: regex, pattern: '(?s)(?<base>[A-Z]+).*=\\s*(?<rate>[0-9]+);', quote: KZT",
    "format: regex, pattern: '(?<base>(a+)+b|.*+z)(?<rate>[0-9]+)', quote: KZT",
]

# A prefix, a unit that is repeated, and a suffix.
REPEATED = [
    (b"", b"\0", b""), (b"", b"a", b""), (b"", b"<", b""), (b"<html><body>", b"<div>", b""),
    (b"<?xml version='1.0'?>", b"<a>", b""), (b"<html><body>", b"<b>", b""), (b"<r>", b"<a/>", b"</r>"),
    (b"<html><!--", b"- -", b""), (b"<r ", b"a='' ", b"/>"), (b"<html><script>", b"</scrip", b""),
    (b"<html><body>", b"&", b""), (b"<html><body>", b"&a;", b""), (b"", b"[", b""), (b"", b'{"a":', b""),
    (b"[", b"{},", b"{}]"), (b'["', b"\\u0041", b'"]'), (b"<table>", b"<tr><td>1", b"</table>"),
    (b"<h2>Rates</h2><table>", b"<tr><td>USD<td>1", b"</table>"),
    (b"<table><tr><th>Code<th>Rate</tr>", b"<tr><td colspan=1000 rowspan=1000>1", b"</table>"),
    (b"<table><tr><th>Code<th>Rate</tr>", b"<tr><td>USD<td>1.5", b"</table>"), (b"", b"USD,", b""),
    (b"Code,Rate\n", b'"\n', b""), (b"Code,Rate\n", b"USD,1\n", b""), (b"", b"9", b""), (b"", b"USD = ", b""),
    (b"", b"KGS/USD = 1 0% ", b""), (b"", "Курс".encode(), b""), (b"", b"\xff\xfe", b""),
    (b"", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", b""), (b'{"base":"EUR","rates":{', b'"USD":1,', b'"X":1}}'),
    (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aa'>", b"<!ENTITY b '&a;&a;&a;&a;'>", b"]><x>&b;</x>"),
]

# Texts that must not be shown as they are: the key in several spellings, and control characters.
STRANGE = [
    KEY, urllib.parse.quote(KEY, safe=""), urllib.parse.quote_plus(KEY), base64.b64encode(KEY.encode()).decode(),
    "\x1b]0;x\x07", "\u009b31m", "\u0085", "\u202eDSU", "\u2066x\u2069", "\u200e", "\u2028", "=cmd()",
]

VALID = [
    "<html><body><h2>Rates</h2><table><tr><th>Code<th>Rate</tr><tr><td>{a}<td>{b}</tr></table>{c}</body></html>",
    '{{"success":false,"error":{{"code":101,"info":"{a} {b} {c}"}}}}',
    '{{"result":"error","error-type":"{a}/{b}{c}"}}', '{{"base":"{a}","date":"{c}","rates":{{"USD":{b}}}}}',
    '{{"base":"EUR","rates":{{"{a}":{b},"{c}":1}}}}', "Code,Rate\n{a},{b}\n{c},1\n", "Date,{a}\n{c},{b}\n",
    "<?xml version='1.0'?><rss><item><title>{a}</title><description>{b}{c}</description></item></rss>",
    "<html><title>{a} {b}</title><body>{c}</body></html>", "{a} = {b} {c}%",
    "<ul class=ticker><li>KGS/USD = <b>{b}</b> <i>{a}{c}%</i></li></ul>", "{a};{b};{c}",
]


def hostile(chance):
    """Returns a random hostile body: repeated units up to 4 MiB, or a small body with strange texts."""
    if chance.random() < 0.06:
        prefix, unit, suffix = chance.choice(REPEATED)
        size = chance.choice((1 << 12, 1 << 16, 1 << 18, 1 << 20, (4 << 20) - 64))
        return prefix + unit * ((size - len(prefix) - len(suffix)) // len(unit)) + suffix
    values = STRANGE * 2 + ["USD", "EUR", "1.5", "-1", "1e400", "0", "9" * 400, "NaN", "2026-02-31", "", "Z" * 5000]
    text = chance.choice(VALID).format(a=chance.choice(values), b=chance.choice(values), c=chance.choice(values))
    body = bytearray(text.encode())
    for _ in range(chance.choice((0, 0, 0, 1, 5))):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


def run(program, folder, share, seed):
    """Serves up to 10 000 bodies, to every reader in turn."""
    chance, page, receiver, failures = random.Random(seed), Page(), Receiver(), []
    served = []

    class Publisher(Handler):
        def do_GET(self):
            body = hostile(chance)
            served.append(len(body))
            status = chance.choice((200, 200, 200, 200, 200, 200, 200, 403, 500))
            headers = [("Content-Type", chance.choice(("text/html", "application/json", "text/csv", "text/xml")))]
            self.reply(status, body, headers)

    port = quick_server(Publisher).server_address[1]
    config = ["sources:", f'  good: {{preset: timesca, url: "{page.url}", every: 1s, allow_private: true}}']
    for number, reader in enumerate([f"preset: {name}" for name in PRESETS] + READERS * 2):
        config.append(f'  s{number}: {{url: "http://127.0.0.1:{port}/{number}?key={{key}}", every: 1s,'
                      f" allow_private: true, key: {{file: {folder}/key}}, {reader}}}")
    config += ["rules:", "  move: {when: abs(change) > 1%}", "notifiers:", "  out: {type: stdout}",
               f'  good: {{type: webhook, url: "{receiver.url}"}}', f"  lines: {{type: file, path: {folder}/events}}"]
    daemon = Daemon(program, folder, "\n".join(config) + "\n")
    daemon.start()
    began, wanted = time.monotonic(), round(10_000 * share)
    until(lambda: len(page.requests) > 1, 20)
    first = page.version

    def finished():
        daemon.memory() if daemon.process.poll() is None else None
        page.version += 1
        return len(served) >= wanted or daemon.process.poll() is not None

    if not until(finished, 120 + wanted / 10, 0.2):
        failures.append(f"bodies: only {len(served)} of {wanted} bodies were fetched")
    if daemon.process.poll() is not None:
        return "the daemon crashed", [f"bodies: the daemon exited with {daemon.process.returncode}"]
    wait = page.longest_wait(began, time.monotonic())
    if wait > 6:
        failures.append(f"bodies: the good source, polled every second, waited {wait:.1f} s")
    texts = {}
    for number in (0, 3, 12, 16, 21):
        for arguments in (("poll", f"s{number}"), ("poll", f"s{number}", "--explain")):
            _, texts[" ".join(arguments)], texts[f"{arguments} errors"] = daemon.command(*arguments)
    failures += [f"bodies: a secret in {name}" for name in secrets(texts)]
    failures += [f"bodies: a raw control character in {name}" for name in raw_controls(texts)]
    failures += conclude("bodies", daemon, page, receiver, first)
    failures += [f"bodies: {name} has mode {mode:o}" for name, mode in open_modes(folder)]
    return (f"{len(served)} bodies, {sum(served) >> 20} MiB, at most {daemon.peak >> 20} MiB of memory;"
            f" a good source of 1 s waited at most {wait:.1f} s"), failures


def open_modes(folder):
    """Returns the files of the state directory that others can read, and their modes."""
    for name in os.listdir(f"{folder}/state"):
        mode = os.stat(f"{folder}/state/{name}").st_mode & 0o777
        if mode & 0o077:
            yield name, mode
