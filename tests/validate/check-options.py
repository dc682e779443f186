#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs say of themselves, what their manuals say, and the README: all the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

SOURCE, VERSION = Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(SOURCE / "tests/support"))
import tap

# GLib's and GTK's own, which their manuals describe.
FOREIGN = re.compile(r"^--(help-|gapplication|gst-|display$)")
COMMANDS = {"duologue-cli": ("new", "join", "doctor"), "duologue-server": ("token",)}


def output(program, *arguments):
    done = subprocess.run(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{program} {arguments}: status {done.returncode}\n{done.stdout}"
    return done.stdout


def told_by_help(program):
    texts = [output(program, "--help")]
    name = Path(program).name
    texts += [output(program, command, "--help") for command in COMMANDS.get(name, ())]
    options = set(re.findall(r"--[a-z][a-z-]*", "\n".join(texts)))
    return {option for option in options if not FOREIGN.match(option)}


def told_by_manual(name):
    text = (SOURCE / f"data/man/{name}.1").read_text(encoding="utf-8")
    section = text.partition(".Sh OPTIONS")[2].partition("\n.Sh")[0]
    return {f"--{name}" for name in re.findall(r"^\.It Fl \\-([a-z-]+)", section, re.MULTILINE)}


def manual(program):
    helped, written = told_by_help(program), told_by_manual(Path(program).name)
    assert helped == written, (
        f"only in --help: {sorted(helped - written)}; only in the manual: {sorted(written - helped)}"
    )


def version(program):
    text = output(program, "--version").strip()
    assert text.endswith(VERSION), f"--version says {text}, the project is {VERSION}"


def readme(programs):
    """Each command line in the README's code blocks uses options that exist."""
    known = {Path(program).name: told_by_help(program) for program in programs}
    for line in (SOURCE / "README.md").read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split() if line.startswith("    ") else []
        if words and words[0] in known:
            used = {word.split("=")[0] for word in words if word.startswith("--")}
            unknown = used - known[words[0]]
            assert not unknown, f"README: {line.strip()}: no such option: {sorted(unknown)}"


def main():
    programs = sys.argv[3:]
    plan = tap.Plan()
    for program in programs:
        name = Path(program).name
        plan.run(f"manual of {name}", manual, program)
        plan.run(f"version of {name}", version, program)
    plan.run("README", readme, programs)
    plan.finish()


if __name__ == "__main__":
    main()
