#!/usr/bin/env python3
"""The servers of the system test, on the container's loopback interface: a name server, a source's page
over HTTP and TLS, a receiver of webhooks, and a mail server.

Usage: world.py FOLDER. The page's body is FOLDER/page; FOLDER/answer contains the status of responses to
webhooks. Each poll of the page adds a line to FOLDER/polls, each webhook a line of JSON to FOLDER/hooks,
each mail a line of JSON to FOLDER/mails.
"""

import http.server
import json
import pathlib
import socket
import socketserver
import ssl
import sys
import threading

FOLDER = pathlib.Path(sys.argv[1])


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = (FOLDER / "page").read_bytes()
        with open(FOLDER / "polls", "a") as polls:
            polls.write(f"{self.server.scheme} {self.path}\n")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = int((FOLDER / "answer").read_text())
        hook = {
            "status": status,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
        }
        with open(FOLDER / "hooks", "a") as hooks:
            hooks.write(json.dumps(hook) + "\n")
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Mail(socketserver.StreamRequestHandler):
    """Receives one message after another (RFC 5321)."""

    def handle(self):
        self.say("220 bank.test")
        recipients = []
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("RCPT TO:"):
                recipients.append(line[len("RCPT TO:"):])
            if line.upper() == "DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                with open(FOLDER / "mails", "a") as mails:
                    mails.write(json.dumps({"to": recipients, "text": text}) + "\n")
            self.say("221 bye" if line.upper() == "QUIT" else "250 fine")
            if line.upper() == "QUIT":
                break

    def say(self, reply):
        self.wfile.write(f"{reply}\r\n".encode())


def serve(port, scheme, server_type=http.server.ThreadingHTTPServer, handler=Answer):
    server = server_type(("127.0.0.1", port), handler)
    server.scheme = scheme
    if scheme != "http":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(FOLDER / "tls.crt", FOLDER / "tls.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def answer_names():
    """Resolves every name below .test to 127.0.0.1, and no other name (RFC 1035 section 4.1)."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    while True:
        query, peer = server.recvfrom(512)
        end = 12
        while query[end]:
            end += query[end] + 1
        question = query[12:end + 5]
        kind = int.from_bytes(query[end + 1:end + 3], "big")
        known = query[12:end].endswith(b"\x04test")
        answers = known and kind == 1
        reply = query[:2] + (b"\x81\x80" if known else b"\x81\x83")
        reply += b"\x00\x01" + (b"\x00\x01" if answers else b"\x00\x00") + b"\x00" * 4 + question
        if answers:
            reply += b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x00\x00\x01"
        server.sendto(reply, peer)


serve(8080, "http")
serve(443, "https")
serve(465, "smtps", socketserver.ThreadingTCPServer, Mail)
print("ready", flush=True)
answer_names()
