#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A room server that is killed and comes back during a hundred calls.

Three of them are whole ones, of processes of duologue-cli, and more have only their end of the
room: a hundred times sound and picture is more than a computer can do.

Usage: test-server-killed.py DUOLOGUE-SERVER DUOLOGUE-CLI ROOM-PAIRS
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "call")]
import cli  # noqa: E402
import tap  # noqa: E402

SERVER, CLI, PAIRS = sys.argv[1:4]
N_PAIRS = 97
N_CALLS = 3
SECRET = "what only those who make tokens know"
# Long enough for everybody to have tried in vain, and to wait for a while before the next time.
AWAY = 2


class Pairs:
    """The room clients of many calls; see room-pairs.c."""

    def __init__(self, port, *token):
        self.events = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            [PAIRS, str(port), str(N_PAIRS), *token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.events.append(json.loads(line))
                self.changed.notify_all()
        with self.changed:
            self.events.append({"event": "end"})
            self.changed.notify_all()

    def expect(self, event):
        with self.changed:
            assert self.changed.wait_for(lambda: self.events, cli.PATIENCE), f"not {event}"
            found = self.events.pop(0)
        assert found["event"] == event, f"{found} and not {event}"
        return found

    def close(self):
        self.process.stdin.close()
        status = self.process.wait(cli.PATIENCE)
        self.reader.join(cli.PATIENCE)
        self.process.stdout.close()
        return status


class Call:
    """Two processes of duologue-cli in a room of theirs."""

    def __init__(self, server, directory, token_file):
        link = subprocess.run(
            [CLI, "new", "--server", server.url], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        tokens = ["--token-file", token_file] if token_file else []
        self.ada = cli.Join(CLI, link, "Ada", os.path.join(directory, "ada"), *tokens)
        self.ada.until(lambda report: report["signalingConnected"])
        self.ben = cli.Join(CLI, link, "Ben", os.path.join(directory, "ben"))

    @property
    def ends(self):
        return self.ada, self.ben

    def expect_undisturbed(self, since):
        """Nobody has noticed anything: one call, one pair of people, and no gap in it."""
        for end, other in (self.ends, self.ends[::-1]):
            reports = [report for _, report in end.reports[since[end]:]]
            assert {report["state"] for report in reports} == {"connected"}, "interrupted"
            names = {report["remoteName"] for report in reports}
            assert names == {"Ben" if end is self.ada else "Ada"}, names
            assert len({json.dumps(report["emoji"]) for report in reports}) == 1, "other emoji"
            assert reports[-1]["emoji"] == other.reports[-1][1]["emoji"]

    def kill(self):
        for end in self.ends:
            if end.process.poll() is None:
                end.kill()


def make_token(directory):
    """The options of a server on which starting a room takes a token, and such a token."""
    secret, token = os.path.join(directory, "secret"), os.path.join(directory, "token")
    with open(secret, "w", encoding="ascii") as file:
        file.write(SECRET + "\n")
    with open(token, "w", encoding="ascii") as file:
        subprocess.run(
            [SERVER, "token", "--for", "Ada", "--access-secret-file", secret],
            stdout=file,
            check=True,
        )
    with open(token, encoding="ascii") as file:
        return ["--access-secret-file", secret], token, file.read().strip()


def expect_everybody(server):
    """Each has one seat, in a room of two."""
    deadline = time.monotonic() + cli.PATIENCE
    wanted = (N_PAIRS + N_CALLS, 2 * (N_PAIRS + N_CALLS))
    while (health := server.health()) and (health["rooms"], health["connections"]) != wanted:
        assert time.monotonic() < deadline, f"not {wanted}: {health}"
        time.sleep(0.1)


def expect_media(ends):
    """Sound and picture go on arriving at all of them."""
    before = {end: len(end.reports) for end in ends}
    for end in ends:
        end.frames(10)
        end.until(
            lambda report, end=end: len(end.reports) > before[end] + 1 and report["remoteLevel"] > 0
        )


def kill_during(server, pairs, calls):
    ends = [end for call in calls for end in call.ends]
    since = {end: len(end.reports) for end in ends}

    server.kill()
    pairs.expect("apart")
    for end in ends:
        end.until(lambda report: not report["signalingConnected"])
    expect_media(ends)
    time.sleep(AWAY)
    server.start()
    back = pairs.expect("together")
    for end in ends:
        end.until(lambda report: report["signalingConnected"])
    expect_media(ends)
    expect_everybody(server)
    for call in calls:
        call.expect_undisturbed(since)
    return back


def test_killed(restricted):
    calls, pairs = [], None
    with tempfile.TemporaryDirectory(prefix="duo-killed-") as directory:
        options, token_file, token = make_token(directory) if restricted else ([], None, None)
        server = cli.Server(SERVER, "--connections-per-address", "500", *options)
        try:
            for index in range(N_CALLS):
                state = os.path.join(directory, str(index))
                calls.append(Call(server, state, token_file))
            pairs = Pairs(server.port, *([token] if restricted else []))
            pairs.expect("together")
            for call in calls:
                for end in call.ends:
                    end.state("connected")
                    end.frames()
            expect_everybody(server)

            back = kill_during(server, pairs, calls)
            print(f"# {back}", flush=True)
            # They do not come all at once, and not only those who may start a room come first.
            assert back["spreadMs"] > 200, back
            assert 0 < back["guestsFirst"] < N_PAIRS, back

            for call in calls:
                call.ada.signal(signal.SIGINT)
            for call in calls:
                assert call.ada.finish()[1]["endReason"] == "left"
                assert call.ben.finish()[1]["endReason"] == "remote-left"
            assert pairs.close() == 0, "a stranger"
        finally:
            for call in calls:
                call.kill()
            if pairs is not None and pairs.process.poll() is None:
                pairs.process.kill()
                pairs.close()
            server.stop()


def main():
    plan = tap.Plan()
    plan.run("anybody may start a room", test_killed, False)
    plan.run("starting a room takes a token", test_killed, True)
    plan.finish()


if __name__ == "__main__":
    main()
