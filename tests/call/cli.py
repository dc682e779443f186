# SPDX-License-Identifier: GPL-3.0-or-later
"""duologue-server and duologue-cli as processes, and the JSON that join prints."""

import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request

# Generous: the machine may have much else to do.
PATIENCE = 90


class Server:
    def __init__(self, program, *options):
        self.program = program
        self.options = options
        self.process = None
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), *self.options],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C"},
        )
        line = self.process.stdout.readline()
        self.port = int(re.search(r"(\d+)$", line.strip()).group(1))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def health(self):
        with urllib.request.urlopen(f"{self.url}/health", timeout=PATIENCE) as answer:
            return json.load(answer)

    def count_connections(self):
        """How many there are in all rooms."""
        return self.health()["connections"]

    def kill(self):
        """Without a word to anybody; start() has it back on the same port."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Join:
    """One `duologue-cli join --test-media --stats json`."""

    def __init__(self, program, link, name, state, *options, stdin=False):
        arguments = [program, "join", "--test-media", "--stats", "json", "--name", name, *options]
        self.reports = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            [*arguments, "-" if stdin else link],
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_STATE_HOME": state, "LC_ALL": "C.UTF-8"},
        )
        if stdin:
            self.say(link)
        if stdin and "--control" not in options:
            self.process.stdin.close()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.reports.append((time.monotonic(), json.loads(line)))
                self.changed.notify_all()

    def say(self, line):
        """To standard input."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def until(self, condition, limit=PATIENCE):
        """Waits for a report that satisfies a condition; gives it and when it came."""
        seen = len(self.reports)
        deadline = time.monotonic() + limit
        with self.changed:
            if seen and condition(self.reports[-1][1]):
                return self.reports[-1][1], self.reports[-1][0]
            while True:
                for at, report in self.reports[seen:]:
                    if condition(report):
                        return report, at
                seen = len(self.reports)
                left = deadline - time.monotonic()
                assert left > 0, f"not in {limit} s; last: {self.reports[-1:]}"
                self.changed.wait(left)

    def state(self, state, limit=PATIENCE):
        return self.until(lambda report: report["state"] == state, limit)

    def frames(self, more=20):
        """Waits for so many more pictures of the other."""
        before = self.reports[-1][1]["framesDecoded"] if self.reports else 0
        return self.until(lambda report: report["framesDecoded"] >= before + more)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.finish()

    def finish(self, limit=PATIENCE):
        """Waits for the end; gives the exit status and the summary."""
        status = self.process.wait(limit)
        self.reader.join(limit)
        self.process.stdout.close()
        return status, self.reports[-1][1] if self.reports else None


class Bench:
    """A server, and a state directory for each person."""

    def __init__(self, cli, server):
        self.cli = cli
        self.server = Server(server)
        self.link = self.new_link()
        self.directory = tempfile.TemporaryDirectory(prefix="duo-call-")
        self.joins = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for join in self.joins:
            if join.process.poll() is None:
                join.signal(signal.SIGCONT)
                join.kill()
        if self.server.process.poll() is None:
            self.server.stop()
        self.directory.cleanup()

    def run(self, *arguments):
        return subprocess.run(
            [self.cli, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )

    def new_link(self):
        return self.run("new", "--server", self.server.url).stdout.strip()

    def join(self, name, *options, **keywords):
        state = os.path.join(self.directory.name, name)
        join = Join(self.cli, self.link, name, state, *options, **keywords)
        self.joins.append(join)
        return join

    def call(self):
        """Ada and Ben, who see each other."""
        pair = self.join("Ada"), self.join("Ben")
        for join in pair:
            join.state("connected")
            join.frames()
        return pair
