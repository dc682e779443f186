#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""duologue-server with a certificate, from an authority that was made for it.

Usage: test-tls.py DUOLOGUE-SERVER DUOLOGUE-CLI
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "call")]
import cli  # noqa: E402
import tap  # noqa: E402
from authority import Authority  # noqa: E402

SERVER, CLI = sys.argv[1:3]
PATIENCE = 60


class Server(cli.Server):
    def __init__(self, authority, *options):
        super().__init__(SERVER, "--stun-port=0", *authority.arguments(), *options)

    @property
    def url(self):
        return f"https://localhost:{self.port}"


def get(url, context):
    with urllib.request.urlopen(url, timeout=PATIENCE, context=context) as answer:
        return answer.status, answer.read()


def test_page(authority):
    server = Server(authority)
    try:
        trusting = ssl.create_default_context(cafile=authority.path("root.pem"))
        for host in ("localhost", "127.0.0.1"):
            status, page = get(f"https://{host}:{server.port}/call", trusting)
            assert status == 200 and b"<!DOCTYPE html>" in page
        try:
            get(server.url + "/call", ssl.create_default_context())
        except urllib.error.URLError as error:
            assert "CERTIFICATE_VERIFY_FAILED" in str(error), error
        else:
            raise AssertionError("a certificate of nobody was trusted")
    finally:
        server.stop()


def test_call(authority):
    server = Server(authority)
    try:
        assert server.url.startswith("https://localhost:"), server.url
        authority.call(CLI, server.url)
    finally:
        server.stop()


def test_untrusted(authority):
    """It ends, and says in one line why."""
    server = Server(authority)
    try:
        result = subprocess.run(
            [CLI, "join", "--test-media", f"{server.url}/call#k7qm-4xwp-93h3"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": authority.path("state")},
        )
        assert result.returncode == 1, result
        assert result.stderr.count("\n") == 1, result.stderr
        assert "certificate of the room server is not one that this" in result.stderr, result.stderr
        assert "ended: untrusted" in result.stdout, result.stdout
    finally:
        server.stop()


def test_files(authority):
    """What is wrong is said in one line, before anybody could connect."""
    good, key = authority.path("chain.pem"), authority.path("server.key")
    garbage = authority.path("garbage")
    with open(garbage, "w", encoding="ascii") as file:
        file.write("-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n")
    for certificate, secret, status, word in (
        ("/nonexistent.pem", key, 1, "nonexistent"),
        (good, "/nonexistent.key", 1, "nonexistent"),
        (garbage, key, 1, "garbage"),
        (good, garbage, 1, "garbage"),
        (key, good, 1, "server.key"),
        (good, authority.path("other.key"), 1, "other.key"),
        (good, None, 2, "tls-key"),
        (None, key, 2, "tls-certificate"),
    ):
        arguments = [SERVER, "--port=0", "--stun-port=0"]
        arguments += [f"--tls-certificate={certificate}"] if certificate else []
        arguments += [f"--tls-key={secret}"] if secret else []
        result = subprocess.run(arguments, capture_output=True, text=True, timeout=PATIENCE)
        told = f"{certificate}, {secret}: {result}"
        assert result.returncode == status, told
        assert result.stderr.count("\n") == 1 and word in result.stderr, told
        assert result.stdout == "", told


def expect_end(connection, what):
    """It is closed from the other side, perhaps after an alert."""
    connection.settimeout(PATIENCE)
    try:
        while connection.recv(4096):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError as error:
        raise AssertionError(f"{what} is still connected") from error


def test_silence(authority):
    """Who does not finish the handshake or its request is cut off, and is in nobody's way."""
    server = Server(authority, "--connections-per-address=500")
    address = ("127.0.0.1", server.port)
    trusting = ssl.create_default_context(cafile=authority.path("root.pem"))
    try:
        silent = [socket.create_connection(address) for _ in range(50)]
        begun = [socket.create_connection(address) for _ in range(50)]
        for connection in begun:
            connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
        plain = socket.create_connection(address)
        plain.sendall(b"GET /call HTTP/1.1\r\nHost: localhost\r\n\r\n")
        slow = trusting.wrap_socket(socket.create_connection(address), server_hostname="localhost")
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: ")

        before = time.monotonic()
        assert get(server.url + "/call", trusting)[0] == 200
        print(f"# served among them after {time.monotonic() - before:.3f} s", flush=True)

        for connection in silent:
            expect_end(connection, "a silent one")
        for connection in begun:
            expect_end(connection, "one in the middle of the handshake")
        expect_end(plain, "one that speaks plain HTTP")
        expect_end(slow, "one with half a request")
        for connection in (*silent, *begun, plain, slow):
            connection.close()
        assert get(server.url + "/health", trusting)[0] == 200
    finally:
        server.stop()


def main():
    if not shutil.which("openssl"):
        print("1..0 # SKIP needs openssl")
        return
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="duo-tls-") as folder:
        authority = Authority(folder)
        plan.run("the page by https", test_page, authority)
        plan.run("a call by wss", test_call, authority)
        plan.run("a certificate that nobody trusts", test_untrusted, authority)
        plan.run("files that do not fit", test_files, authority)
        plan.run("who does not finish the handshake", test_silence, authority)
    plan.finish()


if __name__ == "__main__":
    main()
