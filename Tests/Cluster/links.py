"""Connections of replicas to the database that can be cut, in one direction or in both."""

import socket
import threading
import time


class Direction:
    """One direction of all connections of a link: passed on, or held until it is opened again.

    Bytes that are held arrive late, as after a partition that ends: TCP sends them again.
    """

    def __init__(self):
        self.passes = threading.Event()
        self.passes.set()

    def cut(self):
        self.passes.clear()

    def open(self):
        self.passes.set()


class Link:
    """A relay between one replica and the database."""

    def __init__(self, server):
        self.server = server
        self.up, self.down = Direction(), Direction()
        self.trap = None
        self.sprung = threading.Event()
        self.connections = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.connect, args=(client,), daemon=True).start()

    def connect(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.server.port))
        except OSError:
            client.close()
            return
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections = [c for c in self.connections if c[0].fileno() >= 0] + [(client, server)]
        for source, goal, direction in ((client, server, self.up), (server, client, self.down)):
            threading.Thread(
                target=self.relay, args=(source, goal, direction), daemon=True).start()

    def relay(self, source, goal, direction):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                if direction is self.up and self.trap and self.ends_transaction(data):
                    data = self.spring(data, goal)
                direction.passes.wait()
                goal.sendall(data)
        except OSError:
            pass
        direction.passes.wait()
        for end in (source, goal):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    @staticmethod
    def ends_transaction(data):
        """True for the bytes of a transaction of the engine."""
        return b"fxwatch.fence" in data and b"COMMIT" in data

    def spring(self, data, goal):
        """Cuts the link in the middle of a transaction; returns the bytes that are held."""
        trap, self.trap = self.trap, None
        if trap == "commit":
            # The server has all but the COMMIT: an open transaction with the lock of the lease.
            part = data.rindex(b"COMMIT") - 12
            goal.sendall(data[:part])
            self.up.cut()
            data = data[part:]
        elif trap == "answer":
            self.down.cut()
            goal.sendall(data)
            data = b""
        elif trap == "reset":
            self.down.cut()
            goal.sendall(data)
            data = b""
            threading.Thread(target=self.reset, daemon=True).start()
        self.sprung.set()
        return data

    def set_trap(self, kind):
        """Cuts the link at the next transaction: before its `commit`, or before its `answer`; with
        `reset` the connection is lost with the answer.
        """
        self.sprung.clear()
        self.trap = kind

    def reset(self):
        time.sleep(0.2)
        for ends in self.connections:
            for end in ends:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.down.open()

    def heal(self):
        self.trap = None
        self.up.open()
        self.down.open()
