"""Random bytes in the database: a command gives the same answer as before, or reports the damage."""

import os
import random
import re
import shutil
import sqlite3

from world import Daemon, Page, Receiver, until
from lives import CONFIG

# The fields that depend on the time of the answer.
AGES = re.compile(rb'"(age|state|waiting|seconds|overdue)[a-z_]*":("[^"]*"|[0-9.]+)')

COMMANDS = [
    ("rates", "--format", "json"), ("history", "KGS/USD", "--versions", "--format", "json"),
    ("history", "UZS/USD", "--format", "csv"), ("alerts", "--format", "json"),
    ("deliveries", "--format", "json"),
    ("explain", "--rule", "move", "--pair", "KGS/USD", "--json"),
]


def run(program, folder, share, seed):
    """Changes random bytes of up to 150 copies of a database."""
    chance, page, receiver, failures = random.Random(seed), Page(), Receiver(), []
    daemon = Daemon(program, folder, CONFIG.format(page=page.url, receiver=receiver.url))
    daemon.start()
    for _ in range(12):
        asked = len(page.requests)
        if not until(lambda: len(page.requests) > asked + 1, 20):
            return "the start failed", ["damage: the daemon did not poll"]
        page.version += 1
    until(lambda: not receiver.gaps(page, 0), 20)
    daemon.stop()
    database = f"{folder}/state/fxwatch.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    original = f"{folder}/original.db"
    shutil.copy(database, original)
    expected = [answer(daemon, command) for command in COMMANDS]
    size, reported, same = os.path.getsize(original), 0, 0
    copies = max(5, round(150 * share))
    for number in range(copies):
        with open(original, "rb") as file:
            content = bytearray(file.read())
        for _ in range(chance.choice((1, 1, 3, 30))):
            content[chance.randrange(size)] = chance.randrange(256)
        for rest in ("-wal", "-shm"):
            if os.path.exists(database + rest):
                os.remove(database + rest)
        with open(database, "wb") as file:
            file.write(content)
        for command, before in zip(COMMANDS, expected):
            status, output, errors = answer(daemon, command)
            if status not in (0, 1, 78):
                failures.append(f"damage: copy {number}: {command[0]} exited with {status}: {errors[:200]}")
            elif (status, output) == before[:2]:
                same += 1
            elif status == 0 and not errors:
                failures.append(f"damage: copy {number}: {' '.join(command)} differs without a word")
            else:
                reported += 1
    return f"{copies} databases, {same} answers the same, {reported} with a report, {len(failures)} silent", failures


def answer(daemon, command):
    """Runs a command; returns its status, its output without what the clock changes, and its errors."""
    status, output, errors = daemon.command(*command)
    return status, AGES.sub(b"", output), errors
