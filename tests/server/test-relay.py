#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls through coturn with the credentials that duologue-server makes, over UDP and over TCP."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SERVER, CLI, HOSTILE = sys.argv[1:4]
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import tap

TURN_PORT = 3478
PATIENCE = 60  # seconds
SECRET = "a secret that coturn knows too"
OUTSIDE = "DUO_RELAY_INSIDE"


def enter_namespace():
    """A network of our own: nothing but loopback, and no port that anybody else has."""
    if OUTSIDE in os.environ:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    command = ["unshare", "--net", "--", sys.executable, __file__, SERVER, CLI, HOSTILE]
    os.execvpe("unshare", command, {**os.environ, OUTSIDE: "1"})


class Relay:
    """coturn, which takes all its settings from the command line."""

    def __init__(self, folder, secret):
        self.log = folder / "turn.log"
        self.process = subprocess.Popen(
            [
                "turnserver",
                "-n",
                "--no-cli",
                "--no-tls",
                "--no-dtls",
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                f"--listening-port={TURN_PORT}",
                "--allow-loopback-peers",
                "--use-auth-secret",
                f"--static-auth-secret={secret}",
                "--realm=calls.example.org",
                "--log-file=stdout",
                f"--pidfile={folder / 'turn.pid'}",
                f"--userdb={folder / 'turn.db'}",
            ],
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            cwd=folder,
        )

    def __enter__(self):
        try:
            self.wait()
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def wait(self):
        """Until it answers over UDP and over TCP."""
        deadline = time.monotonic() + PATIENCE
        while not all(answers(kind) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM)):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "coturn does not answer"
            time.sleep(0.1)


def answers(kind):
    """Whether coturn does, to a Binding of RFC 8489."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.settimeout(1)
        try:
            probe.connect(("127.0.0.1", TURN_PORT))
            probe.sendall(bytes.fromhex("000100002112a442") + os.urandom(12))
            return len(probe.recv(64)) > 0
        except OSError:
            return False


class Server:
    """A room server, which says where it listens."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[-1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def room_server(folder, transport):
    secret = folder / "secret"
    secret.write_text(SECRET + "\n")
    return Server(
        SERVER,
        "--port=0",
        "--stun-port=0",
        f"--turn=turn:127.0.0.1:{TURN_PORT}?transport={transport}",
        f"--turn-secret-file={secret}",
    )


def sign(username):
    """The password for a user name, as coturn wants it."""
    mac = hmac.digest(SECRET.encode(), username.encode(), hashlib.sha1)
    return base64.b64encode(mac).decode()


def room_server_without_relay(folder):
    """One that offers no relay, to people who have one of their own."""
    entry = {
        "Url": f"turn:127.0.0.1:{TURN_PORT}?transport=udp",
        "Username": "2000000000:own",
        "Password": sign("2000000000:own"),
    }
    state = folder / "duologue"
    state.mkdir()
    lines = ["[Server 1]", *(f"{key}={value}" for key, value in entry.items())]
    (state / "ice-servers").write_text("\n".join(lines) + "\n")
    return Server(SERVER, "--port=0", "--stun-port=0")


def other_room_server(username):
    """One that signs whatever user name it is told to."""
    relay = {
        "urls": [f"turn:127.0.0.1:{TURN_PORT}?transport=udp"],
        "username": username,
        "credential": sign(username),
    }
    fields = {
        "room": "any",
        "peers": [],
        "iceServers": [relay],
        "maxParticipants": 2,
        "expiresAt": 4000000000000,
    }
    return Server(HOSTILE, json.dumps(fields)[1:-1])


class End:
    """One participant, whose reports are read as they come."""

    def __init__(self, port, state):
        self.lines, self.complaints = [], []
        self.process = subprocess.Popen(
            [
                CLI,
                "join",
                "--test-media",
                "--relay-only",
                "--stats=json",
                f"http://127.0.0.1:{port}/call#k7qm-4xwp-93h3",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_STATE_HOME": str(state)},
        )
        for stream, into in (
            (self.process.stdout, self.lines),
            (self.process.stderr, self.complaints),
        ):
            threading.Thread(target=into.extend, args=(stream,), daemon=True).start()

    def reports(self):
        return [json.loads(line) for line in list(self.lines)]

    def is_relayed(self):
        return any(
            line.get("relayed")
            and line["localCandidateType"] == "relay"
            and line["remoteCandidateType"] == "relay"
            and line["framesDecoded"] > 20
            for line in self.reports()
        )

    def has_complained(self, message):
        return message in "".join(self.complaints)


def wait_for(ends, condition, enough, what):
    deadline = time.monotonic() + PATIENCE
    while not enough(condition(end) for end in ends):
        told = [(end.reports()[-1:], end.complaints) for end in ends]
        assert time.monotonic() < deadline, f"not {what}: {told}"
        time.sleep(0.2)


def call(port, state, condition, enough, what):
    """Two in a call through the relay, until it holds for all or any; their exit statuses."""
    ends = [End(port, state), End(port, state)]
    try:
        wait_for(ends, condition, enough, what)
        # The other is told and goes by itself: a signal might kill it while it does.
        ends[0].process.terminate()
        return [end.process.wait(PATIENCE) for end in ends]
    finally:
        for end in ends:
            end.process.kill()
            end.process.wait()


def expect_relayed(make_server):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Relay(folder, SECRET), make_server(folder) as server:
            statuses = call(server.port, folder, End.is_relayed, all, "relayed")
            assert statuses == [0, 0], statuses


def expect_refused(message, secret, make_server, refusal=None):
    """The first to notice is told why, and tells the other; coturn has refused it, if asked."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Relay(folder, secret) as relay, make_server(folder) as server:
            complained = lambda end: end.has_complained(message)  # noqa: E731
            statuses = call(server.port, folder, complained, any, "refused")
            assert 0 not in statuses, statuses
        if refusal is not None:
            assert refusal in relay.log.read_text(), relay.log.read_text()


def main():
    if os.geteuid() != 0 or not shutil.which("turnserver"):
        print("1..0 # SKIP needs root and coturn")
        return
    enter_namespace()
    plan = tap.Plan()
    plan.run("UDP", expect_relayed, lambda folder: room_server(folder, "udp"))
    plan.run("TCP", expect_relayed, lambda folder: room_server(folder, "tcp"))
    plan.run("one's own", expect_relayed, room_server_without_relay)
    plan.run(
        "no relay",
        expect_refused,
        "There is no relay",
        SECRET,
        lambda folder: Server(SERVER, "--port=0", "--stun-port=0"),
    )
    plan.run(
        "wrong credentials",
        expect_refused,
        "wrong or have expired",
        "another secret",
        lambda folder: room_server(folder, "udp"),
    )
    plan.run(
        "expired credentials",
        expect_refused,
        "The credentials for the relay have expired",
        SECRET,
        lambda folder: other_room_server("1000000000:somebody"),
    )

    # coturn reads the time in either order, the app in one: so it goes and asks.
    plan.run("another order", expect_relayed, lambda folder: other_room_server("a:2000000000"))
    plan.run(
        "expired credentials in another order",
        expect_refused,
        "wrong or have expired",
        SECRET,
        lambda folder: other_room_server("a:1000000000"),
        "Cannot find credentials of user <a:1000000000>",
    )
    plan.finish()


if __name__ == "__main__":
    main()
