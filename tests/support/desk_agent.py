#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sits inside a desk-session and does there what desk.Desk asks for: one JSON object a line each way.

The accessibility library knows one bus per process, hence one agent per session.
"""

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

# Criticals are fatal to the programs that are driven. Those of the accessibility library here, which
# happen where a program goes away between two questions, are not: so before it is loaded.
STRICTNESS = {name: os.environ.pop(name) for name in ("G_DEBUG",) if name in os.environ}

import a11y  # noqa: E402
import portrait  # noqa: E402


class Agent:
    def __init__(self):
        self._folder = Path(os.environ["DUO_DESK_DIR"])
        self._process = None
        self._program = None
        self._starts = 0

    def launch(self, command, environment=None, accessible=True):
        """Starts the program to be driven, in place of the one before."""
        self._starts += 1
        with open(self._log(), "wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **STRICTNESS, **(environment or {})},
            )
        try:
            self._program = a11y.Program(self._process.pid) if accessible else None
        except AssertionError as error:
            raise AssertionError(f"{error}; the program said:\n{self.log()}") from error
        return self._process.pid

    def _log(self):
        return self._folder / "log" / f"program-{self._starts}.log"

    def log(self):
        """What the program printed."""
        return self._log().read_text(encoding="utf-8", errors="replace")

    def wait_exit(self, timeout=a11y.PATIENCE):
        return self._process.wait(timeout)

    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def signal(self, number):
        self._process.send_signal(number)

    def kill(self):
        """Without a word to anybody; what comes next may start it again."""
        self._process.kill()
        self._process.wait()

    def run(self, command, timeout=60, text=None):
        """Runs something else in the session; returns its status and output."""
        done = subprocess.run(
            command,
            input=text,
            stdin=None if text is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
            env={**os.environ, **STRICTNESS},
        )
        return [done.returncode, done.stdout]

    def screenshot(self, path, whole_screen=True):
        window = "root" if whole_screen else self._window()
        subprocess.run(["import", "-window", window, "-depth", "8", path], check=True, timeout=30)

    def _find_windows(self):
        return subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self._process.pid)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        ).stdout.split()

    def _window(self):
        # One that is in the accessibility tree may not be on the screen yet.
        return a11y.wait_until(self._find_windows, "a window of the program")[-1]

    def point_at(self, x, y):
        """Moves the pointer over the window, as far from its corner."""
        window = self._window()
        for offset in (-1, 0):
            command = ["xdotool", "mousemove", "--window", window, str(x + offset), str(y)]
            subprocess.run(command, check=True, timeout=30)

    def key(self, *keys):
        """Presses keys with the keyboard in the program's window."""
        command = ["xdotool", "windowfocus", "--sync", self._window(), "key", *keys]
        subprocess.run(command, check=True, timeout=30)

    def record_speaker(self, path, seconds):
        """What the speaker plays: 48 kHz mono, signed 16 bits, no header."""
        with open(path, "wb") as output:
            recorder = subprocess.Popen(
                [
                    "parec",
                    "--device=duo-speaker.monitor",
                    "--format=s16le",
                    "--rate=48000",
                    "--channels=1",
                    "--latency-msec=20",
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
            )
            wanted = int(seconds * 48000) * 2
            while wanted > 0:
                chunk = recorder.stdout.read(min(wanted, 9600))
                if not chunk:
                    break
                output.write(chunk)
                wanted -= len(chunk)
            recorder.terminate()
            recorder.wait()
        assert wanted == 0, "the recording ended too early"

    def device(self, *words):
        subprocess.run(["desk-device", *words], check=True, timeout=60)

    def pose(self, name):
        """Lets the camera see a person instead of a test picture; wants a desk without camera."""
        frames = self._folder / "portrait"
        frames.mkdir()
        for moment in range(portrait.MOMENTS):
            subprocess.run(
                ["rsvg-convert", "--output", frames / f"{moment:02}.png"],
                input=portrait.draw(name, moment),
                text=True,
                check=True,
            )
        pictures = (
            f"multifilesrc location={frames}/%02d.png loop=true caps=image/png,framerate=15/1 ! "
            "pngdec ! identity sync=true ! videoconvert"
        )
        command = [os.environ["DUO_DESK_CAMERA"], "duo-cam", "Camera", pictures]
        with open(self._folder / "log" / "portrait.log", "wb") as log:
            subprocess.Popen(command, stdout=log, stderr=log)

    def clipboard(self):
        """The text on the clipboard, "" where there is none."""
        done = subprocess.run(
            ["xclip", "-selection", "clipboard", "-out"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=10,
            check=False,
        )
        return done.stdout if done.returncode == 0 else ""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._program, name)


def answer(agent, request):
    try:
        method = getattr(agent, request["method"])
        result = method(*request["arguments"], **request["options"])
        # An accessible object means something in this process only.
        plain = isinstance(result, (bool, int, float, str, list, type(None)))
        return {"result": result if plain else True}
    except AssertionError as error:
        return {"failure": str(error)}
    except Exception:
        return {"failure": traceback.format_exc()}


def main():
    agent = Agent()
    # What the program and the libraries print goes elsewhere than the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    print(json.dumps({"result": "ready"}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(agent, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
