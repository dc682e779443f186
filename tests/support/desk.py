# SPDX-License-Identifier: GPL-3.0-or-later
"""A throw-away desktop with one program on it, driven from outside."""

import json
import os
import select
import shutil
import subprocess
import tempfile
from pathlib import Path

SUPPORT = Path(__file__).resolve().parent
PATIENCE = 120


class Desk:
    """One desk-session. Methods that are not here are done inside it, by desk_agent.py."""

    def __init__(self, name, *options, environment=None):
        self.name = name
        self.folder = tempfile.mkdtemp(prefix=f"duo-{name}.")
        with open(f"{self.folder}.log", "wb") as log:
            self._session = subprocess.Popen(
                [
                    SUPPORT / "desk-session",
                    *options,
                    "--keep",
                    self.folder,
                    "--",
                    "/usr/bin/python3",
                    SUPPORT / "desk_agent.py",
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, **(environment or {})},
            )
        self._answer("start")

    def _answer(self, method):
        ready, _, _ = select.select([self._session.stdout], [], [], PATIENCE)
        line = self._session.stdout.readline() if ready else ""
        if not line:
            log = Path(f"{self.folder}.log").read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"{self.name}: no answer to {method}\n{log}")
        answer = json.loads(line)
        if "failure" in answer:
            raise AssertionError(f"{self.name}: {method}: {answer['failure']}")
        return answer["result"]

    def __getattr__(self, method):
        if method.startswith("_"):
            raise AttributeError(method)

        def call(*arguments, **options):
            request = {"method": method, "arguments": arguments, "options": options}
            print(json.dumps(request), file=self._session.stdin, flush=True)
            return self._answer(method)

        return call

    def report(self):
        """What is on the screen and what the program said, for a test that failed."""
        lines = [f"{self.name}:"]
        for method in (self.tree, self.log):
            try:
                lines.append(method())
            except Exception as error:
                lines.append(f"({error})")
        return "\n".join(lines)

    def close(self):
        self._session.stdin.close()
        try:
            self._session.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._session.terminate()
            self._session.wait(PATIENCE)
        self._session.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        Path(f"{self.folder}.log").unlink(missing_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
