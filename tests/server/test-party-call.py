#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls between processes of duologue-cli, through rooms on PartyKit's development server.

Usage: test-party-call.py DUOLOGUE-CLI
"""

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "call")]
import cli  # noqa: E402
import tap  # noqa: E402

DUOLOGUE_CLI = sys.argv[1]
PARTYKIT = SOURCE / "src/party/node_modules/partykit/dist/bin.mjs"
PATIENCE = 60


class Party:
    """PartyKit's development server on a project of ours."""

    def __init__(self, project, state):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.ready = threading.Event()
        self.log = []
        self.process = subprocess.Popen(
            ["node", str(PARTYKIT), "dev", "--port", str(self.port), "--persist", state,
             "--no-hotkeys", "--disable-request-cf-fetch"],
            cwd=project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.log.append(line)
            if re.search("Ready on http", line):
                self.ready.set()
        self.ready.set()

    def __enter__(self):
        in_time = self.ready.wait(PATIENCE)
        assert in_time and self.process.poll() is None, "".join(self.log) or "nothing was said"
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
        # No child of its own shall write into a folder that is being removed.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.reader.join(PATIENCE)
        self.process.stdout.close()


def new_link(party):
    return subprocess.run(
        [DUOLOGUE_CLI, "new", "--server", f"http://127.0.0.1:{party.port}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE,
    ).stdout.strip()


def call(link, directory, names):
    """A call from beginning to end; both summaries."""
    first = cli.Join(DUOLOGUE_CLI, link, names[0], os.path.join(directory, names[0]))
    second = cli.Join(DUOLOGUE_CLI, link, names[1], os.path.join(directory, names[1]))
    try:
        for join in (first, second):
            join.state("connected", PATIENCE)
            join.frames()
            join.until(lambda report: report["remotePeak"] > 0.01)
        first.signal(signal.SIGINT)
        status, ours = first.finish()
        assert status == 0, f"exit status {status}"
        status, theirs = second.finish()
        assert status == 0, f"exit status {status}"
    finally:
        for join in (first, second):
            if join.process.poll() is None:
                join.kill()

    assert ours["endReason"] == "left" and theirs["endReason"] == "remote-left"
    for summary, other in ((ours, names[1]), (theirs, names[0])):
        assert summary["fingerprintVerified"] and summary["remoteName"] == other
        assert summary["framesDecoded"] >= 20 and summary["remotePeak"] > 0.01
    assert ours["emoji"] == theirs["emoji"]


def with_party(project, make_link):
    with tempfile.TemporaryDirectory(prefix="duo-party-") as directory:
        with Party(project, os.path.join(directory, "party")) as party:
            call(make_link(party), directory, ("Ada", "Ben"))


def open_link(party):
    return f"ws://127.0.0.1:{party.port}/parties/main/{secrets.token_hex(8)}"


def main():
    plain = HERE / "conformance/plain-room"
    plan = tap.Plan()
    plan.run("a code, through the room of ours", with_party, SOURCE / "src/party", new_link)
    plan.run("a code, through a room that only broadcasts", with_party, plain, new_link)
    plan.run("an open room that only broadcasts", with_party, plain, open_link)
    plan.finish()


if __name__ == "__main__":
    main()
