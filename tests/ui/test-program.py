#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program from a shell: what it prints, how it exits, and who answers a second start."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM, SOURCE, VERSION = sys.argv[1:4]
sys.path.insert(0, f"{SOURCE}/tests/support")
import tap

LINK = "https://calls.example.org/call#k7qm-4xwp-93h3"
USAGE = 2
PATIENCE = 30
BROKEN = {
    "mistyped": ("https://calls.example.org/call#k7qm-4xwp-93h4", "typing mistake"),
    "short code": ("https://calls.example.org/call#k7qm-4xwp", "12 letters and digits"),
    "no code": ("https://calls.example.org/call", "12 letters and digits"),
    "user info": ("https://ada:x@calls.example.org/call#k7qm-4xwp-93h3", "user name"),
    "another path": ("https://calls.example.org/join#k7qm-4xwp-93h3", "does not lead to a call"),
    "a query": ("https://calls.example.org/call?x=1#k7qm-4xwp-93h3", "does not lead to a call"),
    "second #": ("https://calls.example.org/call#k7qm-4xwp#93h3", "second"),
    "control character": ("https://calls.example.org/call#k7qm\x074xwp-93h3", "characters"),
    "too long": ("https://" + "a" * 2100 + "/call#k7qm-4xwp-93h3", "too long"),
    "no host": ("https:///call#k7qm-4xwp-93h3", "makes no sense"),
    "bad port": ("https://calls.example.org:99999/call#k7qm-4xwp-93h3", "makes no sense"),
    "another scheme": ("ftp://calls.example.org/call#k7qm-4xwp-93h3", "no link to a call"),
    "app link without a link": ("duologue:k7qm-4xwp-93h3", "no link to a call"),
    "code without a server": ("k7qm-4xwp-93h3", "needs a server"),
    "mistyped code": ("k7qm-4xwp-93h4", "typing mistake"),
    "open room without a room": ("ws://localhost/parties/main", "does not lead to a call"),
    "bad room": ("ws://localhost/parties/main/a%20b", "does not lead to a call"),
}


def run(*arguments, environment=None):
    return subprocess.run(
        [PROGRAM, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def without_display():
    return {name: value for name, value in os.environ.items() if "DISPLAY" not in name}


def refused(arguments, words):
    done = run(*arguments, environment=without_display())
    assert done.returncode == USAGE, f"exit status {done.returncode}: {done.stderr}"
    lines = done.stderr.splitlines()
    assert len(lines) == 1, f"not one line: {done.stderr}"
    assert lines[0].startswith("duologue: ") and words in lines[0], lines[0]
    assert done.stdout == "", done.stdout


def version():
    done = run("--version", environment=without_display())
    assert (done.returncode, done.stdout) == (0, f"duologue {VERSION}\n"), done


def help_text():
    done = run("--help", environment=without_display())
    assert done.returncode == 0, done
    for option in ("--new", "--copy-link", "--name", "--no-camera", "--no-microphone", "--join"):
        assert option in done.stdout, f"{option} is not in --help"
    assert "LINK" in done.stdout


def wait_for_line(path):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        text = path.read_text(encoding="utf-8")
        if "\n" in text:
            return text.splitlines()[0]
        time.sleep(0.05)
    raise AssertionError("nothing was printed")


def second_start(folder):
    """A second start hands its command line to the first, which prints and goes on."""
    output = Path(folder) / "output"
    with output.open("w", encoding="utf-8") as stream:
        first = subprocess.Popen(
            [PROGRAM, "--new", "--copy-link", "--test-media"],
            stdin=subprocess.DEVNULL,
            stdout=stream,
        )
    try:
        link = wait_for_line(output)
        pattern = r"http://\S+:\d+/call#[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}"
        assert re.fullmatch(pattern, link), link

        done = run("--new", "--copy-link", "--test-media")
        assert done.returncode == 0, done
        other = done.stdout.strip()
        assert re.fullmatch(pattern, other), done
        # The same server inside the same process, another call.
        assert other.split("#")[0] == link.split("#")[0], f"{link} and {other}"
        assert other != link

        done = run(link)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done
        assert first.poll() is None, "the first one ended"
    finally:
        first.terminate()
        status = first.wait(PATIENCE)
    assert status == 0, f"ended with {status} on SIGTERM"


def main():
    plan = tap.Plan()
    plan.run("version", version)
    plan.run("help", help_text)
    for name, (link, words) in BROKEN.items():
        plan.run(f"broken link: {name}", refused, [link], words)
    plan.run("two links", refused, [LINK, LINK], "one link")
    plan.run("new and a link", refused, ["--new", LINK], "--new")
    plan.run("copy without new", refused, ["--copy-link"], "--new")
    plan.run("bad server", refused, ["--new", "--server", "nonsense"], "server")
    with tempfile.TemporaryDirectory() as folder:
        plan.run("second start", second_start, folder)
    plan.finish()


if __name__ == "__main__":
    main()
