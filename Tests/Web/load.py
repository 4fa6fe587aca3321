"""Slow and hostile clients: nothing else is delayed, and everything is given back."""

import os
import random
import resource
import socket
import subprocess
import time

from served import TOKEN


def memory(site):
    with open(f"/proc/{site.daemon.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def descriptors(site):
    return len(os.listdir(f"/proc/{site.daemon.pid}/fd"))


def latencies(site, count):
    """Returns the times from a change of the page to the webhook, in seconds, sorted."""
    return sorted(site.tick() for _ in range(count))


def slow(site, short):
    """slowhttptest with slow heads, bodies and reads: webhooks arrive in time, and the page is back at once."""
    kinds = {"heads": ["-H"], "bodies": ["-B"], "reads": ["-X", "-z", "16", "-w", "10", "-y", "20"]}
    for name, options in kinds.items():
        attack = subprocess.Popen(
            ["slowhttptest", *options, "-c", "400", "-r", "200", "-i", "5", "-l", "10" if short else "30",
             "-u", site.url + "/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)
        late = latencies(site, 3 if short else 10)[-1]
        assert late < 3, f"a webhook took {late:.2f} s beside slow {name}"
        attack.terminate()
        attack.wait()
    site.until("the page after the attack", lambda: site.ask("/livez")[0] == 200, patience=20)


def idle(site, short):
    """Idle connections are capped and closed; no descriptor is lost."""
    before = descriptors(site)
    count = 1000 if short else 10_000
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + 500, max(count + 500, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    connections = []
    for _ in range(count):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", site.port))
        connections.append(client)
    time.sleep(1)
    assert descriptors(site) - before < 300, f"{descriptors(site)} descriptors"
    assert latencies(site, 2)[-1] < 3
    for client in connections:
        client.close()
    site.until("the page after idle connections", lambda: site.ask("/livez")[0] == 200, patience=30)
    site.until("the descriptors", lambda: descriptors(site) <= before + 3, patience=30)


def garbage(site, short):
    """Requests with garbage are refused, and cost neither memory nor descriptors."""
    random.seed(17)
    before, held = descriptors(site), memory(site)
    heads = [
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n", b"\0\xff\r\n\r\n", b"GET\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /api/v1/silences HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    ]
    for index in range(2000 if short else 100_000):
        # Some garbage could be the beginning of a request, for which the server waits.
        client = socket.create_connection(("127.0.0.1", site.port), timeout=0.02)
        head = random.choice(heads) if index % 2 else os.urandom(random.randrange(1, 400)) + b"\r\n\r\n"
        try:
            client.sendall(head)
            client.shutdown(socket.SHUT_WR)
            while client.recv(4096):
                pass
        except OSError:
            pass
        client.close()
    site.until("the descriptors", lambda: descriptors(site) <= before + 3)
    assert memory(site) < held + 16_384, f"{held} to {memory(site)} KiB"


def hostile(site, short):
    """No write without the token and from another site; no answer under another name."""
    body = b'{"match": ["rule=high"], "author": "a", "reason": "r", "for": "2h"}'
    kind = {"Content-Type": "application/json"}
    token = {**kind, "Authorization": f"Bearer {TOKEN}"}
    assert site.ask("/api/v1/silences", body, kind)[0] == 401
    assert site.ask("/api/v1/silences", body, {**token, "Origin": "http://evil.example"})[0] == 403
    assert site.ask("/api/v1/silences", body, {**token, "Sec-Fetch-Site": "cross-site"})[0] == 403
    assert site.ask("/", headers={"Host": "evil.example"})[0] == 421
    assert site.ask("/api/v1/rates?pear=EUR/USD")[0] == 422


ALL = [hostile, slow, idle, garbage]
