"""Full disks, failing writes and kills: a daemon lives many lives on one state directory, each with a fault
of its own, and one in peace at the end. No event may be lost or have two identifiers, no identifier two
events."""

import os
import random
import subprocess
import time

from world import Daemon, Page, Receiver, until

CONFIG = """sources:
  timesca: {{preset: timesca, url: "{page}", every: 1s, allow_private: true}}
rules:
  move: {{when: abs(change) > 1%}}
notifiers:
  good: {{type: webhook, url: "{receiver}"}}
"""


def library(folder):
    """Compiles the library of faults; returns its path."""
    path = os.path.join(folder, "faults.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", path, source], check=True)
    return path


def run(program, folder, name, faults):
    """Lives a life with each of these faults; returns a line of figures and the failures.

    A fault is a pair: variables of the environment, and the seconds until the daemon is killed.
    """
    page, receiver, failures = Page(), Receiver(), []
    daemon = Daemon(program, folder, CONFIG.format(page=page.url, receiver=receiver.url))
    daemon.start()
    if not until(lambda: page.requests and os.path.exists(f"{folder}/state/fxwatch.db"), 20):
        return "the first start failed", [f"{name}: the daemon did not start"]
    time.sleep(0.5)  # the first publication is stored
    daemon.kill()
    exits = {}
    for environment, seconds in faults:
        asked = len(page.requests)
        page.version += 1
        daemon.start(environment)
        end = time.monotonic() + seconds
        while time.monotonic() < end and daemon.process.poll() is None:
            time.sleep(0.02)
            if len(page.requests) > asked:
                asked = len(page.requests)
                page.version += 1
        status = daemon.process.poll()
        if status is None:
            daemon.kill()
        else:
            # A disk that is full or fails at the start ends the daemon, and may heal: systemd restarts it.
            exits[status] = exits.get(status, 0) + 1
            if status != 1:
                failures.append(f"{name}: the daemon exited with {status}, with {environment}")
    daemon.start()
    drained = until(lambda: not receiver.gaps(page, 0), 60, 0.5)
    if daemon.stop() != 0:
        failures.append(f"{name}: the last exit was not clean")
    gaps = receiver.gaps(page, 0) if not drained else []
    two_identifiers, two_events = receiver.identifiers()
    failures += [f"{name}: lost: {gap}" for gap in gaps]
    failures += [f"{name}: two identifiers: {event}" for event in two_identifiers]
    failures += [f"{name}: two events: {identifier}" for identifier in two_events]
    events = len({identifier for _, identifier, _ in receiver.events})
    return (f"{len(faults)} lives, {events} events, {len(gaps)} lost, {len(two_identifiers)} with two"
            f" identifiers, {len(two_events)} identifiers of two events, exits {exits or 'none'}"), failures


def disk(program, folder, share, seed):
    """A disk that is full after each multiple of 4 KiB, up to 1 MiB."""
    preload, chance = library(folder), random.Random(seed)
    steps = range(0, 256, max(1, round(1 / share)))
    return run(program, folder, "disk", [
        ({"LD_PRELOAD": preload, "FAULT_SPACE": str(step * 4096)}, chance.uniform(0.3, 2.5))
        for step in steps])


def errors(program, folder, share, seed):
    """Writes and synchronizations that fail with EIO at random, rarely or often."""
    preload, chance = library(folder), random.Random(seed)
    return run(program, folder, "errors", [
        ({"LD_PRELOAD": preload, "FAULT_ERRORS": str(chance.choice((20, 100, 500, 2000, 9000))),
          "FAULT_SEED": str(chance.randrange(1 << 30))}, chance.uniform(0.3, 2.5))
        for _ in range(max(3, round(100 * share)))])


def kills(program, folder, share, seed):
    """Kills at random moments, on full and failing disks and without a fault."""
    preload, chance = library(folder), random.Random(seed)

    def fault():
        kind = chance.random()
        if kind < 0.4:
            return {}
        if kind < 0.7:
            return {"LD_PRELOAD": preload, "FAULT_SPACE": str(chance.randrange(1 << 20))}
        return {"LD_PRELOAD": preload, "FAULT_ERRORS": str(chance.choice((20, 200, 2000))),
                "FAULT_SEED": str(chance.randrange(1 << 30))}

    return run(program, folder, "kills", [
        (fault(), chance.uniform(0.02, 1.5)) for _ in range(max(10, round(300 * share)))])
