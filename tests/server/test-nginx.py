#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""duologue-server behind nginx, both configured as the README and the example file say.

Usage: test-nginx.py DUOLOGUE-SERVER DUOLOGUE-CLI SOURCE
"""

import base64
import os
import re
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "call")]
import cli  # noqa: E402
import tap  # noqa: E402
from authority import Authority  # noqa: E402

SERVER, CLI, SOURCE = sys.argv[1:4]
PATIENCE = 60
AROUND = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/main.err;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/calls.conf;
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Nginx:
    """nginx as in the README, but for its port and where its files are."""

    def __init__(self, folder, authority, upstream):
        self.folder, self.port = folder, free_port()
        text = re.search(
            r"^ {7}log_format .*?^ {7}\}$", read(f"{SOURCE}/README.md"), re.M | re.S
        ).group()
        for here, there in (
            ("calls.example.org;", "localhost;"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            ("listen [::]:443 ssl;", ""),
            ("/etc/letsencrypt/live/calls.example.org/fullchain.pem", authority.path("chain.pem")),
            ("/etc/letsencrypt/live/calls.example.org/privkey.pem", authority.path("server.key")),
            ("/var/log/nginx", folder),
            ("http://127.0.0.1:8080;", f"http://127.0.0.1:{upstream};"),
        ):
            assert here in text, f"not in the README: {here}"
            text = text.replace(here, there)
        write(self.path("calls.conf"), text)
        write(self.path("nginx.conf"), AROUND.format(folder=folder))
        self.command = ["nginx", "-p", folder, "-c", self.path("nginx.conf")]
        told = subprocess.run([*self.command, "-t"], capture_output=True, text=True)
        assert told.returncode == 0 and "warn" not in told.stderr, told.stderr
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        self.wait()

    def path(self, name):
        return os.path.join(self.folder, name)

    @property
    def url(self):
        return f"https://localhost:{self.port}"

    def wait(self):
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                assert time.monotonic() < deadline and self.process.poll() is None, "no nginx"
                time.sleep(0.05)

    def log(self):
        return read(self.path("calls.log")), read(self.path("calls.err"))

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait(PATIENCE)


class Setting:
    """The room server with the options of the example, and nginx in front of it."""

    def __init__(self, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="duo-nginx-")
        self.authority = Authority(self.folder.name)
        config = f"--config={SOURCE}/data/systemd/server.conf"
        self.server = cli.Server(SERVER, config, "--stun-port=0", *options)
        try:
            self.nginx = Nginx(self.folder.name, self.authority, self.server.port)
        except Exception:
            self.server.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.nginx.stop()
        if self.server.process.poll() is None:
            self.server.stop()
        self.folder.cleanup()

    def connect(self, address="127.0.0.1"):
        trusting = ssl.create_default_context(cafile=self.authority.path("root.pem"))
        plain = socket.create_connection(
            ("127.0.0.1", self.nginx.port), timeout=PATIENCE, source_address=(address, 0)
        )
        return trusting.wrap_socket(plain, server_hostname="localhost")

    def get(self, path, **headers):
        """The status line and the headers, and what has come of the rest."""
        with self.connect() as connection:
            send_request(connection, path, Connection="close", **headers)
            text = b""
            while data := connection.recv(65536):
                text += data
        return text.decode("utf-8", "replace")

    def enter(self, room, address, **headers):
        """A WebSocket, and the first of what it is told."""
        connection = self.connect(address)
        send_request(
            connection,
            f"/parties/main/{room}?_pk={secrets.token_urlsafe(18)}&_rs={secrets.token_urlsafe(18)}",
            Upgrade="websocket",
            Connection="Upgrade",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key=base64.b64encode(secrets.token_bytes(16)).decode(),
            **headers,
        )
        stream = connection.makefile("rb")
        assert b" 101 " in stream.readline()
        while stream.readline().strip():
            pass
        kind, length = stream.read(2)
        if length == 126:
            length = int.from_bytes(stream.read(2), "big")
        told = stream.read(length)
        return connection, int.from_bytes(told[:2], "big") if kind == 0x88 else told.decode()


def send_request(connection, path, **headers):
    lines = [f"GET {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())


def test_pages():
    with Setting() as setting:
        page = setting.get("/call")
        assert page.startswith("HTTP/1.1 200 ") and "<!DOCTYPE html>" in page
        assert page.count("Content-Security-Policy:") == 1
        assert setting.get("/health").startswith("HTTP/1.1 200 ")
        assert setting.get("/metrics").startswith("HTTP/1.1 404 ")
        assert "duologue" not in setting.get("/metrics")


def test_call():
    with Setting() as setting:
        setting.authority.call(CLI, setting.nginx.url)


def test_addresses():
    """Each behind the proxy counts by itself, and none can say that it is somebody else."""
    with Setting("--connections-per-address=2") as setting:
        held = [setting.enter("first", "127.0.0.2")]
        held.append(setting.enter("second", "127.0.0.2"))
        for lie in ({}, {"X_Forwarded_For": "192.0.2.9"}, {"X_Forwarded_For": "127.0.0.1"}):
            connection, told = setting.enter("third", "127.0.0.2", **lie)
            assert told == 1013, f"{lie}: {told}"
            connection.close()
        held.append(setting.enter("third", "127.0.0.3", X_Forwarded_For="127.0.0.2"))
        for connection, told in held:
            assert "room-joined" in str(told), told
            connection.close()


def test_logs():
    """What proves a place in a room is in no log, not even when something goes wrong."""
    with Setting() as setting:
        connection, told = setting.enter("room", "127.0.0.1")
        assert "room-joined" in told
        connection.close()
        setting.server.kill()
        query = "/parties/main/room?_pk=somebody&_rs=something"
        assert setting.get(query).startswith("HTTP/1.1 502 ")
        assert setting.get("/parties/main/%zz?_rs=something").startswith("HTTP/1.1 400 ")
        setting.nginx.stop()
        access, error = setting.nginx.log()
        assert access.count("/parties/main/room") == 2, access
        for log in (access, error):
            for part in ("?", "_pk", "_rs", "something"):
                assert part not in log, log


def main():
    plan = tap.Plan()
    plan.run("pages", test_pages)
    plan.run("a call", test_call)
    plan.run("addresses", test_addresses)
    plan.run("logs", test_logs)
    plan.finish()


if __name__ == "__main__":
    main()
